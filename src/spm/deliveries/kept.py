"""What was read of a delivery, kept as files: rows as Parquet, findings as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from spm.config.tables import Tabelle
from spm.deliveries.findings import Finding, Source
from spm.deliveries.pipeline import ReadTable
from spm.deliveries.templates import mapped, mapping_of
from spm.release.replacing import replace_parquet, replace_text


def keep(read: Sequence[ReadTable], folder: Path) -> list[str] | None:
    """Write what was read of the tables of a delivery.

    Returns
    -------
    list of str or None
        Names of the files; None if the rows would not come back as they are.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files, about = ["tabellen.json"], []
    for number, one in enumerate(read):
        rows = f"{number}.parquet"
        if one.rows is not None:
            replace_parquet(one.rows.reset_index(drop=True), folder / rows)
            if not _same(pd.read_parquet(folder / rows), one.rows):
                return None
            files.append(rows)
        about.append(
            {
                "quelle": asdict(one.source),
                "zeilen": one.rows is not None,
                "befunde": [asdict(finding) for finding in one.findings],
                "zuordnung": mapping_of(one.table) if one.table.vorlage else None,
            }
        )
    replace_text(folder / files[0], json.dumps(about, ensure_ascii=False))
    return files


def load(tables: Sequence[Tabelle], folder: Path) -> list[ReadTable]:
    """What `keep` wrote of these tables."""
    about = json.loads((folder / "tabellen.json").read_text(encoding="utf-8"))
    own = iter(table for table in tables if not table.vorlage)
    return [
        ReadTable(
            next(own) if one["zuordnung"] is None else mapped(one["zuordnung"]),
            Source(**one["quelle"]),
            pd.read_parquet(folder / f"{number}.parquet") if one["zeilen"] else None,
            [_finding(finding) for finding in one["befunde"]],
        )
        for number, one in enumerate(about)
    ]


def _finding(told: dict) -> Finding:
    return Finding(**told | {"zeilen": tuple(told["zeilen"])})


def _same(kept: pd.DataFrame, rows: pd.DataFrame) -> bool:
    return list(kept.dtypes) == list(rows.dtypes) and kept.equals(rows.reset_index(drop=True))
