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
    OFFEN: "das Vertrauensintervall enthält den Pfad; ob der Wert günstiger oder ungünstiger ist, "
    "kann Zufall sein",
    HINTER_PLAN: "der Wert liegt nachweisbar ungünstiger als der Pfad",
}

BY_THE_NUMBER = (
    "Eine Zielerreichung ab 100\u00a0% heißt ohne das Zeichen ● nur: Der Wert hat den Zielwert "
    "rechnerisch erreicht; dass er jenseits davon liegt, kann Zufall sein."
)

NO_PROGRESS = "kein Fortschritt nachweisbar"
"""In place of an attainment that may be chance alone."""

NO_PROGRESS_MEANS = (
    f"„{capitalised(NO_PROGRESS)}“ steht statt der Zielerreichung, wo das Vertrauensintervall auch "
    "den Ausgangswert enthält."
)
AWAY_MEANS = (
    "Eine Zielerreichung unter 0\u00a0% heißt: Der Wert ist ungünstiger als der Ausgangswert."
)

DONE_WORDS = {
    UMGESETZT: "umgesetzt",
    TEILWEISE: "teilweise umgesetzt",
    OPEN: "noch nicht umgesetzt",
}
"""Without the signs and words of targets: a measure may be done and its target still be open."""

LIMITS = (
    "Der Pfad verbindet Ausgangswert und Zielwert mit einer geraden Linie. Er ist eine "
    "Vereinbarung und keine Vorhersage: Viele Veränderungen verlaufen nicht gleichmäßig. Der "
    "Ausgangswert gilt dabei als fest, obwohl auch er zufällig schwankt; und von zwanzig Werten, "
    "die genau auf dem Pfad liegen, erscheint im Mittel einer nur durch Zufall davor oder "
    "dahinter.",
    "Ob sich ein Wert wegen einer Maßnahme verändert hat, zeigen diese Zahlen nicht. Die "
    "Wirkungsannahme sagt, was erwartet wird; andere Ursachen, auch Zu- und "
    "Fortzüge, wirken zur selben Zeit.",
)


def state(found: Measured) -> str:
    """``"+ auf Kurs"``, with the reason of one that cannot be measured."""
    why = f": {found.why}" if found.why else ""
    return f"{SIGNS[found.course]}{NBSP}{WORDS[found.course]}{why}"


def only_by_number(found: Measured) -> bool:
    """Whether a value is at its target, but not by more than chance."""
    return found.line is not None and found.course != ERREICHT and found.attained >= 1


def attainment_told(found: Measured) -> str:
    """``"73 %"``, or that no progress is shown; empty for one that cannot be measured."""
    if found.line is None:
        return ""
    return _share(found.attained) if found.left_base else NO_PROGRESS


def attainment_explained(found: Sequence[Measured]) -> list[str]:
    """What the attainments of a table mean that are not plain, as sentences."""
    lines = [entry for entry in found if entry.line is not None]
    told = [entry for entry in lines if entry.left_base]
    return [
        text
        for text, needed in (
            (BY_THE_NUMBER, any(map(only_by_number, told))),
            (NO_PROGRESS_MEANS, len(told) < len(lines)),
            (AWAY_MEANS, any(entry.attained < 0 for entry in told)),
        )
        if needed
    ]


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
        return f"Für eine Kennzahl ist ein Zielwert vereinbart; er ist {WORDS[found[0].course]}."
    counted = Counter(entry.course for entry in found)
    parts = [
        f"{_so_many(counted[name], 'einer')} {WORDS[name].replace(' ', NBSP)}"
        for name in COURSES
        if counted[name]
    ]
    verb = "ist" if parts[0].startswith("einer ") else "sind"
    text = f"Von {number_word(len(found))} Zielwerten für Kennzahlen {verb} {join_words(parts)}."
    if counted[OFFEN]:
        text += " Offen heißt: Der Unterschied zum vereinbarten Pfad kann Zufall sein."
    lines = [entry for entry in found if entry.line is not None]
    still = [entry for entry in lines if not (entry.left_base and entry.attained > 0)]
    if still:
        of = f"{_so_many(len(still), 'einem')} der {number_word(len(found))} Zielwerte"
        of = "allen" if len(still) == len(found) else of
        text += f" Bei {of} ist seit dem Ausgangsjahr kein Fortschritt nachweisbar."
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
    """How many Teilziele have neither a measure nor a target value; empty if all have one."""
    if not bare:
        return ""
    verb = "hat" if bare == 1 else "haben"
    return (
        "Ein Teilziel kann mehrere Zielwerte und Maßnahmen haben oder keine: Von "
        f"{number_word(goals)} Teilzielen {verb} {_so_many(bare, 'eines')} weder Maßnahme noch "
        "Zielwert."
    )


def _so_many(n: int, one: str) -> str:
    return one if n == 1 else number_word(n)


def _share(share: float) -> str:
    return format_value(100 * share, "%", 0)
