"""What only shows when deliveries of two departments meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from spm.config.catalogue import Kennzahl
from spm.config.selections import Auswahl
from spm.facts import senders


class Oversized(NamedTuple):
    """A share whose part is larger than its whole."""

    kennzahl: str
    jahr: int
    raum: str
    zaehler: int
    nenner: int
    numerator_deliveries: list[str]
    denominator_deliveries: list[str]


def numerator_above_denominator(
    indicators: pd.DataFrame, facts: pd.DataFrame, catalogue: Mapping[str, Kennzahl]
) -> list[Oversized]:
    """Find shares whose numerator is above the denominator, with the deliveries behind both."""
    shares = [entry.id for entry in catalogue.values() if entry.art == "anteil"]
    is_share = indicators["kennzahl"].isin(shares)
    wrong = indicators[is_share & (indicators["zaehler"] > indicators["nenner"])]
    sources = senders(facts)

    def behind(wanted: Auswahl | None) -> list[str]:
        measures = wanted.merkmal if wanted else []
        return sorted({sender for m in measures for sender in sources.get(m, [])})

    return [
        Oversized(
            kennzahl=row.kennzahl,
            jahr=int(row.jahr),
            raum=row.gruppe or row.raum,
            zaehler=int(row.zaehler),
            nenner=int(row.nenner),
            numerator_deliveries=behind(catalogue[row.kennzahl].zaehler),
            denominator_deliveries=behind(catalogue[row.kennzahl].nenner),
        )
        for row in wrong.itertuples()
    ]
