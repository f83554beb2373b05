"""Whether the deliveries can answer what the catalogue asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from spm.config.catalogue import Kennzahl
from spm.config.selections import Auswahl
from spm.errors import SpmError, nearest
from spm.published import COUNTS
from spm.statistics.selection import DIMENSIONS, Store

if TYPE_CHECKING:
    from spm.config.params import Params


def check_selections(
    facts: pd.DataFrame,
    catalogue: Mapping[str, Kennzahl],
    areas: Iterable[str],
    params: Params,
) -> None:
    """Refuse an indicator that asks a delivered measure for a group that it does not have.

    A measure that nobody delivers is no error: the report says so, and what else its indicator
    counts may then be there in any groups. Common catalogues (all but those
    named second or later in the params file) may ask for groups that a municipality does not have;
    there only what looks misspelled is refused.

    Raises
    ------
    SpmError
        Naming file, indicator, key, and the groups that were delivered.
    """
    people = facts[facts["einrichtung"].isna()]
    delivered = set(people["merkmal"])
    store, areas = Store(people), list(areas)
    for entry in catalogue.values():
        common = entry.file not in params.kennzahlen[1:] or not all(
            delivered & set(wanted.merkmal) for wanted in entry.selections
        )
        for slot in COUNTS:
            wanted = getattr(entry, slot)
            for measure in wanted.merkmal if wanted else ():
                if measure in delivered:
                    one = wanted.model_copy(update={"merkmal": [measure]})
                    where = f"{entry.file}, kennzahlen.{entry.id}.{slot}"
                    own = people[people["merkmal"] == measure]
                    _check_groups(one, own, _mapped(measure, params), where, common=common)
                    if not common and not store.count(one, areas):
                        raise _nothing(one, own, where)


def known_breaks(catalogue: Mapping[str, Kennzahl]) -> dict[str, set[int]]:
    """Measure -> years since which an indicator says that it is not comparable any more."""
    found: dict[str, set[int]] = {}
    for entry in catalogue.values():
        for measure in {m for s in entry.selections for m in s.merkmal} if entry.brueche else ():
            found.setdefault(measure, set()).update(entry.brueche)
    return found


def undelivered(facts: pd.DataFrame, catalogue: Mapping[str, Kennzahl]) -> dict[str, list[str]]:
    """Measures that nobody delivers, each with the indicators that need it."""
    delivered, missing = set(facts["merkmal"]), dict[str, list[str]]()
    for entry in catalogue.values():
        for measure in dict.fromkeys(m for s in entry.selections for m in s.merkmal):
            if measure not in delivered:
                missing.setdefault(measure, []).append(entry.id)
    return missing


def _check_groups(
    wanted: Auswahl,
    own: pd.DataFrame,
    mapped: Mapping[str, set[str]],
    where: str,
    *,
    common: bool,
) -> None:
    (measure,) = wanted.merkmal
    for dimension in DIMENSIONS:
        known = set(own[dimension].dropna().unique()) | mapped.get(dimension, set())
        for value in getattr(wanted, dimension) or ():
            if not known and not common:
                raise SpmError(
                    f"Das Merkmal «{measure}» ist nicht nach «{dimension}» gegliedert, die "
                    f"Kennzahl fragt aber nach «{value}».",
                    wo=f"{where}.{dimension}",
                    tun="Bitte die Zeile streichen oder die Gliederung liefern lassen und in der "
                    "Params-Datei zuordnen.",
                )
            hint = nearest(value, known)
            if value not in known and (not common or hint.startswith(" Gemeint")):
                raise SpmError(
                    f"Das Merkmal «{measure}» hat keine Gruppe «{value}».{hint}",
                    wo=f"{where}.{dimension}",
                    tun="Bitte den Wert berichtigen oder in der Params-Datei unter werte zuordnen.",
                )


def _mapped(measure: str, params: Params) -> dict[str, set[str]]:
    """Groups that the params file maps: they may be empty in every year."""
    found: dict[str, set[str]] = {}
    for delivery in params.lieferungen.values():
        for table in delivery.tabellen:
            sources: list[Mapping[str, object]] = [table.konstanten, *table.entpivotieren.values()]
            measures = {m for s in sources for k, m in s.items() if k == "merkmal"}
            measures |= set(table.werte.get("merkmal", {}).values())
            if measure not in measures:
                continue
            for dimension in DIMENSIONS:
                values = {str(s[dimension]) for s in sources if dimension in s}
                values |= set(table.werte.get(dimension, {}).values())
                found.setdefault(dimension, set()).update(values)
    return found


def _nothing(wanted: Auswahl, own: pd.DataFrame, where: str) -> SpmError:
    (measure,) = wanted.merkmal
    asked = f"das Alter {wanted.alter}" if wanted.alter else "diese Auswahl"
    ages = own[["alter_von", "alter_bis"]].dropna(how="all").drop_duplicates()
    known = [_age(*pair) for pair in ages.sort_values(["alter_von", "alter_bis"]).to_numpy()]
    groups = (
        f" Geliefert sind die Altersgruppen {_listed(known)}."
        if known
        else (" Es ist nicht nach Alter gegliedert." if wanted.alter else "")
    )
    return SpmError(
        f"Aus dem Merkmal «{measure}» lässt sich {asked} in keinem Jahr zusammensetzen.{groups}",
        wo=f"{where}.alter" if wanted.alter else where,
        tun="Bitte eine Altersgruppe nennen, deren Grenzen mit denen der Lieferung zusammenfallen, "
        "oder die Gruppen aus mehreren Gliederungen einzeln liefern lassen.",
    )


def _age(von: float, bis: float) -> str:
    first = 0 if pd.isna(von) else int(von)
    return f"{first}+" if pd.isna(bis) else f"{first}-{int(bis)}"


def _listed(words: Collection[str], most: int = 12) -> str:
    shown = list(words)[:most]
    return ", ".join(shown) + (", …" if len(words) > most else "")
