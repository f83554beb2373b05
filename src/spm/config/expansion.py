"""Of a params file for several municipalities, what it says of one: as if that one had its own.

Sections under the municipality's key go before those of all; mappings are joined key by key, lists
and single values take the place of the common ones. Filters become ``nur`` of tables and areas,
placeholders their texts. Every key keeps the line where it stands in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from spm.config import yamltext
from spm.config.cutting import Cut, Expanded, Lines
from spm.config.kommunen import EXPLAINED, SECTION, Gemeinsam, chosen, read
from spm.errors import SpmError, error_list


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
    others = {}
    for other in every.kommunen:
        if other != key:
            try:
                others[other] = _expand(data, lines, file, every, other)
            except SpmError:  # its own build says so
                continue
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


def _line(lines: Lines, at: yamltext.Pfad) -> int:
    return next((lines[at[:n]] for n in range(len(at), -1, -1) if at[:n] in lines), 1)


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
    """Rows or areas that another municipality claims as well: they would count twice."""
    for place, mine in own.claims.items():
        for other, one in others.items():
            theirs = one.claims.get(place)
            if theirs is None:
                continue
            both = [column for column in mine if column in theirs]
            shared = {c: _shared(mine[c], theirs[c]) for c in both}
            if all(shared.values()) and (both or not (mine and theirs)):
                value = f"«{shared[both[0]]}» ({both[0]})" if both else "Alles darin"
                yield (
                    (SECTION, key),
                    f"{value} in {place[1] if place[0] == 'raeume' else place[0]} gehört zu "
                    f"«{key}» und zu «{other}»; es zählte zweimal.",
                )


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
