"""What only shows when deliveries of two departments meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from spm.config.catalogue import Kennzahl
from spm.config.selections import Auswahl
from spm.facts import senders


class Oversized(NamedTuple):
    """A share whose part is larger than its whole, or a rate above one per person."""

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
    return _above(indicators, facts, catalogue, "anteil")


def more_than_one_each(
    indicators: pd.DataFrame, facts: pd.DataFrame, catalogue: Mapping[str, Kennzahl]
) -> list[Oversized]:
    """Find rates with more cases than people: possible, but rarely meant."""
    return _above(indicators, facts, catalogue, "rate")


def _above(
    indicators: pd.DataFrame, facts: pd.DataFrame, catalogue: Mapping[str, Kennzahl], art: str
) -> list[Oversized]:
    own = [entry.id for entry in catalogue.values() if entry.art == art]
    of_kind = indicators["kennzahl"].isin(own)
    wrong = indicators[of_kind & (indicators["zaehler"] > indicators["nenner"])]
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
