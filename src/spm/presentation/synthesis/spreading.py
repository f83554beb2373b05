"""How unevenly groups of people are spread over the areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from spm.presentation.blocks import Block, from_data, paragraphs, table
from spm.presentation.synthesis.sections import section
from spm.presentation.views import IndicatorView
from spm.presentation.wording.grammar import capitalised, quoted, so_many
from spm.synthesis.relations import believed
from spm.synthesis.segregation import Segregation, segregation
from spm.text.numbers import EN_DASH, format_interval, format_value, join_words

if TYPE_CHECKING:
    from spm.config.synthesis import Synthese

Found = Mapping[str, Mapping[int, Segregation]]
"""By indicator and year."""

TITLE = "Wie ungleich sich Gruppen verteilen"


def spread(views: Sequence[IndicatorView], settings: Synthese) -> Block:
    """The index of dissimilarity of the groups that the params file names: at the reporting year,
    and at the first year that all areas have published."""
    wanted = [view for view in views if view.indicator.id in settings.segregation]
    if not wanted:
        return Block()
    found = {view.indicator.id: _by_year(view) for view in wanted}
    if not any(found.values()):
        return section(TITLE, paragraphs(_without(wanted)))
    tests = [(key, year) for key, years in found.items() for year in years]
    clear = believed([found[key][year].p for key, year in tests])
    beyond = dict(zip(tests, clear, strict=True))
    rows = []
    for view in wanted:
        for year, value in found[view.indicator.id].items():
            sure = beyond[view.indicator.id, year]
            span = _percent_span(value) if sure else "nicht mehr als Zufall"
            rows.append(
                [
                    capitalised(from_data(view.indicator.kurztitel)),
                    view.short_years(year),
                    _percent(value.observed),
                    _percent(value.by_chance),
                    _percent(value.corrected) if sure else EN_DASH,
                    span,
                ]
            )
    place = wanted[0].place
    head = ["Kennzahl", "Jahr", "D", "durch Zufall", "darüber hinaus", "95-%-Intervall"]
    shown = table(
        "gesamtbild-segregation",
        head,
        rows,
        f"Wie ungleich sich Gruppen auf die {from_data(place.plural)} verteilen (Dissimilarität D)",
        widths=[26, 9, 9, 12, 13, 20],
        numbers_from=2,
    )
    told = _told([view for view in wanted if found[view.indicator.id]], found)
    limits = (
        "**Grenzen:** D hängt davon ab, wie groß die "
        f"{from_data(place.plural)} und wie sie geschnitten sind, und lässt sich "
        "deshalb nur mit derselben Einteilung vergleichen, nicht mit anderen Orten. Auch wenn "
        "niemand irgendwo bevorzugt wohnt, ist D größer als null: Spalte „durch Zufall“. „Darüber "
        "hinaus“ nennt, wie viel von dem übrigen Spielraum ausgeschöpft ist "
        "(Carrington und Troske)."
    )
    without = _without([v for v in wanted if not found[v.indicator.id]])
    return section(TITLE, paragraphs(told), shown, paragraphs(without), paragraphs(limits))


def _by_year(view: IndicatorView) -> dict[int, Segregation]:
    """At most two years: the first that all areas have published, and the reporting year."""
    if view.groups:
        return {}
    every = [y for y in view.years if y <= view.year and _complete(view, y)]
    if not every or every[-1] != view.year:
        return {}
    return {year: _index(view, year) for year in dict.fromkeys((every[0], every[-1]))}


def _complete(view: IndicatorView, year: int) -> bool:
    """Whether all areas are published: else what is suppressed could be solved for, and the index
    would be that of other areas."""
    rows = [view.row(raum, year) for raum, _ in view.area_names]
    counted = [r for r in rows if r.ok and r.zaehler is not None and r.nenner]
    group = sum(row.zaehler or 0.0 for row in counted)
    people = sum(row.nenner or 0.0 for row in counted)
    return len(counted) == len(rows) > 1 and 0 < group < people


def _index(view: IndicatorView, year: int) -> Segregation:
    rows = [view.row(raum, year) for raum, _ in view.area_names]
    return segregation([r.zaehler or 0.0 for r in rows], [r.nenner or 0.0 for r in rows])


def _told(views: Sequence[IndicatorView], found: Found) -> str:
    elsewhere = so_many(1, views[0].place, case="dat").replace(" ", " anderen ", 1)
    parts = [
        f"{_percent(found[v.indicator.id][v.year].observed)} bei {quoted(v.indicator.kurztitel)}"
        for v in views
    ]
    return (
        f"Wie viele der Gezählten müssten rechnerisch in {elsewhere} leben, damit sie sich so "
        f"verteilten wie die übrigen? {join_words(parts)}."
    )


def _without(views: Sequence[IndicatorView]) -> str:
    if not views:
        return ""
    names = join_words([quoted(view.indicator.kurztitel) for view in views])
    return (
        f"Für {names} ist die Verteilung nicht berechnet: Das geht nur, wo die Werte aller "
        f"einzelnen {from_data(views[0].place.plural)} veröffentlicht sind."
    )


def _percent(value: float) -> str:
    return format_value(100 * value, "%", 1)


def _percent_span(value: Segregation) -> str:
    return format_interval(100 * value.low, 100 * value.high, "%", 1)
