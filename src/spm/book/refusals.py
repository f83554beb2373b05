"""What Typst refuses, in German and with the chapter that an analyst can open."""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TypeVar

from spm.errors import SpmError
from spm.system.memory import give_back
from spm.system.processes import apart

CHAPTER, SHEET = "Kapitel", "Blatt"
FRONT = "Texte der Params-Datei, zum Beispiel der Titel des Berichts"
"""Place of what precedes the first chapter."""
LONGEST = 80
"""Characters quoted of a line; a paragraph is one line."""

_MARK = re.compile(rf"// ({CHAPTER}|{SHEET}): ?(.*)")
_PLACE = re.compile(r"┌─ (?:.*[/\\])?([^/\\]+\.typ):(\d+):(\d+)")
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed with font')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_FOLDER = re.compile(r"[^\s`\"«(]*spm-pdf-\w+[/\\]")
_PICTURE = re.compile(r"\bimage\b|\bSVG\b")
_MOST = 5

Result = TypeVar("Result")


def set_apart(function: Callable[..., Result], *arguments: object) -> Result:
    """What a function that calls Typst returns, from a process of its own: Typst keeps hundreds of
    megabytes of what it has set. What is free here is given back before.

    Raises
    ------
    SpmError
        The process was ended from outside.
    """
    give_back()
    try:
        return apart(function, *arguments)
    except BrokenProcessPool:
        raise SpmError(
            "Typst wurde vom Betriebssystem beendet, während es Seiten setzte.",
            tun="Meist reicht der Arbeitsspeicher nicht: Bitte andere Programme schließen und den"
            " Bericht noch einmal erstellen.",
        ) from None


def mark(kind: str, name: str) -> str:
    """A comment line in a Typst source: what follows belongs to this chapter or sheet."""
    return f"// {kind}: {' '.join(name.split())}".rstrip()


def refusal(
    message: str, diagnostic: str, source: str, main: str, files: Mapping[str, Path]
) -> SpmError:
    """The error to show.

    Parameters
    ----------
    message, diagnostic : as Typst gives them: the first error, and all with their places.
    source, main : the text that was refused, with its marks, and its file name.
    files : what the text shows, by the name that it uses.
    """
    blocks = [b for b in diagnostic.strip().split("\n\n") if b.startswith("error:")]
    lines = source.splitlines()
    missing: dict[str, str] = {}
    for block in blocks:
        if found := _MISSING.search(block):
            missing.setdefault(_ESCAPED.sub(lambda m: chr(int(m[1], 16)), found[1]), block)
    if missing:
        # Typst tells them in an order of its own.
        inorder = sorted(missing, key=source.find)
        return _missing({character: missing[character] for character in inorder}, lines, main)
    if _PICTURE.search(message) and (unreadable := next(_unreadable(files), None)):
        return _not_read(*unreadable, lines)
    first = blocks[0] if blocks else ""
    return SpmError(
        f"Typst kann das PDF nicht setzen: {_FOLDER.sub('', message)}",
        wo=_place(first, lines, main) or _elsewhere(first),
        tun="Bitte die genannte Stelle vereinfachen.",
    )


def _missing(blocks: Mapping[str, str], lines: list[str], main: str) -> SpmError:
    """Characters without a shape: typed by somebody, so that the place is the chapter's text."""
    places = []
    for character, block in blocks.items():
        # Of a table's cell Typst says no place.
        places.append(_place(block, lines, main) or next(_holding(character, lines), ""))
    where = [place for place in dict.fromkeys(places) if place][:_MOST]
    named = [_named(character) for character in blocks]
    listed = ", ".join(named[:_MOST]) + (" …" if len(named) > _MOST else "")
    what = f"Das Zeichen {listed} fehlt" if len(named) == 1 else f"Die Zeichen {listed} fehlen"
    return SpmError(
        f"{what} in der Schrift des Berichts.",
        wo=where[0] if len(where) == 1 else "".join(f"\n    {place}" for place in where),
        tun="Bitte durch Buchstaben oder Worte ersetzen: im Notebook, in den Params oder, wenn es "
        "ein Name aus den Daten ist, dort.",
    )


def _unreadable(files: Mapping[str, Path]) -> Iterator[tuple[str, str]]:
    """Names of pictures that Typst cannot show, each with what it says: of the whole text it says
    the place in the design where all pictures are shown."""
    import typst

    with tempfile.TemporaryDirectory(prefix="spm-pdf-") as folder:
        main = Path(folder) / "bild.typ"
        for name, path in files.items():
            if path.suffix == ".typ":
                continue
            shown = main.with_suffix(path.suffix)
            shutil.copyfile(path, shown)
            main.write_text(f'#image("{shown.name}")', encoding="utf-8", newline="\n")
            try:
                typst.compile(main, ignore_system_fonts=True)
            except typst.TypstError as e:
                yield name, e.message


def _not_read(name: str, message: str, lines: list[str]) -> SpmError:
    return SpmError(
        f"Die Bilddatei {name} lässt sich nicht lesen: {message}",
        wo=next(_holding(name, lines), name),
        tun="Bitte das Bild als PNG, JPEG oder SVG neu speichern und die Endung der Datei prüfen.",
    )


def _named(character: str) -> str:
    """In quotation marks, or by its number if nobody can see it."""
    if all(unicodedata.category(c)[0] in "LNPSM" for c in character):
        return f"«{character}»"
    return " ".join(f"U+{ord(c):04X}" for c in character)


def _place(block: str, lines: list[str], main: str) -> str:
    """The first place of a message in the main file, which alone holds what was written."""
    for file, line, column in _PLACE.findall(block):
        if file == main and int(line) <= len(lines):
            return _described(lines, int(line) - 1, int(column))
    return ""


def _elsewhere(block: str) -> str:
    found = _PLACE.search(block)
    return f"{found[1]}, Zeile {found[2]}" if found else ""


def _holding(character: str, lines: list[str]) -> Iterator[str]:
    for index, line in enumerate(lines):
        if character in line and not _MARK.match(line):
            yield _described(lines, index, line.index(character))


def _described(lines: list[str], index: int, column: int) -> str:
    marks = (_MARK.fullmatch(line) for line in reversed(lines[: index + 1]))
    found = next((m for m in marks if m), None)
    if not found or not found[2]:
        return FRONT
    name = f"{found[2]}.ipynb" if found[1] == CHAPTER else f"«{found[2]}»"
    return f"{name}: {_shortened(lines[index], column)}"


def _shortened(line: str, column: int) -> str:
    start = max(0, min(column - LONGEST // 2, len(line) - LONGEST))
    part = line[start : start + LONGEST].strip()
    before, after = "… " if start else "", " …" if start + LONGEST < len(line) else ""
    return f"{before}{part}{after}"
