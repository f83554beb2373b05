"""Digests of inputs that a municipality shares with others of the same params file.

Where a params file stands for several municipalities, a delivery is named by the digest of what is
read of it for this one: else the manifest, which is published with a keyed digest of it, would
change with every row, column or sheet of a neighbour. All other files are named by the digest of
their bytes, and so is every file of a municipality with a params file of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from spm.release.digest import sha256

if TYPE_CHECKING:
    from spm.config.areas import Raumsatz
    from spm.config.params import Params
    from spm.config.tables import Tabelle


def raw_digest(params: Params, name: str) -> str:
    """Digest of a file of the data folder, as far as this municipality is concerned."""
    if params.file != params.path:  # the file of others as well, perhaps
        areas = [s for s in (params.raeume, *params.raeume.fruehere) if s.datei == name]
        if areas:
            return _of_areas(params, name, areas)
        tables = _tables(params, name)
        if tables and not any(table.vorlage for table in tables):
            from spm.rawfiles.ownrows import digest_of_rows

            return digest_of_rows(tables, params)
    return sha256(params.raw_file(name))


def params_digest(params: Params) -> str:
    """Digest of the params file; of one for several municipalities of what it says of this one."""
    if params.file == params.path:
        return sha256(params.project_file(params.file.relative_to(params.root).as_posix()))
    content = json.dumps(params.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def own_digests(
    params: Params, sources: Mapping[str, Path], raw: Mapping[str, str]
) -> dict[str, str]:
    """Digests of all inputs that only this municipality has, by their names in the manifest.

    Parameters
    ----------
    sources : files by these names, without the params file.
    raw : files of the data folder, by these names.
    """
    found = {name: sha256(path) for name, path in sources.items()}
    found |= {shown: raw_digest(params, name) for shown, name in raw.items()}
    found[params.address] = params_digest(params)
    return found


def _tables(params: Params, name: str) -> list[Tabelle]:
    deliveries = params.lieferungen.values()
    return [table for own in deliveries for table in own.tabellen if table.datei == name]


def _of_areas(params: Params, name: str, sections: list[Raumsatz]) -> str:
    """Of keys, names and outlines of the municipality's areas."""
    from spm.areas.geometryfile import read_geometry
    from spm.areas.keys import text_of
    from spm.areas.selecting import only

    path, known = params.raw_file(name), hashlib.sha256()
    for section in sections:
        frame = read_geometry(path, section.ebene, "raeume", section.zeichensatz)
        own = only(frame, section.nur, "raeume.nur", str(path))
        columns = [[text_of(v) for v in own[c]] for c in (section.schluessel, section.name)]
        known.update(json.dumps([str(own.crs), columns], ensure_ascii=False).encode())
        for shape in own.geometry:
            known.update(shape.wkb)
    return known.hexdigest()
