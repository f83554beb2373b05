"""The Zielmatrix: what a municipality aims at, what it does for it, and how that is measured.

It is public, and no delivery: values that attainment is told from come from published rows. What
the file says of a baseline is used only where the report itself has no value of that year to show
or to protect; `spm.presentation.synthesis` sees to that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from spm.rawfiles.publictables import (
    Called,
    Places,
    Row,
    Wrong,
    in_words,
    number,
    read_rows,
    refuse,
    wrong_text,
    wrong_value,
    wrong_year,
)
from spm.rawfiles.targets import (
    STATES,
    Goal,
    Measure,
    Target,
    TargetTable,
    against,
    impossible,
    same_target,
    wrong_indicator,
)

if TYPE_CHECKING:
    from spm.config.catalogue import Kennzahl
    from spm.config.params import Params

CALLED = Called("Die Zieltabelle", "ziele.datei")

COLUMNS = (
    *("leitziel", "teilziel", "massnahme", "wirkungsannahme", "kennzahl", "raum"),
    *("ausgangswert", "ausgangsjahr", "zielwert", "zieljahr", "stelle", "stand"),
)

_OF_MEASURE = ("wirkungsannahme", "stelle", "stand")
_OF_TARGET = ("raum", "ausgangswert", "ausgangsjahr", "zielwert", "zieljahr")
_WORDS = {
    "leitziel": "Das Leitziel",
    "teilziel": "Das Teilziel",
    "massnahme": "Die Maßnahme",
    "wirkungsannahme": "Die Wirkungsannahme",
    "stelle": "Die zuständige Stelle",
}


def load_targets(
    params: Params, catalogue: Mapping[str, Kennzahl], places: Sequence[tuple[str, str]]
) -> TargetTable:
    """Read and check the Zielmatrix.

    Parameters
    ----------
    places : key and name of every area; the municipality and the groups of the params file are
        known besides.

    Returns
    -------
    TargetTable
        Empty if the params file names none. A target or measure that several rows repeat is there
        once: of a goal with two measures each row may name the target, or only the first.

    Raises
    ------
    SpmError
        File missing or unreadable, a column missing, or naming every wrong cell with its row: an
        unknown indicator or one that is not judged, an unknown area, a value or year that cannot
        be, a target that is no improvement, and targets that contradict each other.
    """
    if params.ziele is None:
        return TargetTable()
    rows, where = read_rows(params, params.ziele.datei, CALLED, COLUMNS)
    known = Places(places, params)
    goals: dict[Goal, None] = {}
    targets: list[Target] = []
    measures: dict[tuple[Goal, str], Measure] = {}
    errors: list[str] = []
    above = Goal("", "")
    for row in rows:
        goal, wrong = _goal(row, above)
        above = goal
        wrong += _wrong_texts(row)
        target, found = _target(row, goal, catalogue, known)
        measure, more = _measure(row, goal)
        wrong += [*found, *more]
        if target and not wrong:
            wrong += against(target, targets)
        if measure and not wrong:
            before = measures.setdefault((goal, measure.massnahme), measure)
            if before._replace(line=0) != measure._replace(line=0):
                wrong.append(("massnahme", f"In Zeile {before.line} steht über sie anderes."))
        if wrong:
            errors += in_words(row.line, wrong)
            continue
        goals.setdefault(goal)
        if target and not any(same_target(target, other) for other in targets):
            targets.append(target)
    refuse(CALLED.die, errors, where)
    return TargetTable(tuple(goals), tuple(targets), tuple(measures.values()))


def _goal(row: Row, above: Goal) -> tuple[Goal, list[Wrong]]:
    """An empty Teilziel means that of the row above, an empty Leitziel too; but under a new
    Leitziel nobody knows which Teilziel is meant."""
    wrong = list(row.wrong)
    leitziel, teilziel = row.cells["leitziel"], row.cells["teilziel"]
    goal = Goal(leitziel or above.leitziel, teilziel or above.teilziel)
    if not goal.leitziel:
        wrong.append(("leitziel", "Das Leitziel fehlt."))
    if not goal.teilziel or (not teilziel and goal.leitziel != above.leitziel):
        wrong.append(("teilziel", "Das Teilziel fehlt."))
    return goal, wrong


def _wrong_texts(row: Row) -> list[Wrong]:
    return [w for name, what in _WORDS.items() for w in wrong_text(name, what, row.cells[name])]


def _measure(row: Row, goal: Goal) -> tuple[Measure | None, list[Wrong]]:
    cells = row.cells
    if not cells["massnahme"]:
        filled = [name for name in _OF_MEASURE if cells[name]]
        return None, [(name, "Die Zeile nennt keine Maßnahme dazu.") for name in filled]
    if cells["stand"] not in STATES:
        said = f"«{cells['stand']}» ist kein Stand" if cells["stand"] else "Der Stand fehlt"
        return None, [("stand", f"{said}; möglich sind {', '.join(STATES)}.")]
    return Measure(
        goal=goal,
        massnahme=cells["massnahme"],
        wirkungsannahme=cells["wirkungsannahme"],
        stelle=cells["stelle"],
        stand=cells["stand"],
        line=row.line,
    ), []


def _target(
    row: Row, goal: Goal, catalogue: Mapping[str, Kennzahl], places: Places
) -> tuple[Target | None, list[Wrong]]:
    cells, key = row.cells, row.cells["kennzahl"]
    if not key:
        filled = [name for name in _OF_TARGET if cells[name]]
        return None, [(name, "Die Zeile nennt keine Kennzahl dazu.") for name in filled]
    entry = catalogue.get(key)
    wrong = wrong_indicator(key, entry, catalogue)
    raum, unknown = places.find(cells["raum"])
    wrong += unknown
    for name in ("ausgangswert", "zielwert"):
        if cells[name] or name == "zielwert":  # an empty baseline is that of the report
            wrong += wrong_value(name, cells[name], entry)
    for name in ("ausgangsjahr", "zieljahr"):
        wrong += wrong_year(name, cells[name])
    if wrong or entry is None:
        return None, wrong
    target = Target(
        goal=goal,
        kennzahl=key,
        raum=raum,
        ausgangsjahr=int(cells["ausgangsjahr"]),
        ausgangswert=number(cells["ausgangswert"]) if cells["ausgangswert"] else None,
        zieljahr=int(cells["zieljahr"]),
        zielwert=number(cells["zielwert"]),
        line=row.line,
    )
    return target, impossible(target, entry)
