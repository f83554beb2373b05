"""What a heading says: its words, ages, sexes, nationalities and years."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from spm.rawfiles.grid import SEPARATOR
from spm.text.times import JAHR, SCHULJAHR, Time, parse_time

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "–": "-", "—": "-", "−": "-"})
_CAMEL = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])")
_NO_WORD = re.compile(r"[^a-z0-9§%²+<>=.,/-]+")

Age = tuple[int, int | None]
"""First and last completed year of life; None: open."""

OLDEST = 110
_N = r"0*(\d{1,3})"
_BELOW = r"(?:unter|under|u\.?|<)"
_UNIT = (
    r"(?! ?(?:stunden|std|h\b|m\b|km|meter|minuten|kind|pers|db|wochen|monat|euro|€|tage|prozent|%|"
    r"zimmer|raeume|klasse|plaetze|qm|m2|m²|uhr|jahren? (?:und )?laenger|jahre? und laenger|"
    r"std\.|werte|faelle))"
)
_FORMS: list[tuple[str, Callable[..., Age]]] = [
    (rf"{_N} ?(?:bis|to|-|–)? ?(?:<|{_BELOW}) ?{_N}", lambda a, b: (a, b - 1)),
    (rf"{_N} ?(?:bis|to|-) ?(?:einschl\w*\.? |inkl\w*\.? )?{_N}", lambda a, b: (a, b)),
    (rf"(?:bis )?\b{_BELOW} ?{_N}", lambda b: (0, b - 1)),
    (
        rf"(?:ab |von )?{_N} ?(?:\+|plus\b|j\.? ?u\. ?ae|(?:jahren? )?"
        r"(?:und|u\.?|oder|o\.?|and|or) ?(?:mehr|aelter|darueber|above|over|older|m\b|ae\b))",
        lambda a: (a, None),
    ),
    (rf"{_N} ?(?:mehr|aelter|older)\b", lambda a: (a, None)),
    (rf"\b(?:ab|ueber_ab|from|over) {_N}", lambda a: (a, None)),
    (rf"\b(?:alter|age|alter von|im alter von) {_N}\b", lambda a: (a, a)),
    (rf"\b{_N}[- ]?jaehrig\w*", lambda a: (a, a)),
]
_AGES = [(re.compile(rf"(?<![\d.,§]){form}(?!\d){_UNIT}"), bounds) for form, bounds in _FORMS]
_OTHERS_AGE = re.compile(
    r"\b(mit|ohne|with|without) (\w+ )?((?:kind|child)\w*)(?: und jugendlichen)?"
    r"(?: (?:unter|under|bis|von|im alter)"
    r"(?:[ -]*(?:\d+|bis|unter|under|von|to|und|jahren?|years?|j|jaehrig\w*)\b\.?)*)?"
)
"""The age of the children that a household has is not the age of who is counted."""
_CLASSES = re.compile(
    r"\b(klassen?|jahrgang\w*|stufen?|\w*grad|nr\.?|abs\.?|kapitel|tabelle|blatt|quartal) "
    r"\d+(?: ?(?:bis|-|und) ?\d+)?"
)
"""Numbers that are none of age."""
_SUPPLEMENT = re.compile(r"\b(?:jahren?|jahre?|years?|lebensjahr\w*|alter\w*|ages?|aged|j\.?)\b")

SEXES = {
    "m": "maennlich maennliche maennlicher maennl maenner mann jungen junge knaben male males men "
    "boys",
    "w": "weiblich weibliche weiblicher weibl frauen frau maedchen female females women girls",
    "d": "divers diverse diverses",
}
NATIONALITIES = {
    "nichtdeutsch": "nichtdeutsch nichtdeutsche nichtdeutscher auslaender "
    "auslaendisch auslaendische auslaendischer foreigners foreigner foreign",
    "deutsch": "deutsche deutsch deutscher german germans",
}
_PHRASES = {
    "nichtdeutsch": re.compile(
        r"\b(?:ohne deutsche[rn]? staatsangehoerigkeit|nicht-? ?deutsch\w*"
        r"(?: staatsangehoerigkeit)?|auslaendische[rn]? (?:staatsangehoerig\w*|bevoelkerung|"
        r"einwohner\w*|personen)|foreign (?:citizenship|nationals?|residents)|non-? ?germans?)\b"
    ),
    "deutsch": re.compile(
        r"\b(?:mit deutscher staatsangehoerigkeit|deutsche[rn]? (?:staatsangehoerig\w*|"
        r"bevoelkerung|einwohner\w*)|german (?:citizenship|nationals?))\b"
    ),
}
TOTALS = frozenset(
    ["insgesamt", "gesamt", "zusammen", "summe", "total", "alle", "all", "gesamtzahl", "overall"]
)


def folded(text: str) -> str:
    """Lower case, without umlauts; words of names like EW_unter3 and AnzahlKinder apart."""
    spaced = _CAMEL.sub(" ", text.replace("_", " ").replace("‐", "-"))
    return " ".join(spaced.lower().translate(_UMLAUTS).split())


@dataclass
class Said:
    """A text and what it says.

    Attributes
    ----------
    words : what is left besides the rest.
    ages : age groups that it names; more than one are too many.
    sexes, nationalities : canonical values.
    time : the year or reference date.
    total : whether it says "insgesamt".
    """

    words: list[str] = field(default_factory=list)
    ages: list[Age] = field(default_factory=list)
    sexes: list[str] = field(default_factory=list)
    nationalities: list[str] = field(default_factory=list)
    time: Time | None = None
    times: int = 0
    total: bool = False


def said(text: str) -> Said:
    """Read a heading, a title or the name of a file."""
    found = Said()
    parts = []
    for part in text.split(SEPARATOR):
        time = parse_time(part.strip())
        if time and 1950 <= time.jahr <= 2060 and not re.fullmatch(r"\d\d/\d\d", part.strip()):
            found.time, found.times = time, found.times + 1
        else:
            parts.append(part)
    rest = folded(" | ".join(parts))
    rest = _take_years(rest, found)
    rest = _CLASSES.sub(lambda m: f" {m[0] if m[1].startswith('abs') else m[1]} ", rest)
    rest = _OTHERS_AGE.sub(lambda m: f" {m[1]} {m[2] or ''}{m[3]} ", rest)
    for pattern, bounds in _AGES:
        rest = pattern.sub(partial(_age, bounds=bounds, found=found), rest)
    for value, phrase in _PHRASES.items():
        if phrase.search(rest):
            found.nationalities.append(value)
            rest = phrase.sub(_noun, rest)
    if found.ages:
        rest = _SUPPLEMENT.sub(" ", rest)
    words = [
        part.strip(".,-/")
        for word in _NO_WORD.sub(" ", rest).split()
        for part in (re.split(r"[-/]", word) if re.search("[a-z]", word) else [word])
    ]
    for word in words:
        if word.endswith("innen") and any(w and w != word and word.startswith(w) for w in words):
            continue  # "Schülerinnen und Schüler" are all of them
        _take(word, found)
    return found


def _noun(match: re.Match[str]) -> str:
    """Of "ausländische Bevölkerung" what is counted stays."""
    kept = re.search(r"bevoelkerung|einwohner\w*|personen|residents", match[0])
    return f" {kept[0]} " if kept else " "


def _take_years(text: str, found: Said) -> str:
    """Years within a longer text; "31.12.2023", "2022/23" and "2023" count once each."""
    pattern = re.compile(
        r"(?<![\d/])(?:\d{1,2}\.\s?\d{1,2}\.\s?)?(?:19|20)\d\d(?:[/-](?:(?:19|20)?\d\d))?(?![\d])"
    )

    def gone(match: re.Match[str]) -> str:
        time = parse_time(match[0])
        if time is None:
            return match[0]
        if found.time is None or time != found.time:
            found.time, found.times = time, found.times + 1
        return " "

    return pattern.sub(gone, text)


def _age(match: re.Match[str], bounds: Callable[..., Age], found: Said) -> str:
    first, last = bounds(*(int(number) for number in match.groups()))
    if first > OLDEST or (last is not None and (last > OLDEST or last < first)):
        return match[0]
    if (first, last) not in found.ages:
        found.ages.append((first, last))
    return " "


def _take(word: str, found: Said) -> None:
    if not word:
        return
    if word in TOTALS:
        found.total = True
        return
    for value, known in SEXES.items():
        if word in known.split():
            found.sexes.append(value)
            return
    for value, known in NATIONALITIES.items():
        if word in known.split():
            if value not in found.nationalities:
                found.nationalities.append(value)
            return
    found.words.append(word)


def year_of(time: Time, begins: bool = True) -> int:
    """The year that a heading counts for; a school year for the one in which it begins."""
    return time.jahr + (time.art == SCHULJAHR and not begins)


def is_plain(time: Time) -> bool:
    """Whether nobody has to decide which year is meant."""
    return time.art in (JAHR, "Tag")


def age_text(age: Age) -> str:
    """An age group as params files write it: "0-2", "65+"."""
    first, last = age
    if last is None:
        return f"{first}+"
    return f"{first}-{last}" if last != first else f"{first}"
