"""All differences of two reports, and how its numbers and names are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from spm.diff.areas import Raum
from spm.diff.developments import Verlauf
from spm.diff.finished import Fertig
from spm.diff.methods import Eingabe, Methode
from spm.diff.numbers import Zahl, Zeile
from spm.diff.sentences import Satz
from spm.published import GESAMT, NICHT_ZUORDENBAR
from spm.text.numbers import wert, zahlwort

MOST_DECIMALS = 6


@dataclass(frozen=True)
class Unterschied:
    """Everything that differs between an older and a newer report of one municipality."""

    alt: Fertig
    neu: Fertig
    zahlen: Sequence[Zahl]
    verlaeufe: Sequence[Verlauf]
    saetze: Sequence[Satz]
    methoden: Sequence[Methode]
    raeume: Sequence[Raum]
    eingaben: Sequence[Eingabe]

    def der_art(self, *arten: str) -> list[Zahl]:
        """The numbers of some kinds."""
        return [number for number in self.zahlen if number.art in arten]

    def titel(self, kennzahl: str) -> str:
        """How an indicator is called; its key if no report says."""
        for report in (self.neu, self.alt):
            if title := report.kennzahlen.get(kennzahl, {}).get("titel"):
                return title
        return kennzahl

    def raum(self, key: str) -> str:
        """How an area is called."""
        fixed = {GESAMT: self.neu.manifest["kommune"], NICHT_ZUORDENBAR: "nicht zuordenbar"}
        return fixed.get(key) or self._names.get(key, key)

    @cached_property
    def _names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for report in (self.alt, self.neu):
            names |= {key: row.get("raum_name") or key for key, row in report.raeume.items()}
        return names

    def werte(self, number: Zahl) -> tuple[str, str]:
        """Old and new value as texts, "" for none; with as many decimals as they need to differ."""
        entry = self.neu.kennzahlen.get(number.kennzahl, {})
        known = entry.get("nachkommastellen", "")
        places = int(known) if known.isdecimal() else 2
        unit, sign = entry.get("einheit", ""), entry.get("art") in ("veraenderung", "saldo")

        def text(row: Zeile | None, places: int) -> str:
            return wert(row.wert, unit, places, vorzeichen=sign) if row else ""

        shown = [(text(number.alt, n), text(number.neu, n)) for n in range(places, MOST_DECIMALS)]
        return next((pair for pair in shown if pair[0] != pair[1]), shown[0])


def menge(n: int, one: str, several: str, *, feminine: bool = False) -> str:
    """``"kein Wert"``, ``"ein Wert"``, ``"drei Werte"``, ``"1.234 Werte"``."""
    if n == 0:
        return f"{'keine' if feminine else 'kein'} {one}"
    if n == 1:
        return f"{'eine' if feminine else 'ein'} {one}"
    return f"{zahlwort(n)} {several}"
