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
MAX_VALUES = 6


def first_values(sichten: Sequence[IndicatorView]) -> tuple[str, list[str]]:
    """The municipality's first values: an opening sentence and one line per indicator.

    Parameters
    ----------
    sichten : every indicator of the chapter, in catalogue order.

    Returns
    -------
    tuple of str and list of str
        Texts with marked parts; both empty if no value of the municipality is published.
    """
    shown = [s for s in sichten if s.gesamt.ok]
    if not shown:
        return "", []
    ort, jahr = shown[0].ort, shown[0].jahr
    opening = f"Werte {for_municipality(ort)} insgesamt im Jahr {jahr}:"
    return opening, [f"{_title(s)}: **{_value(s)}**" for s in shown[:MAX_VALUES]]


def opening_paragraphs(sichten: Sequence[IndicatorView]) -> list[str]:
    """Paragraphs that open a chapter, below its first values.

    Parameters
    ----------
    sichten : every indicator of the chapter, in catalogue order.

    Returns
    -------
    list of str
        Texts with marked parts; one single sentence if nothing was delivered.
    """
    delivered = [s for s in sichten if s.geliefert]
    if not delivered:
        return [NO_CHAPTER]
    texts = [_values(delivered), _differences(delivered), _hidden(delivered)]
    missing = [s for s in sichten if not s.geliefert]
    if missing:
        names = join_words([quoted(s.kennzahl.titel) for s in missing])
        word = "zur Kennzahl" if len(missing) == 1 else "zu den Kennzahlen"
        texts.append(f"Nicht geliefert wurden Angaben {word} {names}.")
    return [" ".join(filter(None, texts))]


def _title(sicht: IndicatorView) -> str:
    years = f" ({sicht.zeitraum})" if sicht.fenster > 1 else ""
    return f"{from_data(sicht.kennzahl.titel)}{years}"


def _values(sichten: Sequence[IndicatorView]) -> str:
    n = sum(s.gesamt.ok for s in sichten)
    if n > MAX_VALUES:
        return "Weitere Kennzahlen stehen in der Tabelle am Ende des Kapitels."
    if n:
        return ""
    return (
        f"{capitalised(in_municipality(sichten[0].ort))} gibt es in diesem Kapitel keine "
        f"veröffentlichten Gesamtwerte {_when(sichten)}."
    )


def _value(sicht: IndicatorView) -> str:
    k, value = sicht.kennzahl, sicht.gesamt.gezeigt
    return (
        sicht.zahl(value) if k.art == "anzahl" or sicht.titel_nennt_einheit else sicht.text(value)
    )


def _differences(sichten: Sequence[IndicatorView]) -> str:
    """The indicator in which most areas differ from the rest by more than chance."""

    def differing(sicht: IndicatorView) -> int:
        return sum(row.klasse in (*HOEHER, *NIEDRIGER) for row in sicht.published)

    most = max(sichten, key=differing)
    n, total = differing(most), len(most.areas)
    if not n or total < 3:
        return ""
    where = so_many_of(n, most.ort, total, case="dat")
    rest = f"der {'jeweils ' * (n > 1)}übrigen Kommune"
    return (
        f"Am häufigsten sind Unterschiede bei der Kennzahl {quoted(most.kennzahl.titel)}: Hier "
        f"unterscheidet sich der Wert in {where} von {rest}, und zwar über zufällige Schwankungen "
        "hinaus."
    )


def _hidden(sichten: Sequence[IndicatorView]) -> str:
    """The values of the areas, as the Kurzfassung counts them."""
    hidden = sum(row.status in (GESPERRT, ABSENDER_GESPERRT) for s in sichten for row in s.areas)
    if not hidden:
        return ""
    verb, number = (
        ("wird", "ein Wert") if hidden == 1 else ("werden", f"{number_word(hidden)} Werte")
    )
    return (
        f"In diesem Kapitel {verb} {number} der {plural(sichten[0].ort, 'gen')} "
        f"{_when(sichten)} aus Gründen der Geheimhaltung nicht gezeigt."
    )


def _when(sichten: Sequence[IndicatorView]) -> str:
    """The reporting year, or the years that all or some of the indicators pool."""
    first = min(sichten, key=lambda s: s.fenster)
    when = for_period(first)
    more = any(s.fenster != first.fenster for s in sichten)
    return f"{when} oder für einen längeren Zeitraum bis {first.jahr}" if more else when
