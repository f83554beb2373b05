"""Tables of a folder that are no deliveries: public ones, and the data of earlier reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spm.setup.headers import Layout
from spm.setup.proposal import ASK, SURE
from spm.setup.words import folded
from spm.setup.yamlwriting import inline, scalar

EARLIER = "fruehere_berichte"

HEADINGS = {
    EARLIER: {"kennzahl", "jahr", "raum", "gruppe", "zaehler", "nenner", "status"},
    "vergleich": {"kennzahl", "gebiet", "jahr", "wert"},
    "ziele": {"leitziel", "kennzahl", "zielwert"},
    "angebote": {"art", "name", "lebensphase", "raum"},
}
"""Section of the params file -> headings that such a table has, in any order and among others."""

CALLED = {
    EARLIER: "Zahlen eines fertigen Berichts",
    "vergleich": "Vergleichswerte",
    "ziele": "Zieltabelle",
    "angebote": "Angebotsliste",
}


@dataclass
class Public:
    """What was recognised by its headings.

    Attributes
    ----------
    files : section -> names of files; earlier reports are sorted by their last year.
    """

    files: dict[str, list[str]] = field(default_factory=dict)

    def take(self, cut: Layout) -> bool:
        """Whether a table is none of people; it is kept if so."""
        header = {folded(name).replace(" ", "_") for name in cut.header}
        kind = next((k for k, wanted in HEADINGS.items() if wanted <= header), "")
        if kind:
            self._years[cut.table.file] = _last_year(cut)
            names = self.files.setdefault(kind, [])
            if cut.table.file not in names:
                names.append(cut.table.file)
            names.sort(key=lambda name: self._years[name] if kind == EARLIER else "")
        return bool(kind)

    _years: dict[str, str] = field(default_factory=dict)

    def sections(self, named: Sequence[str] = ()) -> list[str]:
        """The lines of a new params file, without sections that stand there already."""
        lines = []
        for kind, names in self.files.items():
            if kind == EARLIER:
                told = f"{ASK}: von Berichten dieser Kommune, die Leser kennen; der älteste zuerst"
                if "geheimhaltung" not in named:
                    lines += [f"geheimhaltung: {inline({EARLIER: names})}  # {told}", ""]
            elif kind not in named:
                # Goals and offers become chapters: somebody has to want that.
                sure = SURE if kind == "vergleich" else ASK
                why = "an den Überschriften erkannt"
                lines += [f"{kind}: {{datei: {scalar(names[0])}}}  # {sure}: {why}"]
                lines += [f"# {text}" for text in _told(kind, names[1:])] + [""]
        return lines

    def comments(self, text: str) -> list[str]:
        """Files that a params file does not name yet, as lines to add to it."""
        return [
            f"  # {line}"
            for kind, names in self.files.items()
            for line in _told(kind, [name for name in names if name not in text])
        ]

    def in_words(self) -> str:
        """How many of which kind, for the console."""
        found = [f"{CALLED[kind]} ({', '.join(names)})" for kind, names in self.files.items()]
        return "; ".join(found)


def _told(kind: str, names: Sequence[str]) -> list[str]:
    key = f"geheimhaltung.{kind}" if kind == EARLIER else kind
    return [f"{name}: {CALLED[kind]}, keine Lieferung; gehört unter {key}" for name in names]


def _last_year(cut: Layout) -> str:
    years = [i for i, name in enumerate(cut.header) if folded(name) == "jahr"]
    return max(cut.column(years[0]), default="") if years else ""
