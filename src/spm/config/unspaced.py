"""A colon without a blank behind it: YAML takes «jahr:2022» for a text, and complains elsewhere."""

from __future__ import annotations

import re

_PAIR = re.compile(r"\s*(?:- +)?([^\W\d][\w-]*):([^\s:/].*)")
_SHOWN = 30


def unspaced(text: str) -> str:
    """What is wrong with a text that was meant as a key and its value; "" if it was not.

    Examples
    --------
    >>> unspaced("berichtsjahr:2022"), unspaced("https://x.de"), unspaced("jahr: 2022")
    ('hinter dem Doppelpunkt fehlt ein Leerzeichen («berichtsjahr: 2022»)', '', '')
    """
    match = _PAIR.match(text)
    if match is None:
        return ""
    value = match[2].split(" #")[0].strip()
    value = value if len(value) <= _SHOWN else value[:_SHOWN] + " …"
    return f"hinter dem Doppelpunkt fehlt ein Leerzeichen («{match[1]}: {value}»)"


def line_before(text: str, line: int) -> tuple[str, int] | None:
    """The same of the line of a YAML file in which the parser stopped, or of the one before it.

    Parameters
    ----------
    line : from 1.

    Returns
    -------
    problem, line
        None if neither is such a line.
    """
    lines = text.splitlines()
    filled = [n for n in range(1, min(line, len(lines)) + 1) if lines[n - 1].split("#")[0].strip()]
    found = ((unspaced(lines[n - 1]), n) for n in filled[:-3:-1])
    return next((pair for pair in found if pair[0]), None)
