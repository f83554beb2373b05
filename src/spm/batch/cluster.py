"""Dask: a cluster on this machine, or one that runs already.

Dask is an extra and imported here only, and late.
"""

from __future__ import annotations

import logging
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from spm.errors import SpmError

MEMORY = 1.5 * 2**30
"""Bytes that one build with its kernels may take; measured: `benchmarks/land.py`."""

CONNECT = "30s"
"""How long to wait for a scheduler to answer."""

SETTINGS = {
    # A municipality whose worker dies is given up, and the others go on; the next batch tries it
    # again. Dask would hand it to a new worker while that one is still starting.
    "distributed.scheduler.allowed-failures": 0,
    # It looks at what a worker does a hundred times a second.
    "distributed.worker.profile.enabled": False,
    # No page and no statistics for a browser.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}


@contextmanager
def connected(scheduler: str | None, workers: int | None) -> Iterator[Any]:
    """A ``distributed.Client`` of the cluster; a cluster that was started here ends with the block.

    Parameters
    ----------
    scheduler : address of one that runs already, "tcp://…" or "tls://…"; None: start a cluster on
        this machine, of processes that only this user can talk to (TLS with keys of its own, on
        the loopback interface), without dashboard.
    workers : how many processes; None: see `usual_workers`. Only without ``scheduler``.

    Raises
    ------
    SpmError
        Dask is not installed, or the scheduler does not answer.
    """
    distributed, dask = _dask()
    if scheduler is not None:
        with _client_of(scheduler) as client:
            yield client
        return
    number = workers or usual_workers()
    with (
        _nobody_left(),
        dask.config.set(SETTINGS),
        distributed.LocalCluster(
            n_workers=number,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            security=True,
            dashboard_address=None,
            memory_limit=distributed.system.MEMORY_LIMIT // number,
            silence_logs=logging.CRITICAL,
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@contextmanager
def _nobody_left() -> Iterator[None]:
    """End processes that were started meanwhile and are still there.

    Dask starts a worker again that has ended before it was told to; at the moment of an interrupt,
    the new one could outlive the batch.
    """
    before = set(multiprocessing.active_children())
    try:
        yield
    finally:
        for process in set(multiprocessing.active_children()) - before:
            process.kill()


def usual_workers() -> int:
    """One for each core, but no more than the memory bears."""
    distributed, dask = _dask()
    cores, memory = int(dask.system.CPU_COUNT), int(distributed.system.MEMORY_LIMIT)
    return max(1, min(cores, int(memory // MEMORY)))


def _client_of(scheduler: str) -> Any:
    distributed, _ = _dask()
    try:
        return distributed.Client(scheduler, timeout=CONNECT)
    except (OSError, ValueError) as e:
        raise SpmError(
            f"Unter dieser Adresse antwortet kein Scheduler von Dask ({e}).",
            wo=f"--scheduler {scheduler}",
            tun="Bitte die Adresse prüfen (tcp://rechner:8786 oder tls://…); ohne --scheduler baut "
            "dieser Rechner allein.",
        ) from None


def _dask() -> tuple[Any, Any]:
    """The modules ``distributed`` and ``dask``, once somebody needs them."""
    try:
        import cryptography  # noqa: F401  # for keys of a local cluster
        import dask.system
        import distributed.system
    except ImportError as e:
        raise SpmError(
            f"Viele Kommunen auf einmal baut SPM mit Dask, und das ist nicht installiert ({e.name} "
            "fehlt).",
            wo="spm batch",
            tun='Bitte installieren: pip install "spm[batch]". Einzeln geht es ohne: «spm build».',
        ) from None
    return distributed, dask
