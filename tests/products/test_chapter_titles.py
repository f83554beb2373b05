"""A chapter of one's own is called the same wherever a reader meets it, in every kind of file."""

import csv
import json
import re
import zipfile

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from spm import Report
from spm.book.document import read_texts
from spm.book.html import render_pages
from spm.presentation.tables.profile import profile_markdown
from spm.products import atlas, opendata
from spm.products.context import Context
from tests.certificate_example import certify
from tests.presentation_sample import kennzahl, published
from tests.report_example import PROJECT, entry, make_project

KEY, TITLE = "kultur-freizeit", "Kultur & Freizeit #1"
HTML = "Kultur &amp; Freizeit #1"


@pytest.fixture(scope="module", params=["heading", "catalogue"])
def case(request, tmp_path_factory):
    """A report with an own chapter and its products; its title stands in one place."""
    root = tmp_path_factory.mktemp("titel")
    own = entry("quote", KEY, je_einrichtung="ja", richtung="belastend")
    data = make_project(root, [own, entry("zweite", "bildung", richtung="belastend")])
    if request.param == "heading":
        notebook = new_notebook(cells=[new_markdown_cell(f"# {TITLE} {{#sec-kultur}}")])
        (root / "notebooks").mkdir()
        nbformat.write(notebook, root / f"notebooks/11-{KEY}.ipynb")
    else:
        path = root / "params/kennzahlen.yml"
        named = f"kapitel:\n  {KEY}: {{titel: '{TITLE}'}}\n"
        text = path.read_text(encoding="utf-8").replace("kapitel:\n", named, 1)
        path.write_text(text, encoding="utf-8")
    keys = [str(i + 1) for i in range(7)]
    frame = published([kennzahl("quote"), kennzahl("zweite")], keys)
    total = frame[(frame.raum == "gesamt") & (frame.kennzahl == "quote")]
    pd.concat([frame, total.assign(gruppe="Kita: A")]).to_parquet(data / "published.parquet")
    certify(data)
    report = Report(root / "params/muster.yml")
    texts = {
        "index": "# Einleitung {#sec-einleitung .unnumbered}\n\n" + report.einleitung().markdown,
        "kurzfassung": "# Kurz {#sec-kurz}\n\n" + report.kurzfassung().uebersicht().markdown,
        f"11-{KEY}": f"# {TITLE} {{#sec-kultur}}\n\n{report.kapitel(KEY).tabelle().markdown}",
        "methoden": "# Methoden {#sec-m}\n\n## Kennzahlen\n\n"
        + report.kennzahlen_definitionen().markdown,
        "anhang": "# Anhang {#sec-a}\n\n" + report.datentabellen().markdown,
        "einrichtungen": "# Einrichtungen {#sec-e}\n\n" + report.einrichtungen().markdown,
    }
    folder = root / "report/muster"
    (folder / "book").mkdir(parents=True)
    chapters = read_texts(texts, folder / "book")
    for product in (opendata, atlas):
        product.write(Context(report, PROJECT, chapters, folder, frozenset({"html"})))
    return report, chapters, folder / "html"


def typst_has_the_title(chapter):
    """As markup, where # is escaped, or as a string."""
    text = " ".join(chapter.typst.split())
    return r"Kultur & Freizeit \#1" in text or f'"{TITLE}"' in text


@pytest.mark.slow
def test_pages_of_the_book_and_their_navigation(case):
    _, chapters, _ = case
    for chapter in chapters:
        assert HTML in chapter.html + chapter.title, chapter.stem
        assert typst_has_the_title(chapter), chapter.stem
    for stem, page in render_pages(PROJECT, chapters, content="").items():
        assert HTML in page, stem


def test_profiles(case):
    report, _, folder = case
    text = profile_markdown(report.profile[0])
    (chapter,) = read_texts({"profil": text}, folder, code=True)
    assert HTML in chapter.html and typst_has_the_title(chapter)


def test_atlas(case):
    text = (case[2] / "assets/atlas-daten.js").read_text(encoding="utf-8")
    data = json.loads(text.removeprefix("window.spmAtlasDaten = ").removesuffix(";\n"))
    assert {c["id"]: c["titel"] for c in data["kapitel"]}[KEY] == TITLE


def test_open_data(case):
    folder = case[2] / "daten"
    with (folder / "kennzahlenset.csv").open(encoding="utf-8", newline="") as file:
        assert [row["kapitel_titel"] for row in csv.DictReader(file)] == [TITLE, "Bildung"]
    assert f">{HTML}</h3>" in (case[2] / "daten.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(next(folder.glob("*.xlsx"))) as book:
        assert f'name="{HTML}"' in book.read("xl/workbook.xml").decode()
        assert f">{HTML}</t>" in book.read("xl/sharedStrings.xml").decode()


def test_nobody_sees_the_key_as_a_title(case):
    texts = [path.read_text(encoding="utf-8") for path in case[2].rglob("*.html")]
    texts += [chapter.html + chapter.typst for chapter in case[1]]
    for text in texts:
        assert not re.search("Kultur[-_ ]freizeit", text)
