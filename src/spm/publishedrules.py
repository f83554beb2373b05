"""The rules that a dataset is published under, as digests: what its certificate holds for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping

from pydantic import BaseModel

from spm.catalogue import Kennzahl, Zusammenhang
from spm.certificate import Regeln
from spm.params import Params

NO_RULES = {"titel", "stelle", "stichtag", "tabellen"}
"""What of a delivery says nothing about how its numbers may be published."""

WORDING = {
    "kapitel",
    "titel",
    "kurztitel",
    "satz",
    "definition",
    "einheit",
    "nachkommastellen",
    "quelle",
    "rechtsgrundlage",
    "lebensphase",
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
        lieferungen=_digest(_content(params.lieferungen, NO_RULES)),
        raeume_gruppen=_digest(params.raeume.gruppen),
        zusammenfassen=_digest(_content(params.zusammenfassen)),
    )


def _content(entries: BaseModel | Mapping[str, BaseModel], without: Collection[str] = ()) -> dict:
    if isinstance(entries, BaseModel):
        return entries.model_dump(mode="json", exclude=set(without))
    return {key: _content(entry, without) for key, entry in entries.items()}


def _digest(content: object) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
