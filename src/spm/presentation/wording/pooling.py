"""How the text says that years or areas are counted together."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import from_data
from spm.presentation.views import IndicatorView
from spm.presentation.wording.grammar import capitalised, number_kept
from spm.text.numbers import join_words, number_word

EVENTS = ("rate", "saldo")
"""Kinds of indicators that count what happens within a year: of several years, per year."""

AVERAGE = "Jahresdurchschnitt"

LONGEST = 70
"""Areas of groups are named as long as their names take no more letters than this."""


def in_period(view: IndicatorView, year: int | None = None) -> str:
    """``"im Jahr 2023"``, ``"im Zeitraum 2021 bis 2023"``, of events ``"im Jahresdurchschnitt 2021
    bis 2023"``."""
    if view.window > 1 and view.indicator.art in EVENTS:
        return f"im {AVERAGE} {from_to(view, view.year if year is None else year)}"
    return f"im {_when(view, year)}"


def for_period(view: IndicatorView, year: int | None = None) -> str:
    """``"für das Jahr 2023"``, ``"für den Zeitraum 2021 bis 2023"``."""
    return f"für {'das' if view.window == 1 else 'den'} {_when(view, year)}"


def _when(view: IndicatorView, year: int | None) -> str:
    year = view.year if year is None else year
    if view.window == 1:
        return f"Jahr {year}"
    return f"Zeitraum {from_to(view, year)}"


def from_to(view: IndicatorView, year: int) -> str:
    """``"2021 bis 2023"``, of two years too: after the word "Zeitraum"."""
    return f"{year - view.window + 1} bis {year}"


def years_each(view: IndicatorView) -> str:
    """``"drei Jahre"``: how many are counted together."""
    return f"{number_word(view.window)} Jahre"


def caption_year(view: IndicatorView) -> str:
    """The reporting year in a caption, or ``"2021 bis 2023 zusammengefasst"``; of events
    ``"Jahresdurchschnitt 2021 bis 2023"``."""
    pooled = f"{view.period} zusammengefasst"
    if view.indicator.art in EVENTS:
        pooled = f"{AVERAGE} {from_to(view, view.year)}"
    return _together(view, view.period, pooled)


def caption_series(view: IndicatorView, years: Sequence[int]) -> str:
    """All years of a time series: ``"2018 bis 2023, je drei Jahre zusammengefasst"``.

    Parameters
    ----------
    years : those with a value.
    """
    if not years:
        return ""
    ends = dict.fromkeys((years[0] - view.window + 1, years[-1]))
    span = " bis ".join(map(str, ends))
    each = f"je {years_each(view)} zusammengefasst"
    if view.indicator.art in EVENTS:
        each = f"{AVERAGE} aus je {number_word(view.window)} Jahren"
    return _together(view, span, f"{span}, {each}")


def _together(view: IndicatorView, years: str, pooled: str) -> str:
    if not view.groups:
        return pooled if view.window > 1 else years
    areas = pooled_areas(view)
    if view.window > 1:
        also = f"{areas} zusammengefasst" if view.indicator.art in EVENTS else f"ebenso {areas}"
        return f"{pooled}, {also}"
    return f"{years}, {areas} {'jeweils ' if len(view.groups) > 1 else ''}zusammengefasst"


def pooled_areas(view: IndicatorView) -> str:
    """The areas that are counted together, group by group, or that there are some.

    ``"Sozialraum 2 und Sozialraum 5"``; of two groups ``"A und B sowie C und D"``.
    """
    groups = view.groups.values()
    if sum(len(name) for names in groups for name in names) > LONGEST:
        return f"einige {from_data(view.place.plural)}"
    return " sowie ".join(join_words([number_kept(name) for name in names]) for names in groups)


def pooling_note(view: IndicatorView) -> str:
    """The sentence that tells what is counted together, and what for; empty if nothing is."""
    what = [f"die Zahlen der Jahre {view.period}"] if view.window > 1 else []
    what += [pooled_areas(view)] if view.groups else []
    if not what:
        return ""
    text = ", ebenso ".join([f"{what[0]} zusammengefasst", *what[1:]])
    return f"Damit mehr Werte gezeigt werden können, sind {text}."


def points_note(view: IndicatorView) -> str:
    """What a point of a time series stands for; empty if for one year."""
    n = view.window
    if n == 1:
        return ""
    which, shared = ("zweite", "ein Jahr") if n == 2 else ("letzte", f"{number_word(n - 1)} Jahre")
    return (
        f"Jeder Punkt fasst {years_each(view)} zusammen; die Jahreszahl nennt das {which}. "
        f"Benachbarte Punkte haben {shared} gemeinsam."
    )


def definition(view: IndicatorView) -> str:
    """How the indicator is pooled, for the page that defines all of them; empty if it is not."""
    parts = []
    if view.window > 1:
        parts.append(
            f"Je {years_each(view)} sind zusammengefasst: Die Anzahlen der einzelnen Jahre werden "
            f"addiert, bevor der Wert berechnet wird; {_who_counts(view)}."
        )
    if view.groups:
        areas = pooled_areas(view)
        parts.append(f"{capitalised(areas)} sind zusammengefasst: Ihre Anzahlen werden addiert.")
    return " ".join(parts)


def _who_counts(view: IndicatorView) -> str:
    """What a sum over years means for a single person."""
    if view.indicator.art in EVENTS:
        return f"er ist der {AVERAGE}"
    if view.indicator.einmalig:
        return "jede Person ist nur in einem dieser Jahre gezählt"
    return "wer in mehreren dieser Jahre gezählt wurde, zählt mehrfach"
