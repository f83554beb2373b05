"""The staged book as Quarto needs it: a test for each fact observed with Quarto 1.9, without it.

The demo's book is looked at where it was built; ``SPM_BOOK`` names another staged book.
"""

import json
import os
import re
from pathlib import Path

import nbformat
import pytest
import typst
import yaml
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from spm.book import extension, render, stage
from spm.book.document import read_chapters
from spm.book.project import ASSETS, read_project
from spm.errors import SpmError
from spm.presentation.pages import companions
from tests.book.quarto_example import compiled, written
from tests.book_example import NASTY, PROJECT, chapter, chapters, params, staged, write_executed
from tests.compare_reports import pdf_content
from tests.conftest import ROOT

pytestmark = pytest.mark.slow
CONFIG = yaml.safe_load((ROOT / "_quarto.yml").read_text("utf-8"))

SPLIT_OUTLINE = """\
#let book(outline-depth: 3, body) = {
  show outline.entry: it => link(it.element.location())[a #block[b] c]
  outline(depth: outline-depth)
  body
}
"""
"""A book template like the one that Quarto brings along: its contents split tags of the PDF."""


@pytest.fixture(scope="module")
def book(request: pytest.FixtureRequest) -> Path:
    if given := os.environ.get("SPM_BOOK"):
        return Path(given)
    return request.getfixturevalue("demo") / "report" / "pilotkommune" / "book"


@pytest.fixture(scope="module")
def notebooks(book: Path) -> dict[str, nbformat.NotebookNode]:
    names = yaml.safe_load((book / "_quarto.yml").read_text("utf-8"))["book"]["chapters"]
    return {name: nbformat.read(book / name, as_version=4) for name in names}


def outputs(notebook: nbformat.NotebookNode) -> list[str]:
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [output.data["text/markdown"] for cell in code for output in cell.outputs]


def test_nothing_is_executed_and_no_code_shown() -> None:
    assert CONFIG["execute"] == {"enabled": False, "echo": False}


def test_only_tags_that_quarto_knows_hide_cells(notebooks) -> None:
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        tags = {
            t for c in nbformat.read(path, as_version=4).cells for t in c.metadata.get("tags", [])
        }
        assert tags <= {"parameters", "remove-cell"}, path.name
    for name, notebook in notebooks.items():
        for cell in notebook.cells:
            tags = set(cell.metadata.get("tags", []))
            if tags & {"parameters", "injected-parameters"} or "Report(params)" in cell.source:
                assert "remove-cell" in tags, name


def test_every_chapter_begins_with_its_title_and_id(notebooks) -> None:
    for name, notebook in notebooks.items():
        first = notebook.cells[0]
        assert first.cell_type == "markdown", name
        assert re.match(r"\n# .+ \{#sec-[a-z0-9-]+( \.[a-z-]+)*\}", first.source), name
        assert not [cell for cell in notebook.cells if cell.cell_type == "raw"], name


def test_every_output_is_markdown_and_every_picture_has_words(book: Path, notebooks) -> None:
    pictures = 0
    for name, notebook in notebooks.items():
        for text in outputs(notebook):
            for attributes in re.findall(r"!\[[^\]]*\]\([^)]+\)(\{[^}]*\})?", text):
                pictures += 1
                assert re.search(r'fig-alt="[^"]{20,}', attributes), name
            for source in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text):
                assert (book / source).is_file(), source
    assert pictures > 40


def test_blocks_are_closed_and_ids_unique_in_the_whole_book(notebooks) -> None:
    ids = []
    for name, notebook in notebooks.items():
        for text in [*outputs(notebook), *(c.source for c in notebook.cells)]:
            fences = re.findall(r"^:{3,}(.*)$", text, re.MULTILINE)
            assert sum(bool(f.strip()) for f in fences) == sum(not f.strip() for f in fences), name
            ids += re.findall(r"\{#((?:fig|tbl|sec)-[^\s}]+)", text)
    assert len(ids) == len(set(ids)) > 60


def test_references_lead_somewhere_across_chapters(book: Path, notebooks) -> None:
    chapters_read = read_chapters(book, read_project(book))  # raises if one does not
    assert [c.stem for c in chapters_read] == [Path(name).stem for name in notebooks]
    assert any(re.search(r'href="(?!06-)[\w-]+\.html#', c.html) for c in chapters_read)


def test_nothing_comes_from_another_host(tmp_path: Path) -> None:
    html = CONFIG["format"]["spm-html"]
    assert html["html-math-method"] == "mathml"
    assert "embed-resources" not in html, "does not work for books"
    own = yaml.safe_load((ASSETS / "quarto" / "_extension.yml").read_text("utf-8"))
    assert own["contributes"]["formats"]["html"]["theme"] == "none"
    render(staged(tmp_path), tmp_path / "out", ("html",), "embedded", "x")
    book = tmp_path / "book"
    for path in [*(book / "assets").rglob("*.*"), *(book / extension.FOLDER).rglob("*.*")]:
        if path.suffix in (".css", ".typ", ".js", ".html"):
            assert not re.search(r"https?://|@import\s+url", path.read_text("utf-8")), path.name


def test_names_that_the_renderer_looks_for() -> None:
    from spm.book import quarto

    assert CONFIG["project"] == {
        "type": "book",
        "output-dir": quarto._OUTPUT_DIR,
        "resources": ["assets", f"figures/*{companions.PHONE}.svg"],
    }
    assert CONFIG["lang"] == "de" and set(CONFIG["format"]) == {"spm-html", "spm-typst"}
    assert CONFIG["format"]["spm-typst"]["pdf-standard"] == "ua-1"
    fonts = CONFIG["format"]["spm-typst"]["font-paths"]
    assert fonts == (extension.FOLDER / extension.FONTS).as_posix()
    assert CONFIG["book"]["search"] is False, "its search finds nothing in a folder"
    assert CONFIG["number-sections"] is True and CONFIG["number-depth"] == 2


def test_what_a_municipality_fills_in(tmp_path: Path) -> None:
    config = yaml.safe_load((staged(tmp_path) / "_quarto.yml").read_text("utf-8"))
    assert config["book"]["author"] == "Kreis Muster, Jugendamt", "a Typst book needs one"
    assert config["book"]["output-file"] == "pilotkommune"
    for key in ("farbe", "akzentfarbe"):
        assert re.fullmatch("[0-9a-f]{6}", config["spm"][key]), "# would begin a heading"


def test_the_logo_lies_where_the_project_file_says(book: Path) -> None:
    project = read_project(book)
    assert project.logo == "assets/logo.svg" and project.logo_text
    assert (book / project.logo).read_bytes() == (
        ROOT / "params" / "logo" / "pilotkommune.svg"
    ).read_bytes()


def test_runs_at_other_times_in_other_folders_give_the_same_bytes(tmp_path: Path) -> None:
    results = []
    for name, hour in (("a", "01"), ("b/tief", "23")):
        folder = tmp_path / name
        notebooks = chapters()
        for n, notebook in enumerate(notebooks.values()):
            text = json.dumps(notebook).replace("T00:00:00", f"T{hour}:00:00")
            changed = nbformat.from_dict(json.loads(text.replace('"/x"', json.dumps(str(folder)))))
            for number, cell in enumerate(changed.cells):
                cell["id"] = f"{hour}{n}{number}"
                if cell.cell_type == "code":
                    cell.execution_count = int(hour)
            notebook.clear()
            notebook.update(changed)
        folder.mkdir(parents=True)
        listed = ", ".join(notebooks)
        config = re.sub(r"chapters: \[.*?\]", f"chapters: [{listed}]", PROJECT)
        (folder / "_quarto.yml").write_text(config, "utf-8")
        run = write_executed(folder / "run", notebooks)
        stage(run, params(), folder / "_quarto.yml", folder / "book")
        files = (p for p in sorted((folder / "book").rglob("*")) if p.is_file())
        results.append({p.relative_to(folder / "book"): p.read_bytes() for p in files})
    assert results[0] == results[1]


NAMES = [{}, dict.fromkeys(("hinweis", "titel", "herausgeber"), NASTY)]


@pytest.fixture(scope="module", params=NAMES)
def example(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small report, rendered by the embedded renderer; ``book`` and ``out`` in it."""
    folder = tmp_path_factory.mktemp("beispiel")
    render(staged(folder, **request.param), folder / "out", renderer="embedded", slug="x")
    return folder


def test_the_pdf_needs_no_template_of_quarto(example: Path, tmp_path: Path) -> None:
    """Fact 1: the outline of Quarto's own book template is no valid PDF/UA, whatever the text."""
    (tmp_path / "package.typ").write_text(SPLIT_OUTLINE, "utf-8")
    headings = '#set document(title: "x")\n%s\n= Eins\n== Zwei\n'
    old = headings % '#import "package.typ": book\n#show: book.with(outline-depth: 2)'
    (tmp_path / "old.typ").write_text(old, "utf-8")
    with pytest.raises(typst.TypstError, match="tag would be split up"):
        typst.compile(tmp_path / "old.typ", pdf_standards=["ua-1"])
    formats = yaml.safe_load((ASSETS / "quarto" / "_extension.yml").read_text("utf-8"))
    assert "template" in formats["contributes"]["formats"]["typst"], "else Quarto takes its own"
    source = written(example / "book", "typst", tmp=tmp_path)
    assert "@preview" not in source
    assert compiled(source, example / "book").startswith(b"%PDF")


def test_the_same_pages_whoever_runs_pandoc(example: Path, tmp_path: Path) -> None:
    """Facts 3, 4, 5, 9 and 10: numbers, references, tables and frame are those of the design."""
    book, pages = example / "book", example / "out" / "html"
    for name in read_project(book).chapters:
        stem = Path(name).stem
        page = written(book, "html", stem, tmp_path).replace(" quarto-title-block", "")
        assert page.rstrip("\n") == (pages / f"{stem}.html").read_text("utf-8").rstrip("\n"), stem


def test_the_same_pdf_whoever_runs_typst(example: Path, tmp_path: Path) -> None:
    """Fact 8, too: without a clock the report's date is the date of the PDF."""
    source = written(example / "book", "typst", tmp=tmp_path)
    made = [compiled(source, example / "book") for _ in range(2)]
    assert made[0] == made[1]
    (tmp_path / "x.pdf").write_bytes(made[0])
    assert pdf_content(tmp_path / "x.pdf") == pdf_content(example / "out" / "x.pdf")
    assert any("20240930" in line for line in pdf_content(tmp_path / "x.pdf"))


def test_the_pdf_takes_no_letter_from_another_font(tmp_path: Path) -> None:
    """Quarto gives Typst a font of symbols, and lets it look for others on the machine."""
    book = staged(
        tmp_path, {"a.ipynb": chapter("# A {#sec-a}", "Ein Satz \N{SLIGHTLY SMILING FACE}.")}
    )
    render(book, tmp_path / "out", ("html",), "embedded", "x")
    symbols = tmp_path / "symbole"
    _symbol_font(symbols, "\N{SLIGHTLY SMILING FACE}")
    fonts = [book / extension.FOLDER / extension.FONTS, symbols]
    source = written(book, "typst")
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        compiled(source, book, font_paths=fonts)
    anywhere = source.replace("fallback: false", "fallback: true")
    assert compiled(anywhere, book, font_paths=fonts).startswith(b"%PDF"), "the font has the symbol"


def _symbol_font(folder: Path, symbol: str) -> None:
    """A font of one symbol, a square."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 500), (500, 500), (500, 0)):
        pen.lineTo(corner)
    pen.closePath()
    square, names = pen.glyph(), [".notdef", "symbol"]
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({ord(symbol): "symbol"})
    font.setupGlyf(dict.fromkeys(names, square))
    font.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Symbole", "styleName": "Regular", "psName": "Symbole"})
    font.setupOS2()
    font.setupPost()
    folder.mkdir()
    font.save(folder / "symbole.ttf")


def test_the_filter_tells_of_a_chapter_changed_since(tmp_path: Path, capfd) -> None:
    render(staged(tmp_path), tmp_path / "out", ("html",), "embedded", "x")
    book = tmp_path / "book"
    path = book / "02-sgb2.ipynb"
    path.write_text(path.read_text("utf-8").replace("16,64 %", "99,99 %"), "utf-8")
    assert "99,99 %" in written(book, "html", "02-sgb2")
    path.write_text(path.read_text("utf-8").replace("99,99 %", "@fig-fehlt"), "utf-8")
    with pytest.raises(SpmError) as caught:
        written(book, "html", "02-sgb2")
    assert "02-sgb2.ipynb: Der Verweis @fig-fehlt hat kein Ziel." in caught.value.wo


def test_a_blank_line_before_the_first_heading(notebooks) -> None:
    """Fact 3: else Quarto does not see that a chapter has no number (quarto-cli issue 8526)."""
    for name, notebook in notebooks.items():
        assert notebook.cells[0].source.startswith("\n# "), name


def test_no_reference_to_a_chapter_without_number() -> None:
    """Fact 2: Quarto prints «?@sec-…» for it; such chapters are named with a link."""
    files = [*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "params" / "texte").rglob("*.md")]
    files += [*(ROOT / "src" / "spm").rglob("*.py"), ROOT / "params" / "glossar.yml"]
    texts = {path: path.read_text("utf-8") for path in files}
    unnumbered = {
        found
        for text in texts.values()
        for found in re.findall(r"\{#(sec-[a-z0-9-]+) \.unnumbered", text)
    }
    assert {"sec-methoden", "sec-geheimhaltung"} <= unnumbered
    for path, text in texts.items():
        assert not unnumbered & set(re.findall(r"@(sec-[a-z0-9-]+)", text)), path.name
