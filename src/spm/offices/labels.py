"""German headings of groups: the office's own words where its mapping has them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from spm.offices.groups import Group
from spm.rawfiles.grid import SEPARATOR

if TYPE_CHECKING:
    from spm.config.tables import Tabelle

COLUMNS = {
    "merkmal": "Angabe",
    "alter": "Altersgruppe",
    "geschlecht": "Geschlecht",
    "staatsangehoerigkeit": "Staatsangehörigkeit",
    "auspraegung": "Gruppe",
}
"""Canonical column -> heading in a template."""

WORDS = {
    "m": "männlich",
    "w": "weiblich",
    "d": "divers",
    "deutsch": "deutsch",
    "nichtdeutsch": "nichtdeutsch",
}

_YEAR = re.compile(r"(?:19|20)\d\d")
_UNITS = {"m2": "m²", "km": "km", "ha": "ha", "euro": "€"}
_SMALL = {"ab", "auf", "bis", "deutsch", "in", "je", "mit", "nach", "nicht", "ohne", "und", "von"}
_SMALL |= {"ueber", "unter", "zur", "zum", "vor"}
_SPELLED = {"sgb2": "SGB II", "sgb8": "SGB VIII", "bg": "BG", "elb": "ELB", "nef": "NEF"}
_SPELLED |= {"hze": "HzE", "ogs": "OGS", "seu": "SEU", "heft": "Heft", "u": "U"}
_UMLAUTS = (
    (re.compile("ae"), "ä"),
    (re.compile("oe"), "ö"),
    (re.compile("(?<![aeoq])ue(?!ll)"), "ü"),  # not of Dauer, neue, Quelle, aktuell
)


def age_words(group: Group) -> str:
    """An age group as the readers of deliveries understand it.

    Examples
    --------
    >>> [age_words(Group("kinder", *ages)) for ages in ((3, 5), (65, None), (0, 2))]
    ['3 bis unter 6', '65 und mehr', 'unter 3']
    """
    if group.von is None:
        return "insgesamt"
    if group.bis is None:
        return f"{group.von} und mehr"
    if group.bis == group.von:
        return str(group.von)
    return f"{group.von} bis unter {group.bis + 1}" if group.von else f"unter {group.bis + 1}"


def measure_words(measure: str) -> str:
    """The name of a measure in words, as far as its key tells, with its unit.

    Examples
    --------
    >>> measure_words("schueler_mit_unterstuetzungsbedarf"), measure_words("gruenflaeche_m2")
    ('Schüler mit Unterstützungsbedarf', 'Grünfläche in m²')
    """
    *parts, last = measure.split("_")
    unit = _UNITS.get(last) if parts else None
    words = " ".join(_spelled(part) for part in (parts if unit else [*parts, last]))
    return words[:1].upper() + words[1:] + (f" in {unit}" if unit else "")


def _spelled(part: str) -> str:
    """A part of a key as a word: most of them are nouns, and keys have no umlauts."""
    if part in _SPELLED:
        return _SPELLED[part]
    word = part if part in _SMALL else part[:1].upper() + part[1:]
    for pattern, letter in _UMLAUTS:
        word = pattern.sub(letter, word)
    return word


def part_of(group: Group, column: str, table: Tabelle | None) -> str:
    """What a group is in one of `COLUMNS`, in words; "" if it is not split there."""
    if column == "alter":
        return "" if group.von is None else age_words(group)
    value: str = getattr(group, column)
    own = table.werte.get(column, {}) if table else {}
    spelled = [raw for raw, target in own.items() if target == value and raw]
    if spelled:
        return spelled[0]
    if column == "merkmal":
        return measure_words(value)
    return WORDS.get(value, value)


def headings(groups: Mapping[Group, str], table: Tabelle | None) -> dict[Group, str]:
    """A heading for each group of a sheet, all of them different; each says what it counts.

    Parameters
    ----------
    groups : with the heading of the column that held each until now.
    """
    varying = split_by(list(groups))
    found: dict[Group, str] = {}
    for group, header in groups.items():
        own = _without_years(header) if table and table.entpivotieren else ""
        told = set(table.entpivotieren.get(header, {})) if table and own else set()
        words = [own] if own else []
        for column in varying:
            text = "" if column in told else part_of(group, column, table)
            if column == "alter" and text:
                text = f"{text} Jahre"
            words += [text] if text else []
        if not own:
            # Whoever fills it in reads the heading, and seldom the sheet that explains it.
            measure = "" if words else measure_words(group.merkmal)
            age = "" if "alter" in varying else part_of(group, "alter", table)
            words = [w for w in (measure, *words, age and f"{age} Jahre") if w]
        name = ", ".join(words)
        unit = measure_words(group.merkmal).rpartition(" in ")
        if unit[1] and unit[2] not in name:
            name += f" in {unit[2]}"
        found[group] = name
    return _different(found)


def _value(group: Group, column: str) -> object:
    return (group.von, group.bis) if column == "alter" else getattr(group, column)


def _without_years(header: str) -> str:
    parts = [part for part in header.split(SEPARATOR) if not _YEAR.search(part)]
    return ", ".join(parts)


def _different(names: Mapping[Group, str]) -> dict[Group, str]:
    """Headings that occur twice get what tells them apart: the measure, then a number."""
    found: dict[Group, str] = {}
    for group, name in names.items():
        unique, number = name, 2
        if list(names.values()).count(name) > 1 and name in found.values():
            unique = f"{name}, {measure_words(group.merkmal)}"
        while unique in found.values():
            unique, number = f"{name} ({number})", number + 1
        found[group] = unique
    return found


def split_by(groups: Sequence[Group]) -> list[str]:
    """The columns of `COLUMNS` in which groups differ."""
    return [c for c in COLUMNS if len({_value(group, c) for group in groups}) > 1]
