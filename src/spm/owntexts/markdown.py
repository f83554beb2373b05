"""Whether Markdown that somebody writes beside the notebooks can be part of every report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spm.errors import SpmError
from spm.foreign import nesting, programs
from spm.foreign.helper import GaveUp
from spm.text import permitted
from spm.text.visible import hidden

READER = "markdown-native_divs-native_spans"
"""Pandoc's Markdown, as in the book; HTML tags for blocks are told as HTML."""

LONGEST = 300_000
"""Characters of a text, a hundred pages."""
MEMORY = ("+RTS", "-M500m", "-RTS")
"""For pandoc: what it may use."""
_OUT_OF_MEMORY = 251

_SHORTCODE, _COMMENT = re.compile(r"\{\{<|\{\{%"), re.compile(r"<!--")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,}|:{3,})(.*)")


def check_markdown(source: str, path: Path) -> str:
    """The text itself, if it is Markdown that HTML and PDF can show alike.

    Raises
    ------
    SpmError
        Raw HTML, TeX or Typst, pictures, programs, a heading of level 1, settings at its head,
        or a block that is not closed, with the line; or nested so that pandoc does not end.
    """
    if len(source) > LONGEST:
        raise SpmError(
            f"Der Text ist länger als {LONGEST} Zeichen.",
            wo=str(path),
            tun="Bitte kürzen; so lang ist kein Kapitel.",
        )
    if code := hidden(source):
        raise _refused(
            f"ein Zeichen, das niemand sieht ({code})", chr(int(code[2:], 16)), source, path
        )
    for pattern, what in ((_SHORTCODE, "ein Quarto-Befehl"), (_COMMENT, "ein HTML-Kommentar")):
        if found := pattern.search(source):
            raise _refused(what, found[0], source, path)
    _check_fences(source, path)
    document = _parsed(source, path)
    if document["meta"]:
        raise _refused("ein Kopf mit Einstellungen", "---", source, path)
    for kind, content in _elements(document["blocks"]):
        what, where = _wrong(kind, content)
        if what:
            raise _refused(what, where, source, path)
    return source


def _check_fences(source: str, path: Path) -> None:
    """An open block would swallow the rest of the chapter."""
    code = ""
    opened: list[int] = []
    for number, line in enumerate(source.split("\n"), start=1):
        match = _FENCE.match(line)
        if not match:
            continue
        mark, rest = match[1], match[2].strip()
        if code:
            if mark.startswith(code) and not rest:
                code = ""
                opened.pop()
        elif mark[0] != ":":
            if rest.startswith("{") and rest[1:2] not in (".", "#", "="):
                raise _refused("ein Programm", rest, source, path)
            code = mark
            opened.append(number)
        elif rest.strip(": "):
            opened.append(number)
        elif opened:
            opened.pop()
        else:
            raise _unclosed("geschlossen, der nicht geöffnet ist", number, path)
    if opened:
        raise _unclosed("geöffnet und nicht geschlossen", opened[-1], path)


def _unclosed(how: str, line: int, path: Path) -> SpmError:
    return SpmError(
        f"Im Text wird ein Block {how}.",
        wo=f"{path}, Zeile {line}",
        tun="Bitte jeden Block mit derselben Zeile schließen, die ihn öffnet: ::: oder ```.",
    )


def _parsed(source: str, path: Path) -> dict[str, Any]:
    import pypandoc

    try:
        done = programs.run(
            [pypandoc.get_pandoc_path(), *MEMORY, "--from", READER, "--to", "json"],
            source.encode(),
            programs.SECONDS + len(source) // 100_000,
        )
    except GaveUp as error:
        raise _endless(f"Der Text {error.why}", path) from None
    if done.returncode == _OUT_OF_MEMORY:
        raise _endless("Der Text braucht beim Lesen zu viel Arbeitsspeicher", path)
    if done.returncode:
        raise SpmError(
            "Der Text ist kein lesbares Markdown: "
            + done.stderr.decode("utf-8", "replace").strip()[-500:],
            wo=str(path),
            tun="Bitte die Datei als UTF-8-Text speichern und den Abschnitt vereinfachen.",
        )
    try:
        document: dict[str, Any] = nesting.parsed(done.stdout.decode())
    except SpmError:
        raise _endless("Der Text ist zu tief verschachtelt", path) from None
    return document


def _endless(was: str, path: Path) -> SpmError:
    return SpmError(
        f"{was}.",
        wo=str(path),
        tun="Bitte nach vielen Klammern, «>» oder Einrückungen hintereinander suchen und den "
        "Abschnitt vereinfachen.",
    )


def _elements(node: Any) -> Iterator[tuple[str, Any]]:
    """Every element of the document, depth first: its kind and content."""
    if isinstance(node, list):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, dict):
        if "t" in node:
            yield node["t"], node.get("c")
        for child in node.values():
            yield from _elements(child)


def _wrong(kind: str, content: Any) -> tuple[str, str]:
    """What is wrong with one element, and a piece of its source; empty if nothing is."""
    if kind in ("RawBlock", "RawInline"):
        language = {"html": "HTML", "tex": "TeX"}.get(content[0], content[0].capitalize())
        return f"{language}-Code", content[1]
    if kind == "Image":
        return "ein Bild", content[2][0]
    if kind == "Header" and content[0] == 1:
        return "eine Überschrift der ersten Ebene", ""
    if kind == "Link" and not _leads_to_a_page(content[2][0]):
        return f"ein Verweis auf «{content[2][0]}»", content[2][0]
    for _, _, pairs in _attributes(kind, content):
        for name, value in pairs:
            if name not in permitted.OWN_TEXTS or not permitted.attribute(name, value):
                return f"das Attribut «{name}»", value
    return "", ""


def _leads_to_a_page(target: str) -> bool:
    """Of the web, or within the chapter: no file lies beside the municipality's texts."""
    return target.startswith("#") or permitted.scheme(target) in permitted.SCHEMES


def _attributes(kind: str, content: Any) -> list[Any]:
    if kind in ("CodeBlock", "Code", "Div", "Span", "Link"):
        return [content[0]]
    return [content[1]] if kind == "Header" else []


_ADVICE = {
    "eine Überschrift der ersten Ebene": "Bitte zwei oder mehr «#» schreiben: die erste Ebene ist "
    "der Titel des Kapitels.",
    "ein Zeichen, das niemand sieht": "Bitte die Stelle neu eintippen: Zeichen ohne Breite und "
    "Marken der Schreibrichtung kommen mit, wenn Text aus Webseiten kopiert wird.",
    "ein Bild": "Bitte ohne Bild beschreiben oder im Notebook eine Abbildung einfügen: Bilder "
    "brauchen eine Datei im Bericht und einen Alternativtext.",
    "ein Kopf mit Einstellungen": "Bitte die Zeilen zwischen «---» löschen; für eine Linie «***» "
    "schreiben.",
}


def _refused(what: str, piece: str, source: str, path: Path) -> SpmError:
    return SpmError(
        f"Im Text steht {what}; das lässt sich nicht in den Bericht übernehmen.",
        wo=f"{path}{_line(what, piece, source)}",
        tun=_ADVICE.get(
            what.split(" (")[0],
            "Bitte nur Markdown schreiben (Absätze, Listen, Tabellen, Hervorhebungen, Fußnoten, "
            "Verweise ins Netz), das in HTML und PDF gleich aussieht.",
        ),
    )


def _line(what: str, piece: str, source: str) -> str:
    pattern = re.escape(piece.split("\n")[0].strip() or piece)
    if what.startswith("eine Überschrift"):
        pattern = r"^#(?!#)|^=+\s*$"
    found = re.search(pattern, source, re.MULTILINE) if pattern else None
    return f", Zeile {source[: found.start()].count(chr(10)) + 1}" if found else ""
