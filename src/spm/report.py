"""The published data, presented: all that a notebook needs."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from spm import __version__, asked
from spm.areas.pooling import check_pooled, resolve_pools
from spm.areas.today import load_areas, own_names
from spm.config.catalogue import dated, load_catalogue, load_sums
from spm.config.params import load_params
from spm.config.relations import check_relations
from spm.errors import SpmError, nearest
from spm.owntexts.glossary import load_glossary
from spm.owntexts.texts import FOREWORD, INDEX, OwnTexts, load_texts
from spm.presentation.blocks import Block, heading, joined, paragraphs
from spm.presentation.chapter import FIGURES, Kapitel
from spm.presentation.comparisons import compared
from spm.presentation.developments import Developments
from spm.presentation.exactness import accuracy, is_named
from spm.presentation.figures.geometry import merged
from spm.presentation.pages import accessibility, besides, colophon, matter, protection
from spm.presentation.pages.definitions import definitions
from spm.presentation.pages.plainlanguage import page as plain_page
from spm.presentation.places import Place
from spm.presentation.profile import AreaProfile, profile
from spm.presentation.profilepages import profile_part
from spm.presentation.rows import build_view, facility_rows
from spm.presentation.summary import Summary
from spm.presentation.synthesis.overall import Gesamtbild
from spm.presentation.tables import datatables
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording import own
from spm.published import NICHT_GELIEFERT
from spm.rawfiles.comparison import load_comparison
from spm.release.certificate import DATASET, DEVELOPMENT
from spm.release.gate import require_certificate
from spm.release.rules import published_rules

if TYPE_CHECKING:
    import shapely

    from spm.config.delivery import Lieferung
    from spm.release.certificate import Certificate


class Report:
    """Everything published about one municipality.

    Parameters
    ----------
    params : the params file; a relative path is also looked for from the project root.

    Raises
    ------
    SpmError
        Wrong params or catalogue; nothing prepared yet, or prepared by other rules or with another
        catalogue; data that did not pass the audit of disclosure control, or were changed after it.
    """

    @asked.known()
    def __init__(self, params: str | Path) -> None:
        self.params = load_params(params)
        self.catalogue = load_catalogue(self.params)
        self.areas = load_areas(self.params)
        self.pools = resolve_pools(self.params, self.areas, self.catalogue)
        place = self.params.kommune
        self.place = Place(
            place.name,
            place.raumebene,
            place.raumebene_mehrzahl,
            place.raumebene_geschlecht,
            place.artikel or "",
        )
        self.comparison = load_comparison(self.params, self.catalogue, own_names(self.areas))
        rules = published_rules(self.params, self.catalogue, load_sums(self.params))
        self._certificate = require_certificate(self.params.processed, rules)
        self._published = self._read()
        check_pooled(self._published, self.pools, self.params, NICHT_GELIEFERT)
        self._developments = Developments(pd.read_parquet(self.params.processed / DEVELOPMENT))
        self._views: dict[str, IndicatorView] = {}
        asked.delivered(self.params.delivered_files)

    @property
    def certificate(self) -> Certificate:
        """The certificate of the published data."""
        asked.note(asked.CERTIFICATE)
        return self._certificate

    @property
    def published(self) -> pd.DataFrame:
        """All published rows."""
        asked.note(asked.EVERYTHING)
        return self._published

    def _read(self) -> pd.DataFrame:
        path = self.params.processed / DATASET
        command = f"spm prepare params/{self.params.path.name}"
        frame = pd.read_parquet(path)
        known = set(frame.kennzahl)
        missing = [key for key in self.catalogue if key not in known]
        if missing:
            raise SpmError(
                f"Die aufbereiteten Daten kennen die Kennzahl «{missing[0]}» noch nicht.",
                wo=str(path),
                tun=f"Das Kennzahlenset hat sich geändert: bitte «{command}» erneut ausführen.",
            )
        return frame

    def view(self, key: str) -> IndicatorView:
        """One indicator as figures, tables and sentences see it."""
        if key not in self.catalogue:
            raise SpmError(
                f"Es gibt keine Kennzahl «{key}».{nearest(key, self.catalogue)}",
                wo=", ".join(self.params.catalogue_files),
                tun="Bitte den Aufruf im Notebook oder das Kennzahlenset berichtigen.",
            )
        asked.note(key)
        if key not in self._views:
            frame = self._published
            rows = frame[(frame.kennzahl == key) & frame.gruppe.isna()]
            pool, names = self.pools[key], dict(zip(self.areas.raum, self.areas.name, strict=True))
            view = build_view(
                dated(self.catalogue[key], self.params.zeitreihe.von),
                rows,
                [(raum, names.get(raum, raum)) for raum in pool.rows],
                self.place,
                self.params.bericht.berichtsjahr,
                self.params.zeitreihe.years,
                pool.years,
                {group: tuple(names[raum] for raum in pool.groups[group]) for group in pool.groups},
                self._developments.changes(key),
                self._developments.trends(key),
            )
            asked_of = self.catalogue[key], self.params.lieferungen.values()
            view = replace(view, exactness=accuracy(*asked_of), named=is_named(*asked_of))
            self._views[key] = compared(view, self.comparison.get(key, ()))
        return self._views[key]

    @cached_property
    def chapter_keys(self) -> list[str]:
        """Every chapter that has indicators, in catalogue order."""
        return list(dict.fromkeys(k.kapitel for k in self.catalogue.values()))

    @cached_property
    @asked.known()
    def texts(self) -> OwnTexts:
        """What the municipality writes itself."""
        return load_texts(self.params, self.catalogue)

    def kapitel(self, key: str) -> Kapitel:
        """One chapter."""
        if key not in self.chapter_keys:
            raise SpmError(
                f"Das Kennzahlenset hat keine Kennzahl für ein Kapitel «{key}»."
                f"{nearest(key, self.chapter_keys)}",
                wo=", ".join(self.params.catalogue_files),
                tun="Bitte den Aufruf im Notebook oder «kapitel» im Kennzahlenset berichtigen.",
            )
        keys = [k.id for k in self.catalogue.values() if k.kapitel == key]
        return Kapitel(
            key=key,
            views=[self.view(k) for k in keys],
            view=self.view,
            shapes=self.shapes,
            facilities=self._facilities,
            others=lambda: [self.view(k.id) for k in self.catalogue.values() if k.kapitel != key],
            texts=self.texts,
        )

    def shapes(self, view: IndicatorView) -> list[shapely.Geometry]:
        """Outline of every area of a view, in area order, in metres (EPSG:25832)."""
        pool = self.pools[view.indicator.id]
        outlines = dict(zip(self.areas.raum, self.areas.geometry, strict=True))
        return merged(outlines, [pool.parts(raum) for raum, _ in view.area_names])

    def _facilities(self, single: IndicatorView) -> dict[str, AreaRow]:
        if self.params.einrichtungen is None:
            return {}
        asked.note(single.indicator.id)
        return facility_rows(self._published, single)

    def einrichtungen(self) -> Block:
        """Tables by Kita and Grundschule of all chapters, for internal use."""
        blocks = []
        for key in self.chapter_keys:
            chapter = self.kapitel(key)
            tables = chapter.einrichtungen()
            if tables.markdown:
                blocks += [heading(matter.chapter_title(chapter.views)), tables]
        return joined(*blocks)

    @cached_property
    def deliveries(self) -> list[Lieferung]:
        """Deliveries that some number of the report is made from, as far as the mapping tells."""
        wanted = {m for k in self.catalogue.values() for s in k.selections for m in s.merkmal}
        every = self.params.lieferungen.values()
        return [entry for entry in every if not entry.measures or entry.measures & wanted]

    def _by_chapter(self) -> dict[str, list[IndicatorView]]:
        return {key: self.kapitel(key).views for key in self.chapter_keys}

    @cached_property
    def profile(self) -> list[AreaProfile]:
        """Every area with everything published about it, in area order."""
        names = dict(zip(self.areas.raum, self.areas.name, strict=True))
        views = [self.view(key) for key in self.catalogue]
        year = self.params.bericht.berichtsjahr
        return profile(
            names,
            views,
            self.place,
            year,
            lambda view, raum: self.pools[view.indicator.id].parts(raum),
        )

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
        check_relations(self.params, self.catalogue, load_sums(self.params))
        views = [self.view(key) for key in self.catalogue]
        outlines = list(self.areas.geometry)
        return Gesamtbild(
            self.profile, views, self.place, self.params.synthese, self.texts, lambda: outlines
        )

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
        return definitions(self._by_chapter())

    def datenquellen(self) -> Block:
        """Deliveries with office, reference date and threshold; sources of comparison values."""
        return joined(matter.deliveries(self.deliveries), matter.comparisons(self._by_chapter()))

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
        return colophon.page(self.params, self.deliveries, self.certificate, __version__)

    def barrierefreiheit(self) -> Block:
        """Accessibility: standards, how they were checked, known limits, contact."""
        return accessibility.statement(self.params)
