"""How much a value stands out: the five classes of comparison and funnel."""

DEUTLICH_UEBER, UEBER, WIE = "deutlich_ueber", "ueber", "wie"
UNTER, DEUTLICH_UNTER = "unter", "deutlich_unter"

KLASSEN = (DEUTLICH_UEBER, UEBER, WIE, UNTER, DEUTLICH_UNTER)
"""All classes, from high to low."""
