"""The tables of a proposal as lines of a params file, each guess with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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


def comment(notes: Sequence[Note]) -> str:
    """The evidence of a line: what has to be looked at, else that it is certain."""
    doubts = list(dict.fromkeys(note.why for note in notes if not note.sure))
    if doubts:
        return f"  # {ASK}: {'; '.join(doubts)}"
    sure = list(dict.fromkeys(note.why for note in notes))
    return f"  # {SURE}: {sure[0]}" if sure else ""


def deliveries(proposals: Sequence[Proposal], taken: Iterable[str] = ()) -> list[str]:
    """The entries of ``lieferungen``; keys that the file has already get a number."""
    anchors = Anchors()
    placed = [one for one in proposals if one.placed]
    for one in placed:
        anchors.count(one.mapping.get("entpivotieren", {}))
        for values in one.mapping.get("werte", {}).values():
            anchors.count(values)
    used, lines = set(taken), list[str]()
    for key in synonyms().deliveries:
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
    "zeitpunkt", "spalten", "konstanten", "werte", "gesamtzeilen", "nicht_zuordenbar",
    "entpivotieren",
)  # fmt: skip


def _table(one: Proposal, anchors: Anchors) -> list[str]:
    file = one.notes.get("datei")
    lines = [f"      - datei: {scalar(one.file, flow=False)}" + comment([file] if file else [])]
    if one.sheet:
        lines.append(f"        blatt: {scalar(one.sheet, flow=False)}")
    for key in _ORDER:
        if key not in one.mapping:
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
    return lines + [f"        # {text}" for text in _left(one)]


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
        lines.append(f"          {key_text(header)}: {inline(cell)}{comment([note] if note else [])}")
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
