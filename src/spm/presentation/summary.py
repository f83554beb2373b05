"""The Kurzfassung: what a committee needs to know, in blocks that can be reordered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spm.owntexts.texts import KURZFASSUNG
from spm.presentation.blocks import Block, from_data, joined, listing, paragraphs, table
from spm.presentation.differences import printed_difference
from spm.presentation.profile import BEDARF, GLEICH, STAERKE, AreaProfile, Entry, core_indicators
from spm.presentation.tables.details import ARROWS
from spm.presentation.views import IndicatorView
from spm.presentation.wording import accuracy, own, summary
from spm.presentation.wording.estimates import explanation
from spm.presentation.wording.grammar import (
    NO_DIFFERENCE,
    explain_signs,
    for_municipality,
    plural,
    sign_of,
)
from spm.published import (
    ABSENDER_GESPERRT,
    FALLEND,
    GESAMT,
    GESPERRT,
    GESTIEGEN,
    GESUNKEN,
    STEIGEND,
    UNVERAENDERT,
)
from spm.text.numbers import EN_DASH, NBSP, format_interval, format_number, round_half_away

if TYPE_CHECKING:
    from spm.owntexts.texts import OwnTexts
    from spm.presentation.places import Place

MANY = 16
"""With more areas than this only those that differ most often are named."""

NAMED = 6
"""Areas or changes that are told one by one."""

ENOUGH = 3
"""Differences that make an area worth a sentence."""


class Summary:
    """The most important of all chapters.

    Every method gives a block; one without anything to say is empty.

    Parameters
    ----------
    profile : every area, in area order.
    views : all indicators, in catalogue order.
    texts : what the municipality writes itself.
    """

    def __init__(
        self,
        profile: Sequence[AreaProfile],
        views: Sequence[IndicatorView],
        place: Place,
        texts: OwnTexts | None,
    ) -> None:
        self._profile, self._place, self._texts = list(profile), place, texts
        self._views = [view for view in views if view.appears]

    def kernzahlen(self) -> Block:
        """The lead indicators: value, interval and change, and the range of the areas."""
        keys = core_indicators(self._views)
        views = [view for view in self._views if view.indicator.id in keys]
        if not views:
            return Block()
        years = sorted(c.von for s in views if (c := s.changes.get(GESAMT)))
        since = max(years, key=years.count) if years else 0
        areas = plural(self._place)
        head = [
            "Kennzahl",
            "Wert",
            f"Intervall{NBSP}(95{NBSP}%)",
            f"Veränderung seit{NBSP}{since}" if since else "Veränderung",
            f"Spanne der {areas}",
        ]
        moved = any(s.changes[GESAMT].richtung in ARROWS for s in views if GESAMT in s.changes)
        hidden = {s.total.status for s in views if not s.total.ok}
        signs = [
            explain_signs(sorted(hidden)),
            explanation(row for s in views for row in s.published),
            accuracy.accuracy_explained(views).rstrip("."),
            "ein Pfeil heißt: Veränderung nachweisbar"
            if moved
            else ("keine der Veränderungen ist nachweisbar" if since else ""),
            "Spanne: niedrigster bis höchster veröffentlichter Wert",
        ]
        return table(
            "kernzahlen",
            head,
            [self._row(view, since) for view in views],
            f"Wichtige Kennzahlen {for_municipality(self._place)}, {views[0].year}",
            widths=[30, 10, 16, 14, 18],
            note=f"Lesehilfe: {'; '.join(filter(None, signs))}.",
        )

    def _row(self, view: IndicatorView, since: int) -> list[str]:
        row, k, change = view.total, view.indicator, view.changes.get(GESAMT)
        years = f", {view.short_years(view.year)}" if view.window > 1 else ""
        limits = moved = ""
        if row.has_interval:
            signed = view.signed
            limits = format_interval(*row.limits, "", k.nachkommastellen, signed=signed)
        if change and row.ok:
            arrow = f"{ARROWS[change.richtung]}{NBSP}" if change.richtung in ARROWS else ""
            other = f"{NBSP}({change.von})" if change.von != since else ""
            difference = printed_difference(view, GESAMT, change)
            by = format_number(difference, k.nachkommastellen, signed=True)
            moved = f"{arrow}{by}{other}"
        value = view.number(row.shown) if row.ok else sign_of(row.status)
        return [from_data(f"{view.axis}{years}"), value, limits, moved, _range(view)]

    def raeume(self) -> Block:
        """Areas that differ in several indicators, strengths before burdens, by the test alone."""
        told = self._differing(ENOUGH, NAMED)
        items = [summary.one_area(entry) for entry in told]
        if not items:
            return paragraphs(summary.no_area(self._place)) if self._compared else Block()
        return listing(
            summary.areas_opening(self._place, len(told), len(self._profile), ENOUGH), items
        )

    def uebersicht(self) -> Block:
        """How many indicators differ favourably and unfavourably, area by chapter."""
        if not self._compared:
            return Block()
        chosen = self._profile if len(self._profile) <= MANY else self._differing(1, MANY)
        used = {a.view.indicator.kapitel for p in self._profile for a in p.entries if _judged(a)}
        chapters = {
            k.kapitel: k.chapter.column_head
            for k in (s.indicator for s in self._views)
            if k.kapitel in used
        }
        if not chosen or not chapters:
            return Block()
        body = [[from_data(p.name), *(_cell(p, chapter) for chapter in chapters)] for p in chosen]
        which = "" if len(chosen) == len(self._profile) else " mit den meisten Unterschieden"
        return table(
            "unterschiede",
            [from_data(self._place.level), *map(from_data, chapters.values())],
            body,
            f"Unterschiede zur übrigen Kommune nach {from_data(self._place.level)} und Kapitel, "
            f"{self._views[0].year}{which}",
            widths=[20, *[12] * len(chapters)],
            note="Zahl der Kennzahlen, deren Wert nachweisbar günstiger (+) oder ungünstiger (−) "
            f"ist als in der übrigen Kommune; 0: {NO_DIFFERENCE}; /: kein Vergleich "
            "möglich.",
        )

    def entwicklungen(self) -> Block:
        """What rose, fell or has a trend in the municipality, by the tests alone."""
        found = [
            (s, s.changes[GESAMT].richtung)
            for s in self._views
            if GESAMT in s.changes and s.total.ok
        ]
        moved = [s for s, way in found if way in (GESTIEGEN, GESUNKEN)]
        same = [s for s, way in found if way == UNVERAENDERT]
        opening = summary.changes_opening(self._place, len(moved), len(same), NAMED)
        changed = listing(opening, [summary.one_change(s) for s in moved[:NAMED]])
        return joined(changed if moved else paragraphs(opening), self._trends())

    def _trends(self) -> Block:
        """What went one way over all years, though first and last year alone may not show it."""
        found = [
            s
            for s in self._views
            if (own_trend := s.trends.get(GESAMT)) and own_trend.richtung in (STEIGEND, FALLEND)
        ]
        if not found:
            return Block()
        opening = summary.trends_opening(len(found), NAMED)
        return listing(opening, [summary.one_trend(s) for s in found[:NAMED]])

    def aussagekraft(self) -> Block:
        """What the numbers cannot say: how many are missing, and how sure the others are."""
        rows = [row for view in self._views for row in view.areas]
        hidden = sum(row.status in (GESPERRT, ABSENDER_GESPERRT) for row in rows)
        shown = sum(row.ok for row in rows)
        if not rows:
            return Block()
        year = self._views[0].year
        return paragraphs(
            summary.what_numbers_cannot_say(self._place, year, shown, hidden, self._compared)
        )

    def text(self) -> Block:
        """What the municipality itself concludes; empty if it wrote nothing."""
        return own.chapter_text(self._texts, KURZFASSUNG)

    @property
    def _compared(self) -> bool:
        return any(_judged(a) for p in self._profile for a in p.entries)

    def _differing(self, least: int, most: int) -> list[AreaProfile]:
        """Areas with so many differences at least; those with most of them, in area order."""
        counts = [sum(a.kind in (STAERKE, BEDARF) for a in p.entries) for p in self._profile]
        ranked = sorted(range(len(counts)), key=lambda i: (-counts[i], i))
        chosen = {i for i in ranked[:most] if counts[i] >= least}
        return [p for i, p in enumerate(self._profile) if i in chosen]


def _judged(entry: Entry) -> bool:
    """Whether it is compared, and a difference would be favourable or not."""
    return entry.kind in (STAERKE, BEDARF) or (entry.kind == GLEICH and entry.judged)


def _cell(profile: AreaProfile, chapter: str) -> str:
    found = [a.kind for a in profile.entries if a.view.indicator.kapitel == chapter and _judged(a)]
    if not found:
        return "/"
    counts = ((found.count(STAERKE), "+"), (found.count(BEDARF), "−"))
    return NBSP.join(f"{sign}{format_number(n)}" for n, sign in counts if n) or "0"


def _range(view: IndicatorView) -> str:
    """Lowest and highest published value of the areas."""
    if len(view.published) < 2:
        return ""
    values = [row.shown for row in view.published]
    low, high = min(values), max(values)
    between = (
        f" bis{NBSP}" if round_half_away(low, view.indicator.nachkommastellen) < 0 else EN_DASH
    )
    if view.signed:
        between = f" bis{NBSP}"
    return f"{view.number(low)}{between}{view.number(high)}"
