"""What is told about each municipality of a batch, and the file that keeps it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

GEBAUT, OHNE_AENDERUNG, FEHLER, OFFEN = "gebaut", "unverändert", "Fehler", "offen"

STATUS = (FEHLER, OFFEN, GEBAUT, OHNE_AENDERUNG)
"""Every status, what needs somebody first. "offen": the batch ended before its turn."""

STATE = "kommunen.json"
"""Beside the summary; no report has this name, for reports are folders."""


@dataclass(frozen=True)
class KeyFigures:
    """Of one finished report, from its published rows alone.

    Attributes
    ----------
    raeume, kennzahlen : how many areas, and indicators with at least one value.
    von, bis : first and last year with a value.
    gezeigt, gesperrt, absender_gesperrt : rows with these statuses.
    """

    raeume: int
    kennzahlen: int
    von: int | None
    bis: int | None
    gezeigt: int
    gesperrt: int
    absender_gesperrt: int


@dataclass(frozen=True)
class Outcome:
    """The outcome for one municipality; nothing in it is confidential.

    Attributes
    ----------
    slug : name of its params file and folders.
    kommune : its name, "" if the params file cannot be read.
    status : one of `STATUS`.
    was, wo, tun : of the error, as an `SpmError` has them; else "".
    sekunden : how long checking and building took the last time that something was built; None if
        never. The only clock of a batch, and in no report.
    eckzahlen : of the report that lies there, also if it is an earlier one; None without report.
    """

    slug: str
    kommune: str
    status: str
    was: str = ""
    wo: str = ""
    tun: str = ""
    sekunden: float | None = None
    eckzahlen: KeyFigures | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers and texts, as they travel and as they are stored."""
        return asdict(self)


def from_dict(content: Mapping[str, Any]) -> Outcome:
    """The record that `Outcome.as_dict` made plain."""
    figures = content["eckzahlen"]
    return Outcome(**{**content, "eckzahlen": KeyFigures(**figures) if figures else None})


def after(earlier: Outcome | None, now: Outcome) -> Outcome:
    """``now``, with the seconds of the last build if nothing had to be built this time."""
    if now.status == OHNE_AENDERUNG:
        return replace(now, sekunden=earlier.sekunden if earlier else None)
    return now


def read_state(folder: Path) -> dict[str, Outcome]:
    """Records of the last batch by slug; none if there was no batch or its file is not whole."""
    try:
        stored = json.loads((folder / STATE).read_text(encoding="utf-8"))
        return {entry["slug"]: from_dict(entry) for entry in stored}
    except (OSError, ValueError, TypeError, KeyError):
        return {}  # the file only saves words for the recap; what is built is seen at the reports


def write_state(folder: Path, records: Iterable[Outcome]) -> None:
    """Store records; the file is replaced in one step."""
    from spm.release.replacing import replace_text

    entries = [record.as_dict() for record in sorted(records, key=lambda r: r.slug)]
    text = json.dumps(entries, ensure_ascii=False, indent=1)
    replace_text(folder / STATE, text + "\n")
