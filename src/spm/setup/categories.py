"""Columns of words: they name measures, or groups of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spm.setup.column import (
    Column,
)
from spm.setup.counts import Count
from spm.setup.measures import Context, group_of, guess
from spm.setup.proposal import Proposal
from spm.setup.words import Said, age_text, said


def category(
    made: Proposal, categories: Sequence[Column], around: Context
) -> dict[str, tuple[Column, str]]:
    """The column that names measures or groups of one, canonical column -> (column, measure)."""
    splitting = [c for c in categories if len(c.filled) > 1]
    if not splitting:
        return {}
    if len(splitting) > 1:
        made.problem = "mehrere Spalten unterteilen die Zeilen: " + ", ".join(
            f"«{c.header}»" for c in splitting[:4]
        )
        return {}
    (column,) = splitting
    about = guess(Said(), around) or guess(Said(words=said(column.header).words), around)
    for measure in [about.measure] if about else []:
        groups = {text: group_of(text, measure) for text in column.filled}
        if measure.groups and all(groups.values()):
            _map(made, "auspraegung", column, {t: str(g) for t, g in groups.items()})
            return {"auspraegung": (column, measure.name)}
    named = {text: guess(said(text), around) for text in column.filled}
    measures = {text: one.measure.name for text, one in named.items() if one}
    if len(measures) == len(named) and len(set(measures.values())) == len(measures):
        ages = {a for text in column.filled for a in said(text).ages}
        if not ages or ages == set(around.title.ages) or len(ages) == 1:
            _map(made, "merkmal", column, measures)
            if ages and not around.title.ages:
                made.mapping.setdefault("konstanten", {})["alter"] = age_text(ages.pop())
                made.note("konstanten.alter", False, f"steht bei Werten von «{column.header}»")
            return {"merkmal": (column, "")}
    made.problem = f"die Werte der Spalte «{column.header}» sind nicht erkannt"
    return {}


def _map(made: Proposal, key: str, column: Column, values: Mapping[str, str]) -> None:
    made.mapping.setdefault("spalten", {})[key] = column.header
    made.mapping.setdefault("werte", {})[key] = dict(values)
    made.note(f"spalten.{key}", False, "Werte der Spalte erkannt, siehe werte")


def same_measure(found: Sequence[Count], by: tuple[Column, str]) -> None:
    """Groups of one measure stand in rows: columns of another one do not belong there."""
    for count in found:
        if count.measure is not None and count.measure.name != by[1]:
            count.problem, count.measure = f"zählt etwas anderes als «{by[0].header}»", None
