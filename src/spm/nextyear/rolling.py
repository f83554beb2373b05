"""What of a params file becomes another one with the year, and what only a person can decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import yaml

from spm.nextyear.edits import (
    CHECK,
    Document,
    child,
    in_brackets,
    items,
    last_line,
    names_year,
    pairs,
    scalars,
    shifted,
    without_anchors,
)

if TYPE_CHECKING:
    from spm.config.params import Params

_TITLES = ("titel", "untertitel")


class Rolling:
    """Rolls one params file on.

    Parameters
    ----------
    there : whether a file, or a sheet of that name, is in the data folder; of a name in the params
        file.
    """

    def __init__(
        self, document: Document, params: Params, new: int, there: Callable[[str], bool]
    ) -> None:
        self._doc, self._params, self._there = document, params, there
        self._old, self._new = params.zeitreihe.bis, new
        self._steps = range(1, new - self._old + 1)
        self._seen: set[int] = set()
        self._key = ""
        self._added = (
            f"ist nach {self._old} ergänzt; schreibt es die Stelle so? (Kommt es als Vorlage: "
            "löschen)"
        )

    def roll(self) -> None:
        """Make all edits."""
        self._years()
        self._places()
        for key, delivery in pairs(child(self._doc.root, "lieferungen")):
            self._key = key.value
            self._delivery(delivery)
        self._pools()

    # ------------------------------------------------------------------------------ the report

    def _years(self) -> None:
        doc, root, by = self._doc, self._doc.root, self._new - self._old
        self._set(("zeitreihe", "bis"), str(self._new))
        self._set(("bericht", "berichtsjahr"), str(self._new))
        day, year = self._params.bericht.datum, self._params.bericht.datum.year + by
        if (day.month, day.day) == (2, 29):
            day = day.replace(day=28)
        node = child(root, "bericht", "datum")
        self._set(("bericht", "datum"), day.replace(year=year).isoformat())
        later = "ein Jahr" if by == 1 else f"{by} Jahre"
        doc.check(node, f"Stand des Berichts, vorläufig {later} nach dem letzten")
        for key, value in pairs(child(root, "bericht")):
            if not isinstance(value, yaml.ScalarNode) or key.value in ("datum", "berichtsjahr"):
                continue
            if names_year(value.value, self._old):
                if key.value in _TITLES:
                    self._shift(value)
                else:
                    doc.check(key, f"bericht.{key.value} nennt {self._old}")
        if child(root, "vergleich") is not None:
            note = f"Vergleichswerte für {self._new} in die Tabelle eintragen, soweit es sie gibt"
            doc.check(child(root, "vergleich", "datei"), note)
        doc.check(
            child(root, "raeume", "datei"),
            f"Gelten die Räume für {self._new} unverändert? Sonst raeume.fruehere",
        )

    def _places(self) -> None:
        for name in ("datenordner", "texte"):
            node = child(self._doc.root, name)
            if isinstance(node, yaml.ScalarNode) and names_year(node.value, self._old):
                self._doc.check(node, f"{name} nennt {self._old}: Ordner des neuen Jahres?")

    def _pools(self) -> None:
        length = len(self._params.zeitreihe.years)
        for key, value in pairs(child(self._doc.root, "zusammenfassen")):
            years = child(value, "jahre")
            if isinstance(years, yaml.ScalarNode) and years.value == str(length) and length > 1:
                note = f"{key.value}: {length} Jahre waren die ganze Zeitreihe, die nun länger ist"
                self._doc.check(key, note)

    # ------------------------------------------------------------------------------ deliveries

    def _delivery(self, delivery: yaml.Node) -> None:
        for table in items(child(delivery, "tabellen")):
            if id(table) not in self._seen:
                self._seen.add(id(table))
                self._table(table)
        for key, value in pairs(delivery):
            told = key.value in ("titel", "stichtag") and isinstance(value, yaml.ScalarNode)
            if told and names_year(value.value, self._old):
                self._shift(value)
                self._doc.check(key, f"{key.value} nannte {self._old}")

    def _table(self, table: yaml.Node) -> None:
        fixed = child(table, "konstanten", "jahr")
        if isinstance(fixed, yaml.ScalarNode) and fixed.value == str(self._old):
            self._another_table(table)
            return
        touched: set[int] = set()
        for path, column in ((("entpivotieren",), "jahr"), (("werte", "jahr"), "")):
            section = child(table, *path)
            if section is not None and id(section) not in self._seen:
                self._seen.add(id(section))
                self._more_entries(section, column, ".".join(path))
            touched |= {id(node) for node in scalars(section)}
        for key, value in pairs(table):
            if key.value in ("datei", "blatt") and isinstance(value, yaml.ScalarNode):
                touched.add(id(value))
                self._named(value, key.value)
        for node in scalars(table):
            known = id(node) in touched or id(node) in self._seen
            if not known and names_year(node.value, self._old):
                self._seen.add(id(node))
                note = f"hier steht {self._old}; gilt es auch {self._new}?"
                self._doc.check(node, note, f"Lieferung {self._key}, «{node.value}»: {note}")

    def _named(self, value: yaml.ScalarNode, key: str) -> None:
        """A file or sheet that is called by the old year, and not by {jahr}."""
        if not names_year(value.value, self._old) or id(value) in self._seen:
            return
        self._seen.add(id(value))
        new = shifted(value.value, self._old, self._new - self._old)
        if key == "datei" and self._there(new):
            self._doc.replace(value, new)
            self._doc.check(value, f"im Datenordner liegt «{new}»; bisher {value.value}")
            return
        pattern = value.value.replace(str(self._old), "{jahr}")
        self._doc.check(
            value,
            f"{key} «{value.value}» nennt {self._old}; neuer Name, oder je Jahr eine(s): {pattern}",
        )

    def _more_entries(self, section: yaml.Node, column: str, where: str) -> None:
        """Give a section an entry of the new years for each that it has of the old one."""

        def year_of(value: yaml.Node) -> str:
            node = child(value, column) if column else value
            return node.value if isinstance(node, yaml.ScalarNode) else ""

        own = [(key, value) for key, value in pairs(section) if year_of(value).isdecimal()]
        there = {year_of(value) for _, value in own}
        latest = [pair for pair in own if year_of(pair[1]) == str(self._old)]
        if not own:
            return
        if not latest:
            note = f"{where} reicht nur bis {max(there)}; {self._new} ergänzen?"
            self._doc.check(section, note, f"Lieferung {self._key}: {note}")
            return
        if str(self._new) in there:
            return
        still = [k.value for k, _ in latest if shifted(k.value, self._old, 1) == k.value]
        if still:
            note = f"«{still[0]}» ist als {self._old} zugeordnet; was heißt {self._new}?"
            self._doc.check(latest[0][0], note)
            return
        if in_brackets(section):
            self._in_flow(section, latest)
        else:
            self._in_block(latest)

    def _in_flow(self, section: yaml.Node, latest: Sequence[tuple[yaml.Node, yaml.Node]]) -> None:
        at = latest[-1][1].end_mark.index
        copies = [
            shifted(self._doc.text[key.start_mark.index : value.end_mark.index], self._old, by)
            for by in self._steps
            for key, value in latest
        ]
        self._doc.insert(at, "".join(f", {without_anchors(copy)}" for copy in copies))
        note = f"{self._new} {self._added}"
        self._doc.check(section, note, self._told([key for key, _ in latest]))

    def _in_block(self, latest: Sequence[tuple[yaml.Node, yaml.Node]]) -> None:
        end = max(last_line(value) for _, value in latest)
        first = latest[0][0]
        indent = " " * int(first.start_mark.column)
        note = f"{self._new} {self._added}"
        text = f"{indent}# {CHECK}: {note}\n"
        for by in self._steps:
            for key, value in latest:
                lines = self._doc.lines(key.start_mark.line, last_line(value))
                text += without_anchors(shifted(lines, self._old, by))
        self._doc.after(end, text)
        self._doc.check(None, note, self._told([key for key, _ in latest]))

    def _told(self, keys: Sequence[yaml.Node]) -> str:
        """Added entries for the console: the first, and how many more."""
        first = shifted(keys[0].value, self._old, self._new - self._old)
        more = f" und {len(keys) - 1} weitere" if len(keys) > 1 else ""
        return f"Lieferung {self._key}: «{first}»{more} ergänzt; schreibt es die Stelle so?"

    def _another_table(self, table: yaml.Node) -> None:
        """A table of the old year alone: one more of the new year."""
        block = self._doc.text[: table.start_mark.index].rpartition("\n")[2]
        name = child(table, "datei")
        shown = f" ({name.value})" if isinstance(name, yaml.ScalarNode) else ""
        if block.strip() != "-" or in_brackets(table):
            note = f"Tabelle nur für {self._old}{shown}: eine für {self._new} ergänzen"
            self._doc.check(table, note)
            return
        indent = block[: block.index("-")]
        note = f"Tabelle von {self._new}, nach der von {self._old}{shown}"
        text = f"{indent}# {CHECK}: {note}\n"
        for by in self._steps:
            lines = self._doc.lines(table.start_mark.line, last_line(table))
            text += without_anchors(shifted(lines, self._old, by))
        self._doc.after(last_line(table), text)
        self._doc.check(None, note)

    # ------------------------------------------------------------------------------------ parts

    def _set(self, path: Sequence[str], text: str) -> None:
        node = child(self._doc.root, *path)
        if isinstance(node, yaml.ScalarNode):
            self._doc.replace(node, text)

    def _shift(self, node: yaml.Node) -> None:
        raw = shifted(self._doc.raw(node), self._old, self._new - self._old)
        self._doc.rewrite(node, raw)
