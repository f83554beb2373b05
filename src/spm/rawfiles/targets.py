"""What a Zielmatrix holds, and which targets nobody can aim at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from spm.errors import nearest
from spm.rawfiles.publictables import Wrong

if TYPE_CHECKING:
    from spm.config.catalogue import Kennzahl

UMGESETZT, TEILWEISE, OFFEN = STATES = ("umgesetzt", "teilweise", "offen")
"""How far a measure is."""


class Goal(NamedTuple):
    """A Teilziel under its Leitziel."""

    leitziel: str
    teilziel: str


class Target(NamedTuple):
    """What an indicator is to be: in an area (or "gesamt", or a group of areas), in a year.

    ``ausgangswert`` is None where the file leaves it to the report.
    """

    goal: Goal
    kennzahl: str
    raum: str
    ausgangsjahr: int
    ausgangswert: float | None
    zieljahr: int
    zielwert: float
    line: int

    @property
    def about(self) -> tuple[str, str]:
        """Whose value it is: indicator and area."""
        return self.kennzahl, self.raum


class Measure(NamedTuple):
    """What is done for a goal; ``stand`` is one of `STATES`."""

    goal: Goal
    massnahme: str
    wirkungsannahme: str
    stelle: str
    stand: str
    line: int


class TargetTable(NamedTuple):
    """All of it in the order of the file; a goal may have neither a target nor a measure."""

    goals: tuple[Goal, ...] = ()
    targets: tuple[Target, ...] = ()
    measures: tuple[Measure, ...] = ()


def wrong_indicator(
    key: str, entry: Kennzahl | None, catalogue: Mapping[str, Kennzahl]
) -> list[Wrong]:
    """Why an indicator has no target: nobody knows it, or no value of it counts as better."""
    if entry is None:
        return [("kennzahl", f"Es gibt keine Kennzahl «{key}».{nearest(key, catalogue)}")]
    if entry.richtung == "neutral":
        return [
            (
                "kennzahl",
                f"«{key}» wird nicht gewertet (richtung: neutral): Kein Wert gilt als besser, also "
                "auch keiner als Ziel. Bitte eine gewertete Kennzahl nehmen, oder die Spalten des "
                "Ziels leer lassen.",
            )
        ]
    return []


def impossible(target: Target, entry: Kennzahl) -> list[Wrong]:
    """What cannot be aimed at. A stage that has not begun yet can."""
    wrong: list[Wrong] = []
    if target.zieljahr <= target.ausgangsjahr:
        wrong.append(
            ("zieljahr", f"{target.zieljahr} liegt nicht nach dem Ausgangsjahr "
             f"{target.ausgangsjahr}.")
        )  # fmt: skip
    if target.ausgangswert is None:
        return wrong
    if target.zielwert == target.ausgangswert:
        wrong.append(("zielwert", "Zielwert und Ausgangswert sind gleich."))
    elif (target.zielwert > target.ausgangswert) != (entry.richtung == "entlastend"):
        way = "hohen" if entry.richtung == "entlastend" else "niedrigen"
        wrong.append(
            (
                "zielwert",
                f"Der Zielwert ist ungünstiger als der Ausgangswert: «{target.kennzahl}» ist bei "
                f"einem {way} Wert günstig.",
            )
        )
    return wrong


def same_target(target: Target, other: Target) -> bool:
    """Whether two rows say the same."""
    return target._replace(line=0) == other._replace(line=0)


def against(target: Target, others: Sequence[Target]) -> list[Wrong]:
    """Another target for the same value at the same time."""
    for other in others:
        same = target._replace(line=0, goal=other.goal) == other._replace(line=0)
        together = max(target.ausgangsjahr, other.ausgangsjahr) < min(
            target.zieljahr, other.zieljahr
        )
        if target.about == other.about and together and not same:
            return [
                (
                    "",
                    f"In Zeile {other.line} steht für «{target.kennzahl}» und denselben Raum ein "
                    f"anderes Ziel ({other.ausgangsjahr} bis {other.zieljahr}). Etappen folgen "
                    "aufeinander: Die zweite beginnt in dem Jahr, in dem die erste endet.",
                )
            ]
    return []
