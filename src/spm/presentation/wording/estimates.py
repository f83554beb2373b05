"""How the report says that values of earlier areas were moved onto today's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spm.presentation.blocks import from_data
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording.grammar import named_or_counted, so_many
from spm.text.numbers import NBSP, format_years, join_words

SIGN = "≈"
LEGEND = "auf heutige Räume umgerechnet (geschätzt)"


def estimated_years(view: IndicatorView, *areas: str) -> list[int]:
    """Years in which at least one of the areas (default: any) shows an estimate."""
    keys = areas or tuple(raum for raum, _ in view.area_names)
    return [y for y in view.years if any(view.row(raum, y).geschaetzt for raum in keys)]


def with_sign(row: AreaRow, text: str) -> str:
    """A value, with the sign of estimates before it if it is one: ``"≈ 12,3"``."""
    return f"{SIGN}{NBSP}{text}" if row.geschaetzt else text


def explanation(rows: Iterable[AreaRow]) -> str:
    """What the sign means; empty if none of the rows bears it."""
    return f"{SIGN} {LEGEND}" if any(row.geschaetzt for row in rows) else ""


def rings_note(view: IndicatorView) -> str:
    """What rings in a time series mean; empty if there are none."""
    return f"Ringe, gestrichelt: {LEGEND}." if estimated_years(view) else ""


def which_years(view: IndicatorView, years: Sequence[int]) -> str:
    """``"2018 und 2019"``, ``"2018 bis 2020"``; of pooled years ``"2018–2020 und 2019–2021"``."""
    if view.window == 1:
        return format_years(years)
    return join_words([view.short_years(year) for year in years])


def estimates_note(view: IndicatorView) -> str:
    """The sentence on estimates among the values of the reporting year; empty if there are none."""
    rows = [row for row in view.areas if row.geschaetzt]
    if not rows:
        return ""
    whose = f"für {named_or_counted(rows, view.place, case='akk')}"
    if len(rows) == len(view.areas):
        whose = f"der {from_data(view.place.plural)}"
    one = len(rows) == 1 and not rows[0].plural
    what = f"Der Wert {whose} enthält" if one else f"Die Werte {whose} enthalten"
    return (
        f"{what} Zahlen aus Jahren mit anderen Grenzen. Sie sind auf die heutigen Grenzen "
        "umgerechnet und deshalb geschätzt."
    )


def earlier_years(view: IndicatorView, compared: Sequence[int]) -> str:
    """The sentence on estimates in a time series; empty if there are none.

    Parameters
    ----------
    compared : estimated years on which a change rests that the text before tells of.
    """
    years = estimated_years(view)
    if not years:
        return ""
    n = sum(bool(estimated_years(view, raum)) for raum, _ in view.area_names)
    whose = f"von {so_many(n, view.place, case='dat')}"
    if n == len(view.area_names):
        whose = f"der {from_data(view.place.plural)}"
    when = which_years(view, years)
    if set(years) & set(compared):
        return (
            "Diese Veränderungen beruhen zum Teil auf geschätzten Werten: Für "
            f"{when} sind die Werte {whose} auf die heutigen Grenzen umgerechnet."
        )
    return (
        f"Für {when} sind die Werte {whose} auf die heutigen Grenzen umgerechnet und deshalb "
        "geschätzt."
    )


def alt_text(view: IndicatorView, years: Sequence[int]) -> str:
    """The same for alt texts: of a time series, or of the reporting year."""
    return f"{which_years(view, years)} {LEGEND}." if years else ""
