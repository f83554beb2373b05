"""Digests of the published rows by indicator: what a chapter is made from that asks for one."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from pathlib import Path

from spm.release.certificate import DATASET, DEVELOPMENT

UNSHOWN = frozenset({"chi2", "p", "q"})
"""Columns of the tests behind a development, which no chapter is given: those of one indicator move
with every other one of their family."""


def row_digests(folder: Path) -> dict[str, str]:
    """Digest of every indicator's rows in the published data, in their order, without `UNSHOWN`.

    Parameters
    ----------
    folder : holds ``published.parquet`` and ``entwicklung.parquet``.
    """
    import pyarrow.parquet as pq

    found: dict[str, hashlib._Hash] = defaultdict(hashlib.sha256)
    for name in (DATASET, DEVELOPMENT):
        table = pq.read_table(folder / name)
        table = table.drop_columns([c for c in table.column_names if c in UNSHOWN])
        head = f"{name} {table.schema.remove_metadata()}"
        for row in table.to_pylist():
            known = found[row["kennzahl"]]
            known.update(f"{head} {row!r}\n".encode())
    return {key: known.hexdigest() for key, known in found.items()}
