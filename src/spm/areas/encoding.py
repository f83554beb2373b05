"""The encoding of the texts in a geometry file: what its bytes say, whatever is said of them.

A shapefile keeps its texts in a dBASE table (.dbf); a file beside it (.cpg) may name the encoding.
Where it is missing, readers take ISO-8859-1, and a file in UTF-8 becomes «GrÃ¼nau».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from spm.errors import SpmError

CANDIDATES = ("utf-8", "cp1252", "cp850")
"""What German programs write: today's, Windows', DOS'."""

_HEADER, _DESCRIPTOR = 32, 32
_LOST = re.compile(r"[\x00-\x1f\x7f-\x9f�]|\w[„”‚]\w|[\u2500-\u259f]|[a-zäöüß]\?[a-zäöüß]")
"""Control characters, quotes inside of words, line drawing: no name of a place holds them."""


def shapefile_encoding(parts: Mapping[str, bytes], path: Path, key: str) -> str | None:
    """The encoding of a shapefile's texts, None for the one that its reader finds.

    Parameters
    ----------
    parts : the files of the shapefile, by suffix.
    path : the .shp file, for messages.
    key : the section of the params file, for messages.

    Raises
    ------
    SpmError
        The bytes are no UTF-8 though .cpg says so, or neither UTF-8 nor ISO-8859-1 and nobody says
        what they are; with what they would be in each encoding.
    """
    texts = [text for text in _texts(parts[".dbf"]) if any(byte > 0x7F for byte in text)]
    if not texts:
        return None
    if all(_decodes(text, "utf-8") for text in texts):
        return "utf-8"  # by accident, other texts are hardly ever valid UTF-8
    said = parts.get(".cpg", b"").decode("latin-1").strip()
    if re.sub(r"\W", "", said).lower() in ("utf8", "65001"):
        raise SpmError(
            f"Das Shapefile ist nicht in UTF-8 geschrieben, obwohl «{path.stem}.cpg» das sagt.",
            wo=str(path),
            tun=_advice(texts, key),
        )
    if not said and any(0x80 <= byte <= 0x9F for text in texts for byte in text):
        raise SpmError(
            "Das Shapefile nennt seinen Zeichensatz nicht (es fehlt die Datei .cpg).",
            wo=str(path),
            tun=_advice(texts, key),
        )
    return None


def check_texts(texts: Iterable[str], column: str, key: str, where: str) -> None:
    """Refuse names or keys that were read in a wrong encoding.

    Raises
    ------
    SpmError
        With the text as it was probably meant.
    """
    for text in texts:
        if (meant := mended(text)) is None:
            continue
        raise SpmError(
            f"Der Text «{_visible(text)}» ist falsch dekodiert"
            + (f"; gemeint ist wohl «{meant}»." if meant else ": Zeichen sind verloren."),
            wo=f"{where}, Spalte {column}",
            tun=f"Bitte den Zeichensatz der Datei als {key}.zeichensatz nennen (utf-8, cp1252, "
            f"cp850), die Datei neu ausgeben lassen oder den Namen unter {key}.namen nennen.",
        )


def mended(text: str) -> str | None:
    """What a wrongly decoded text was meant to be, "" if that is lost; None if nothing is wrong.

    Examples
    --------
    >>> mended("GrÃ¼nau")
    'Grünau'
    >>> mended("Gr\\x81nau")
    'Grünau'
    >>> mended("Grünau") is None
    True
    """
    for wrong in ("cp1252", "latin-1"):
        try:
            meant = text.encode(wrong).decode("utf-8")
        except UnicodeError:
            continue
        if meant != text:
            return meant
    if not _LOST.search(text):
        return None
    try:
        meant = text.encode("latin-1").decode("cp850")
    except UnicodeError:
        return ""
    return "" if _LOST.search(meant) else meant


def _texts(content: bytes) -> Iterable[bytes]:
    """Headers and texts of a dBASE table."""
    header = int.from_bytes(content[8:10], "little")
    length = int.from_bytes(content[10:12], "little")
    start, fields = 1, []  # every record begins with a mark for deleted ones
    for at in range(_HEADER, header - 1, _DESCRIPTOR):
        descriptor = content[at : at + _DESCRIPTOR]
        if len(descriptor) < _DESCRIPTOR or descriptor[0] == 0x0D:
            break
        yield descriptor[:11].split(b"\0")[0]
        if descriptor[11:12] == b"C":
            fields.append((start, start + descriptor[16]))
        start += descriptor[16]
    if length < 1:
        return
    for at in range(header, len(content) - length + 1, length):
        for begin, end in fields:
            yield content[at + begin : at + end].rstrip(b" \0")


def _decodes(text: bytes, encoding: str) -> bool:
    """Whether a text is valid, but for a last character that its column cut off."""
    try:
        text.decode(encoding)
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True


def _advice(texts: Iterable[bytes], key: str) -> str:
    example = next(iter(texts))
    read = [f"{name}: «{_visible(example.decode(name, 'replace'))}»" for name in CANDIDATES]
    return (
        f"Bitte den Zeichensatz als {key}.zeichensatz nennen. Ein Text der Datei wäre in "
        f"{', in '.join(read)}."
    )


def _visible(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f-\x9f]", "�", text)
