"""How unevenly groups of people are spread over the areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from spm.presentation.blocks import Block, from_data, paragraphs, table
from spm.presentation.synthesis.sections import section
from spm.presentation.views import IndicatorView
from spm.presentation.wording.grammar import capitalised, plural, quoted
from spm.synthesis.relations import believed
from spm.synthesis.segregation import Segregation, segregation
from spm.text.numbers import NBSP, format_interval, format_number, join_words

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
            rows.append(
                [
                    capitalised(from_data(view.indicator.kurztitel)),
                    view.short_years(year),
                    _percent(value.observed),
                    _percent(value.by_chance),
                    _beyond(value) if beyond[view.indicator.id, year] else "nicht mehr als Zufall",
                ]
            )
    place = wanted[0].place
    head = ["Kennzahl", "Jahr", "D", "durch Zufall", "über Zufall hinaus (95-%-Intervall)"]
    shown = table(
        "gesamtbild-segregation",
        head,
        rows,
        f"Wie ungleich sich Gruppen auf die {plural(place, 'akk')} verteilen (Dissimilarität D)",
        widths=[28, 9, 9, 12, 24],
        numbers_from=2,
    )
    told = _told([view for view in wanted if found[view.indicator.id]], found, beyond)
    limits = (
        f"**Grenzen:** D hängt davon ab, wie groß die {plural(place)} und wie sie geschnitten "
        "sind, und lässt sich deshalb nur mit derselben Einteilung vergleichen, nicht mit anderen "
        "Orten. Auch wenn niemand irgendwo bevorzugt wohnt, ist D größer als null: Spalte „durch "
        "Zufall“. „Über Zufall hinaus“ nennt, wie viel Prozent des übrigen Spielraums bis 100 "
        "ausgeschöpft sind (Carrington und Troske)."
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


def _told(
    views: Sequence[IndicatorView], found: Found, beyond: Mapping[tuple[str, int], bool]
) -> str:
    """One sentence for each group, then the scale."""
    told = []
    for view in views:
        key, (first, *later) = view.indicator.id, found[view.indicator.id].items()
        year, value = later[0] if later else first
        if not beyond[key, year]:
            told.append(
                f"Dass sich die Gruppe {quoted(view.indicator.kurztitel)} ungleicher auf die "
                f"{plural(view.place, 'akk')} verteilt, als es durch Zufall vorkommt, ist nicht "
                f"nachweisbar (D: {_percent(value.observed)}; durch Zufall "
                f"{_percent(value.by_chance)})."
            )
            continue
        text = (
            f"Die Gruppe {quoted(view.indicator.kurztitel)} verteilt sich ungleich auf die "
            f"{plural(view.place, 'akk')}"
        )
        if not later:
            told.append(f"{text} (D {view.short_years(year)}: {_percent(value.observed)}).")
            continue
        way = _since(first[1], value) if beyond[key, first[0]] else ""
        than = f", {view.short_years(year)} {way} {view.short_years(first[0])}" if way else ""
        told.append(
            f"{text}{than} (D {view.short_years(year)}: {_percent(value.observed)}; "
            f"{view.short_years(first[0])}: {_percent(first[1].observed)})."
        )
    return f"{' '.join(told)} Die Maßzahl D reicht von 0 (gleichmäßig) bis 100 (völlig getrennt)."


def _since(before: Segregation, now: Segregation) -> str:
    """How two years compare: alike if each lies in the interval of the other; different only if
    their intervals lie apart; else nothing is said."""
    if before.high < now.low:
        return "ungleicher als"
    if now.high < before.low:
        return "weniger ungleich als"
    alike = before.low <= now.corrected <= before.high and now.low <= before.corrected <= now.high
    return "ähnlich wie" if alike else ""


def _without(views: Sequence[IndicatorView]) -> str:
    if not views:
        return ""
    names = join_words([quoted(view.indicator.kurztitel) for view in views])
    return (
        f"Für {names} ist die Verteilung nicht berechnet: Das geht nur, wo die Werte aller "
        f"einzelnen {from_data(views[0].place.plural)} veröffentlicht sind."
    )


def _percent(value: float) -> str:
    """From 0 to 100, as the index is told."""
    return format_number(100 * value, 1)


def _beyond(value: Segregation) -> str:
    span = format_interval(100 * value.low, 100 * value.high, "", 1)
    return f"{_percent(value.corrected)}{NBSP}({span})"
