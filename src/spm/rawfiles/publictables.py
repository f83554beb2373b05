"""Public tables that analysts keep: columns with fixed names, every wrong cell named at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from spm.errors import SpmError, error_list, nearest
from spm.published import GESAMT
from spm.text.visible import LONGEST_SENTENCE, name_problem, shortened

if TYPE_CHECKING:
    from spm.config.catalogue import Kennzahl
    from spm.config.params import Params
    from spm.rawfiles.grid import Grid

MOST = 20
"""So many errors are listed at once."""

LARGEST = 10**9
"""No share, rate or quotient of people is larger."""

Wrong = tuple[str, str]
"""Column ("" for the whole row) and what is wrong there, as a German sentence."""

_NUMBER = re.compile(r"[+\-\u2212]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?( ?%)?", re.ASCII)
_YEAR = re.compile(r"(19|20)\d\d", re.ASCII)


class Row(NamedTuple):
    """One row: its number as Excel shows it, its cells by column, what is wrong with it as such."""

    line: int
    cells: Mapping[str, str]
    wrong: tuple[Wrong, ...]


class Called(NamedTuple):
    """What messages call a table: ``die`` at the beginning of a sentence, ``key`` of the params."""

    die: str
    key: str


def read_rows(
    params: Params,
    file: str,
    called: Called,
    columns: Sequence[str],
    check: Callable[[Sequence[str], str], None] = lambda header, where: None,
) -> tuple[list[Row], str]:
    """Read a table of the data folder whose columns have fixed names.

    Parameters
    ----------
    columns : which it must have; others may be there for the analysts' own use and are not read.
    check : raises what is wrong with the header.

    Returns
    -------
    rows, where
        ``where`` is the file and, of a workbook, the sheet, for messages.

    Raises
    ------
    SpmError
        The file is missing or unreadable, or a column is missing.
    """
    from spm.rawfiles.owntables import read_own_table  # only where deliveries are read

    grid = read_own_table(params, file, called.die, called.key)
    where = str(params.raw_file(file)) + (f", Blatt «{grid.sheet}»" if grid.sheet else "")
    check(grid.header, where)
    missing = next((name for name in columns if grid.find(name) is None), None)
    if missing:
        raise SpmError(
            f"{called.die} hat keine Spalte «{missing}».{nearest(missing, grid.header)}",
            wo=where,
            tun=f"Sie braucht die Spalten {', '.join(columns)}; Zellen darunter dürfen leer sein, "
            "wo es die Anleitung sagt.",
        )
    return list(_rows(grid, columns)), where


def _rows(grid: Grid, names: Sequence[str]) -> Iterator[Row]:
    columns = [grid.texts(name) for name in names]
    for line, *cells in zip(grid.rows, *columns, strict=True):
        uneven = ((("", grid.uneven[line])),) if line in grid.uneven else ()
        yield Row(int(line), dict(zip(names, map(str, cells), strict=True)), uneven)


class Places:
    """Areas by key and by name, as a table may call them."""

    def __init__(self, areas: Sequence[tuple[str, str]], params: Params) -> None:
        whole = [(GESAMT, GESAMT), (GESAMT, params.kommune.name)]
        groups = [(name, name) for name in params.raeume.gruppen]
        self._keys: dict[str, set[str]] = {}
        for key, name in (*areas, *groups, *whole):
            for called in (key, name):
                self._keys.setdefault(called.casefold(), set()).add(key)
        self._known = [name for _, name in (*areas, *groups, *whole)]

    def find(self, text: str) -> tuple[str, list[Wrong]]:
        """The key of what a cell names, or what is wrong with it."""
        found = self._keys.get(text.casefold(), set())
        if len(found) == 1:
            return next(iter(found)), []
        if found:
            keys = ", ".join(sorted(found))
            return "", [("raum", f"«{text}» heißen mehrere Räume; bitte den Schlüssel ({keys}).")]
        if not text:
            return "", [("raum", "Der Raum fehlt; «gesamt» meint die ganze Kommune.")]
        return "", [("raum", f"Es gibt keinen Raum «{text}».{nearest(text, self._known)}")]


def refuse(die: str, errors: Sequence[str], where: str) -> None:
    """Raise what is wrong with a table, if anything is.

    Parameters
    ----------
    die : the table as the subject of a sentence in the singular.
    errors : one sentence each, see `in_words`.
    """
    if errors:
        raise SpmError(
            error_list(f"{die} hat", errors, MOST),
            wo=where,
            tun="Bitte die genannten Zeilen berichtigen oder löschen.",
        )


def in_words(line: int, wrong: Sequence[Wrong]) -> list[str]:
    """``"Zeile 7, zieljahr: …"``"""
    return [f"Zeile {line}{f', {column}' if column else ''}: {was}" for column, was in wrong]


def wrong_text(column: str, what: str, text: str) -> list[Wrong]:
    """What makes a text unfit for the report; an empty one is fit.

    Parameters
    ----------
    what : the text with its article ("Die Maßnahme").
    """
    problem = name_problem(text, LONGEST_SENTENCE) if text else ""
    return [(column, f"{what} {problem}.")] if problem else []


def wrong_value(column: str, text: str, entry: Kennzahl | None) -> list[Wrong]:
    """What makes a text no possible value of an indicator (None: of an unknown one)."""
    if not _NUMBER.fullmatch(text):
        return [(column, f"«{text}» ist keine Zahl; gemeint ist eine wie 14,1, ohne Einheit.")]
    if entry is None:
        return []
    if text.endswith("%") and entry.faktor != 100:
        return [(column, f"«{text}» ist ein Prozentwert, die Kennzahl ist keiner.")]
    value = number(text)
    low = -entry.faktor if entry.art == "veraenderung" else 0
    high = entry.faktor if entry.art == "anteil" else LARGEST
    if low <= value <= high:
        return []
    limits = f"von {low:g} bis {high:g}" if high < LARGEST else f"ab {low:g}"
    return [(column, f"«{shortened(text)}» ist außerhalb dessen, was möglich ist ({limits}).")]


def wrong_year(column: str, text: str) -> list[Wrong]:
    """What makes a text no year."""
    return [] if _YEAR.fullmatch(text) else [(column, f"«{text}» ist keine Jahreszahl.")]


def number(text: str) -> float:
    """A number that `wrong_value` has let pass."""
    text = text.removesuffix("%").rstrip()
    return float(text.replace("\u2212", "-").replace(".", "").replace(",", "."))
