"""Targets and measures in words and signs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spm.presentation import judging
from spm.presentation.synthesis.measured import Measured
from spm.presentation.wording.grammar import capitalised
from spm.rawfiles.targets import OFFEN as OPEN
from spm.rawfiles.targets import STATES, TEILWEISE, UMGESETZT, Measure
from spm.synthesis.targets import (
    AUF_KURS,
    COURSES,
    ERREICHT,
    HINTER_PLAN,
    NICHT_MESSBAR,
    OFFEN,
    shares,
)
from spm.text.numbers import NBSP, format_value, join_words, number_word

SIGNS = {ERREICHT: "●", AUF_KURS: "+", OFFEN: "○", HINTER_PLAN: "−", NICHT_MESSBAR: "/"}
WORDS = {
    ERREICHT: "erreicht",
    AUF_KURS: "auf Kurs",
    OFFEN: "offen",
    HINTER_PLAN: "hinter Plan",
    NICHT_MESSBAR: "nicht messbar",
}
GROUNDS = {
    ERREICHT: judging.GUENSTIG2,
    AUF_KURS: judging.GUENSTIG,
    OFFEN: judging.GLEICH,
    HINTER_PLAN: judging.UNGUENSTIG,
    NICHT_MESSBAR: judging.NONE,
}
"""Favourable and unfavourable look here as everywhere."""

MEANS = {
    ERREICHT: "das ganze Vertrauensintervall liegt am Zielwert oder jenseits davon",
    AUF_KURS: "der Wert liegt nachweisbar günstiger als der Pfad",
    OFFEN: "das Vertrauensintervall enthält den Pfad, der Unterschied kann Zufall sein",
    HINTER_PLAN: "der Wert liegt nachweisbar ungünstiger als der Pfad",
}

BY_THE_NUMBER = (
    "Eine Zielerreichung ab 100\u00a0% heißt ohne das Zeichen ● nur: Der Wert hat den Zielwert "
    "rechnerisch erreicht; dass er jenseits davon liegt, kann Zufall sein."
)

DONE_SIGNS = {UMGESETZT: "●", TEILWEISE: "→", OPEN: "○"}
DONE_WORDS = {UMGESETZT: "umgesetzt", TEILWEISE: "teilweise umgesetzt", OPEN: "noch offen"}

LIMITS = (
    "Der Pfad verbindet Ausgangswert und Zielwert mit einer geraden Linie. Er ist eine "
    "Vereinbarung und keine Vorhersage: Viele Veränderungen verlaufen nicht gleichmäßig. Der "
    "Ausgangswert gilt dabei als fest, obwohl auch er zufällig schwankt; und von zwanzig Werten, "
    "die genau auf dem Pfad liegen, erscheint im Mittel einer nur durch Zufall davor oder "
    "dahinter.",
    "Ob sich ein Wert wegen einer Maßnahme verändert hat, zeigen diese Zahlen nicht. Die "
    "Wirkungsannahme sagt, was erwartet wird; andere Ursachen und Zuzüge wirken zur selben Zeit.",
)


def state(found: Measured) -> str:
    """``"+ auf Kurs"``, with the reason of one that cannot be measured."""
    why = f": {found.why}" if found.why else ""
    return f"{SIGNS[found.course]}{NBSP}{WORDS[found.course]}{why}"


def only_by_number(found: Measured) -> bool:
    """Whether a value is at its target, but not by more than chance."""
    return found.line is not None and found.course != ERREICHT and found.attained >= 1


def done(measure: Measure) -> str:
    """``"→ teilweise umgesetzt"``"""
    return f"{DONE_SIGNS[measure.stand]}{NBSP}{DONE_WORDS[measure.stand]}"


def explained(courses: Sequence[str]) -> str:
    """What the signs mean that occur, as part of a note."""
    parts = [
        f"{SIGNS[name]}{NBSP}{WORDS[name]}: {MEANS[name]}" for name in MEANS if name in courses
    ]
    return "; ".join(parts)


def targets_told(found: Sequence[Measured]) -> str:
    """How many targets are where; empty without any."""
    if not found:
        return ""
    if len(found) == 1:
        return f"Ein Ziel hat eine Kennzahl; es ist {WORDS[found[0].course]}."
    counted = Counter(entry.course for entry in found)
    parts = [
        f"{_so_many(counted[name], 'eines')} {WORDS[name].replace(' ', NBSP)}"
        for name in COURSES
        if counted[name]
    ]
    verb = "ist" if parts[0].startswith("eines") else "sind"
    text = f"Von {number_word(len(found))} Zielen mit einer Kennzahl {verb} {join_words(parts)}."
    if counted[OFFEN]:
        text += " Offen heißt: Der Unterschied zum vereinbarten Pfad kann Zufall sein."
    return text


def measures_told(measures: Sequence[Measure]) -> str:
    """How many measures are done, with shares; empty without any."""
    found = shares((measure.stand for measure in measures), STATES)
    if not found:
        return ""
    if len(measures) == 1:
        return f"Die eine Maßnahme ist {DONE_WORDS[measures[0].stand]}."
    counts = [found[name][0] for name in STATES]
    parts = [
        f"{_so_many(n, 'eine')} {DONE_WORDS[name]} ({_share(found[name][1])})"
        for name, n in zip(STATES, counts, strict=True)
        if n
    ]
    verb = "ist" if parts[0].startswith("eine ") else "sind"
    text = f"Von {number_word(len(measures))} Maßnahmen {verb} {join_words(parts)}."
    if counts[0] and counts[1]:
        begun = found[UMGESETZT][1] + found[TEILWEISE][1]
        text += f" Ganz oder teilweise umgesetzt sind zusammen {_share(begun)}."
    return text


def without_anything(goals: int, bare: int) -> str:
    """How many Teilziele have neither a measure nor an indicator; empty if all have one."""
    if not bare:
        return ""
    verb = "hat" if bare == 1 else "haben"
    return (
        f"{capitalised(_so_many(bare, 'eines'))} von {number_word(goals)} Teilzielen {verb} weder "
        "Maßnahme noch Kennzahl."
    )


def _so_many(n: int, one: str) -> str:
    return one if n == 1 else number_word(n)


def _share(share: float) -> str:
    return format_value(100 * share, "%", 0)
