"""Numbers and references as in a Quarto book, and what is refused."""

import shutil
from pathlib import Path

import pytest

from spm.book import render
from spm.book.document import Chapter, read_chapters
from spm.book.project import read_project
from spm.errors import SpmError
from tests.book_example import chapter, chapters, staged

NBSP = "\u00a0"


def _read(folder: Path, notebooks: dict | None = None) -> dict[str, Chapter]:
    book = staged(folder, notebooks)
    return {c.stem: c for c in read_chapters(book, read_project(book))}


def test_references_across_chapters(tmp_path: Path) -> None:
    index = _read(tmp_path)["index"]
    assert f'<a href="02-sgb2.html#fig-sgb2-karte">Abbildung{NBSP}2.1</a>' in index.html
    assert f'<a href="02-sgb2.html#tbl-sgb2">Tabelle{NBSP}2.1</a>' in index.html
    assert f'<a href="02-sgb2.html#sec-sgb2">Kapitel{NBSP}2</a>' in index.html
    assert f'#link(label("fig-sgb2-karte"))[Abbildung{NBSP}2.1]' in index.typst.replace("~", NBSP)


def test_several_and_bare_references(tmp_path: Path) -> None:
    html = _read(tmp_path)["01-bevoelkerung"].html
    assert (
        f'<a href="#fig-bev">Abbildung{NBSP}1.1</a>, <a href="02-sgb2.html#fig-sgb2-karte">' in html
    )
    assert '<a href="02-sgb2.html#tbl-sgb2">2.1</a>' in html


def test_own_word_before_a_reference_and_sections(tmp_path: Path) -> None:
    text = (
        "[Bild @fig-bev], @sec-teil, @sec-ohne\n\n"
        "## Teil {#sec-teil}\n\n## Ohne {#sec-ohne .unnumbered}"
    )
    notebooks = {
        "01-a.ipynb": chapter("# A {#sec-a}", chapters()["01-bevoelkerung.ipynb"].cells[4], text)
    }
    html = _read(tmp_path, notebooks)["01-a"].html
    assert f'<a href="#fig-bev">Bild{NBSP}1.1</a>' in html
    assert f'<a href="#sec-teil">Kapitel{NBSP}1.1</a>' in html
    assert '<a href="#sec-ohne">Ohne</a>' in html


def test_captions_carry_their_number(tmp_path: Path) -> None:
    read = _read(tmp_path)
    assert f'<span class="label">Abbildung{NBSP}2.1:</span> Quote in' in read["02-sgb2"].html
    assert 'numbering: _ => "2.1"' in read["02-sgb2"].typst
    assert f"Tabelle{NBSP}1:" in read["methoden"].html  # a chapter without number


def test_chapters_without_number_share_one_sequence(tmp_path: Path) -> None:
    table = chapters()["methoden.ipynb"].cells[-1]
    other = dict(table, outputs=[dict(table["outputs"][0])])
    other["outputs"][0]["data"] = {"text/markdown": "|a|b|\n|---|--:|\n|x|1|\n\n: T {#tbl-zwei}"}
    from nbformat import from_dict

    notebooks = {
        "methoden.ipynb": chapter("# M {.unnumbered}", table),
        "datenquellen.ipynb": chapter("# D {.unnumbered}", from_dict(other)),
    }
    assert f"Tabelle{NBSP}2:" in _read(tmp_path, notebooks)["datenquellen"].html


def test_callouts_have_german_titles(tmp_path: Path) -> None:
    read = _read(tmp_path)
    assert 'class="callout callout-note" role="note"' in read["01-bevoelkerung"].html
    assert "<strong>Hinweis</strong>" in read["01-bevoelkerung"].html
    assert "<strong>Kleine Zahlen</strong>" in read["02-sgb2"].html
    assert '#kasten("callout-warning", [Kleine Zahlen])[' in read["02-sgb2"].typst


def test_link_to_a_notebook_leads_to_its_page(tmp_path: Path) -> None:
    methods = _read(tmp_path)["methoden"]
    assert '<a href="02-sgb2.html">Kapitel SGB II</a>' in methods.html
    assert '#link(label("sec-sgb2"))[Kapitel SGB II]' in methods.typst


def test_equal_headings_and_footnotes_of_two_chapters_do_not_meet(tmp_path: Path) -> None:
    read = _read(tmp_path)
    assert "<index--überblick>" in read["index"].typst
    assert "<01-bevoelkerung--überblick>" in read["01-bevoelkerung"].typst
    assert "Fußnote der Startseite" in read["index"].html
    assert "Fußnote im Kapitel Bevölkerung" in read["01-bevoelkerung"].html


def test_table_headers_and_alignment(tmp_path: Path) -> None:
    text = "| Raum | Wert | Wort |\n|---|---|---|\n| Nord | 1.234,5 | ja |\n| Süd | – | nein |"
    read = _read(tmp_path, {"a.ipynb": chapter("# A", text)})["a"]
    assert '<th scope="col" style="text-align: right;">Wert</th>' in read.html
    assert '<th scope="row" class="kurz" style="text-align: left;">Nord</th>' in read.html
    assert "align: (left, right, left,)" in read.typst


def test_a_table_of_one_column_may_have_a_head_alone(tmp_path: Path) -> None:
    read = _read(tmp_path, {"a.ipynb": chapter("# A", "| Raum |\n|------|")})["a"]
    assert '<th scope="col" style="text-align: left;">Raum</th>' in read.html
    assert 'table.header("Raum", )' in read.typst


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("Siehe @fig-fehlt.", "Der Verweis @fig-fehlt hat kein Ziel."),
        ("Siehe @irgendwer.", "Der Verweis @irgendwer hat kein Ziel."),
        ("::: {#fig-b}\n![](figures/bev.svg)\n\nText\n:::", "bev.svg hat keinen Alternativtext"),
        ('![](figures/nein.svg){fig-alt="Karte"}', "figures/nein.svg liegt nicht beim Buch"),
        ('![](https://x.org/a.png){fig-alt="Karte"}', "liegt auf einem anderen Rechner"),
        ("![](figures/bev.svg)", "bev.svg hat keinen Alternativtext"),
        ("![ \u00ad-](figures/bev.svg)", "bev.svg hat keinen Alternativtext"),
        ("![bev.svg](figures/bev.svg)", "bev.svg hat keinen Alternativtext"),
        ("| A |\n|---|\n| ![](figures/bev.svg) |", "bev.svg hat keinen Alternativtext"),
        (f"![{'lang ' * 61}](figures/bev.svg)", "bev.svg hat mehr als 300 Zeichen"),
        ('<img src="https://x.org/a.png">', "steht HTML oder anderer Code: <img"),
        ("Ein <span onclick=x>Wort</span>.", 'steht HTML oder anderer Code: onclick="x"'),
        ("<script>\nalert(1)\n</script>", "steht HTML oder anderer Code: <script"),
        ("[x]{onclick=alert}", 'steht HTML oder anderer Code: onclick="alert"'),
        ('[x]{style="background: URL(//x.org)"}', "steht HTML oder anderer Code: style="),
        ("| A |\n|---|\n| <iframe> |", "steht HTML oder anderer Code: <iframe>"),
        ("\\newpage", "steht HTML oder anderer Code: \\newpage"),
        ("[x](javascript:alert)", "Der Link javascript:alert führt nicht auf eine Seite"),
        ("[\u00a0](https://x.org)", "Der Link auf https://x.org hat keinen Text"),
        ("### Zu tief", "«Zu tief» überspringt eine Ebene"),
        ("# Noch ein Titel", "«Noch ein Titel» ist eine zweite Überschrift"),
        ("[x](99-fehlt.ipynb)", "Der Link 99-fehlt.ipynb hat kein Ziel"),
        ("[x](#fehlt)", "Der Link #fehlt hat kein Ziel"),
        ("::: {.callout-note}\noffen", "unclosed"),
        ("$\\unbekannt{x}$", "Could not convert TeX math"),
    ],
)
def test_faults_name_chapter_and_id(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(SpmError) as caught:
        _read(tmp_path, {"05-hze.ipynb": chapter("# HzE {#sec-hze}", text)})
    assert complaint in caught.value.was
    assert caught.value.wo == "05-hze.ipynb"
    assert caught.value.tun


def test_a_picture_with_a_blank_in_its_name(tmp_path: Path) -> None:
    with pytest.raises(SpmError, match=r"Foto%201\.png liegt nicht beim Buch") as caught:
        _read(tmp_path, {"a.ipynb": chapter("# A", "![Karte](<figures/Foto 1.png>)")})
    assert "keine Leerzeichen" in caught.value.tun


def test_comments_and_blocks_of_typst_are_no_fault(tmp_path: Path) -> None:
    text = "Vor <!-- nur für uns --> nach.\n\n<!-- auch -->\n\n```{=typst}\n#v(1cm)\n```"
    read = _read(tmp_path, {"a.ipynb": chapter("# A", text)})["a"]
    assert "für uns" not in read.html + read.typst
    assert "#v(1cm)" in read.typst


def test_chapter_without_title(tmp_path: Path) -> None:
    with pytest.raises(SpmError, match="beginnt nicht mit einer Überschrift"):
        _read(tmp_path, {"05-hze.ipynb": chapter("Kein Titel")})


def test_all_faults_at_once_with_their_files(tmp_path: Path) -> None:
    notebooks = {
        "01-a.ipynb": chapter("# A {#sec-a}", "@fig-x und @fig-y"),
        "02-b.ipynb": chapter("# B {#sec-a}", "Text"),
    }
    with pytest.raises(SpmError, match="3 Mängel") as caught:
        _read(tmp_path, notebooks)
    assert "01-a.ipynb: Der Verweis @fig-y hat kein Ziel." in caught.value.wo
    assert "02-b.ipynb: Die Kennung #sec-a ist doppelt vergeben." in caught.value.wo


def test_pictures_for_the_pdf_alone_lie_beside_no_page(tmp_path: Path) -> None:
    """As with Quarto. What phones see, and what is offered for download, is shown by a page."""
    names = ("seite.svg", "seite-schmal.svg", "nur-pdf.svg", "Bär&Wolf,1.png", "niemand.svg")
    text = (
        '![](figures/seite.svg){fig-alt="Auf der Seite"}\n\n'
        '::: {.content-visible when-format="typst"}\n'
        '![](figures/nur-pdf.svg){fig-alt="Nur im PDF"}\n:::\n\n'
        '![](figures/Bär&Wolf,1.png){fig-alt="Zwei Tiere"}'
    )
    book = staged(tmp_path, {"a.ipynb": chapter("# A", text)})
    for name in names:
        shutil.copyfile(book / "figures/sgb2.svg", book / "figures" / name)
    render(book, tmp_path / "out", ("html",), "embedded")
    found = {path.name for path in (tmp_path / "out/html/figures").iterdir()}
    assert found == {"seite.svg", "seite-schmal.svg", "Bär&Wolf,1.png"}
