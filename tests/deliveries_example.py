"""A municipality of three areas with deliveries in a temporary folder."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import pandas as pd

from spm.config.delivery import Lieferung
from spm.deliveries import read_deliveries
from spm.deliveries.findings import Finding

AREAS = pd.DataFrame({"raum": ["1", "2", "3"], "name": ["Altstadt", "Neustadt", "Hafen"]})

LONG = {
    "datei": "kinder.csv",
    "konstanten": {"merkmal": "kinder"},
    "spalten": {"raum": "Raum", "jahr": "Jahr", "anzahl": "Anzahl"},
}
"""Mapping of a long table Raum;Jahr;Anzahl."""

HEAD = "Raum;Jahr;Anzahl\n"
COMPLETE = HEAD + "1;2020;10\n2;2020;20\n3;2020;30\n"


def example_params(folder: Path, deliveries: dict, years=(2020, 2020)) -> SimpleNamespace:
    """The part of the params that deliveries use; ``deliveries`` maps keys to lists of tables."""
    return SimpleNamespace(
        lieferungen={
            key: Lieferung(titel=f"Titel {key}", stelle=f"Stelle {key}", tabellen=tables)
            for key, tables in deliveries.items()
        },
        zeitreihe=SimpleNamespace(von=years[0], bis=years[1]),
        kommune=SimpleNamespace(name="Beispielstadt"),
        raeume=SimpleNamespace(datei="raeume.geojson", schluessel="raum_id", liste=["1", "2", "3"]),
        bericht=SimpleNamespace(datum=dt.date(2024, 9, 30)),
        slug="beispiel",
        file=folder / "beispiel.yml",
        raw_file=lambda name: folder / name,
        original=lambda path: path,
    )


def read(folder: Path, *tables: dict, areas=AREAS, years=(2020, 2020)):
    """Read one delivery ``amt`` with these tables."""
    return read_deliveries(example_params(folder, {"amt": list(tables)}, years), areas)


def read_text(folder: Path, text: str, years=(2020, 2020), **mapping):
    """Read a long CSV table ``kinder.csv`` with this content; ``mapping`` changes ``LONG``."""
    (folder / "kinder.csv").write_text(text, encoding="utf-8")
    return read(folder, LONG | mapping, years=years)


def errors(findings: list[Finding]) -> list[Finding]:
    """Only the findings that stop a report."""
    return [f for f in findings if f.schwere == "Fehler"]


def only_error(findings: list[Finding]) -> Finding:
    """The one error there is."""
    (error,) = errors(findings)
    return error


def counts(facts: pd.DataFrame, *columns: str) -> dict:
    """anzahl by the given columns."""
    keys = facts[list(columns)].itertuples(index=False, name=None)
    values = [None if pd.isna(n) else int(n) for n in facts["anzahl"]]
    return dict(zip(keys if len(columns) > 1 else facts[columns[0]], values, strict=True))
