"""What the report says about published numbers, added after disclosure control.

Class and smoothed value follow from published columns alone: a reader with the table could compute
them, so they tell nothing about what is suppressed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from spm.config.catalogue import Kennzahl
from spm.published import OK, STATEMENTS
from spm.statistics.comparison import classify
from spm.statistics.means import mean_limits
from spm.statistics.smoothing import smoothed

_LAST = [*STATEMENTS, "status"]


def add_statements(
    published: pd.DataFrame, catalogue: Mapping[str, Kennzahl], apart: Collection[str] = ()
) -> pd.DataFrame:
    """The published table with ``klasse`` and ``geglaettet``.

    Parameters
    ----------
    published : ``kennzahl, jahr, raum, gruppe, zaehler, nenner, …, status`` with or without older
        statements, which are replaced.
    apart : indicators whose municipality counts something else than all areas together: what it
        has more than an area is not the rest of the municipality, and nothing is said of them.

    Returns
    -------
    DataFrame
        A copy in the same order, ending in ``geglaettet, klasse, status``; means have an interval
        where their distribution is published (`spm.statistics.means`). Rows whose status is not
        "ok" get neither, and change nothing for the others.
    """
    told = (published["status"].eq(OK) & ~published["kennzahl"].isin(apart)).to_numpy()
    shown = published[told].reset_index(drop=True)
    result = published.copy()
    # How much households differ in size is known where all their sizes are published.
    low, high = mean_limits(shown, catalogue)
    means = np.flatnonzero(told)[~np.isnan(low)]
    result.iloc[means, result.columns.get_indexer(["ki_unten", "ki_oben"])] = np.column_stack(
        [low, high]
    )[~np.isnan(low)]
    result["geglaettet"] = np.nan
    result["klasse"] = pd.Series([None] * len(result), result.index, dtype=object)
    result.loc[told, "geglaettet"] = smoothed(shown, catalogue).to_numpy()
    result.loc[told, "klasse"] = classify(shown, catalogue).to_numpy()
    return result[[name for name in result.columns if name not in _LAST] + _LAST]
