"""Earlier divisions of the municipality: their areas, and how they become today's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from spm.areas.crosswalk import Crosswalk, redistribute
from spm.areas.crosswalktable import read_crosswalk
from spm.areas.division import Division, division_of
from spm.areas.keys import natural
from spm.areas.today import load_areas
from spm.errors import SpmError

if TYPE_CHECKING:
    import geopandas
    import pandas as pd

    from spm.config.areas import FruehereRaeume
    from spm.config.params import Params

SLIVER = 0.001
"""Smaller shares of an area come from boundaries that were drawn differently, not from people."""

UNCOVERED = 0.01
"""Up to this share an earlier area may lie outside of today's."""


def load_divisions(params: Params, areas: geopandas.GeoDataFrame) -> list[Division]:
    """Read all earlier divisions, oldest first.

    Parameters
    ----------
    areas : today's, see `spm.areas.today.load_areas`.

    Raises
    ------
    SpmError
        A file is missing or unreadable; a crosswalk names an unknown area, leaves one out, or its
        shares do not sum to 1; an earlier area lies outside of today's.
    """
    return [_load(params, section, areas) for section in params.raeume.fruehere]


def _load(params: Params, section: FruehereRaeume, areas: geopandas.GeoDataFrame) -> Division:
    old, digest = None, ""
    if section.datei:
        old = load_areas(params, section, f"raeume.fruehere (bis {section.bis})")
        digest = division_of(old)
    if section.table:
        crosswalk = read_crosswalk(params, section.table, old, areas)
    else:
        assert section.datei  # the params file names one of the two
        crosswalk = areal_crosswalk(old, areas, str(params.raw_file(section.datei)))
    if old is None:
        old = _named(crosswalk, section, f"{params.path}, raeume.fruehere.namen")
    names = old[[c for c in old.columns if c != "geometry"]]
    return Division(names, section.bis, section.source, crosswalk, digest)


def _named(crosswalk: Crosswalk, section: FruehereRaeume, where: str) -> pd.DataFrame:
    """Areas of which only a table tells: their keys, and the names of the params file."""
    import pandas as pd

    keys = sorted(crosswalk.shares, key=natural)
    unknown = sorted(set(section.namen) - set(keys))
    if unknown:
        raise SpmError(
            f"Unter namen steht der alte Raum «{unknown[0]}», den die Umschlüsselung nicht kennt.",
            wo=where,
            tun="Bitte den Schlüssel berichtigen oder den Eintrag löschen.",
        )
    return pd.DataFrame({"raum": keys, "name": [section.namen.get(key, key) for key in keys]})


def areal_crosswalk(
    old: geopandas.GeoDataFrame, new: geopandas.GeoDataFrame, where: str
) -> Crosswalk:
    """Shares of the area that earlier and today's areas have in common.

    Parameters
    ----------
    old, new : ``raum`` and ``geometry`` in metres (EPSG:25832).
    where : file of the earlier areas, for messages.

    Raises
    ------
    SpmError
        More than `UNCOVERED` of an earlier area lies in none of today's.
    """
    shares = {}
    for key, shape in zip(old["raum"], old.geometry, strict=True):
        common = new.geometry.intersection(shape).area.to_numpy() / shape.area
        if 1 - common.sum() > UNCOVERED:
            percent = f"{100 * (1 - common.sum()):.1f}".replace(".", ",")
            raise SpmError(
                f"Der frühere Raum «{key}» liegt zu {percent} % außerhalb der heutigen Räume.",
                wo=where,
                tun="Bitte die Geometrien vergleichen (Stand, Koordinatensystem) oder statt "
                "«flaeche» eine Tabelle der Anteile nennen.",
            )
        kept = {new_key: x for new_key, x in zip(new["raum"], common, strict=True) if x >= SLIVER}
        total = sum(kept.values())
        shares[key] = {new_key: float(x / total) for new_key, x in kept.items()}
    return Crosswalk(shares, where=where)


def onto_today(facts: pd.DataFrame, earlier: Sequence[Division]) -> pd.DataFrame:
    """All facts by today's areas, see `spm.areas.crosswalk.redistribute`.

    Raises
    ------
    SpmError
        A crosswalk has shares for a measure that nobody delivered.
    """
    import pandas as pd

    if not earlier:
        return facts
    for division in earlier:
        division.crosswalk.check_measures(facts["merkmal"])
    ends = [division.bis for division in earlier]
    parts = [
        redistribute(own, division.crosswalk)
        for division, own in zip(earlier, (p for p, _ in _split(facts, ends)), strict=False)
    ]
    today = facts[facts["jahr"] > ends[-1]]
    return pd.concat([*parts, today], ignore_index=True)


def by_division(
    facts: pd.DataFrame, areas: Sequence[str], years: Sequence[int], earlier: Sequence[Division]
) -> Iterator[tuple[pd.DataFrame, list[str], list[int]]]:
    """Facts as they were delivered, with the areas and the years of their division.

    Parameters
    ----------
    areas, years : today's areas and the series.
    """
    keys = [*(list(division.areas["raum"]) for division in earlier), list(areas)]
    ends = [division.bis for division in earlier]
    for (own, (first, last)), rooms in zip(_split(facts, ends), keys, strict=True):
        inside = [year for year in years if first <= year <= last]
        if inside:
            yield own, rooms, inside


def _split(facts: pd.DataFrame, ends: Sequence[int]) -> list[tuple[pd.DataFrame, tuple[int, int]]]:
    """The facts of each division, with its first and last year."""
    limits = list(zip([0, *(end + 1 for end in ends)], [*ends, 9999], strict=True))
    return [(facts[facts["jahr"].between(*span)], span) for span in limits]
