"""What is told of one number. The names of the fields are the keys of ``--json``."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

CELLS, PERSONS, ABSENT = "zellen", "personen", "fehlende_zeilen"
"""How a count stands in a raw file: as a number in a cell; as rows that were counted; not at all,
where a missing row means nobody."""


@dataclass(frozen=True)
class Stelle:
    """Where a count comes from in a raw file.

    Parameters
    ----------
    art : `CELLS`, `PERSONS` or `ABSENT`.
    datei, blatt : below the data folder; "" without sheets.
    spalte : heading of the column, of cells.
    zeilen : row numbers as Excel or an editor shows them, ascending; all of them.
    wert : the cell as delivered; of persons what was asked of their rows.
    raum : how the file calls the area, of cells.
    """

    art: str
    datei: str
    blatt: str
    spalte: str = ""
    zeilen: tuple[int, ...] = ()
    wert: str = ""
    raum: str = ""


@dataclass(frozen=True)
class Umrechnung:
    """Part of a count that was moved from an earlier area onto today's.

    Parameters
    ----------
    raum : key of the earlier area.
    anteil : share of its people in today's area.
    anzahl_dort : the count that was delivered for it, None if it is not known.
    anzahl : how many of them count here.
    """

    raum: str
    anteil: float
    anzahl_dort: int | None
    anzahl: int | None
    stellen: tuple[Stelle, ...] = ()


@dataclass(frozen=True)
class Fakt:
    """One count that a number is made of; None where it is not known, see ``status``."""

    merkmal: str
    jahr: int
    raum: str
    gruppen: dict[str, str]
    anzahl: int | None
    status: str
    lieferung: str
    stellen: tuple[Stelle, ...] = ()
    umrechnung: tuple[Umrechnung, ...] = ()


@dataclass(frozen=True)
class Zahl:
    """Numerator, what goes off it, or denominator.

    Parameters
    ----------
    rolle : "zaehler", "abzueglich" or "nenner".
    zaehlt : what is selected, in words.
    anzahl : the true sum of the facts; None if one is not known.
    gedruckt : as the number is printed, rounded where a source asks for it; None if it is not.
    rundung : multiples that it is rounded to; 1: exact.
    fehlt : what was not delivered.
    """

    rolle: str
    zaehlt: str
    anzahl: int | None
    gedruckt: float | None
    rundung: int
    fakten: tuple[Fakt, ...]
    fehlt: tuple[str, ...] = ()


@dataclass(frozen=True)
class Geheimhaltung:
    """What was decided about the number.

    Parameters
    ----------
    entscheidung : "veroeffentlicht", "primaer", "sekundaer", "vom_absender", or "" where there was
        nothing to decide.
    klassen : of the reasons of a primary suppression, see `spm.explain.decision.CLASSES`.
    gruende : the reasons as the confidential list has them.
    gemeinsam : other rows suppressed with it, because they stand in a sum with it.
    moeglich : what readers can at best derive of the protected counts.
    """

    entscheidung: str
    text: str
    klassen: tuple[str, ...] = ()
    gruende: tuple[str, ...] = ()
    gemeinsam: str = ""
    moeglich: tuple[str, ...] = ()


@dataclass(frozen=True)
class Test:
    """One test behind a statement: p of this test, q among all of its family."""

    frage: str
    ergebnis: str
    p: float | None = None
    q: float | None = None
    grund: str = ""


@dataclass(frozen=True)
class Druck:
    """One place in the report where the number, or the sign in its place, is printed.

    Parameters
    ----------
    art : "tabelle", "abbildung" or "satz".
    anker : page and id, "03-sgb2.html#tbl-sgb2-uebersicht".
    text : caption of a table or figure, or the sentence.
    """

    art: str
    kapitel: str
    anker: str
    text: str


@dataclass(frozen=True)
class Stand:
    """Which state is explained: digest of ``published.parquet``, and the date of the report."""

    daten: str
    bericht: str
    datum: str


@dataclass(frozen=True)
class Erklaerung:
    """All that is told of one number.

    Parameters
    ----------
    jahre, raeume : what is counted together in it.
    raum : its key: an area, a group of areas, "gesamt", or "nz".
    wert : exact, None if there is none. ``gedruckt`` is how it stands in the report.
    """

    vertraulich: bool
    stand: Stand
    kennzahl: str
    titel: str
    definition: str
    jahr: int
    jahre: tuple[int, ...]
    raum: str
    name: str
    einrichtung: str
    raeume: tuple[str, ...]
    status: str
    gedruckt: str
    wert: float | None
    intervall: tuple[float, float] | None
    formel: str
    zahlen: tuple[Zahl, ...]
    geheimhaltung: Geheimhaltung
    tests: tuple[Test, ...]
    stellen: tuple[Druck, ...]
    hinweise: tuple[str, ...] = field(default=())

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)
