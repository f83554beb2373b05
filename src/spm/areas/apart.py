"""Municipalities of one params file: none of their areas belongs to two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from spm.areas.geometryfile import read_geometry
from spm.areas.keys import text_of
from spm.areas.selecting import only
from spm.config.areas import Raeume
from spm.errors import SpmError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas

    from spm.config.params import Params


def check_apart(params: Params) -> None:
    """Refuse an area key that another municipality of the same params file has as well.

    Only those that take their areas out of the same geometry are compared: in files of their own
    two municipalities may well number their areas alike.

    Raises
    ------
    SpmError
        The geometry cannot be read; or the key, and the other municipality.
    """
    section = params.raeume
    others = {name: one for name, one in _others(params) if one.datei == section.datei}
    if not others:
        return
    read: dict[tuple[str | None, str | None], geopandas.GeoDataFrame] = {}
    mine = _keys(params, section, read)
    for name, other in others.items():
        try:
            theirs = _keys(params, other, read)
        except SpmError:  # the filter of that one is wrong: its own check says so
            continue
        if both := sorted(mine & theirs):
            raise SpmError(
                f"Der Raum «{both[0]}» gehört zu zwei Kommunen der Params-Datei: zu "
                f"«{params.slug}» und zu «{name}»"
                + (f" (ebenso {len(both) - 1} weitere)." if len(both) > 1 else "."),
                wo=f"{params.raw_file(section.datei)}, Spalte {section.schluessel}",
                tun="Bitte die Filter der beiden prüfen. Sind es zwei Räume mit gleicher Nummer, "
                "unter raeume.schluessel eine Spalte nennen, die im ganzen Kreis eindeutig ist.",
            )


def _others(params: Params) -> Iterator[tuple[str, Raeume]]:
    for name, written in params.neighbours.items():
        try:
            yield name, Raeume.model_validate(written)
        except ValidationError:  # its own check says so
            continue


def _keys(
    params: Params,
    section: Raeume,
    read: dict[tuple[str | None, str | None], geopandas.GeoDataFrame],
) -> set[str]:
    """The keys of a section's areas, in the file and after joining.

    Parameters
    ----------
    read : what was read of the file, by layer and encoding.
    """
    path, how = params.raw_file(section.datei), (section.ebene, section.zeichensatz)
    if how not in read:
        origin = params.original(path)
        read[how] = read_geometry(path, section.ebene, "raeume", section.zeichensatz, origin)
    frame = read[how]
    if section.nur:
        frame = only(frame, section.nur, "raeume.nur", str(path))
    if section.schluessel not in frame.columns:  # `load_areas` says so
        return set()
    return {text_of(value) for value in frame[section.schluessel]} | set(section.verbinden)
