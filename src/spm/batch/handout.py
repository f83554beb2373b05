"""Handing municipalities to the workers of a cluster, one each."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from spm.batch import municipality
from spm.batch.records import FEHLER, Outcome, from_dict
from spm.errors import SpmError

LOOK = 2
"""Seconds after which to look again for new workers, if no municipality is done before."""

PATIENCE = 300
"""Seconds without any worker after which a cluster of this machine is given up. On another cluster
they may wait for their turn, so there is no limit."""


def build_all(
    client: Any,
    files: Sequence[Path],
    how: tuple[Any, ...],
    done: Callable[[Outcome], None],
    patience: float | None,
) -> None:
    """Hand out one municipality per worker at a time, until all are done.

    Not all at once: the scheduler would give a worker several, and if the first kills it, the
    others would be lost with it.

    Parameters
    ----------
    client : ``distributed.Client`` of the cluster.
    files : params files, each named once.
    how : the other arguments of `spm.batch.municipality.build_one`.
    done : called with the record of each municipality as soon as there is one.
    patience : seconds without any worker after which to give up; None: wait for them.

    Raises
    ------
    SpmError
        The cluster is gone.
    """
    from distributed import wait

    waiting = deque(files)
    running: dict[Any, tuple[Path, str]] = {}
    alone = 0.0
    try:
        while waiting or running:
            present = client.nthreads()
            alone = 0.0 if present else alone + LOOK
            if patience is not None and alone > patience:
                raise _lost("kein Worker mehr")
            idle = sorted(set(present) - {worker for _, worker in running.values()})
            for worker in idle[: len(present) - len(running)]:
                if waiting:
                    path = waiting.popleft()
                    future = client.submit(
                        municipality.build_one,
                        str(path),
                        *how,
                        workers=[worker],
                        allow_other_workers=True,  # this one may be gone in a moment
                        pure=False,
                    )
                    running[future] = (path, worker)
            for future in _finished(wait, list(running)):
                path, _ = running.pop(future)
                done(_record(future, path))
    except OSError as e:  # what Dask raises when a connection ends is one
        raise _lost(e) from None


def _finished(wait: Callable[..., Any], futures: list[Any]) -> list[Any]:
    if not futures:  # every worker is gone; others may come
        time.sleep(LOOK)
        return []
    try:
        return list(wait(futures, timeout=LOOK, return_when="FIRST_COMPLETED").done)
    except TimeoutError:
        return []


def _record(future: Any, path: Path) -> Outcome:
    """The record of a municipality, also if its worker could not make one."""
    if future.status == "finished":
        return from_dict(future.result())
    if future.status != "error":
        raise _lost(future.status)
    error = future.exception()
    if type(error).__name__ == "KilledWorker":
        was = "Der Prozess, der diese Kommune baute, ist abgestürzt oder wurde beendet."
        tun = (
            "Reicht der Arbeitsspeicher? Bitte den Aufruf wiederholen, notfalls mit weniger "
            "--workers; was fertig ist, bleibt."
        )
    else:
        was = f"Der Worker konnte den Bau nicht beginnen ({type(error).__name__}: {error})."
        tun = "Ist auf allen Rechnern des Clusters dieselbe Fassung von SPM installiert?"
    return Outcome(path.stem, "", FEHLER, was=was, wo=path.name, tun=tun)


def _lost(cause: object) -> SpmError:
    return SpmError(
        f"Die Verbindung zum Scheduler von Dask ist abgerissen ({cause}).",
        wo="spm batch",
        tun="Bitte den Cluster prüfen und den Aufruf wiederholen; fertige Berichte bleiben.",
    )
