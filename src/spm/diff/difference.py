"""All differences of two reports, and how its numbers and names are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from spm.diff.areas import Area
from spm.diff.developments import Development
from spm.diff.finished import Finished
from spm.diff.methods import Input, Method
from spm.diff.numbers import Number, Published
from spm.diff.sentences import Sentence
from spm.published import GESAMT, NICHT_ZUORDENBAR
from spm.text.numbers import format_value, number_word

MOST_DECIMALS = 6


@dataclass(frozen=True)
class Difference:
    """Everything that differs between an older and a newer report of one municipality."""

    old: Finished
    new: Finished
    numbers: Sequence[Number]
    developments: Sequence[Development]
    sentences: Sequence[Sentence]
    methods: Sequence[Method]
    areas: Sequence[Area]
    inputs: Sequence[Input]

    def of_kind(self, *kinds: str) -> list[Number]:
        """The numbers of some kinds."""
        return [number for number in self.numbers if number.art in kinds]

    def title(self, kennzahl: str) -> str:
        """How an indicator is called; its key if no report says."""
        for report in (self.new, self.old):
            if title := report.indicators.get(kennzahl, {}).get("titel"):
                return title
        return kennzahl

    def area(self, key: str) -> str:
        """How an area is called."""
        fixed = {GESAMT: self.new.manifest["kommune"], NICHT_ZUORDENBAR: "nicht zuordenbar"}
        return fixed.get(key) or self._names.get(key, key)

    @cached_property
    def _names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for report in (self.old, self.new):
            names |= {key: row.get("raum_name") or key for key, row in report.areas.items()}
        return names

    def values(self, number: Number) -> tuple[str, str]:
        """Old and new value as texts, "" for none; with as many decimals as they need to differ."""
        entry = self.new.indicators.get(number.kennzahl, {})
        known = entry.get("nachkommastellen", "")
        places = int(known) if known.isdecimal() else 2
        unit, sign = entry.get("einheit", ""), entry.get("art") in ("veraenderung", "saldo")

        def text(row: Published | None, places: int) -> str:
            if row is None or row.wert is None:
                return ""
            return format_value(row.wert, unit, places, signed=sign)

        shown = [(text(number.old, n), text(number.new, n)) for n in range(places, MOST_DECIMALS)]
        return next((pair for pair in shown if pair[0] != pair[1]), shown[0])


def amount(n: int, one: str, several: str, *, feminine: bool = False) -> str:
    """``"kein Wert"``, ``"ein Wert"``, ``"drei Werte"``, ``"1.234 Werte"``."""
    if n == 0:
        return f"{'keine' if feminine else 'kein'} {one}"
    if n == 1:
        return f"{'eine' if feminine else 'ein'} {one}"
    return f"{number_word(n)} {several}"
