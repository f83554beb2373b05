"""A batch from its patterns to the summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from spm.batch import handout, together
from spm.batch.cluster import connected
from spm.batch.paramsfiles import find
from spm.batch.records import (
    FEHLER,
    GEBAUT,
    OFFEN,
    OHNE_AENDERUNG,
    Outcome,
    after,
    read_state,
    write_state,
)
from spm.errors import SpmError
from spm.faults import told
from spm.formats import USUAL
from spm.progress import Steps


@dataclass(frozen=True)
class Batch:
    """What came of a batch.

    Attributes
    ----------
    records : one record per municipality, by slug.
    pages : the summary as HTML and as Excel.
    """

    records: list[Outcome]
    pages: tuple[Path, Path]

    @property
    def failed(self) -> list[Outcome]:
        """The municipalities that need somebody."""
        return [record for record in self.records if record.status == FEHLER]


@told()
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
    if files.others:
        names = ", ".join(path.name for path in files.others)
        steps.note(f"Keine Params-Dateien, übergangen: {names}")
    for file in files.joint:
        for line in together.notes(file):
            steps.note(line)
    folder = out if out is not None else files.root / "report"
    slugs = [path.stem for path in files.files]
    with _only_batch(folder):
        earlier = read_state(folder)
        records = {s: earlier.get(s) or Outcome(s, "", OFFEN) for s in slugs}
        ended: set[str] = set()

        def done(record: Outcome) -> None:
            records[record.slug] = after(earlier.get(record.slug), record)
            ended.add(record.slug)
            write_state(folder, records.values())
            steps.advance(f"{record.slug}: {record.status}")
            if record.status == FEHLER:
                steps.note(f"Fehler in {record.slug}: {record.was.splitlines()[0]}")

        try:
            with connected(scheduler, workers) as client:
                steps.begin(f"{len(slugs)} Kommunen prüfen und bauen", len(slugs))
                how = (formats, renderer, metadata.version("spm"))
                patience = handout.PATIENCE if scheduler is None else None
                handout.build_all(client, files.files, how, done, patience)
        except BaseException:
            steps.note(
                f"Abgebrochen: {len(ended)} von {len(slugs)} Kommunen sind fertig. Derselbe Aufruf "
                "fährt mit den übrigen fort."
            )
            raise
        finally:
            pages = _summary(list(records.values()), files.root, folder)
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


def _summary(records: list[Outcome], root: Path, folder: Path) -> tuple[Path, Path]:
    from spm.batch.page import write_page
    from spm.batch.workbook import write_workbook

    return write_page(records, root, folder), write_workbook(records, folder)


def recap(batch: Batch) -> list[str]:
    """Lines to print: every failed municipality with its cause, then how many of each outcome."""
    lines = []
    for record in batch.failed:
        lines.append(f"{record.slug}: {SpmError(record.was, wo=record.wo, tun=record.tun)}")
    counts = Counter(record.status for record in batch.records)
    words = {GEBAUT: "gebaut", OHNE_AENDERUNG: "unverändert (früher gebaut)", FEHLER: "gescheitert"}
    told = [f"{counts[status]} {word}" for status, word in words.items() if counts[status]]
    return [*lines, f"{len(batch.records)} Kommunen: {', '.join(told)}"]
