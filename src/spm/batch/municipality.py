"""What a worker does: check and build one municipality, and say how it went."""

from __future__ import annotations

import multiprocessing
import threading
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from spm.batch.records import FEHLER, GEBAUT, OHNE_AENDERUNG, Outcome
from spm.errors import SpmError
from spm.system.memory import collect_seldom
from spm.temporary import for_this_process

if TYPE_CHECKING:
    from spm.config.params import Params

_one = threading.Lock()
"""A worker of a cluster may have several threads; drawing and kernels are one build's at a time."""


def build_one(
    params_file: str, formats: tuple[str, ...], renderer: str, version: str
) -> dict[str, Any]:
    """Check and build one municipality in this process.

    Parameters
    ----------
    params_file : absolute path, the same on every machine of the cluster.
    version : of SPM where the batch was started.

    Returns
    -------
    dict
        An `Outcome` as plain numbers and texts. Nothing raises: another municipality waits.
    """
    # Workers of Dask are daemons in the sense of multiprocessing, which may not have children;
    # the kernels of the chapters are some. They end with this process (`spm.chapters.kernels`).
    multiprocessing.current_process().daemon = False
    with _one:
        for_this_process()
        collect_seldom()
        return _built(Path(params_file), formats, renderer, version).as_dict()


def _built(path: Path, formats: tuple[str, ...], renderer: str, version: str) -> Outcome:
    from spm.batch.causes import cause, forget
    from spm.batch.keyfigures import of_report

    began, params, error, built = perf_counter(), None, None, False
    try:
        params = _params(path, version)
        built = _build(params, formats, renderer)
        forget(params)
    except Exception as e:
        error = cause(e, params)
    seconds = round(perf_counter() - began, 1)
    figures = of_report(params.report_folder) if params else None
    name = params.kommune.name if params else ""
    if error is not None:
        told = Outcome(path.stem, name, FEHLER, was=error.was, wo=error.wo, tun=error.tun)
    else:
        told = Outcome(path.stem, name, GEBAUT if built else OHNE_AENDERUNG)
    return replace(told, sekunden=seconds, eckzahlen=figures)


def _params(path: Path, version: str) -> Params:
    from importlib import metadata

    from spm.config.kommunen import split
    from spm.config.params import load_params

    if metadata.version("spm") != version:
        raise SpmError(
            f"Auf dem Worker ist SPM {metadata.version('spm')} installiert, hier {version}.",
            wo=str(path),
            tun="Bitte auf allen Rechnern des Clusters dieselbe Umgebung (requirements.lock) "
            "einrichten.",
        )
    if not split(path)[0].is_file():
        raise SpmError(
            "Der Worker findet die Params-Datei nicht.",
            wo=str(path),
            tun="Bitte das Projekt in einen Ordner legen, den alle Rechner des Clusters unter "
            "demselben Namen sehen.",
        )
    return load_params(path)


def _build(params: Params, formats: tuple[str, ...], renderer: str) -> bool:
    """Whether anything was built; a report whose inputs are unchanged stays as it is."""
    from spm import build as stages
    from spm.progress import steps

    skipped: list[bool] = []
    with steps(quiet=True) as shown:
        stages.build(
            params.path,
            shown,
            formats,
            renderer,
            unchanged=lambda: skipped.append(True),
            workers=1,  # the other cores have municipalities of their own
            copies=True,  # nobody calls `spm check` for hundreds of them
            lasting=True,
        )
    return not skipped
