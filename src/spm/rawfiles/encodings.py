"""Which encoding a file of text has: told by the letters that come out."""

import re

CANDIDATES = ("cp1252", "cp850", "mac_roman")
"""Windows, DOS and old Macs, as they wrote German; latin-1 is a part of the first."""

_USUAL = re.compile(r"[\x00-\x7fäöüÄÖÜßéèêëáàâçñôóíïæøåÉ§°²³µ·€–—…„“”‚‘’•™\xa0\xad]")
_INSIDE = re.compile(r"(?<=[^\W\d_])[„“”‚‘™€§Ž£¥¤«»](?=[^\W\d_])|\b[™Žš€Š][a-zäöüß]{2}")
"""Signs that no word has in it: another encoding's umlauts."""

_GERMAN = frozenset("äöüÄÖÜß")


def odd(text: str) -> int:
    """How many characters of a text no German table has."""
    return len(_USUAL.sub("", text)) + len(_INSIDE.findall(text))


def german(text: str) -> int:
    """How many umlauts and sharp s a text has."""
    return sum(character in _GERMAN for character in text)


def probable(raw: bytes, but: str = "") -> str | None:
    """The encoding that a file most probably has.

    Parameters
    ----------
    raw : the file.
    but : an encoding that it has not.

    Returns
    -------
    str or None
        "utf-16" or "utf-8-sig" if the bytes say so, else the one of `CANDIDATES` that makes the
        fewest odd and the most German letters; None if none of them can read the file.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if but != "utf-8-sig" and _read(raw, "utf-8") is not None:
        return "utf-8-sig"
    ranked = []
    for place, name in enumerate(CANDIDATES):
        text = _read(raw, name)
        if text is not None and name != but.lower().replace("-", "_"):
            ranked.append((odd(text), -german(text), place, name))
    return min(ranked)[-1] if ranked else None


def _read(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeError:
        return None
