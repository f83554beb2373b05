"""Sentences and cells about places beside need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from spm.presentation.blocks import from_data
from spm.presentation.wording.grammar import in_municipality, number_kept, quoted, with_article
from spm.text.numbers import NBSP, format_number, format_value, join_words

if TYPE_CHECKING:
    from spm.presentation.places import Place

EVERY = "alle Lebensphasen"
EVERY_AGE = "für jedes Alter"
"""How offers of no single phase are called beside the others: not to be read as their sum."""


def limits(place: Place) -> str:
    """What places do not say."""
    return (
        "Die Liste ist so vollständig, wie die Kommune sie führt. Plätze sagen nicht, wer kommt; "
        f"Familien nutzen auch Angebote anderer {from_data(place.plural)}. Wo mehr vom Bedarf als "
        "von den Plätzen ist, ist das ein Anlass zur Frage und kein Fehlbestand."
    )


HEADS = {
    EVERY: EVERY_AGE,
    "Schwangerschaft und Geburt": "rund um die Geburt",
    "Übergang in den Beruf": "Weg in den Beruf",
}
"""Phases of life whose names are too long for a narrow column."""


def called(phase: str) -> str:
    """A phase of life as the head of a column."""
    return HEADS.get(phase, phase)


def same_need(indicator: str, phases: int, place: Place) -> str:
    """That one indicator is the need of all phases, before anybody compares them."""
    every = " für jede Lebensphase" if phases > 1 else ""
    return (
        f"Als Bedarf gilt{every} der Anteil an allen, die die Kennzahl {quoted(indicator)} "
        f"{in_municipality(place)} zählt{', nicht nur an denen im jeweiligen Alter' * bool(every)}."
    )


def need_told(
    keys: Mapping[str, Sequence[str]], lacking: Sequence[str], phases: int, place: Place
) -> str:
    """What counts as need, and of which phases it is not published.

    Parameters
    ----------
    keys : phases by the short title of the indicator that counts their need.
    lacking : phases whose need is not published everywhere.
    phases : how many there are.
    """
    told = []
    for title, found in keys.items():
        which = "" if len(found) == phases else f" ({_listed(found)})"
        told.append(f"{quoted(title)}{which}")
    text = ""
    if told:
        area = with_article(place, "akk")
        text = (
            f"Bedarf: Anteil, der auf {area} entfällt, an allen, die die Kennzahl "
            f"{' oder '.join(told)} zählt."
        )
    if lacking:
        text += (
            f" Ohne Bedarf bei {_listed(lacking)}: Er ist nicht für alle "
            f"{from_data(place.plural)} veröffentlicht."
        )
    return text.strip()


def widest(
    phase: str, name: str, indicator: str, need: tuple[float, float], places: tuple[float, float]
) -> str:
    """The area and phase where need and places lie farthest apart; both as (there, of all)."""
    which = EVERY_AGE if phase == EVERY else f"für {quoted(phase)}"
    return (
        f"Am weitesten liegen Bedarf und Plätze bei Präventionsangeboten {which} in "
        f"{number_kept(name)} auseinander: Dort leben {percent(need[0] / need[1])} derer, die "
        f"die Kennzahl {quoted(indicator)} zählt ({_of(need)}), dort liegen "
        f"{percent(places[0] / places[1])} der Plätze ({_of(places)})."
    )


def cell(places: np.ndarray, i: int, need: np.ndarray | None, compared: bool) -> str:
    """``"19 (9 %)"``: places and their share of all; with a need of its own that stands behind:
    ``"19 (9 % · 56 %)"``. Without any need to compare, the places alone."""
    shown = format_number(places[i])
    if not compared:
        return shown
    beside = f" · {percent(need[i] / need.sum())}" if need is not None else ""
    if not places[i] and not beside:
        return shown
    beside = f"{percent(places[i] / places.sum())}{beside}".replace(" ", NBSP)
    return f"{shown} ({beside})"  # in a narrow column the line ends between both


def percent(share: float) -> str:
    """In whole percent."""
    return format_value(100 * float(share), "%", 0)


def _of(part: tuple[float, float]) -> str:
    return " von ".join(format_number(number) for number in part)


def _listed(phases: Sequence[str]) -> str:
    return join_words([quoted(called(phase)) for phase in phases])
