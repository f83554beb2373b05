"""The rules that a dataset is published under: as digests, which its certificate holds for, and in
words, as the manifest tells them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any

from pydantic import BaseModel

from spm.config.catalogue import Kennzahl
from spm.config.params import Params
from spm.config.selections import Zusammenhang
from spm.release.certificate import Regeln

NO_RULES = {"titel", "stelle", "stichtag", "tabellen"}
"""What of a delivery says nothing about how its numbers may be published."""

WORDING = {
    "kapitel",
    "titel",
    "kurztitel",
    "satz",
    "zugaenge",
    "abgaenge",
    "profilanfang",
    "definition",
    "einheit",
    "nachkommastellen",
    "quelle",
    "rechtsgrundlage",
    "lebensphase",
    "domaene",
}
"""What of an indicator only says how it is presented: no number depends on it."""


def published_rules(
    params: Params, catalogue: Mapping[str, Kennzahl], sums: Mapping[str, Zusammenhang]
) -> Regeln:
    """Digests of the rules of a municipality.

    What is left out and what is written out as its default are the same, and so are two orders of
    the same entries; texts of the report are no rules.
    """
    return Regeln(
        geheimhaltung=_digest(
            [_content(s) if s else None for s in (params.geheimhaltung, params.einrichtungen)]
        ),
        kennzahlen=_digest([_content(catalogue, WORDING), _content(sums)]),
        lieferungen=_digest(_content(params.lieferungen, NO_RULES) | _together(params)),
        raeume_gruppen=_digest(params.raeume.gruppen),
        zusammenfassen=_digest(_content(params.zusammenfassen)),
    )


def _together(params: Params) -> dict[str, Any]:
    """What is counted on the same persons: disclosure control must know it."""
    lists = [t.zaehlen for d in params.lieferungen.values() for t in d.tabellen if t.zaehlen]
    several = [_content(counted.mehrfach) for counted in lists if counted.mehrfach]
    return {"zaehlen.mehrfach": several} if several else {}


TOLD = {
    "bericht": ("titel", "berichtsjahr", "herausgeber", "lizenz"),
    "zeitreihe": None,
    "zusammenfassen": None,
    "geheimhaltung": None,
    "einrichtungen": None,
    "raeume": ("gruppen",),
}
"""Sections of the params file, and which keys of them (None: all), that readers may know."""


def told_rules(content: Mapping[str, Any]) -> dict[str, Any]:
    """What of a params file is no secret: every reader may know the rules, nobody has to know how a
    delivery is read.

    Parameters
    ----------
    content : the params file as plain values.
    """
    told: dict[str, Any] = {}
    for section, keys in TOLD.items():
        entry = content.get(section)
        if isinstance(entry, Mapping) and keys is not None:
            entry = {key: entry[key] for key in keys if key in entry}
        told[section] = entry
    deliveries = content.get("lieferungen")
    told["lieferungen"] = {
        name: {key: value for key, value in entry.items() if key != "tabellen"}
        for name, entry in (deliveries.items() if isinstance(deliveries, Mapping) else ())
        if isinstance(entry, Mapping)
    }
    areas = content.get("raeume")
    if isinstance(areas, Mapping) and areas.get("fruehere"):
        told["raeume"]["fruehere"] = [earlier["bis"] for earlier in areas["fruehere"]]
    return told


def _content(
    entries: BaseModel | Mapping[str, BaseModel], without: Collection[str] = ()
) -> dict[str, Any]:
    if isinstance(entries, BaseModel):
        return entries.model_dump(mode="json", exclude=set(without))
    return {key: _content(entry, without) for key, entry in entries.items()}


def _digest(content: object) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
