"""What Jupyter shows: figures inside, calls by name, errors in three lines."""

import inspect

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from spm import Report
from spm.config.held import VARIABLE
from spm.presentation.blocks import figure
from spm.presentation.calls import CHAPTER, REPORT
from spm.presentation.chapter import Kapitel


@pytest.fixture
def drawn(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures/a.svg").write_text("<svg/>", encoding="utf-8")
    return figure("a", "figures/a.svg", "Was sie zeigt", "Titel")


def test_a_figure_is_inside_of_the_page_and_beside_the_markdown(drawn):
    shown = drawn._repr_mimebundle_()
    assert 'src="data:image/svg+xml;base64,PHN2Zy8+" alt="Was sie zeigt"' in shown["text/html"]
    assert "![](figures/a.svg)" in shown["text/markdown"]
    assert "figures/a.svg" in drawn.html  # the block itself stays small


def test_a_build_and_a_figure_that_is_gone_keep_the_name(drawn, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert 'src="figures/a.svg"' in drawn._repr_mimebundle_()["text/html"]
    monkeypatch.delenv(VARIABLE)
    (tmp_path / "figures/a.svg").unlink()
    assert 'src="figures/a.svg"' in drawn._repr_mimebundle_()["text/html"]


def test_every_call_of_a_chapter_is_listed():
    public = {name for name, _ in inspect.getmembers(Kapitel, inspect.isfunction) if name[0] != "_"}
    listed = {call.partition(".")[2].partition("(")[0] for call in CHAPTER}
    assert listed == public
    assert all(f"{call} " in inspect.getdoc(Kapitel) for call in CHAPTER)
    assert all(hasattr(Report, c.partition(".")[2].partition("(")[0]) or c.count("(") == 0
               for c in REPORT)  # fmt: skip


CELLS = (
    "from spm import Report\nbericht = Report('params/pilotkommune.yml')\nbericht",
    "bericht.view('sgb2_quot')",
    "kapitel = bericht.kapitel('sgb2')\nkapitel.karte('wohngeld')",
    "kapitel?",
)


def test_in_a_live_kernel(demo, tmp_path, monkeypatch):
    folder = demo / "notebooks"
    notebook = new_notebook(cells=[new_code_cell(source) for source in CELLS])
    client = NotebookClient(notebook, allow_errors=True, timeout=300)
    before = set(folder.rglob("*"))
    client.execute(cwd=str(folder))
    for path in sorted(set(folder.rglob("*")) - before, reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    report, wrong, picture, _ = (cell.outputs for cell in nbformat.from_dict(notebook).cells)
    page = report[0].data["text/html"]
    assert "bericht.kapitel(&quot;sgb2&quot;)" in page and "sgb2_quote_u18" in page
    assert wrong[0].traceback == [f"Fehler: {wrong[0].evalue}"]
    assert "«sgb2_quote_u18»" in wrong[0].evalue and "«sgb2_quote_u3»" in wrong[0].evalue
    assert 'src="data:image/svg+xml;base64,' in picture[0].data["text/html"]
