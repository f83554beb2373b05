"""What the invented municipality looks like: areas, years, level and direction of differences."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

SEED = 5999000
"""The municipality's invented key doubles as the seed of every random draw."""

HINWEIS = "Synthetische Daten: alle Angaben sind erfunden, es gibt keinen Bezug zu einem Ort."
"""Stands in every generated file, so that none can be mistaken for a real delivery."""

YEARS = list(range(2018, 2024))
LAST_YEAR = YEARS[-1]


class Band(NamedTuple):
    """An age group, both limits included; ``last`` is None for the open-ended one."""

    first: int
    last: int | None


BANDS = [
    Band(0, 2),
    Band(3, 5),
    Band(6, 9),
    Band(10, 13),
    Band(14, 14),
    Band(15, 17),
    Band(18, 24),
    Band(25, 44),
    Band(45, 64),
    Band(65, None),
]
"""Fine enough for every age selector of the catalogue, 0-14 included (SGB II)."""

MINOR_BANDS, ADULT_BANDS = BANDS[:6], BANDS[6:]


@dataclass(frozen=True)
class Area:
    """One area.

    Parameters
    ----------
    key : key, also the number in its name.
    minors : residents under 18 in 2023.
    minors_sgb2 : those of them in a household on SGB II benefits.
    share_minors : share of residents under 18 in 2023.
    growth : relative change of the residents under 18 from 2018 to 2023.
    burden : position on the invented scale behind all social differences: -1 (favourable) to 1.
    foreign : share of residents under 18 without German citizenship in 2023.
    """

    key: str
    minors: int
    minors_sgb2: int
    share_minors: float
    growth: float
    burden: float
    foreign: float

    @property
    def name(self) -> str:
        return f"Sozialraum {self.key}"


# minors_sgb2 / minors rounds to the published table of 2023 in every area (16,64; 7,19; 5,92;
# 27,85; 8,37; 5,48; 11,88 %) and in total (993 of 6341 = 15,66 %): of the few pairs of whole
# numbers that do, these keep the seven areas at believable sizes.
AREAS = [
    Area("1", 1058, 176, 0.165, 0.035, 0.45, 0.21),
    Area("2", 709, 51, 0.178, 0.020, -0.45, 0.07),
    Area("3", 642, 38, 0.182, 0.015, -0.60, 0.06),
    Area("4", 1993, 555, 0.196, 0.075, 1.00, 0.29),
    Area("5", 669, 56, 0.176, -0.010, -0.35, 0.08),
    Area("6", 529, 29, 0.172, -0.030, -0.65, 0.04),
    Area("7", 741, 88, 0.179, 0.010, 0.00, 0.11),
]


def stream(*key: int) -> np.random.Generator:
    """Random numbers of one delivery: changing one leaves the others' bytes alone."""
    return np.random.default_rng([SEED, *key])


def shifted(base: float, slope: float, burden: float) -> float:
    """Probability ``base``, moved on the logit scale by ``slope`` per unit of burden."""
    return 1 / (1 + math.exp(-(math.log(base / (1 - base)) + slope * burden)))


def spread(total: int, weights: Sequence[float]) -> list[int]:
    """Split ``total`` in proportion to ``weights`` into whole numbers that add up to it.

    Method of the largest remainder (Hamilton).
    """
    exact = [total * w / sum(weights) for w in weights]
    parts = [int(x) for x in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts
