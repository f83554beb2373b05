"""The published data, presented: all that a notebook needs."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from spm import __version__, asked
from spm.areas.today import named_areas
from spm.config.relations import check_relations
from spm.owntexts.glossary import load_glossary
from spm.owntexts.texts import FOREWORD, INDEX
from spm.presentation.blocks import Block, heading, joined, paragraphs
from spm.presentation.calls import REPORT
from spm.presentation.chapter import FIGURES
from spm.presentation.display import documented
from spm.presentation.pages import accessibility, besides, colophon, matter, protection
from spm.presentation.pages.definitions import definitions
from spm.presentation.pages.plainlanguage import page as plain_page
from spm.presentation.profile import AreaProfile, profile
from spm.presentation.profilepages import profile_part
from spm.presentation.summary import Summary
from spm.presentation.synthesis.offers import OffersChapter, with_offers
from spm.presentation.synthesis.overall import Gesamtbild
from spm.presentation.synthesis.targets import TargetChapter
from spm.presentation.tables import datatables
from spm.presentation.wording import own
from spm.rawfiles.offers import load_offers
from spm.rawfiles.targettable import load_targets
from spm.report.opened import Opened

if TYPE_CHECKING:
    from spm.rawfiles.offers import Offer


@documented("Ein Bericht. Aufrufe für ein eigenes Kapitel:", REPORT)
class Report(Opened):
    """Everything that a report shows of one municipality; see `Opened` for what it may raise.

    Parameters
    ----------
    params : the params file; a relative path is also looked for from the project root.
    """

    @cached_property
    def profile(self) -> list[AreaProfile]:
        """Every area with everything published about it, in area order."""
        names = dict(zip(self.areas.raum, self.areas.name, strict=True))
        views = [self.view(key) for key in self.catalogue]
        year = self.params.bericht.berichtsjahr
        found = profile(
            names,
            views,
            self.place,
            year,
            lambda view, raum: self.pools[view.indicator.id].parts(raum),
        )
        return with_offers(found, self._offers)

    @cached_property
    @asked.known()
    def _offers(self) -> tuple[Offer, ...]:
        return load_offers(self.params, named_areas(self.areas))

    def profilteil(self) -> Block:
        """The profiles of all areas: pages of the PDF, links on web pages."""
        return profile_part(self.profile, list(self.areas.geometry), FIGURES)

    def kurzfassung(self) -> Summary:
        """The most important of all chapters on two pages."""
        views = [self.view(key) for key in self.catalogue]
        outlines = list(self.areas.geometry)
        return Summary(self.profile, views, self.place, self.texts, lambda: outlines)

    def gesamtbild(self) -> Gesamtbild:
        """What the numbers of all chapters mean together."""
        check_relations(self.params, self.catalogue, self._sums)
        views = [self.view(key) for key in self.catalogue]
        outlines = list(self.areas.geometry)
        return Gesamtbild(
            self.profile,
            views,
            self.place,
            self.params.synthese,
            self.texts,
            lambda: outlines,
            offers=self.angebote(),
        )

    def angebote(self) -> OffersChapter:
        """The public list of offers, beside what published numbers say of need."""
        names = dict(zip(self.areas.raum, self.areas.name, strict=True))
        views = {key: view for key in self.catalogue if (view := self.view(key)).appears}
        return OffersChapter(self._offers, self.params.angebote, views, names, self.place)

    def ziele(self) -> TargetChapter:
        """What the municipality aims at and does, beside what published numbers say of it."""
        names = dict(zip(self.areas.raum, self.areas.name, strict=True))
        with asked.known():
            found = load_targets(self.params, self.catalogue, named_areas(self.areas))
        return TargetChapter(found, self.view, names, self.place, self.params.zeitreihe.von)

    def leichte_sprache(self) -> Block:
        """The most important in plain language, on one page."""
        views = [self.view(key) for key in self.catalogue]
        return plain_page(views, self.place, self.params.bericht, self.texts)

    def einleitung(self) -> Block:
        """What the report covers."""
        start = matter.introduction(self.params, self._by_chapter(), self.place)
        areas = list(zip(self.areas.raum, self.areas.name, strict=True))
        return joined(start, besides.ways_in(areas, self.place))

    def text(self) -> Block:
        """What the municipality itself writes in the introduction; empty if it wrote nothing."""
        return own.chapter_text(self.texts, INDEX)

    def vorwort(self) -> Block:
        """The municipality's foreword."""
        return own.chapter_text(self.texts, FOREWORD)

    @asked.known()
    def glossar(self) -> Block:
        """Terms of the report and what they mean."""
        return matter.glossary(load_glossary(self.params))

    def zeichen(self) -> Block:
        """What the signs in place of a number mean."""
        return matter.signs()

    def mindestfallzahlen(self) -> Block:
        """From how many cases on values are shown."""
        return paragraphs(matter.thresholds(self.deliveries))

    def kennzahlen_definitionen(self) -> Block:
        """Every indicator with its definition."""
        return definitions(self._by_chapter(), self.deliveries)

    def datenquellen(self) -> Block:
        """Deliveries with office, reference date and threshold; sources of comparison values."""
        return joined(
            matter.deliveries(self.deliveries, self.shown_deliveries),
            matter.comparisons(self._by_chapter()),
        )

    def verfuegbarkeit(self) -> Block:
        """Years with published values of every indicator."""
        return matter.availability(self._by_chapter())

    def datentabellen(self) -> Block:
        """The published values of every indicator, area by area and year by year."""
        return datatables.appendix(self._by_chapter().values())

    def geheimhaltung(self) -> Block:
        """What is protected and how, and what the audit of the published data found."""
        views = [self.view(key) for key in self.catalogue if key in self.params.zusammenfassen]
        pooled = [view for view in views if view.appears and (view.window > 1 or view.groups)]
        return protection.page(self.params, self.deliveries, self.certificate, pooled)

    def begleitend(self) -> Block:
        """What comes with the web pages: atlas, profiles, Kurzfassung, open data."""
        areas = zip(self.areas.raum, self.areas.name, strict=True)
        return besides.overview(list(areas), self.place, self.params.bericht)

    def impressum(self) -> Block:
        """Publisher, contact, date, licence, and where the protection is proved."""
        return matter.imprint(self.params)

    def kolophon(self) -> Block:
        """What the report was made from, and with what."""
        return colophon.page(self.params, self.shown_deliveries, self.certificate, __version__)

    def barrierefreiheit(self) -> Block:
        """Accessibility: standards, how they were checked, known limits, contact."""
        return accessibility.statement(self.params)

    def einrichtungen(self) -> Block:
        """Tables by Kita and Grundschule of all chapters, for internal use."""
        blocks = []
        for key in self.chapter_keys:
            chapter = self.kapitel(key)
            tables = chapter.einrichtungen()
            if tables.markdown:
                blocks += [heading(matter.chapter_title(chapter.views)), tables]
        return joined(*blocks)
