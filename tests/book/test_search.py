"""The search: what its index holds, from which pages it works, and that no text becomes markup."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from spm.book import html, render, searchindex
from spm.book.document import read_chapters
from spm.book.page import Page
from spm.book.project import read_project
from tests.book_example import chapter, staged


def searched(text: str, folder: Path, pages: tuple[Page, ...] = ()) -> dict:
    """The index of one chapter of this HTML."""
    given = SimpleNamespace(stem="01-x", number="1", title="Ein <em>Titel</em>", html=text)
    searchindex.write([given], pages, folder)
    written = (folder / searchindex.INDEX).read_text(encoding="utf-8")
    return json.loads(written.removeprefix("window.spmSuchindex=").rstrip(";\n"))


def only_section(text: str, folder: Path) -> str:
    ((page, anchor, head, found),) = searched(text, folder)["abschnitte"]
    assert (page, anchor, head) == (0, "", "")
    return found


def test_every_section_is_an_entry_with_its_anchor(tmp_path):
    found = searched(
        '<h1 id="sec-x">Ein Titel</h1><p>Anfang.</p><h2 id="zwei"><span class="nummer">1.1</span>'
        ' Zwei<a class="anker" href="#zwei">#</a></h2><p>Text <strong>fett</strong>.</p>'
        "<figure><figcaption>Abbildung 1.1: Karte</figcaption></figure>",
        tmp_path,
    )
    assert found == {
        "seiten": [["01-x.html", "1 Ein Titel"]],
        "abschnitte": [
            [0, "", "", "Anfang."],
            [0, "zwei", "Zwei", "Text fett. Abbildung 1.1: Karte"],
        ],
    }


def test_of_tables_the_names_are_kept_once_and_no_numbers(tmp_path):
    row = "<tr><th>Nord</th><td>1,5</td><td>•</td><td>↑ höher</td></tr>"
    head = "<thead><tr><th>Raum</th><th>Wert</th></tr></thead>"
    table = f"<table>{head}<tbody>{row}{row}</tbody></table><p>Nord ist groß.</p>"
    assert only_section(table, tmp_path) == "Raum Wert Nord ↑ höher Nord ist groß."


def test_formulas_downloads_and_soft_hyphens_are_no_text(tmp_path):
    text = (
        '<p>Präven\u00adtion SGB\u2011II 1\u00a0000</p><div class="herunterladen"><ul><li>CSV</li>'
        "</ul></div><math><mi>p</mi><annotation>\\frac</annotation></math><p>Ende<br>neu</p>"
    )
    assert only_section(text, tmp_path) == "Prävention SGB-II 1 000 p Ende neu"


def test_the_same_chapters_give_the_same_bytes(tmp_path):
    book = staged(tmp_path)
    chapters = read_chapters(book, read_project(book))
    for name in "ab":
        (tmp_path / name).mkdir()
        searchindex.write(chapters, (), tmp_path / name)
    one, other = ((tmp_path / name / searchindex.INDEX).read_bytes() for name in "ab")
    assert one == other and b"16,64" in one


def test_pages_beside_the_chapters_are_added_once(tmp_path):
    page = Page(
        "profile/nord.html", "Profil <Nord>", "<h1>Profil</h1><h2 id='a'>Armut</h2><p>x</p>"
    )
    for _ in range(2):
        found = searched("<h1>Ein Titel</h1>", tmp_path, (page,))
    assert found["seiten"] == [["01-x.html", "1 Ein Titel"], ["profile/nord.html", "Profil <Nord>"]]
    assert found["abschnitte"][1:] == [[1, "", "", ""], [1, "a", "Armut", ""]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A report with a page in a folder below."""
    made = tmp_path_factory.mktemp("suche")
    book = staged(made)
    rendered = render(book, made / "out", ("html",), "embedded")
    page = Page("profile/raum-nord.html", "Profil Nord", "<h1>Profil Nord</h1><p>Text.</p>")
    html.write_pages(rendered.project, rendered.chapters, [page], book, made / "out" / "html")
    return made / "out" / "html"


def test_a_page_in_a_folder_below_finds_chapters_and_itself(browser, folder):
    page = browser.new_page()
    page.goto((folder / "profile" / "raum-nord.html").as_uri())
    page.locator("#suchfeld").fill("profil")
    page.wait_for_selector(".suche li")
    assert page.locator(".suche li strong").first.inner_text() == "Profil Nord"
    page.locator("#suchfeld").fill("uberblick")
    page.locator(".suche li a", has_text="Bevölkerung").click()
    page.wait_for_url("**/01-bevoelkerung.html#*")
    assert page.evaluate("decodeURIComponent(location.hash)") == "#überblick"
    page.close()


def test_hostile_names_are_found_as_text(browser, folder):
    page, asked = browser.new_page(), []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.goto((folder / "index.html").as_uri())
    page.locator("#suchfeld").fill("<script>alert(1)")
    page.wait_for_selector(".suche li")
    assert "<script>alert(1)</script>" in page.locator(".suche li").first.inner_text()
    for word in ("[[", "\\d", "(a+)+$", "{2", "*s*", "?!", "&amp;"):
        page.locator("#suchfeld").fill(word)
        assert page.locator(".suche [role=status]").inner_text()
    assert not asked
    page.close()


def test_the_heading_counts_more_than_the_text_and_all_words_must_be_found(browser, tmp_path):
    texts = {
        "index.ipynb": chapter("# Start {#sec-start .unnumbered}", "Jugendhilfequote, Straße."),
        "01-a.ipynb": chapter(
            "# Erstes {#sec-a}", "## Hilfe\n\nJugend.", "## Straßen\n\nHilfequote."
        ),
    }
    book = staged(tmp_path, texts)
    render(book, tmp_path / "out", ("html",), "embedded")
    page = browser.new_page()
    page.goto((tmp_path / "out" / "html" / "index.html").as_uri())

    def hits(words):
        page.locator("#suchfeld").fill(words)
        page.wait_for_function("window.spmSuchindex")
        return page.locator(".suche li strong").all_inner_texts()

    assert hits("hilfe") == ["Hilfe", "Straßen", "Start"]
    assert hits("strasse quote") == ["Straßen", "Start"]
    assert hits("quote jugend") == ["Start"]
    assert hits("STRASSE jugend") == ["Start"]
    assert page.locator(".suche mark").all_inner_texts() == ["Jugend", "Straße"]
    assert hits("h") == []  # one letter is everywhere
    page.close()


@pytest.mark.slow
def test_web_fonts_hold_the_signs_of_a_report_and_keep_their_figures(folder, tmp_path, monkeypatch):
    from fontTools.ttLib import TTFont

    from spm.book import cache, fonts

    for cut in fonts.CUTS:
        path = folder / "assets" / "fonts" / fonts.web_name(cut)
        font = TTFont(path)
        assert font.flavor == "woff2"
        assert {ord(sign) for sign in "äöüßẞ„“‚‘–…•≈↑↓→−×·≤≥%€²½§\u00a0"} <= set(font.getBestCmap())
        features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
        assert {"lnum", "tnum"} <= features
        assert "kern" in {r.FeatureTag for r in font["GPOS"].table.FeatureList.FeatureRecord}
        # The licence reserves the name for the unchanged font.
        assert "Lato" not in {font["name"].getDebugName(n) for n in (1, 4, 6, 16)}
        css = (folder / "assets" / "book.css").read_text(encoding="utf-8")
        assert f"fonts/{path.name}" in css
    # Made anew, not taken from the cache: the same bytes.
    monkeypatch.setattr(cache.platformdirs, "user_cache_path", lambda *a, **k: tmp_path / "cache")
    fonts.write_web_fonts(tmp_path / "fonts")
    made = {p.name: p.read_bytes() for p in (tmp_path / "fonts").iterdir()}
    assert made == {p.name: p.read_bytes() for p in (folder / "assets" / "fonts").iterdir()}
    assert "LICENSE.txt" in made
