"""The tables of a proposal as lines of a params file, each guess with its evidence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from spm.setup.proposal import ASK, SURE, Note, Proposal
from spm.setup.synonyms import synonyms
from spm.setup.yamlwriting import inline, scalar
from spm.setup.yamlwriting import key as key_text

WIDTH = 100
"""Characters of a line; a comment may be longer."""
SHORT = 3
"""Entries of a section that still stand in one line."""
QUOTED = 12
"""Headings that a comment names."""


@dataclass
class Anchors:
    """Sections that several tables share are named once."""

    counted: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    tables: list[tuple[str, Proposal]] = field(default_factory=list)
    based: dict[int, Proposal] = field(default_factory=dict)

    def base(self, one: Proposal) -> tuple[str, Proposal] | None:
        """The earlier table that this one differs from in little, with its name."""
        first = self.based.get(id(one))
        named = [(name, table) for name, table in self.tables if table is first]
        return named[0] if named else None

    def plan(self, placed: Sequence[Proposal]) -> None:
        """Find the tables that repeat most of an earlier one: they name it (``<<``)."""
        for number, one in enumerate(placed):
            for first in placed[:number]:
                if id(first) not in self.based and _repeats(one, first):
                    self.based[id(one)] = first
                    break

    def is_base(self, one: Proposal) -> bool:
        """Whether later tables name this one."""
        return any(first is one for first in self.based.values())

    def count(self, value: Mapping[str, Any]) -> None:
        """Remember a section."""
        if len(value) > SHORT:
            text = inline(value)
            self.counted[text] = self.counted.get(text, 0) + 1

    def name(self, value: Mapping[str, Any], key: str) -> tuple[str, bool]:
        """Its name, "" if it is not shared; and whether it stood here before."""
        text = inline(value)
        if self.counted.get(text, 0) < 2:
            return "", False
        if text in self.names:
            return self.names[text], True
        base = {"raum": "raeume", "entpivotieren": "spalten"}.get(key, key)
        number = sum(known.startswith(base) for known in self.names.values())
        self.names[text] = base if not number else f"{base}{number + 1}"
        return self.names[text], False


def _repeats(one: Proposal, first: Proposal) -> bool:
    """Whether it has every key of an earlier table, and at least three lines of it."""
    if bool(one.sheet) != bool(first.sheet) or not first.mapping.keys() <= one.mapping.keys():
        return False
    alike = [key for key in first.mapping if _same(key, one, first)]
    return len(alike) + (one.file == first.file) >= 2


def _same(key: str, one: Proposal, first: Proposal) -> bool:
    if one.mapping.get(key) != first.mapping.get(key):
        return False
    notes = [
        {k: n for k, n in p.notes.items() if k == key or k.startswith(f"{key}.")}
        for p in (one, first)
    ]
    return notes[0] == notes[1] or all(n.sure for n in notes[0].values())


def comment(notes: Sequence[Note]) -> str:
    """The evidence of a line: what has to be looked at, else that it is certain."""
    doubts = list(dict.fromkeys(note.why for note in notes if not note.sure))
    if doubts:
        return f"  # {ASK}: {'; '.join(doubts)}"
    sure = list(dict.fromkeys(note.why for note in notes))
    return f"  # {SURE}: {sure[0]}" if sure else ""


def deliveries(proposals: Sequence[Proposal], taken: Collection[str] = ()) -> list[str]:
    """The entries of ``lieferungen``; keys that the file has already get a number."""
    anchors = Anchors()
    order = list(synonyms().deliveries)
    placed = sorted((one for one in proposals if one.placed), key=lambda p: order.index(p.delivery))
    named = bool(taken)  # names that a file has already are not given again
    if not named:
        anchors.plan(placed)
    for one in placed if not named else []:
        anchors.count(one.mapping.get("entpivotieren", {}))
        for values in one.mapping.get("werte", {}).values():
            anchors.count(values)
    used, lines = set(taken), list[str]()
    for key in order:
        own = [one for one in placed if one.delivery == key]
        if own:
            name, number = key, 1
            while name in used:
                number += 1
                name = f"{key}_{number}"
            lines += ["", f"  {name}:", *_head(key)]
            for one in own:
                lines += _table(one, anchors)
    return lines


def _head(key: str) -> list[str]:
    told = synonyms().deliveries[key]
    lines = [
        f"    titel: {scalar(told['titel'], flow=False)}",
        f"    stelle: {scalar(told['stelle'], flow=False)}  # {ASK}: wer liefert",
    ]
    if "stichtag" in told:
        day = scalar(told["stichtag"], flow=False)
        lines.append(f"    stichtag: {day}  # {ASK}: so üblich")
    least = told.get("mindestfallzahl", "3")
    lines.append(f"    mindestfallzahl: {least}  # {ASK}: was mit der Stelle vereinbart ist")
    return [*lines, "    tabellen:"]


_ORDER = (
    "zeichensatz", "trennzeichen", "kopfzeilen", "ende", "dezimal", "zeichen", "gesperrt",
    "null_zeichen", "fehlend", "auffuellen", "nur", "ohne", "jahre_ausserhalb", "schuljahr",
    "zeitpunkt", "spalten", "konstanten", "werte", "gesamtzeilen", "nicht_zuordenbar", "fehlende_zeilen",
    "entpivotieren",
)  # fmt: skip


def _table(one: Proposal, anchors: Anchors) -> list[str]:
    file = one.notes.get("datei")
    base = anchors.base(one)
    lines = []
    if base:
        lines.append(f"        <<: *{base[0]}")
    elif anchors.is_base(one):
        anchors.tables.append((f"tabelle{len(anchors.tables) + 1}", one))
        lines.append(f"        &{anchors.tables[-1][0]}")
    told = comment([file] if file else [])
    if not base or base[1].file != one.file:
        lines.append(f"        datei: {scalar(one.file, flow=False)}{told}")
    if one.sheet:
        lines.append(f"        blatt: {scalar(one.sheet, flow=False)}")
    for key in _ORDER:
        if key not in one.mapping or (base and _same(key, one, base[1])):
            continue
        value = one.mapping[key]
        notes = [n for k, n in one.notes.items() if k == key or k.startswith(f"{key}.")]
        if key in ("spalten", "konstanten"):
            extra = ("rest", "leer", "fehlende") if key == "spalten" else ()
            notes += [one.notes[k] for k in extra if k in one.notes]
            lines.append(f"        {key}: {inline(value)}{comment(notes)}")
        elif key == "werte":
            lines += _values(one, value, anchors)
        elif key == "entpivotieren":
            lines += _unpivoted(one, value, anchors)
        elif isinstance(value, dict | list):
            lines.append(f"        {key}: {inline(value)}{comment(notes)}")
        else:
            lines.append(f"        {key}: {scalar(value, flow=False)}{comment(notes)}")
    lines += [f"        # {text}" for text in _left(one)]
    return [f"      - {lines[0].lstrip()}", *lines[1:]]


def _values(one: Proposal, value: Mapping[str, Mapping[str, str]], anchors: Anchors) -> list[str]:
    lines = ["        werte:"]
    for column, mapped in value.items():
        note = one.notes.get(f"werte.{column}") or one.notes.get(f"spalten.{column}")
        told = comment([note] if note else [])
        lines += _section(column, mapped, anchors, 10, told)
    return lines


def _section(
    key: str, value: Mapping[str, Any], anchors: Anchors, indent: int, told: str
) -> list[str]:
    before = " " * indent
    name, again = anchors.name(value, key)
    if again:
        return [f"{before}{key}: *{name}{told}"]
    anchor = f" &{name}" if name else ""
    line = f"{before}{key}:{anchor} {inline(value)}"
    if len(value) <= SHORT or len(line) <= WIDTH:
        return [line + told]
    lines = [f"{before}{key}:{anchor}{told}"]
    return lines + [f"{before}  {key_text(k)}: {inline(v)}" for k, v in value.items()]


def _unpivoted(one: Proposal, value: Mapping[str, Any], anchors: Anchors) -> list[str]:
    name, again = anchors.name(value, "entpivotieren")
    told = {k: one.notes.get(f"entpivotieren.{k}") for k in value}
    whole = [one.notes["entpivotieren"]] if "entpivotieren" in one.notes else []
    if again:
        both = [*whole, *(n for n in told.values() if n)]
        return [f"        entpivotieren: *{name}" + comment(both)]
    lines = [f"        entpivotieren:{f' &{name}' if name else ''}{comment(whole)}"]
    for header, cell in value.items():
        note = told[header]
        lines.append(
            f"          {key_text(header)}: {inline(cell)}{comment([note] if note else [])}"
        )
    return lines


def _left(one: Proposal) -> list[str]:
    """Columns that were not placed, by reason."""
    lines = []
    for word, left in (("offen", one.open), ("nicht gebraucht", one.unneeded)):
        reasons: dict[str, list[str]] = {}
        for header, why in left.items():
            reasons.setdefault(why, []).append(header)
        for why, headers in reasons.items():
            if why != "leer":
                lines.append(f"{word} ({why}): {_headings(headers)}")
    return lines


def _headings(headers: Sequence[str]) -> str:
    shown = ", ".join(scalar(header) for header in headers[:QUOTED])
    return shown + (f" … und {len(headers) - QUOTED} weitere" if len(headers) > QUOTED else "")


def left_over(proposals: Sequence[Proposal]) -> list[str]:
    """Tables that could not be placed, as commented lines with their headings."""
    lines: list[str] = []
    for one in proposals:
        if one.placed:
            continue
        sheet = f", Blatt {one.sheet}" if one.sheet else ""
        lines.append(f"  # {one.file}{sheet}: {one.problem or 'nicht erkannt'}")
        lines += [f"  #   {text}" for text in _prefilled(one)]
    return lines


def _prefilled(one: Proposal) -> list[str]:
    value: dict[str, Any] = {"datei": one.file}
    if one.sheet:
        value["blatt"] = one.sheet
    keys = ("zeichensatz", "trennzeichen", "kopfzeilen", "ende", "nur")
    value |= {key: one.mapping[key] for key in keys if key in one.mapping}
    columns = {k: v for k, v in one.mapping.get("spalten", {}).items() if k != "anzahl"}
    headers = list(one.open)
    if len(headers) == 1:
        value["spalten"] = columns | {"anzahl": headers[0]}
        value["konstanten"] = {"merkmal": "?"}
    else:
        value["spalten"] = columns
    lines = [f"- {inline(value)}"]
    if len(headers) > 1:
        lines.append(f"  Spalten: {_headings(headers)}")
    return lines
