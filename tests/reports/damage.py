"""Ways to damage the demo's files as it really happens, and to call ``spm`` on the result."""

import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from spm import build as stages
from spm import cli
from spm.chapters import kernels

PARAMS = "params/pilotkommune.yml"
REPORT = "report/pilotkommune"
CHAPTERS = {
    **{"einwohner": "bevoelkerung", "haushalte": "haushalte", "sgb2": "sgb2"},
    **{"hze": "hze", "schuleingang": "schuleingang", "schule": "bildung"},
}
"""What the deliveries are for."""

SECTIONS = ("kommune", "bericht", "zeitreihe", "datenordner", "raeume", "kennzahlen", "lieferungen")
_SECTION = re.compile(r"(?m)^(?=[a-z]+:)")
OLD_REPORT = "der letzte gute Bericht"


@dataclass
class Outcome:
    """How a call of ``spm`` ended."""

    code: int
    text: str
    findings: list[dict[str, str | int | None]]

    def error(self, **expected: object) -> dict[str, str | int | None]:
        """The first error of the check report, else its first finding; it has these cells."""
        assert self.findings, self.text
        kind = expected.get("Art", "Fehler")
        first = next((f for f in self.findings if f["Art"] == kind), self.findings[0])
        assert {name: first[name] for name in expected} == expected, first
        return first


class Project:
    """A project of the demo with a finished report, to be damaged."""

    def __init__(self, folder: Path, monkeypatch, capsys) -> None:
        self.folder, self._patch, self._capsys = folder, monkeypatch, capsys
        self.raw = folder / "data/raw/pilotkommune"
        self.params, self.catalogue = folder / PARAMS, folder / "params/kennzahlen.yml"
        self.processed = folder / "data/processed/pilotkommune"
        (folder / REPORT).mkdir(parents=True)
        (folder / REPORT / "alt.txt").write_text(OLD_REPORT, encoding="utf-8")
        monkeypatch.chdir(folder)
        monkeypatch.setattr(kernels, "prepare", lambda: None)  # no chapter will run
        # What a delivery would lose is decided indicator by indicator: nothing that a test of bad
        # input asks for, and up to a minute. tests/disclosure/test_earlier_reports.py reads it.
        monkeypatch.setattr(stages, "forecast", lambda *_: [])

    def only(self, *deliveries: str) -> "Project":
        """Leave out the other deliveries, so that a test takes a moment."""
        text = self.params.read_text(encoding="utf-8")
        head, section = text.split("\nlieferungen:\n")
        # Public tables name areas and indicators of the whole demo.
        head = re.sub(r"(?m)^(?:ziele|angebote):\n(?:  .*\n)*", "", head)
        # What is counted child by child needs all areas as one group.
        head = re.sub(r"(?m)^  kombinationen:\n(?:    .*\n)*", "", head)
        head = re.sub(r"(?m)^ +(?:- params/kennzahlen-kombinationen|Alle Sozial).*\n", "", head)
        head = re.sub(r"(?m)^  seu_.*\[Alle Sozialräume\].*\n", "", head)
        entries = re.split(r"(?m)^  (?=[a-z0-9]+:$)", section)[1:]
        kept = [re.sub(r"(?m)^#.*", "", e) for e in entries if e.split(":")[0] in deliveries]
        assert len(kept) == len(deliveries)
        section = "".join(f"  {entry}" for entry in kept)
        self.params.write_text(f"{head}\nlieferungen:\n{section}", encoding="utf-8")
        return self

    def few(self, *deliveries: str) -> "Project":
        """Leave out also what else the report shows: other chapters, groups of areas, own texts.

        Most of what a check costs is the catalogue, not the deliveries.
        """
        text = self.only(*deliveries).params.read_text(encoding="utf-8")
        sections = [s for s in _SECTION.split(text) if s.partition(":")[0] in SECTIONS]
        text = re.sub(r"(?m)^  gruppen:.*\n(?:    .*\n)*", "", "".join(sections))
        self.params.write_text(text, encoding="utf-8")
        head, entries = self.catalogue.read_text(encoding="utf-8").split("\nkennzahlen:\n")
        chapters = "|".join(CHAPTERS[name] for name in deliveries)
        wanted = re.compile(rf"(?m)^    kapitel: (?:{chapters})$")
        entries = _SECTION.split(entries)[0]
        kept = [e for e in re.split(r"(?m)^(?=  [a-z0-9_]+:)", entries) if wanted.search(e)]
        assert len(kept) > 1
        self.catalogue.write_text("\n".join([head, "kennzahlen:", *kept]), encoding="utf-8")
        return self

    def edit(self, path: Path, old: str, new: str, encoding: str = "utf-8") -> None:
        """Replace the first occurrence of a text; the rest keeps its bytes."""
        text = path.read_bytes().decode(encoding)
        assert old in text
        path.write_bytes(text.replace(old, new, 1).encode(encoding))

    def set(self, old: str, new: str) -> None:
        """Edit the params file."""
        self.edit(self.params, old, new)

    def workbook(self, name: str, change: Callable[[openpyxl.Workbook], object]) -> None:
        """Open, change and save an Excel file."""
        book = openpyxl.load_workbook(self.raw / name)
        change(book)
        book.save(self.raw / name)

    def geometry(self, change: Callable[[dict], object]) -> None:
        """Change the GeoJSON file of the areas."""
        path = self.raw / "sozialraeume.geojson"
        content = json.loads(path.read_text(encoding="utf-8"))
        change(content)
        path.write_text(json.dumps(content), encoding="utf-8")

    def spm(self, *arguments: str) -> Outcome:
        """Call ``spm`` in this process, as its entry point does."""
        self._patch.setattr(sys, "argv", ["spm", *arguments])
        self._capsys.readouterr()
        code = 0
        try:
            cli.main()
        except SystemExit as ended:
            code = ended.code or 0
        shown = self._capsys.readouterr()
        return Outcome(code, shown.out + shown.err, self.findings())

    def refused(self, *arguments: str) -> Outcome:
        """Call ``spm`` (``build``), expect a plain error, and the last report as it was."""
        outcome = self.spm(*(arguments or ("build", PARAMS)))
        assert outcome.code == 1, outcome.text
        assert "Fehler: " in outcome.text and "Traceback" not in outcome.text
        assert "Was tun: " in outcome.text
        left = [p.name for p in (self.folder / REPORT).rglob("*")]
        assert left == ["alt.txt"]
        assert (self.folder / REPORT / "alt.txt").read_text(encoding="utf-8") == OLD_REPORT
        return outcome

    def findings(self) -> list[dict[str, str | int | None]]:
        """The check report of the last call, from its Excel file."""
        path = self.processed / "pruefprotokoll-pilotkommune.xlsx"
        if not path.exists():
            return []
        head, *rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
        return [dict(zip(head, row, strict=True)) for row in rows]
