"""Whether it is getting better where it is hardest: one sentence, by the test alone."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation import judging
from spm.presentation.synthesis.concentrating import Concentration
from spm.presentation.views import AreaRow, Change, IndicatorView
from spm.presentation.wording.areas import in_areas
from spm.presentation.wording.estimates import with_sign
from spm.presentation.wording.grammar import quoted
from spm.published import (
    GESTIEGEN,
    GESUNKEN,
    HINWEIS_ANSTIEG,
    HINWEIS_RUECKGANG,
    HINWEISE,
    UNVERAENDERT,
)
from spm.text.numbers import number_word

HINTS = {HINWEIS_ANSTIEG: "einen Anstieg", HINWEIS_RUECKGANG: "einen Rückgang"}
WORSE, BETTER = (
    {"belastend": GESTIEGEN, "entlastend": GESUNKEN},
    {"belastend": GESUNKEN, "entlastend": GESTIEGEN},
)


def sentence(found: Sequence[Concentration], views: Sequence[IndicatorView]) -> str:
    """How the most important burden has changed in the area that it weighs on most.

    Of the others in which this area differs it says how many have changed; empty if no change of
    any burden can be told.

    Parameters
    ----------
    found : burdens, the most important first; only those that weigh on some area count.
    views : all indicators.
    """
    for made in found:
        for part in made.above[:1]:
            change = made.view.changes.get(part.row.raum)
            told = change and _told(made.view, part.row, change)
            if told:
                return f"**Wird es besser?** {told}{_others(part.row, views)}"
    return ""


def _told(view: IndicatorView, row: AreaRow, change: Change) -> str:
    before, now = (view.row(row.raum, year) for year in (change.von, change.bis))
    if not before.ok or not now.ok:
        return ""
    old, new = (with_sign(r, view.text(r.shown)) for r in (before, now))
    where, name = in_areas([row], view), quoted(view.indicator.kurztitel)
    since = f"Gegenüber {view.years_of(change.von)}"
    values = f"{old}, jetzt {new}" if old != new else f"gerundet beide Male {new}"
    if change.richtung == UNVERAENDERT:
        return f"{since} ist {where} bei {name} keine Veränderung nachweisbar ({values})."
    if change.richtung in HINWEISE:
        way = HINTS[change.richtung]
        hint = f"{since} gibt es {where} bei {name} einen Hinweis auf {way}"
        return f"{hint}, aber keinen Nachweis ({values})."
    if change.richtung in (GESUNKEN, GESTIEGEN):
        return f"{since} ist {where} der Wert bei {name} {change.richtung} ({values})."
    return ""


def _others(row: AreaRow, views: Sequence[IndicatorView]) -> str:
    """Of all indicators in which the area is worse how many have become better, and worse."""
    those = [
        view
        for view in views
        if judging.judgement(view, view.row(row.raum)) in judging.UNFAVOURABLE
        and row.raum in view.changes
    ]
    if len(those) < 2:
        return ""
    better, worse = (
        sum(v.changes[row.raum].richtung == ways[v.indicator.richtung] for v in those)
        for ways in (BETTER, WORSE)
    )
    counts = [(better, "verbessert"), (worse, "verschlechtert")]
    parts = [f"{_so_many(n)} nachweisbar {word}" for n, word in counts if n]
    if not parts:
        parts = ["keine nachweisbar verbessert oder verschlechtert"]
    verb = "hat" if (better or worse) <= 1 else "haben"
    return (
        f" Von den {number_word(len(those))} Kennzahlen, in denen die Werte dort ungünstiger sind "
        f"und die sich über die Jahre vergleichen lassen, {verb} sich {', '.join(parts)}."
    )


def _so_many(n: int) -> str:
    return "eine" if n == 1 else number_word(n)
