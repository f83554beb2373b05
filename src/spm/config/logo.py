"""The file of the logo, and what makes it fit: it can be decoded and asks for nothing else."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from spm.config.svgsize import Size
from spm.errors import SpmError
from spm.foreign import door

if TYPE_CHECKING:
    from spm.config.params import Params

LOGOS = (".svg", ".png")
LARGEST = 500_000
"""Bytes of a logo; it is part of every page."""
WIDEST = 5_000
"""Pixels of a side: few bytes of a PNG can become gigabytes."""

_SVG, _XHTML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"
_XLINK, _XML = "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"
# Programs, foreign contents, and what can change a reference later.
_ACTIVE = {"script", "foreignObject", "handler", "listener", "set", "discard"}
_REFERENCES = {"href", "src", f"{_XLINK} href", f"{_XML} base"}
_PRESENTATION = ("style", "fill", "stroke", "filter", "mask", "clip-path", "marker", "cursor")
_INSIDE = re.compile(r"\s*(?:#[^\s]*|data:image/(?:png|jpeg)[;,].*)", re.IGNORECASE | re.DOTALL)
_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(\D))", re.IGNORECASE)
_CSS_LOADS = re.compile(r"@import|(?:image(?:-set)?|src)\s*\(", re.IGNORECASE)
_CSS_URL = re.compile(r"url\s*\(([^)]*)", re.IGNORECASE)
_LENGTH = re.compile(r"\s*\+?(\d*\.?\d+(?:e[+-]?\d+)?)\s*([a-z]*|%)\s*", re.IGNORECASE)
_SINGLE_BYTE = re.compile(r"us-ascii|iso-8859-\d+|windows-125\d", re.IGNORECASE)

_OUTSIDE = "verweist auf andere Dateien"
_ENDLESS = "ist zu tief verschachtelt oder wiederholt sich selbst"
_PROGRAM = "enthält ein Programm oder fremde Inhalte"


class _Unfit(Exception):
    """What the SVG does that a logo must not do, as the rest of a German sentence."""


def logo_file(params: Params) -> Path | None:
    """The logo, checked; None if there is none.

    Raises
    ------
    SpmError
        The file is missing, too large, neither SVG nor PNG, cannot be decoded, or is an SVG that
        asks for other files.
    """
    name = params.gestaltung.logo
    if not name:
        return None
    path = params.project_file(name)
    was = problem(path)
    if was:
        raise SpmError(
            was,
            wo=f"{params.path}, gestaltung.logo: {name}",
            tun="Bitte ein Logo als SVG (UTF-8) oder PNG nehmen, das sich öffnen lässt und alles "
            "selbst enthält.",
        )
    return path


def problem(path: Path) -> str:
    """What is wrong with a logo, as a German sentence; empty if nothing is."""
    name, kind = f"Das Logo «{path.name}»", path.suffix.lower()
    if not path.is_file():
        return f"{name} gibt es nicht."
    if kind not in LOGOS:
        return f"{name} ist weder SVG noch PNG."
    if path.stat().st_size > LARGEST:
        return f"{name} ist größer als {LARGEST // 1000} kB."
    content = door.content(path, LARGEST)
    try:
        _check_png(content) if kind == ".png" else _check_svg(content)
    except _Unfit as e:
        return f"{name} {e}."
    return ""


def _check_png(content: bytes) -> None:
    from PIL import Image  # only needed for a PNG

    if not content.startswith(b"\x89PNG\r\n\x1a\n"):
        raise _Unfit("ist kein PNG")
    try:
        # Pillow itself only warns of a huge picture, in English.
        if max(struct.unpack(">II", content[16:24])) > WIDEST:
            raise _Unfit(f"ist breiter oder höher als {WIDEST} Pixel")
        with Image.open(io.BytesIO(content), formats=("PNG",)) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError, EOFError, zlib.error, struct.error):
        raise _Unfit("ist ein beschädigtes PNG und lässt sich nicht anzeigen") from None


def _check_svg(content: bytes) -> None:
    # As text, for the parser to read what Typst reads, which knows no other encoding.
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    declared = re.match(r"\s*<\?xml[^>]*encoding\s*=\s*['\"]([^'\"]*)", text)
    encoding = declared[1] if declared else "utf-8"
    single = content.isascii() and _SINGLE_BYTE.fullmatch(encoding)
    if "\0" in text or not (single or encoding.lower() in ("utf-8", "utf8")):
        raise _Unfit("ist kein SVG in der Kodierung UTF-8")
    reader = _Svg()
    try:
        reader.parser.Parse(text, True)
    except expat.ExpatError:
        raise _Unfit("ist kein SVG") from None
    if reader.size.too_large:
        raise _Unfit(_ENDLESS)


class _Svg:
    """Reads an SVG from beginning to end; its parser raises `_Unfit` at what is not allowed."""

    def __init__(self) -> None:
        self.parser = parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self.depth = 0
        self.size = Size()
        self.style = 0  # depth of the <style> that is open
        self.css: list[str] = []
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.data
        parser.ProcessingInstructionHandler = self.instruction
        parser.StartDoctypeDeclHandler = self.doctype

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        namespace, _, name = tag.rpartition(" ")
        self.depth += 1
        self.size.begin(attributes)
        if self.size.too_deep:
            raise _Unfit(_ENDLESS)
        if self.depth == 1:
            if tag != f"{_SVG} svg":
                raise _Unfit("ist kein SVG")
            _check_size(attributes)
        # What moves is lost in print and disturbs reading.
        if name in _ACTIVE or name.startswith("animate") or namespace == _XHTML:
            raise _Unfit(_PROGRAM)
        if name == "style" and not self.style:
            self.style = self.depth
        # Of the other attributes none is followed: metadata may name addresses as they like.
        for key, value in attributes.items():
            if key.lower().startswith("on"):
                raise _Unfit(_PROGRAM)
            if key in _REFERENCES and not _INSIDE.fullmatch(value):
                raise _Unfit(_OUTSIDE)
            if key.startswith(_PRESENTATION):
                _check_css(value)

    def end(self, _: str) -> None:
        if self.style == self.depth:
            _check_css("".join(self.css))
            self.style, self.css = 0, []
        self.size.end()
        self.depth -= 1

    def data(self, text: str) -> None:
        if self.style:
            self.css.append(text)

    def instruction(self, target: str, _: str) -> None:
        if target.lower() == "xml-stylesheet":
            raise _Unfit(_OUTSIDE)

    def doctype(self, _: str, system: str | None, public: str | None, own: int) -> None:
        # Illustrator and old Inkscape name the public definition, which no program loads.
        known = (public or "").startswith("-//W3C//DTD SVG ")
        if system and not known:
            raise _Unfit(_OUTSIDE)
        if own:
            raise _Unfit("enthält eigene Definitionen (<!DOCTYPE … [ … ]>)")


def _check_css(text: str) -> None:
    # Comments are read as well: what looks like one may lie inside a string.
    plain = _CSS_ESCAPE.sub(_unescaped, text)
    if _CSS_LOADS.search(plain):
        raise _Unfit(_OUTSIDE)
    for target in _CSS_URL.findall(plain):
        if not _INSIDE.fullmatch(target.strip().strip("'\"")):
            raise _Unfit(_OUTSIDE)


def _unescaped(found: re.Match[str]) -> str:
    if found[2]:
        return found[2]
    code = int(found[1], 16)
    return chr(code) if code <= 0x10FFFF else "\ufffd"


def _check_size(attributes: Mapping[str, str]) -> None:
    """Both sides, or the box that says how they relate; zero is no size."""
    given = [attributes.get(key, "auto") for key in ("width", "height")]
    sides = [_LENGTH.fullmatch(side) for side in given if side != "auto"]
    if all(side and float(side[1]) > 0 for side in sides):
        if box := attributes.get("viewBox", "").replace(",", " ").split():
            numbers = [_LENGTH.fullmatch(number) for number in box[2:]]
            if len(numbers) == 2 and all(number and float(number[1]) > 0 for number in numbers):
                return
        elif len(sides) == 2 and all(side and side[2] != "%" for side in sides):
            return
    raise _Unfit("hat keine Größe (width, height oder viewBox)")
