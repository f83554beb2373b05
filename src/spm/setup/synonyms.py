"""The words of the field by which headings are recognised: `synonyms.yml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

PERSONS = "personen"
EXACT = 3
"""Words of so many letters have to be met exactly."""


@dataclass(frozen=True)
class Measure:
    """One measure of the catalogues and how offices call it.

    Attributes
    ----------
    name : the measure.
    delivery : key of the delivery that it belongs to.
    unit : what is counted; only persons have ages and sexes.
    phrases, weak : words that must all be met; weak ones only where nothing else is meant.
    beside : words that may stand beside.
    not_with : words with which something else is meant.
    age : that holds by law if none is named, else "".
    all_ages : whether it counts people of every age.
    from_age : nobody younger is counted.
    groups : group -> how it is called.
    """

    name: str
    delivery: str
    unit: str
    phrases: tuple[tuple[str, ...], ...]
    weak: tuple[tuple[str, ...], ...]
    beside: frozenset[str]
    not_with: frozenset[str]
    age: str
    all_ages: bool
    from_age: int
    groups: dict[str, tuple[str, ...]]

    @property
    def of_persons(self) -> bool:
        """Whether it has ages and sexes."""
        return self.unit == PERSONS

    def vocabulary(self) -> set[str]:
        """Every word that may stand in its heading."""
        phrases = (*self.phrases, *self.weak)
        words = {word for phrase in phrases for wanted in phrase for word in parts(wanted)}
        return words | self.beside


@dataclass(frozen=True)
class Synonyms:
    """The whole list.

    Attributes
    ----------
    fillers, persons, places : words that say nothing of what is counted.
    shares : words of numbers that are no counts.
    foreign : topics that no catalogue has.
    deliveries : key -> titel, stelle and what else a delivery says.
    measures : by name.
    searched : word of everyday speech -> words by which the same thing is found.
    """

    fillers: frozenset[str]
    persons: frozenset[str]
    places: frozenset[str]
    shares: frozenset[str]
    foreign: frozenset[str]
    deliveries: dict[str, dict[str, str]]
    measures: dict[str, Measure]
    searched: dict[str, tuple[str, ...]]


_NO_COUNT = re.compile(
    r"(?:ueberschu\w*|prognosen?|vorausberechnung|saldo|salden|quoten?|rate|dichte|entwicklung|"
    r"ziffern?|index|anteile?|veraenderung|rueckgang|zuwachs)$"
)
"""Endings with which a word is something else: Geburtenüberschuss, Bevölkerungsprognose."""


def meets(word: str, wanted: str) -> bool:
    """Whether a word of a heading is the wanted one: its beginning, or with "*" a part."""
    if _NO_COUNT.search(word) or (word.endswith("innen") and not wanted.endswith("innen")):
        return False  # of women alone: beside the other form `said` has dropped it
    if wanted.startswith("*"):
        return wanted[1:] in word
    if len(wanted) <= EXACT or wanted.isdecimal():
        return word == wanted
    return word.startswith(wanted)


def parts(wanted: str) -> list[str]:
    """The words of an entry that must follow each other: "in_bedarfsgemeinschaften"."""
    return wanted.split("_")


@cache
def synonyms() -> Synonyms:
    """Read the list that comes with the program."""
    text = resources.files("spm.setup").joinpath("synonyms.yml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)

    def words(key: str) -> frozenset[str]:
        return frozenset(raw[key].split())

    return Synonyms(
        fillers=words("fuellworte"),
        persons=words("personenworte"),
        places=words("raumworte"),
        shares=words("anteile"),
        foreign=words("fremd"),
        deliveries=raw["lieferungen"],
        measures={name: _measure(name, entry) for name, entry in raw["merkmale"].items()},
        searched={word: tuple(found) for word, found in raw["suchworte"].items()},
    )


def _measure(name: str, entry: dict[str, Any]) -> Measure:
    def phrases(key: str) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(text.split()) for text in entry.get(key, []))

    return Measure(
        name=name,
        delivery=entry["lieferung"],
        unit=entry.get("einheit", PERSONS),
        phrases=phrases("worte"),
        weak=phrases("schwach"),
        beside=frozenset(w for text in entry.get("dazu", []) for w in text.split()),
        not_with=frozenset(entry.get("nicht", [])),
        age=entry.get("alter", ""),
        all_ages="alle_alter" in entry,
        from_age=int(entry.get("alter_ab", 0)),
        groups={group: tuple(known) for group, known in entry.get("auspraegung", {}).items()},
    )
