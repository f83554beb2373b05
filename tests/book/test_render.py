"""Both formats of the embedded renderer, from a staged book to files."""

import html
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

from spm.book import render
from spm.book.project import read_project
from spm.book.sheet import write_sheet
from spm.errors import SpmError
from tests.accessibility_example import structure
from tests.book_example import NASTY, chapter, figure, staged, table

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with names that look like markup everywhere."""
    folder = tmp_path_factory.mktemp("bericht")
    texts = dict.fromkeys(("titel", "untertitel", "herausgeber", "hinweis", "kontakt"), NASTY)
    book = staged(folder, kommune=NASTY, **texts)
    used = render(book, folder / "out", renderer="embedded", slug="pilotkommune").renderer
    assert re.fullmatch(r"embedded \(pandoc [\d.]+, typst [\d.]+\)", used)
    return folder / "out"


def _page(report: Path, name: str) -> str:
    return (report / "html" / name).read_text("utf-8")


def _visible(page: str) -> str:
    body = page.split("<body>")[1]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_one_page_per_notebook(report: Path) -> None:
    pages = {path.name for path in (report / "html").glob("*.html")}
    assert pages == {"index.html", "01-bevoelkerung.html", "02-sgb2.html", "methoden.html"}


def test_names_are_plain_text_on_every_page(report: Path) -> None:
    for path in (report / "html").glob("*.html"):
        page = path.read_text("utf-8")
        assert "<script>" not in page
        assert _visible(page).count(NASTY) >= 4  # head, municipality, notice, publisher
    chapter_page = _visible(_page(report, "02-sgb2.html"))
    assert f"SGB II in {NASTY}" in chapter_page  # heading
    assert f"In {NASTY} liegt" in chapter_page  # paragraph
    assert f"Quote in {NASTY}." in chapter_page  # caption
    alt = re.search(r'<img[^>]*alt="([^"]*)"', _page(report, "02-sgb2.html"))
    assert alt and html.unescape(alt[1]) == f"Karte von {NASTY}"


def test_pages_are_navigable(report: Path) -> None:
    page = _page(report, "01-bevoelkerung.html")
    assert page.startswith("<!DOCTYPE html>")
    assert '<html lang="de">' in page
    for landmark in ("<header", "<main", "<nav", "<footer"):
        assert landmark in page
    assert page.count('href="01-bevoelkerung.html" aria-current="page"') == 2  # sidebar and menu
    assert 'class="sprung" href="#inhalt"' in page and 'id="inhalt"' in page
    assert 'rel="prev" href="index.html"' in page and 'rel="next" href="02-sgb2.html"' in page
    assert '<a href="#überblick">' in page


def test_start_page_has_one_first_heading(report: Path) -> None:
    page = _page(report, "index.html")
    assert page.count("<h1") == 1 and '<h2 id="sec-wichtigstes">' in page
    assert "30. September 2024" in page


def test_every_link_and_file_exists_and_no_other_host(report: Path) -> None:
    folder = report / "html"
    ids = {
        path.name: set(re.findall(r'\sid="([^"]+)"', path.read_text("utf-8")))
        for path in folder.glob("*.html")
    }
    for name in ids:
        page = _page(report, name)
        for target in re.findall(r'(?:href|src)="([^"]*)"', page):
            if target == "data:,":
                continue
            file, _, anchor = html.unescape(target).partition("#")
            assert (folder / (file or name)).is_file(), target
            assert not anchor or anchor in ids[file or name], target
    css = (folder / "assets" / "book.css").read_text("utf-8")
    for font in re.findall(r"url\(([^)]+)\)", css):
        assert (folder / "assets" / font).is_file()


def test_ids_are_unique_on_a_page(report: Path) -> None:
    for path in (report / "html").glob("*.html"):
        ids = re.findall(r'\sid="([^"]+)"', path.read_text("utf-8"))
        assert len(ids) == len(set(ids))


def test_pdf_is_accessible(report: Path) -> None:
    with pikepdf.open(report / "pilotkommune.pdf") as pdf:
        assert str(pdf.Root.Lang) in ("de", "de-DE")
        assert str(pdf.docinfo.Title) == NASTY
        assert str(pdf.docinfo.Author) == NASTY
        assert str(pdf.docinfo.CreationDate).startswith("D:20240930")
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_metadata() as meta:
            assert meta.get("pdfuaid:part") == "1"
        tags = list(structure(pdf.Root.StructTreeRoot))
        kinds = {str(tag.get("/S")) for tag in tags}
        assert {"/H1", "/Figure", "/Table", "/TH", "/TD", "/Caption", "/Link"} <= kinds
        alts = {str(tag.Alt) for tag in tags if tag.get("/S") == "/Figure" and "/Alt" in tag}
        assert f"Karte von {NASTY}" in alts
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
        assert any("Bevölkerung" in title for title in titles)
        assert all(float(page.MediaBox[2]) == pytest.approx(595.28, abs=0.1) for page in pdf.pages)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext ist nicht installiert")
def test_pdf_text(report: Path) -> None:
    done = subprocess.run(
        ["pdftotext", str(report / "pilotkommune.pdf"), "-"], capture_output=True, check=True
    )
    text = " ".join(done.stdout.decode().replace("\u00a0", " ").split())
    assert f"In {NASTY} liegt die Quote bei 16,64 %." in text
    assert f"Abbildung 2.1: Quote in {NASTY}." in text
    assert "siehe Kapitel 2" in text and "Inhalt" in text and "Chapter" not in text
    assert "„Zitat“" in text


@pytest.mark.slow
def test_same_book_same_bytes(tmp_path: Path) -> None:
    results = []
    for name in ("a", "b"):
        book = staged(tmp_path / name / "tief" / name)
        render(book, tmp_path / name / "out", renderer="embedded")
        out = tmp_path / name / "out"
        results.append({p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()})
    assert results[0] == results[1]


@pytest.mark.slow
def test_formats_and_renderers_are_checked(tmp_path: Path, monkeypatch) -> None:
    book = staged(tmp_path)
    render(book, tmp_path / "out", ("html",), "embedded")
    assert not list((tmp_path / "out").glob("*.pdf"))
    with pytest.raises(SpmError, match="odt"):
        render(book, tmp_path / "out", ("odt",))
    with pytest.raises(SpmError, match="word"):
        render(book, tmp_path / "out", renderer="word")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    with pytest.raises(SpmError, match="Quarto ist auf diesem Rechner nicht"):
        render(book, tmp_path / "out", renderer="quarto")
    assert render(book, tmp_path / "out", ("html",)).renderer.startswith("embedded")


def test_chapter_of_everything_markdown_offers(tmp_path: Path) -> None:
    text = """
Begriff
:   Erklärung.

1. eins
2. zwei

> Zitat … mit ... Punkten

| a | b |
|---|---|
| 1. FC | - x |
| + 3 | = y |

---

`code` und **fett**, H~2~O, x^2^, ~~weg~~, [Link](https://example.org), $\\frac{a}{b}$.

```python
print("x")
```

![Bild](figures/bev.svg) im Text![](figures/bev.svg){fig-alt="klein" width=20px}

::: {#fig-zwei}
![](figures/bev.svg){fig-alt="eins"}

![](figures/sgb2.svg){fig-alt="zwei"}

Zwei Bilder.
:::

::: {.callout-important}
## Überschrift als Titel
|a|b|
|---|---|
|x|1|
:::
"""
    book = staged(tmp_path, {"a.ipynb": chapter("# A", text)})
    render(book, tmp_path / "out", renderer="embedded")
    page = (tmp_path / "out" / "html" / "a.html").read_text("utf-8")
    assert "<strong>Überschrift als Titel</strong>" in page and "<math" in page


FACE = "\N{GRINNING FACE}"


def refused(folder: Path, *cells: object, **texts: str) -> SpmError:
    """What is said of a book whose second chapter, 03-sgb2.ipynb, holds these cells."""
    notebooks = {"01-a.ipynb": chapter("# A"), "03-sgb2.ipynb": chapter("# SGB II", *cells)}
    book = staged(folder, {**notebooks, "04-z.ipynb": chapter("# Z")}, **texts)
    with pytest.raises(SpmError) as caught:
        render(book, folder / "out", ("pdf",), "embedded")
    assert "spm-pdf-" not in str(caught.value) and "could not" not in str(caught.value)
    return caught.value


def test_typst_refusal_names_the_place(tmp_path: Path) -> None:
    error = refused(tmp_path, "```{=typst}\n#unbekannt()\n```")
    assert error.was == "Typst kann das PDF nicht setzen: unknown variable: unbekannt"
    assert error.wo == "03-sgb2.ipynb: #unbekannt()"


def test_no_temporary_folder_in_a_message(tmp_path: Path) -> None:
    error = refused(tmp_path, '```{=typst}\n#image("fehlt.png", alt: "x")\n```')
    assert "searched at fehlt.png" in error.was


@pytest.mark.parametrize("name", ["bild.png", "bild.svg", "bild.jpg"])
def test_a_picture_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    book = staged(
        tmp_path,
        {"03-sgb2.ipynb": chapter("# A", f'![](figures/{name}){{fig-alt="Balken je Raum"}}')},
    )
    (book / "figures").mkdir(exist_ok=True)
    (book / "figures" / name).write_bytes(b"RIFF....WEBP")
    with pytest.raises(SpmError, match=f"Die Bilddatei figures/{name} lässt sich nicht") as caught:
        render(book, tmp_path / "out", ("pdf",), "embedded")
    assert caught.value.wo.startswith("03-sgb2.ipynb: ") and name in caught.value.wo


@pytest.mark.parametrize(
    ("cell", "quoted"),
    [
        (f"Ein {FACE}.", f"03-sgb2.ipynb: Ein {FACE}."),
        (f"## Teil {FACE}", f"03-sgb2.ipynb: == Teil {FACE}"),
        (table("tbl-x", "Werte.", [("Raum", "2023"), (FACE, "1")]), "03-sgb2.ipynb: … "),  # no line
        (figure("fig-x", "bev", f"Bild {FACE}.", "Text"), f"[Bild {FACE}.]"),
    ],
)
def test_a_character_without_a_shape_is_named(tmp_path: Path, cell: object, quoted: str) -> None:
    error = refused(tmp_path, cell)
    assert error.was == f"Das Zeichen «{FACE}» fehlt in der Schrift des Berichts."
    assert error.wo.startswith("03-sgb2.ipynb: ") and quoted in error.wo and FACE in error.wo
    assert "ersetzen" in error.tun


def test_every_character_without_a_shape_is_named_once(tmp_path: Path) -> None:
    error = refused(tmp_path, "Räume heißen 文中 und \uf0b7 und 文中.", f"{'lang ' * 40}{FACE}")
    assert error.was.startswith(f"Die Zeichen «文», «中», U+F0B7, «{FACE}» fehlen")
    first, second = error.wo.strip().splitlines()
    assert first.startswith("03-sgb2.ipynb: Räume heißen 文中")
    assert second.strip().startswith("03-sgb2.ipynb: … ") and len(second) < 110


def test_a_title_without_shape_is_not_blamed_on_a_chapter(tmp_path: Path) -> None:
    assert "Params-Datei" in refused(tmp_path, titel=f"Bericht {FACE}").wo


def test_a_sheet_is_named_by_its_title(tmp_path: Path) -> None:
    book = staged(tmp_path)
    texts = {"titel": "Bericht: Kurzfassung", "zeile": ""}
    with pytest.raises(SpmError, match="fehlt in der Schrift") as caught:
        write_sheet(read_project(book), book, "kurzfassung", texts, f"Ein {FACE}", {}, most=1)
    assert caught.value.wo == f"«Bericht: Kurzfassung»: Ein {FACE}"


@pytest.mark.slow
def test_eleven_chapters_share_a_few_processes(tmp_path: Path, monkeypatch) -> None:
    """Starting one takes longer than reading a chapter."""
    notebooks = {}
    for number in range(11):
        cells = [figure(f"fig-{number}-{i}", "bev", "Text.", "Alt") for i in range(4)]
        rows = [("Raum", "2022", "2023"), *[(f"Raum {i}", "1,5", "2,5") for i in range(8)]]
        cells.append(table(f"tbl-{number}", "Tabelle.", rows))
        notebooks[f"{number:02d}-k.ipynb"] = chapter(f"# Kapitel {{#sec-{number}}}", *cells)
    book = staged(tmp_path, notebooks)
    started = []

    class Counted(subprocess.Popen):
        def __init__(self, arguments, **options):
            started.append(arguments)
            super().__init__(arguments, **options)

    monkeypatch.setattr(subprocess, "Popen", Counted)
    render(book, tmp_path / "out", renderer="embedded")
    assert 0 < len(started) < len(notebooks)
