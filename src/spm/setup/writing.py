"""The tables of a proposal as lines of a params file, each guess with its evidence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from spm.setup.agreed import Agreed
from spm.setup.anchors import SHORT, Anchors, same
from spm.setup.leftover import headings
from spm.setup.proposal import Note, Proposal, comment
from spm.setup.synonyms import synonyms
from spm.setup.yamlwriting import inline, scalar
from spm.setup.yamlwriting import key as key_text

WIDTH = 100
"""Characters of a line; a comment may be longer."""

SINGLE = 130
"""Characters of a table that stands in one line."""


def deliveries(proposals: Sequence[Proposal], taken: Collection[str] = ()) -> list[str]:
    """The entries of ``lieferungen``; keys that the file has already get a number."""
    anchors = Anchors()
    order = list(synonyms().deliveries)
    placed = sorted(
        (one for one in proposals if one.placed),
        key=lambda p: (order.index(p.delivery), _of_all(p)),
    )
    named = bool(taken)  # names that a file has already are not given again
    if not named:
        anchors.plan(placed)
    for one in placed if not named else []:
        anchors.count(one.mapping.get("entpivotieren", {}))
        for values in one.mapping.get("werte", {}).values():
            anchors.count(values)
    used, lines = set(taken), list[str]()
    blocks = [(key, whole) for key in order for whole in (False, True)]
    tables = {
        (key, whole): [one for one in placed if (one.delivery, _of_all(one)) == (key, whole)]
        for key, whole in blocks
    }
    agreed = Agreed([] if named else [key for (key, _), own in tables.items() if own])
    for (key, whole), own in tables.items():
        if own:
            name = _unused(f"{key}_gesamt" if whole else key, used)
            used.add(name)
            files = [one.file for one in own]
            lines += ["", f"  {name}:", *agreed.head(key, files, whole=whole)]
            for one in own:
                lines += _table(one, anchors)
    return lines


def _of_all(one: Proposal) -> bool:
    """Whether it counts the municipality as a whole.

    Within one delivery its numbers would have to be the sums of the areas; in one of their own they
    may have people without an area as well.
    """
    return bool(one.mapping.get("konstanten", {}).get("raum") == "gesamt")


def _unused(name: str, used: Collection[str]) -> str:
    number, found = 1, name
    while found in used:
        number += 1
        found = f"{name}_{number}"
    return found


_ORDER = (
    "zeichensatz", "trennzeichen", "kopfzeilen", "ende", "dezimal", "zeichen", "gesperrt",
    "null_zeichen", "fehlend", "auffuellen", "nur", "ohne", "jahre_ausserhalb", "schuljahr",
    "zeitpunkt", "spalten", "konstanten", "werte", "gesamtzeilen", "nicht_zuordenbar",
    "fehlende_zeilen", "entpivotieren",
)  # fmt: skip


def _table(one: Proposal, anchors: Anchors) -> list[str]:
    """Its lines; a table that adds little to an earlier one takes a single one."""
    base = anchors.base(one)
    first, plain, more = [], list[tuple[str, Any, list[Note]]](), list[str]()
    if base:
        first = [f"<<: *{base[0]}"]
    elif anchors.is_base(one):
        anchors.tables.append((f"tabelle{len(anchors.tables) + 1}", one))
        first = [f"&{anchors.tables[-1][0]}"]
    if not base or base[1].file != one.file:
        plain.append(("datei", one.file, [one.notes["datei"]] if "datei" in one.notes else []))
    if one.sheet:
        plain.append(("blatt", one.sheet, []))
    for key in _ORDER:
        if key not in one.mapping or (base and same(key, one, base[1])):
            continue
        value = one.mapping[key]
        notes = [n for k, n in one.notes.items() if k == key or k.startswith(f"{key}.")]
        if key == "spalten":
            notes += [one.notes[k] for k in ("rest", "leer", "fehlende") if k in one.notes]
        if key == "werte":
            more += _values(one, value, anchors)
        elif key == "entpivotieren":
            more += _unpivoted(one, value, anchors)
        else:
            plain.append((key, value, notes))
    left = [f"        # {text}" for text in _left(one)]
    if base and not more and not one.sheet:
        line = f"      - {{{', '.join([*first, *(f'{k}: {inline(v)}' for k, v, _ in plain)])}}}"
        if len(line) <= SINGLE:
            return [line + comment([n for _, _, notes in plain for n in notes]), *left]
    lines = [f"        {text}" for text in first]
    for key, value, notes in plain:
        block = inline(value) if isinstance(value, dict | list) else scalar(value, flow=False)
        lines.append(f"        {key}: {block}{comment(notes)}")
    lines += more + left
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
    start = f"        entpivotieren:{f' &{name}' if name else ''}"
    if len(value) > SHORT and not any(told.values()) and all(len(v) == 1 for v in value.values()):
        return _packed(start, value, comment(whole))
    lines = [start + comment(whole)]
    for header, cell in value.items():
        note = told[header]
        lines.append(
            f"          {key_text(header)}: {inline(cell)}{comment([note] if note else [])}"
        )
    return lines


def _packed(start: str, value: Mapping[str, Any], told: str) -> list[str]:
    """Short cells side by side, several in a line."""
    lines, indent = [start + told, "          {"], " " * 11
    for number, (header, cell) in enumerate(value.items()):
        text = f"{key_text(header)}: {inline(cell)}" + ("," if number < len(value) - 1 else "}")
        if len(lines[-1]) + len(text) < WIDTH or not lines[-1].strip(" {"):
            lines[-1] += text if lines[-1].endswith(("{", indent)) else f" {text}"
        else:
            lines.append(indent + text)
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
                lines.append(f"{word} ({why}): {headings(headers)}")
    return lines
