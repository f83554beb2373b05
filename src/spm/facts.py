"""The store of counts: one long table, one row per count."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

GEZAEHLT = "gezaehlt"
"""Status of a count that is known; the two others are called as in published rows
(`spm.published`): suppressed by the sender, and not delivered."""

GROUPS = [
    "alter_von",
    "alter_bis",
    "geschlecht",
    "staatsangehoerigkeit",
    "auspraegung",
    "einrichtung",
]

FACT_COLUMNS = ["merkmal", "jahr", "raum", *GROUPS, "anzahl", "status", "lieferung", "geschaetzt"]
"""``geschaetzt``: moved from earlier areas onto today's, see `spm.areas.crosswalk`."""


def is_facility(place: str) -> bool:
    """Whether a place is a facility: these are called by kind and name, "Kita: Regenbogen"."""
    return ": " in place


def senders(facts: pd.DataFrame) -> dict[str, list[str]]:
    """By measure the deliveries that count it, sorted."""
    found: dict[str, list[str]] = (
        facts.groupby("merkmal")["lieferung"].unique().map(sorted).to_dict()
    )
    return found
