"""Mappings of another municipality's params file, for files that are built alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spm.config import yamltext
from spm.config.expansion import expanded
from spm.config.kommunen import addresses, is_joint, split
from spm.config.params import LABEL
from spm.config.projectpaths import find_file
from spm.rawfiles.cells import clean
from spm.setup.assembling import Proposed
from spm.setup.headers import Layout
from spm.setup.proposal import Proposal
from spm.setup.synonyms import synonyms
from spm.setup.yamlwriting import inline

OF_THE_FILE = ("datei", "blatt", "zeichensatz", "trennzeichen", "kopfzeilen", "ende")
"""Keys that the new file says better itself."""
OF_THE_AREAS = ("gesamtzeilen", "nicht_zuordenbar", "nur", "ohne")
KEPT = ("kennzahlen", "zusatzkapitel", "zusammenfassen", "geheimhaltung")
"""Sections that hold for every municipality of a Kreis."""


@dataclass(frozen=True)
class Template:
    """What is taken over.

    Attributes
    ----------
    name : of the params file.
    tables : mapping of every table, with the delivery that it belongs to.
    sections : lines of other sections.
    """

    name: str
    tables: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)


def template(path: Path) -> Template:
    """Read the params file that is to be followed.

    Raises
    ------
    SpmError
        As `spm.config.yamltext.load`, and `expanded` of a file that stands for several.
    """
    file, municipality = split(find_file(path))
    data, lines = yamltext.load(file, LABEL)
    if is_joint(file):  # as one of its municipalities has it; all have the same mappings
        key = municipality or addresses(file)[0].name
        data = expanded(data, lines, file, key).own.data
    tables: list[tuple[str, Mapping[str, Any]]] = []
    deliveries = data.get("lieferungen")
    for key, entry in deliveries.items() if isinstance(deliveries, dict) else ():
        own = entry.get("tabellen") if isinstance(entry, dict) else None
        tables += [(str(key), table) for table in own or [] if isinstance(table, dict)]
    sections = []
    for key in KEPT[:2]:  # the others name areas or reports of that municipality
        if data.get(key):
            sections += [f"{key}: {inline(data[key])}  # sicher: wie in {path.name}", ""]
    return Template(path.name, tables, sections)


def with_template(found: Proposed, taken: Template) -> Proposed:
    """Replace proposals for tables that are built like one of the template."""
    for one in found.tables:
        if one.layout is None:
            continue
        fitting = [(key, table) for key, table in taken.tables if _fits(one, one.layout, table)]
        ranked = sorted(fitting, key=lambda pair: _alike(one, pair[1]), reverse=True)
        if ranked and (len(ranked) == 1 or _alike(one, ranked[0][1]) > _alike(one, ranked[1][1])):
            _follow(one, *ranked[0], taken.name)
    return found


def _fits(one: Proposal, layout: Layout, table: Mapping[str, Any]) -> bool:
    if table.get("zaehlen") or str(table.get("blatt") or "") not in ("", one.sheet):
        return False
    columns = table.get("spalten") or {}
    wanted = [*columns.values(), *(table.get("entpivotieren") or {})]
    header = {clean(name) for name in layout.header}
    return len(wanted) > 1 and all(clean(str(name)) in header for name in wanted)


def _alike(one: Proposal, table: Mapping[str, Any]) -> float:
    from rapidfuzz import fuzz

    columns = len(table.get("spalten") or {}) + len(table.get("entpivotieren") or {})
    return columns + fuzz.ratio(one.file.lower(), str(table.get("datei", "")).lower()) / 100


def _follow(one: Proposal, delivery: str, table: Mapping[str, Any], name: str) -> None:
    own = {k: v for k, v in one.mapping.items() if k in (*OF_THE_FILE, *OF_THE_AREAS)}
    areas = one.mapping.get("werte", {}).get("raum")
    copied = {k: v for k, v in table.items() if k not in (*OF_THE_FILE, *OF_THE_AREAS)}
    values = {k: v for k, v in (copied.get("werte") or {}).items() if k != "raum"}
    copied.pop("werte", None)
    if areas:
        values["raum"] = areas
    one.mapping = {**own, **copied, **({"werte": values} if values else {})}
    known = synonyms().deliveries
    measures = _measures(table)
    one.delivery = delivery if delivery in known else (one.delivery or _delivery(measures))
    one.measures, one.problem, one.open = measures, "", {}
    one.notes = {k: n for k, n in one.notes.items() if k in ("spalten.raum", *OF_THE_AREAS)}
    one.note("konstanten", False, f"Zuordnung aus {name}")
    one.note("entpivotieren", False, f"Zuordnung aus {name}")


def _measures(table: Mapping[str, Any]) -> set[str]:
    cells = [table.get("konstanten") or {}, *(table.get("entpivotieren") or {}).values()]
    found = {str(cell["merkmal"]) for cell in cells if isinstance(cell, dict) and "merkmal" in cell}
    return found | set(map(str, ((table.get("werte") or {}).get("merkmal") or {}).values()))


def _delivery(measures: set[str]) -> str:
    known = synonyms().measures
    own = [known[m].delivery for m in sorted(measures) if m in known]
    return own[0] if own else next(iter(synonyms().deliveries))
