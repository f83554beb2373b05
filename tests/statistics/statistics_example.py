"""Published tables for the tests of what is derived from them."""

import numpy as np
import pandas as pd

from spm.config.catalogue import Kennzahl
from spm.statistics import intervals

COLUMNS = ["kennzahl", "jahr", "raum", "gruppe", "zaehler", "abzueglich", "nenner"]


def entry(art="anteil", faktor=100.0, key="k"):
    """An indicator of the catalogue; `saldo` and `messwert` may come after this module."""
    made = Kennzahl.model_construct(art=art, faktor=faktor)
    made._id = key
    return made


def published(rows, art="anteil", faktor=100.0):
    """A published table from tuples (kennzahl, jahr, raum, gruppe, zaehler, abzueglich, nenner).

    A row with null counts is suppressed.
    """
    table = pd.DataFrame(rows, columns=COLUMNS)
    table["gruppe"] = table["gruppe"].astype(object).where(table["gruppe"].notna(), None)
    counts = ["zaehler", "abzueglich", "nenner"]
    table[counts] = table[counts].astype(float)
    top = table["zaehler"] - table["abzueglich"].fillna(0)
    table["wert"] = top / table["nenner"] * faktor
    low, high = limits(art, table["zaehler"].to_numpy(), table["nenner"].to_numpy())
    table["ki_unten"], table["ki_oben"] = low * faktor, high * faktor
    table["status"] = np.where(table["zaehler"].isna(), "gesperrt", "ok")
    return table


def limits(art, top, bottom):
    if art == "anteil":
        return intervals.wilson(np.minimum(top, bottom), bottom)
    if art == "rate":
        low, high = intervals.poisson(top)
        return low / bottom, high / bottom
    if art == "quotient":
        return intervals.ratio(top, bottom)
    return np.full(len(top), np.nan), np.full(len(top), np.nan)


def one_year(counts, kennzahl="k", jahr=2023, total=None):
    """Rows of areas "1", "2", … with (zaehler, nenner), and of the municipality (default: the sum).

    A pair of nulls is a suppressed area.
    """
    whole = total or tuple(np.nansum(np.array(counts, float), axis=0))
    names = [str(i + 1) for i in range(len(counts))]
    return [
        (kennzahl, jahr, raum, None, top, None, bottom)
        for raum, (top, bottom) in zip([*names, "gesamt"], [*counts, whole], strict=True)
    ]


def series(counts, kennzahl="k", raum="1", last=2023):
    """Rows of one area with (zaehler, nenner) or (zaehler, abzueglich, nenner) per year."""
    first = last - len(counts) + 1
    return [
        (kennzahl, first + i, raum, None, c[0], c[1] if len(c) == 3 else None, c[-1])
        for i, c in enumerate(counts)
    ]
