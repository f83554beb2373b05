"""Signs in place of numbers, decimal signs, and the texts of a column of areas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from spm.config.signs import DASHES
from spm.setup.areas import Areas, Matched
from spm.setup.column import Column
from spm.setup.counts import number
from spm.setup.headers import is_number
from spm.setup.proposal import Proposal

OFFICIAL = {"/", "x", "X", "…", "...", "·", "•"}
"""Signs of DIN 55301 that no other table has."""
SUPPRESSED = {"*", "**", "#", "<3", "< 3", "<5", "< 5", "<4", "< 4", "<10", "< 10", "[g]", "g"}
"""What offices write instead of a small number."""
LISTED = 40
"""Areas that a filter lists at most before it names the municipality's own ones."""


def add(made: Proposal, columns: Sequence[Column], *, typed: bool) -> None:
    """Decimal sign and signs of the columns with counts."""
    texts = {text for column in columns for text in column.filled}
    written = {text for text in texts if is_number(text)}
    signs = texts - written
    if not typed:
        _decimals(made, written)
    official = {sign for sign in signs if sign in OFFICIAL}
    dashes = {sign for sign in signs if sign in DASHES}
    if official or (dashes and "." in signs):
        made.mapping["zeichen"] = "din55301"
        made.note("zeichen", False, f"Zeichen amtlicher Tabellen: {_listed(official | dashes)}")
        signs -= official | dashes | {"."}
    suppressed = {sign for sign in signs if sign in SUPPRESSED or sign == "."}
    if suppressed:
        made.mapping["gesperrt"] = sorted(suppressed)
        made.note("gesperrt", suppressed == {"*"}, "Zeichen statt kleiner Zahlen")
    dashes &= signs
    if dashes:
        made.mapping["null_zeichen"] = sorted(dashes)
        made.note("null_zeichen", False, "ein Strich heißt in amtlichen Tabellen: genau null")
    others = signs - suppressed - dashes
    if others:
        made.mapping["fehlend"] = ["", *sorted(others)]
        made.note("fehlend", False, "keine Zahlen: nicht geliefert, oder gesperrt?")
    elif any("" in column.texts for column in columns):
        made.note("leer", False, "leere Zellen gelten als nicht geliefert; oder sind sie gesperrt?")


def _decimals(made: Proposal, written: Iterable[str]) -> None:
    points = [text for text in written if re.search(r"\.\d+$", text)]
    if points and not any(re.search(r"\.\d{3}$", text) for text in points):
        made.mapping["dezimal"] = "."
        made.note("dezimal", True, "Punkt vor den Nachkommastellen")


def _listed(texts: Sequence[str] | set[str]) -> str:
    shown = [f"«{text}»" for text in sorted(texts)]
    return ", ".join(shown[:8]) + (" …" if len(shown) > 8 else "")


def areas(made: Proposal, column: Column, known: Areas) -> None:
    """What the texts of the column of areas mean."""
    matched = column.matched
    assert matched is not None
    if not known.names:
        made.note("spalten.raum", False, f"{column.why}; ohne Geometrie nicht zu prüfen")
        return
    missing = len(known.names) - len({*matched.direct, *matched.translated.values()})
    told = f"{len(known.names) - max(missing, 0)} von {len(known.names)} Räumen erkannt"
    made.note("spalten.raum", missing <= 0 and not matched.loose, told)
    if matched.translated:
        made.mapping.setdefault("werte", {})["raum"] = dict(matched.translated)
        made.note("werte.raum", not matched.loose, "Schreibweise der Datei -> Schlüssel")
    if matched.whole:
        made.mapping["gesamtzeilen"] = list(matched.whole)
        made.note("gesamtzeilen", True, "ganze Kommune")
    if matched.nowhere:
        made.mapping["nicht_zuordenbar"] = list(matched.nowhere)
        made.note("nicht_zuordenbar", "" not in matched.nowhere, "ohne Raum")
    if matched.rest:
        _rest(made, column, matched, known)


def _rest(made: Proposal, column: Column, matched: Matched, known: Areas) -> None:
    """Rows that are no area: other municipalities, coarser areas, a total by another name."""
    rest = matched.rest
    if len(rest) > max(len(known.names), 5) and not matched.translated:
        made.mapping.setdefault("nur", {})[column.header] = list(matched.direct)
        made.note("nur", False, f"nur die eigenen Räume; {len(rest)} andere entfallen")
        return
    sums = _sums(made, column, matched)
    whole = [t for t in rest if sums and _near(sums.get(t, 0), sums["own"])]
    if len(whole) == 1:
        made.mapping["gesamtzeilen"] = [*made.mapping.get("gesamtzeilen", []), *whole]
        made.note("gesamtzeilen", False, "so groß wie alle Räume zusammen")
        rest = tuple(t for t in rest if t not in whole)
    if len(rest) > 1 and sums and _near(sum(sums.get(t, 0) for t in rest), sums["own"]):
        made.mapping.setdefault("ohne", {})[column.header] = list(rest)
        made.note("ohne", False, "größere Räume: zusammen so viele wie alle Räume")
        return
    if rest:
        made.note("rest", False, f"keine Räume, bitte zuordnen: {_listed(rest)}")


def _near(one: float, other: float) -> bool:
    return other > 0 and abs(one - other) <= 0.02 * other


def _sums(made: Proposal, column: Column, matched: Matched) -> dict[str, float]:
    """The sum of the first column with numbers, by text; "own": of all areas."""
    layout = made.layout
    assert layout is not None
    own = {*matched.direct, *matched.translated}
    for i in reversed(range(len(layout.header))):
        texts = layout.column(i)
        values = [number(text) for text in texts]
        if i == column.number or sum(v is None for v in values) > 0.2 * len(values):
            continue
        found: dict[str, float] = {"own": 0.0}
        for area, value in zip(column.texts, values, strict=True):
            found[area] = found.get(area, 0.0) + (value or 0)
            if area in own:
                found["own"] += value or 0
        return found
    return {}
