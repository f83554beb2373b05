"""How the text says that years or areas are counted together."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import from_data
from spm.presentation.views import IndicatorView
from spm.presentation.wording.grammar import capitalised, number_kept
from spm.text.numbers import join_words, number_word

LONGEST = 70
"""Areas of groups are named as long as their names take no more letters than this."""


def in_period(sicht: IndicatorView, jahr: int | None = None) -> str:
    """``"im Jahr 2023"``, ``"im Zeitraum 2021 bis 2023"``."""
    return f"im {_when(sicht, jahr)}"


def for_period(sicht: IndicatorView, jahr: int | None = None) -> str:
    """``"für das Jahr 2023"``, ``"für den Zeitraum 2021 bis 2023"``."""
    return f"für {'das' if sicht.fenster == 1 else 'den'} {_when(sicht, jahr)}"


def _when(sicht: IndicatorView, jahr: int | None) -> str:
    jahr = sicht.jahr if jahr is None else jahr
    if sicht.fenster == 1:
        return f"Jahr {jahr}"
    return f"Zeitraum {from_to(sicht, jahr)}"


def from_to(sicht: IndicatorView, jahr: int) -> str:
    """``"2021 bis 2023"``, of two years too: after the word "Zeitraum"."""
    return f"{jahr - sicht.fenster + 1} bis {jahr}"


def years_each(sicht: IndicatorView) -> str:
    """``"drei Jahre"``: how many are counted together."""
    return f"{number_word(sicht.fenster)} Jahre"


def caption_year(sicht: IndicatorView) -> str:
    """The reporting year in a caption, or ``"2021 bis 2023 zusammengefasst"``."""
    return _together(sicht, sicht.zeitraum, f"{sicht.zeitraum} zusammengefasst")


def caption_series(sicht: IndicatorView, years: Sequence[int]) -> str:
    """All years of a time series: ``"2018 bis 2023, je drei Jahre zusammengefasst"``.

    Parameters
    ----------
    years : those with a value.
    """
    if not years:
        return ""
    ends = dict.fromkeys((years[0] - sicht.fenster + 1, years[-1]))
    span = " bis ".join(map(str, ends))
    return _together(sicht, span, f"{span}, je {years_each(sicht)} zusammengefasst")


def _together(sicht: IndicatorView, years: str, pooled: str) -> str:
    if not sicht.gruppen:
        return pooled if sicht.fenster > 1 else years
    areas = pooled_areas(sicht)
    if sicht.fenster > 1:
        return f"{pooled}, ebenso {areas}"
    return f"{years}, {areas} {'jeweils ' if len(sicht.gruppen) > 1 else ''}zusammengefasst"


def pooled_areas(sicht: IndicatorView) -> str:
    """The areas that are counted together, group by group, or that there are some.

    ``"Sozialraum 2 und Sozialraum 5"``; of two groups ``"A und B sowie C und D"``.
    """
    groups = sicht.gruppen.values()
    if sum(len(name) for names in groups for name in names) > LONGEST:
        return f"einige {from_data(sicht.ort.mehrzahl)}"
    return " sowie ".join(join_words([number_kept(name) for name in names]) for names in groups)


def pooling_note(sicht: IndicatorView) -> str:
    """The sentence that tells what is counted together, and what for; empty if nothing is."""
    what = [f"die Zahlen der Jahre {sicht.zeitraum}"] if sicht.fenster > 1 else []
    what += [pooled_areas(sicht)] if sicht.gruppen else []
    if not what:
        return ""
    text = ", ebenso ".join([f"{what[0]} zusammengefasst", *what[1:]])
    return f"Damit mehr Werte gezeigt werden können, sind {text}."


def points_note(sicht: IndicatorView) -> str:
    """What a point of a time series stands for; empty if for one year."""
    n = sicht.fenster
    if n == 1:
        return ""
    which, shared = ("zweite", "ein Jahr") if n == 2 else ("letzte", f"{number_word(n - 1)} Jahre")
    return (
        f"Jeder Punkt fasst {years_each(sicht)} zusammen; die Jahreszahl nennt das {which}. "
        f"Benachbarte Punkte haben {shared} gemeinsam."
    )


def definition(sicht: IndicatorView) -> str:
    """How the indicator is pooled, for the page that defines all of them; empty if it is not."""
    parts = []
    if sicht.fenster > 1:
        parts.append(
            f"Je {years_each(sicht)} sind zusammengefasst: Die Anzahlen der einzelnen Jahre werden "
            "addiert, bevor der Wert berechnet wird; wer in mehreren dieser Jahre gezählt wurde, "
            "zählt mehrfach."
        )
    if sicht.gruppen:
        areas = pooled_areas(sicht)
        parts.append(f"{capitalised(areas)} sind zusammengefasst: Ihre Anzahlen werden addiert.")
    return " ".join(parts)
