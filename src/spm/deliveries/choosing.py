"""The wanted rows of a raw table: ``nur`` and ``ohne``, and whose rows they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from spm.config.tables import Tabelle
from spm.deliveries import spellings
from spm.deliveries.findings import FEHLER, HINWEIS, Finding, Source, capped
from spm.rawfiles import cells
from spm.rawfiles.grid import Grid
from spm.rawfiles.ownrows import matching


def chosen(
    grid: Grid, name: str, listed: list[str], key: str, table: Tabelle, source: Source
) -> tuple[np.ndarray, list[Finding]]:
    """The rows that one column keeps, and what is strange about its values.

    Parameters
    ----------
    name : header of the column.
    listed, key : the values under ``nur`` or ``ohne``.

    Returns
    -------
    keep, findings
        By a column that tells whose rows they are (`Tabelle.own_rows`) no row may be lost: a value
        that no row has is an error there, and one that is only spelled otherwise, too.
    """
    texts, whose = grid.texts(name), key == "nur" and name in _headers(grid, table)
    keep = matching(texts, listed, whose) == (key == "nur")
    found = []
    if key == "nur":
        told = "filter" if whose else "nur"
        found += absent(texts, listed, told, table, (source, name), whose)
    known = [cells.clean(value) for value in listed]
    respelled = spellings.respelled(texts, known, grid.rows, key, (source, name))
    if whose:
        respelled = [_of_municipality(finding) for finding in respelled]
    return keep, [*found, *capped(respelled)]


def _headers(grid: Grid, table: Tabelle) -> set[str | None]:
    return {grid.find(column) for column in table.own_rows}


def _of_municipality(finding: Finding) -> Finding:
    return replace(
        finding,
        schwere=FEHLER,
        was=finding.was.replace(" unter nur;", " unter filter;"),
        tun=f"Gehören auch diese Zeilen der Kommune, dann «{finding.wert}» bei ihr unter filter "
        "aufnehmen; sonst berichtigen lassen.",
    )


def absent(
    texts: np.ndarray,
    listed: Iterable[str],
    key: str,
    table: Tabelle,
    place: tuple[Source, str],
    whose: bool = False,
) -> list[Finding]:
    """Values that are listed and do not occur: are they misspelled?

    Parameters
    ----------
    key : of the params file that lists them.
    place : source and header.
    whose : whether they tell whose rows they are.
    """
    source, name = place
    shown = [] if table.zaehlen else sorted(set(texts))  # never a cell about a person
    found = []
    for value in dict.fromkeys(cells.clean(text) for text in listed):
        if not matching(texts, [value], whose).any():
            found.append(
                source.finding(
                    f"Der Wert «{value}» unter {key} kommt in der Spalte nicht vor."
                    + (_without_zero(value, texts, whose) or cells.meant(value, shown)),
                    "Die Schreibweise in der Params-Datei bei der Kommune prüfen; liefert die "
                    "Stelle für sie nichts, sagt gilt_fuer der Tabelle, für wen sie gilt."
                    if whose
                    else "Die Schreibweise in der Params-Datei prüfen.",
                    spalte=name,
                    schwere=FEHLER if whose else HINWEIS,
                )
            )
    return found


def _without_zero(value: str, texts: np.ndarray, whose: bool) -> str:
    """That a key stands there as a number, as Excel makes it: a hint of its own, because the params
    file has a word for it."""
    short = value.lstrip("0")
    if whose and short != value and value.isdecimal() and (texts == short).any():
        return f" Dort steht «{short}», ohne führende Null: das heißt {{ags_ohne_null}}."
    return ""
