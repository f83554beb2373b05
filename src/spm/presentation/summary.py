"""The Kurzfassung: what a committee needs to know, in blocks that can be reordered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spm.owntexts.texts import KURZFASSUNG
from spm.presentation.blocks import Block, from_data, joined, listing, paragraphs, table
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
    sichten : all indicators, in catalogue order.
    texte : what the municipality writes itself.
    """

    def __init__(
        self,
        profile: Sequence[AreaProfile],
        sichten: Sequence[IndicatorView],
        ort: Place,
        texte: OwnTexts | None,
    ) -> None:
        self._profile, self._ort, self._texte = list(profile), ort, texte
        self._sichten = [sicht for sicht in sichten if sicht.belegt]

    def kernzahlen(self) -> Block:
        """The lead indicators: value, interval and change, and the range of the areas."""
        keys = core_indicators(self._sichten)
        views = [sicht for sicht in self._sichten if sicht.kennzahl.id in keys]
        if not views:
            return Block()
        years = sorted(c.von for s in views if (c := s.aenderungen.get(GESAMT)))
        since = max(years, key=years.count) if years else 0
        areas = plural(self._ort)
        head = [
            "Kennzahl",
            "Wert",
            f"Intervall{NBSP}(95{NBSP}%)",
            f"Veränderung seit{NBSP}{since}" if since else "Veränderung",
            f"Spanne der {areas}",
        ]
        moved = any(
            s.aenderungen[GESAMT].richtung in ARROWS for s in views if GESAMT in s.aenderungen
        )
        hidden = {s.gesamt.status for s in views if not s.gesamt.ok}
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
            [self._row(sicht, since) for sicht in views],
            f"Wichtige Kennzahlen {for_municipality(self._ort)}, {views[0].jahr}",
            widths=[30, 10, 16, 14, 18],
            note=f"Lesehilfe: {'; '.join(filter(None, signs))}.",
        )

    def _row(self, sicht: IndicatorView, since: int) -> list[str]:
        row, k, change = sicht.gesamt, sicht.kennzahl, sicht.aenderungen.get(GESAMT)
        years = f", {sicht.kurze_jahre(sicht.jahr)}" if sicht.fenster > 1 else ""
        limits = moved = ""
        if row.hat_intervall:
            signed = sicht.ist_veraenderung
            limits = format_interval(*row.grenzen, "", k.nachkommastellen, vorzeichen=signed)
        if change and row.ok:
            arrow = f"{ARROWS[change.richtung]}{NBSP}" if change.richtung in ARROWS else ""
            other = f"{NBSP}({change.von})" if change.von != since else ""
            by = format_number(change.differenz, k.nachkommastellen, vorzeichen=True)
            moved = f"{arrow}{by}{other}"
        value = sicht.zahl(row.gezeigt) if row.ok else sign_of(row.status)
        return [from_data(f"{sicht.achse}{years}"), value, limits, moved, _range(sicht)]

    def raeume(self) -> Block:
        """Areas that differ in several indicators, strengths before burdens, by the test alone."""
        told = self._differing(ENOUGH, NAMED)
        items = [summary.one_area(entry) for entry in told]
        if not items:
            return paragraphs(summary.no_area(self._ort)) if self._compared else Block()
        return listing(
            summary.areas_opening(self._ort, len(told), len(self._profile), ENOUGH), items
        )

    def uebersicht(self) -> Block:
        """How many indicators differ favourably and unfavourably, area by chapter."""
        if not self._compared:
            return Block()
        chosen = self._profile if len(self._profile) <= MANY else self._differing(1, MANY)
        used = {a.sicht.kennzahl.kapitel for p in self._profile for a in p.angaben if _judged(a)}
        chapters = {
            k.kapitel: k.chapter.spalte
            for k in (s.kennzahl for s in self._sichten)
            if k.kapitel in used
        }
        if not chosen or not chapters:
            return Block()
        body = [[from_data(p.name), *(_cell(p, chapter) for chapter in chapters)] for p in chosen]
        which = "" if len(chosen) == len(self._profile) else " mit den meisten Unterschieden"
        return table(
            "unterschiede",
            [from_data(self._ort.raumebene), *map(from_data, chapters.values())],
            body,
            f"Unterschiede zur übrigen Kommune nach {from_data(self._ort.raumebene)} und Kapitel, "
            f"{self._sichten[0].jahr}{which}",
            widths=[20, *[12] * len(chapters)],
            note="Zahl der Kennzahlen, deren Wert nachweisbar günstiger (+) oder ungünstiger (−) "
            f"ist als in der übrigen Kommune; 0: {NO_DIFFERENCE}; /: kein Vergleich "
            "möglich.",
        )

    def entwicklungen(self) -> Block:
        """What rose, fell or has a trend in the municipality, by the tests alone."""
        found = [
            (s, s.aenderungen[GESAMT].richtung)
            for s in self._sichten
            if GESAMT in s.aenderungen and s.gesamt.ok
        ]
        moved = [s for s, way in found if way in (GESTIEGEN, GESUNKEN)]
        same = [s for s, way in found if way == UNVERAENDERT]
        opening = summary.changes_opening(self._ort, len(moved), len(same), NAMED)
        changed = listing(opening, [summary.one_change(s) for s in moved[:NAMED]])
        return joined(changed if moved else paragraphs(opening), self._trends())

    def _trends(self) -> Block:
        """What went one way over all years, though first and last year alone may not show it."""
        found = [
            s
            for s in self._sichten
            if (own_trend := s.trends.get(GESAMT)) and own_trend.richtung in (STEIGEND, FALLEND)
        ]
        if not found:
            return Block()
        opening = summary.trends_opening(len(found), NAMED)
        return listing(opening, [summary.one_trend(s) for s in found[:NAMED]])

    def aussagekraft(self) -> Block:
        """What the numbers cannot say: how many are missing, and how sure the others are."""
        rows = [row for sicht in self._sichten for row in sicht.areas]
        hidden = sum(row.status in (GESPERRT, ABSENDER_GESPERRT) for row in rows)
        shown = sum(row.ok for row in rows)
        if not rows:
            return Block()
        year = self._sichten[0].jahr
        return paragraphs(
            summary.what_numbers_cannot_say(self._ort, year, shown, hidden, self._compared)
        )

    def text(self) -> Block:
        """What the municipality itself concludes; empty if it wrote nothing."""
        return own.chapter_text(self._texte, KURZFASSUNG)

    @property
    def _compared(self) -> bool:
        return any(_judged(a) for p in self._profile for a in p.angaben)

    def _differing(self, least: int, most: int) -> list[AreaProfile]:
        """Areas with so many differences at least; those with most of them, in area order."""
        counts = [sum(a.art in (STAERKE, BEDARF) for a in p.angaben) for p in self._profile]
        ranked = sorted(range(len(counts)), key=lambda i: (-counts[i], i))
        chosen = {i for i in ranked[:most] if counts[i] >= least}
        return [p for i, p in enumerate(self._profile) if i in chosen]


def _judged(angabe: Entry) -> bool:
    """Whether it is compared, and a difference would be favourable or not."""
    return angabe.art in (STAERKE, BEDARF) or (angabe.art == GLEICH and angabe.bewertet)


def _cell(profil: AreaProfile, chapter: str) -> str:
    found = [a.art for a in profil.angaben if a.sicht.kennzahl.kapitel == chapter and _judged(a)]
    if not found:
        return "/"
    counts = ((found.count(STAERKE), "+"), (found.count(BEDARF), "−"))
    return NBSP.join(f"{sign}{format_number(n)}" for n, sign in counts if n) or "0"


def _range(sicht: IndicatorView) -> str:
    """Lowest and highest published value of the areas."""
    if len(sicht.published) < 2:
        return ""
    values = [row.gezeigt for row in sicht.published]
    low, high = min(values), max(values)
    between = (
        f" bis{NBSP}" if round_half_away(low, sicht.kennzahl.nachkommastellen) < 0 else EN_DASH
    )
    if sicht.ist_veraenderung:
        between = f" bis{NBSP}"
    return f"{sicht.zahl(low)}{between}{sicht.zahl(high)}"
