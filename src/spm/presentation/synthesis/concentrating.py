"""Where those live whom an indicator of burden counts: words and table of the concentration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spm.presentation import judging
from spm.presentation.blocks import Block, from_data, table
from spm.presentation.tables.heat import MANY
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording import accuracy
from spm.presentation.wording.abbreviations import abbreviations
from spm.presentation.wording.areas import in_areas
from spm.presentation.wording.estimates import explanation, with_sign
from spm.presentation.wording.grammar import number_kept, so_many_of
from spm.synthesis import concentration
from spm.text.numbers import NBSP, format_number, format_value

ADULT = 18
"""Years of age: who is younger is a child in the sense of the chapter."""

OF_CHILDREN = (
    "Schwangerschaft und Geburt",
    "0 bis 2 Jahre",
    "3 bis 5 Jahre",
    "Einschulung",
    "Grundschule",
    "Sekundarstufe",
)
"""Phases of life whose indicators refer to children, where no age says so."""

_DIGITS = 1e-6

KINDS = ("anteil", "rate")


class Part(NamedTuple):
    """One area with its two shares, from 0 to 1; None where its counts are not published."""

    row: AreaRow
    base: float | None
    burden: float | None


class Concentration(NamedTuple):
    """One indicator: its areas, those with the highest burden per head first."""

    view: IndicatorView
    parts: list[Part]
    half: tuple[int, float, float] | None

    @property
    def above(self) -> list[Part]:
        """Areas that are demonstrably worse than the rest of the municipality."""
        return [
            p for p in self.parts if judging.judgement(self.view, p.row) in judging.UNFAVOURABLE
        ]


def concentrated(views: Sequence[IndicatorView]) -> list[Concentration]:
    """Indicators whose concentration can be told, lead indicators first, then in catalogue order.

    They count children among children, a high value means burden, the municipality's counts are
    published and are those of all areas together, and some area is compared with the rest.
    """
    found = [made for view in views if (made := _of(view)) is not None]
    return sorted(found, key=lambda made: not made.view.indicator.leitkennzahl)


def _of(view: IndicatorView) -> Concentration | None:
    total, indicator = view.total, view.indicator
    if indicator.art not in KINDS or indicator.richtung != "belastend" or not of_children(view):
        return None
    if not total.ok or not any(row.klasse for row in view.published):
        return None
    if total.zaehler is None or total.nenner is None:
        return None
    rows = view.areas
    tops, bottoms = (
        [float("nan") if not row.ok or x(row) is None else x(row) for row in rows]
        for x in (lambda row: row.zaehler, lambda row: row.nenner)
    )
    found = concentration.shares(tops, bottoms, (total.zaehler, total.nenner), _slack(view))
    if found is None:
        return None
    parts = [
        Part(rows[i], *(None if x != x else float(x) for x in (found.base[i], found.burden[i])))
        for i in concentration.steepest_first(found)
    ]
    return Concentration(view, parts, concentration.smallest_half(found))


def _slack(view: IndicatorView) -> float:
    """By how much the areas may exceed the municipality: each count is rounded or changed alone,
    and estimates add up but for the last digits."""
    each = view.exactness.rounded_to / 2 * (view.exactness.rounded_to > 1)
    return (each + view.exactness.changed_by) * (len(view.areas) + 1) + _DIGITS


def of_children(view: IndicatorView) -> bool:
    """Whether an indicator refers to people under 18 alone."""
    wanted = view.indicator.nenner
    if wanted is None:
        return False
    if wanted.ages is not None:
        last = wanted.ages[1]
        return last is not None and last < ADULT
    phases = view.indicator.lebensphase
    return bool(phases) and all(phase in OF_CHILDREN for phase in phases)


def percent(share: float) -> str:
    """A share as whole percents."""
    return format_value(100 * share, "%", 0)


def people(view: IndicatorView) -> str:
    """Of whom the base consists, in the genitive: ``"aller unter 18-Jährigen"``."""
    wanted = view.indicator.nenner
    first, last = (wanted.ages if wanted else None) or (0, None)
    if last is None:
        return "aller Kinder, auf die sich die Kennzahl bezieht"
    return (
        f"aller unter {last + 1}-Jährigen" if not first else f"aller {first}- bis {last}-Jährigen"
    )


def counted(view: IndicatorView) -> str:
    """What the upper number of an indicator counts, in the genitive: people, or cases."""
    return "der gezählten Fälle" if view.indicator.art == "rate" else "der Gezählten"


def sentence(found: Concentration) -> str:
    """The indicator's area of the highest burden, in absolute numbers; empty if none differs.

    ``"**Kinder mit …:** 56 % der Gezählten (555 von 993) leben in Sozialraum 4, aber nur 31 % …"``
    """
    if not found.above:
        return ""
    view, part = found.view, found.above[0]
    assert part.base is not None and part.burden is not None
    when = f", {view.period}" if view.window > 1 else ""
    live = "gibt es" if view.indicator.art == "rate" else "leben"
    where = in_areas([part.row], view)
    return (
        f"**{from_data(view.indicator.titel)}{when}:** {percent(part.burden)} {counted(view)} "
        f"({_counts(part.row.zaehler, view.total.zaehler)}) {live} {where}, aber nur "
        f"{percent(part.base)} {people(view)} ({_counts(part.row.nenner, view.total.nenner)})."
    )


def half(found: Concentration) -> str:
    """In how few areas half of those counted live; empty where not all areas are published."""
    if found.half is None:
        return ""
    n, base, burden = found.half
    where = so_many_of(n, found.view.place, len(found.parts), case="dat")
    verb = "ist" if found.view.indicator.art == "rate" else "lebt"
    return (
        f"In {where}{' zusammen' * (n > 1)} {verb} mindestens "
        f"die Hälfte {counted(found.view)}: {percent(burden)}, bei {percent(base)} "
        f"{people(found.view)}."
    )


def reading(found: Concentration) -> str:
    """How the figure is read, and what it leaves out."""
    view = found.view
    hidden = any(part.burden is None for part in found.parts)
    groups = f"; {from_data(view.place.plural)} ohne veröffentlichte Werte bleiben offen" * hidden
    return (
        f"Verteilten sich die {'Fälle' if view.indicator.art == 'rate' else 'Gezählten'} wie alle "
        f"Kinder, so wären in jedem Gebiet beide Balken gleich lang{groups}."
    )


def _counts(part: float | None, whole: float | None) -> str:
    assert part is not None and whole is not None
    return f"{format_number(part)} von{NBSP}{format_number(whole)}"


def overview(found: Sequence[Concentration], caption: str) -> Block:
    """Every area that is demonstrably worse in an indicator, with both shares and its counts.

    The table is ``@tbl-gesamtbild-konzentration``.
    """
    lines = [(made, part) for made in found for part in made.above][:MANY]
    if not lines:
        return Block()
    body = []
    for made, part in lines:
        view, row = made.view, part.row
        assert part.base is not None and part.burden is not None
        years = f", {view.short_years(view.year)}" if view.window > 1 else ""
        body.append(
            [
                f"{from_data(view.indicator.kurztitel)}{years}",
                number_kept(row.name),
                percent(part.base),
                with_sign(row, percent(part.burden)),
                _counts(row.zaehler, view.total.zaehler),
            ]
        )
    views = list({made.view.indicator.id: made.view for made, _ in lines}.values())
    told = [
        "Anteil an allen Kindern: Teil der Kinder, auf die sich die Kennzahl bezieht, der dort "
        "lebt; Anteil an den Gezählten: Teil derer, die die Kennzahl zählt",
        abbreviations(views),
        explanation(part.row for _, part in lines),
        accuracy.accuracy_explained(views).rstrip("."),
    ]
    return table(
        "gesamtbild-konzentration",
        [
            "Kennzahl",
            from_data(found[0].view.place.level),
            "Anteil an allen Kindern",
            "Anteil an den Gezählten",
            "Zahl der Gezählten",
        ],
        body,
        caption,
        widths=[30, 20, 12, 14, 18],
        numbers_from=2,
        note=f"Lesehilfe: {'; '.join(filter(None, told))}.",
    )
