"""How an area compares with the municipality as a whole."""

import numpy as np
import pandas as pd

from spm.facts import GESAMT, NICHT_ZUORDENBAR

UEBER, UNTER, WIE = "ueber", "unter", "wie"


def classify(rows: pd.DataFrame) -> pd.Series:
    """Compare each area's 95 % interval with the municipality's value.

    Parameters
    ----------
    rows : ``kennzahl, jahr, raum, gruppe, wert, ki_unten, ki_oben``.

    Returns
    -------
    Series
        "ueber" or "unter" where the interval lies wholly above or below the municipality's value,
        "wie" where it holds it; null for the municipality itself, for people without an area and
        where a number is missing.
    """
    total = rows.loc[(rows["raum"] == GESAMT) & rows["gruppe"].isna()]
    reference = total.set_index(["kennzahl", "jahr"])["wert"]
    keys = pd.MultiIndex.from_frame(rows[["kennzahl", "jahr"]])
    whole = reference.reindex(keys).to_numpy(float)
    low, high = rows["ki_unten"].to_numpy(float), rows["ki_oben"].to_numpy(float)
    comparable = ~(np.isnan(whole) | np.isnan(low) | np.isnan(high))
    is_total = (rows["raum"] == GESAMT) & rows["gruppe"].isna()
    comparable &= ~(is_total | (rows["raum"] == NICHT_ZUORDENBAR)).to_numpy()
    result = np.select([low > whole, high < whole], [UEBER, UNTER], WIE)
    return pd.Series(np.where(comparable, result, None), rows.index, dtype="object")
