"""The rules that the deliveries agreed on, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from spm.presentation.numbers import NBSP, aufzaehlung, zahl, zahlwort
from spm.presentation.wording.grammar import genannt

if TYPE_CHECKING:
    from spm.params import Lieferung

GROUPS = {
    "alter": "Alter",
    "geschlecht": "Geschlecht",
    "staatsangehoerigkeit": "Staatsangehörigkeit",
    "auspraegung": "Merkmalen im Einzelnen",
}


def small_numbers(deliveries: Sequence[Lieferung]) -> str:
    """From how many cases on values are shown."""
    limits = sorted({entry.mindestfallzahl for entry in deliveries})
    if not limits:
        return ""
    if len(limits) == 1:
        if limits[0] == 1:
            return "Auch Werte, hinter denen nur ein Fall steht, werden gezeigt."
        return (
            f"Werte, hinter denen weniger als {zahlwort(limits[0])} Fälle stehen, werden nicht "
            "gezeigt."
        )
    return (
        "Werte, hinter denen zu wenige Fälle stehen, werden nicht gezeigt. Die Grenze legt die "
        f"liefernde Stelle fest; sie liegt je nach Lieferung zwischen {zahl(limits[0])} und "
        f"{zahl(limits[-1])} Fällen."
    )


def zeros(deliveries: Sequence[Lieferung]) -> str:
    """Whether a counted 0 is shown."""
    shown = [entry for entry in deliveries if entry.nullen_veroeffentlichen]
    hidden = [entry for entry in deliveries if not entry.nullen_veroeffentlichen]
    if not deliveries:
        return ""
    if not shown:
        return "Auch eine gezählte Null wird nicht gezeigt."
    if not hidden:
        return "Eine gezählte Null wird gezeigt."
    if len(shown) <= len(hidden):
        return f"Auch eine gezählte Null wird nicht gezeigt, außer {_bei(shown)}."
    return f"Eine gezählte Null wird gezeigt, außer {_bei(hidden)}."


def further(deliveries: Sequence[Lieferung]) -> list[str]:
    """Rules besides the threshold and the one for zeros: a sentence each, with its deliveries."""
    return [
        *_own_thresholds(deliveries),
        *_grouped(
            deliveries,
            lambda entry: entry.mindestnenner,
            lambda least, where: (
                f"Für Gruppen mit weniger als {zahlwort(least)} Personen oder Haushalten werden"
                f"{where} keine Werte gezeigt."
            ),
        ),
        *_grouped(deliveries, lambda entry: entry.dominanz, _dominance),
        *_grouped(
            deliveries,
            lambda entry: entry.rundung,
            lambda base, where: (
                f"Anzahlen sind{where} auf Vielfache von {zahl(base)} gerundet; Anteile und Raten "
                "sind aus den gerundeten Anzahlen berechnet."
            ),
        ),
    ]


def limits_of(entry: Lieferung) -> str:
    """The thresholds of a delivery for a table cell: ``"3; nach Alter: 10"``."""
    own = [
        f"{_tables(a.nach) or 'einzelne Tabellen'}: {zahl(a.mindestfallzahl)}"
        for a in entry.abweichend
    ]
    return "; ".join(dict.fromkeys([zahl(entry.mindestfallzahl), *own]))


def _own_thresholds(deliveries: Sequence[Lieferung]) -> list[str]:
    sentences = []
    for entry in deliveries:
        for own in entry.abweichend:
            which = f"Angaben {_tables(own.nach)}" if own.nach else "einzelne Tabellen"
            cases = (
                "einem Fall"
                if own.mindestfallzahl == 1
                else (f"{zahlwort(own.mindestfallzahl)} Fällen")
            )
            sentences.append(f"Für {which} liegt die Grenze {_bei([entry])} bei {cases}.")
    return list(dict.fromkeys(sentences))


def _tables(groups: Sequence[str]) -> str:
    names = [GROUPS[group] for group in GROUPS if group in groups]
    return f"nach {aufzaehlung(names).replace(' und ', ' oder ')}" if names else ""


def _dominance(rule: Any, where: str) -> str:
    largest = (
        "eine einzige Einrichtung" if rule.n == 1 else f"höchstens {zahlwort(rule.n)} Einrichtungen"
    )
    percent = zahl(rule.k, 0 if rule.k == int(rule.k) else 1)
    return (
        f"Werte, die zu mehr als {percent}{NBSP}% auf {largest} zurückgehen, werden{where} nicht "
        "gezeigt."
    )


def _grouped(
    deliveries: Sequence[Lieferung],
    rule: Callable[[Lieferung], object],
    sentence: Callable[..., str],
) -> list[str]:
    """One sentence for every value of a rule; it names the deliveries unless it is for all."""
    values = []
    for entry in deliveries:
        value = rule(entry)
        if value is not None and value not in values:
            values.append(value)
    sentences = []
    for value in values:
        concerned = [entry for entry in deliveries if rule(entry) == value]
        everywhere = len(concerned) == len(deliveries)
        sentences.append(sentence(value, "" if everywhere else f" {_bei(concerned)}"))
    return sentences


def _bei(deliveries: Sequence[Lieferung]) -> str:
    """``"bei der Lieferung „Einwohnerbestand“"``."""
    noun = "der Lieferung" if len(deliveries) == 1 else "den Lieferungen"
    return f"bei {noun} {aufzaehlung([genannt(entry.titel) for entry in deliveries])}"
