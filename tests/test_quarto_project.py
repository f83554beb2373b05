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

from spm.book import pandoc, stage
from spm.book.document import read_chapters
from spm.book.project import ASSETS, read_project
from tests.book_example import NASTY, PROJECT, chapters, params, staged, write_executed
from tests.conftest import ROOT

CONFIG = yaml.safe_load((ROOT / "_quarto.yml").read_text("utf-8"))

ORANGE_BOOK = """\
#let part = none
#let chapter = none
#let appendices = none
#let book(
  title: "", subtitle: "", date: "", author: (), paper-size: "a4", logo: none, main-color: blue,
  copyright: [], lang: "en", supplement-chapter: "Chapter", outline-depth: 3, body,
) = {
  set document(author: author, title: title)
  set text(lang: lang)
  set heading(supplement: supplement-chapter)
  page(logo)
  [#title / #subtitle / #author / #date / #copyright #metadata(main-color.to-hex()) <farbe>]
  body
}
"""
"""What the partial calls, with the names that version 0.7.1 gives its arguments."""


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
        assert re.match(r"# .+ \{#sec-[a-z0-9-]+( \.unnumbered)?\}", first.source), name
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
    html = CONFIG["format"]["html"]
    assert html["theme"] == "default" and html["html-math-method"] == "mathml"
    assert "embed-resources" not in html, "does not work for books"
    book = staged(tmp_path)
    for path in (book / "assets").rglob("*.*"):
        if path.suffix in (".css", ".typ"):
            assert not re.search(r"https?://|@import\s+url", path.read_text("utf-8")), path.name


def test_names_that_the_renderer_looks_for() -> None:
    from spm.book import quarto

    assert CONFIG["project"] == {"type": "book", "output-dir": quarto._OUTPUT_DIR}
    assert CONFIG["lang"] == "de" and set(CONFIG["format"]) == {"html", "typst"}
    assert CONFIG["format"]["typst"]["pdf-standard"] == "ua-1"
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


@pytest.mark.parametrize("names", [{}, dict.fromkeys(("hinweis", "titel", "herausgeber"), NASTY)])
def test_the_typst_partial_calls_the_template(book: Path, tmp_path: Path, names) -> None:
    root = tmp_path / "root"
    package = tmp_path / "pakete" / "preview" / "orange-book" / "0.7.1"
    package.mkdir(parents=True)
    (package / "lib.typ").write_text(ORANGE_BOOK, "utf-8")
    (package / "typst.toml").write_text(
        '[package]\nname = "orange-book"\nversion = "0.7.1"\nentrypoint = "lib.typ"\n', "utf-8"
    )
    (root / "assets").mkdir(parents=True)
    (root / "assets" / "logo.svg").write_bytes((book / "assets" / "logo.svg").read_bytes())
    config = yaml.safe_load((staged(tmp_path, **names) / "_quarto.yml").read_text("utf-8"))
    config["spm"] |= {"logo": "assets/logo.svg", "logo-text": config["book"]["author"]}
    front = config["book"]
    meta = {
        "title": front["title"],
        "subtitle": front["subtitle"],
        "by-author": [{"name": {"literal": front["author"]}}],
        "date": front["date"],
        "mainfont": CONFIG["format"]["typst"]["mainfont"],
        "spm": config["spm"],
    }
    (tmp_path / "meta.json").write_text(json.dumps(meta), "utf-8")
    template = tmp_path / "template.typ"
    partial = (ASSETS / "typst-show.typ").read_text("utf-8")
    template.write_text(partial + "\n$body$\n", "utf-8")
    source = pandoc.run(
        ["-t", "typst", "--standalone", f"--template={template}", "--metadata-file=meta.json"],
        "# Eins {#eins}\n\n[Text](https://example.org).\n",
        tmp_path,
    )
    (root / "index.typ").write_text(source, "utf-8")
    options = {
        "root": root,
        "package_path": tmp_path / "pakete",
        "font_paths": [book / "assets/fonts"],
    }
    assert typst.compile(root / "index.typ", pdf_standards=["ua-1"], **options).startswith(b"%PDF")
    found = json.loads(typst.query(root / "index.typ", "heading", **options))
    assert found[0]["supplement"]["text"] == "Kapitel"
    colour = json.loads(typst.query(root / "index.typ", "<farbe>", field="value", **options))
    assert colour == ["#" + config["spm"]["farbe"]]
