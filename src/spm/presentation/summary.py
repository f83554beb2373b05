"""The Kurzfassung: what a committee needs to know, in blocks that can be reordered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from spm.owntexts.texts import KURZFASSUNG
from spm.presentation.blocks import Block, figure, from_data, heading, joined, listing, paragraphs
from spm.presentation.figures import overview, style
from spm.presentation.pages.companions import phone_picture
from spm.presentation.profile import BEDARF, STAERKE, AreaProfile, core_indicators
from spm.presentation.tables.heat import heat_table
from spm.presentation.tables.summary import by_chapter, is_judged, lead_values, municipality
from spm.presentation.views import IndicatorView
from spm.presentation.wording import own, summary, summarychanges, supply
from spm.presentation.wording.grammar import for_municipality, in_municipality
from spm.published import (
    ABSENDER_GESPERRT,
    GESAMT,
    GESPERRT,
    NACHWEISBAR,
)

if TYPE_CHECKING:
    import shapely

    from spm.owntexts.texts import OwnTexts
    from spm.presentation.places import Place

MANY = 16
"""With more areas than this only those that differ most often are named."""

NAMED = 6
"""Areas or changes that are told one by one."""

ENOUGH = 3
"""Differences that make an area worth a sentence."""

HEAT_ROWS, SUPPLY_ROWS = 12, 8
"""Rows of tables of the Kurzfassung where there are more than `MANY` areas."""

ANGEBOT = (
    *("sgb2_quote_u18", "kita_plaetze_u3", "betreuungsquote_u3"),
    *("kita_plaetze_3_5", "betreuungsquote_3_5"),
)
"""Need and supply in the catalogue that comes with the program: need first."""


class Summary:
    """The most important of all chapters.

    Every method gives a block; one without anything to say is empty, its heading included.

    Parameters
    ----------
    profile : every area, in area order.
    views : all indicators, in catalogue order.
    texts : what the municipality writes itself.
    outlines : gives the outline of every area in metres, in area order; without it, no map.
    folder : where the map goes, relative to the notebook's working folder.
    """

    def __init__(
        self,
        profile: Sequence[AreaProfile],
        views: Sequence[IndicatorView],
        place: Place,
        texts: OwnTexts | None,
        outlines: Callable[[], Sequence[shapely.Geometry]] | None = None,
        folder: Path = Path("figures"),
    ) -> None:
        self._profile, self._place, self._texts = list(profile), place, texts
        self._views = [view for view in views if view.appears]
        keys = core_indicators(self._views)
        self._lead = [view for view in self._views if view.indicator.id in keys]
        self._outlines, self._folder = outlines, folder

    def kernaussagen(self) -> Block:
        """The answer in four sentences: areas, changes, other places, supply against need."""
        told = [
            summary.most_different([area.differing for area in self._profile], self._place)
            if self._compared
            else "",
            summarychanges.headline(self._views, self._place),
            summarychanges.beside_others(self._lead, self._place),
            supply.met(self._profile, ANGEBOT),
        ]
        items = [text for text in told if text]
        return listing("**Auf einen Blick:**", items)

    def gebiete(self) -> Block:
        """In which areas the most important indicators differ: a map and a heat table."""
        return _section("Wo sich Gebiete unterscheiden", self.karte(), self.leitkennzahlen())

    def karte(self) -> Block:
        """In how many of the most important indicators an area is more and less favourable."""
        counted = [area.differing for area in self._profile]
        differs = any(area.favourable or area.unfavourable for area in counted)
        if self._outlines is None or not differs:
            return Block()
        if max(area.compared for area in counted) < 2:
            return Block()  # of one indicator the table shows the same with its values
        path = self._folder / "kurzfassung-karte.svg"
        for width, to in ((style.WIDTH, path), (style.PHONE, phone_picture(path))):
            overview.draw_overview(counted, self._outlines(), width).save(to)
        alt = overview.alt_text(counted, f"die {self._place.plural}")
        caption = (
            f"Wichtige Kennzahlen, in denen die {from_data(self._place.plural)} ungünstiger (−) "
            f"oder günstiger (+) als die übrige Kommune sind, {self._year}"
        )
        return figure("kurzfassung-karte", path.as_posix(), alt, caption)

    def leitkennzahlen(self) -> Block:
        """Areas by the most important indicators, coloured by how values stand out."""
        views = [v for v in self._lead if any(row.klasse is not None for row in v.published)]
        caption = f"Wichtige Kennzahlen nach {from_data(self._place.level)}, {self._year}"
        return heat_table("leitkennzahlen", views, caption, most=self._rows(HEAT_ROWS))

    def raeume(self) -> Block:
        """Areas that differ in several indicators, strengths before burdens, by the test alone."""
        told = self._differing(ENOUGH, NAMED)
        items = [summary.one_area(entry) for entry in told]
        if not items:
            return paragraphs(summary.no_area(self._place)) if self._compared else Block()
        return listing(
            summary.areas_opening(self._place, len(told), len(self._profile), ENOUGH), items
        )

    def kommune(self) -> Block:
        """The municipality's most important values, how they changed, and other places."""
        values = municipality(self._lead, self._place)
        if not values:
            return Block()
        one_year = all(len(view.years) < 2 for view in self._views)
        title = (
            f"Werte {for_municipality(self._place)}"
            if one_year
            else f"Was sich {in_municipality(self._place)} verändert hat"
        )
        return _section(title, self.veraenderungen(), values)

    def veraenderungen(self) -> Block:
        """Changes of the municipality by how sure they are, the most important ones first."""
        return listing(
            summarychanges.opening(self._views, self._place),
            summarychanges.by_level(self._views, [v.indicator.id for v in self._lead]),
        )

    def angebot(self, *keys: str) -> Block:
        """Supply against need by area, as a heat table with its heading.

        Parameters
        ----------
        keys : indicators of need and of supply, in this order; else `ANGEBOT`.
        """
        wanted = keys or ANGEBOT
        views = [v for key in wanted for v in self._views if v.indicator.id == key]
        if len(views) < 2:
            return Block()
        beside = supply.take_up(self._profile, ANGEBOT[1:]) if wanted == ANGEBOT else ""
        return _section(
            "Angebot und Bedarf",
            paragraphs(beside) if beside else Block(),
            heat_table(
                "angebot-bedarf",
                views,
                f"Bedarf, Plätze und Betreuung nach {from_data(self._place.level)}, {self._year}",
                most=self._rows(SUPPLY_ROWS),
            ),
        )

    def grenzen(self) -> Block:
        """What the numbers cannot say, under its heading."""
        return _section("Was die Zahlen nicht sagen", self.aussagekraft())

    def kernzahlen(self) -> Block:
        """The lead indicators: value, interval and change, and the range of the areas."""
        return lead_values(self._lead, self._place)

    def uebersicht(self) -> Block:
        """How many indicators differ favourably and unfavourably, area by chapter."""
        if not self._compared:
            return Block()
        few = len(self._profile) <= MANY
        chosen = self._profile if few else self._differing(1, MANY)
        which = "" if len(chosen) == len(self._profile) else " mit den meisten Unterschieden"
        return by_chapter(chosen, self._views, self._place, which)

    def entwicklungen(self) -> Block:
        """What rose, fell or has a trend in the municipality, by the tests alone."""
        found = [
            (s, s.changes[GESAMT].richtung)
            for s in self._views
            if GESAMT in s.changes and s.total.ok
        ]
        moved = [s for s, way in found if way in NACHWEISBAR]
        same = [s for s, way in found if way not in NACHWEISBAR]
        text = summary.changes_opening(self._place, len(moved), len(same), NAMED)
        changed = listing(text, [summary.one_change(s) for s in moved[:NAMED]])
        return joined(changed if moved else paragraphs(text), self._trends())

    def _trends(self) -> Block:
        """What went one way over all years, though first and last year alone may not show it."""
        found = summarychanges.with_trend(self._views)
        if not found:
            return Block()
        text = summary.trends_opening(len(found), NAMED)
        return listing(text, [summary.one_trend(s) for s in found[:NAMED]])

    def aussagekraft(self) -> Block:
        """What the numbers cannot say: how many are missing, and how sure the others are."""
        rows = [row for view in self._views for row in view.areas]
        hidden = sum(row.status in (GESPERRT, ABSENDER_GESPERRT) for row in rows)
        shown = sum(row.ok for row in rows)
        if not rows:
            return Block()
        return paragraphs(
            summary.what_numbers_cannot_say(self._place, self._year, shown, hidden, self._compared)
        )

    def text(self) -> Block:
        """What the municipality itself concludes; empty if it wrote nothing."""
        return own.chapter_text(self._texts, KURZFASSUNG)

    @property
    def _year(self) -> int:
        return self._views[0].year if self._views else 0

    @property
    def _compared(self) -> bool:
        return any(is_judged(a) for p in self._profile for a in p.entries)

    def _rows(self, most: int) -> int:
        return most if len(self._profile) > MANY else MANY

    def _differing(self, least: int, most: int) -> list[AreaProfile]:
        """Areas with so many differences at least; those with most of them, in area order."""
        counts = [sum(a.kind in (STAERKE, BEDARF) for a in p.entries) for p in self._profile]
        ranked = sorted(range(len(counts)), key=lambda i: (-counts[i], i))
        chosen = {i for i in ranked[:most] if counts[i] >= least}
        return [p for i, p in enumerate(self._profile) if i in chosen]


def _section(title: str, *blocks: Block) -> Block:
    """Blocks under a heading; nothing if all of them are empty."""
    if not any(blocks):
        return Block()
    return joined(heading(title, classes=".unnumbered"), *blocks)
