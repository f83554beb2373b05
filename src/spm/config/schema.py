"""The JSON Schema of a params file, for one municipality or several: completion in editors."""

from __future__ import annotations

from typing import Any

from spm.config.filesections import editor_schema
from spm.config.kommunen import NO_FILTER
from spm.config.params import Params

FILTERED = ("Tabelle", "Lieferung", "Raeume", "FruehereRaeume")
"""Sections whose rows, or areas, are told apart by a filter."""

UNFILTERED = ("Ziele", "Angebotsliste")
"""Sections that can only say that they hold for all."""

LIMITED = ("Tabelle", "Lieferung")
"""Sections that may be for some municipalities only."""

_TEXT: dict[str, Any] = {"type": ["string", "number", "boolean"]}
_VALUES: dict[str, Any] = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_COLUMNS: dict[str, Any] = {"type": "object", "additionalProperties": _VALUES}
_NONE: dict[str, Any] = {"const": NO_FILTER}


def params_schema() -> dict[str, Any]:
    """Schema of both kinds of params files: what only a file for several municipalities has
    (`spm.config.kommunen`) is added to the sections of an ordinary one."""
    schema = editor_schema(Params)
    sections, top = schema["$defs"], schema["properties"]
    top["kommunen"] = {
        "type": "object",
        "additionalProperties": {"$ref": "#/$defs/Kommuneneintrag"},
        "description": "Mehrere Kommunen, die in denselben Dateien liefern: Kürzel (Name der Ordner"
        " des Berichts) -> Eintrag. In allen Texten stehen {kommune}, {name}, {ags} und "
        "{ags_ohne_null} für Kürzel, Namen und Schlüssel der Kommune.",
    }
    top["filter"] = _COLUMNS | {
        "description": "Nur mit kommunen: Welche Zeilen und Räume zu einer Kommune gehören, Spalte "
        '-> Wert, zum Beispiel AGS: "{ags}". Gilt für jede Tabelle und die Geometrie, die nichts '
        "anderes sagt.",
    }
    entry: dict[str, Any] = {
        "name": _TEXT | {"description": "Name der Kommune."},
        "ags": _TEXT | {"description": "Ihr Gemeindeschlüssel."},
        "filter": _COLUMNS
        | {"description": "Ihre Werte in Spalten, nach denen gefiltert wird, wo sie anders sind."},
    }
    entry |= {
        name: {"description": f"Was in {name} für diese Kommune anders ist."}
        for name in Params.model_fields
    }
    sections["Kommuneneintrag"] = {
        "type": "object",
        "description": "Eine von mehreren Kommunen einer Params-Datei.",
        "properties": entry,
        "additionalProperties": False,
    }
    for name in FILTERED:
        sections[name]["properties"]["filter"] = {
            "anyOf": [_COLUMNS, _NONE],
            "description": "Nur mit kommunen: Spalte -> Wert der Kommune, wo es eine andere Spalte "
            f"ist; {NO_FILTER}: Alles darin gilt.",
        }
    for name in UNFILTERED:
        sections[name]["properties"]["filter"] = _NONE | {
            "description": f"Nur mit kommunen: {NO_FILTER}, wenn die Datei für jede Kommune gilt.",
        }
    for name in LIMITED:
        sections[name]["properties"]["gilt_fuer"] = _VALUES | {
            "description": "Nur mit kommunen: Kürzel der Kommunen, für die dies gilt; ohne Angabe "
            "für alle.",
        }
    alone = {"kommune": {"required": sections["Kommune"].pop("required")}}
    schema["required"].remove("kommune")
    schema["if"] = {"required": ["kommunen"]}
    schema["else"] = {"required": ["kommune"], "properties": alone}
    return schema
