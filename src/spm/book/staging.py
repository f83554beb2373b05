"""A complete Quarto book project from executed notebooks; both renderers take it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from spm.book import outputs
from spm.book.project import PROJECT_FILE, chapter_files, fill, staged_logo
from spm.config.logo import logo_file
from spm.errors import SpmError, nearest
from spm.system.files import remove_folder

if TYPE_CHECKING:
    import nbformat

    from spm.config.params import Params


def stage(executed: Sequence[Path], params: Params, project_quarto_yml: Path, target: Path) -> None:
    """Write a book project that needs nothing but its own folder.

    `spm.book.render` adds the report's design for Quarto, once it has read the chapters.

    Parameters
    ----------
    executed : notebooks as papermill left them, with the pictures they wrote in a folder
        ``figures`` beside them. Others than the chapters are left out.
    params : the municipality; title, publisher, date and name go into the project file.
    project_quarto_yml : the project's ``_quarto.yml``.
    target : the book's folder; an earlier book there is replaced.

    Raises
    ------
    SpmError
        A listed chapter was not executed, an output cannot be published, two chapters wrote
        different pictures of the same name, or ``target`` holds something else than a book.
    """
    from spm.notebookformat import nbformat

    by_name = {path.name: path for path in executed}
    chapters = chapter_files(project_quarto_yml, params)
    for name in chapters:
        if name not in by_name:
            raise SpmError(
                f"Das Kapitel {name} fehlt.{nearest(name, by_name)}",
                wo=f"{project_quarto_yml}, book: chapters:",
                tun="Bitte das Notebook anlegen oder die Zeile aus der Liste streichen.",
            )
    _empty(target)
    (target / PROJECT_FILE).write_text(
        fill(project_quarto_yml, params), encoding="utf-8", newline="\n"
    )
    figures = target / outputs.FIGURES
    for folder in sorted({by_name[name].parent / outputs.FIGURES for name in chapters}):
        _copy_figures(folder, figures)
    for name in chapters:
        notebook = nbformat.read(by_name[name], as_version=4)
        outputs.clean(notebook, Path(name).stem, figures)
        _name_alone(notebook, params)
        # nbformat writes sorted keys: the same content is the same file.
        (target / name).write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
    if logo := logo_file(params):
        place = target / staged_logo(params)
        place.parent.mkdir(exist_ok=True)
        shutil.copyfile(logo, place)


def _name_alone(notebook: nbformat.NotebookNode, params: Params) -> None:
    """Name a municipality of a file for several as if it had a file of its own: which other ones
    there are is nothing that its report tells."""
    for cell in notebook.cells:
        if outputs.HIDDEN_TAGS & set(cell.metadata.get("tags", [])):
            cell.source = cell.source.replace(params.address, f"params/{params.slug}.yml")


def _empty(target: Path) -> None:
    if target.exists() and any(target.iterdir()):
        if not (target / PROJECT_FILE).is_file():
            raise SpmError(
                "Der Ordner für das Buch enthält etwas anderes.",
                wo=str(target),
                tun="Bitte den Ordner leeren oder einen anderen wählen.",
            )
        remove_folder(target)
    target.mkdir(parents=True, exist_ok=True)


def _copy_figures(folder: Path, target: Path) -> None:
    for source in sorted(folder.glob("*")):
        copy = target / source.name
        if not source.is_file():
            continue
        if copy.exists() and copy.read_bytes() != source.read_bytes():
            raise SpmError(
                f"Zwei Kapitel haben verschiedene Bilder mit dem Namen {source.name} geschrieben.",
                wo=str(source),
                tun="Bitte einem der Bilder einen anderen Namen geben.",
            )
        target.mkdir(exist_ok=True)
        shutil.copyfile(source, copy)
