"""What each sheet of a template asks for: rows, columns, and the mapping that reads it back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from spm.deliveries.templates import KEYS, SCHEMA, mapping_of
from spm.offices.groups import WORDED, Group, besides, delivered, from_mapping, needed
from spm.offices.labels import COLUMNS, headings, part_of, split_by

if TYPE_CHECKING:
    from spm.config.catalogue import Kennzahl
    from spm.config.delivery import Lieferung
    from spm.config.tables import Tabelle
    from spm.deliveries.pipeline import ReadTable
    from spm.offices.places import Places

WIDEST = 12
"""So many groups have a column each; of more, every row is one."""

HEAD = 4
"""Row of the headings: above them a title, what to do, and a line between."""

WHOLE, UNASSIGNED = "Kommune insgesamt", "ohne Zuordnung"
"""What a template calls the municipality, and people whose area nobody knows."""

SECRET, MISSING = "*", "x"
"""What an office writes in the place of a number."""

NUMBER = "Anzahl"
EXPLANATION, LISTS = "Hinweise", "SPM-Listen"

_TITLE = 31
"""Characters of a sheet's name that Excel allows."""


@dataclass(frozen=True)
class Sheet:
    """One sheet of a template.

    Parameters
    ----------
    delivery, name, title : key of the delivery; name of the sheet; what it is about.
    day : reference date or period, in words; "" if nothing is agreed.
    mapping : reads it back, in the keys of the params file.
    keys, rows : headings and cells of the columns that are filled in before.
    numbers : headings of the columns with counts; of a list of persons none.
    meaning : heading of a count -> its groups.
    choices : of a list of persons, every heading with what may be chosen; empty: anything.
    """

    delivery: str
    name: str
    title: str
    mapping: Mapping[str, Any]
    keys: Sequence[str] = ()
    rows: Sequence[Sequence[str | int]] = ()
    numbers: Sequence[str] = ()
    meaning: Mapping[str, Sequence[Group]] = field(default_factory=dict)
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    day: str = ""


class Planner:
    """Plans the sheets of one workbook.

    Parameters
    ----------
    places : the areas of each year.
    years : that are asked for.

    Attributes
    ----------
    refused : of each table that cannot be a template, its place and why.
    """

    def __init__(
        self, places: Places, years: Sequence[int], catalogue: Mapping[str, Kennzahl]
    ) -> None:
        self._places, self._years, self._catalogue = places, years, catalogue
        self._names = {name.casefold() for name in (EXPLANATION, LISTS, SCHEMA)}
        self.refused: list[tuple[str, str]] = []

    def of_delivery(self, key: str, own: Lieferung, read: Iterable[ReadTable]) -> list[Sheet]:
        """The sheets of a delivery; groups that two of its tables count are asked for once."""
        sheets, seen = [], set[Group]()
        read = list(read)
        titles = [_title(one.table, own) for one in read]
        for one, title in zip(read, titles, strict=True):
            table = one.table
            split = next((table.spalten[c] for c in WORDED if c in table.spalten), "")
            short = title
            if titles.count(title) > 1 and split:
                title, short = f"{title}, nach {split}", split
            if table.zaehlen:
                sheets.append(self._persons(key, (title, short), table))
                continue
            if "einrichtung" in {*table.spalten, *table.konstanten}:
                why = "zählt je Einrichtung; eine Vorlage fragt nach Räumen"
                self.refused.append((f"{key}, {title}", why))
                continue
            found = delivered(one.rows) if one.rows is not None and len(one.rows) else {}
            found = found or from_mapping(table, self._catalogue)
            groups = {group: header for group, header in found.items() if group not in seen}
            seen |= groups.keys()
            if groups:
                whole, unassigned = besides(one.rows, table)
                sheets.append(self._counts(key, (title, short), (groups, table), whole, unassigned))
            elif not found and not table.vorlage:
                why = "die Tabelle ist nicht zu lesen, und die Zuordnung nennt kein Merkmal"
                self.refused.append((f"{key}, {title}", why))
        known = {group.merkmal for group in seen}
        asked = [g for m in own.merkmale if m not in known for g in needed(m, self._catalogue)]
        if asked:
            plain = dict.fromkeys(asked, "")
            sheets.append(self._counts(key, (own.titel, own.titel), (plain, None), False, True))
        return [
            replace(
                sheet,
                day=own.stichtag or "",
                title=sheet.title
                if sheet.title.startswith(own.titel)
                else f"{own.titel}: {sheet.title}",
            )
            for sheet in sheets
        ]

    def _counts(
        self,
        key: str,
        names: tuple[str, str],
        asked: tuple[Mapping[Group, str], Tabelle | None],
        whole: bool,
        unassigned: bool,
    ) -> Sheet:
        groups, table = asked
        title, name = names[0], self._name(names[1])
        mapping: dict[str, Any] = {
            "kopfzeilen": [HEAD],
            "spalten": {"raum": "Raum", "jahr": "Jahr"},
            "gesperrt": [SECRET],
            "fehlend": ["", MISSING, MISSING.upper()],
        }
        mapping |= {"gesamtzeilen": [WHOLE]} if whole else {}
        mapping |= {"nicht_zuordenbar": [UNASSIGNED]} if unassigned else {}
        places = [
            (place, year)
            for year in self._years
            for place in [
                *self._places.of(year),
                *([UNASSIGNED] if unassigned else []),
                *([WHOLE] if whole else []),
            ]
        ]
        if len(groups) <= WIDEST:
            heads = headings(groups, table)
            mapping["entpivotieren"] = {head: _cell(group) for group, head in heads.items()}
            meaning = {head: [group] for group, head in heads.items()}
            return Sheet(
                delivery=key,
                name=name,
                title=title,
                mapping=mapping,
                keys=["Raum", "Jahr"],
                rows=places,
                numbers=list(heads.values()),
                meaning=meaning,
            )
        columns = split_by(list(groups))
        first = _cell(next(iter(groups)))
        mapping["konstanten"] = {c: text for c, text in first.items() if c not in columns}
        mapping["spalten"] |= {c: COLUMNS[c] for c in columns} | {"anzahl": NUMBER}
        worded = [c for c in columns if c != "alter"]
        words = {g: [part_of(g, c, table) or "insgesamt" for c in columns] for g in groups}
        mapping["werte"] = {
            c: {texts[columns.index(c)]: getattr(group, c) for group, texts in words.items()}
            for c in worded
        }
        return Sheet(
            delivery=key,
            name=name,
            title=title,
            mapping=mapping,
            keys=["Raum", "Jahr", *(COLUMNS[c] for c in columns)],
            rows=[(*place, *texts) for place in places for texts in words.values()],
            numbers=[NUMBER],
            meaning={NUMBER: list(groups)},
        )

    def _persons(self, key: str, names: tuple[str, str], table: Tabelle) -> Sheet:
        """A list with one row for each person, as it was delivered until now."""
        assert table.zaehlen is not None
        told = mapping_of(table)
        mapping = {name: told[name] for name in KEYS & told.keys()} | {"kopfzeilen": [HEAD]}
        heads = [*table.spalten.values(), *table.zaehlen.raw_columns, *table.nur, *table.ohne]
        heads = [head for head in dict.fromkeys(heads) if head != "jahr" or head in told]
        choices: dict[str, Sequence[str]] = {
            head: table.zaehlen.gueltig.get(head, ()) for head in heads
        }
        if "raum" in table.spalten:
            places = dict.fromkeys(p for year in self._years for p in self._places.of(year))
            choices[table.spalten["raum"]] = [*places, *table.nicht_zuordenbar]
        if "jahr" in table.spalten:
            own = table.werte.get("jahr")
            shown = list(own) if own else [str(year) for year in self._years]
            choices[table.spalten["jahr"]] = shown
        return Sheet(
            delivery=key,
            name=self._name(names[1]),
            title=names[0],
            mapping=mapping,
            choices=choices,
        )

    def _name(self, title: str) -> str:
        plain = " ".join(re.sub(r"[\[\]:*?/\\]", " ", title).split()).strip("'")
        if len(plain) > _TITLE:
            plain = plain[: _TITLE - 2].rpartition(" ")[0].rstrip(" ,;-–") + " …"
        name = plain = plain[:_TITLE].strip() or "Zahlen"
        number = 2
        while name.casefold() in self._names:
            tail = f" ({number})"
            name, number = plain[: _TITLE - len(tail)] + tail, number + 1
        self._names.add(name.casefold())
        return name


def _title(table: Tabelle, own: Lieferung) -> str:
    """What a sheet is about: its name until now, unless that is a year or there is only one."""
    named = table.blatt if table.blatt and not re.search(r"\d{4}", table.blatt) else None
    return named or own.titel


def _cell(group: Group) -> dict[str, str]:
    """A group in the keys of the params file."""
    cell = {"merkmal": group.merkmal}
    if group.von is not None:
        cell["alter"] = f"{group.von}+" if group.bis is None else f"{group.von}-{group.bis}"
    words = {c: getattr(group, c) for c in ("geschlecht", "staatsangehoerigkeit", "auspraegung")}
    return cell | {column: text for column, text in words.items() if text}
