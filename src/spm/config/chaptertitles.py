"""What chapters are called, wherever a reader meets them: in the catalogue, once."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import Field

from spm.config.sections import Name, Stripped
from spm.errors import SpmError, nearest
from spm.foreign import door, nesting
from spm.text.escape import unescape_markdown

NOTEBOOKS = "notebooks"


class Kapiteltitel(Stripped):
    """What a chapter is called."""

    titel: Name = Field(min_length=1, description="Wie die Überschrift des Notebooks.")
    kurztitel: str = Field(
        "", max_length=24, description="Im Kopf einer schmalen Spalte; ohne Angabe der Titel."
    )

    @property
    def column_head(self) -> str:
        """Head of a narrow column."""
        return self.kurztitel or self.titel


def chapter_titles(
    named: Mapping[str, Kapiteltitel], used: Sequence[str], notebooks: Path, where: str
) -> dict[str, Kapiteltitel]:
    """Titles of chapters by key.

    A chapter that the catalogue does not name is called as its notebook is headed.

    Parameters
    ----------
    named : entries of the catalogue.
    used : keys of the chapters that have indicators.
    notebooks : the folder of the chapters.
    where : the catalogue's files, for messages.

    Raises
    ------
    SpmError
        A chapter without a title, or a notebook with another heading.
    """
    titles: dict[str, Kapiteltitel] = {}
    for key in dict.fromkeys(used):
        name, heading = _heading(notebooks, key)
        entry = named.get(key) or (Kapiteltitel(titel=heading) if heading else None)
        if entry is None and name:
            raise SpmError(
                "Dem Notebook fehlt die Überschrift, nach der das Kapitel heißt.",
                wo=f"{NOTEBOOKS}/{name}",
                tun="Bitte in der ersten Textzelle eine Zeile «# Titel» anlegen oder den Titel im "
                f"Kennzahlenset unter «kapitel:» eintragen: {key}: {{titel: …}}.",
            )
        if entry is None:
            raise SpmError(
                f"Das Kapitel «{key}» hat keinen Titel.{nearest(key, named)}",
                wo=where,
                tun=f"Bitte im Kennzahlenset unter «kapitel:» eintragen: {key}: {{titel: …}}, oder "
                f"das Notebook {NOTEBOOKS}/NN-{key}.ipynb mit dem Titel als Überschrift anlegen.",
            )
        if heading and heading != entry.titel:
            raise SpmError(
                f"Das Kapitel «{key}» heißt im Kennzahlenset «{entry.titel}», in der Überschrift "
                f"des Notebooks aber «{heading}».",
                wo=f"{where}, kapitel; {NOTEBOOKS}/{name}",
                tun="Bitte an beiden Stellen denselben Titel angeben.",
            )
        titles[key] = entry
    return titles


def key_of(notebook: Path) -> str:
    """Key of the chapter that a notebook holds: ``sgb2`` of ``03-sgb2.ipynb``."""
    return re.sub(r"^\d+-", "", notebook.stem)


def _heading(notebooks: Path, key: str) -> tuple[str, str]:
    """The one notebook of a chapter and its heading as plain text; empty if there is none.

    Raises
    ------
    SpmError
        The file is no notebook, or none that a reader should be given.
    """
    found = [path for path in notebooks.glob("*.ipynb") if key_of(path) == key]
    if len(found) != 1:
        return "", ""
    try:
        cells = nesting.parsed(door.text(found[0]))["cells"]
        texts = ["".join(c["source"]) for c in cells if c["cell_type"] == "markdown"]
    except (ValueError, KeyError, TypeError):
        raise no_notebook(f"{NOTEBOOKS}/{found[0].name}") from None
    except SpmError as e:
        raise SpmError(e.was, wo=f"{NOTEBOOKS}/{found[0].name}", tun=e.tun) from None
    first = re.search(r"^# +(.+?)[ #]*$", "\n\n".join(texts), re.MULTILINE)
    return found[0].name, _plain(first[1]) if first else ""


def no_notebook(where: str) -> SpmError:
    """That a file is called like a notebook and is none."""
    return SpmError(
        "Die Datei ist kein lesbares Notebook.",
        wo=where,
        tun="Bitte eine frühere Fassung zurückholen oder das Kapitel in Jupyter neu anlegen.",
    )


def _plain(heading: str) -> str:
    """A heading without attributes and emphasis, as the book shows it."""
    bare = re.sub(r"(?<!\\)\{[^{}]*\}$", "", heading)
    bare = re.sub(r"(?<!\\)[*`]", "", bare)
    return " ".join(html.unescape(unescape_markdown(bare)).split())
