"""Checks that need several rows: counts given twice, and parts above their total."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from types import MappingProxyType
from typing import Any

import pandas as pd

from spm.areas.names import AreasOfYears
from spm.config.delivery import ANDERS, Umfang
from spm.deliveries.findings import FEHLER, HINWEIS, Finding, Source, capped
from spm.deliveries.joining import summed
from spm.deliveries.mappedtwice import is_mapped_twice, mapped_twice
from spm.deliveries.mapping import KEY
from spm.facts import GEZAEHLT, GROUPS
from spm.published import GESAMT, NICHT_ZUORDENBAR

SPLITS = ["geschlecht", "staatsangehoerigkeit", "auspraegung"]
"""Groups whose parts add up to the row without the group; ages are compared on their own."""


def sum_unassigned(rows: pd.DataFrame) -> pd.DataFrame:
    """Add up people without an area whom a table lists under several raw names.

    A sum with a part that is suppressed or not delivered is itself suppressed or not delivered.
    """
    several = rows["raum"].eq(NICHT_ZUORDENBAR) & rows.duplicated(KEY, keep=False)
    several &= ~rows.duplicated([*KEY, "_raum"], keep=False)
    if not several.any():
        return rows
    merged = summed(rows[several], KEY)
    return pd.concat([rows[~several], merged[rows.columns]], ignore_index=True)


def check_duplicates(
    rows: pd.DataFrame, sources: Sequence[Source], file: str
) -> tuple[pd.DataFrame, list[Finding]]:
    """Report counts given twice, in one table or in two; the first of them stays.

    Parameters
    ----------
    rows : columns of ``mapping.KEY`` and ``mapping.CELL``, ``_tabelle`` (position in
        ``sources``).
    file : name of the params file, whose mistake it is if two of its tables read the same cells.
    """
    again = rows[rows.duplicated(KEY, keep="first")]
    if again.empty:
        return rows, []
    kept = rows.drop_duplicates(KEY, keep="first", ignore_index=True)
    firsts = again[KEY].merge(kept, on=KEY, how="left").to_dict("records")
    found: dict[int, list[Finding]] = {}
    mapped = []
    for first, other in zip(firsts, again.to_dict("records"), strict=True):
        if is_mapped_twice(first, other, sources):
            mapped.append((first, other, describe(other)))
            continue
        position = other["_tabelle"]
        found.setdefault(position, []).append(
            sources[position].finding(
                f"Dieselbe Angabe ({describe(other)}) steht schon in "
                f"{_first_place(first, other, sources)}.",
                "Eine der beiden streichen. Sind verschiedene Dinge gemeint, fehlt eine Gruppe "
                "(alter, geschlecht, auspraegung …) in der Zuordnung.",
                **place(other),
            )
        )
    own = [f for position in sorted(found) for f in capped(found[position])]
    return kept, own + mapped_twice(mapped, sources, file)


def check_totals(
    rows: pd.DataFrame,
    sources: Sequence[Source],
    areas: AreasOfYears,
    errors: Mapping[str, int] = MappingProxyType({}),
    extents: Mapping[str, Umfang] = MappingProxyType({}),
) -> list[Finding]:
    """Compare the areas' sum with the total that was delivered for the municipality.

    Parameters
    ----------
    rows : unique by ``mapping.KEY``.
    areas : all areas of every year.
    errors : delivery -> how far its sender has moved each number at most.
    extents : measure -> on which side of the sum its total may be (``gesamtzahl``).

    Returns
    -------
    list of Finding
        Fehler where the parts exceed the total by more than the senders have moved the numbers,
        else Hinweis; also where all areas are counted and fall short of it. Nothing where
        ``extents`` says so, and Fehler where it says the opposite.
    """
    key = [column for column in KEY if column != "raum"]
    counted = rows[rows["status"].eq(GEZAEHLT) & rows["einrichtung"].isna()]
    totals = counted[counted["raum"] == GESAMT]
    if totals.empty:
        return []
    parts = counted[counted["raum"] != GESAMT]
    parts = parts.assign(_areas=areas.inside(parts), _fehler=moved(parts, sources, errors))
    sums = parts.groupby(key, dropna=False, sort=False).agg(
        teile=("anzahl", "sum"), _areas=("_areas", "sum"), _fehler=("_fehler", "sum")
    )
    compared = totals.merge(sums.reset_index(), on=key)
    extent = compared["merkmal"].map(dict(extents)).astype(object)
    above = compared[(compared["teile"] > compared["anzahl"]) & ~extent.isin(["weniger", ANDERS])]
    every = compared["jahr"].map(lambda year: len(areas.keys(year))).astype(int)
    short = (compared["teile"] < compared["anzahl"]) & (compared["_areas"] == every)
    against, short = (
        compared[short & extent.eq("weniger")],
        compared[short & ~extent.isin(["weniger", "mehr", ANDERS])],
    )
    was = "Die Summe der Räume ({teile}, mit Nichtzuordenbaren) ist {wie} als die Gesamtzahl"
    found = above_totals(
        above,
        sources,
        errors,
        was.replace("{wie}", "größer"),
        "Eine der Zahlen ist falsch: Zeilen der Räume und Gesamtzeile vergleichen. Zählt die "
        "Gesamtzeile zu Recht weniger oder anderes als alle Räume zusammen, etwa nur Umzüge über "
        "die Grenze der Kommune: gesamtzahl: {Merkmal: weniger} oder anders in der Lieferung.",
    )
    found += above_totals(
        against.assign(teile=against["anzahl"], anzahl=against["teile"]),
        sources,
        errors,
        "Die Gesamtzahl ({teile}) ist größer als die Summe der Räume, obwohl sie weniger sein "
        "soll (gesamtzahl); die Summe ist",
        "Kann sie größer und kleiner sein: gesamtzahl: {Merkmal: anders}.",
    )
    return found + at_totals(
        short,
        sources,
        was.replace("{wie}", "kleiner"),
        "Fehlen nicht zuordenbare Personen, oder sind Räume unvollständig? Zählt die Gesamtzeile "
        "zu Recht mehr, etwa Fälle ohne Raum: gesamtzahl: {Merkmal: mehr} in der Lieferung.",
        HINWEIS,
    )


def missing_totals(
    rows: pd.DataFrame, sources: Sequence[Source], extents: Mapping[str, Umfang]
) -> list[Finding]:
    """Note measures of which the areas alone were delivered, and these make no total."""
    counted = rows[rows["status"].eq(GEZAEHLT) & rows["einrichtung"].isna()]
    told = set(counted.loc[counted["raum"] == GESAMT, "merkmal"])
    found = []
    for measure in sorted(extents.keys() & set(counted["merkmal"]) - told):
        first = counted.loc[counted["merkmal"] == measure, "_tabelle"].iloc[0]
        found.append(
            sources[first].finding(
                f"Von «{measure}» ist keine Gesamtzahl geliefert; die Kommune hat deshalb keinen "
                "Wert.",
                "Sie ist nicht die Summe der Räume (gesamtzahl): Gesamtzeile liefern lassen und "
                "unter gesamtzeilen zuordnen.",
                schwere=HINWEIS,
            )
        )
    return found


def check_splits(
    rows: pd.DataFrame,
    sources: Sequence[Source],
    errors: Mapping[str, int] = MappingProxyType({}),
) -> list[Finding]:
    """Report groups (for example m + w) that add up to more than the row without the group."""
    counted = rows[rows["status"] == GEZAEHLT]
    found = []
    for size in range(1, len(SPLITS) + 1):
        for split in combinations(SPLITS, size):
            key = [column for column in KEY if column not in split]
            wholes = counted[counted[list(split)].isna().all(axis=1)]
            parts = counted[counted[list(split)].notna().all(axis=1)]
            if wholes.empty or parts.empty:
                continue
            parts = parts.assign(_fehler=moved(parts, sources, errors))
            sums = parts.groupby(key, dropna=False, sort=False).agg(
                teile=("anzahl", "sum"), _fehler=("_fehler", "sum")
            )
            compared = wholes.merge(sums.reset_index(), on=key)
            found += above_totals(
                compared[compared["teile"] > compared["anzahl"]],
                sources,
                errors,
                f"Die Summe nach {' und '.join(split)} ({{teile}}) ist größer als die Zahl ohne "
                "diese Unterteilung",
                "Eine der Zahlen ist falsch, oder jemand ist in zwei Gruppen gezählt.",
            )
    return found


def moved(rows: pd.DataFrame, sources: Sequence[Source], errors: Mapping[str, int]) -> pd.Series:
    """How far the sender of each row has moved its number at most."""
    own = {place: errors.get(source.lieferung, 0) for place, source in enumerate(sources)}
    return rows["_tabelle"].map(own).astype("Float64")


def above_totals(
    wrong: pd.DataFrame,
    sources: Sequence[Source],
    errors: Mapping[str, int],
    was: str,
    tun: str,
) -> list[Finding]:
    """`at_totals` of parts above their total: a note if rounding or a change explains it.

    Parameters
    ----------
    wrong : besides, ``_fehler``: how far the parts together have been moved at most.
    """
    most = wrong["_fehler"] + moved(wrong, sources, errors)
    explained = wrong["teile"] - wrong["anzahl"] <= most
    return at_totals(wrong[~explained], sources, was, tun) + at_totals(
        wrong[explained],
        sources,
        was,
        "Nichts: die Stelle hat ihre Zahlen gerundet oder verändert (verfahren), und das erklärt "
        "den Unterschied.",
        HINWEIS,
    )


def at_totals(
    wrong: pd.DataFrame, sources: Sequence[Source], was: str, tun: str, schwere: str = FEHLER
) -> list[Finding]:
    """One finding per row of ``wrong``, placed at the cell of the total."""
    found: dict[int, list[Finding]] = {}
    for row in wrong.to_dict("records"):
        position = row["_tabelle"]
        text = was.format(teile=int(row["teile"]))
        found.setdefault(position, []).append(
            sources[position].finding(
                f"{text} {int(row['anzahl'])} ({describe(row)}).",
                tun,
                **cell(row),
                schwere=schwere,
            )
        )
    return [f for position in sorted(found) for f in capped(found[position])]


def describe(row: Mapping) -> str:
    """Name a count by its measure, year, area and groups."""
    rooms = {GESAMT: "Kommune gesamt", NICHT_ZUORDENBAR: "ohne Raum"}
    parts = [row["merkmal"], str(row["jahr"]), rooms.get(row["raum"], f"Raum {row['raum']}")]
    if pd.notna(row["alter_von"]):
        last = "und mehr" if pd.isna(row["alter_bis"]) else f"bis {row['alter_bis']}"
        parts.append(f"Alter {row['alter_von']} {last}")
    parts += [str(row[group]) for group in GROUPS[2:] if pd.notna(row[group])]
    return ", ".join(parts)


def place(row: Mapping, suffix: str = "") -> dict[str, Any]:
    """Row and column of a count, as `Source.finding` takes them; nothing of a sum of several.

    Parameters
    ----------
    suffix : of the names of the columns ``_zeile`` and ``_spalte``, after a merge.
    """
    line, column = row[f"_zeile{suffix}"], row[f"_spalte{suffix}"]
    return {
        "zeilen": [] if pd.isna(line) else [line],
        "spalte": "" if pd.isna(column) else str(column),
    }


def cell(row: Mapping) -> dict[str, Any]:
    """The same, and what the cell holds."""
    return place(row) | {"wert": "" if pd.isna(row["_wert"]) else row["_wert"]}


def _first_place(first: Mapping, other: Mapping, sources: Sequence[Source]) -> str:
    """Where the first of two equal counts stands, seen from the second."""
    parts = []
    if pd.notna(first["_zeile"]):
        parts.append(f"Zeile {first['_zeile']}")
    if pd.notna(first["_spalte"]) and first["_spalte"] != other["_spalte"]:
        parts.append(f"Spalte «{first['_spalte']}»")
    if first["_tabelle"] != other["_tabelle"]:
        source = sources[first["_tabelle"]]
        sheet = f", Blatt «{source.blatt}»" if source.blatt else ""
        parts.append(f"«{source.datei}»{sheet} (Lieferung {source.lieferung})")
    return ", ".join(parts) or "derselben Tabelle"
