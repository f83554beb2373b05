"""Marked copies of the offices' own files, ready to be mailed: what `spm check` found in them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from spm.deliveries.findings import FEHLER, Finding, shortened
from spm.deliveries.templates import tables_of_template
from spm.errors import SpmError
from spm.foreign import door, helper
from spm.offices.marked import Question, Values
from spm.offices.names import file_name, offices
from spm.rawfiles.reading import read_table
from spm.release.replacing import replacing
from spm.system import files

if TYPE_CHECKING:
    from spm.config.params import Params
    from spm.config.tables import Tabelle
    from spm.rawfiles.grid import Grid

FOLDER = "rueckfragen"
"""In ``data/processed/<slug>/``; emptied of older copies by every check."""

WORKBOOKS = (".xlsx", ".xlsm")
"""Kinds of which the copy is the file itself, with its formats."""

VALUES = (".csv", ".tsv", ".txt", ".xls", ".xlsb", ".ods")
"""Kinds of which the copy holds the values, in rows of the same numbers."""

MOST_ROWS = 20_000
"""Of a copy of values; of larger ones the check report tells everything."""

_FOR_ANALYSTS = re.compile(
    r"Params-Datei|Zuordnung|\bzuord|\b(?:werte|spalten|zaehlen|konstanten|raeume)\.|entpivotieren"
    r"|unter (?:fehlend|gesperrt|werte)|gesamtzeilen|nicht_zuordenbar|fehlende_zeilen|null_zeichen"
    r"|dezimal|tausender|\bfaktor\b|zeichen:|kopfzeilen|schuljahr:|zeitpunkt|\bende\b|Beim Absender"
    r"|beim Absender|Nichts|Kennzahl"
)
"""In advice that is no business of the office that delivers."""

_FOR_BOTH = re.compile(
    r"^(?!.*Params-Datei).*(?:liefern lassen|Absender|liefernden Stelle|berichtig|[Nn]achtragen)"
)
"""A sentence of advice that also says how to map, and which nobody can follow without them."""

_PLEASE = "Bitte berichtigen, oder kurz antworten, was gemeint ist."


@dataclass
class Copies:
    """What was written: the copies, and of which files there is none though something was found.

    Attributes
    ----------
    asked : offices that have an error to mend, marked in a copy. One that only the analyst can
        mend, as a wrong name of a file, asks nobody, whatever else was found in their deliveries.
    """

    files: list[Path] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


def write_copies(findings: Sequence[Finding], params: Params) -> Copies:
    """Write one marked copy for every office and file in which a cell is in question.

    Raw files stay as they are. The same findings and files give the same bytes.

    Raises
    ------
    SpmError
        An older copy is open in another program.
    """
    folder = params.processed / FOLDER
    done = Copies()
    _empty(folder)
    for office, (name, keys) in offices(params).items():
        own = [finding for finding in findings if finding.lieferung in keys]
        for file in dict.fromkeys(finding.datei for finding in own):
            here = [finding for finding in own if finding.datei == file]
            places = _Places(params, file, {finding.lieferung for finding in here})
            worth = _worth_asking(here)
            questions = [places.question(finding) for finding in worth]
            if not any(question.rows for question in questions):
                continue
            content = _copy(params, file, questions, places, office)
            if content is None:
                done.without.append(file)
                continue
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{name}-{file_name(Path(file).stem)}.xlsx"
            if path in done.files:  # two files of the same name in different folders
                path = folder / f"{name}-{file_name(str(Path(file).with_suffix('')))}.xlsx"
            with replacing(path) as half:
                half.write_bytes(content)
            done.files.append(path)
            asking = (f for f, q in zip(worth, questions, strict=True) if q.rows)
            if office not in done.asked and any(map(_is_theirs, asking)):
                done.asked.append(office)
    return done


def _empty(folder: Path) -> None:
    if not folder.is_dir():
        return
    for path in sorted(folder.glob("*.xlsx")):
        files.remove(path)
    with suppress(OSError):  # something else lies there
        folder.rmdir()


class _Places:
    """Where in one file the cells are that findings tell of."""

    def __init__(self, params: Params, file: str, keys: Iterable[str]) -> None:
        self._grids: list[tuple[str, Tabelle, Grid]] = []
        for key in keys:
            for table in params.lieferungen[key].tabellen:
                if table.datei != file:
                    continue
                own = tables_of_template(table, key, params) if table.vorlage else [table]
                for one in own if isinstance(own, list) else []:
                    with suppress(SpmError):  # the finding says so
                        self._grids.append((key, one, read_table(one, params)))

    def question(self, finding: Finding) -> Question:
        rows, column, sheet = finding.zeilen, 0, finding.blatt
        if finding.zeile is not None and not rows:
            rows = (finding.zeile,)
        for key, table, grid in self._grids:
            if key != finding.lieferung or grid.sheet != finding.blatt:
                continue
            names = [finding.spalte, *finding.spalte.split(", ")]
            found = next((name for n in names if n and (name := grid.find(n))), None)
            column = grid.header.index(found) + 1 if found else 1 if rows else 0
            if not rows and found:
                rows = (table.kopfzeilen[-1],)
            if found or rows:
                break
        return Question(
            art=finding.schwere,
            sheet=sheet or _PLAIN,
            heading=finding.spalte,
            value=shortened(finding.wert),
            was=_said(finding) + _often(rows),
            tun=_advice(finding),
            rows=tuple(rows) if column else (),
            column=column,
        )

    def values(self) -> Values | None:
        """The values of a file that is no .xlsx; None if there are too many rows, or none."""
        rows: dict[str, list[tuple[int, list[str]]]] = {}
        for _, table, grid in self._grids:
            if len(grid.rows) > MOST_ROWS or not grid.has_header_row:
                return None
            columns = [grid.texts(head) for head in grid.header]
            cells = [list(map(str, row)) for row in zip(*columns, strict=True)]
            numbered = list(zip(map(int, grid.rows), cells, strict=True))
            head = (table.kopfzeilen[-1], list(grid.header))
            rows.setdefault(grid.sheet or _PLAIN, [head, *numbered])
        return Values(rows) if rows else None


_PLAIN = "Werte"
"""Sheet of a copy of a file without sheets."""


def _worth_asking(findings: Sequence[Finding]) -> list[Finding]:
    """Errors first. Notes on whole tables say nothing where rows were refused: they follow."""
    errors = [finding for finding in findings if finding.schwere == FEHLER]
    broken = {finding.blatt for finding in errors}
    notes = [
        finding
        for finding in findings
        if finding.schwere != FEHLER and (finding.zeilen or finding.blatt not in broken)
    ]
    return [*errors, *notes]


def _said(finding: Finding) -> str:
    """What is wrong, without the rows, which are marked, and without keys of the params file."""
    text = re.sub(r" \(Ebenso in [^)]*\)$", "", finding.was)
    return re.sub(
        r"^Der Wert steht nicht unter werte\.\w+\.",
        "Dieser Wert ist in der Spalte nicht vorgesehen.",
        text,
    )


def _often(rows: Sequence[int]) -> str:
    return f" ({len(rows)} Zellen)" if len(rows) > 1 else ""


def _advice(finding: Finding) -> str:
    """What the office can do; what the analyst has to do stays in the check report."""
    kept = [text for text in _sentences(finding.tun) if not _FOR_ANALYSTS.search(text)]
    if kept:
        return " ".join(kept)
    return _PLEASE if finding.schwere == FEHLER else "Bitte prüfen und kurz bestätigen."


def _sentences(text: str) -> list[str]:
    return [told for told in re.split(r"(?<=[.!?]) (?=[A-ZÄÖÜ])", text) if told]


def _is_theirs(finding: Finding) -> bool:
    """Whether it is an error that the office can mend: not one of the mapping alone."""
    told = _sentences(finding.tun)
    return finding.schwere == FEHLER and (
        not told or any(not _FOR_ANALYSTS.search(t) or _FOR_BOTH.search(t) for t in told)
    )


def _copy(
    params: Params, file: str, questions: Sequence[Question], places: _Places, office: str
) -> bytes | None:
    path = params.raw_file(file)
    suffix = path.suffix.lower()
    content: bytes | Values | None = None
    if suffix in WORKBOOKS:
        content = door.content(path)
    elif suffix in VALUES:
        content = places.values()
    if content is None:
        return None
    size = len(content) if isinstance(content, bytes) else path.stat().st_size
    midnight = dt.datetime.combine(params.bericht.datum, dt.time())
    try:
        copy: bytes = helper.call(
            "spm.offices.marked:marked",
            content,
            questions,
            _introduction(params, file, office, isinstance(content, bytes)),
            midnight,
            _of_others(params, file, office),
            size=4 * size,  # everything is read, and written again
        )
    except (helper.GaveUp, SpmError):
        return None
    return copy


def _of_others(params: Params, file: str, office: str) -> list[str]:
    """Sheets of a file that only other offices deliver; nobody gets to see numbers of another."""
    own: set[str | None] = set()
    others: set[str | None] = set()
    for delivery in params.lieferungen.values():
        sheets = {table.blatt for table in delivery.tabellen if table.datei == file}
        (own if delivery.stelle == office else others).update(sheets)
    return sorted(name for name in others - own if name)


def _introduction(params: Params, file: str, office: str, itself: bool) -> str:
    reply = f" Rückfragen an: {params.bericht.kontakt}." if params.bericht.kontakt else ""
    where = (
        "Rot hinterlegte Zellen sind zu berichtigen, gelbe bitte prüfen; der Kommentar an der "
        "Zelle sagt, warum. Bitte direkt in dieser Mappe berichtigen und zurücksenden."
        if itself
        else f"Dies ist eine Kopie der Werte aus «{Path(file).name}», mit denselben Zeilennummern. "
        "Rote Zellen sind zu berichtigen, gelbe bitte prüfen. Bitte im Original berichtigen."
    )
    return (
        f"{office}: Ihre Lieferung «{Path(file).name}» für {params.bericht.titel} "
        f"({params.kommune.name}). {where}{reply}"
    )
