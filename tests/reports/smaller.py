"""The demo with less in it, for tests that need a build but not all of the report."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import yaml

PARAMS = "params/pilotkommune.yml"


def keep_deliveries(
    project: Path,
    *names: str,
    change: Callable[[dict], object] = lambda params: None,
    **sections: object,
) -> None:
    """Leave out the other deliveries, replace whole sections of the params file, ``change`` it."""
    path = project / PARAMS
    params = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # all scalars are text
    every = params["lieferungen"]
    params |= {"lieferungen": {name: every[name] for name in names}, **sections}
    params.pop("ziele", None)  # of indicators that may be left out, too
    if "zusammenfassen" in sections:  # what is counted child by child needs all areas together
        params["kennzahlen"] = [n for n in params["kennzahlen"] if "kombinationen" not in n]
        params["synthese"].pop("kombinationen")
    change(params)
    text = yaml.safe_dump(params, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")


def drop_indicators(project: Path, chapter: str, *kept: str) -> None:
    """Leave out a chapter's other indicators; its notebook must be left out, too."""
    path = project / "params/kennzahlen.yml"
    catalogue = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    catalogue["kennzahlen"] = {
        key: entry
        for key, entry in catalogue["kennzahlen"].items()
        if entry["kapitel"] != chapter or key in kept
    }
    text = yaml.safe_dump(catalogue, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")


def keep_chapters(project: Path, *names: str) -> None:
    """Shorten the book, so that a test takes seconds."""
    path = project / "_quarto.yml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [z for z in lines if ".ipynb" not in z or any(name in z for name in names)]
    path.write_text("".join(kept), encoding="utf-8")


def change_notebook(path: Path, source: str | None = None, tags: list[str] | None = None) -> None:
    """Append a cell, or give the parameters cell other tags."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if tags is not None and "parameters" in cell.metadata.get("tags", []):
            cell.metadata["tags"] = tags
    if source is not None:
        notebook.cells.append(nbformat.v4.new_code_cell(source, id="zuletzt"))
    nbformat.write(notebook, path)
