"""Which files a params file names already; add lines to it, and write it."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from spm.config.yearly import YEAR
from spm.errors import SpmError
from spm.foreign import door
from spm.system import files

_DATEI = re.compile(
    r"datei: *(\"[^\"]*\"|[^,}#\n]*[^,}#\s])(?:\s*,?\s*\n?\s*blatt: *(\"[^\"]*\"|[^,}#\n]+))?"
)


_TOLD = re.compile(r"^\s*#\s+([^\s:][^:\n]*?)(?:, Blatt ([^:\n]+))?: ", re.M)
"""A file that was not placed, or not read, in a comment."""


@dataclass(frozen=True)
class Named:
    """Files and sheets that a params file names; "" is every sheet of a file."""

    pairs: frozenset[tuple[str, str]] = frozenset()

    def __contains__(self, place: tuple[str, str]) -> bool:
        """Whether a file and sheet stand there, by their names or as those of some year."""
        file, sheet = map(_spelled, place)
        if (file, sheet) in self.pairs or (file, "") in self.pairs:
            return True
        return any(each.fullmatch(f"{file}\n{sheet}") for each in self._of_years)

    def has_file(self, name: str) -> bool:
        """Whether a file stands there, with whichever sheet."""
        file = _spelled(name)
        year = r"(?:19|20)\d\d"
        patterns = {re.escape(own).replace(re.escape(YEAR), year) for own, _ in self.pairs}
        return any(re.fullmatch(pattern, file) for pattern in patterns)

    @cached_property
    def _of_years(self) -> list[re.Pattern[str]]:
        found = []
        for file, sheet in sorted(self.pairs):
            if YEAR in file + sheet:
                text = re.escape(f"{file}\n{sheet}").replace(re.escape(YEAR), "(?P=jahr)")
                first = text.replace("(?P=jahr)", r"(?P<jahr>(?:19|20)\d\d)", 1)
                found.append(re.compile(first + ("" if sheet else ".*")))
        return found


def named(text: str, data: Mapping[str, Any]) -> Named:
    """Files and sheets that stand somewhere in the file, also in comments.

    Parameters
    ----------
    text, data : the file as it is written, and as it is read.
    """
    found = set(_mapped(data))
    comments = "\n".join(re.findall(r"#\s?(.*)", text))
    for file, sheet in _DATEI.findall(comments):
        found.add((file, sheet))
    for file, sheet in _TOLD.findall(text):
        found.add((file, sheet))
    plain = {(_bare(file), _bare(sheet)) for file, sheet in found}
    return Named(frozenset((_spelled(file), _spelled(sheet)) for file, sheet in plain))


def _mapped(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        if isinstance(value.get("datei"), str):
            yield value["datei"], str(value.get("blatt") or "")
        for own in value.values():
            yield from _mapped(own)
    elif isinstance(value, list):
        for own in value:
            yield from _mapped(own)


def _bare(text: str) -> str:
    return text.strip().strip("\"'")


def _spelled(text: str) -> str:
    """As it is compared: macOS takes umlauts apart, Windows has another sign between folders."""
    return unicodedata.normalize("NFC", text).replace("\\", "/").removeprefix("./")


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
