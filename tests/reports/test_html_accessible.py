"""Every page of the demo report as readers meet it: screen reader, keyboard, phone, zoom, paper."""

import http.server
import json
import re
import shutil
import threading
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from tests.accessibility_example import COLOURS, axe_source, dead_links, violations
from tests.conftest import ROOT

SEARCH = "#suchfeld"
NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1400, "height": 900}


@pytest.fixture(scope="module")
def html(demo) -> Path:
    return demo / "report" / "pilotkommune" / "html"


@pytest.fixture(scope="module")
def every_page(html) -> list[Path]:
    return sorted(html.rglob("*.html"))


@pytest.fixture(scope="module")
def pages(every_page) -> list[Path]:
    """What a browser opens: every page, of the profiles the first and the last."""
    profiles = [path for path in every_page if path.parent.name == "profile"]
    assert len(profiles) > 2
    return [path for path in every_page if path not in profiles[1:-1]]


@pytest.fixture(scope="module")
def artefacts() -> Path:
    """Pictures of every kind of page; those of earlier runs are gone."""
    folder = ROOT / "tests" / "artefacts"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    return folder


@pytest.fixture(scope="module")
def kinds(html, pages) -> dict[Path, str]:
    """One page of every kind: of every folder, and what lies beside the chapters."""
    found = {"index": "index", "chapter": "03-sgb2", "methods": "methoden", "imprint": "impressum"}
    for path in pages:
        name = path.relative_to(html).with_suffix("").as_posix()
        if "/" in name or not re.match(r"\d\d-|geheimhaltung|datenquellen", name):
            found.setdefault(name.rpartition("/")[0] or name, name)
    return {html / f"{name}.html": name.replace("/", "-") for name in found.values()}


HEIGHT = 4_000
"""Pixels of a page that are drawn; what comes after them looks the same."""


def draw(page, path: Path) -> None:
    """Keep a picture of an open page."""
    width = page.viewport_size["width"]
    height = min(page.evaluate("document.documentElement.scrollHeight"), HEIGHT)
    clip = {"x": 0, "y": 0, "width": width, "height": height}
    page.screenshot(path=path, full_page=True, clip=clip)


@pytest.fixture(scope="module")
def tab(browser):
    """One wide page for all tests that only look."""
    page = browser.new_page(viewport=WIDE)
    yield page
    page.close()


@pytest.fixture
def fresh(browser):
    """A page of one's own, without focus or history."""
    page = browser.new_page(viewport=WIDE)
    yield page
    page.close()


@dataclass(frozen=True)
class Seen:
    """What one page was like.

    Parameters
    ----------
    wrong : violations by colour scheme.
    hidden : tables that hide a column.
    unnamed : figures, tables and headings without an address of their own.
    anchors : how the addresses are called.
    chapter : whether others cite its headings; nobody does those of a profile or of the atlas.
    """

    wrong: dict[str, list[str]]
    hidden: list[str]
    unnamed: list[str]
    anchors: list[str]
    chapter: bool


@dataclass
class Visit:
    """Every page on a wide screen, opened from the folder."""

    pages: dict[Path, Seen] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


HIDDEN_COLUMNS = (
    "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.closest('figure').id)"
)
UNNAMED = (
    "[...document.querySelectorAll('main figure[id], main :is(h1, h2, h3, h4)[id]')]"
    ".filter(e => !document.querySelector(`a.anker[href='#${CSS.escape(e.id)}'],"
    " a.anker[href='#${e.id}']`)).map(e => e.id)"
)


def darken(page) -> None:
    """The other colours. What a script has drawn with those that it found, it draws anew."""
    page.emulate_media(color_scheme="dark")
    if page.locator("script[src*=vega]").count():
        page.reload()


@pytest.fixture(scope="module")
def visit(browser, pages, kinds, artefacts) -> Visit:
    """One visit for all tests that only look: opening a page costs more than looking at it."""
    found, axe = Visit(), axe_source()
    page = browser.new_page(viewport=WIDE)
    asked, failed = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: failed.append(request.url))
    for path in pages:
        page.emulate_media(color_scheme="light")
        page.goto(path.as_uri())
        page.set_viewport_size({"width": 1280, "height": 900})
        hidden = page.eval_on_selector_all(".tabelle .rollen", HIDDEN_COLUMNS)
        page.set_viewport_size(WIDE)
        page.locator(SEARCH).focus()  # loads the index
        page.wait_for_function("window.spmSuchindex")
        page.locator(SEARCH).blur()
        found.asked += asked
        found.failed += failed
        wrong = {"light": violations(page, axe)}  # which asks for style sheets
        if stem := kinds.get(path):
            draw(page, artefacts / f"{stem}-light-1400.png")
            page.pdf(path=artefacts / f"{stem}-druck.pdf", format="A4")
        darken(page)
        wrong["dark"] = violations(page, axe, COLOURS)
        found.pages[path] = Seen(
            wrong,
            hidden,
            page.evaluate(UNNAMED),
            page.locator("a.anker").evaluate_all("a => a.map(x => x.ariaLabel)"),
            page.locator(".blaettern").count() > 0,
        )
        asked.clear()
        failed.clear()
    page.close()
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_violates_the_guidelines(visit, scheme):
    found = {path.name: seen.wrong[scheme] for path, seen in visit.pages.items()}
    found = {name: wrong for name, wrong in found.items() if wrong}
    assert not found, json.dumps(found, indent=1, ensure_ascii=False)


def test_no_page_violates_the_guidelines_while_searching(fresh, html):
    for scheme in ("light", "dark"):
        fresh.emulate_media(color_scheme=scheme)
        fresh.goto((html / "index.html").as_uri())
        fresh.locator(SEARCH).fill("Quote")
        fresh.wait_for_selector(".suche li")
        assert not violations(fresh, axe_source())


def test_every_link_and_anchor_leads_somewhere(every_page):
    found = dead_links(every_page)
    assert not found, "\n".join(found)


def test_nothing_is_asked_of_another_host_from_a_folder(visit, pages):
    assert len(visit.asked) > 5 * len(pages)
    assert not visit.failed
    assert {url.partition(":")[0] for url in visit.asked} <= {"file", "data"}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_arguments) -> None:
        pass


def test_nothing_is_missing_below_a_path_of_a_web_server(browser, html, pages, tmp_path):
    (tmp_path / "bericht").mkdir()
    shutil.copytree(html, tmp_path / "bericht" / "2023")
    handler = partial(_Quiet, directory=tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        root = f"http://127.0.0.1:{server.server_port}/bericht/2023/"
        page = browser.new_page()
        answers, asked = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("response", lambda response: answers.append((response.status, response.url)))
        for path in pages:
            page.goto(root + path.relative_to(html).as_posix())
            page.locator(SEARCH).focus()
            page.wait_for_function("window.spmSuchindex")
        page.close()
        server.shutdown()
    assert all(url.startswith((root, "data:")) for url in asked)
    assert not [answer for answer in answers if answer[0] >= 400]


def test_the_keyboard_reaches_everything_in_order(fresh, html):
    fresh.goto((html / "03-sgb2.html").as_uri())
    reached = []
    for _ in range(400):
        fresh.keyboard.press("Tab")
        where = fresh.evaluate(
            "(() => { const e = document.activeElement; return e === document.body ? null :"
            " [e.matches('.sprung') ? 'sprung' : e.matches('.anker') ? 'anker' :"
            " e.closest('.suche') ? 'suche' : e.closest('.seitenleiste') ? 'kapitel' :"
            " e.closest('.herunterladen') ? 'herunterladen' : e.closest('.blaettern') ?"
            " 'blaettern' : e.closest('.auf-der-seite') ? 'auf-der-seite' :"
            " e.matches('.rollen') ? 'rollen' : e.closest('header') ? 'kopf' : 'text',"
            " getComputedStyle(e).outlineStyle, e.checkVisibility({opacityProperty: true})] })()"
        )
        if where is None:
            break
        reached.append(where)
    assert all(outline != "none" for _, outline, _ in reached), "a focus that cannot be seen"
    assert all(seen for *_, seen in reached), "a focus on something that cannot be seen"
    order = list(dict.fromkeys(name for name, *_ in reached))
    assert order[:4] == ["sprung", "kopf", "suche", "kapitel"]
    assert order[-2:] == ["blaettern", "auf-der-seite"]
    assert {"anker", "rollen", "herunterladen"} <= set(order)


def test_the_first_link_skips_the_menus(fresh, html):
    fresh.goto((html / "03-sgb2.html").as_uri())
    fresh.keyboard.press("Tab")
    assert fresh.evaluate("document.activeElement.matches('a.sprung')")
    fresh.keyboard.press("Enter")
    assert fresh.evaluate("document.activeElement.id") == "inhalt"


def test_a_section_is_found_and_opened_with_the_keyboard(fresh, html):
    fresh.goto((html / "impressum.html").as_uri())
    fresh.keyboard.press("/")
    assert fresh.evaluate("document.activeElement.id") == "suchfeld"
    fresh.keyboard.type("alleinerziehend", delay=1)
    fresh.wait_for_selector(".suche li")
    assert "Abschnitt" in fresh.locator(".suche [role=status]").inner_text()
    fresh.keyboard.press("ArrowDown")
    first = fresh.locator(".suche li a").first
    assert first.evaluate("a => a === document.activeElement")
    assert "Alleinerziehend" in first.locator("strong").inner_text()  # headings come first
    fresh.keyboard.press("ArrowDown")
    fresh.keyboard.press("ArrowUp")
    fresh.keyboard.press("Enter")
    fresh.wait_for_url("**/02-haushalte.html#*")
    fresh.wait_for_function("document.querySelector(':target')")


def test_escape_closes_the_search_and_the_key_can_be_turned_off(fresh, html):
    fresh.goto((html / "index.html").as_uri())
    fresh.locator(SEARCH).fill("Quote")
    fresh.wait_for_selector(".suche li")
    fresh.keyboard.press("ArrowDown")
    fresh.keyboard.press("Escape")
    assert not fresh.locator(".suche-treffer").is_visible()
    assert fresh.evaluate("document.activeElement.id") == "suchfeld"
    fresh.locator(SEARCH).fill("Quoten")
    fresh.locator(".suche [type=checkbox]").uncheck()
    fresh.locator("h1").click()
    fresh.keyboard.press("/")
    assert fresh.evaluate("document.activeElement.id") != "suchfeld"


def hits(page, words):
    page.locator(SEARCH).fill(words)
    page.wait_for_function("window.spmSuchindex")
    return page.locator(".suche li strong").all_inner_texts()


def test_the_search_knows_german(tab, html):
    tab.goto((html / "index.html").as_uri())
    tab.locator(SEARCH).focus()
    tab.wait_for_function("window.spmSuchindex")
    first = hits(tab, "Größe")[0]
    for word in ("groesse", "GRÖSSE", "grosse", "Groeße"):
        assert hits(tab, word)[0] == first, word
    assert hits(tab, "Größe") == hits(tab, "GRÖSSE") == hits(tab, "größe")
    assert "lleinerziehend" in hits(tab, "erziehend")[0]  # inside a word
    assert hits(tab, "quote")  # in SGB-II-Quote
    assert set(hits(tab, "haushalte kinder")) <= {*hits(tab, "haushalte"), *hits(tab, "kinder")}
    assert hits(tab, "haushalte xyzzy") == []
    assert "Nichts gefunden" in tab.locator(".suche [role=status]").inner_text()
    hits(tab, "groesse")
    assert tab.locator(".suche mark").first.inner_text().lower() == "größe"
    assert hits(tab, "<b>") == hits(tab, ".*") == []  # no markup, no pattern


def test_without_scripts_there_is_no_search_box_and_everything_else(browser, html):
    page = browser.new_page(java_script_enabled=False)
    page.goto((html / "index.html").as_uri())
    assert not page.locator(SEARCH).is_visible()
    assert page.locator(".seitenleiste a").count() > 8
    page.close()


SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important;"
    " word-spacing: .16em !important } p { margin-bottom: 2em !important }"
)
"""WCAG 2.1, criterion 1.4.12."""

CUT_OFF = """() => {
  const scrolls = (e) => e && e !== document.body &&
    (/auto|scroll/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  return [...document.querySelectorAll('main *')].filter((e) => e.getClientRects().length
    && e.getBoundingClientRect().right > innerWidth + 1
    && !scrolls(e) && !e.closest('math') && !e.parentElement.closest('svg'))
    .map((e) => `${e.tagName}.${e.className}`);
}"""
"""What stands beyond the edge of the screen and in no box that scrolls."""


@pytest.fixture(scope="module")
def narrow(browser, pages, kinds, artefacts) -> dict[str, list]:
    """Pages that lose something, by kind of screen; spacing is set on a page that is open."""
    wrong = {"reflow": [], "zoom of 200 %": [], "text spacing": []}

    def look(page, kind, path, width):
        wide = page.evaluate("document.documentElement.scrollWidth")
        cut = page.evaluate(CUT_OFF)
        if wide > width or cut or not page.locator(SEARCH).is_visible():
            wrong[kind].append((path.name, wide, cut[:5]))

    phone = browser.new_page(viewport=NARROW)
    zoomed = browser.new_page(viewport={"width": 640, "height": 640}, device_scale_factor=2)
    for path in pages:
        phone.emulate_media(color_scheme="light")
        phone.goto(path.as_uri())
        look(phone, "reflow", path, 320)
        if stem := kinds.get(path):
            darken(phone)
            draw(phone, artefacts / f"{stem}-dark-320.png")
        phone.add_style_tag(content=SPACED)
        look(phone, "text spacing", path, 320)
        zoomed.goto(path.as_uri())
        look(zoomed, "zoom of 200 %", path, 640)
    phone.close()
    zoomed.close()
    return wrong


@pytest.mark.parametrize("kind", ["reflow", "zoom of 200 %", "text spacing"])
def test_narrow_screens_lose_nothing(narrow, kind):
    assert narrow[kind] == []


def test_the_menu_of_chapters_works_on_a_phone(browser, html):
    page = browser.new_page(viewport=NARROW)
    page.goto((html / "03-sgb2.html").as_uri())
    assert not page.locator(".seitenleiste").is_visible()
    page.locator(".kapitel-menue summary").focus()
    page.keyboard.press("Enter")
    page.locator(".kapitel-menue a", has_text="Bildung").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/07-bildung.html")
    page.locator(SEARCH).fill("Quote")
    page.wait_for_selector(".suche li")
    box = page.locator(".suche-treffer").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 320
    page.close()


def test_every_figure_table_and_heading_has_its_own_address(tab, html, visit):
    chapters = {path: seen for path, seen in visit.pages.items() if seen.chapter}
    assert len(chapters) > 8
    assert {path.name: seen.unnamed for path, seen in chapters.items() if seen.unnamed} == {}
    for seen in chapters.values():
        assert all(name.startswith("Link zu ") for name in seen.anchors)
    tab.goto((html / "02-haushalte.html").as_uri())
    for name in ("Kapitel 2", "Abschnitt 2.1", "Abbildung 2.1", "Tabelle 2.1"):
        assert tab.get_by_role("link", name=f"Link zu {name}", exact=True).count() == 1


def test_downloads_say_what_they_are(tab, html):
    tab.goto((html / "03-sgb2.html").as_uri())
    first = tab.locator("#fig-sgb2-quote-u18-block + .herunterladen a")
    assert first.all_inner_texts() == [
        "Werte (CSV)",
        "Werte für Excel (CSV)",
        "Bild (SVG)",
        "Bild (PNG)",
    ]
    names = tab.locator(".herunterladen a").evaluate_all("a => a.map(x => x.ariaLabel)")
    assert len(set(names)) == len(names)  # no two links of the same name with different targets
    assert names[0] == "Werte (CSV) zu Abbildung 3.1"


def test_printed_pages_leave_out_what_only_a_screen_needs(tab, html):
    tab.goto((html / "03-sgb2.html").as_uri())
    tab.emulate_media(media="print", color_scheme="dark")
    for part in (".suche", ".seitenleiste", ".blaettern", ".herunterladen", ".anker"):
        assert not tab.locator(part).first.is_visible(), part
    colours = tab.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    tab.emulate_media(media="screen", color_scheme="light")
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


def test_no_table_hides_a_column_on_a_wide_screen(visit, html):
    seen = [seen for path, seen in visit.pages.items() if path.parent == html]
    assert len(seen) > 8
    assert [name for one in seen for name in one.hidden] == []


def test_the_imprint_says_how_accessible_the_report_is(tab, html):
    tab.goto((html / "impressum.html").as_uri())
    text = tab.locator("main").inner_text().replace("\u00a0", " ")
    for word in ("Barrierefreiheit", "BITV 2.0", "EN 301 549", "PDF/UA-1", "axe-core"):
        assert word in text
    assert "praevention@pilotkommune.example" in text.partition("Barrieren melden")[2]


def test_the_folder_is_light(html):
    size = sum(path.stat().st_size for path in html.rglob("*") if path.is_file())
    assert size < 11_000_000  # the demo shows every part that a municipality may choose
    assert next(html.parent.glob("pilotkommune.pdf")).stat().st_size < 5_000_000
    assert (html / "assets" / "suchindex.js").stat().st_size < 400_000
    fonts = sum(path.stat().st_size for path in (html / "assets" / "fonts").glob("*"))
    assert fonts < 250_000


def test_every_kind_of_page_is_kept_as_a_picture(visit, narrow, kinds, artefacts):
    """For people to look at; a browser that cannot draw a page fails here."""
    assert len(kinds) > 10
    for stem in kinds.values():
        for name in (f"{stem}-light-1400.png", f"{stem}-dark-320.png", f"{stem}-druck.pdf"):
            assert (artefacts / name).stat().st_size > 5_000, name
