"""Of a params file for several municipalities, what it says of one: as if that one had its own.

Sections under the municipality's key go before those of all; mappings are joined key by key, lists
and single values take the place of the common ones. Filters become ``nur`` of tables and areas,
placeholders their texts. Every key keeps the line where it stands in the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from spm.config import yamltext
from spm.config.cutting import ONLY_HERE, SOURCE, Cut, Expanded, Lines
from spm.config.kommunen import EXPLAINED, SECTION, Filter, Gemeinsam, chosen, read
from spm.errors import SpmError, error_list

CLAIMING = (*SOURCE, *ONLY_HERE, "nur", "vorlage")
"""Keys of a table that decide whose rows it has, besides headings."""


@dataclass(frozen=True)
class One:
    """What `expanded` gives: the municipality, and the areas of the others by key."""

    own: Expanded
    neighbours: Mapping[str, Mapping[str, Any]]


def expanded(data: Mapping[str, Any], lines: Lines, file: Path, key: str) -> One:
    """The params of one municipality of a file.

    Raises
    ------
    SpmError
        No such municipality; a table or section that does not say whose rows it has; rows that two
        municipalities claim. Each with its line.
    """
    every = read(data, lines, file)
    chosen(every, key, file)
    own = _expand(data, lines, file, every, key)
    others = {name: one for name, one in _claims(data, file, every).items() if name != key}
    own.wrong += _claimed_twice(own, others, key)
    if own.wrong:
        of_entries = {at: line for at, line in lines.items() if at[:1] == (SECTION,)}
        sentences = [
            f"Zeile {_line(of_entries | own.lines, at)}, {'.'.join(map(str, at))}: {text}"
            for at, text in own.wrong
        ]
        raise SpmError(
            error_list(f"Die Params-Datei hat für die Kommune «{key}»", sentences),
            wo=f"{file}, Kommune {key}",
            tun=f"Bitte berichtigen; {EXPLAINED} erklärt, wie eine Datei für mehrere Kommunen "
            "gilt.",
        )
    return One(own, {name: one.data.get("raeume", {}) for name, one in others.items()})


def _claims(data: Mapping[str, Any], file: Path, every: Gemeinsam) -> Mapping[str, Expanded]:
    """What each municipality claims; one whose entry is wrong is left out, its own build says so.

    Whoever reads one municipality after the other asks for the same each time: the last answer is
    kept.
    """
    said = json.dumps(data, sort_keys=True)
    if said not in _known:
        found, common = {}, _claiming(data)
        for key in every.kommunen:
            try:
                found[key] = _expand(common, {}, file, every, key)
            except SpmError:
                continue
        _known.clear()
        _known[said] = found
    return _known[said]


_known: dict[str, Mapping[str, Expanded]] = {}
"""What was found last, by the content of the file."""


def _line(lines: Lines, at: yamltext.Pfad) -> int:
    return next((lines[at[:n]] for n in range(len(at), -1, -1) if at[:n] in lines), 1)


def _claiming(data: Mapping[str, Any]) -> dict[str, Any]:
    """Of all sections what says which rows and areas a municipality claims: of the others no more
    is needed, and a Land has hundreds."""
    found = {key: data[key] for key in ("kommune", "datenordner", "raeume") if key in data}
    found["lieferungen"] = deliveries = {}
    for name, delivery in _mapping(data.get("lieferungen")).items():
        tables = [_mapping(table) for table in _mapping(delivery).get("tabellen") or []]
        deliveries[name] = {
            "tabellen": [_source(table) for table in tables],
            **{k: delivery[k] for k in ONLY_HERE if k in delivery},
        }
    return found


def _source(table: dict[str, Any]) -> dict[str, Any]:
    found = {k: table[k] for k in CLAIMING if k in table}
    if "anzahl" in _mapping(table.get("spalten")):
        found["spalten"] = {"anzahl": table["spalten"]["anzahl"]}
    if wide := _mapping(table.get("entpivotieren")):
        found["entpivotieren"] = dict.fromkeys(wide, "")
    return found


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _expand(
    data: Mapping[str, Any], lines: Lines, file: Path, every: Gemeinsam, key: str
) -> Expanded:
    entry = every.kommunen[key]
    kept: Lines = {(): lines.get((SECTION, key), 1)}
    common = {k: v for k, v in data.items() if k not in (SECTION, "filter")}
    merged = _merged(common, entry.sections, lines, ((), (SECTION, key), ()), kept)
    town = merged.setdefault("kommune", {})
    kept.setdefault(("kommune",), lines.get((SECTION, key), 1))
    for name in ("name", "ags"):
        text = getattr(entry, name)
        if text is not None and isinstance(town, dict):
            town[name] = text
            kept["kommune", name] = lines.get((SECTION, key, name), 1)
    shape = every
    if entry.sections:
        try:
            shape = Gemeinsam.model_validate({**merged, SECTION: {key: {}}})
        except ValidationError as e:
            where = file / key
            raise yamltext.explain(e, where, kept, "Params-Datei", {}, EXPLAINED) from None
    return Cut(merged, kept, every, shape, key).done()


def _merged(
    common: Any,
    own: Any,
    lines: Lines,
    at: tuple[yamltext.Pfad, yamltext.Pfad, yamltext.Pfad],
    kept: Lines,
) -> Any:
    """Both joined, with the lines of each.

    Parameters
    ----------
    at : places of the common one, of the own one, and of the result.
    """
    of_all, of_one, to = at
    if not (isinstance(common, dict) and isinstance(own, dict)):
        return _copied(own, lines, of_one, to, kept)
    if of_all in lines and to:
        kept[to] = lines[of_all]
    result = {}
    for key in [*common, *(k for k in own if k not in common)]:
        there = ((*of_all, key), (*of_one, key), (*to, key))
        if key in common and key in own:
            result[key] = _merged(common[key], own[key], lines, there, kept)
        elif key in own:
            result[key] = _copied(own[key], lines, there[1], there[2], kept)
        else:
            result[key] = _copied(common[key], lines, there[0], there[2], kept)
    return result


def _copied(value: Any, lines: Lines, at: yamltext.Pfad, to: yamltext.Pfad, kept: Lines) -> Any:
    if at in lines:
        kept[to] = lines[at]
    if isinstance(value, dict):
        return {k: _copied(v, lines, (*at, k), (*to, k), kept) for k, v in value.items()}
    if isinstance(value, list):
        return [_copied(v, lines, (*at, i), (*to, i), kept) for i, v in enumerate(value)]
    return value


def _claimed_twice(
    own: Expanded, others: Mapping[str, Expanded], key: str
) -> Iterator[tuple[yamltext.Pfad, str]]:
    """What another municipality claims as well, its key, rows or areas: they would count twice."""
    ags = own.data["kommune"].get("ags") if isinstance(own.data.get("kommune"), dict) else None
    for other, one in others.items():
        town = one.data.get("kommune")
        if ags and isinstance(town, dict) and town.get("ags") == ags:
            yield (SECTION, key, "ags"), f"Denselben Schlüssel ({ags}) hat auch «{other}»."
            continue
        both = [(place, c) for place, c in own.claims.items() if place in one.claims]
        for place, mine in both:
            if value := _same(mine, one.claims[place]):
                where = place[1] if place[0] == "raeume" else place[0]
                text = f"{value} in {where} gehört zu «{key}» und zu «{other}»; es zählte zweimal."
                yield (SECTION, key), text
                break


def _same(mine: Filter, theirs: Filter) -> str:
    """What fulfils two filters, in words; "" if nothing does."""
    if not (mine and theirs):
        return "Alles"
    both = [column for column in mine if column in theirs]
    shared = [_shared(mine[column], theirs[column]) for column in both]
    return f"«{shared[0]}» ({both[0]})" if both and all(shared) else ""


def _shared(mine: list[str], theirs: list[str]) -> str:
    """The first value that both have; "05766*" stands for all that begin so."""
    for one in mine:
        for other in theirs:
            a, b = one.strip(), other.strip()
            if (
                a == b
                or (a.endswith("*") and b.rstrip("*").startswith(a[:-1]))
                or (b.endswith("*") and a.rstrip("*").startswith(b[:-1]))
            ):
                return one
    return ""
