"""Single cells and rows that are missing where others are there."""

from collections.abc import Sequence

import pandas as pd

from spm.areas.names import AreasOfYears
from spm.config.tables import Tabelle
from spm.deliveries.crosschecks import describe
from spm.deliveries.findings import HINWEIS, Finding, Source, capped
from spm.deliveries.mapping import KEY
from spm.facts import GEZAEHLT
from spm.published import GESAMT, NICHT_GELIEFERT

SLICE = [column for column in KEY if column != "raum"]
"""What has one value for the municipality."""

TOLD = 3
"""Missing rows that a finding describes."""

AREA = ["merkmal", "jahr", "raum"]


def missing_cells(
    rows: pd.DataFrame, tables: Sequence[tuple[Tabelle, Source]], areas: AreasOfYears
) -> list[Finding]:
    """Note cells without a count, and absent rows, that others of their kind have.

    Without a delivered total the value of the municipality needs each of them.

    Parameters
    ----------
    rows : after `spm.deliveries.completion.complete`: columns of ``mapping.KEY`` and
        ``mapping.CELL``, status, ``_tabelle`` (position in ``tables``). A row that was added has
        no ``_zeile``.

    Returns
    -------
    list of Finding
        Empty cells one per table and column, naming their rows; absent rows one per table and
        measure. Areas without any row in a year are told elsewhere
        (`spm.deliveries.completion.complete`).
    """
    own = rows[rows["einrichtung"].isna()]
    counted = own[own["status"] == GEZAEHLT]
    totals = counted.loc[counted["raum"] == GESAMT, SLICE].drop_duplicates()
    others = counted.loc[counted["raum"] != GESAMT, SLICE].drop_duplicates()
    lacking = own[(own["status"] == NICHT_GELIEFERT) & (own["raum"] != GESAMT)]
    if lacking.empty:
        return []
    lacking = lacking.merge(others, on=SLICE).merge(totals, on=SLICE, how="left", indicator=True)
    lacking = lacking[lacking["_merge"] == "left_only"].drop(columns="_merge")
    there = own.loc[own["_zeile"].notna() & areas.inside(own), AREA].drop_duplicates()
    absent = lacking[lacking["_zeile"].isna()].merge(there, on=AREA)
    return [*_empty(lacking[lacking["_zeile"].notna()], tables), *_absent(absent, tables)]


def _empty(cells: pd.DataFrame, tables: Sequence[tuple[Tabelle, Source]]) -> list[Finding]:
    found: dict[int, list[Finding]] = {}
    for (position, column, text), own in cells.groupby(
        ["_tabelle", "_spalte", "_wert"], sort=False, dropna=False
    ):
        first = own.iloc[0].to_dict()
        found.setdefault(position, []).append(
            tables[position][1].finding(
                f"Die Zelle gilt als «nicht geliefert»; deshalb hat auch die Kommune keinen Wert "
                f"({describe(first)}).",
                "Nachliefern, oder eine Gesamtzeile zuordnen (gesamtzeilen). Bedeutet das Zeichen "
                "eine 0, steht es unter fehlend falsch.",
                zeilen=own["_zeile"].dropna(),
                spalte="" if pd.isna(column) else str(column),
                wert="" if pd.isna(text) else str(text),
                schwere=HINWEIS,
            )
        )
    return [finding for position in sorted(found) for finding in capped(found[position])]


def _absent(rows: pd.DataFrame, tables: Sequence[tuple[Tabelle, Source]]) -> list[Finding]:
    found = []
    for (position, measure), own in rows.groupby(["_tabelle", "merkmal"], sort=False):
        table, source = tables[position]
        told = [describe(row) for row in own.head(TOLD).to_dict("records")]
        more = f" und {len(own) - TOLD} weitere" if len(own) > TOLD else ""
        one = len(own) == 1
        found.append(
            source.finding(
                f"{'Eine Zeile fehlt' if one else f'{len(own)} Zeilen fehlen'}, die andere Räume "
                f"haben; deshalb hat auch die Kommune keinen Wert: {'; '.join(told)}{more}.",
                "Nachliefern. Bedeutet eine fehlende Zeile eine 0, fehlende_zeilen: null setzen.",
                spalte=table.spalten.get("raum", ""),
                wert=str(measure),
                schwere=HINWEIS,
            )
        )
    return found
