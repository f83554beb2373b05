"""What of sections and tables that several municipalities share belongs to one of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from spm.config import yamltext
from spm.config.kommunen import (
    NO_FILTER,
    SECTION,
    Bereich,
    Filter,
    Gemeinsam,
)
from spm.config.placeholders import filled, filled_path, names_one, texts_of
from spm.errors import nearest

Lines = dict[yamltext.Pfad, int]

ONLY_HERE = ("filter", "gilt_fuer")
"""Keys of sections and tables that are gone afterwards."""

EACH_ITS_OWN = ("ziele", "angebote")
"""Sections that name a file without a column that could be filtered by."""

SOURCE = ("datei", "blatt", "abfrage", "url_variable")
"""Keys of a table that say where it is."""

REPORTS = ("frueherer_bericht", "fruehere_berichte", "andere_berichte")
"""Keys of ``geheimhaltung`` that name published reports."""


@dataclass
class Expanded:
    """One municipality.

    Attributes
    ----------
    data, lines : as of a params file of its own.
    own_rows : delivery -> of each table the columns of ``nur`` that tell whose rows they are.
    claims : which values it claims: by file and table, column -> values.
    wrong : what is wrong, by place.
    """

    data: dict[str, Any]
    lines: Lines
    own_rows: dict[str, list[frozenset[str]]] = field(default_factory=dict)
    claims: dict[tuple[str, ...], Filter] = field(default_factory=dict)
    wrong: list[tuple[yamltext.Pfad, str]] = field(default_factory=list)


class Cut:
    """Cuts one municipality out of the sections that it shares with others."""

    def __init__(
        self, data: dict[str, Any], lines: Lines, every: Gemeinsam, shape: Gemeinsam, key: str
    ) -> None:
        self._data, self._every, self._shape, self._key = data, every, shape, key
        self._entry = every.kommunen[key]
        self._lines = lines
        self._texts = texts_of(key, self._entry)
        self._default = self._values(every.filter) or dict(self._entry.filter)
        self._own_folder = names_one(data.get("datenordner")) or (
            "datenordner" in self._entry.sections
        )
        self._done = Expanded(data, lines)

    def done(self) -> Expanded:
        done = self._done
        self._areas()
        for name in EACH_ITS_OWN:
            self._each_its_own(name)
        self._reports()
        self._deliveries()
        self._unused()
        done.data = filled(done.data, self._texts)
        done.lines = {filled_path(at, self._texts): line for at, line in done.lines.items()}
        done.claims = filled(done.claims, self._texts)
        done.own_rows = {
            delivery: [frozenset(filled(set(c), self._texts)) for c in columns]
            for delivery, columns in done.own_rows.items()
        }
        return done

    def _values(self, wanted: Filter) -> Filter:
        """The values of this municipality: its own ones of a column go before."""
        return {column: self._entry.filter.get(column, v) for column, v in wanted.items()}

    def _areas(self) -> None:
        section = self._data.get("raeume")
        if not isinstance(section, dict):
            return
        shape = self._shape.raeume
        self._area_set(section, shape, ("raeume",))
        earlier = section.get("fruehere") or []
        for i, (one, own) in enumerate(zip(earlier, shape.fruehere, strict=False)):
            if one.get("datei"):
                self._area_set(one, own, ("raeume", "fruehere", i))
            _without(one)

    def _area_set(self, section: dict[str, Any], shape: Bereich, at: yamltext.Pfad) -> None:
        names = [section.get("datei"), section.get("ebene")]
        wanted = self._wanted(shape.filter, names, at)
        _without(section)
        if wanted:
            self._add(section, wanted, at)
        said = shape.filter is not None or bool(self._default)
        if wanted is not None and said and not self._own_folder:
            place = ("raeume", str(section.get("datei")), str(section.get("ebene")))
            self._done.claims[place] = wanted

    def _wanted(self, own: Filter | None, names: object, at: yamltext.Pfad) -> Filter | None:
        """The filter that holds; {} for none; None if the file is the municipality's own."""
        if own is not None:
            return self._values(own)
        if self._own_folder or names_one(names):
            return None
        if not self._default:
            self._done.wrong.append(
                (
                    at,
                    "Hier steht nicht, was davon zu dieser Kommune gehört. Bitte filter angeben "
                    "(Spalte: Wert), die Datei je Kommune mit {kommune} benennen, oder mit "
                    f"«filter: {NO_FILTER}» sagen, dass alles darin gilt.",
                )
            )
        return self._default

    def _add(self, section: dict[str, Any], wanted: Filter, at: yamltext.Pfad) -> None:
        known = section.get("nur")
        both = dict(known) if isinstance(known, dict) else {}
        for column, values in wanted.items():
            if column in both:
                self._done.wrong.append(
                    ((*at, "nur", column), "Diese Spalte steht unter filter und unter nur.")
                )
            both[column] = list(values)
        section["nur"] = both

    def _each_its_own(self, name: str) -> None:
        section, shape = self._data.get(name), getattr(self._shape, name)
        if not isinstance(section, dict) or shape is None:
            return
        own = name in self._entry.sections or self._own_folder or names_one(section.get("datei"))
        if shape.filter:
            text = f"Diese Tabelle lässt sich nicht filtern; möglich ist nur «{NO_FILTER}»."
            self._done.wrong.append(((name, "filter"), text))
        elif shape.filter is None and not own:
            self._done.wrong.append(
                (
                    (name, "datei"),
                    "Diese Tabelle würde für alle Kommunen gelten. Bitte je Kommune eine Datei "
                    "mit {kommune} im Namen, oder ausdrücklich «filter: " + NO_FILTER + "».",
                )
            )
        _without(section)

    def _reports(self) -> None:
        """Earlier reports are of one municipality; of another one they would be taken as known."""
        section = self._data.get("geheimhaltung")
        if not isinstance(section, dict) or self._own_folder:
            return
        own = self._entry.sections.get("geheimhaltung") or {}
        for name in REPORTS:
            written = section.get(name) or []
            for one in written if isinstance(written, list) else [written]:
                if name not in own and not names_one(one):
                    self._done.wrong.append(
                        (
                            ("geheimhaltung", name),
                            "Ein Bericht gehört zu einer Kommune: bitte {kommune} oder {ags} in "
                            "den Namen schreiben, oder den Abschnitt bei der Kommune nennen.",
                        )
                    )

    def _deliveries(self) -> None:
        section = self._data.get("lieferungen")
        if not isinstance(section, dict):
            return
        kept: dict[str, Any] = {}
        for name, delivery in section.items():
            shape = self._shape.lieferungen.get(name)
            if not isinstance(delivery, dict) or shape is None:
                kept[name] = delivery
                continue
            if not self._is_for(shape, ("lieferungen", name)):
                continue
            tables, columns = [], []
            places: list[int] = []
            for i, (table, own) in enumerate(zip(delivery.get("tabellen") or [], shape.tabellen,
                                                 strict=False)):  # fmt: skip
                at = ("lieferungen", name, "tabellen", i)
                if self._is_for(own, at):
                    filtered = own.filter if own.filter is not None else shape.filter
                    columns.append(self._table(table, filtered, at))
                    tables.append(table)
                    places.append(i)
            _without(delivery)
            if delivery.get("tabellen") and not tables:
                continue
            if "tabellen" in delivery:
                delivery["tabellen"] = tables
                self._moved(("lieferungen", name, "tabellen"), places)
            kept[name] = delivery
            self._done.own_rows[name] = columns
        self._data["lieferungen"] = kept

    def _is_for(self, shape: Bereich, at: yamltext.Pfad) -> bool:
        if shape.gilt_fuer is None:
            return True
        for key in shape.gilt_fuer:
            if key not in self._every.kommunen:
                text = f"Eine Kommune «{key}» gibt es nicht.{nearest(key, self._every.kommunen)}"
                self._done.wrong.append(((*at, "gilt_fuer"), text))
        return self._key in shape.gilt_fuer

    def _table(
        self, table: dict[str, Any], own: Filter | None, at: yamltext.Pfad
    ) -> frozenset[str]:
        names = [table.get(k) for k in SOURCE]
        wide = list(table.get("entpivotieren") or {})
        counts = table.get("spalten")
        names += [counts.get("anzahl")] if isinstance(counts, dict) else []
        apart = [*names, wide if wide and all(map(names_one, wide)) else ""]
        wanted = self._wanted(own, apart, at)
        _without(table)
        if wanted and str(table.get("vorlage", "")).strip().lower() in ("ja", "true"):
            self._done.wrong.append(
                (
                    at,
                    "Eine Vorlage füllt jede Kommune für sich aus: bitte {kommune} in den Namen "
                    "der Datei schreiben.",
                )
            )
            return frozenset()
        if not wanted:
            return frozenset()
        self._add(table, wanted, at)
        place = tuple(str(table.get(k)) for k in SOURCE)
        if not self._own_folder:
            self._done.claims[*place, *sorted(wanted)] = wanted
        return frozenset(wanted)

    def _moved(self, at: yamltext.Pfad, places: list[int]) -> None:
        """Lines of tables that have another number, because others do not count here."""
        if places == list(range(len(places))):
            return
        depth = len(at)
        old = {p: n for p, n in self._done.lines.items() if p[:depth] == at and len(p) > depth}
        for path in old:
            del self._done.lines[path]
        for path, line in old.items():
            if path[depth] in places:
                moved = (*at, places.index(int(path[depth])), *path[depth + 1 :])
                self._done.lines[moved] = line

    def _unused(self) -> None:
        """Columns for which the municipality has values, but by which nothing is filtered."""
        used = {column for claim in self._done.claims.values() for column in claim}
        used |= {
            c for tables in self._done.own_rows.values() for columns in tables for c in columns
        }
        for column in self._entry.filter:
            if column not in used:
                self._done.wrong.append(
                    (
                        (SECTION, self._key, "filter", column),
                        "Nach dieser Spalte wird nichts gefiltert." + nearest(column, sorted(used)),
                    )
                )


def _without(section: dict[str, Any]) -> None:
    for key in ONLY_HERE:
        section.pop(key, None)
