"""The municipality and its areas: how they are called."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """The municipality and how its areas are called (see ``kommune`` in the params file)."""

    name: str
    level: str = "Sozialraum"
    plural: str = "Sozialräume"
    gender: str = "m"
    article: str = ""


GEBIET = {"level": "Gebiet", "plural": "Gebiete", "gender": "n"}
"""What areas are called where some of them are groups: two Stadtteile together are no Stadtteil."""
