"""German texts for years and parts of years -> what they mean."""

import datetime as dt
import re
from functools import cache
from typing import NamedTuple

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip

JAHR, TAG, MONAT, QUARTAL, HALBJAHR, SCHULJAHR = (
    "Jahr", "Tag", "Monat", "Quartal", "Halbjahr", "Schuljahr"
)  # fmt: skip

_YEAR = r"(?P<j>(?:19|20)\d\d)"
_PART = r"(?P<t>[1-4]|I{1,3}|IV)"
_MONTH = r"(?P<m>jan|feb|mär|maer|mrz|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-zä]*\.?"
_CLOCK = r"(?:[ T]00:00(?::00(?:\.0+)?)?)?"
_BEFORE = re.compile(
    r"^(?:stand|stichtag|zum|am|per|jahr|berichtsmonat|berichtsjahr)\b[:.]? *", re.I
)
_SCHOOL = re.compile(
    r"^(?:schuljahr|sj\.?|kita-?jahr|kindergarten-?jahr|kgj\.?|betreuungsjahr) *", re.I
)
_FORMS: list[tuple[str, re.Pattern[str]]] = [
    (art, re.compile(pattern, re.I))
    for art, pattern in [
        (JAHR, _YEAR),
        (TAG, rf"(?P<d>\d\d?)\. ?(?P<n>\d\d?)\. ?{_YEAR}{_CLOCK}"),
        (TAG, rf"{_YEAR}-(?P<n>\d\d)-(?P<d>\d\d){_CLOCK}"),
        (TAG, rf"(?P<d>\d\d?)\. ?{_MONTH} {_YEAR}"),
        (MONAT, rf"{_MONTH}[ -]?{_YEAR}"),
        (MONAT, rf"{_YEAR}[ -]?{_MONTH}"),
        (MONAT, rf"{_MONTH}[ -]?(?P<k>\d\d)"),
        (MONAT, rf"(?P<n>\d\d?)[/.-]{_YEAR}"),
        (MONAT, rf"{_YEAR}[/.-]?(?P<n>0[1-9]|1[0-2])"),
        (QUARTAL, rf"{_YEAR}[ /-]?Q{_PART}"),
        (QUARTAL, rf"Q{_PART}[ /-]?{_YEAR}"),
        (QUARTAL, rf"{_PART}\.? ?(?:Quartal|Vierteljahr|Vj\.?|Qu\.?)[ /]?{_YEAR}"),
        (QUARTAL, rf"(?:Quartal|Vierteljahr) ?{_PART}[ /]{_YEAR}"),
        (QUARTAL, rf"(?P<t>I{{1,3}}|IV)[ /.]{{1,2}}{_YEAR}"),
        (QUARTAL, rf"{_YEAR}[ /](?P<t>I{{1,3}}|IV)"),
        (HALBJAHR, rf"(?P<t>[12]|I{{1,2}})\.? ?(?:Halbjahr|Hj\.?)[ /]?{_YEAR}"),
        (HALBJAHR, rf"{_YEAR}[ /-]?(?:H|Hj\.? ?)(?P<t>[12])"),
    ]
]
_TWO_YEARS = re.compile(rf"{_YEAR} ?[/–-] ?(?P<e>(?:19|20)?\d\d)|(?P<k>\d\d)/(?P<f>\d\d)")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_ABBREVIATED = [name[:3].lower() for name in MONTHS]


class Time(NamedTuple):
    """A year, or a part of one.

    Attributes
    ----------
    art : `JAHR`, `TAG` …
    jahr : the year; of a school year the one in which it begins.
    part : month of a day or month, number of a quarter or half-year, else 0.
    day : day of the month, else 0.
    """

    art: str
    jahr: int
    part: int = 0
    day: int = 0

    @property
    def within_year(self) -> str:
        """Which part of its year, as people write it: "31.12.", "Dezember", "4. Quartal"."""
        if self.art == TAG:
            return f"{self.day:02d}.{self.part:02d}."
        if self.art == MONAT:
            return MONTHS[self.part - 1]
        return f"{self.part}. {self.art}" if self.part else ""


@cache
def parse_time(text: str) -> Time | None:
    """Read a year, a reference date, a month, a quarter, a half-year or a school year.

    Returns
    -------
    Time or None
        None if the text is none of these, or no possible date.

    Examples
    --------
    >>> parse_time("31.12.2023").within_year
    '31.12.'
    >>> parse_time("Schuljahr 2022/23")
    Time(art='Schuljahr', jahr=2022, part=0, day=0)
    """
    text = " ".join(text.split())
    plain = _BEFORE.sub("", text)
    school = _SCHOOL.sub("", text)
    both = _TWO_YEARS.fullmatch(school)
    following = both and _following(both)
    for art, pattern in _FORMS:
        match = pattern.fullmatch(plain)
        if match and not (following and "/" in text):
            return _time(art, match.groupdict())
    if both and following:
        return Time(SCHULJAHR, following - 1)
    single = re.fullmatch(_YEAR, school)
    return Time(SCHULJAHR, int(single["j"])) if single and school != text else None


def has_two_meanings(text: str) -> bool:
    """Whether a text is a month or a school year: 2011-12."""
    match = _TWO_YEARS.fullmatch(text)
    read = parse_time(text)
    return bool(match and _following(match) and read and read.art == MONAT)


def parse_day_of_year(text: str) -> Time | None:
    """Read a part of any year: "31.12.", "Dezember", "4. Quartal"; also with a year."""
    text = " ".join(text.split())
    for known in (text, f"{text} 2000", f"{text}2000", f"{text.rstrip('.')}.2000"):
        time = parse_time(known)
        if time and time.art not in (JAHR, SCHULJAHR):
            return time._replace(jahr=0)
    return None


def find_time(text: str) -> Time | None:
    """The day or month that a heading names somewhere: "31.12.2020 | 1 Kind"."""
    for part in re.split(r" \| |[,;:()]", text):
        time = parse_time(part.strip())
        if time and time.art != JAHR:
            return time
    return None


def same_part(one: Time, other: Time) -> bool:
    """Whether two parts of a year are the same; a month holds all of its days."""
    if {one.art, other.art} == {TAG, MONAT}:
        return one.part == other.part
    return one.art == other.art and one[2:] == other[2:]


def _following(match: re.Match[str]) -> int:
    """The later of two years that follow on each other, else 0."""
    if match["k"]:
        first, last = int(match["k"]), int(match["f"])
        return 2000 + last if last == (first + 1) % 100 else 0
    later = int(match["j"]) + 1
    return later if match["e"] in (str(later), f"{later % 100:02d}") else 0


def _time(art: str, found: dict[str, str | None]) -> Time | None:
    year = int(found["j"] or 0) if found.get("j") else 2000 + int(found.get("k") or 0)
    if art in (QUARTAL, HALBJAHR):
        part = str(found["t"]).upper()
        return Time(art, year, _ROMAN.get(part) or int(part))
    month = int(found.get("n") or 0) or _month(found.get("m"))
    if art == JAHR:
        return Time(art, year)
    if art == MONAT:
        return Time(art, year, month) if 1 <= month <= 12 else None
    try:
        day = dt.date(year, month, int(found["d"] or 0))
    except ValueError:
        return None
    return Time(art, year, day.month, day.day)


def _month(name: str | None) -> int:
    if not name:
        return 0
    short = name.lower().replace("mrz", "mär").replace("maer", "mär")
    return _ABBREVIATED.index(short[:3]) + 1
