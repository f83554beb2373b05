"""Which indicators of a chapter matter most: the order of its blocks and findings."""

from __future__ import annotations

from collections.abc import Iterable

from spm.presentation.views import IndicatorView
from spm.published import (
    DEUTLICH_UEBER,
    DEUTLICH_UNTER,
    GESAMT,
    GESTIEGEN,
    GESUNKEN,
    HOEHER,
    NIEDRIGER,
)


def by_relevance(views: Iterable[IndicatorView]) -> list[IndicatorView]:
    """Lead indicators first, then those that differ in most areas, clear differences before others;
    what rose or fell before what did not; then the order given (the catalogue's).

    Not by p-values: a large group is not more important than a small one.
    """
    return sorted(views, key=_rank)


def _rank(view: IndicatorView) -> tuple[bool, int, int, bool]:
    rows = view.published
    differing = sum(row.klasse in (*HOEHER, *NIEDRIGER) for row in rows)
    clearly = sum(row.klasse in (DEUTLICH_UEBER, DEUTLICH_UNTER) for row in rows)
    change = view.changes.get(GESAMT)
    moved = change is not None and change.richtung in (GESTIEGEN, GESUNKEN)
    return not view.indicator.leitkennzahl, -differing, -clearly, not moved
