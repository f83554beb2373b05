"""How indicators developed: changes and trends in one table."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from spm.areas.pooling import Pool
from spm.config.catalogue import Kennzahl
from spm.published import AENDERUNG, DEVELOPMENT_COLUMNS, NICHT_BERECHENBAR, TREND
from spm.statistics.change import changes
from spm.statistics.trend import trends


def development(
    published: pd.DataFrame,
    catalogue: Mapping[str, Kennzahl],
    pools: Mapping[str, Pool],
    reporting_year: int,
) -> pd.DataFrame:
    """Changes up to the reporting year and trends, from published numbers only.

    Returns
    -------
    DataFrame
        ``art`` is "aenderung" (see `spm.statistics.change.changes`) or "trend" (see
        `spm.statistics.trend.trends`); columns of the other are NaN. What cannot be computed is
        left out.
    """
    breaks = {key: entry.brueche for key, entry in catalogue.items() if entry.brueche}
    rest = (published, catalogue, pools, breaks, reporting_year)
    tables = [changes(*rest).assign(art=AENDERUNG), trends(*rest).assign(art=TREND)]
    numbers = [name for name, kind in DEVELOPMENT_COLUMNS.items() if kind is float]
    kept = [
        table[table["richtung"] != NICHT_BERECHENBAR]
        .reindex(columns=list(DEVELOPMENT_COLUMNS))
        .astype(dict.fromkeys(numbers, float))
        for table in tables
    ]
    return pd.concat(kept, ignore_index=True).astype({"von": int, "bis": int})
