"""Supply against need: in which areas both differ by the tests."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import from_data
from spm.presentation.profile import BEDARF, AreaProfile, Entry
from spm.presentation.wording.grammar import capitalised, number_kept
from spm.text.numbers import join_words

NAMED = 4


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
    more = f" und {len(told) - NAMED} weitere" if len(told) > NAMED else ""
    return (
        f"Höherer Bedarf ({_name(first)}) und zugleich ein ungünstigerer Wert bei Plätzen oder "
        f"Betreuung als in der übrigen Kommune: {'; '.join(told[:NAMED])}{more}."
    )


def _name(entry: Entry) -> str:
    return capitalised(from_data(entry.view.indicator.kurztitel))
