"""Alt text of the block figure: which areas differ, the municipality, the comparison."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation import judging
from spm.presentation.blocks import plain
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording.alttext import without_value
from spm.presentation.wording.comparison import LINES, with_year
from spm.presentation.wording.grammar import capitalised, plural_dative, so_many
from spm.presentation.wording.pooling import caption_year
from spm.text.permitted import ALT_LONGEST as LIMIT

NAMES = 4
"""More areas than this are counted, not named."""

NAME = 32
"""Longer names are cut."""


def of_block(view: IndicatorView) -> str:
    """What the figure shows in at most `LIMIT` letters; what matters least is left out first."""
    n, title = len(view.areas), view.indicator.kurztitel
    areas = so_many(n, view.place, case="dat") if n < 13 else f"{n} {plural_dative(view.place)}"
    head = f"{capitalised(title)} in {plain(areas)}, {plain(caption_year(view))}."
    gaps = without_value(view)
    missing = len(view.areas) - len(view.published)
    last = [f"{gaps}.", f"{missing} ohne Wert."] if gaps else [""]
    others = _others(view)
    variants = [
        [*_differences(view, most, values=values), total, other, gap]
        for gap in last
        for total, other in ((_total(view), others), (_total(view), ""), ("", ""))
        for most, values in ((NAMES, True), (NAMES, False), (0, False))
    ]
    texts = [" ".join(filter(None, [head, *parts])) for parts in variants]
    return next((text for text in texts if len(text) <= LIMIT), f"{texts[-1][: LIMIT - 1]}…")


def _differences(view: IndicatorView, most: int, *, values: bool) -> list[str]:
    """Which areas differ from the rest of the municipality, by the words of the judgement."""
    groups = (
        ("ungünstiger", judging.UNFAVOURABLE),
        ("günstiger", judging.FAVOURABLE),
        ("höher", (judging.HOEHER2, judging.HOEHER1)),
        ("niedriger", (judging.NIEDRIGER1, judging.NIEDRIGER2)),
    )
    found = []
    for words, names in groups:
        rows = [row for row in view.published if judging.judgement(view, row) in names]
        if rows:
            found.append((words, _who(view, rows, most, values=values)))
    if not found:
        tested = any(row.klasse for row in view.published)
        return ["Kein Unterschied zur übrigen Kommune nachweisbar."] if tested else []
    (first, who), *more = found
    told = [f"{first}: {who}", *(f"{words}: {names}" for words, names in more)]
    return [f"Gegenüber der übrigen Kommune {'; '.join(told)}."]


def _who(view: IndicatorView, rows: Sequence[AreaRow], most: int, *, values: bool) -> str:
    if len(rows) > most:
        return plain(so_many(len(rows), view.place))
    ordered = sorted(rows, key=lambda row: -row.shown)
    return ", ".join(
        f"{_short(row.name)} ({view.short(row.shown)})" if values else _short(row.name)
        for row in ordered
    )


def _total(view: IndicatorView) -> str:
    row = view.total
    return f"{_short(view.place.name)}: {view.text(row.shown)}." if row.ok else ""


def _others(view: IndicatorView) -> str:
    names = [
        f"{_short(with_year(view, value))} {view.text(value.wert)}"
        for value in view.elsewhere[:LINES]
    ]
    return f"Zum Vergleich: {', '.join(names)}." if names else ""


def _short(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= NAME else f"{name[: NAME - 1].rstrip()}…"
