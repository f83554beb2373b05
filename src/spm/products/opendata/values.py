"""Everything that the report publishes, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from spm.presentation.pages.companions import data_file
from spm.presentation.pages.rules import limits_of
from spm.presentation.views import IndicatorView
from spm.presentation.wording.grammar import capitalised
from spm.products.opendata import columns as c
from spm.products.opendata.table import Cell, DataTable
from spm.published import AENDERUNG, GESAMT, NICHT_GELIEFERT, NICHT_ZUORDENBAR, OK, TREND

if TYPE_CHECKING:
    from spm.report import Report

LIST = " | "
"""Between the entries of a cell that holds several."""

ALLE, KENNZAHLENSET, RAEUME = "kennzahlen.csv", "kennzahlenset.csv", "raeume.csv"
NZ_NAME = "nicht zuordenbar"


def shown(report: Report) -> list[IndicatorView]:
    """The indicators that a reader meets, in catalogue order."""
    every = (report.view(key) for key in report.catalogue)
    return [view for view in every if view.appears]


def describing(report: Report) -> list[DataTable]:
    """The tables that say what the values are, and what is told about them."""
    views = shown(report)
    tables = [
        _catalogue(report),
        _areas(report),
        _deliveries(report),
        _comparisons(views),
        _developments(views),
    ]
    return [table for table in tables if table.rows]


def values(report: Report) -> list[DataTable]:
    """The published values: all together, then by indicator."""
    subtracted = _subtracted(report)
    rows = {s.indicator.id: list(_rows(s, subtracted)) for s in shown(report)}
    keys = ("kennzahl", "jahr", "raum")
    links = {"kennzahl": (KENNZAHLENSET, "kennzahl"), "raum": (RAEUME, "raum")}
    together = DataTable(
        file=ALLE,
        title="Alle Kennzahlen",
        description="Alle veröffentlichten Werte des Berichts: eine Zeile je Kennzahl, Jahr und "
        "Raum.",
        columns=c.WERTE,
        rows=[row for part in rows.values() for row in part],
        key=keys,
        references=links,
    )
    return [together, *(_of_one(s, rows[s.indicator.id], keys, links) for s in shown(report))]


def _of_one(view: IndicatorView, rows: list, keys: tuple, links: dict) -> DataTable:
    """Without the column of what is subtracted, unless the indicator is a balance."""
    kept = [
        i
        for i, column in enumerate(c.WERTE)
        if column is not c.ABZUEGLICH or view.indicator.art == "saldo"
    ]
    return DataTable(
        file=_file(view),
        title=view.indicator.titel,
        description=view.indicator.definition,
        columns=[c.WERTE[i] for i in kept],
        rows=[[row[i] for i in kept] for row in rows],
        key=keys,
        references=links,
    )


def _file(view: IndicatorView) -> str:
    return data_file(view.indicator.id).removeprefix("daten/")


def _subtracted(report: Report) -> dict[tuple[str, str, int], float]:
    """What is subtracted from the numerator of a published value."""
    rows = report.published
    rows = rows[rows.gruppe.isna() & rows.status.eq(OK) & rows.abzueglich.notna()]
    keys = zip(rows.kennzahl, rows.raum, rows.jahr, strict=True)
    return dict(zip(keys, rows.abzueglich.astype(float), strict=True))


def _rows(view: IndicatorView, subtracted: dict) -> Iterator[list[Cell]]:
    k = view.indicator
    for year in view.years:
        for raum in (*(raum for raum, _ in view.area_names), NICHT_ZUORDENBAR, GESAMT):
            row = view.row(raum, year)
            if raum == NICHT_ZUORDENBAR and row.status == NICHT_GELIEFERT:
                continue  # as good as every delivery knows where people live
            numbers: list[Cell] = (
                [
                    row.zaehler,
                    subtracted.get((k.id, raum, year)),
                    row.nenner,
                    row.wert,
                    row.ki_unten,
                    row.ki_oben,
                    row.geglaettet,
                    row.klasse,
                    row.geschaetzt,
                ]
                if row.ok
                else [None] * 9
            )
            name = _name(view, raum)
            start: list[Cell] = [k.id, year, view.short_years(year), raum, name]
            yield [*start, *numbers, row.status, k.einheit]


def _name(view: IndicatorView, raum: str) -> str:
    fixed = {GESAMT: view.place.name, NICHT_ZUORDENBAR: NZ_NAME}
    return fixed.get(raum) or dict(view.area_names)[raum]


def _catalogue(report: Report) -> DataTable:
    rows = []
    for key in report.catalogue:
        view = report.view(key)
        k = view.indicator
        row: Sequence[Cell] = [
            k.id,
            k.kapitel,
            k.chapter.titel,
            k.titel,
            capitalised(k.kurztitel),
            k.definition,
            k.art,
            k.faktor,
            k.einheit,
            k.nachkommastellen,
            k.richtung,
            k.quelle,
            k.rechtsgrundlage,
            LIST.join(k.lebensphase),
            k.bereich,
            LIST.join(f"{year}: {why}" for year, why in view.breaks.items()),
            view.window,
            LIST.join(view.groups),
            _file(view) if view.appears else "",
        ]
        rows.append(row)
    return DataTable(
        file=KENNZAHLENSET,
        title="Kennzahlenset",
        description="Alle Kennzahlen mit Definition, Quelle, Rechtsgrundlage und Einheit.",
        columns=c.KENNZAHLENSET,
        rows=rows,
        key=("kennzahl",),
    )


def _areas(report: Report) -> DataTable:
    names = dict(zip(report.areas.raum, report.areas.name, strict=True))
    groups: dict[str, tuple[str, ...]] = {}
    for view in shown(report):
        groups |= report.pools[view.indicator.id].groups
    rows: list[list[Cell]] = [
        [raum, name, c.RAUM, "", LIST.join(g for g in groups if raum in groups[g])]
        for raum, name in names.items()
    ]
    rows += [[g, g, c.GRUPPE, LIST.join(members), ""] for g, members in groups.items()]
    rows.append([NICHT_ZUORDENBAR, NZ_NAME, c.OHNE_RAUM, "", ""])
    rows.append([GESAMT, report.place.name, c.KOMMUNE, "", ""])
    return DataTable(
        file=RAEUME,
        title="Räume",
        description="Die Räume des Berichts, ihre Gruppen und die ganze Kommune.",
        columns=c.RAEUME,
        rows=rows,
        key=("raum",),
    )


def _deliveries(report: Report) -> DataTable:
    return DataTable(
        "lieferungen.csv",
        "Lieferungen",
        "Lieferungen, aus denen der Bericht gemacht ist, mit Stichtag und Mindestfallzahl.",
        c.LIEFERUNGEN,
        [[e.titel, e.stelle, e.stichtag or "", limits_of(e)] for e in report.deliveries],
    )


def _comparisons(views: Sequence[IndicatorView]) -> DataTable:
    return DataTable(
        file="vergleichswerte.csv",
        title="Vergleichswerte",
        description="Werte anderer Gebiete, die der Bericht zum Vergleich zeigt.",
        columns=c.VERGLEICHSWERTE,
        rows=[
            [
                *(s.indicator.id, v.gebiet, v.ebene, v.gruppe),
                *(v.jahr, v.wert, s.indicator.einheit, v.quelle),
            ]
            for s in views
            for v in (*s.elsewhere, *s.alike)
        ],
        key=("kennzahl", "gebiet"),
        references={"kennzahl": (KENNZAHLENSET, "kennzahl")},
    )


def _developments(views: Sequence[IndicatorView]) -> DataTable:
    rows: list[list[Cell]] = []
    for s in views:
        key, unit = s.indicator.id, s.indicator.einheit
        for raum, a in s.changes.items():
            limits: list[Cell] = [
                None if x != x else x for x in (a.differenz, a.ki_unten, a.ki_oben)
            ]
            where: list[Cell] = [AENDERUNG, key, raum, _name(s, raum), a.von, a.bis]
            rows.append([*where, None, *limits, a.richtung, unit])
        for raum, t in s.trends.items():
            where = [TREND, key, raum, _name(s, raum), t.von, t.bis]
            rows.append([*where, t.n, None, None, None, t.richtung, unit])
    return DataTable(
        file="veraenderungen.csv",
        title="Veränderungen und Trends",
        description="Unterschiede des Berichtsjahrs zum ersten vergleichbaren Jahr, und Trends.",
        columns=c.ENTWICKLUNG,
        rows=rows,
        key=("art", "kennzahl", "raum"),
        references={"kennzahl": (KENNZAHLENSET, "kennzahl"), "raum": (RAEUME, "raum")},
    )
