"""The catalogue: every agreed indicator, read from ``params/kennzahlen.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import Field, ValidationError, field_validator

from spm.config import yamltext
from spm.config.chaptertitles import NOTEBOOKS, Kapiteltitel, chapter_titles
from spm.config.compositecheck import check_synthesis
from spm.config.filesections import known_model_keys
from spm.config.indicator import LEBENSPHASEN, Kennzahl, dated, in_land
from spm.config.params import Params
from spm.config.sections import Stripped
from spm.config.selections import Zusammenhang
from spm.errors import SpmError, nearest

__all__ = ["LEBENSPHASEN", "Kennzahl", "dated", "load_catalogue", "load_sums", "load_with_sums"]

LABEL = "Kennzahlendatei"
EXAMPLE = "der Kommentar am Anfang von params/kennzahlen.yml"


class _Katalog(Stripped):
    kapitel: dict[str, Kapiteltitel] = Field(
        {}, description="Kürzel des Kapitels -> Titel und Kurztitel."
    )
    kennzahlen: dict[str, Kennzahl] = Field(min_length=1)
    zusammenhaenge: dict[str, Zusammenhang] = Field(
        {}, description="Bekannte Summen zwischen Merkmalen: Name -> Summe."
    )

    @field_validator("kennzahlen")
    @classmethod
    def _ids(cls, entries: dict[str, Kennzahl]) -> dict[str, Kennzahl]:
        for key in entries:
            if not re.fullmatch(r"[a-z][a-z0-9_]*", key):
                raise ValueError(
                    f"Die Kennung «{key}» darf nur Kleinbuchstaben, Ziffern und «_» enthalten."
                )
        return entries


def load_catalogue(params: Params) -> dict[str, Kennzahl]:
    """Read every catalogue that the params file names.

    Returns
    -------
    dict
        Indicator by id, in the order of the files; an entry of a later file replaces the one with
        the same id and keeps its place. So does the title of a chapter. ``brueche`` are also those
        of the deliveries that it counts; texts are those of the municipality's Land.

    Raises
    ------
    SpmError
        File missing, not YAML, unknown or wrong keys: with file, key and line. A chapter without a
        title, or with two. A section ``synthese`` that does not fit.
    """
    return load_with_sums(params)[0]


def load_sums(params: Params) -> dict[str, Zusammenhang]:
    """Read the known sums between measures of every catalogue that the params file names.

    Returns
    -------
    dict
        Sum by name; errors as in `load_catalogue`.
    """
    sums: dict[str, Zusammenhang] = {}
    for _, catalogue in _read(params):
        sums |= catalogue.zusammenhaenge
    return sums


def load_with_sums(params: Params) -> tuple[dict[str, Kennzahl], dict[str, Zusammenhang]]:
    """What `load_catalogue` and `load_sums` give, from files that are read once."""
    entries: dict[str, Kennzahl] = {}
    named: dict[str, Kapiteltitel] = {}
    sums: dict[str, Zusammenhang] = {}
    for name, catalogue in _read(params):
        named |= catalogue.kapitel
        sums |= catalogue.zusammenhaenge
        for key, entry in catalogue.kennzahlen.items():
            entry._id, entry._file = key, name
            entries[key] = entry
    titles = chapter_titles(
        named,
        [entry.kapitel for entry in entries.values()],
        params.project_file(NOTEBOOKS),
        ", ".join(params.catalogue_files),
    )
    for entry in entries.values():
        entry._chapter = titles[entry.kapitel]
        _check_distribution(entry, entries)
    check_synthesis(params, entries)
    here = {key: in_land(entry, params.kommune.ags) for key, entry in entries.items()}
    return {key: _with_breaks(entry, params) for key, entry in here.items()}, sums


def _check_distribution(entry: Kennzahl, entries: dict[str, Kennzahl]) -> None:
    for part in entry.verteilung:
        if part not in entries:
            raise SpmError(
                f"Die Kennzahl «{entry.id}» nennt in ihrer Verteilung «{part}», das keine Kennzahl "
                f"ist.{nearest(part, entries)}",
                wo=f"{entry.file}, kennzahlen.{entry.id}.verteilung",
                tun="Bitte die Kennung berichtigen oder die Kennzahl anlegen.",
            )


def _with_breaks(entry: Kennzahl, params: Params) -> Kennzahl:
    """Also with what changed in the deliveries that the numerator is counted from."""
    found = dict(entry.brueche)
    for delivery in params.lieferungen.values():
        if delivery.brueche and delivery.measures.intersection(entry.zaehler.merkmal):
            found |= delivery.brueche
    if found == entry.brueche:
        return entry
    return entry.model_copy(update={"brueche": dict(sorted(found.items()))})


def _read(params: Params) -> Iterator[tuple[str, _Katalog]]:
    for name in params.catalogue_files:
        path = params.project_file(name)
        data, lines = yamltext.load(path, LABEL)
        try:
            yield name, _Katalog.model_validate(data)
        except ValidationError as e:
            raise yamltext.explain(
                e, path, lines, LABEL, known_model_keys(_Katalog), EXAMPLE
            ) from None
