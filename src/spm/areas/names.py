"""The raw names of areas -> their keys, in the division that a year was delivered in."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from spm.areas.selecting import PARTS
from spm.config.tables import Tabelle
from spm.errors import nearest
from spm.published import GESAMT, NICHT_ZUORDENBAR
from spm.rawfiles.cells import BadValue, clean, meant

if TYPE_CHECKING:
    from spm.areas.division import Division


class AreaNames:
    """The areas of the municipality by key and by name.

    Parameters
    ----------
    areas : columns raum, name and, if other names are known as well, geometriename (texts).
    years : which years have these areas, for messages ("der Jahre bis 2019"); "": all of them.
    where : what names the areas, for messages.

    Attributes
    ----------
    keys : of all areas.
    whole : key of a part of a joined area (``raeume.verbinden``) -> key of that area.
    """

    def __init__(
        self, areas: pd.DataFrame, years: str = "", where: str = "der Geometrie (raeume.datei)"
    ) -> None:
        self._unknown = f"in der Einteilung {years} unbekannt" if years else "unbekannt"
        self._where = where
        self.keys = [str(key) for key in areas["raum"]]
        bearers: dict[str, list[str]] = {}
        for column in areas.columns.intersection(["name", "geometriename"]):
            for key, name in zip(self.keys, areas[column], strict=True):
                bearers.setdefault(clean(str(name)), [])
                if key not in bearers[clean(str(name))]:
                    bearers[clean(str(name))].append(key)
        self._shared = {name: keys for name, keys in bearers.items() if len(keys) > 1}
        self._target = {name: keys[0] for name, keys in bearers.items() if len(keys) == 1}
        self._target |= {key: key for key in (*self.keys, GESAMT, NICHT_ZUORDENBAR)}
        self.whole: dict[str, str] = {}
        for key, parts in zip(self.keys, areas.get(PARTS, []), strict=False):
            for part, name in parts:
                self.whole |= {part: key} if part != key else {}
                for told in (part, clean(name)):
                    if part != key:
                        self._target.setdefault(told, part)
        self._known = [*self.keys, *bearers, *self.whole]

    def canonical(self, target: str) -> str:
        """Look up a canonical value of the params file: key, name, "gesamt" or "nz"."""
        if target not in self._target:
            raise BadValue(
                f"Der Raum «{target}» ist {self._unknown}." + nearest(target, self._known),
                "Den Schlüssel in der Params-Datei berichtigen.",
            )
        return self._target[target]

    def reader(self, table: Tabelle) -> Callable[[str], str]:
        """Make the reader of a table's raw area column."""
        target = {k: v for k, v in self._target.items() if k not in (GESAMT, NICHT_ZUORDENBAR)}
        wanted = {clean(raw): value for raw, value in table.werte.get("raum", {}).items()}
        special = {clean(raw): NICHT_ZUORDENBAR for raw in table.nicht_zuordenbar}
        special |= {clean(raw): GESAMT for raw in table.gesamtzeilen}

        def read(text: str) -> str:
            if text in special:
                return special[text]
            if text in wanted:
                return self.canonical(wanted[text])
            if text in target:
                return target[text]
            if text == "":
                raise BadValue(
                    "Die Zelle ist leer, der Raum fehlt.",
                    "Den Raum nachtragen; sind Personen ohne Raum gemeint, "
                    '"" unter nicht_zuordenbar aufnehmen.',
                )
            padded = [k for k in self.keys if k.lstrip("0") == text.lstrip("0") and text.isdigit()]
            if padded:
                raise BadValue(
                    f"Der Raum ist {self._unknown}. Gemeint ist vielleicht «{padded[0]}»: führende "
                    "Nullen fehlen.",
                    "Die Spalte als Text liefern oder die Werte unter werte.raum zuordnen.",
                )
            if text in self._shared:
                raise BadValue(
                    f"So heißen mehrere Räume ({', '.join(self._shared[text])}).",
                    "Den Schlüssel des Raums liefern lassen oder die Räume mit raeume.namen "
                    "unterscheiden.",
                )
            raise BadValue(
                f"Der Raum ist {self._unknown}." + meant(text, [*self._known, *wanted]),
                "Die Schreibweise berichtigen oder den Wert unter werte.raum, nicht_zuordenbar "
                "oder gesamtzeilen aufnehmen. Gibt es den Raum wirklich, fehlt er in "
                f"{self._where}.",
            )

        return read


class AreasOfYears:
    """The areas that deliveries use: today's, and earlier ones for earlier years.

    Parameters
    ----------
    today : as of `AreaNames`.
    earlier : the divisions before, oldest first.
    """

    def __init__(self, today: pd.DataFrame, earlier: Sequence["Division"] = ()) -> None:
        self._ends = [division.bis for division in earlier]
        starts = [0, *(end + 1 for end in self._ends)]
        self.names = [
            AreaNames(
                division.areas,
                f"der Jahre bis {division.bis}" if not start else f"von {start} bis {division.bis}",
                f"der früheren Einteilung (raeume.fruehere, {division.source})",
            )
            for start, division in zip(starts, earlier, strict=False)
        ]
        self.names.append(AreaNames(today, f"ab {starts[-1]}" if earlier else ""))

    def positions(self, years: Iterable) -> np.ndarray:
        """The position in ``names`` of each year's areas; of an unknown year today's."""
        known = pd.Series(list(years), dtype="Int64").fillna(9999).to_numpy(dtype=int)
        return np.searchsorted(self._ends, known)

    def keys(self, year: int) -> list[str]:
        """Keys of all areas of a year, in area order."""
        return self.names[self.positions([year])[0]].keys

    def places(self, years: Iterable[int]) -> pd.DataFrame:
        """Columns jahr and raum: every area of each of the years."""
        pairs = [(year, key) for year in years for key in self.keys(year)]
        return pd.DataFrame(pairs, columns=["jahr", "raum"]).astype(
            {"jahr": "Int64", "raum": "str"}
        )

    def inside(self, rows: pd.DataFrame) -> np.ndarray:
        """Whether ``raum`` of each row is an area of its ``jahr``."""
        found, position = np.zeros(len(rows), dtype=bool), self.positions(rows["jahr"])
        for i, names in enumerate(self.names):
            found |= (position == i) & rows["raum"].isin(names.keys).to_numpy(dtype=bool)
        return found

    def is_part(self, rows: pd.DataFrame) -> np.ndarray:
        """Whether ``raum`` of each row is a part of a joined area of today."""
        whole = self.names[-1].whole
        if not whole:
            return np.zeros(len(rows), dtype=bool)
        today = self.positions(rows["jahr"]) == len(self.names) - 1
        return today & rows["raum"].isin(list(whole)).to_numpy(dtype=bool)

    def joined(self, rows: pd.DataFrame) -> pd.Series:
        """The areas of the rows, those of parts replaced by the areas that they belong to."""
        whole = rows["raum"].map(self.names[-1].whole).astype(rows["raum"].dtype)
        return whole.where(self.is_part(rows), rows["raum"])

    def parts_of(self, key: str) -> list[str]:
        """Keys of the parts of a joined area."""
        return [part for part, whole in self.names[-1].whole.items() if whole == key]
