"""Supply against need: in which areas both differ by the tests."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import from_data
from spm.presentation.profile import BEDARF, AreaProfile, Entry
from spm.presentation.wording.grammar import capitalised, number_kept
from spm.text.numbers import join_words, number_word

NAMED = 4

PLACED = "Plätze zählen dort, wo die Einrichtung liegt; Kinder dort, wo sie wohnen."
"""Why places and take-up of an area are not of the same children."""


def met(profile: Sequence[AreaProfile], keys: Sequence[str]) -> str:
    """Areas where need is higher than elsewhere and supply or take-up lower; "" if none is told.

    Parameters
    ----------
    keys : the indicator of need, then those of supply and take-up.
    """
    need, *supply = keys
    told = []
    for area in profile:
        entries = {a.view.indicator.id: a for a in area.entries if a.kind == BEDARF}
        low = [entries[key] for key in supply if key in entries]
        if need in entries and low:
            told.append(f"{number_kept(area.name)} ({join_words([_name(a) for a in low])})")
    if not told:
        return ""
    first = next(a for area in profile for a in area.entries if a.view.indicator.id == need)
    more = f" und {_more(len(told) - NAMED)} weitere" if len(told) > NAMED else ""
    return (
        f"Höherer Bedarf ({_name(first)}) und zugleich ein ungünstigerer Wert bei Plätzen oder "
        f"Betreuung als in der übrigen Kommune: {'; '.join(told[:NAMED])}{more}."
    )


def take_up(profile: Sequence[AreaProfile], keys: Sequence[str]) -> str:
    """Areas of which take-up is less favourable than elsewhere, with their places; "" without any.

    Parameters
    ----------
    keys : indicators of places and of take-up in turns.
    """
    told = []
    for area in profile:
        entries = {a.view.indicator.id: a for a in area.entries}
        for place, used in zip(keys[::2], keys[1::2], strict=False):
            entry = entries.get(used)
            if entry and entry.kind == BEDARF and not entry.others:
                told.append(f"{number_kept(area.name)} ({_used(entry, entries.get(place))})")
    if not told:
        return ""
    more = f" und {_more(len(told) - NAMED)} weitere" if len(told) > NAMED else ""
    return (
        f"{from_data(profile[0].place.plural)}, in denen die Betreuung nachweisbar ungünstiger ist "
        f"als in der übrigen Kommune: {'; '.join(told[:NAMED])}{more}. {PLACED}"
    )


def _more(n: int) -> str:
    return "eine" if n == 1 else number_word(n)


def _used(entry: Entry, places: Entry | None) -> str:
    """Take-up with the places beside it: ``"…: 25,7 %, bei mehr Plätzen als …"``."""
    text = f"„{_name(entry)}“: {entry.view.text(entry.row.shown)}"
    if places is None or places.others or not places.row.ok or not places.view.total.ok:
        return text
    own, whole = (places.view.number(row.shown) for row in (places.row, places.view.total))
    if own == whole:
        return text
    more = places.row.shown > places.view.total.shown
    unit = from_data(places.view.indicator.einheit)
    how = f"{'mehr' if more else 'weniger'} Plätzen als in der Kommune insgesamt"
    beside = f"„{_name(places)}“: {own} gegenüber {whole} {unit}".rstrip()
    return f"{text}, bei {how}, {beside}"


def _name(entry: Entry) -> str:
    return capitalised(from_data(entry.view.indicator.kurztitel))
