"""German texts for ages and age groups -> first and last completed year of life."""

import re
from collections.abc import Callable, Iterable
from functools import cache

OLDEST = 120
"""Above this, a number is not an age (a year or a count got into the column)."""

OPEN_END = 10_000
"""Stands for the end of an open age group when ages are compared."""

Age = tuple[int, int]
"""First and last completed year of life of an age group."""

EXAMPLES = "0-2, 0 bis unter 3, unter 3, 17, 65 und mehr, insgesamt"

_TOTALS = {"insgesamt", "gesamt", "alle", "alle altersgruppen", "zusammen"}
_DASHES = str.maketrans("‐‑‒–—−", "------")
# Words that surround an age without changing it
_FILLERS = re.compile(r"-?\s*jährige[nr]?\b|\b(?:jahren?|jahre?|alt|im alter|von)\b|\bj\.")
_BY_PATTERN: list[tuple[re.Pattern[str], Callable[..., tuple[int, int | None]]]] = [
    (re.compile(r"(\d+)"), lambda a: (a, a)),
    (re.compile(r"(\d+) ?(?:-|bis) ?(?:unter|u\.|<) ?(\d+)"), lambda a, b: (a, b - 1)),
    (re.compile(r"(\d+) ?(?:-|bis) ?(?:einschließlich )?(\d+)"), lambda a, b: (a, b)),
    (re.compile(r"(?:bis )?(?:unter|u|<) ?(\d+)"), lambda b: (0, b - 1)),
    (re.compile(r"(?:bis|<=|≤) ?(\d+)"), lambda b: (0, b)),
    (re.compile(r"(?:ab|>=|≥) ?(\d+)"), lambda a: (a, None)),
    (
        re.compile(r"(\d+) ?(?:\+|(?:und|u\.|oder) ?(?:mehr|älter|darüber|ä\.))"),
        lambda a: (a, None),
    ),
]
_OF_LIFE: list[tuple[re.Pattern[str], Callable[..., tuple[int, int | None]]]] = [
    (
        re.compile(r"(?:bis )?(?:zum )?vollendete[nsm]? (\d+)\.? lebensjahre?s?"),
        lambda n: (0, n - 1),
    ),
    (re.compile(r"(?:ab|nach) (?:dem )?vollendete[nm] (\d+)\.? lebensjahr"), lambda n: (n, None)),
    (re.compile(r"(?:im )?(\d+)\.? ?lebensjahre?s?"), lambda n: (n - 1, n - 1)),
    (re.compile(r"lebensjahre? (\d+)"), lambda n: (n - 1, n - 1)),
    (
        re.compile(r"(?:vom )?(\d+)\.? ?(?:-|bis) ?(?:zum )?(\d+)\.? lebensjahre?s?"),
        lambda a, b: (a - 1, b - 1),
    ),
    (re.compile(r"lebensjahre? (\d+) ?(?:-|bis) ?(\d+)"), lambda a, b: (a - 1, b - 1)),
]
"""The third year of life is the one at the age of 2; whoever has completed it is 3."""

_AMBIGUOUS = re.compile(r"(?:über|ü|>) ?(\d+)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}.*|\d{1,2}\.? ?(?:jan|feb|mär|mrz|apr|mai|jun|jul|aug)\w*")


@cache
def parse_age(text: str) -> tuple[int | None, int | None]:
    """Read an age group.

    Parameters
    ----------
    text : for example "0-2", "0 bis unter 3", "unter 3", "65 und mehr", "65+", "17 Jahre".

    Returns
    -------
    (von, bis)
        Ages in completed years, both included; ``bis`` None means open-ended, both None means
        all ages ("insgesamt").

    Raises
    ------
    ValueError
        With a German sentence, if the text is no age group or has two meanings.
    """
    lowered = " ".join(text.lower().translate(_DASHES).split())
    if lowered in _TOTALS:
        return None, None
    if _DATE.fullmatch(lowered):
        raise ValueError(
            "Das ist ein Datum, keine Altersgruppe. Vermutlich hat Excel eine Angabe wie 3-5 "
            "umgewandelt."
        )
    for pattern, bounds in _OF_LIFE:
        if match := pattern.fullmatch(lowered):
            numbers = [int(number) for number in match.groups()]
            if min(numbers) < 1:
                raise ValueError("Ein Lebensjahr 0 gibt es nicht: Das erste ist das Alter 0.")
            return _plausible(*bounds(*numbers))
    if "lebensjahr" in lowered:
        raise ValueError(
            "Die Altersgruppe nach Lebensjahren ist nicht zu erkennen (das 3. ist das Alter 2)."
        )
    plain = " ".join(_FILLERS.sub(" ", lowered).split())
    for pattern, bounds in _BY_PATTERN:
        match = pattern.fullmatch(plain)
        if match:
            return _plausible(*bounds(*(int(number) for number in match.groups())))
    ambiguous = _AMBIGUOUS.fullmatch(plain)
    if ambiguous:
        age = int(ambiguous[1])
        raise ValueError(
            f"Die Altersgruppe ist mehrdeutig: {age} und mehr oder {age + 1} und mehr?"
        )
    raise ValueError("Das ist keine erkennbare Altersgruppe.")


def _plausible(first: int, last: int | None) -> tuple[int, int | None]:
    if first > OLDEST or (last is not None and last > OLDEST):
        raise ValueError(f"Ein Alter über {OLDEST} Jahre ist nicht plausibel.")
    if last is not None and last < first:
        raise ValueError("Die Altersgruppe endet, bevor sie beginnt.")
    return first, last


def tile(delivered: Iterable[Age], first: int, last: int) -> list[Age]:
    """Find age groups that follow on one another from ``first`` to ``last``.

    Long groups are tried first, so that the fewest are summed.

    Examples
    --------
    >>> tile([(0, 2), (0, 6), (3, 5), (6, 17)], 0, 17)
    [(0, 2), (3, 5), (6, 17)]
    """
    for von, bis in sorted((a for a in delivered if a[0] == first), key=lambda a: -a[1]):
        if bis == last:
            return [(von, bis)]
        if bis < last and (rest := tile(delivered, bis + 1, last)):
            return [(von, bis), *rest]
    return []
