"""A small report with its open data: seven areas with hostile names, three indicators, two gaps."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from spm import Report
from spm.book.document import Chapter, read_texts
from spm.products import opendata
from spm.products.context import Context
from spm.published import NICHT_GELIEFERT
from tests.certificate_example import certify
from tests.presentation_sample import NASTY, areas, kennzahl, published
from tests.report_example import CHAPTERS, PARAMS, PROJECT, make_project, three_entries

FORMULAS = ["=1+1", "@SUM(A1)"]
HIDDEN = [("quote", "3", 2023, "gesperrt"), ("zweite", None, 2020, "gesperrt")]
SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="{w}pt" height="100pt" viewBox="0 0 {w} 100">
<rect x="10" y="10" width="90" height="50" fill="#0f4c5c"/></svg>
"""


@dataclass
class Beispiel:
    """The project, the report, its chapters and the finished folder."""

    root: Path
    report: Report
    chapters: list[Chapter]
    folder: Path

    @property
    def daten(self) -> Path:
        return self.folder / "html" / "daten"


def make(root: Path, **changes: str) -> Beispiel:
    """Publish the sample below ``root`` and write its open data.

    Parameters
    ----------
    changes : lines of the section ``bericht``, "lizenz", "adresse", …
    """
    extra = "".join(f", {key}: '{text}'" for key, text in changes.items())
    params = PARAMS.replace('"a@b.example"}', f'"a@b.example"{extra}}}')
    shapes = areas(7)
    shapes["name"] = [*NASTY, *FORMULAS]
    data = make_project(root, three_entries(), params, shapes)
    keys = list(shapes.raum)
    hidden = [("leer", None, None, NICHT_GELIEFERT), *HIDDEN]
    frame = published([kennzahl(k) for k in CHAPTERS], keys, hidden=hidden)
    total = frame[(frame.raum == "gesamt") & (frame.kennzahl == "quote")]
    pd.concat([frame, total.assign(gruppe="Kita: A|B")]).to_parquet(data / "published.parquet")
    certify(data)
    report = Report(root / "params/muster.yml")
    folder = root / "report/muster"
    chapters = write(report, folder)
    return Beispiel(root, report, chapters, folder)


def write(report: Report, folder: Path) -> list[Chapter]:
    """The open data of a report whose book has two chapters and the page by facility."""
    (folder / "book").mkdir(parents=True)
    figures = folder / "html" / "figures"
    figures.mkdir(parents=True)
    for name, width in (("quote-karte", 300), ("quote-balken", 200)):
        (figures / f"{name}.svg").write_text(SVG.format(w=width), encoding="utf-8")
    sgb2 = report.kapitel("sgb2")
    texts = {
        "index": f"# Einleitung {{#sec-einleitung .unnumbered}}\n\n{report.zeichen().markdown}",
        "01-sgb2": "# SGB II {#sec-sgb2}\n\n"
        f"{sgb2.tabelle().markdown}\n\n{sgb2.werte('quote').markdown}",
        "einrichtungen": "# Einrichtungen {#sec-einrichtungen}\n\n"
        f"{report.einrichtungen().markdown}",
    }
    chapters = read_texts(texts, folder / "book")
    formats = frozenset({"html"})
    context = Context(report, PROJECT, chapters, folder, formats)
    opendata.write(context)
    opendata.write_pictures(context)
    return chapters
