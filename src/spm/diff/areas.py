"""Which areas are new, gone, renamed or redrawn, as far as the reports tell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from spm.diff.finished import Finished
from spm.errors import SpmError
from spm.published import GESAMT, NICHT_ZUORDENBAR
from spm.text.numbers import NBSP, format_number

if TYPE_CHECKING:
    import shapely

NEU, ENTFALLEN, UMBENANNT, GRENZEN = "neu", "entfallen", "umbenannt", "neu abgegrenzt"
OUTLINES = Path("html/daten/raeume.geojson")

NOTICED = 0.001
"""Share of an area that must have changed hands; less is a difference of drawing."""


class Area(NamedTuple):
    """One difference: key, kind, and what it is about (old and new name, share of the area)."""

    raum: str
    art: str
    detail: str


def changed_areas(old: Finished, new: Finished) -> list[Area]:
    """Every difference, in the order of the newer report.

    Raises
    ------
    SpmError
        The outlines of a report are not readable.
    """
    named = bool(old.areas and new.areas)
    before, after = _names(old, named), _names(new, named)
    found = []
    shapes = [_shapes(report) for report in (old, new)]
    for key, name in after.items():
        if key not in before:
            found.append(Area(key, NEU, name))
            continue
        if before[key] != name:
            found.append(Area(key, UMBENANNT, f"{before[key]} → {name}"))
        if key in shapes[0] and key in shapes[1]:
            share = _moved(shapes[0][key], shapes[1][key])
            if share > NOTICED:
                percent = format_number(100 * share, 1)
                found.append(Area(key, GRENZEN, f"{name}: {percent}{NBSP}% der Fläche anders"))
    return [*found, *(Area(k, ENTFALLEN, before[k]) for k in before if k not in after)]


def _names(report: Finished, named: bool) -> dict[str, str]:
    """Names by key, without groups of areas; keys alone where a report comes without open data."""
    section = report.rules.get("raeume")
    groups = section.get("gruppen") if isinstance(section, dict) else None
    others = {GESAMT, NICHT_ZUORDENBAR, *(groups if isinstance(groups, dict) else ())}
    if named:
        rows = report.areas.items()
        return {key: row.get("raum_name") or key for key, row in rows if key not in others}
    return {key: key for key in dict.fromkeys(report.values["raum"]) if key not in others}


def _shapes(report: Finished) -> dict[str, shapely.Geometry]:
    from shapely.geometry import shape

    path = report.folder / OUTLINES
    if not path.is_file():
        return {}
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        return {f["properties"]["raum"]: shape(f["geometry"]) for f in features}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise SpmError(
            "Die Umrisse der Räume sind nicht lesbar.",
            wo=str(path),
            tun="Bitte den Bericht unverändert aus der Ablage holen oder neu bauen.",
        ) from None


def _moved(a: shapely.Geometry, b: shapely.Geometry) -> float:
    """What belongs to only one of two outlines, as a share of the larger one."""
    import shapely

    a, b = (shape if shape.is_valid else shapely.make_valid(shape) for shape in (a, b))
    return a.symmetric_difference(b).area / max(a.area, b.area)
