"""CSV files: strict about the character encoding, because wrong letters break every match."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from spm.config.tables import Tabelle
from spm.errors import SpmError
from spm.foreign import door
from spm.rawfiles.encodings import german, odd, probable
from spm.rawfiles.grid import Grid, cut

# UTF-8 bytes of German letters and dashes that were read as cp1252 or latin-1 and saved again
_MOJIBAKE = re.compile("Ã[\u0080-\u00bf¼¤¶Ÿ„–œ]|â€[\u0080-\u00ff“”œž™]")
_CONTROLS = re.compile("[\u0080-\u009f]")
_LOST = "\ufffd"

LONGEST_LINE = 2_000_000
"""Characters."""
MOST_LINES, MOST_COLUMNS, MOST_CELLS = 2_000_000, 16_384, 10_000_000
"""Of a file; of a row, as in Excel; fields of a file. Persons of a Kreis are some hundred thousand
lines."""

LONGEST_CELL = 131_072
"""Characters; what is longer is the rest of a file behind an open quotation mark."""

_MARK = "\ufeff"
"""Programs of Windows write it first, whatever encoding the params file names."""


def read_csv(table: Tabelle, path: Path) -> Grid:
    """Read a CSV file as text cells.

    Raises
    ------
    SpmError
        For a wrong character encoding, an open quotation mark or an empty file.
    """
    text = decoded(door.content(path), table.zeichensatz)
    rows, lines = parsed(text, table.trennzeichen)
    grid = cut(rows, table)
    if len(rows) < lines:
        _refuse_swallowed_rows(rows, table)
    grid.uneven = _uneven(rows, table.kopfzeilen, grid.rows.tolist())
    return grid


def parsed(text: str, separator: str) -> tuple[list[list[str]], int]:
    """All rows of a CSV text, and how many lines they were written in.

    Raises
    ------
    SpmError
        For an open quotation mark, or more than a table has.
    """
    reader = csv.reader(_lines(text), delimiter=separator)
    before = csv.field_size_limit(LONGEST_CELL)  # of the whole process: others may have raised it
    try:
        return _taken(reader), reader.line_num
    except csv.Error as error:
        raise SpmError(
            f"Ab Zeile {reader.line_num} ist die Datei keine lesbare CSV-Datei.",
            tun="Vermutlich fehlt ein schließendes Anführungszeichen. Die Datei neu ausgeben.",
        ) from error
    finally:
        csv.field_size_limit(before)


def _lines(text: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if len(line) > LONGEST_LINE:
            raise SpmError(
                f"Zeile {number} hat {len(line)} Zeichen.",
                tun="Ist es eine CSV-Datei mit Zeilenumbrüchen? Die Datei neu ausgeben lassen.",
            )
        yield line


def _taken(reader: Iterable[list[str]]) -> list[list[str]]:
    rows, cells = [], 0
    for number, row in enumerate(reader, start=1):
        cells += len(row)
        if len(row) > MOST_COLUMNS:
            was = f"Zeile {number} hat {len(row)} Felder, mehr als eine Tabelle Spalten hat."
        elif number > MOST_LINES:
            was = f"Die Datei hat mehr als {MOST_LINES} Zeilen."
        elif cells > MOST_CELLS:
            was = f"Bis Zeile {number} hat die Datei {cells} Felder."
        else:
            rows.append(row)
            continue
        raise SpmError(
            was,
            tun="Ist trennzeichen das richtige? Sonst nur die gebrauchten Spalten und Jahre "
            "liefern lassen.",
        )
    return rows


def _refuse_swallowed_rows(rows: Sequence[list[str]], table: Tabelle) -> None:
    """A single quotation mark turns all rows up to the next one into the text of its cell."""
    separators = max(len(rows[number - 1]) for number in table.kopfzeilen) - 1
    for number, row in enumerate(rows, start=1):
        for cell in row:
            lines = cell.splitlines()[1:]
            if any(line.count(table.trennzeichen) >= separators > 0 for line in lines):
                raise SpmError(
                    f"In Zeile {number} öffnet ein Anführungszeichen einen Text, der die "
                    f"folgenden {len(lines)} Zeilen verschluckt.",
                    tun="Das einzelne Anführungszeichen in dieser Zeile entfernen oder die Datei "
                    "neu ausgeben lassen.",
                )


def _uneven(rows: Sequence[list[str]], header_rows: list[int], data: list[int]) -> dict[int, str]:
    """Rows with fewer cells than the header has names, or with text beyond the header."""
    header = [rows[number - 1] for number in header_rows]
    width = max(len(row) for row in header)
    named = max((i for row in header for i, cell in enumerate(row, 1) if cell.strip()), default=0)
    return {
        number: f"Die Zeile hat {len(row)} statt {width} Felder."
        for number, row in ((number, rows[number - 1]) for number in data)
        if len(row) < named or (len(row) > width and "".join(row[width:]).strip())
    }


def decoded(raw: bytes, encoding: str) -> str:
    """Decode a file, or say which encoding it probably has."""
    try:
        text = raw.decode(encoding).removeprefix(_MARK)
    except UnicodeError as error:
        raise _wrong_encoding(encoding, probable(raw, encoding)) from error
    if _LOST in text:
        number = text[: text.index(_LOST)].count("\n") + 1
        raise SpmError(
            f"In Zeile {number} sind Buchstaben verloren gegangen (Zeichen «{_LOST}»).",
            tun="Die Datei beim Absender neu ausgeben lassen, als CSV UTF-8.",
        )
    if not text.isascii() and _is_single_byte(encoding):
        better = probable(raw, encoding)
        if better == "utf-8-sig" or _CONTROLS.search(text):
            raise _wrong_encoding(encoding, better)
        other = raw.decode(better) if better else text
        if odd(text) and not odd(other) and german(other) > german(text):
            raise _wrong_encoding(encoding, better)
    broken = _MOJIBAKE.search(text)
    if broken:
        number = text[: broken.start()].count("\n") + 1
        raise SpmError(
            f"In Zeile {number} sind Umlaute zerstört («{broken[0]}»): die Datei wurde beim "
            "Absender mit falschem Zeichensatz geöffnet und wieder gespeichert.",
            tun="Die Datei beim Absender neu ausgeben lassen, als CSV UTF-8.",
        )
    return text


def _is_single_byte(encoding: str) -> bool:
    """Whether an encoding gives every byte a letter, so that it never fails on UTF-8."""
    return not encoding.lower().replace("_", "-").startswith(("utf", "u8"))


def _wrong_encoding(encoding: str, better: str | None) -> SpmError:
    return SpmError(
        f"Die Datei hat nicht den Zeichensatz {encoding}, Umlaute wären falsch.",
        tun=f"In der Params-Datei zeichensatz: {better} versuchen."
        if better
        else "Die Datei beim Absender neu ausgeben lassen, als CSV UTF-8.",
    )
