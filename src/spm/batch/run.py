"""A batch from its patterns to the summary."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from spm.batch import municipality
from spm.batch.cluster import connected
from spm.batch.paramsfiles import find
from spm.batch.records import (
    FEHLER,
    GEBAUT,
    OFFEN,
    UNVERAENDERT,
    Ergebnis,
    after,
    from_dict,
    read_state,
    write_state,
)
from spm.errors import SpmError
from spm.formats import USUAL
from spm.progress import Steps

LOOK = 2
"""Seconds after which to look again for new workers, if no municipality is done before."""


@dataclass(frozen=True)
class Batch:
    """What came of a batch.

    Attributes
    ----------
    ergebnisse : one record per municipality, by slug.
    seiten : the summary as HTML and as Excel.
    """

    ergebnisse: list[Ergebnis]
    seiten: tuple[Path, Path]

    @property
    def gescheitert(self) -> list[Ergebnis]:
        """The municipalities that need somebody."""
        return [record for record in self.ergebnisse if record.status == FEHLER]


def run(
    patterns: Sequence[str],
    steps: Steps,
    formats: tuple[str, ...] = USUAL,
    renderer: str = "auto",
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    out: Path | None = None,
) -> Batch:
    """Check and build every municipality; a failing one stops no other.

    Parameters
    ----------
    patterns : params files, or patterns of them.
    workers, scheduler : see `spm.batch.cluster.connected`.
    out : folder of the summary; None: ``report/``.

    Raises
    ------
    SpmError
        Nothing to build, another batch is running, no Dask, no scheduler. What fails in a
        municipality does not raise: it is in its record.

    Notes
    -----
    To go on after an interruption is to run the batch again: a report whose inputs are unchanged
    stays as it is. The state file beside the summary keeps what the recap says of such a report.
    The summary is the only place with measured seconds, in a column of their own; all else in it
    follows from the inputs.
    """
    files = find(patterns)
    if files.andere:
        names = ", ".join(path.name for path in files.andere)
        steps.note(f"Keine Params-Dateien, übergangen: {names}")
    folder = out if out is not None else files.wurzel / "report"
    slugs = [path.stem for path in files.dateien]
    with _only_batch(folder):
        earlier = read_state(folder)
        records = {s: earlier.get(s) or Ergebnis(s, "", OFFEN) for s in slugs}
        ended: set[str] = set()

        def done(record: Ergebnis) -> None:
            records[record.slug] = after(earlier.get(record.slug), record)
            ended.add(record.slug)
            write_state(folder, records.values())
            steps.advance(f"{record.slug}: {record.status}")
            if record.status == FEHLER:
                steps.note(f"Fehler in {record.slug}: {record.was.splitlines()[0]}")

        try:
            with connected(scheduler, workers) as client:
                steps.begin(f"{len(slugs)} Kommunen prüfen und bauen", len(slugs))
                _all(client, files.dateien, (formats, renderer, metadata.version("spm")), done)
        except BaseException:
            steps.note(
                f"Abgebrochen: {len(ended)} von {len(slugs)} Kommunen sind fertig. Derselbe Aufruf "
                "fährt mit den übrigen fort."
            )
            raise
        finally:
            pages = _summary(list(records.values()), files.wurzel, folder)
    return Batch(list(records.values()), pages)


@contextmanager
def _only_batch(folder: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / ".kommunen.lock", timeout=0):
            yield
    except Timeout:
        raise SpmError(
            "Hier läuft schon ein «spm batch».",
            wo=str(folder),
            tun="Bitte warten, bis er fertig ist, oder mit --out einen anderen Ordner nennen.",
        ) from None


def _all(
    client: Any, files: Sequence[Path], how: tuple[Any, ...], done: Callable[[Ergebnis], None]
) -> None:
    """Hand out one municipality per worker at a time, until all are done.

    Not all at once: the scheduler would give a worker several, and if the first kills it, the
    others would be suspected, too.
    """
    from distributed import wait

    waiting = deque(files)
    running: dict[Any, tuple[Path, str]] = {}
    try:
        while waiting or running:
            present = client.nthreads()
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
    import time

    if not futures:  # every worker is gone; others may come
        time.sleep(LOOK)
        return []
    try:
        return list(wait(futures, timeout=LOOK, return_when="FIRST_COMPLETED").done)
    except TimeoutError:
        return []


def _record(future: Any, path: Path) -> Ergebnis:
    """The record of a municipality, also if its worker could not make one."""
    if future.status == "finished":
        return from_dict(future.result())
    if future.status != "error":
        raise _lost(future.status)
    error = future.exception()
    if type(error).__name__ == "KilledWorker":
        was = "Der Worker ist beim Bau dieser Kommune abgestürzt, auch beim zweiten Versuch."
        tun = (
            "Reicht der Arbeitsspeicher? Bitte mit weniger --workers wiederholen oder die Kommune "
            "allein bauen («spm build»)."
        )
    else:
        was = f"Der Worker konnte den Bau nicht beginnen ({type(error).__name__}: {error})."
        tun = "Ist auf allen Rechnern des Clusters dieselbe Fassung von SPM installiert?"
    return Ergebnis(path.stem, "", FEHLER, was, path.name, tun)


def _lost(cause: object) -> SpmError:
    return SpmError(
        f"Die Verbindung zum Scheduler von Dask ist abgerissen ({cause}).",
        wo="spm batch",
        tun="Bitte den Cluster prüfen und den Aufruf wiederholen; fertige Berichte bleiben.",
    )


def _summary(records: list[Ergebnis], root: Path, folder: Path) -> tuple[Path, Path]:
    from spm.batch.page import write_page
    from spm.batch.workbook import write_workbook

    return write_page(records, root, folder), write_workbook(records, folder)


def recap(batch: Batch) -> list[str]:
    """Lines to print: every failed municipality with its cause, then how many of each outcome."""
    lines = []
    for record in batch.gescheitert:
        lines.append(f"{record.slug}: {SpmError(record.was, wo=record.wo, tun=record.tun)}")
    counts = Counter(record.status for record in batch.ergebnisse)
    words = {GEBAUT: "gebaut", UNVERAENDERT: "unverändert (früher gebaut)", FEHLER: "gescheitert"}
    told = [f"{counts[status]} {word}" for status, word in words.items() if counts[status]]
    return [*lines, f"{len(batch.ergebnisse)} Kommunen: {', '.join(told)}"]
