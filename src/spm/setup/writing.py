"""The tables of a proposal as lines of a params file, each guess with its evidence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from spm.setup.anchors import SHORT, Anchors, same
from spm.setup.leftover import headings
from spm.setup.proposal import ASK, SURE, Note, Proposal
from spm.setup.synonyms import synonyms
from spm.setup.yamlwriting import inline, scalar
from spm.setup.yamlwriting import key as key_text

WIDTH = 100
"""Characters of a line; a comment may be longer."""


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
    for key in order:
        for whole in (False, True):
            own = [one for one in placed if one.delivery == key and _of_all(one) == whole]
            if own:
                name = _unused(f"{key}_gesamt" if whole else key, used)
                used.add(name)
                lines += ["", f"  {name}:", *_head(key, whole=whole)]
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


def _head(key: str, *, whole: bool) -> list[str]:
    told = synonyms().deliveries[key]
    title = told["titel"] + (" (ganze Kommune)" if whole else "")
    lines = [
        f"    titel: {scalar(title, flow=False)}",
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
    "fehlende_zeilen", "entpivotieren",
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
        if key not in one.mapping or (base and same(key, one, base[1])):
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
                lines.append(f"{word} ({why}): {headings(headers)}")
    return lines
