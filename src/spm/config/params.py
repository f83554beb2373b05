"""The params file: one per municipality, everything that differs between two municipalities."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import (
    Field,
    PrivateAttr,
    ValidationError,
    field_validator,
    model_validator,
)

from spm.config import yamltext
from spm.config.areas import Raeume
from spm.config.delivery import Lieferung
from spm.config.design import Gestaltung
from spm.config.expansion import expanded
from spm.config.filesections import known_model_keys
from spm.config.held import Held, announced
from spm.config.kommunen import SECTION, split
from spm.config.municipality import Kommune
from spm.config.projectpaths import find_file, inside, project_root
from spm.config.protection import Geheimhaltung
from spm.config.publictables import Angebotsliste, Ziele
from spm.config.reporting import LAST_YEAR, Bericht, Zeitreihe
from spm.config.sections import FileName, Stripped
from spm.config.shown import Einrichtungen, Vergleich, Zusammenfassung
from spm.config.slugs import check_slug
from spm.config.synthesis import Synthese
from spm.config.yearly import by_year, mark_own_rows
from spm.errors import SpmError
from spm.system.names import is_reserved

LABEL = "Params-Datei"
EXAMPLE = "die Beispieldatei params/pilotkommune.yml"


class Params(Stripped):
    """Everything that differs between two municipalities.

    ``slug`` (the file's stem) names the folders under ``data/processed/`` and ``report/``;
    ``root`` is the project root.
    """

    kommune: Kommune
    bericht: Bericht
    zeitreihe: Zeitreihe
    datenordner: FileName = Field(
        description="Ordner der Rohdaten; darf als einziger außerhalb des Projekts liegen."
    )
    raeume: Raeume
    kennzahlen: list[FileName] = Field(
        ["params/kennzahlen.yml"],
        min_length=1,
        description="Kennzahlensets; spätere ergänzen oder ersetzen frühere.",
    )
    zusatzkapitel: list[str] = Field(
        [],
        description="Weitere Kapitel: wohnen heißt notebooks/NN-wohnen.ipynb und, falls es sie "
        "gibt, die Kennzahlen in params/kennzahlen-wohnen.yml.",
    )
    texte: FileName | None = Field(
        None,
        description="Ordner mit eigenen Texten (kapitel.md) und eigenen Sätzen (saetze.yml).",
    )
    einrichtungen: Einrichtungen | None = Field(
        None, description="Nur für den internen Gebrauch: eine Seite nach Kita und Grundschule."
    )
    zusammenfassen: dict[str, Zusammenfassung] = Field(
        {}, description="Kennzahl -> wie sie zusammengefasst wird (Jahre, Räume)."
    )
    vergleich: Vergleich | None = Field(
        None, description="Werte des Kreises, des Landes oder anderer Kommunen zum Vergleich."
    )
    synthese: Synthese = Synthese()
    ziele: Ziele | None = Field(
        None, description="Ziele und Maßnahmen; mit ihnen hat der Bericht ein Kapitel dazu."
    )
    angebote: Angebotsliste | None = Field(
        None, description="Angebote und Netzwerke als Liste, beim Profil jedes Raums."
    )
    geheimhaltung: Geheimhaltung = Geheimhaltung()
    gestaltung: Gestaltung = Gestaltung()
    lieferungen: dict[str, Lieferung] = Field(description="Die Lieferungen der Stellen.")

    _path: Path = PrivateAttr(default=Path())
    _file: Path = PrivateAttr(default=Path())
    _lines: dict[yamltext.Pfad, int] = PrivateAttr(default_factory=dict)
    _neighbours: dict[str, Any] = PrivateAttr(default_factory=dict)
    _root: Path = PrivateAttr(default=Path())
    _held: Held | None = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _year_in_series(self) -> Params:
        if not self.zeitreihe.von <= self.bericht.berichtsjahr <= self.zeitreihe.bis:
            raise yamltext.WrongKey(
                f"Das Berichtsjahr {self.bericht.berichtsjahr} liegt nicht in der Zeitreihe "
                f"{self.zeitreihe.von} bis {self.zeitreihe.bis}.",
                "bericht",
                "berichtsjahr",
            )
        return self

    @model_validator(mode="after")
    def _dated_after_its_year(self) -> Params:
        year, day = self.bericht.berichtsjahr, self.bericht.datum
        if not year <= day.year <= LAST_YEAR:
            raise yamltext.WrongKey(
                f"Der Stand des Berichts ({day:%d.%m.}{day.year}) liegt vor dem Berichtsjahr "
                f"{year}."
                if day.year < year
                else f"Ein Bericht über {year} ist nicht vom {day:%d.%m.}{day.year}.",
                "bericht",
                "datum",
            )
        return self

    @field_validator("zusatzkapitel")
    @classmethod
    def _chapter_keys(cls, keys: list[str]) -> list[str]:
        for position, key in enumerate(keys):
            if not re.fullmatch(r"[a-z][a-z0-9_-]*", key):
                raise ValueError(
                    f"«{key}» ist kein Kürzel eines Kapitels: Kleinbuchstaben, Ziffern, «_» und "
                    "«-», zum Beispiel wohnen für notebooks/08-wohnen.ipynb."
                )
            if key in keys[:position]:
                raise ValueError(f"Das Kapitel «{key}» steht zweimal da.")
            if is_reserved(key):
                raise ValueError(f"«{key}» ist unter Windows der Name eines Geräts.")
        return keys

    @property
    def catalogue_files(self) -> list[str]:
        """The catalogues: those named, and those of the additional chapters."""
        extra = [f"params/kennzahlen-{key}.yml" for key in self.zusatzkapitel]
        found = [name for name in extra if self.project_file(name).is_file()]
        return list(dict.fromkeys([*self.kennzahlen, *found]))

    @property
    def path(self) -> Path:
        """The params file; of one for several municipalities with the municipality's key behind
        it, see `spm.config.kommunen`."""
        return self._path

    @property
    def file(self) -> Path:
        """The file itself, which may stand for several municipalities."""
        return self._file

    @property
    def address(self) -> str:
        """How commands and notebooks name it, from the root of the project."""
        return self._path.relative_to(self._root).as_posix()

    @property
    def lines(self) -> Mapping[yamltext.Pfad, int]:
        """Where in the file each key stands."""
        return self._lines

    @property
    def neighbours(self) -> Mapping[str, Any]:
        """Of the other municipalities of the same file the section ``raeume``, as written."""
        return self._neighbours

    @property
    def root(self) -> Path:
        """Project root: the nearest folder above the params file that holds ``_quarto.yml``."""
        return self._root

    @property
    def source(self) -> Path:
        """Where files of the project are read from: its root, or the copy that a run works on."""
        return self._held.project if self._held else self._root

    @property
    def held(self) -> Held | None:
        """The copy of all inputs that this run works on."""
        return self._held

    def hold(self, held: Held | None) -> None:
        """From now on read inputs from a copy, or again where they are."""
        self._held = held

    def original(self, path: Path) -> Path:
        """Where an input is for the user: the file that a copy was made from."""
        if self._held is None:
            return path
        if path.is_relative_to(self._held.published):
            return self.processed / path.relative_to(self._held.published)
        if path.is_relative_to(self._held.project):
            return self._held.origins.get(path, self._root / path.relative_to(self._held.project))
        if path.is_relative_to(self._held.raw):  # also of a file that is missing
            there = self._root / self.datenordner / path.relative_to(self._held.raw)
            return self._held.origins.get(path, there)
        return path

    @property
    def slug(self) -> str:
        """Short name for folders and files: the params file's stem."""
        return self._path.stem

    @property
    def processed(self) -> Path:
        """Confidential intermediate data; for a chapter, the published ones alone."""
        if self._held and self._held.chapters:
            return self._held.published
        return self._root / "data" / "processed" / self.slug

    @property
    def report_folder(self) -> Path:
        """The finished report."""
        return self._root / "report" / self.slug

    @property
    def public_tables(self) -> list[str]:
        """Tables of the data folder that are no deliveries: comparison values, targets, offers."""
        sections = (self.vergleich, self.ziele, self.angebote)
        return [section.datei for section in sections if section is not None]

    @property
    def delivered_files(self) -> list[Path]:
        """Files of deliveries that nobody publishes: not those of areas and public tables."""
        shown = {self.raeume.datei, *self.public_tables}
        tables = [table for own in self.lieferungen.values() for table in own.tabellen]
        folder = self._root / self.datenordner
        return [folder / t.datei for t in tables if t.datei and t.datei not in shown]

    def raw_file(self, name: str) -> Path:
        """Path of a raw file; SpmError if it leaves ``datenordner``."""
        folder = self._held.raw if self._held else self._root / self.datenordner
        return inside(folder, name, "Datenordner", self._path)

    def project_file(self, name: str) -> Path:
        """Path of a file of the project; SpmError if it leaves the project."""
        return inside(self.source, name, "Projekt", self._path)


def load_params(path: str | Path) -> Params:
    """Read and validate a params file.

    Parameters
    ----------
    path : the file; a relative path is looked for from the current folder, then from the root of
        the project that the current folder belongs to (so that notebooks find it).

    Raises
    ------
    SpmError
        Naming every wrong key with its line; a file that stands for several municipalities without
        one of their keys behind it (``params/kreis.yml/detmold``).
    """
    found = find_file(Path(path))
    held, (file, key) = announced(found), split(found)
    root = project_root(found)
    source = held.project / file.relative_to(root) if held else file
    data, lines = yamltext.load(source, LABEL)
    one = expanded(data, lines, file, key) if SECTION in data or key else None
    if one:
        data, lines = one.own.data, one.own.lines
    else:
        check_slug(found, LABEL)
    try:
        params = Params.model_validate(data)
    except ValidationError as e:
        raise yamltext.explain(e, found, lines, LABEL, known_model_keys(Params), EXAMPLE) from None
    params._path, params._file, params._lines = found, file, lines
    params._root, params._held = root, held
    if one:
        params._neighbours = dict(one.neighbours)
        mark_own_rows(params.lieferungen, one.own.own_rows)
    deliveries = by_year(params.lieferungen, params.zeitreihe.years, params.raw_file)
    params = params.model_copy(update={"lieferungen": deliveries})
    _check_files(params)
    return params


def _check_files(params: Params) -> None:
    """No catalogue twice, and no file outside of its folder."""
    sets = [params.project_file(name) for name in params.kennzahlen]
    for position, one in enumerate(sets):
        if one in sets[:position]:  # by another path: ./params/kennzahlen.yml
            raise SpmError(
                f"Das Kennzahlenset «{params.kennzahlen[position]}» steht zweimal da.",
                wo=f"{params.path}, kennzahlen",
                tun="Bitte einen der beiden Einträge löschen.",
            )
    params.raw_file(params.raeume.datei)
    for earlier in params.raeume.fruehere:
        for name in filter(None, (earlier.datei, earlier.table)):
            params.raw_file(name)
    for name in (*params.public_tables, *params.geheimhaltung.reports):
        params.raw_file(name)
