"""A small report as papermill leaves it: three chapters, figures, tables, callouts, footnotes."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from spm.config.design import Gestaltung
from spm.config.synthesis import Synthese
from spm.text.escape import escape_attribute, escape_markdown

NASTY = (
    "<script>alert(1)</script> A|B #1 @fig-x $5_a$ \"q\" 'r' *s* [t](u) `v` \\w -- ... ~x^ & &amp;"
    " {{< env HOME >}}"
)
"""A name with everything that Markdown, HTML, YAML, Typst and Quarto could read as markup."""

PROJECT = """\
project: {type: book, output-dir: _book, resources: [assets]}
lang: de
execute: {enabled: false, echo: false}
book:
  title: "Titel"
  author: "Herausgeber"
  search: false
  chapters: [index.ipynb, 01-bevoelkerung.ipynb, 02-sgb2.ipynb, methoden.ipynb]
number-sections: true
format:
  spm-html: {html-math-method: mathml}
  spm-typst: {papersize: a4, font-paths: _extensions/spm/schriften, pdf-standard: ua-1}
"""

SVG = """\
<?xml version="1.0" encoding="utf-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="460.8pt" height="259.2pt" viewBox="0 0 460.8 259.2">
<rect x="20" y="{y}" width="300" height="80" fill="#0f4c5c"/>
<path d="M20 240 H440" stroke="#52616b" fill="none"/>
</svg>
"""

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def params(**bericht: object) -> SimpleNamespace:
    """The part of a municipality's params that a book needs."""
    texts = {
        "titel": "Soziale Lebenslagen von Kindern und Jugendlichen",
        "untertitel": "Sozialräumliches Präventionsmonitoring 2023",
        "datum": date(2024, 9, 30),
        "berichtsjahr": 2023,
        "herausgeber": "Kreis Muster, Jugendamt",
        "kontakt": "jugendhilfeplanung@example.org",
        "hinweis": "Alle Zahlen sind erfunden.",
    }
    return SimpleNamespace(
        kommune=SimpleNamespace(name=bericht.pop("kommune", "Pilotkommune")),
        bericht=SimpleNamespace(**texts | bericht),
        gestaltung=Gestaltung(),
        slug="pilotkommune",
        address="params/pilotkommune.yml",
        zusatzkapitel=[],
        einrichtungen=None,
        texte=None,
        synthese=Synthese(),
        ziele=None,
    )


def shown(markdown: str) -> nbformat.NotebookNode:
    """An executed code cell that displays Markdown."""
    data = {"text/markdown": markdown, "text/html": "<p>x</p>", "text/plain": "x"}
    return executed(new_output("display_data", data))


def executed(*outputs: nbformat.NotebookNode, source: str = "kapitel.karte()") -> object:
    """An executed code cell with papermill's and nbclient's traces."""
    cell = new_code_cell(source, outputs=list(outputs), execution_count=3)
    cell.metadata["papermill"] = {"duration": 0.01, "start_time": "2031-01-01T00:00:00"}
    cell.metadata["execution"] = {"iopub.execute_input": "2031-01-01T00:00:00Z"}
    return cell


def figure(kennung: str, name: str, caption: str, alt: str) -> nbformat.NotebookNode:
    """A figure block as the presentation layer writes it."""
    return shown(
        f'::: {{#{kennung}}}\n![](figures/{name}.svg){{fig-alt="{escape_attribute(alt)}"}}\n\n'
        f"{caption}\n:::"
    )


def table(kennung: str, caption: str, rows: Sequence[Sequence[str]]) -> nbformat.NotebookNode:
    """A pipe table as the presentation layer writes it."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|:---|" + "---:|" * (len(rows[0]) - 1))
    return shown("\n".join(lines) + f"\n\n: {caption} {{#{kennung}}}")


def chapter(*cells: object) -> nbformat.NotebookNode:
    """An executed notebook; strings are text cells; the hidden cells come after the title."""
    given = [new_markdown_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    parameters = new_code_cell('params = "params/x.yml"', execution_count=1)
    parameters.metadata["tags"] = ["parameters"]
    injected = new_code_cell('params = "params/y.yml"', execution_count=2)
    injected.metadata["tags"] = ["injected-parameters"]
    notebook = new_notebook(cells=[*given[:1], parameters, injected, *given[1:]])
    notebook.metadata["papermill"] = {"end_time": "2031-01-01T00:00:00", "output_path": "/x"}
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"zelle-{number}"
    return notebook


def chapters() -> dict[str, nbformat.NotebookNode]:
    """The example's chapters by file name."""
    name = escape_markdown(NASTY)
    return {
        "index.ipynb": chapter(
            "# Das Wichtigste {#sec-wichtigstes .unnumbered}",
            "Die SGB-II-Quote steht in @fig-sgb2-karte und @tbl-sgb2, siehe @sec-sgb2.",
            '## Überblick\n\nEin Satz[^1] mit "Zitat".\n\n[^1]: Fußnote der Startseite.',
        ),
        "01-bevoelkerung.ipynb": chapter(
            "# Bevölkerung {#sec-bevoelkerung}",
            "## Überblick\n\nNoch ein Satz[^1].\n\n[^1]: Fußnote im Kapitel Bevölkerung.",
            figure("fig-bev", "bev", "Kinder und Jugendliche.", "Balken je Sozialraum."),
            "::: {.callout-note}\nSiehe [@fig-bev; @fig-sgb2-karte] und [-@tbl-sgb2].\n:::",
        ),
        "02-sgb2.ipynb": chapter(
            f"# SGB II in {name} {{#sec-sgb2}}",
            f"In {name} liegt die Quote bei 16,64 %.",
            figure("fig-sgb2-karte", "sgb2", f"Quote in {name}.", f"Karte von {NASTY}"),
            table(
                "tbl-sgb2",
                f"Quote je Sozialraum in {name}.",
                [("Sozialraum", "2022", "2023"), (name, "1.234,5", "16,64"), ("Süd", "7,0", "–")],
            ),
            '::: {.callout-warning title="Kleine Zahlen"}\nVorsicht beim Vergleich.\n:::',
        ),
        "methoden.ipynb": chapter(
            "# Methoden {#sec-methoden .unnumbered}",
            "Der Anteil ist $p = k / n$, siehe [Kapitel SGB II](02-sgb2.ipynb).\n\n$$p = k / n$$",
            table("tbl-kennzahlen", "Kennzahlen.", [("Kennzahl", "Faktor"), ("Quote", "100")]),
        ),
    }


def write_executed(folder: Path, notebooks: dict[str, nbformat.NotebookNode]) -> list[Path]:
    """Write notebooks and the pictures they name, as a papermill run leaves them."""
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    for place, name in enumerate(("bev", "sgb2")):
        (folder / "figures" / f"{name}.svg").write_text(SVG.format(y=20 + place), "utf-8")
    paths = []
    for name, notebook in notebooks.items():
        nbformat.write(notebook, folder / name)
        paths.append(folder / name)
    return paths


def staged(folder: Path, notebooks: dict | None = None, **bericht: object) -> Path:
    """Stage the example (or other chapters) in ``folder`` and return the book's folder."""
    from spm.book import stage

    notebooks = chapters() if notebooks is None else notebooks
    project = folder / "_quarto.yml"
    folder.mkdir(parents=True, exist_ok=True)
    listed = "chapters: [" + ", ".join(notebooks) + "]\n"
    head, tail = PROJECT.split("chapters:")
    project.write_text(head + listed + tail.split("\n", 1)[1], "utf-8")
    stage(write_executed(folder / "run", notebooks), params(**bericht), project, folder / "book")
    return folder / "book"
