"""In how many domains an area is demonstrably worse, and how many that would be by chance.

A domain has several indicators, each tested against the rest of the municipality. Counting domains
adds tests up, so the count needs its own answer to "and if nothing differed?". Everything follows
from published classes: how many tests there are, and how many of them found a difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

FDR = 0.05
"""Rate of false discoveries at which classes are told apart (`spm.statistics.discovery`)."""

REPORT = 0.05
"""At most so often a report may call an area that does not differ one with many such domains."""

LEAST = 2
"""Fewer domains than this are not several."""

CORRELATION = 0.3
"""Of the chance findings of two domains of an area. They count different people in different
registers, of whom only some are the same; so much would need the same people and closely tied
traits."""

_NODES = 64
"""Of the quadrature; with 64 the chances of ten domains agree with those of 128 to eight digits."""


class Tally(NamedTuple):
    """Indicators of one domain in one area: tested, and of these demonstrably worse and better."""

    tested: int = 0
    worse: int = 0
    better: int = 0

    @property
    def is_worse(self) -> bool:
        """Whether the domain counts as worse: more of its indicators are worse than better."""
        return self.worse > self.better

    @property
    def is_better(self) -> bool:
        """Whether it counts as better, by the same rule."""
        return self.better > self.worse


def level(tested: int, different: int) -> float:
    """Chance that one test calls an area worse that does not differ.

    Benjamini and Hochberg (1995, J. R. Statist. Soc. B 57, 289-300) call different what has
    p <= FDR · R / N, with N tests of which R are called different. Both numbers are published with
    the classes, so this is the level at which every test was made. It is two-sided; half of it is
    on the side of "worse".

    Parameters
    ----------
    tested, different : N and R of the whole family: all indicators, years and areas.
    """
    return FDR * different / tested / 2 if tested else 0.0


def chance_of_domain(tested: int, at: float) -> float:
    """At most so likely a domain counts as worse in an area that does not differ.

    For it to count, at least one of its indicators must be worse; by Bonferroni's inequality that
    is at most the sum of their chances, however closely the indicators hang together.

    Parameters
    ----------
    tested : indicators of the domain that were tested in the area.
    at : `level`.
    """
    return min(1.0, tested * at)


def chance_of_many(chances: Sequence[float], least: int, correlation: float = CORRELATION) -> float:
    """How likely at least so many domains of an area count as worse, though it does not differ.

    Domains hang together by one common normal factor (Vasicek 1987): given the factor t, each
    counts independently with Φ((Φ⁻¹(a) + √ρ t) / √(1 − ρ)), and their number has the
    Poisson-binomial distribution; t is integrated out by Gauss and Hermite. With ρ = 0 domains are
    independent.

    Parameters
    ----------
    chances : `chance_of_domain` of every domain, each below 1.
    least : at least so many.
    correlation : ρ, from 0 to below 1.
    """
    if least <= 0:
        return 1.0
    if least > len(chances):
        return 0.0
    return _integrated(tuple(sorted(chances)), least, correlation)


@lru_cache(maxsize=4096)
def _integrated(chances: tuple[float, ...], least: int, correlation: float) -> float:
    from scipy.special import ndtr, ndtri

    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    spread = np.sqrt(1 - correlation)
    counts = np.zeros((len(chances) + 1, len(nodes)))
    counts[0] = 1.0
    for chance in chances:
        given = ndtr((ndtri(chance) + np.sqrt(correlation) * nodes) / spread)
        counts[1:] = counts[1:] * (1 - given) + counts[:-1] * given
        counts[0] *= 1 - given
    many = counts[least:].sum(axis=0)
    return float(min(1.0, many @ weights / weights.sum()))


def ceiling_of_many(chances: Sequence[float], least: int) -> float:
    """The same whatever hangs together with what: no dependence can make it more likely.

    Of n events with probabilities a at least k happen with at most Σ a / k (Rüger 1978,
    Metrika 25, 171-178); and if the j likeliest are left out, at least k − j of the others have to.
    """
    if least <= 0:
        return 1.0
    if least > len(chances):
        return 0.0
    rising = sorted(chances)
    bounds = (sum(rising[: len(rising) - j]) / (least - j) for j in range(least))
    return min(1.0, *bounds)


def threshold(areas: Sequence[Sequence[float]]) -> int | None:
    """From how many domains on an area has "several": more than chance gives in the whole report.

    The smallest number from `LEAST` on that any area reaches without differing with a chance of at
    most `REPORT` (the sum over areas, by Bonferroni's inequality).

    Parameters
    ----------
    areas : of every area the `chance_of_domain` of its domains.

    Returns
    -------
    int or None
        None where no number does: with a single domain, or too many uncertain ones.
    """
    most = max((len(chances) for chances in areas), default=0)
    return next((k for k in range(LEAST, most + 1) if chance_anywhere(areas, k) <= REPORT), None)


def chance_anywhere(areas: Sequence[Sequence[float]], least: int) -> float:
    """At most so likely any of the areas has so many domains, if none of them differs."""
    return min(1.0, sum(chance_of_many(chances, least) for chances in areas))
