"""JSON: a list of records, however deep it lies, and records that hold records."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from spm.config.tables import Tabelle
from spm.errors import SpmError, nearest
from spm.foreign import door, nesting
from spm.rawfiles.cells import clean
from spm.rawfiles.csvfiles import MOST_CELLS, MOST_COLUMNS, decoded
from spm.rawfiles.grid import SEPARATOR, Grid, cut, empty

KEY = "Schlüssel"
"""Column of the names in an object of records: {"Altstadt": {…}, "Hafen": {…}}."""

LINES = (".jsonl", ".ndjson")
"""Files with a record in each line."""

DEEPEST = 4
"""So many levels below the file's own a list of records is looked for."""

Record = dict[str, Any]


def read_json(table: Tabelle, path: Path) -> Grid:
    """Read records as rows; what lies inside another object gets a name with " | ".

    A list of records inside a record makes one row of each, with what stands around it; records
    without a field have an empty cell. Rows are counted as the records of the list.

    Raises
    ------
    SpmError
        No valid JSON, a key given twice, NaN; no list of records, or several and
        ``datensaetze`` does not choose one.
    """
    text = decoded(door.content(path, nesting.LARGEST), table.zeichensatz)
    content = _lines(text) if path.suffix.lower() in LINES else _parsed(text)
    chosen = _at(content, table.datensaetze) if table.datensaetze else _only(content)
    if _is_sheet(chosen):
        return cut(chosen, table)
    rows, numbers = [], []
    for number, record in enumerate(_records(chosen), start=1):
        for row in _flat(record):
            rows.append(row)
            numbers.append(number)
    if not rows:
        raise empty("Die Liste der Datensätze ist leer.")
    header = list(dict.fromkeys(name for row in rows for name in row))
    if len(header) > MOST_COLUMNS or len(header) * len(rows) > MOST_CELLS:
        raise SpmError(
            f"Die Datensätze haben zusammen {len(header)} verschiedene Angaben.",
            tun="Ist datensaetze die richtige Stelle? Sonst als CSV liefern lassen.",
        )
    cells = [[row.get(name) for name in header] for row in rows]
    return Grid(header, cells, np.array(numbers), has_header_row=False)


def _parsed(text: str, line: int = 0) -> Any:
    try:
        return nesting.parsed(text, object_pairs_hook=_unique, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise SpmError(
            f"Die Datei ist kein gültiges JSON (Zeile {line or error.lineno}, Zeichen "
            f"{error.colno}).",
            tun="Die Datei neu ausgeben lassen. Hat sie in jeder Zeile einen Datensatz, muss sie "
            "auf .jsonl enden.",
        ) from None


def _lines(text: str) -> list[Any]:
    numbered = enumerate(text.splitlines(), start=1)
    return [_parsed(line, number) for number, line in numbered if line.strip()]


def _unique(pairs: list[tuple[str, Any]]) -> Record:
    """Refuse an object with the same key twice: one of the values would be lost."""
    found: Record = {}
    for key, value in pairs:
        if key in found:
            raise SpmError(
                f"Ein Objekt der Datei nennt den Schlüssel «{key}» zweimal.",
                tun="Die Datei neu ausgeben lassen: Einer der Werte ginge verloren.",
            )
        found[key] = value
    return found


def _no_number(word: str) -> float:
    raise SpmError(
        f"In der Datei steht {word}, das ist keine Zahl.",
        tun="Die Datei neu ausgeben lassen; was fehlt, ist null.",
    )


def _at(content: Any, path: str) -> Any:
    """What lies under a path of names ("daten.werte")."""
    for name in path.split("."):
        known = list(content) if isinstance(content, dict) else []
        if name not in known:
            raise SpmError(
                f"In der Datei gibt es «{name}» nicht (datensaetze: {path})."
                + nearest(name, [str(k) for k in known]),
                tun="datensaetze in der Params-Datei berichtigen.",
            )
        content = content[name]
    return content


def _only(content: Any) -> Any:
    """The one list of records of a file, or the whole if it is made of records itself."""
    if isinstance(content, list):
        return content
    found = dict(_lists(content, (), DEEPEST))
    if len(found) > 1:
        raise SpmError(
            f"Die Datei hat mehrere Listen: {', '.join(found)}.",
            tun="Die richtige in der Params-Datei als datensaetze nennen.",
        )
    return next(iter(found.values()), content)


def _lists(content: Any, path: tuple[str, ...], deepest: int) -> Iterator[tuple[str, Any]]:
    records = isinstance(content, list) and content and all(isinstance(c, dict) for c in content)
    if records or _is_sheet(content):
        yield ".".join(path), content
    elif isinstance(content, dict) and deepest:
        for key, value in content.items():
            yield from _lists(value, (*path, key), deepest - 1)


def _is_sheet(content: Any) -> bool:
    """Whether it is a list of rows, the header among them."""
    return (
        isinstance(content, list)
        and len(content) > 1
        and all(isinstance(row, list) for row in content)
        and all(isinstance(cell, str) for cell in content[0])
    )


def _records(content: Any) -> Iterable[Record]:
    if isinstance(content, list) and all(isinstance(record, dict) for record in content):
        return content
    if isinstance(content, dict) and content:
        values = list(content.values())
        if all(isinstance(value, dict) for value in values):
            return [{KEY: key, **value} for key, value in content.items()]
        if all(_is_column(value) for value in values) and len({len(v) for v in values}) == 1:
            return [dict(zip(content, row, strict=True)) for row in zip(*values, strict=True)]
        if not any(isinstance(value, list) for value in values):
            return [content]
    raise SpmError(
        "In der Datei ist keine Liste von Datensätzen zu erkennen.",
        tun="Ihre Stelle als datensaetze nennen (daten.werte), oder die Zahlen als Liste von "
        'Objekten liefern lassen: [{"raum": "1", "jahr": 2023, "anzahl": 12}].',
    )


def _is_column(value: Any) -> bool:
    return isinstance(value, list) and not any(isinstance(cell, dict | list) for cell in value)


def _flat(record: Record) -> list[Record]:
    """The rows of one record: as many as the list of records in it has, else one."""
    plain, lists = _split(record, ())
    if len(lists) > 1:
        raise SpmError(
            f"Ein Datensatz enthält mehrere Listen: {', '.join(lists)}.",
            tun="Je Liste eine Datei liefern lassen.",
        )
    for name, inner in lists.items():
        rows = [row for one in inner for row in _flat(one)]
        return [plain | {f"{name}{SEPARATOR}{k}": v for k, v in row.items()} for row in rows]
    return [plain]


def _split(record: Record, path: Sequence[str]) -> tuple[Record, dict[str, list[Record]]]:
    plain: Record = {}
    lists: dict[str, list[Record]] = {}
    for key, value in record.items():
        name = SEPARATOR.join((*path, clean(str(key))))
        if isinstance(value, dict):
            inner, deeper = _split(value, (*path, clean(str(key))))
            plain, lists = plain | inner, lists | deeper
        elif isinstance(value, list) and value and all(isinstance(v, dict) for v in value):
            lists[name] = value
        elif isinstance(value, list):
            plain[name] = json.dumps(value, ensure_ascii=False) if value else None
        else:
            plain[name] = value
    return plain, lists
