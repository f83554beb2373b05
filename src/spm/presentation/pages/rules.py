"""The rules that the deliveries agreed on, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from spm.presentation.wording.grammar import quoted
from spm.release.agreed import AGREED
from spm.text.numbers import format_number, join_words, number_word

if TYPE_CHECKING:
    from spm.config.delivery import Lieferung, Verfahren

GROUPS = {
    "alter": "Alter",
    "geschlecht": "Geschlecht",
    "staatsangehoerigkeit": "Staatsangehörigkeit",
    "auspraegung": "Merkmalen im Einzelnen",
}


_NOT_COMPARED = "Ihre Gebiete werden deshalb nicht mit dem Rest der Kommune verglichen."
TOTALS = {
    "mehr": "Einzelne Gesamtzahlen zählen{where} auch Fälle, die zu keinem Gebiet gehören, und "
    "können mehr sein als alle Gebiete zusammen.",
    "weniger": "Einzelne Gesamtzahlen zählen{where} nicht alles, was in den Gebieten gezählt ist, "
    "zum Beispiel keine Umzüge zwischen ihnen, und sind nie mehr als alle Gebiete zusammen. "
    + _NOT_COMPARED,
    "anders": "Einzelne Gesamtzahlen zählen{where} etwas anderes als die Gebiete und sind nicht "
    "deren Summe. " + _NOT_COMPARED,
}
"""What the report says of totals that are not the sum of their areas (``gesamtzahl``)."""


def small_numbers(deliveries: Sequence[Lieferung]) -> str:
    """From how many cases on values are shown."""
    limits = sorted({entry.mindestfallzahl for entry in deliveries if _suppressed(entry)})
    if not limits:
        return ""
    all_of_them = all(map(_suppressed, deliveries))
    but = "" if all_of_them else " Ausgenommen sind gerundete und schon veränderte Anzahlen."
    if len(limits) == 1:
        if limits[0] == 1:
            return "Auch Werte, hinter denen nur ein Fall steht, werden gezeigt."
        return (
            f"Werte, hinter denen weniger als {number_word(limits[0])} Fälle stehen, werden nicht "
            f"gezeigt.{but}"
        )
    return (
        "Werte, hinter denen zu wenige Fälle stehen, werden nicht gezeigt. Die Grenze legt die "
        f"liefernde Stelle fest; sie liegt je nach Lieferung zwischen {format_number(limits[0])} "
        f"und {format_number(limits[-1])} Fällen.{but}"
    )


WITHIN = (
    "Wird eine Anzahl nicht gezeigt, weil sie zu klein ist, so wird auch von ihren Teilen keine "
    "Null gezeigt."
)
"""Else two children of one age, a boy and a girl, would be told by the gaps at both."""


def zeros(deliveries: Sequence[Lieferung]) -> str:
    """Whether a counted 0 is shown; within a group that is too small it never is."""
    deliveries = [entry for entry in deliveries if _suppressed(entry)]
    shown = [entry for entry in deliveries if entry.nullen_veroeffentlichen]
    hidden = [entry for entry in deliveries if not entry.nullen_veroeffentlichen]
    if not deliveries:
        return ""
    if not shown:
        return "Auch eine gezählte Null wird nicht gezeigt."
    if not hidden:
        rule = "Eine gezählte Null wird gezeigt."
    elif len(shown) <= len(hidden):
        rule = f"Auch eine gezählte Null wird nicht gezeigt, außer {_about(shown)}."
    else:
        rule = f"Eine gezählte Null wird gezeigt, außer {_about(hidden)}."
    return f"{rule} {WITHIN}"


def further(deliveries: Sequence[Lieferung]) -> list[str]:
    """Rules besides the threshold and the one for zeros: a sentence each, with its deliveries."""
    return [
        *_own_thresholds(deliveries),
        *(
            sentence
            for kind in AGREED
            for sentence in _grouped(deliveries, attrgetter(kind.key), kind.sentence)
        ),
        *_grouped(deliveries, lambda entry: entry.rundung, _rounded),
        *_grouped(deliveries, lambda entry: entry.verfahren, _changed),
        *_units(deliveries),
        *_totals(deliveries),
    ]


def limits_of(entry: Lieferung) -> str:
    """The thresholds of a delivery for a table cell: ``"3; nach Alter: 10"``."""
    if not _suppressed(entry):
        return (
            f"gerundet auf {format_number(entry.rundung)}" if entry.rundung else "schon verändert"
        )
    own = [
        f"{_tables(a.nach) or 'einzelne Tabellen'}: {format_number(a.mindestfallzahl)}"
        for a in entry.abweichend
    ]
    return "; ".join(dict.fromkeys([format_number(entry.mindestfallzahl), *own]))


def _own_thresholds(deliveries: Sequence[Lieferung]) -> list[str]:
    sentences = []
    for entry in filter(_suppressed, deliveries):
        for own in entry.abweichend:
            which = f"Angaben {_tables(own.nach)}" if own.nach else "einzelne Tabellen"
            cases = (
                "einem Fall"
                if own.mindestfallzahl == 1
                else (f"{number_word(own.mindestfallzahl)} Fällen")
            )
            sentences.append(f"Für {which} liegt die Grenze {_about([entry])} bei {cases}.")
    return list(dict.fromkeys(sentences))


def _tables(groups: Sequence[str]) -> str:
    names = [GROUPS[group] for group in GROUPS if group in groups]
    return f"nach {join_words(names).replace(' und ', ' oder ')}" if names else ""


def _suppressed(entry: Lieferung) -> bool:
    """Whether small counts of a delivery are suppressed: not if they are rounded instead, or if its
    sender has changed all of them."""
    return not entry.rundung and not entry.protected_by_sender


def _rounded(base: int, where: str) -> str:
    up_to = (base - 1) // 2
    zero = f" Eine gezeigte Null steht für null bis {number_word(up_to)} Fälle." if up_to else ""
    return (
        f"Anzahlen sind{where} auf Vielfache von {format_number(base)} gerundet, statt kleine zu "
        f"sperren, und auch Summen sind für sich gerundet.{zero} Anteile, Raten und ihre "
        "Unsicherheit sind aus den gerundeten Anzahlen berechnet. "
        "Gesperrt wird nur, wo sich sonst eine kleine Zahl genauer bestimmen ließe."
    )


def _changed(how: Verfahren, where: str) -> str:
    method = {
        "cell_key": "zufällig um höchstens {} verändert (Cell-Key-Methode)",
        "rundung": "gerundet, sodass jede um höchstens {} von der wahren abweicht",
    }[how.art].format(number_word(how.abweichung))
    small = (
        "kleine Anzahlen sind dadurch geschützt und werden nicht gesperrt"
        if how.keine_weitere_sperrung
        else "kleine Anzahlen werden trotzdem gesperrt"
    )
    return (
        f"Alle Anzahlen hat{where} schon die liefernde Stelle {method}. Summen gehen deshalb nicht "
        f"immer auf; {small}."
    )


def _units(deliveries: Sequence[Lieferung]) -> list[str]:
    """People of few households are protected; measures are names for analysts only."""
    concerned = [entry for entry in deliveries if entry.beitragende]
    if not concerned:
        return []
    where = "" if len(concerned) == len(deliveries) else f" {_about(concerned)}"
    return [
        f"Anzahlen von Personen werden{where} auch dann nicht gezeigt, wenn die Personen aus zu "
        "wenigen Einheiten stammen, zum Beispiel aus zwei Bedarfsgemeinschaften."
    ]


def _totals(deliveries: Sequence[Lieferung]) -> list[str]:
    """Totals that are not the sum of the areas, and why areas are not compared with the rest."""
    sentences = []
    for extent, sentence in TOTALS.items():

        def said(entry: Lieferung, extent: str = extent) -> str | None:
            return extent if extent in entry.gesamtzahl.values() else None

        def worded(_: str, where: str, sentence: str = sentence) -> str:
            return sentence.format(where=where)

        sentences += _grouped(deliveries, said, worded)
    return sentences


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
        sentences.append(sentence(value, "" if everywhere else f" {_about(concerned)}"))
    return sentences


def _about(deliveries: Sequence[Lieferung]) -> str:
    """``"bei der Lieferung „Einwohnerbestand“"``."""
    noun = "der Lieferung" if len(deliveries) == 1 else "den Lieferungen"
    return f"bei {noun} {join_words([quoted(entry.titel) for entry in deliveries])}"
