"""Tables that say where the people of earlier areas live by today's boundaries."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from spm.areas.crosswalk import Crosswalk
from spm.areas.names import AreaNames
from spm.areas.today import RESERVED
from spm.config.canonical import check_measure_name
from spm.errors import SpmError, nearest
from spm.rawfiles.cells import BadValue
from spm.rawfiles.grid import Grid
from spm.rawfiles.owntables import read_own_table

if TYPE_CHECKING:
    from spm.config.params import Params

COLUMNS = ("alt", "neu", "anteil")
MEASURE = "merkmal"
"""Optional column: shares of its own for a measure."""

TOLERANCE = 1.5e-6
"""Three thirds written as 0,333333 sum to 0.999999: nobody is lost by that."""


@dataclass
class _Shares:
    """The shares of one earlier area, and the rows that they stand in."""

    shares: dict[str, float] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)


def read_crosswalk(
    params: "Params", name: str, old: pd.DataFrame | None, new: pd.DataFrame
) -> Crosswalk:
    """Read and check a table of shares (CSV or Excel).

    Parameters
    ----------
    name : the file, in the data folder: columns alt, neu, anteil and, if wanted, merkmal.
    old : ``raum, name`` of the earlier areas; None: those that the table names.
    new : the same of today's areas.

    Raises
    ------
    SpmError
        An unreadable file or cell, an unknown area, an area without shares, a pair given twice,
        shares that do not sum to 1.
    """
    where = str(params.raw_file(name))
    grid = read_own_table(
        params, name, "Die Umschlüsselung", "raeume.fruehere.umschluesselung (oder: flaeche)"
    )
    found = _read_rows(grid, where, old, new)
    _check_sums(found, where)
    general = {area: _shares(own) for (measure, area), own in found.items() if not measure}
    by_measure: dict[str, dict] = defaultdict(dict)
    for (measure, area), own in found.items():
        if measure:
            by_measure[measure][area] = _shares(own)
    known = list(old["raum"]) if old is not None else [area for _, area in found]
    for area in known:
        if area not in general:
            raise SpmError(
                f"Der alte Raum «{area}» hat keine Anteile"
                + (" für alle Merkmale." if area in {a for _, a in found} else "."),
                wo=where,
                tun="Bitte Zeilen für ihn ergänzen, auch wenn er unverändert ist (Anteil 1); die "
                "Spalte merkmal bleibt darin leer.",
            )
    return Crosswalk(general, dict(by_measure), where)


def _read_rows(
    grid: Grid, where: str, old: pd.DataFrame | None, new: pd.DataFrame
) -> dict[tuple[str, str], _Shares]:
    """Shares by measure ("" for all) and earlier area."""
    for column in COLUMNS:
        if grid.find(column) is None:
            raise SpmError(
                f"Die Umschlüsselung hat keine Spalte «{column}».{nearest(column, grid.header)}",
                wo=f"{where}, Zeile 1",
                tun="Erwartet werden die Spalten alt;neu;anteil und, wenn gewünscht, merkmal.",
            )
    for number, was in grid.uneven.items():
        raise SpmError(was, wo=f"{where}, Zeile {number}", tun="Bitte die Zeile berichtigen.")
    today = AreaNames(new, "von heute")
    before = None if old is None else AreaNames(old, "von früher")
    columns = [grid.texts(column) for column in COLUMNS]
    has_measure = grid.find(MEASURE) is not None
    measures = grid.texts(MEASURE) if has_measure else [""] * len(grid.rows)
    found: dict[tuple[str, str], _Shares] = defaultdict(_Shares)
    for number, was, becomes, share, measure in zip(grid.rows, *columns, measures, strict=True):
        place = f"{where}, Zeile {number}"
        area = _area(was, before, f"{place}, Spalte alt")
        target = _area(becomes, today, f"{place}, Spalte neu")
        part = _share(share, place)
        if measure:
            _check_measure(measure, place)
        own = found[measure, area]
        if target in own.shares:
            raise SpmError(
                f"Der alte Raum «{area}» geht zweimal in «{target}» über.",
                wo=f"{where}, Zeilen {own.rows[list(own.shares).index(target)]} und {number}",
                tun="Bitte die Anteile in einer Zeile zusammenfassen.",
            )
        own.shares[target] = part
        own.rows.append(int(number))
    return found


def _area(text: str, names: AreaNames | None, place: str) -> str:
    """The key of an area; of earlier ones without a geometry whatever the table says."""
    tun = "Bitte den Schlüssel oder den Namen eines Raums eintragen."
    if not text or text in RESERVED:
        was = f"«{text}» ist für SPM reserviert." if text else "Die Zelle ist leer."
        raise SpmError(was, wo=place, tun=tun)
    try:
        return text if names is None else names.canonical(text)
    except BadValue as error:
        raise SpmError(error.was, wo=place, tun=tun) from None


def _share(text: str, place: str) -> float:
    try:
        share = float(text.replace(",", "."))
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise SpmError(
            f"«{text}» ist kein Anteil zwischen 0 und 1.",
            wo=f"{place}, Spalte anteil",
            tun="Bitte den Anteil der Menschen als Dezimalzahl schreiben: 0,25 statt 25 %.",
        )
    return share


def _check_measure(name: str, place: str) -> None:
    try:
        check_measure_name(name, MEASURE)
    except ValueError as error:
        tun = "Bitte das Merkmal wie unter lieferungen schreiben, oder die Zelle leer lassen."
        raise SpmError(str(error), wo=f"{place}, Spalte {MEASURE}", tun=tun) from None


def _check_sums(found: dict[tuple[str, str], _Shares], where: str) -> None:
    """Everybody of an earlier area goes somewhere, and nobody twice."""
    wrong = []
    for (measure, area), own in found.items():
        total = sum(own.shares.values())
        if abs(total - 1) > TOLERANCE:
            whose = f"«{area}»" + (f" (Merkmal {measure})" if measure else "")
            rows = ", ".join(map(str, own.rows))
            word = "Zeile" if len(own.rows) == 1 else "Zeilen"
            wrong.append((total < 1, f"{whose}: {_german(total)} ({word} {rows})"))
    if wrong:
        does = [word for loses, word in ((True, "verliert"), (False, "erzeugt"))
                if any(less == loses for less, _ in wrong)]  # fmt: skip
        raise SpmError(
            f"Die Umschlüsselung {' und '.join(does)} Menschen: Die Anteile eines alten Raums "
            f"ergeben zusammen nicht 1. {'; '.join(text for _, text in wrong)}.",
            wo=where,
            tun="Bitte die Anteile berichtigen, sodass sie je altem Raum zusammen 1 ergeben.",
        )


def _german(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".").replace(".", ",")


def _shares(own: _Shares) -> dict[str, float]:
    total = sum(own.shares.values())
    return {target: share / total for target, share in own.shares.items() if share > 0}
