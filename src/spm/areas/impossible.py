"""What no area can be: refused before anything is counted by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm.errors import SpmError

if TYPE_CHECKING:
    import geopandas

SMALLEST = 100.0
"""Square metres: a house with its garden is larger. Coordinates in kilometres, or in degrees that
pass for metres, give less."""

LARGEST = 4e11
"""Square metres: Germany has 3.6e11."""

SAME = 0.999
"""Share that two areas have in common, of both, which makes them one outline."""


def check_shapes(areas: geopandas.GeoDataFrame, where: str) -> None:
    """Refuse areas of a millimetre, of the size of the earth, and one outline for two areas.

    Parameters
    ----------
    areas : ``raum`` and ``geometry`` in metres (EPSG:25832), valid polygons, keys unique.
    where : the file, for messages.

    Raises
    ------
    SpmError
        Naming the area, or both.
    """
    for key, size in zip(areas["raum"], areas.geometry.area, strict=True):
        if not SMALLEST <= size <= LARGEST:
            raise SpmError(
                f"Der Raum «{key}» ist {_in_words(size)}: Das kann nicht sein.",
                wo=where,
                tun="Bitte Koordinaten und Koordinatensystem beim Absender prüfen lassen "
                "(Kilometer statt Meter, verschobenes Komma?).",
            )
    shapes, keys = list(areas.geometry), list(areas["raum"])
    for i, j in areas.sindex.query(areas.geometry, predicate="intersects").T.tolist():
        if i >= j:
            continue
        larger = max(shapes[i].area, shapes[j].area)
        if min(shapes[i].area, shapes[j].area) < SAME * larger:
            continue
        if shapes[i].intersection(shapes[j]).area >= SAME * larger:
            raise SpmError(
                f"Die Räume «{keys[i]}» und «{keys[j]}» haben denselben Umriss.",
                wo=where,
                tun="Bitte den richtigen Umriss liefern lassen; einer von beiden ist kopiert.",
            )


def _in_words(square_metres: float) -> str:
    if square_metres > LARGEST or square_metres != square_metres:
        return "größer als Deutschland"
    return f"{square_metres:.6f}".rstrip("0").rstrip(".").replace(".", ",") + " m² groß"
