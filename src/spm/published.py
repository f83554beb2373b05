"""Records of published data that are passed around: nothing in them is confidential."""

from typing import NamedTuple


class Vergleichswert(NamedTuple):
    """One published value of another place; ``ebene`` is "" if the file does not say."""

    gebiet: str
    jahr: int
    wert: float
    quelle: str
    ebene: str = ""
