"""An earlier division of the municipality, and how a division is told from another."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm.areas.crosswalk import Crosswalk

if TYPE_CHECKING:
    import geopandas
    import pandas as pd


@dataclass(frozen=True)
class Division:
    """The areas of the years up to ``bis``.

    Parameters
    ----------
    areas : ``raum, name`` and, with a geometry, ``geometriename``.
    source : the file that says which areas there were.
    digest : see `division_of`; "" without a geometry.
    """

    areas: pd.DataFrame
    bis: int
    source: str
    crosswalk: Crosswalk
    digest: str = ""


def division_of(areas: geopandas.GeoDataFrame) -> str:
    """Digest of a division: keys, and where and how large their areas are, to some ten metres.

    Names do not matter, and neither does a boundary that a new file draws a little finer.
    """
    places = []
    for key, shape in zip(areas["raum"], areas.geometry, strict=True):
        middle = shape.centroid
        size = round(shape.area / 1e3, 0)
        places.append(f"{key}|{middle.x:.0f}"[:-1] + f"|{middle.y:.0f}"[:-1] + f"|{size:.0f}")
    return hashlib.sha256("\n".join(sorted(places)).encode()).hexdigest()[:16]
