"""The municipality and its areas: how they are called."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """The municipality and how its areas are called (see ``kommune`` in the params file)."""

    name: str
    raumebene: str = "Sozialraum"
    mehrzahl: str = "Sozialräume"
    geschlecht: str = "m"
    artikel: str = ""


GEBIET = {"raumebene": "Gebiet", "mehrzahl": "Gebiete", "geschlecht": "n"}
"""What areas are called where some of them are groups: two Stadtteile together are no Stadtteil."""
