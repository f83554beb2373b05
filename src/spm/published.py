"""The words of published data: statuses, classes, directions, places, columns; and their records.

Every room that writes, checks or shows published rows takes its words from here. Nothing here is
confidential, and nothing is imported: the command line and the pages load it at once. What the
columns may hold is checked by `spm.release.publishedrows`.
"""

from typing import NamedTuple, Protocol

GESAMT = "gesamt"
"""``raum`` of the whole municipality."""

NICHT_ZUORDENBAR = "nz"
"""``raum`` of people whom the sender could not assign to an area."""

OK, GESPERRT, ABSENDER_GESPERRT = "ok", "gesperrt", "absender_gesperrt"
NICHT_GELIEFERT, NICHT_BERECHENBAR = "nicht_geliefert", "nicht_berechenbar"

STATUS = (OK, GESPERRT, ABSENDER_GESPERRT, NICHT_GELIEFERT, NICHT_BERECHENBAR)
"""Every status of a row; only "ok" carries numbers. Of them, counts have three (`spm.facts`)."""

DEUTLICH_UEBER, UEBER, WIE = "deutlich_ueber", "ueber", "wie"
UNTER, DEUTLICH_UNTER = "unter", "deutlich_unter"

KLASSEN = (DEUTLICH_UEBER, UEBER, WIE, UNTER, DEUTLICH_UNTER)
"""How much a value stands out, in comparison and funnel: all classes, from high to low."""

HOEHER, NIEDRIGER = (DEUTLICH_UEBER, UEBER), (DEUTLICH_UNTER, UNTER)
"""Areas that differ from all others by more than chance; the first of each at the 99.8 % level."""

AENDERUNG, TREND = "aenderung", "trend"
"""The two kinds of development."""

GESTIEGEN, GESUNKEN, UNVERAENDERT = "gestiegen", "gesunken", "unveraendert"
HINWEIS_ANSTIEG, HINWEIS_RUECKGANG = "hinweis_anstieg", "hinweis_rueckgang"
"""Of the municipality alone: the interval of this one change does not hold zero, but among all of
its changes that may be chance."""

NACHWEISBAR, HINWEISE = (GESTIEGEN, GESUNKEN), (HINWEIS_ANSTIEG, HINWEIS_RUECKGANG)
AENDERUNGEN = (*NACHWEISBAR, *HINWEISE, UNVERAENDERT)
"""What a change may be said to be."""

STEIGEND, FALLEND, KEIN_TREND = "steigend", "fallend", "kein_trend"

COUNTS = ["zaehler", "abzueglich", "nenner"]
NUMBERS = [*COUNTS, "wert", "ki_unten", "ki_oben"]
STATEMENTS = ["geglaettet", "klasse"]
"""Columns that follow from published numbers."""

COUNTED = ["zaehlt", "jahre", "raeume", "einteilung"]
"""Columns of ``published.parquet``: ``zaehlt`` (art and, for each of zaehler, abzueglich and
nenner, the selection as canonical JSON; ``jahr`` if it is always that of one year; ``versatz`` if
it is counted that many years later than the row, -1: in the year before; ``rundung`` if its counts
are rounded), ``jahre`` ("2023" or "2021-2023"), ``raeume`` (JSON list of area keys),
``einteilung`` (digest of the division of the municipality into areas)."""

COLUMNS: dict[str, type] = {
    "kennzahl": str,
    "jahr": int,
    "raum": str,
    "gruppe": str,
    **dict.fromkeys(NUMBERS, float),
    "geschaetzt": bool,
    "geglaettet": float,
    "klasse": str,
    "status": str,
    **dict.fromkeys(COUNTED, str),
}
"""Columns of ``published.parquet`` in their order, and what they hold."""

MAY_BE_EMPTY = frozenset({"gruppe", *NUMBERS, *STATEMENTS})
"""Columns that need not hold anything in every row."""


DEVELOPMENT_COLUMNS: dict[str, type] = {
    **dict.fromkeys(("art", "kennzahl", "raum"), str),
    **dict.fromkeys(("von", "bis"), int),
    **dict.fromkeys(("n", "differenz", "ki_unten", "ki_oben", "chi2", "p", "q"), float),
    "richtung": str,
}
"""Columns of ``entwicklung.parquet`` in their order, and what they hold. ``n`` and the numbers are
empty where a row of its ``art`` has none."""


class PublishedRow(Protocol):
    """A row of ``published.parquet`` as ``itertuples`` gives it: what is empty is None or NaN, and
    older datasets lack the columns `COUNTED`."""

    kennzahl: str
    jahr: int
    raum: str
    gruppe: str | None
    zaehler: float | None
    abzueglich: float | None
    nenner: float | None
    status: str
    zaehlt: str | None
    jahre: str | None
    raeume: str | None
    einteilung: str | None


EBENEN = ("Kommune", "Kreis", "Land", "Bund")
"""What another place may be, in the order in which the report names them."""


class ComparisonValue(NamedTuple):
    """One published value of another place; ``ebene`` is "" if the file does not say.

    ``gruppe`` is what places are called that it is one of, all of them like the municipality:
    "ähnliche Kommunen"; "" if it stands for itself.
    """

    gebiet: str
    jahr: int
    wert: float
    quelle: str
    ebene: str = ""
    gruppe: str = ""
