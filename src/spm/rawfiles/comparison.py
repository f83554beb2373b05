"""Values of other places, published elsewhere: read from the file that ``vergleich`` names.

They come from no delivery and are no secret. What the report must not do is to print one beside a
suppressed total of its own municipality; the presentation sees to that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from spm.errors import SpmError, error_list, nearest
from spm.published import EBENEN, ComparisonValue
from spm.rawfiles.publictables import MOST, number, wrong_value, wrong_year
from spm.text.visible import LONGEST_SENTENCE, name_problem

if TYPE_CHECKING:
    from spm.config.catalogue import Kennzahl
    from spm.config.params import Params
    from spm.rawfiles.grid import Grid

COLUMNS = ("kennzahl", "gebiet", "jahr", "wert", "quelle")
EBENE, GRUPPE = "ebene", "gruppe"


def load_comparison(
    params: Params, catalogue: Mapping[str, Kennzahl], own: Iterable[str]
) -> dict[str, list[ComparisonValue]]:
    """Read and check the file of comparison values.

    Parameters
    ----------
    own : names of the areas of the report: their values come from deliveries alone, and pass
        disclosure control.

    Returns
    -------
    dict
        By indicator the values, Kommune before Kreis before Land before Bund, else as in the file;
        empty if the params file names none.

    Raises
    ------
    SpmError
        File missing or unreadable, a column missing, or naming every wrong cell with its line.
    """
    if params.vergleich is None:
        return {}
    path = params.raw_file(params.vergleich.datei)
    from spm.rawfiles.owntables import read_own_table  # only where deliveries are read

    grid = read_own_table(params, params.vergleich.datei, "Die Vergleichsdatei", "vergleich.datei")
    missing = [name for name in COLUMNS if grid.find(name) is None]
    if missing:
        raise SpmError(
            f"Den Vergleichswerten fehlt die Spalte «{missing[0]}»."
            f"{nearest(missing[0], grid.header)}",
            wo=str(path),
            tun=f"Die Datei braucht die Spalten {', '.join(COLUMNS)}; {EBENE} und "
            f"{GRUPPE} dürfen fehlen.",
        )
    taken = {name.casefold() for name in (params.kommune.name, *own, *params.raeume.gruppen)}
    values, errors = _rows(grid, catalogue, taken, params.bericht.datum.year)
    if errors:
        raise SpmError(
            error_list("Die Vergleichswerte haben", errors, MOST),
            wo=str(path),
            tun="Bitte die genannten Zeilen berichtigen oder löschen.",
        )
    rank = {name: place for place, name in enumerate((*EBENEN, ""))}
    return {
        key: sorted(found, key=lambda value: rank[value.ebene]) for key, found in values.items()
    }


def _rows(
    grid: Grid, catalogue: Mapping[str, Kennzahl], taken: set[str], latest: int
) -> tuple[dict[str, list[ComparisonValue]], list[str]]:
    columns: list[Iterable[str]] = []
    for name in COLUMNS:
        there = grid.find(name)
        assert there is not None  # looked for before
        columns.append(grid.texts(there))
    for name in (EBENE, GRUPPE):
        there = grid.find(name)
        columns.append(grid.texts(there) if there else [""] * len(grid.rows))
    values: dict[str, list[ComparisonValue]] = {}
    first: dict[tuple[str, str, str], int] = {}
    belongs: dict[str, tuple[str, int]] = {}
    errors = []
    for line, key, gebiet, year, wert, quelle, ebene, gruppe in zip(
        grid.rows, *columns, strict=True
    ):
        wrong = [("", grid.uneven[line])] if line in grid.uneven else []
        wrong += _wrong_key(key, catalogue) + _wrong_place(gebiet, ebene, taken)
        no_year = wrong_year("jahr", year)
        wrong += no_year
        if not no_year and int(year) > latest:
            wrong.append(("jahr", f"{year} liegt nach dem Stand des Berichts ({latest})."))
        wrong += wrong_value("wert", wert, catalogue.get(key))
        if not quelle:
            wrong.append(("quelle", "Ein Vergleichswert ohne Quelle wird nicht gezeigt."))
        elif problem := name_problem(quelle, LONGEST_SENTENCE):
            wrong.append(("quelle", f"Die Quelle {problem}."))
        wrong += _wrong_group(gruppe, *belongs.setdefault(gebiet, (gruppe, line)))
        before = first.setdefault((key, gebiet, year), line)
        if before != line:
            wrong.append(("", f"«{key}» steht für «{gebiet}» {year} schon in Zeile {before}."))
        about = f" ({key})" if key in catalogue else ""
        errors += [
            f"Zeile {line}{f', {column}' if column else ''}{about}: {was}" for column, was in wrong
        ]
        if not wrong:
            value = ComparisonValue(
                gebiet=gebiet,
                jahr=int(year),
                wert=number(wert),
                quelle=quelle,
                ebene=ebene,
                gruppe=gruppe,
            )
            values.setdefault(key, []).append(value)
    return values, errors


def _wrong_key(key: str, catalogue: Mapping[str, Kennzahl]) -> list[tuple[str, str]]:
    if key not in catalogue:
        return [("kennzahl", f"Es gibt keine Kennzahl «{key}».{nearest(key, catalogue)}")]
    if catalogue[key].art == "anzahl":
        return [
            (
                "kennzahl",
                "Eine Anzahl lässt sich nicht mit der eines anderen Gebiets vergleichen; bitte "
                "einen Anteil oder eine Rate nehmen.",
            )
        ]
    return []


def _wrong_place(gebiet: str, ebene: str, taken: set[str]) -> list[tuple[str, str]]:
    wrong = []
    if not gebiet:
        wrong.append(("gebiet", "Der Name des Gebiets fehlt."))
    elif problem := name_problem(gebiet):
        wrong.append(("gebiet", f"Der Name des Gebiets {problem}."))
    if gebiet.casefold() in taken:
        wrong.append(
            (
                "gebiet",
                f"«{gebiet}» gehört zum Bericht selbst. Eigene Werte kommen nur aus Lieferungen.",
            )
        )
    if ebene and ebene not in EBENEN:
        wrong.append((EBENE, f"«{ebene}» ist keine Ebene.{nearest(ebene, EBENEN)}"))
    return wrong


def _wrong_group(gruppe: str, before: str, line: int) -> list[tuple[str, str]]:
    """``before``, ``line``: the group of the same place where it stood first."""
    if gruppe and (problem := name_problem(gruppe)):
        return [(GRUPPE, f"Der Name der Gruppe {problem}.")]
    if gruppe != before:
        which = f"«{before}»" if before else "keiner Gruppe"
        return [(GRUPPE, f"Das Gebiet gehört in Zeile {line} zu {which}.")]
    return []
