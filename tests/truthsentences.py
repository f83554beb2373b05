"""Sentences of a report's web pages, and whether its open data bear the numbers in them.

Every number of a sentence must be one that the data of one of the indicators of its chapter (those
that it names, if it names any) give, as printed: value, limit, count, difference, or how many areas
differ. A value with an area beside it must be that area's; an area of which the sentence says that
it differs must differ, and the other way round.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import lxml.html
import numpy as np

from tests.truth import Row

NUMBER = re.compile(r"(?<![\w,.])[+−]?\d{1,3}(?:\.\d{3})+(?:,\d+)?|(?<![\w,.])[+−]?\d+(?:,\d+)?")
NOT_DATA = re.compile(
    r"95-%|§§? ?\d+\w?(?: (?:Abs|Satz|Nr)\. ?\d+)?|\b(?:19|20)\d\d\b|je [\d.]+|"
    r"(?:Abbildung|Tabelle|Kapitel|Abschnitt) [\d.]+|\d+\. [A-ZÄÖÜ]\w+|"
    r"(?:unter|ab|bis|von|mit|nach) \d+ (?:Jahr|Stunden|bis)\w*|\d+ bis (?:unter )?\d+(?: Jahre)?|"
    r"(?:unter|Unter)[ -]\d+(?:-Jährig\w*)?|\d+-[Jj]ährig\w*|U\d+|\d+ Stunden"
)
DIFFERENT = re.compile(r"übrigen Kommune", re.I)
ALIKE = re.compile(r"kein(?:e[nmrs]?)? Unterschied|nicht nachweisbar", re.I)


@dataclass
class Facts:
    """What the data of one indicator give, as printed."""

    names: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    of_area: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    different: dict[str, str] = field(default_factory=dict)


def printed(x: float, places: int) -> str:
    """A number as the report prints it, without its sign."""
    exact = Decimal(repr(abs(float(x)))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, rest = f"{exact:,}".partition(".")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def facts_of(
    rows: Iterable[Row],
    classes: dict[tuple[str, int, str], str],
    developments: dict[tuple[str, str, str], tuple[float, float, float, str]],
    others: Iterable[dict[str, str]],
) -> dict[str, Facts]:
    """The same of every indicator."""
    found: dict[str, Facts] = defaultdict(Facts)
    for r in rows:
        fact = found[r.key]
        fact.names |= {r.places_of_entry["titel"], r.places_of_entry["kurztitel"]}
        if r.status != "ok":
            continue
        shown = {printed(x, r.places) for x in (r.value, r.low, r.high) if x == x}
        counts = {printed(x, 0) for x in (r.top, r.less, r.bottom) if x == x}
        fact.of_area[r.name] |= shown
        fact.numbers |= shown | counts
        if r.kind == "veraenderung":
            fact.numbers.add(printed(r.top - r.bottom, 0))
    by_key: dict[str, dict[tuple[str, int], Row]] = defaultdict(dict)
    last = max((r.year for r in rows), default=0)
    for r in rows:
        by_key[r.key][r.area, r.year] = r
        if r.year == last:
            found[r.key].different[r.name] = classes.get((r.key, r.year, r.area), "")
    for (_, key, area), (by, low, high, _) in developments.items():
        places = next(iter(by_key[key].values())).places
        found[key].numbers |= {printed(x, places) for x in (by, low, high) if x == x}
        values = [r for (where, _), r in by_key[key].items() if where == area and r.status == "ok"]
        ends = [Decimal(repr(round(r.value, 9))) for r in values]
        step = Decimal(1).scaleb(-places)
        rounded = [x.quantize(step, ROUND_HALF_UP) for x in ends]
        found[key].numbers |= {printed(float(rounded[-1] - x), places) for x in rounded}
    for key, cells in by_key.items():
        own = [r for (area, _), r in cells.items() if area == "gesamt" and r.status == "ok"]
        if own and own[0].kind == "anzahl":
            found[key].numbers |= {printed(own[-1].value - r.value, 0) for r in own}
    groups: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for other in others:
        key = other["kennzahl"]
        places = next(iter(by_key[key].values())).places
        found[key].numbers.add(printed(float(other["wert"]), places))
        if other.get("gruppe"):
            groups[key, other["gruppe"], other["jahr"]].append(float(other["wert"]))
    for (key, _, _), values in groups.items():  # of comparable places their middle is told
        places = next(iter(by_key[key].values())).places
        found[key].numbers.add(printed(float(np.median(values)), places))
    return found


def of_the_report(rows: list[Row]) -> Facts:
    """How many values of the areas the report shows of its year, and how many it does not."""
    last = max(r.year for r in rows)
    states = [r.status for r in rows if r.year == last and r.area not in ("gesamt", "nz")]
    hidden = sum("gesperrt" in status for status in states)
    total = hidden + states.count("ok")
    return Facts(numbers={printed(hidden, 0), printed(total, 0), printed(100 * hidden / total, 0)})


def cells(page: Path) -> Iterator[tuple[str, str, str]]:
    """Coloured cells of tables: row, head of the column, name of the colour."""
    for table in lxml.html.fromstring(page.read_bytes()).iter("table"):
        heads = [_text(cell) for cell in table.findall("./thead/tr/th")]
        for line in table.findall("./tbody/tr"):
            for cell, head in zip(line, heads, strict=False):
                if cell.tag == "td" and cell.get("class"):
                    yield _text(line[0]), head, cell.get("class")


def _text(element: lxml.html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", element.text_content().replace("\u00a0", " ")).strip()


def sentences(page: Path) -> Iterator[str]:
    """Sentences of the text of a page that hold a number: no captions, tables, notes or links."""
    main = lxml.html.fromstring(page.read_bytes()).find(".//main")
    for element in main.iter("p", "li"):
        around = [element, *element.iterancestors()]
        classes = " ".join(part.get("class") or "" for part in around)
        if re.search(r"anmerkung|herunterladen|callout|blaettern|titelblatt", classes):
            continue
        if any(part.tag in ("figure", "table", "nav", "dl") for part in around):
            continue
        if element.tag == "li" and element.find(".//p") is not None:
            continue
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ„])", _text(element)):
            if NUMBER.search(without_names(sentence, ())):
                yield sentence


def without_names(sentence: str, names: Iterable[str]) -> str:
    """The sentence without names and what else is no number of the data."""
    for name in sorted(names, key=len, reverse=True):
        sentence = re.sub(re.escape(name), "~", sentence, flags=re.IGNORECASE)
    return NOT_DATA.sub("~", sentence)


def problem(sentence: str, facts: dict[str, Facts], areas: Iterable[str]) -> str:
    """What is wrong with a sentence; "" if some indicator bears it."""
    areas = list(areas)
    named = [k for k, f in facts.items() if any(_named(n, sentence) for n in f.names)]
    every = {name for fact in facts.values() for name in fact.names}
    bare = without_names(sentence, {*areas, *every})
    numbers = [found.lstrip("+−") for found in NUMBER.findall(bare)]
    told = "no indicator has all of"
    together = set().union(*(facts[k].numbers for k in named)) if len(named) > 1 else None
    if together is not None and all(x in together for x in numbers if "," in x):
        return ""
    # One name is part of another: "Hilfen zur Erziehung". What is named is tried first.
    for fact in (*(facts[k] for k in named), *facts.values()):
        if all(_known(x, fact, areas) for x in numbers):
            wrong = _areas(sentence, fact, areas)
            if not wrong:
                return ""
            told = wrong
    parts = sentence.split("; ")
    if len(parts) > 1:  # a list: every part of it is of an indicator of its own
        return next(filter(None, (problem(part, facts, areas) for part in parts)), "")
    return f"{told}: {numbers}"


def _named(name: str, sentence: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence, re.IGNORECASE) is not None


def _known(x: str, fact: Facts, areas: list[str]) -> bool:
    return x in fact.numbers or (x.isdigit() and int(x) <= len(areas))


def _areas(sentence: str, fact: Facts, areas: list[str]) -> str:
    """Whether areas have the values beside them, and differ as the sentence says."""
    sentence = re.sub(r"je [\d.]+ ", "", sentence)
    for area in areas:
        beside = re.findall(rf"({NUMBER.pattern})[^()\d]{{0,12}}\({re.escape(area)}\)", sentence)
        for value in beside:
            if value.lstrip("+−") not in fact.of_area[area]:
                return f"{value} is no value of {area}"
    for part in re.split(r"(?<=[.;]) ", sentence):
        if not DIFFERENT.search(part):
            continue
        for area in (a for a in areas if re.search(rf"{re.escape(a)}(?!\w)", part)):
            klasse = fact.different.get(area, "")
            if bool(ALIKE.search(part)) != (klasse == "wie"):
                return f"{area} is {klasse or 'not compared'}"
    return ""


@dataclass
class Headline:
    """What the heading of an indicator's block claims of areas.

    sides : by direction ("höher", "niedriger") the areas named, and how many more without a name.
    nobody : so many compared areas, none of which differs; None if nothing of the kind is said.
    """

    text: str
    key: str
    sides: dict[str, tuple[set[str], int]]
    nobody: int | None = None


_NUMBERS = dict(
    zip(
        ("ein", "einem", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"),
        (1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
        strict=True,
    )
)
_SIDE = re.compile(r"(?:^|, |; )(?P<where>[Ii]n .*?) (?:ist .*?)?(?P<way>höher|niedriger)\b")
_NOBODY = re.compile(r"keine[rs]? der (\w+) (?:vergleichbaren )?Soz")
_FIGURE = re.compile(r"fig-(.*)-block")


def headlines(page: Path) -> Iterator[Headline]:
    """The headings of a page below which a block of one indicator stands."""
    main = lxml.html.fromstring(page.read_bytes()).find(".//main")
    text = ""
    for element in main.iter("h2", "figure"):
        if element.tag == "h2":
            text = re.sub(r"^[\d.]+ ", "", _text(element))
        elif text and (found := _FIGURE.fullmatch(element.get("id") or "")):
            yield read_headline(text, found[1].replace("-", "_"))
            text = ""


def read_headline(text: str, key: str) -> Headline:
    """The claims of a heading; "In den Sozialräumen 1 und 4" names two areas."""
    sides: dict[str, tuple[set[str], int]] = {}
    for match in _SIDE.finditer(text):
        where = match["where"]
        listed = re.match(r"in (?:den )?Sozialr\w+ ([\d, und]+)", where, re.IGNORECASE)
        names = {f"Sozialraum {n}" for n in re.findall(r"\d+", listed[1])} if listed else set()
        word = re.match(r"in (?:den übrigen (\w+)|(\w+) (?:weiteren|der)\b)", where, re.IGNORECASE)
        named, more = sides.get(match["way"], (set(), 0))
        sides[match["way"]] = named | names, more + (_NUMBERS[word[1] or word[2]] if word else 0)
    nobody = _NOBODY.search(text)
    return Headline(text, key, sides, _NUMBERS[nobody[1]] if nobody else None)


def wrong_headline(claim: Headline, classes: dict[str, str]) -> str:
    """What is wrong with a heading; "" if the classes of the areas bear it.

    Parameters
    ----------
    classes : of every compared area by its name.
    """
    alike = set(classes.values()) == {"wie"} and len(classes) == claim.nobody
    if claim.nobody is not None and not alike:
        return f"{claim.text}: {classes}"
    for way, (names, more) in claim.sides.items():
        end = "ueber" if way == "höher" else "unter"
        true = {name for name, klasse in classes.items() if klasse.endswith(end)}
        if not names <= true or len(true) != len(names) + more:
            return f"{claim.text}: {way} are {sorted(true)}"
    return ""
