"""Primary suppression: small counts behind a value are not published.

The seam for what comes after it: ``protect`` takes the confidential indicators and returns the
published dataset. Secondary suppression and the audit work on the same frame, after ``primary``.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from spm.catalogue import Auswahl, Kennzahl
from spm.deliveries.delivery import Lieferung
from spm.facts import senders
from spm.statistics.indicators import NUMBERS, OK

GESPERRT = "gesperrt"

INCOMPLETE = (
    "Kleine Fallzahlen sind in diesem Bericht gesperrt (primäre Sperrung). Die sekundäre Sperrung "
    "fehlt noch: Gesperrte Werte lassen sich unter Umständen aus Summen oder anderen Tabellen "
    "zurückrechnen. Der Schutz ist damit unvollständig; Berichte aus echten Daten sind nur für den "
    "internen Gebrauch bestimmt."
)
"""Printed by the build and on the imprint page until secondary suppression exists."""


def protect(
    indicators: pd.DataFrame,
    facts: pd.DataFrame,
    catalogue: Mapping[str, Kennzahl],
    deliveries: Mapping[str, Lieferung],
) -> pd.DataFrame:
    """Decide what may be published.

    Returns
    -------
    DataFrame
        As ``indicators``; rows with a count below the threshold of its source have the status
        "gesperrt" and carry no number and no class.
    """
    published = indicators.copy()
    small = primary(published, facts, catalogue, deliveries)
    published.loc[small, "status"] = GESPERRT
    published.loc[small, NUMBERS] = np.nan
    published.loc[small, "klasse"] = None
    return published


def primary(
    indicators: pd.DataFrame,
    facts: pd.DataFrame,
    catalogue: Mapping[str, Kennzahl],
    deliveries: Mapping[str, Lieferung],
) -> pd.Series:
    """Mark rows with a small count: numerator, denominator, or those who are in the denominator
    only (with 48 of 50 vaccinated, the two others are as recognisable).

    Returns
    -------
    Series of bool, index as ``indicators``.
    """
    sources = senders(facts)
    small = pd.Series(False, indicators.index)
    for key, rows in indicators[indicators["status"] == OK].groupby("kennzahl", sort=False):
        entry = catalogue[key]
        top = _rule(entry.zaehler, sources, deliveries)
        marked = _below(rows["zaehler"], *top)
        if entry.nenner:
            marked |= _below(rows["nenner"], *_rule(entry.nenner, sources, deliveries))
        if entry.art == "anteil":
            # Nobody outside the numerator is no small group, but everybody is in it: the rule for
            # zeros decides whether that may be said.
            marked |= _below(rows["nenner"] - rows["zaehler"], *top)
        small.loc[rows.index] = marked
    return small


def _rule(
    wanted: Auswahl, sources: Mapping[str, list[str]], deliveries: Mapping[str, Lieferung]
) -> tuple[int, bool]:
    """Threshold and whether zeros are published: the strictest of the sources involved."""
    involved = [deliveries[s] for m in wanted.merkmal for s in sources.get(m, [])]
    return (
        max((d.mindestfallzahl for d in involved), default=1),
        all(d.nullen_veroeffentlichen for d in involved),
    )


def _below(counts: pd.Series, threshold: int, zeros_shown: bool) -> pd.Series:
    return counts.lt(threshold) & (counts.gt(0) | (not zeros_shown))
