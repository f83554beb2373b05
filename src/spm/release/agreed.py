"""Rules by which a row is held back although no number in it is small: each kind in words.

What is agreed on is a key of the delivery (`spm.config.delivery`); which rows that holds back, and
what readers infer who know of it, is a class of `spm.disclosure.model.heldback`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from spm.text.numbers import NBSP, format_number, number_word

if TYPE_CHECKING:
    from spm.config.delivery import Dominanz


class Agreed(NamedTuple):
    """One kind.

    Parameters
    ----------
    key : of the delivery; its value is None where the rule is not agreed on.
    sentence : what the rule says, of its value and of the deliveries that it is for (" bei …").
    known : what readers know who know the rule, and where the auditor is given it, as in
        `spm.release.readerknowledge.Knowledge`.
    """

    key: str
    sentence: Callable[[Any, str], str]
    known: tuple[str, str]


def _least_denominator(least: int, where: str) -> str:
    return (
        f"Für Gruppen mit weniger als {number_word(least)} Personen oder Haushalten werden"
        f"{where} keine Werte gezeigt."
    )


def _dominance(rule: Dominanz, where: str) -> str:
    largest = (
        "eine einzige Einrichtung"
        if rule.n == 1
        else f"höchstens {number_word(rule.n)} Einrichtungen"
    )
    percent = format_number(rule.k, 0 if rule.k == int(rule.k) else 1)
    return (
        f"Werte, die zu mehr als {percent}{NBSP}% auf {largest} zurückgehen, werden{where} nicht "
        "gezeigt."
    )


AGREED = (
    Agreed(
        "mindestnenner",
        _least_denominator,
        (
            "**Den kleinsten Nenner**: ob ein Wert fehlt, weil die Bezugsgruppe zu klein ist.",
            "model.heldback.Denominators.inferred",
        ),
    ),
    Agreed(
        "dominanz",
        _dominance,
        (
            "**Die Dominanzregel**: ob die größten Einrichtungen zu viel von einer Zahl haben.",
            "model.dominance.Dominances.inferred",
        ),
    ),
)
"""In the order in which the report tells them."""
