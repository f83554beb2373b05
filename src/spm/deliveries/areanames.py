"""The raw names of areas -> their keys."""

from collections.abc import Callable

import pandas as pd

from spm.deliveries.schema import Tabelle
from spm.deliveries.values import BadValue, clean, meant
from spm.errors import naechster
from spm.facts import GESAMT, NICHT_ZUORDENBAR


class AreaNames:
    """The areas of the municipality by key and by name.

    Parameters
    ----------
    areas : columns raum, name and, if other names are known as well, geometriename (texts).
    """

    def __init__(self, areas: pd.DataFrame) -> None:
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
        self._known = [*self.keys, *bearers]

    def canonical(self, target: str) -> str:
        """Look up a canonical value of the params file: key, name, "gesamt" or "nz"."""
        if target not in self._target:
            raise BadValue(
                f"Den Raum «{target}» gibt es nicht." + naechster(target, self._known),
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
                    f"Der Raum ist unbekannt. Gemeint ist vielleicht «{padded[0]}»: führende "
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
                "Der Raum ist unbekannt." + meant(text, [*self._known, *wanted]),
                "Die Schreibweise berichtigen oder den Wert unter werte.raum, nicht_zuordenbar "
                "oder gesamtzeilen aufnehmen. Gibt es den Raum wirklich, fehlt er in der "
                "Geometrie (raeume.datei).",
            )

        return read
