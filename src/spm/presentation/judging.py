"""How a value stands out, in one of nine names that every figure, table and style shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spm.presentation.views import AreaRow, IndicatorView
from spm.published import (
    DEUTLICH_UEBER,
    DEUTLICH_UNTER,
    GESAMT,
    HOEHER,
    KLASSEN,
    NIEDRIGER,
    UEBER,
    UNTER,
    WIE,
)

if TYPE_CHECKING:
    from spm.published import ComparisonValue

NONE: Final = ""
"""Not compared: no test could be made, or the value is not published."""

GUENSTIG2, GUENSTIG, GLEICH = "guenstig2", "guenstig", "gleich"
UNGUENSTIG, UNGUENSTIG2 = "unguenstig", "unguenstig2"
HOEHER2, HOEHER1, NIEDRIGER1, NIEDRIGER2 = "hoeher2", "hoeher", "niedriger", "niedriger2"

FAVOURABLE, UNFAVOURABLE = (GUENSTIG2, GUENSTIG), (UNGUENSTIG, UNGUENSTIG2)
"""Of indicators of which the catalogue says what a high value means."""

UNJUDGED = (HOEHER2, HOEHER1, NIEDRIGER1, NIEDRIGER2)
"""Different, where the catalogue judges neither; never in the colours of the judged ones."""

NAMES = (*FAVOURABLE, GLEICH, *UNFAVOURABLE, *UNJUDGED)
"""Classes of spans and of CSS, and keys of palettes; a 2 is the stricter level."""

SIGNS: dict[str, str] = {
    GUENSTIG2: "++",
    GUENSTIG: "+",
    GLEICH: "",
    UNGUENSTIG: "−",
    UNGUENSTIG2: "−−",
    HOEHER2: "▲▲",
    HOEHER1: "▲",
    NIEDRIGER1: "▼",
    NIEDRIGER2: "▼▼",
    NONE: "",
}
"""Behind a value: what its colour says, for those who do not see it."""

WORDS: dict[str, str] = {
    GUENSTIG2: "deutlich günstiger",
    GUENSTIG: "günstiger",
    GLEICH: "nicht nachweisbar anders",
    UNGUENSTIG: "ungünstiger",
    UNGUENSTIG2: "deutlich ungünstiger",
    HOEHER2: "deutlich höher",
    HOEHER1: "höher",
    NIEDRIGER1: "niedriger",
    NIEDRIGER2: "deutlich niedriger",
    NONE: "nicht verglichen",
}

_NEUTRAL = dict(zip(KLASSEN, (HOEHER2, HOEHER1, GLEICH, NIEDRIGER1, NIEDRIGER2), strict=True))
_ADVERSE = dict(zip(KLASSEN, (UNGUENSTIG2, UNGUENSTIG, GLEICH, GUENSTIG, GUENSTIG2), strict=True))
_BENEFICIAL = {
    DEUTLICH_UEBER: GUENSTIG2,
    UEBER: GUENSTIG,
    WIE: GLEICH,
    UNTER: UNGUENSTIG,
    DEUTLICH_UNTER: UNGUENSTIG2,
}
_BY_DIRECTION = {"belastend": _ADVERSE, "entlastend": _BENEFICIAL}


def judgement(view: IndicatorView, row: AreaRow) -> str:
    """How a row differs from the rest of the municipality, by the test alone.

    Returns
    -------
    str
        One of `NAMES`, or `NONE` if the row shows no number or was not compared.
    """
    if not row.ok or row.klasse is None:
        return NONE
    return _BY_DIRECTION.get(view.indicator.richtung, _NEUTRAL)[row.klasse]


def against(view: IndicatorView, value: ComparisonValue) -> str:
    """How the municipality's value of the same year differs from that of another place.

    The other value comes without counts, so it is taken as it is: the municipality differs where
    the value lies outside its own 95 % interval. There is no stricter level.

    Returns
    -------
    str
        One of `NAMES` without a 2, or `NONE` if there is no interval.
    """
    row = view.row(GESAMT, value.jahr)
    if not row.has_interval:
        return NONE
    low, high = row.limits
    klasse = UEBER if low > value.wert else UNTER if high < value.wert else WIE
    return _BY_DIRECTION.get(view.indicator.richtung, _NEUTRAL)[klasse]


def judged(view: IndicatorView) -> bool:
    """Whether the catalogue says what a high value of the indicator means."""
    return view.indicator.richtung in _BY_DIRECTION


def differs(view: IndicatorView) -> bool:
    """Whether any area differs from the rest of the municipality by the test."""
    return any(row.klasse in (*HOEHER, *NIEDRIGER) for row in view.published)
