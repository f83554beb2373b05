"""The real Quarto, where it is installed: the same report as from the embedded renderer."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from spm.book import quarto, render
from spm.errors import SpmError
from tests.book_example import NASTY, chapter, staged
from tests.compare_reports import differences

pytestmark = pytest.mark.skipif(
    quarto.find() is None, reason="Quarto ist hier nicht installiert (PATH, QUARTO_PATH)"
)

NAMES = [{}, dict.fromkeys(("hinweis", "titel", "herausgeber"), NASTY)]


@pytest.mark.parametrize("names", NAMES)
def test_the_same_content_from_both_renderers(tmp_path: Path, names) -> None:
    book = staged(tmp_path, **names)
    for name in ("quarto", "embedded"):
        render(book, tmp_path / name, renderer=name, slug="pilotkommune")
    assert differences(tmp_path / "quarto", tmp_path / "embedded") == []
    one, other = (
        {path.relative_to(tmp_path / name) for path in (tmp_path / name).rglob("*.*")}
        for name in ("quarto", "embedded")
    )
    assert one == other


def test_the_untouched_staged_book_renders_without_a_warning(tmp_path: Path) -> None:
    render(staged(tmp_path), tmp_path / "out", ("html",), "embedded", "pilotkommune")
    pdfs = []
    for number in range(2):
        copy = tmp_path / str(number) / "book"
        shutil.copytree(tmp_path / "book", copy)
        done = subprocess.run(
            [quarto.find(), "render"], cwd=copy, capture_output=True, text=True, check=False
        )
        messages = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
        assert done.returncode == 0, messages
        warnings = [line for line in messages.splitlines() if re.search(r"\bWARN", line)]
        assert all("verapdf" in line for line in warnings), warnings
        pages = copy / "_book"
        assert (pages / "assets" / "suchindex.js").is_file(), "the search needs it"
        assert "http" not in re.sub(r"https://example\.org", "", (pages / "index.html").read_text())
        pdfs.append((pages / "pilotkommune.pdf").read_bytes())
    assert pdfs[0] == pdfs[1]


def test_a_changed_chapter_that_leads_nowhere_ends_quarto(tmp_path: Path) -> None:
    book = staged(tmp_path)
    render(book, tmp_path / "out", ("html",), "embedded", "pilotkommune")
    path = book / "02-sgb2.ipynb"
    path.write_text(path.read_text("utf-8").replace("16,64 %", "@fig-fehlt"), "utf-8")
    done = subprocess.run(
        [quarto.find(), "render"], cwd=book, capture_output=True, text=True, check=False
    )
    assert done.returncode
    assert "SPM: 02-sgb2.ipynb: Der Verweis @fig-fehlt hat kein Ziel." in done.stdout + done.stderr


def test_both_renderers_refuse_in_the_same_words(tmp_path: Path) -> None:
    book = staged(tmp_path, {"index.ipynb": chapter("# A", "Ein \N{HOUSE BUILDING}.")})
    told = []
    for name in ("quarto", "embedded"):
        with pytest.raises(SpmError) as caught:
            render(book, tmp_path / name, renderer=name)
        told.append(str(caught.value))
    assert told[0] == told[1] and "index.ipynb: Ein" in told[0]
