"""The areas of a municipality: keys, names and geometry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm.areas.encoding import check_texts
from spm.areas.geometryfile import read_geometry
from spm.areas.impossible import check_shapes
from spm.areas.keys import natural, text_of
from spm.areas.repairing import MENDED, valid_polygons
from spm.areas.selecting import dissolved, joined, only
from spm.areas.whereabouts import (
    GERMANY,
    advice,
    check_place,
    explanations,
    in_degrees,
    inside,
)
from spm.errors import SpmError, nearest
from spm.published import GESAMT, NICHT_ZUORDENBAR
from spm.text.visible import name_problem, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas
    import pandas as pd

    from spm.config.areas import Raumsatz
    from spm.config.params import Params

CRS = "EPSG:25832"
"""ETRS89 / UTM 32N: the metric system that German surveying offices deliver for most Länder."""

FULL_CIRCLE = 360
"""No coordinate in degrees is larger."""

RESERVED = {GESAMT, NICHT_ZUORDENBAR}
"""Area keys that the fact table uses for the municipality and for people without an area."""


def load_areas(
    params: Params, section: Raumsatz | None = None, key: str = "raeume"
) -> geopandas.GeoDataFrame:
    """Read and check the areas.

    Parameters
    ----------
    section, key : of the params file, and what messages call it; default: today's areas.

    Returns
    -------
    GeoDataFrame
        Columns ``raum`` (key, text), ``name`` (as readers see it), ``geometriename`` (without the
        changes of ``raeume.namen``; deliveries may use it), ``geometry`` in EPSG:25832, in natural
        order of the keys ("2" before "10"), valid; ``attrs`` name the areas whose outline was
        repaired (`spm.areas.repairing`). With ``raeume.verbinden`` also ``teile``, see
        `spm.areas.selecting.joined`.

    Raises
    ------
    SpmError
        File missing or unreadable, no CRS or a wrong one, wrong column, encoding, empty or double
        key, invalid or missing polygon, an area missing from or not on ``raeume.liste``.
    """
    import geopandas

    section = section or params.raeume
    assert section.datei  # without one, earlier areas are read from a table
    path = params.raw_file(section.datei)
    where = str(path)
    origin = params.original(path)
    frame = read_geometry(path, section.ebene, key, section.zeichensatz, origin)
    if section.nur:
        frame = only(frame, section.nur, f"{key}.nur", where)
    for name, column in (("schluessel", section.schluessel), ("name", section.name)):
        if column not in frame.columns:
            raise SpmError(
                f"Die Geometrie hat keine Spalte «{column}».{nearest(column, frame.columns)}",
                wo=where,
                tun=f"Bitte {key}.{name} berichtigen.",
            )
    frame = geopandas.GeoDataFrame(
        {
            "raum": [text_of(v) for v in frame[section.schluessel]],
            "geometriename": [text_of(v) for v in frame[section.name]],
        },
        geometry=frame.geometry.values,
        crs=frame.crs,
    )
    given = zip(frame.raum, frame.geometriename, strict=True)
    frame.insert(1, "name", [section.namen.get(raum, name) for raum, name in given])
    check_texts(frame["raum"], section.schluessel, key, where)
    check_texts(frame["name"], section.name, key, where)
    mended = valid_polygons(frame, where)
    if section.aufloesen:
        frame = dissolved(frame, key, where)
    _check_keys(frame, section, key, where)
    _check_joined(frame, section, key, where)
    frame = _project(frame, section.crs, f"{key}.crs", where, params)
    check_shapes(frame, where)
    if groups := getattr(section, "verbinden", {}):
        parts = set(frame["raum"])
        frame = joined(frame, groups, section.namen)
        _check_renamed(section, [*parts, *frame["raum"]], f"{key}.namen", params)
    else:
        _check_renamed(section, frame["raum"], f"{key}.namen", params)
    _check_listed(frame, section, where)
    _check_names(frame, section, key, where)
    frame = frame.sort_values("raum", key=lambda keys: keys.map(natural), ignore_index=True)
    if mended:
        frame.attrs[MENDED] = mended
    return frame


def own_names(areas: pd.DataFrame) -> list[str]:
    """Every key and name that means one of these areas."""
    return [*areas.raum, *areas.name, *areas.geometriename]


def named_areas(areas: pd.DataFrame) -> list[tuple[str, str]]:
    """Key and name of every area, by all names that mean it."""
    columns = (areas.name, areas.geometriename)
    return [pair for names in columns for pair in zip(areas.raum, names, strict=True)]


def _check_keys(frame: geopandas.GeoDataFrame, section: Raumsatz, name: str, where: str) -> None:
    keys, column = list(frame.raum), section.schluessel
    for number, key in enumerate(keys, start=1):
        if not key:
            raise SpmError(
                f"Raum Nr. {number} der Geometrie hat keinen Schlüssel.",
                wo=f"{where}, Spalte {column}",
                tun=f"Bitte ergänzen lassen, oder ist {name}.schluessel die falsche Spalte?",
            )
        if problem := name_problem(key):
            raise SpmError(
                f"Der Schlüssel von Raum Nr. {number} der Geometrie {problem}.",
                wo=f"{where}, Spalte {column}: «{shortened(key)}»",
                tun=f"Bitte berichtigen lassen, oder ist {name}.schluessel die falsche Spalte?",
            )
        if key in RESERVED:
            raise SpmError(
                f"Der Schlüssel «{key}» ist für SPM reserviert.",
                wo=f"{where}, Spalte {column}",
                tun="Bitte einen anderen Schlüssel vergeben.",
            )
        if keys.index(key) != number - 1:
            raise SpmError(
                f"Der Raum «{key}» steht zweimal in der Geometrie.",
                wo=f"{where}, Spalte {column}, Objekte {keys.index(key) + 1} und {number}",
                tun=f"Sind es Teilflächen eines Raums: {name}.aufloesen: ja eintragen. Sonst den "
                "Schlüssel berichtigen.",
            )


def _check_listed(frame: geopandas.GeoDataFrame, section: Raumsatz, where: str) -> None:
    expected, keys = getattr(section, "liste", []), list(frame.raum)
    if expected:
        missing, extra = sorted(set(expected) - set(keys)), sorted(set(keys) - set(expected))
        if missing or extra:
            parts = []
            if missing:
                parts.append(f"in der Geometrie fehlt: {', '.join(missing)}")
            if extra:
                parts.append(f"die Geometrie hat zusätzlich: {', '.join(extra)}")
            raise SpmError(
                f"Geometrie und raeume.liste nennen nicht dieselben Räume: {'; '.join(parts)}.",
                wo=f"{where}, Spalte {section.schluessel}",
                tun="Bitte die Geometrie ergänzen oder raeume.liste berichtigen; sind es zu viele, "
                "wählt raeume.nur die eigenen aus.",
            )


def _check_joined(frame: geopandas.GeoDataFrame, section: Raumsatz, name: str, where: str) -> None:
    keys = set(frame.raum)
    for key, parts in getattr(section, "verbinden", {}).items():
        unknown = [part for part in parts if part not in keys]
        if unknown or key in keys:
            was = (
                f"{name}.verbinden nennt den unbekannten Raum «{unknown[0]}»."
                + nearest(unknown[0], frame.raum)
                if unknown
                else f"Den Schlüssel «{key}» unter {name}.verbinden hat schon ein anderer Raum."
            )
            raise SpmError(
                was,
                wo=f"{where}, Spalte {section.schluessel}",
                tun=f"Bitte {name}.verbinden berichtigen.",
            )


def _check_renamed(section: Raumsatz, keys: Iterable[str], key: str, params: Params) -> None:
    known = list(keys)
    unknown = sorted(set(section.namen) - set(known))
    if unknown:
        raise SpmError(
            f"{key} nennt den unbekannten Raum «{unknown[0]}».{nearest(unknown[0], known)}",
            wo=f"{params.path}, {key}",
            tun="Bitte den Schlüssel berichtigen oder den Eintrag löschen.",
        )


def _check_names(frame: geopandas.GeoDataFrame, section: Raumsatz, key: str, where: str) -> None:
    """Every area has a name, and none that deliveries would take for another area's key."""
    for raum, name in zip(frame.raum, frame.name, strict=True):
        was = ""
        if not name:
            was = f"Der Raum «{raum}» hat keinen Namen."
        elif problem := name_problem(name):
            was = f"Der Name des Raums «{raum}» {problem}: «{shortened(name)}»."
        elif name != raum and name in set(frame.raum):
            was = f"Der Raum «{raum}» heißt «{name}» wie der Schlüssel eines anderen Raums."
        if was:
            raise SpmError(
                was,
                wo=f"{where}, Spalte {section.name}",
                tun=f"Bitte dort berichtigen lassen oder in der Params-Datei unter {key}.namen "
                "einen Namen nennen.",
            )


def _project(
    frame: geopandas.GeoDataFrame, crs: str | None, key: str, where: str, params: Params
) -> geopandas.GeoDataFrame:
    ags = params.kommune.ags
    if _not_in_degrees(frame):
        frame = frame.set_crs(None, allow_override=True)
    if frame.crs is None and not crs:
        found = explanations(frame.total_bounds, None, ags)
        raise SpmError(
            "Die Geometrie nennt kein Koordinatensystem.",
            wo=where,
            tun=advice(found, key)
            if found
            else f"Bitte beim Absender erfragen und in der Params-Datei als {key} "
            "eintragen, zum Beispiel EPSG:25832.",
        )
    if crs and not _fits(frame):
        try:
            frame = frame.set_crs(crs, allow_override=True)
        except Exception:  # pyproj raises CRSError, which is no public base of geopandas
            raise SpmError(
                f"Das Koordinatensystem «{crs}» ist unbekannt.",
                wo=f"{where}, {key}",
                tun="Bitte in der Form EPSG:25832 angeben.",
            ) from None
    check_place(frame, ags, key, where)
    # Heights would go into the open data, where nobody reads them.
    return frame.set_geometry(frame.geometry.force_2d()).to_crs(CRS)


def _fits(frame: geopandas.GeoDataFrame) -> bool:
    """Whether the file names a system, and by it the areas lie in Germany."""
    return frame.crs is not None and inside(in_degrees(frame.total_bounds, frame.crs), GERMANY)


def _not_in_degrees(frame: geopandas.GeoDataFrame) -> bool:
    """Whether metres are passed off as degrees: GeoJSON without a system counts as WGS 84."""
    if frame.crs is None or not frame.crs.is_geographic:
        return False
    return max(abs(limit) for limit in frame.total_bounds) > FULL_CIRCLE
