"""The store of counts: one long table, one row per count."""

GESAMT = "gesamt"
"""``raum`` of a count that the sender delivered for the whole municipality."""

NICHT_ZUORDENBAR = "nz"
"""``raum`` of people whom the sender could not assign to an area."""

GEZAEHLT, GESPERRT, NICHT_GELIEFERT = "gezaehlt", "gesperrt", "nicht_geliefert"

GROUPS = [
    "alter_von",
    "alter_bis",
    "geschlecht",
    "staatsangehoerigkeit",
    "auspraegung",
    "einrichtung",
]

FACT_COLUMNS = ["merkmal", "jahr", "raum", *GROUPS, "anzahl", "status", "lieferung"]
