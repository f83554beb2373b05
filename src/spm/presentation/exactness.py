"""How exact the counts of an indicator are."""

from typing import NamedTuple


class Genauigkeit(NamedTuple):
    """What readers of an indicator must know of its counts.

    Parameters
    ----------
    gerundet : printed counts are multiples of this; 1: of none.
    veraendert : their sender has changed them by up to this; 0: they are exact.
    teilweise : not all counts of the indicator are rounded, or changed, alike.
    """

    gerundet: int = 1
    veraendert: int = 0
    teilweise: bool = False
