"""Which features of a geometry file are areas, and which of them are one area together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from spm.areas.keys import text_of
from spm.errors import SpmError, nearest

if TYPE_CHECKING:
    import geopandas

PARTS = "teile"
"""Column of joined areas: the (key, name) of each area that one is made of; () for others."""


def only(
    features: geopandas.GeoDataFrame, wanted: Mapping[str, Sequence[str]], key: str, where: str
) -> geopandas.GeoDataFrame:
    """The features that have one of the listed values in every listed column.

    Parameters
    ----------
    features : as the file holds them.
    wanted : column -> values; "05766*" means all texts that begin so.
    key : the key of the params file, ``raeume.nur``.

    Raises
    ------
    SpmError
        A column is missing, a listed value does not occur, or nothing is left.
    """
    keep = [True] * len(features)
    for column, values in wanted.items():
        if column not in features.columns:
            raise SpmError(
                f"Die Geometrie hat keine Spalte «{column}».{nearest(column, features.columns)}",
                wo=where,
                tun=f"Bitte {key} berichtigen.",
            )
        texts = [text_of(value) for value in features[column]]
        matching = {text for value in values for text in texts if _means(value, text)}
        for value in values:
            if not any(_means(value, text) for text in matching):
                raise SpmError(
                    f"Den Wert «{value}» gibt es in der Spalte «{column}» der Geometrie nicht."
                    + nearest(value, sorted(set(texts))),
                    wo=where,
                    tun=f"Bitte {key}.{column} berichtigen.",
                )
        keep = [kept and text in matching for kept, text in zip(keep, texts, strict=True)]
    if not any(keep):
        raise SpmError(
            "Kein Objekt der Geometrie erfüllt alle Bedingungen.",
            wo=where,
            tun=f"Bitte {key} berichtigen.",
        )
    return features[keep]


def _means(value: str, text: str) -> bool:
    """Whether a listed value means a text: it is the same, or its beginning and a star."""
    wanted = text_of(value)
    return text.startswith(wanted[:-1]) if wanted.endswith("*") else text == wanted


def dissolved(frame: geopandas.GeoDataFrame, key: str, where: str) -> geopandas.GeoDataFrame:
    """One area of all features with the same key.

    Parameters
    ----------
    frame : ``raum``, ``geometriename``, ``name`` and valid polygons.

    Raises
    ------
    SpmError
        The features of an area have different names.
    """
    for raum, own in frame.groupby("raum", sort=False):
        names = list(dict.fromkeys(own["name"]))
        if raum and len(names) > 1:
            raise SpmError(
                f"Die Teilflächen des Raums «{raum}» heißen verschieden: {', '.join(names[:5])}.",
                wo=where,
                tun=f"Bitte unter {key}.namen einen Namen nennen, oder ist {key}.schluessel die "
                "falsche Spalte?",
            )
    return frame.dissolve(by="raum", as_index=False, sort=False)[list(frame.columns)]


def joined(
    frame: geopandas.GeoDataFrame, groups: Mapping[str, Sequence[str]], names: Mapping[str, str]
) -> geopandas.GeoDataFrame:
    """One area of several, as ``raeume.verbinden`` says; with `PARTS`.

    Parameters
    ----------
    frame : ``raum``, ``name``, ``geometriename`` and valid polygons, keys unique.
    groups : new key -> keys of its parts, all of which ``frame`` has.
    names : new key -> name; one without it is called like its key.
    """
    import geopandas
    import pandas as pd

    of = {part: key for key, parts in groups.items() for part in parts}
    inside = frame["raum"].isin(of)
    rows = []
    for key, parts in groups.items():
        own = frame[frame["raum"].isin(parts)]
        name = names.get(key, key)
        told = tuple(
            (raum, str(one))
            for raum, *both in own[["raum", "name", "geometriename"]].itertuples(index=False)
            for one in dict.fromkeys(both)
        )
        rows.append((key, name, name, told, own.geometry.union_all()))
    columns = ["raum", "name", "geometriename", PARTS, "geometry"]
    made = geopandas.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=frame.crs)
    rest = frame[~inside].assign(**{PARTS: [()] * int((~inside).sum())})
    return pd.concat([rest[columns], made], ignore_index=True)
