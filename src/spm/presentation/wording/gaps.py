"""What is missing, and why: areas without a number, indicators without a figure."""

from __future__ import annotations

from spm.presentation.blocks import from_data
from spm.presentation.views import IndicatorView
from spm.presentation.wording.areas import for_areas
from spm.presentation.wording.choice import pick
from spm.presentation.wording.grammar import capitalised, for_municipality, quoted, so_many
from spm.presentation.wording.pooling import for_period
from spm.published import ABSENDER_GESPERRT, GESPERRT, NICHT_BERECHENBAR, NICHT_GELIEFERT


def missing_values(view: IndicatorView) -> str:
    """Areas without a number in the reporting year, and why."""
    if view.whole_only:
        where = from_data(view.place.plural)
        whom = for_municipality(view.place)
        how = "Veröffentlicht" if view.groups else "Geliefert"
        return f"{how} wurde der Wert nur {whom} insgesamt, nicht für einzelne {where}."
    parts = []
    for status in (GESPERRT, ABSENDER_GESPERRT, NICHT_GELIEFERT, NICHT_BERECHENBAR):
        for pooled in (False, True):
            rows = [
                row for row in view.areas if row.status == status and view.is_pooled(row) == pooled
            ]
            if not rows:
                continue
            whom = for_areas(rows, view)
            usual = f"{capitalised(whom)} {_REASONS[status][pooled]}."
            other = f"Aus Gründen der Geheimhaltung wird der Wert {whom} nicht gezeigt."
            parts.append(pick(view, usual, other) if status == GESPERRT else usual)
    return " ".join(parts)


_HIDDEN = "wird der Wert aus Gründen der Geheimhaltung nicht gezeigt"
_NO_VALUE = "ist kein Wert berechenbar"
_REASONS = {
    GESPERRT: (_HIDDEN, _HIDDEN),
    ABSENDER_GESPERRT: (
        "hat der Absender den Wert geheim gehalten",
        "hat der Absender Angaben geheim gehalten",
    ),
    NICHT_GELIEFERT: ("wurde kein Wert geliefert", "wurden nicht alle Angaben geliefert"),
    NICHT_BERECHENBAR: (_NO_VALUE, _NO_VALUE),
}
"""Why there is no number: of one year and area, of several ones together."""


def no_value(view: IndicatorView) -> str:
    """The one sentence in place of a figure that cannot be drawn."""
    name = quoted(view.indicator.titel)
    if not view.delivered:
        # Delivered, perhaps, but in groups that do not make it up: readers need not know which
        return f"Zur Kennzahl {name} liegen keine passenden Angaben vor."
    states, when = {row.status for row in view.areas}, for_period(view)
    what = "vollständigen Angaben" if view.window > 1 else "Werte"
    if states == {NICHT_GELIEFERT}:
        return f"Zur Kennzahl {name} wurden {when} keine {what} geliefert."
    if states <= {GESPERRT, ABSENDER_GESPERRT}:
        return (
            f"Die Werte zur Kennzahl {name} werden {when} aus Gründen der Geheimhaltung nicht "
            "gezeigt."
        )
    return f"Zur Kennzahl {name} gibt es {when} keine Werte, die gezeigt werden können."


def no_map(view: IndicatorView) -> str:
    """The one sentence in place of a map on which no area would differ by more than chance."""
    one = so_many(1, view.place, case="dat")
    return (
        f"Zur Kennzahl {quoted(view.indicator.titel)} entfällt {for_period(view)} die Karte: Bei "
        f"k{one} ist ein Unterschied zur übrigen Kommune nachweisbar."
    )
