"""The columns of the summary, the same on the page and in Excel."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from spm.batch.records import STATUS, KeyFigures, Outcome
from spm.text.numbers import EN_DASH


class Column(NamedTuple):
    """One column: heading, width in Excel (characters), whether it holds numbers, and its cell."""

    title: str
    width: int
    numeric: bool
    cell: Callable[[Outcome], str | int | float | None]


def ordered(records: list[Outcome]) -> list[Outcome]:
    """What needs somebody first, then by name."""
    return sorted(records, key=lambda r: (STATUS.index(r.status), r.slug))


def _of_report(name: str) -> Callable[[Outcome], int | None]:
    return lambda record: getattr(record.eckzahlen, name) if record.eckzahlen else None


def _years(record: Outcome) -> str:
    figures: KeyFigures | None = record.eckzahlen
    if figures is None or figures.von is None:
        return ""
    return (
        f"{figures.von}" if figures.von == figures.bis else f"{figures.von}{EN_DASH}{figures.bis}"
    )


NAME = Column("Kommune", 30, False, lambda record: record.kommune or record.slug)

COLUMNS = (
    NAME,
    Column("Params-Datei", 24, False, lambda record: f"{record.slug}.yml"),
    Column("Ergebnis", 12, False, lambda record: record.status),
    Column("Räume", 9, True, _of_report("raeume")),
    Column("Kennzahlen", 12, True, _of_report("kennzahlen")),
    Column("Jahre", 12, False, _years),
    Column("Werte gezeigt", 12, True, _of_report("gezeigt")),
    Column("Werte gesperrt", 12, True, _of_report("gesperrt")),
    Column("vom Absender gesperrt", 14, True, _of_report("absender_gesperrt")),
    Column("Sekunden des letzten Laufs", 14, True, lambda record: record.sekunden),
)

CAUSE = (
    Column("Was ist falsch?", 60, False, lambda record: record.was),
    Column("Wo?", 40, False, lambda record: record.wo),
    Column("Was ist zu tun?", 60, False, lambda record: record.tun),
)
"""Besides, in Excel; the page has a list of them."""
