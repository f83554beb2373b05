"""An allocation key: every child counts once, and up to twice where indicators point to need.

Weighted number of children of area i: ``JEW_i = N_i * (1 + mean_k s_ik)``. ``s_ik`` is the value of
indicator k, stretched to 0 … 1 between its most and its least favourable area: of an adverse one
``(p_i - p_min) / (p_max - p_min)``, of a beneficial one the other way round.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DRAWS, SEED = 2_000, 19
QUANTILES = (0.025, 0.975)
Z95 = 1.959963984540054
"""Half of a 95 % interval in standard errors."""

SAME = 1e-9
"""Values that differ by less, relative to the largest, are the same: `smoothed` makes them so where
no difference between areas is more than chance."""


class Indicator(NamedTuple):
    """One indicator in all areas, in area order.

    Parameters
    ----------
    values : smoothed or published values.
    adverse : whether high values point to need.
    around : published values.
    low, high : ends of their 95 % intervals; the same as they where there is no chance in them.
    """

    values: Floats
    adverse: bool
    low: Floats
    high: Floats
    around: Floats

    @property
    def is_flat(self) -> bool:
        """Whether its areas do not differ: it then adds no weight."""
        return bool(_flat(self.values[None, :])[0])


def factors(indicators: Sequence[Indicator]) -> Floats:
    """How often a child of each area counts, 1 to 2.

    Returns
    -------
    array of shape (areas,)
    """
    scaled = [_stretched(k.values[None, :], k.adverse)[0] for k in indicators]
    found: Floats = 1.0 + np.mean(scaled, axis=0)
    return found


def shares(children: Floats, counted: Floats) -> Floats:
    """Share of every area in the weighted number of children; rows of ``counted`` are draws."""
    weighted = children * counted
    found: Floats = weighted / weighted.sum(axis=-1, keepdims=True)
    return found


def ranges(
    units: int, children: Floats, indicators: Sequence[Indicator]
) -> tuple[list[int], list[int]]:
    """Between how many units the intervals of the indicators leave every area.

    Values are drawn independently, on either side of the value from a normal distribution as wide
    as the published interval on that side (a two-piece normal); every draw is stretched and shared
    out anew. Around smoothed values that is rather too wide than too narrow. An indicator in which
    areas do not differ stays without weight.

    Returns
    -------
    low, high : lists, one entry per area
        Middle 95 % of the draws (seeded), and never without the area's own number.
    """
    rng = np.random.default_rng(SEED)
    drawn = []
    for k in indicators:
        noise = rng.standard_normal((DRAWS, len(children)))
        spread = np.where(noise < 0, k.around - k.low, k.high - k.around) / Z95
        values = np.maximum(k.values + noise * spread, 0.0)
        drawn.append(np.zeros_like(values) if k.is_flat else _stretched(values, k.adverse))
    found = _shared_out(units, shares(children, 1.0 + np.mean(drawn, axis=0)))
    low, high = np.quantile(found, QUANTILES, axis=0, method="inverted_cdf")
    own = apportioned(units, children * factors(indicators))
    return (
        [min(int(x), n) for x, n in zip(low, own, strict=True)],
        [max(int(x), n) for x, n in zip(high, own, strict=True)],
    )


def apportioned(units: int, weights: Floats) -> list[int]:
    """Share whole units out by largest remainders (Hare, Niemeyer); of equal remainders the area
    that comes first is served first.

    Returns
    -------
    list of int
        As many as weights; they add up to ``units``.
    """
    return [int(n) for n in _shared_out(units, (weights / weights.sum())[None, :])[0]]


def _shared_out(units: int, parts: Floats) -> NDArray[np.int64]:
    quotas = units * parts
    whole = np.floor(quotas + SAME).astype(np.int64)
    rest = units - whole.sum(axis=1, keepdims=True)
    order = np.argsort(-np.round(quotas - whole, 9), axis=1, kind="stable")
    found: NDArray[np.int64] = whole + (np.argsort(order, axis=1) < rest)
    return found


def _flat(values: Floats) -> NDArray[np.bool_]:
    spread = values.max(axis=-1) - values.min(axis=-1)
    found: NDArray[np.bool_] = spread <= SAME * np.maximum(np.abs(values).max(axis=-1), SAME)
    return found


def _stretched(values: Floats, adverse: bool) -> Floats:
    low, high = values.min(axis=-1, keepdims=True), values.max(axis=-1, keepdims=True)
    flat = _flat(values)[:, None]
    way = (values - low) if adverse else (high - values)
    return np.where(flat, 0.0, way / np.where(flat, 1.0, high - low))
