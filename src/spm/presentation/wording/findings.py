"""The findings that open a chapter: the level of its lead indicator, areas that differ, changes."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation import judging
from spm.presentation.blocks import from_data
from spm.presentation.counting import counted, single_areas
from spm.presentation.ranking import by_relevance
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording.areas import in_areas
from spm.presentation.wording.block import beside
from spm.presentation.wording.grammar import (
    capitalised,
    in_municipality,
    noun_phrase,
    quoted,
    so_many_of,
)
from spm.presentation.wording.headline import amounts_to
from spm.presentation.wording.overview import NO_CHAPTER, NOT_FITTING
from spm.published import (
    GESAMT,
    GESTIEGEN,
    GESUNKEN,
    HINWEIS_ANSTIEG,
    HINWEIS_RUECKGANG,
)
from spm.text.numbers import join_words, number_word

NAMED = 3
"""So many indicators are named in a finding; the others are counted."""

LISTED = 5
"""So many indicators without a delivery are all named; of more some stand for the others."""

ENOUGH = 3
"""So many judged indicators make a statement on favourable and unfavourable ones; of fewer the
chapter tells in how many of all indicators an area differs."""


def findings(views: Sequence[IndicatorView]) -> list[str]:
    """Up to three sentences about a chapter; none where nothing is published.

    Parameters
    ----------
    views : every indicator of the chapter, in catalogue order.
    """
    shown = [view for view in views if view.published or view.total.ok]
    return list(filter(None, (_level(shown), _areas(shown), _course(shown)))) if shown else []


def absent(views: Sequence[IndicatorView]) -> str:
    """What the chapter cannot show; one single sentence if nothing was delivered."""
    delivered = [view for view in views if view.delivered]
    if not delivered:
        return NOT_FITTING if any(view.named for view in views) else NO_CHAPTER
    # A series of one year has no change to show, whatever is delivered.
    views = [v for v in views if v.indicator.art != "veraenderung" or len(v.years) > 1]
    missing = [view for view in views if not view.delivered]
    if not missing:
        return ""
    named = missing if len(missing) <= LISTED else missing[:NAMED]
    names = join_words([quoted(view.indicator.titel) for view in named])
    word = "zur Kennzahl" if len(missing) == 1 else "zu den Kennzahlen"
    if len(named) < len(missing):
        word = f"zu {number_word(len(missing))} der {number_word(len(views))} Kennzahlen, darunter"
    return f"Keine passenden Angaben gibt es {word} {names}."


def _level(shown: Sequence[IndicatorView]) -> str:
    """The municipality's value of the indicator that matters most, beside those of other places."""
    views = [view for view in by_relevance(shown) if view.total.ok]
    if not views:
        return ""
    view = views[0]
    where = in_municipality(view.place) + (f" ({view.period})" if view.window > 1 else "")
    subject = capitalised(noun_phrase(view.indicator.satz))
    own = f"{subject} {amounts_to(view, view.total.shown, where)}"
    return f"**Stand:** {join_words([own, *beside(view)])}."


def _areas(shown: Sequence[IndicatorView]) -> str:
    """The areas that differ in most indicators, counted as in the heat table below."""
    views = [v for v in shown if len(v.areas) > 1]
    compared = [v for v in views if any(judging.judgement(v, row) for row in v.areas)]
    if not compared:
        return ""
    counts = [counted(compared, area) for area in single_areas(views)]
    judged = sum(map(judging.judged, compared))
    view = next((v for v in views if not v.groups), views[0])
    parts: list[str] = []
    together = False
    sides = [("ungünstiger", [c.worse for c in counts]), ("günstiger", [c.better for c in counts])]
    if judged < ENOUGH:
        sides = [("", [c.differs for c in counts])]
    for word, numbers in sides:
        most = max(numbers)
        found = [c for c, n in zip(counts, numbers, strict=True) if n == most and n]
        if found:
            of = judged if word else len(compared)
            parts.append(_most([c.row for c in found], most, of, word, view, bool(parts)))
            together |= any(c.grouped for c in found)
    if not parts:
        which = so_many_of(1, view.place, len(counts))
        # Judged ones alone: others may differ, and the table shows it.
        kind = "bewerteten Kennzahl" if any(c.other for c in counts) else "Kennzahl"
        return f"**Räume:** Bei keiner {kind} weicht {which} erkennbar ab."
    note = " (gemeinsame Werte mehrerer Gebiete mitgezählt)" if together else ""
    return f"**Räume:** {'; '.join(parts)}{note}."


def _most(
    rows: Sequence[AreaRow], n: int, of: int, word: str, view: IndicatorView, again: bool
) -> str:
    """``"In Sozialraum 4 sind fünf der sieben Kennzahlen ungünstiger als in der übrigen …"``."""
    where, many = in_areas(rows, view), "eine" if n == 1 else number_word(n)
    each = "jeweils " if len(rows) > 1 else ""
    if of == 1:
        return (
            f"{capitalised(where)} ist die eine vergleichbare Kennzahl anders als in der übrigen "
            "Kommune"
        )
    kind = "bewerteten Kennzahlen" if word else "Kennzahlen"
    if n == of:
        all_of = f"{'beide' if n == 2 else f'alle {many}'} {kind}"
        how = f"{word} als" if word else "anders als"
        if again:
            return f"{where} {each}{all_of} {word}"
        return f"{capitalised(where)} sind {each}{all_of} {how} in der übrigen Kommune"
    if again:
        return f"{where} {each}{many} {word}"
    verb = "ist" if n == 1 else "sind"
    how = f"{word} als" if word else "anders als"
    return (
        f"{capitalised(where)} {verb} {each}{many} der {number_word(of)} {kind} {how} in der "
        "übrigen Kommune"
    )


_WAYS = {
    GESTIEGEN: "gestiegen",
    GESUNKEN: "gesunken",
    HINWEIS_ANSTIEG: "Hinweis auf Anstieg",
    HINWEIS_RUECKGANG: "Hinweis auf Rückgang",
}


def _course(shown: Sequence[IndicatorView]) -> str:
    """What rose and fell in the municipality, by the tests alone."""
    compared = [v for v in by_relevance(shown) if GESAMT in v.changes and v.total.ok]
    compared = [v for v in compared if v.indicator.art != "veraenderung"]
    if not compared:
        return ""
    parts = []
    for way, word in _WAYS.items():
        moved = [v for v in compared if v.changes[GESAMT].richtung == way]
        if moved:
            others = len(moved) - NAMED
            more = f" und {'eine' if others == 1 else number_word(others)} weitere"
            more *= others > 0
            parts.append(f"{word}: {', '.join(map(_moved, moved[:NAMED]))}{more}")
    where = in_municipality(compared[0].place)
    if not parts:
        many = number_word(len(compared))
        which = "der einen vergleichbaren Kennzahl" if len(compared) == 1 else "keiner der "
        which += f"{many} vergleichbaren Kennzahlen" if len(compared) > 1 else ""
        no = "k" if len(compared) == 1 else ""
        return (
            f"**Entwicklung:** {capitalised(where)} ist bei {which} {no}eine Veränderung erkennbar."
        )
    rest = sum(v.changes[GESAMT].richtung not in _WAYS for v in compared)
    same = f"; bei {'einer weiteren' if rest == 1 else number_word(rest) + ' weiteren'} ist keine "
    same = same + "Veränderung erkennbar" if rest else ""
    return f"**Entwicklung:** {capitalised('; '.join(parts))}{same}."


def _moved(view: IndicatorView) -> str:
    change = view.changes[GESAMT]
    old = view.short(view.row(GESAMT, change.von).shown)
    new = view.text(view.total.shown)
    name = capitalised(from_data(view.indicator.kurztitel))
    return f"{name} (von {old} auf {new} seit {view.short_years(change.von)})"
