"""Which files a params file names already; add lines to it, and write it."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from spm.errors import SpmError
from spm.foreign import door
from spm.system import files

_DATEI = re.compile(
    r"datei: *(\"[^\"]*\"|[^,}#\n]*[^,}#\s])(?:\s*,?\s*\n?\s*blatt: *(\"[^\"]*\"|[^,}#\n]+))?"
)


_TOLD = re.compile(r"^\s*#\s+([^\s:][^:\n]*?)(?:, Blatt ([^:\n]+))?: ", re.M)
"""A file that was not placed, or not read, in a comment."""


def named(text: str) -> set[tuple[str, str]]:
    """Files and sheets that stand somewhere in the file, also in comments."""
    plain = re.sub(r"^\s*#\s?", "", text, flags=re.M)
    found: set[tuple[str, str]] = set()
    for file, sheet in _DATEI.findall(plain):
        found.add((file.strip().strip('"'), sheet.strip().strip('"')))
    for file, sheet in _TOLD.findall(text):
        found.add((file, sheet))
    last = ""
    for line in plain.splitlines():  # "<<: *tabelle1" with another sheet of the same file
        if match := re.match(r"\s*(?:- )?datei: *(.+?)(?:  #.*)?$", line):
            last = match[1].strip().strip('"')
        elif (match := re.match(r"\s*(?:- )?blatt: *(.+?)(?:  #.*)?$", line)) and last:
            found.add((last, match[1].strip().strip('"')))
    return found


def inserted(text: str, lines: list[str]) -> str:
    """Behind the last entry of ``lieferungen``, before the next section or last comments."""
    rows = text.split("\n")
    start = next((i for i, row in enumerate(rows) if row.startswith("lieferungen:")), None)
    if start is None:
        return text + "\n".join(["", "lieferungen:", *lines, ""])
    end = start + 1
    for i in range(start + 1, len(rows)):
        row = rows[i]
        if row and not row.startswith((" ", "#")):
            break
        if row.startswith(" ") and not row.lstrip().startswith("#"):
            end = i + 1
    return "\n".join([*rows[:end], *lines, *rows[end:]])


def write(path: Path, text: str, *, new: bool) -> None:
    """Write beside and rename; a new file never takes the place of another one.

    One that is there keeps its line ends, and its mark of UTF-8.
    """
    try:
        if new:
            with open(path, "x", encoding="utf-8", newline="\n") as file:
                file.write(text)
            return
        before = door.content(path, door.LARGEST_TEXT)
        encoding = "utf-8-sig" if before.startswith(codecs.BOM_UTF8) else "utf-8"
        half = path.with_suffix(".part")
        half.write_text(text, encoding=encoding, newline="\r\n" if b"\r\n" in before else "\n")
        files.replace(half, path)
    except FileExistsError:
        raise SpmError(
            f"Die Datei «{path.name}» gibt es inzwischen.",
            wo=str(path),
            tun="Den Befehl wiederholen: Er ergänzt sie dann.",
        ) from None
    except OSError as error:
        raise SpmError(
            f"Die Params-Datei lässt sich nicht schreiben ({error.strerror}).",
            wo=str(path),
            tun="Gibt es den Ordner params/, und ist die Datei in einem anderen Programm offen?",
        ) from error
