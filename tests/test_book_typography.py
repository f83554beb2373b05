"""What a reader of the PDF sees first: contents on one page, whole words in table heads."""

import shutil
import subprocess
from pathlib import Path

import pytest

from spm.book import render
from tests.book_example import chapter, shown, staged, table

pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext ist nicht installiert"
)


def pages(folder: Path, **notebooks: object) -> list[str]:
    """Text of every page of a book with these chapters."""
    book = staged(folder, {f"{name}.ipynb": cells for name, cells in notebooks.items()})
    render(book, folder / "out", formats=("pdf",), renderer="embedded", slug="b")
    done = subprocess.run(
        ["pdftotext", "-layout", str(folder / "out/b.pdf"), "-"], capture_output=True, check=True
    )
    return done.stdout.decode().split("\f")


@pytest.mark.parametrize(("sections", "listed"), [(5, True), (60, False)])
def test_contents_fit_on_one_page(tmp_path: Path, sections: int, listed: bool) -> None:
    headings = "\n\n".join(f"## Abschnitt {i}\n\nSatz." for i in range(sections))
    found = pages(
        tmp_path,
        index=chapter("# Anfang {#sec-a .unnumbered}", "## Wegweiser {.unnumbered}\n\nSatz."),
        viele=chapter("# Viele {#sec-viele}", headings),
    )
    assert "Inhalt" in found[1] and ("Abschnitt 4" in found[1]) is listed
    assert "Wegweiser" not in found[1] and "Wegweiser" in found[2]  # no second page of contents


def test_words_in_table_heads_stay_whole_and_notes_stay_below(tmp_path: Path) -> None:
    head = ("Sozialraum", "Körperkoordination auffällig in %", "Übergewicht in %", "Masern in %")
    rows = [head, ("Altstadt", "1,0", "2,0", "•")]
    note = shown("::: {.anmerkung}\nZeichen: • geheim.\n:::")
    found = pages(
        tmp_path,
        index=chapter("# Anfang {#sec-a}", table("tbl-a", "Werte.", rows), note),
    )
    for word in ("Körperkoordination", "Übergewicht", "Masern", "Zeichen: • geheim."):
        assert word in found[2]
