"""Filled templates: each says itself what its columns mean (`spm.offices` writes them).

One sheet of the workbook holds the mapping of all others, in the keys of the params file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd
from pydantic import ValidationError

from spm.config.tables import Tabelle
from spm.errors import SpmError
from spm.published import NICHT_GELIEFERT
from spm.rawfiles.reading import read_table

if TYPE_CHECKING:
    from spm.config.params import Params

SCHEMA = "SPM-Zuordnung"
"""Name of the sheet with the mapping; hidden, but whoever wants to may look."""

COLUMNS = ("Lieferung", "Blatt", "Schlüssel", "Inhalt")
"""Of that sheet. Without a delivery a row is about the workbook; ``Inhalt`` is JSON."""

EDITION = 1
"""Of the mapping; another one would have to be read otherwise."""

KEYS = {
    "kopfzeilen",
    "spalten",
    "konstanten",
    "werte",
    "entpivotieren",
    "nicht_zuordenbar",
    "gesamtzeilen",
    "gesperrt",
    "fehlend",
    "zaehlen",
    "schuljahr",
    "zeitpunkt",
    "nur",
    "ohne",
}
"""What a workbook may say. It never says which file is read."""

_AGAIN = "Bitte die Vorlage mit «spm vorlagen» neu schreiben und die Zahlen hineinkopieren."


def mapping_of(table: Tabelle) -> dict[str, Any]:
    """What is said of a table, as JSON can hold it."""
    return table.model_dump(mode="json", exclude_unset=True, exclude={"vorlage"})


def mapped(mapping: Mapping[str, Any]) -> Tabelle:
    """A table of a template by its mapping; the opposite of `mapping_of`."""
    return Tabelle(**mapping).model_copy(update={"vorlage": True})


def tables_of_template(table: Tabelle, key: str, params: Params) -> list[Tabelle] | SpmError:
    """The tables that a filled template holds of one delivery.

    Parameters
    ----------
    table : with ``vorlage``: only its file counts.
    key : of the delivery.

    Returns
    -------
    list of Tabelle or SpmError
        The error if the file is missing, is no template, or is one for somebody else.
    """
    try:
        rows = _schema(table, params)
        tables = {name: mapping for (own, name), mapping in rows.items() if own == key}
        if not tables:
            others = ", ".join(sorted({own for own, _ in rows if own}))
            return SpmError(
                f"Die Vorlage hat kein Blatt für die Lieferung «{key}», nur für: {others}.",
                tun="Die richtige Vorlage nennen oder das Kürzel der Lieferung berichtigen.",
            )
        return [
            mapped({"datei": table.datei, "blatt": name} | mapping)
            for name, mapping in tables.items()
        ]
    except SpmError as error:
        return error
    except (ValidationError, ValueError):
        return SpmError("Die Zuordnung in der Vorlage ist beschädigt.", tun=_AGAIN)


def _schema(table: Tabelle, params: Params) -> dict[tuple[str, str], dict[str, Any]]:
    """By delivery and sheet what the workbook says; about itself under two empty texts."""
    try:
        grid = read_table(Tabelle(datei=table.datei, blatt=SCHEMA), params)
    except SpmError as error:
        if not error.was.startswith(f"Das Blatt «{SCHEMA}»"):
            raise
        raise SpmError(
            f"Die Datei ist keine Vorlage von SPM: das (ausgeblendete) Blatt «{SCHEMA}» fehlt.",
            tun="Die Zahlen in die Vorlage kopieren, die «spm vorlagen» schreibt, oder die Datei "
            "ohne «vorlage: ja» zuordnen.",
        ) from None
    if grid.header[: len(COLUMNS)] != list(COLUMNS):
        raise SpmError("Die Zuordnung in der Vorlage ist beschädigt.", tun=_AGAIN)
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for own, sheet, key, content in zip(*(grid.texts(c) for c in COLUMNS), strict=True):
        if own and key not in KEYS:
            raise ValueError(key)
        found.setdefault((own, sheet), {})[key] = json.loads(content)
    about = found.pop(("", ""), {})
    if about.get("fassung") != EDITION:
        raise SpmError("Die Vorlage ist aus einer anderen Fassung von SPM.", tun=_AGAIN)
    if about.get("ags") != params.kommune.ags:
        raise SpmError(
            "Die Vorlage ist für eine andere Kommune "
            f"({about.get('kommune')}, {about.get('ags')}).",
            tun="Die richtige Datei in den Datenordner legen.",
        )
    return found


def without_empty_years(rows: pd.DataFrame) -> pd.DataFrame:
    """Without the years of a measure in which nothing at all is filled in: they wait to be."""
    if rows.empty:
        return rows
    filled = rows["status"].ne(NICHT_GELIEFERT)
    kept = filled.groupby([rows["merkmal"], rows["jahr"]]).transform("any")
    return rows[kept.astype(bool)].reset_index(drop=True)
