"""The sentences at the head of a chapter."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import from_data
from spm.presentation.views import IndicatorView
from spm.presentation.wording.grammar import (
    capitalised,
    for_municipality,
    in_municipality,
    plural,
    quoted,
    so_many_of,
)
from spm.presentation.wording.pooling import for_period
from spm.published import ABSENDER_GESPERRT, GESPERRT, HOEHER, NIEDRIGER
from spm.text.numbers import join_words, number_word

NO_CHAPTER = "Für dieses Kapitel liegt keine Lieferung vor."
NOT_FITTING = "Für dieses Kapitel liegen keine passenden Angaben vor."
"""Something was delivered, but in groups or years that make up none of its indicators."""
MAX_VALUES = 6


def first_values(views: Sequence[IndicatorView]) -> tuple[str, list[str]]:
    """The municipality's first values: an opening sentence and one line per indicator.

    Parameters
    ----------
    views : every indicator of the chapter, in catalogue order.

    Returns
    -------
    tuple of str and list of str
        Texts with marked parts; both empty if no value of the municipality is published.
    """
    shown = [s for s in views if s.total.ok]
    if not shown:
        return "", []
    place, year = shown[0].place, shown[0].year
    shown = shown[:MAX_VALUES]
    pooled = " oder im angegebenen Zeitraum" if any(s.window > 1 for s in shown) else ""
    opening = f"Werte {for_municipality(place)} insgesamt im Jahr {year}{pooled}:"
    return opening, [f"{_title(s)}: **{_value(s)}**" for s in shown]


def opening_paragraphs(views: Sequence[IndicatorView]) -> list[str]:
    """Paragraphs that open a chapter, below its first values.

    Parameters
    ----------
    views : every indicator of the chapter, in catalogue order.

    Returns
    -------
    list of str
        Texts with marked parts; one single sentence if nothing was delivered.
    """
    delivered = [s for s in views if s.delivered]
    if not delivered:
        return [NOT_FITTING if any(s.named for s in views) else NO_CHAPTER]
    texts = [_values(delivered), _differences(delivered), _hidden(delivered)]
    missing = [s for s in views if not s.delivered]
    if missing:
        names = join_words([quoted(s.indicator.titel) for s in missing])
        word = "zur Kennzahl" if len(missing) == 1 else "zu den Kennzahlen"
        texts.append(f"Keine passenden Angaben gibt es {word} {names}.")
    return [" ".join(filter(None, texts))]


def _title(view: IndicatorView) -> str:
    years = f" ({view.period})" if view.window > 1 else ""
    return f"{from_data(view.indicator.titel)}{years}"


def _values(views: Sequence[IndicatorView]) -> str:
    n = sum(s.total.ok for s in views)
    if n > MAX_VALUES:
        return "Weitere Kennzahlen stehen in der Tabelle am Ende des Kapitels."
    if n:
        return ""
    return (
        f"{capitalised(in_municipality(views[0].place))} gibt es in diesem Kapitel keine "
        f"veröffentlichten Gesamtwerte {_when(views)}."
    )


def _value(view: IndicatorView) -> str:
    k, value = view.indicator, view.total.shown
    return view.number(value) if k.art == "anzahl" or view.title_names_unit else view.text(value)


def _differences(views: Sequence[IndicatorView]) -> str:
    """The indicator in which most areas differ from the rest by more than chance."""

    def differing(view: IndicatorView) -> int:
        return sum(row.klasse in (*HOEHER, *NIEDRIGER) for row in view.published)

    most = max(views, key=differing)
    n, total = differing(most), len(most.areas)
    if not n or total < 3:
        return ""
    where = so_many_of(n, most.place, total, case="dat")
    rest = f"der {'jeweils ' * (n > 1)}übrigen Kommune"
    return (
        f"Am häufigsten sind Unterschiede bei der Kennzahl {quoted(most.indicator.titel)}: Hier "
        f"unterscheidet sich der Wert in {where} von {rest}, und zwar über zufällige Schwankungen "
        "hinaus."
    )


def _hidden(views: Sequence[IndicatorView]) -> str:
    """The values of the areas, as the Kurzfassung counts them."""
    hidden = sum(row.status in (GESPERRT, ABSENDER_GESPERRT) for s in views for row in s.areas)
    if not hidden:
        return ""
    verb, number = (
        ("wird", "ein Wert") if hidden == 1 else ("werden", f"{number_word(hidden)} Werte")
    )
    return (
        f"In diesem Kapitel {verb} {number} der {plural(views[0].place, 'gen')} "
        f"{_when(views)} aus Gründen der Geheimhaltung nicht gezeigt."
    )


def _when(views: Sequence[IndicatorView]) -> str:
    """The reporting year, or the years that all or some of the indicators pool."""
    first = min(views, key=lambda s: s.window)
    when = for_period(first)
    more = any(s.window != first.window for s in views)
    return f"{when} oder für einen längeren Zeitraum bis {first.year}" if more else when
