"""A small municipality to build again and again: three Ortsteile, three indicators."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from spm.release.keyed import KEY
from tests.conftest import ROOT, run_spm
from tests.reports.test_three_areas import PARAMS, write_raw

KEYS = ("einwohner", "anteil_u18", "sgb2_quote_u18")
SLUG = "kleinau"
KEPT = Path("data/processed") / SLUG
ENTRY = "    {key}:\n"

CHAPTERS = {
    "index": ("Einleitung {#sec-einleitung .unnumbered}", ["bericht.zeichen()"]),
    "01-bevoelkerung": (
        "Bevölkerung {#sec-bevoelkerung}",
        ["bericht.kapitel('bevoelkerung').text()", "bericht.view('einwohner').total.wert"],
    ),
    "03-sgb2": (
        "Leistungen {#sec-sgb2}",
        ["kapitel = bericht.kapitel('sgb2')\nkapitel.text()", "kapitel.tabelle()"],
    ),
}
"""Title and cells by stem."""


def make(project: Path) -> Path:
    """A project with its raw data; nothing is built."""
    (project / "notebooks").mkdir(parents=True)
    (project / "params/texte/kleinau").mkdir(parents=True)
    for stem, (title, cells) in CHAPTERS.items():
        nbformat.write(_notebook(title, cells), project / "notebooks" / f"{stem}.ipynb")
    config = yaml.safe_load((ROOT / "_quarto.yml").read_text(encoding="utf-8"))
    config["book"]["chapters"] = [f"{stem}.ipynb" for stem in CHAPTERS]
    text = yaml.safe_dump(config, allow_unicode=True, sort_keys=False)
    (project / "_quarto.yml").write_text(text, encoding="utf-8")
    every = yaml.safe_load((ROOT / "params/kennzahlen.yml").read_text(encoding="utf-8"))
    few = {key: entry for key, entry in every["kennzahlen"].items() if key in KEYS}
    text = yaml.safe_dump({"kennzahlen": few}, allow_unicode=True, sort_keys=False)
    (project / "params/kennzahlen.yml").write_text(text, encoding="utf-8")
    (project / "params/texte/kleinau/sgb2.md").write_text("Ein Text.\n", encoding="utf-8")
    params = PARAMS.replace("vergleich: {datei: vergleich.csv}", "texte: params/texte/kleinau")
    (project / "params/kleinau.yml").write_text(params, encoding="utf-8")
    write_raw(project / "roh")
    return project


def _notebook(title: str, cells: list[str]) -> nbformat.NotebookNode:
    given = new_code_cell('params = "params/kleinau.yml"', metadata={"tags": ["parameters"]})
    start = new_code_cell("from spm import Report\n\nbericht = Report(params)")
    made = [
        new_markdown_cell(f"# {title}\n\nEin Satz."),
        given,
        start,
        *(new_code_cell(c) for c in cells),
    ]
    for number, cell in enumerate(made):
        cell["id"] = f"zelle{number}"
    return new_notebook(cells=made)


def change(path: Path, old: str, new: str) -> None:
    """Replace a text in a file, once."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def built(project: Path, *more: str, start: bool = False) -> dict[str, str]:
    """Build it; why each stage ran or not. ``start``: see `run_spm`."""
    arguments = ["build", f"params/{SLUG}.yml", "--renderer", "embedded", "--explain", *more]
    result = run_spm(*arguments, cwd=project, start=start)
    assert result.returncode == 0, result.stderr
    lines = [line.split(": ", 1) for line in result.stderr.splitlines() if ": " in line]
    return {name: why for name, why in lines}


def cold(project: Path, folder: Path) -> Path:
    """The same built in a fresh folder, under the same key, by a program that knows nothing yet."""
    ignored = shutil.ignore_patterns("data", "report")
    shutil.copytree(project, folder, ignore=ignored)
    (folder / KEPT).mkdir(parents=True)
    shutil.copy(project / KEPT / KEY, folder / KEPT)
    built(folder, start=True)
    return folder


def report(project: Path) -> dict[str, bytes]:
    """Every file of the report."""
    folder = project / "report" / SLUG
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
