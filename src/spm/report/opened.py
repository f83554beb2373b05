"""The published data of one municipality, opened: behind the gate, by indicator and by chapter."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from spm import asked
from spm.areas.pooling import check_pooled, resolve_pools
from spm.areas.today import load_areas, own_names
from spm.config.catalogue import dated, load_with_sums
from spm.config.params import load_params
from spm.errors import NEAR, SpmError, nearest
from spm.owntexts.texts import OwnTexts, load_texts
from spm.presentation.chapter import Kapitel
from spm.presentation.comparisons import compared
from spm.presentation.contents import Contents
from spm.presentation.developments import Developments
from spm.presentation.exactness import accuracy, is_named
from spm.presentation.figures.geometry import merged
from spm.presentation.places import Place
from spm.presentation.rows import build_view, facility_rows
from spm.presentation.views import AreaRow, IndicatorView
from spm.published import NICHT_GELIEFERT, OK
from spm.rawfiles.comparison import load_comparison
from spm.release.certificate import DATASET, DEVELOPMENT
from spm.release.gate import require_certificate
from spm.release.rules import published_rules

if TYPE_CHECKING:
    import shapely

    from spm.config.delivery import Lieferung
    from spm.release.certificate import Certificate


class Opened(Contents):
    """What is published about one municipality.

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
        self.catalogue, self._sums = load_with_sums(self.params)
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
        rules = published_rules(self.params, self.catalogue, self._sums)
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
        command = f"spm prepare {self.params.address}"
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
                f"Es gibt keine Kennzahl «{key}».{nearest(key, self.catalogue, NEAR)}",
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

    @cached_property
    def deliveries(self) -> list[Lieferung]:
        """Deliveries that some number of the report is made from, as far as the mapping tells."""
        wanted = {m for k in self.catalogue.values() for s in k.selections for m in s.merkmal}
        every = self.params.lieferungen.values()
        return [entry for entry in every if not entry.measures or entry.measures & wanted]

    @cached_property
    def shown_deliveries(self) -> list[Lieferung]:
        """Those of which an indicator is published, for any area and year."""
        published = self.published
        shown = set(published.kennzahl[published.status == OK])
        counted = (s for key, k in self.catalogue.items() if key in shown for s in k.selections)
        measures = {measure for selection in counted for measure in selection.merkmal}
        return [d for d in self.deliveries if not d.measures or d.measures & measures]

    def _by_chapter(self) -> dict[str, list[IndicatorView]]:
        return {key: self.kapitel(key).views for key in self.chapter_keys}
