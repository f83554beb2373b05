"""What an absent row of a table means: not delivered, or a counted 0."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from spm.areas.names import AreasOfYears
from spm.config.tables import Tabelle
from spm.deliveries.findings import HINWEIS, Finding, Source
from spm.deliveries.mapping import KEY
from spm.facts import GEZAEHLT, GROUPS
from spm.published import NICHT_GELIEFERT, NICHT_ZUORDENBAR
from spm.text.ages import OPEN_END

if TYPE_CHECKING:
    from spm.config.params import Params

_GROUP_KEY = ["merkmal", *GROUPS]

EXPECTED = 10
"""Persons or cases on average, of which none is left in a year by no chance (e^-10)."""


def complete(
    rows: pd.DataFrame, tables: Sequence[tuple[Tabelle, Source]], areas: AreasOfYears
) -> tuple[pd.DataFrame, list[Finding]]:
    """Add the combinations that tables of counts leave out, and name missing areas.

    A group that one area has, all areas have in that year; where the table says that absent
    rows are zeros, also in other years of the table. Only what no other table delivers is added.

    Parameters
    ----------
    rows : columns of ``mapping.KEY``, anzahl, status, and ``_tabelle`` (position in ``tables``);
        unique by ``KEY``.
    tables : mapping and place of every table.
    areas : all areas of every year.

    Returns
    -------
    rows, findings
        The rows given first, unchanged; one note per table, year and set of missing areas.
    """
    plain = rows[rows["einrichtung"].isna()]
    absent = []
    for position, (table, _) in enumerate(tables):
        if table.zaehlen:
            continue  # counting persons crosses everything itself
        own = plain[plain["_tabelle"] == position]
        by_area = own.loc[areas.inside(own), "merkmal"].unique()
        own = own[own["merkmal"].isin(by_area)]
        if len(own):
            absent.append(_absent(own, table, areas).assign(_tabelle=position))
    if not absent:
        return rows, []
    everything = pd.concat([rows, *absent], ignore_index=True)
    everything = everything.drop_duplicates(KEY, keep="first", ignore_index=True)
    return everything, _missing_areas(plain, tables, areas)


def _absent(own: pd.DataFrame, table: Tabelle, areas: AreasOfYears) -> pd.DataFrame:
    """All combinations that one table should hold; its own rows among them."""
    places = areas.places(sorted(own["jahr"].unique()))
    if table.fehlende_zeilen == "null":
        every = _zero_groups(own)
        if NICHT_ZUORDENBAR in set(own["raum"]):
            unassigned = places[["jahr"]].drop_duplicates().assign(raum=NICHT_ZUORDENBAR)
            places = pd.concat([places, unassigned.astype(places.dtypes)], ignore_index=True)
        values = {"anzahl": 0.0, "status": GEZAEHLT}
    else:
        every = own.loc[areas.inside(own), [*_GROUP_KEY, "jahr"]].drop_duplicates()
        values = {"anzahl": float("nan"), "status": NICHT_GELIEFERT}
    every = every.merge(places, on="jahr")
    return every.assign(**values).astype({"anzahl": "Float64", "status": "str"})


def _zero_groups(own: pd.DataFrame) -> pd.DataFrame:
    """Groups × years of a table whose absent rows are zeros.

    A group of one year is a zero in another only if that year is split in the same way: by the
    same kinds of groups, and not by other age limits. Otherwise the zero would be invented.
    """
    per_year = own[[*_GROUP_KEY, "jahr"]].drop_duplicates()
    every = own[_GROUP_KEY].drop_duplicates().merge(own[["jahr"]].drop_duplicates(), how="cross")
    every["_split"] = _splits(every)
    same_split = per_year.assign(_split=_splits(per_year))[["merkmal", "jahr", "_split"]]
    every = every.merge(same_split.drop_duplicates(), on=["merkmal", "jahr", "_split"])
    every = every.drop(columns="_split").reset_index(names="_group")
    ages = per_year[["merkmal", "jahr", "alter_von", "alter_bis"]].drop_duplicates()
    pairs = every.merge(ages, on=["merkmal", "jahr"], suffixes=("", "_other"))
    start, end = pairs["alter_von"].fillna(0), pairs["alter_bis"].fillna(OPEN_END)
    start_other = pairs["alter_von_other"].fillna(0)
    end_other = pairs["alter_bis_other"].fillna(OPEN_END)
    both = pairs["alter_von"].notna() & pairs["alter_von_other"].notna()
    other = both & ((start != start_other) | (end != end_other))
    clash = set(pairs.loc[other & (start <= end_other) & (start_other <= end), "_group"])
    invented = every["_group"].isin(clash)
    keep = every[~invented].drop(columns="_group")
    return pd.concat([per_year, keep], ignore_index=True).drop_duplicates(ignore_index=True)


def _splits(groups: pd.DataFrame) -> pd.Series:
    """Which kinds of groups each row is split by, as one number."""
    return groups[GROUPS].notna().astype(int).dot([2**i for i in range(len(GROUPS))])


def missing_years(
    rows: pd.DataFrame, sources: Sequence[Source], series: tuple[int, int]
) -> list[Finding]:
    """Notes on years of the series for which a measure was not delivered at all."""
    wanted = range(series[0], series[1] + 1)
    measures: dict[tuple, list[str]] = {}
    for measure, own in rows.groupby("merkmal"):
        present = set(own["jahr"].unique())
        missing = tuple(year for year in wanted if year not in present)
        if missing:
            measures.setdefault((int(own["_tabelle"].min()), missing), []).append(measure)
    return [
        sources[position].finding(
            f"Nicht geliefert für {', '.join(map(str, missing))}: {', '.join(names)}.",
            "Nachliefern, falls vorhanden; der Bericht zeigt diese Jahre sonst als Lücke.",
            schwere=HINWEIS,
        )
        for (position, missing), names in measures.items()
    ]


def _missing_areas(
    plain: pd.DataFrame, tables: Sequence[tuple[Tabelle, Source]], areas: AreasOfYears
) -> list[Finding]:
    """Notes on areas without any row in a year in which other areas have one."""
    seen = plain.loc[areas.inside(plain), ["merkmal", "jahr", "raum", "_tabelle"]]
    first = seen.groupby(["merkmal", "jahr"])["_tabelle"].min()
    there: dict[tuple, set[str]] = {}
    every = seen[["merkmal", "jahr", "raum"]].drop_duplicates()
    for measure, year, raum in every.itertuples(index=False, name=None):
        there.setdefault((measure, year), set()).add(raum)
    measures: dict[tuple, list[str]] = {}
    for (measure, year), position in first.items():
        present, position = there[measure, year], int(position)
        missing = tuple(area for area in areas.keys(year) if area not in present)
        if missing and tables[position][0].fehlende_zeilen != "null":
            measures.setdefault((position, int(year), missing), []).append(measure)
    found = _without_row(plain, tables, areas)
    for (position, year, missing), names in measures.items():
        table, source = tables[position]
        one = len(missing) == 1
        found.append(
            source.finding(
                f"Im Jahr {year} fehl{'t der Raum' if one else 'en die Räume'} "
                f"{', '.join(missing)}, andere sind geliefert ({', '.join(names)}).",
                "Nachliefern. Bedeutet eine fehlende Zeile eine 0, fehlende_zeilen: null setzen.",
                spalte=table.spalten.get("raum", ""),
                schwere=HINWEIS,
            )
        )
    return found


def _without_row(
    plain: pd.DataFrame, tables: Sequence[tuple[Tabelle, Source]], areas: AreasOfYears
) -> list[Finding]:
    """Notes on areas that a table with ``fehlende_zeilen: null`` has no row of, which makes them 0.

    A file that was cut off looks like that. None is left by no chance where `EXPECTED` persons or
    cases are usual: in the other years of the area, or, if it has no row at all, in the middle one
    of the other areas. What another table delivers of the same measures is there, too.
    """
    found = []
    for position, (table, source) in enumerate(tables):
        if table.zaehlen or table.fehlende_zeilen != "null":
            continue
        here = plain[plain["_tabelle"].eq(position) & areas.inside(plain)]
        if here.empty:
            continue
        own = plain[plain["merkmal"].isin(here["merkmal"].unique()) & areas.inside(plain)]
        own = own[own["jahr"].isin(here["jahr"].unique())]
        sums = own.assign(anzahl=own["anzahl"].fillna(0)).groupby(["raum", "jahr"])["anzahl"].sum()
        by_year: dict[str, dict[int, float]] = {}
        for (area, year), number in sums.items():
            by_year.setdefault(area, {})[int(year)] = float(number)
        missing: dict[tuple[int, ...], list[str]] = {}
        usual = float(pd.Series([sum(n.values()) for n in by_year.values()]).median())
        years = sorted(int(year) for year in own["jahr"].unique())
        for area in dict.fromkeys(key for year in years for key in areas.keys(year)):
            there = by_year.get(area, {})
            lacking = [y for y in years if y not in there and area in areas.keys(y)]
            mean = sum(there.values()) / len(there) if there else usual
            if lacking and mean >= EXPECTED:
                missing.setdefault(tuple(lacking), []).append(area)
        for without, names in missing.items():
            one = len(names) == 1
            when = "" if without == tuple(years) else f" für {', '.join(map(str, without))}"
            found.append(
                source.finding(
                    f"{'Der Raum' if one else 'Die Räume'} {', '.join(names)} "
                    f"{'hat' if one else 'haben'} in der Tabelle{when} keine einzige Zeile; "
                    "fehlende Zeilen zählen als 0 (fehlende_zeilen: null).",
                    "Ist die Datei vollständig? Nichts, wenn es dort wirklich keinen Fall gibt.",
                    spalte=table.spalten.get("raum", ""),
                    schwere=HINWEIS,
                )
            )
    return found


def never_delivered(
    rows: pd.DataFrame, tables: Sequence[Tabelle], areas: AreasOfYears, params: "Params"
) -> list[Finding]:
    """Report areas of the geometry of which no table delivers anything.

    Such an area would leave every sum over the municipality unknown. It is right only where
    ``raeume.liste`` names it.

    Parameters
    ----------
    rows : as delivered, nothing added; ``_tabelle`` is the position in ``tables``.
    areas : all areas of every year; today's are the last ones.
    """
    # In other tables an area without a row has a meaning: nobody lives there
    telling = [
        position
        for position, table in enumerate(tables)
        if not table.zaehlen and table.fehlende_zeilen != "null"
    ]
    told = rows[rows["_tabelle"].isin(telling)]
    division = areas.positions(told["jahr"])
    today, found = params.raeume, []
    for position, names in enumerate(areas.names):
        seen = set(told.loc[division == position, "raum"]) & set(names.keys)
        if not seen:
            continue
        if names is areas.names[-1]:
            file, column, listed = today.datei, today.schluessel, today.liste
            where = "der Geometrie"
            tun = (
                "Die Geometrie berichtigen. Gehört der Raum dazu, alle Räume unter raeume.liste "
                "nennen; der Bericht zeigt ihn dann ohne Werte."
            )
        else:
            earlier = today.fruehere[position]
            file, column, listed = earlier.source, earlier.schluessel, []
            where = f"der früheren Einteilung bis {earlier.bis}"
            tun = "Die Jahre mit diesem Raum nachliefern oder raeume.fruehere berichtigen."
        source = Source("Räume", file)
        found += [
            source.finding(
                f"Der Raum «{area}» {where} kommt in keiner Lieferung vor.",
                tun,
                spalte=column,
                wert=area,
            )
            for area in names.keys
            if area not in seen and area not in listed
        ]
    return found
