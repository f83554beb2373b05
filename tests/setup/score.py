"""How much of a folder `spm neu` places right: every raw column against a params file by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from spm.rawfiles.cells import clean
from spm.setup.assembling import proposed
from spm.setup.proposal import Proposal
from spm.setup.synonyms import synonyms

RIGHT, WRONG, OPEN = "richtig", "falsch", "offen"

UNUSED = "nicht gebraucht"
"""In place of a role: another column says the same."""

Column = tuple[str, str, str]
"""File, sheet, heading."""

ALIASES = {
    # Measures of catalogues that belong to one place, and what the common catalogue calls them
    "bevoelkerung_insgesamt": "bevoelkerung",
    "sgb2_rlb": "sgb2_leistungsberechtigte",
    "sgb2_nef_alle": "sgb2_nef",
}


@dataclass
class Score:
    """Columns by verdict.

    Attributes
    ----------
    columns : every column with its verdict, what was proposed and what is true.
    """

    columns: list[tuple[Column, str, set[str], set[str]]] = field(default_factory=list)

    @property
    def counted(self) -> Counter[str]:
        """Columns by verdict."""
        return Counter(verdict for _, verdict, _, _ in self.columns)

    def share(self, verdict: str) -> float:
        """Percent of all columns."""
        return 100 * self.counted[verdict] / len(self.columns) if self.columns else 0.0


def roles(table: Mapping[str, Any]) -> dict[str, set[str]]:
    """What every column of a mapped table is: "raum", "anzahl merkmal=…, alter=…", "filter"."""
    found: dict[str, set[str]] = {}
    constants = table.get("konstanten") or {}
    for key, header in (table.get("spalten") or {}).items():
        role = _cell(constants) if key == "anzahl" else key
        found.setdefault(clean(str(header)), set()).add(role)
    for header, cell in (table.get("entpivotieren") or {}).items():
        found.setdefault(clean(str(header)), set()).add(_cell({**constants, **(cell or {})}))
    for header in (table.get("nur") or {}) | (table.get("ohne") or {}):
        if clean(str(header)) not in found:
            found[clean(str(header))] = {"filter"}
    counted = table.get("zaehlen") or {}
    columns = [c for own in (counted.get("merkmale") or {}).values() for c in own]
    columns += [*(counted.get("gueltig") or {})]
    for header in columns:
        found.setdefault(clean(str(header)), set()).add("zaehlen")
    identifier = counted.get("kennung") or []
    for header in [identifier] if isinstance(identifier, str) else identifier:
        found.setdefault(clean(str(header)), set()).add("kennung")
    for header in (counted.get("einrichtungen") or {}).values():
        found.setdefault(clean(str(header)), set()).add("einrichtung")
    return found


def _cell(cell: Mapping[str, Any]) -> str:
    own = {k: str(v) for k, v in cell.items() if k not in ("raum",)}
    if "merkmal" in own:
        own["merkmal"] = ALIASES.get(own["merkmal"], own["merkmal"])
    return "anzahl " + ", ".join(f"{k}={v}" for k, v in sorted(own.items()))


def truth(params: Path) -> dict[tuple[str, str], dict[str, set[str]]]:
    """Roles by file and sheet of a params file that a person wrote."""
    data = yaml.load(params.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    found: dict[tuple[str, str], dict[str, set[str]]] = {}
    for delivery in data["lieferungen"].values():
        for table in delivery["tabellen"]:
            own = found.setdefault((table["datei"], table.get("blatt", "")), {})
            for header, role in roles(table).items():
                own.setdefault(header, set()).update(role)
    return found


def score(
    folder: Path,
    place: str,
    true: Mapping[tuple[str, str], Mapping[str, set[str]]],
    also: Mapping[tuple[str, str], str] | None = None,
    leave: Iterable[str] = (),
) -> Score:
    """Judge every column of a folder.

    Parameters
    ----------
    also : (file, heading) -> a role that is as right, or `UNUSED`.
    leave : files that are no deliveries.
    """
    found = Score()
    also = dict(also or {})
    usual = {h: r for own in true.values() for h, rs in own.items() for r in rs if " " not in r}
    tables: dict[tuple[str, str], list[Proposal]] = {}
    for one in proposed(folder, place).tables:
        if one.file not in leave:
            assert one.layout is not None
            tables.setdefault((one.layout.table.file, one.layout.table.sheet), []).append(one)
    for (file, sheet), own in tables.items():
        known = true.get((file, sheet), true.get((file, ""), {}))
        layout = own[0].layout
        assert layout is not None
        for header in layout.header:
            wanted = set(known.get(header, set()))
            if (file, header) in also:
                other = also[file, header]
                wanted = {UNUSED} if other == UNUSED else {*wanted, other}
            if not wanted and header in usual:
                wanted = {usual[header]}  # years and areas of a file that nobody uses
            given = {role for one in own for role in roles(one.mapping).get(header, set())}
            active = {r for one in own if one.placed for r in roles(one.mapping).get(header, set())}
            # Filled in within a comment: areas and years are, what is counted is not
            given = active or {role for role in given if " " not in role and role != "zaehlen"}
            unneeded = any(header in one.unneeded for one in own) and not given
            found.columns.append(
                ((file, sheet, header), _verdict(wanted, given, unneeded=unneeded), given, wanted)
            )
    return found


def _verdict(wanted: set[str], given: set[str], *, unneeded: bool) -> str:
    if given:
        return RIGHT if given <= wanted else WRONG
    common = set(synonyms().measures)
    own = all(role.startswith("anzahl") and not _measure(role) & common for role in wanted)
    if unneeded and wanted - {UNUSED} and own:
        return OPEN  # a measure that only the catalogue of this place has
    if unneeded:
        return WRONG if wanted - {UNUSED} else RIGHT
    return OPEN


def _measure(role: str) -> set[str]:
    return {part.removeprefix("merkmal=") for part in role.removeprefix("anzahl ").split(", ")}
