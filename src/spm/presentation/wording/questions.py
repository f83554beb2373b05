"""Questions for planning that follow from the findings of a chapter: asked, never answered."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation import judging
from spm.presentation.ranking import by_relevance
from spm.presentation.views import IndicatorView
from spm.presentation.wording.areas import in_areas
from spm.presentation.wording.grammar import in_municipality, noun_phrase
from spm.presentation.wording.headline import MOVED, amount, in_others
from spm.presentation.wording.sentences import extremes, with_names
from spm.published import GESAMT, HOEHER, NIEDRIGER

MOST = 3
"""Questions of a chapter: more of them nobody answers."""

NAMED = 3
"""So many areas on the lower side are named."""

OPENING = (
    "Diese Fragen ergeben sich aus den Befunden. Sie sind keine Ergebnisse: Beantworten kann sie "
    "nur, wer die Verhältnisse vor Ort kennt."
)


def questions(views: Sequence[IndicatorView]) -> list[str]:
    """Up to `MOST` questions, those of the indicators that matter most first.

    Parameters
    ----------
    views : every indicator of the chapter, in catalogue order.
    """
    ranked = by_relevance(views)
    found = [_need(view) for view in ranked] + [_moved(view) for view in ranked]
    found += [_supply(view) for view in ranked] + [_different(view) for view in ranked]
    return list(dict.fromkeys(filter(None, found)))[:MOST]


def _need(view: IndicatorView) -> str:
    """About areas that differ unfavourably."""
    rows = [r for r in view.areas if judging.judgement(view, r) in judging.UNFAVOURABLE]
    if not rows:
        return ""
    word = "höher" if rows[0].klasse in HOEHER else "niedriger"
    return (
        f"Was trägt dazu bei, dass {in_areas(rows, view)} {noun_phrase(view.indicator.satz)} "
        f"{word} ist als in der übrigen Kommune, und welche Angebote erreichen die Familien dort?"
    )


def _moved(view: IndicatorView) -> str:
    """About a change of the municipality, whichever way."""
    change = view.changes.get(GESAMT)
    if not change or change.richtung not in MOVED or view.indicator.art == "veraenderung":
        return ""
    return (
        f"Was steht dahinter, dass {noun_phrase(view.indicator.satz)} "
        f"{in_municipality(view.place)} seit {view.short_years(change.von)} "
        f"{MOVED[change.richtung]} ist, und was folgt daraus für die Planung?"
    )


def _supply(view: IndicatorView) -> str:
    """About what was measured and is not the same everywhere: places, areas, offers."""
    if view.indicator.art != "messwert" or len(view.published) < 2:
        return ""
    low, high = extremes(view)
    if low == high:
        return ""
    lowest = with_names(low, view.short(low[0].shown), view)
    highest = with_names(high, amount(view, high[0].shown), view)
    return (
        f"Wie passt es zum Bedarf, dass {noun_phrase(view.indicator.satz)} von {lowest} bis "
        f"{highest} reicht?"
    )


def _different(view: IndicatorView) -> str:
    """About areas that differ where a high value is not judged: both sides, the higher first."""
    if judging.judged(view):
        return ""
    high = [r for r in view.published if r.klasse in HOEHER]
    low = [r for r in view.published if r.klasse in NIEDRIGER]
    if not high and not low:
        return ""
    where = in_areas(high or low, view)
    how = "höher" if high else "niedriger"
    if high and low:
        how += f" und {in_others(low, high, view, NAMED)} niedriger"
    return (
        f"Was folgt für Angebote und Plätze daraus, dass {where} "
        f"{noun_phrase(view.indicator.satz)} {how} ist als in der übrigen Kommune?"
    )
