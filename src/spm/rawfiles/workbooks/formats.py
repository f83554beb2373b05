"""What a number format makes of a number (ECMA-376, part 1, 18.8.31): most change looks only."""

import re
from enum import Enum

_PLAIN = re.compile(r"General|Standard|@|[#0,]*0(\.0+)?", re.IGNORECASE)
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|([_*]).')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[\d.]+)\]")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_PLACEHOLDER = re.compile(r"[0#?]|General|Standard|@", re.IGNORECASE)
_DATE = re.compile(r"[dmyhsjt]", re.IGNORECASE)
_COMPARE = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}


class Meaning(Enum):
    """What a person sees in place of the number that the cell holds."""

    PLAIN = "the number"
    PERCENT = "a hundred times it"
    SCALED = "thousandths or millionths of it"
    MASKED = "a text, or other digits"
    EMPTY = "nothing"


def is_plain(pattern: str) -> bool:
    """Whether a format shows every number as it is."""
    return _PLAIN.fullmatch(pattern) is not None


def meaning(pattern: str, number: float) -> tuple[Meaning, str]:
    """What a format shows for a number, and the fixed text in it."""
    section = _section(_sections(pattern), number)
    literals = "".join(a or b for a, b, c in _LITERAL.findall(section) if not c)
    code = _BRACKETS.sub("", _LITERAL.sub("", section)).strip()
    if not _PLACEHOLDER.search(code):
        if _DATE.search(code):
            return Meaning.PLAIN, ""  # a date is no number any more when it is read
        text = (literals + code).strip()
        if not text:
            return Meaning.EMPTY, ""
        return (Meaning.PLAIN if number == 0 and text in "-–—−" else Meaning.MASKED), text
    if "%" in code:
        return Meaning.PERCENT, ""
    if re.search(r"[0#?],+(\D*)$", code):
        return Meaning.SCALED, ""
    if re.search(r"\d", literals) and "General" not in pattern:
        return Meaning.MASKED, literals.strip()
    return Meaning.PLAIN, ""


def names_year(pattern: str) -> bool:
    """Whether the format of a date shows its year."""
    code = _BRACKETS.sub("", _LITERAL.sub("", pattern.split(";")[0]))
    return bool(re.search(r"[yj]", code, re.IGNORECASE)) or is_plain(pattern)


def _sections(pattern: str) -> list[str]:
    """The parts of a format; a semicolon inside quotation marks or behind a backslash is text."""
    parts, start = [], 0
    for found in re.finditer(r'"[^"]*"|\\.|;', pattern):
        if found[0] == ";":
            parts.append(pattern[start : found.start()])
            start = found.end()
    return [*parts, pattern[start:]]


def _section(sections: list[str], number: float) -> str:
    """The part that holds for a number: by its condition, else by its sign."""
    conditions = [_CONDITION.search(part) for part in sections]
    if any(conditions):
        for part, found in zip(sections, conditions, strict=True):
            if found is None or _COMPARE[found[1]](number, float(found[2])):
                return part
        return sections[-1]
    if len(sections) > 2 and number == 0:
        return sections[2]
    return sections[1] if len(sections) > 1 and number < 0 else sections[0]
