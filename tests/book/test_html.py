"""The pages in a browser: narrow and wide screens, keyboard, and what screen readers rely on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from spm.book import render
from tests.book_example import chapter, figure, staged, table

PAGES = ("index.html", "01-lang.html", "02-sgb2.html")
NAMES = ["Westliche Höhe", "Straßenbahnbetriebsbahnhofsiedlung mit Hafen und Werft", "Tarup"]


def _chapters() -> dict:
    columns = [f"Regelleistungsberechtigte {i} (Personen)" for i in range(6)]
    rows = [("Stadtteil", *columns), *((name, *["1.234,5"] * 6) for name in NAMES)]
    rows += [("*nicht zuordenbar*", *["–"] * 6), ("**Insgesamt**", *["**9.999,9**"] * 6)]
    return {
        "index.ipynb": chapter("# Einleitung {#sec-einleitung}", "Ein Satz."),
        "01-lang.ipynb": chapter(
            "# Donaudampfschifffahrtsgesellschaftskapitänswitwen {#sec-lang}",
            "## Überblick\n\n$$p = k / n$$",
        ),
        "02-sgb2.ipynb": chapter(
            "# SGB II {#sec-sgb2}",
            "## Karte",
            figure("fig-sgb2-karte", "sgb2", "Quote.", "Karte der Quote"),
            "## Tabelle",
            table("tbl-sgb2", "Quote je Stadtteil.", rows),
        ),
    }


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("seiten")
    book = staged(folder, _chapters(), kommune="Musterstadt")
    render(book, folder / "out", renderer="embedded", slug="muster")
    return Path(folder / "out/html").as_uri()


@pytest.fixture(params=[320, 1280])
def page(browser, request) -> Iterator:
    opened = browser.new_page(viewport={"width": request.param, "height": 800})
    yield opened
    opened.close()


@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways(page, address: str, name: str) -> None:
    page.goto(f"{address}/{name}")
    wide, room = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= room


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_what_screen_readers_rely_on(page, address: str, name: str) -> None:
    page.goto(f"{address}/{name}")
    assert page.locator("html").get_attribute("lang") == "de"
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    for image in page.locator("img").all():
        assert image.get_attribute("alt")
    for found in page.locator("table").all():
        assert found.locator("th").count()
    assert page.locator("th:not([scope='col']):not([scope='row'])").count() == 0


def test_the_first_tab_leads_past_the_menus(page, address: str) -> None:
    page.goto(f"{address}/02-sgb2.html")
    link = page.locator("a.sprung")
    assert link.bounding_box()["x"] < 0  # seen only with the keyboard
    page.keyboard.press("Tab")
    assert link.evaluate("link => link === document.activeElement")
    assert link.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhalt"


def test_wide_figures_and_tables_scroll_with_the_keyboard(browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto(f"{address}/02-sgb2.html")
    boxes = page.locator(".rollen")
    assert boxes.count() == 2
    for box in boxes.all():
        assert box.get_attribute("tabindex") == "0"
        assert box.get_attribute("role") in ("group", "region")
        assert box.get_attribute("aria-label") or box.get_attribute("aria-labelledby")
        assert box.evaluate("box => box.scrollWidth > box.clientWidth")
        box.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("document.activeElement.scrollLeft > 0")
    page.close()


def test_phones_show_the_figure_that_is_drawn_for_them(browser, tmp_path: Path) -> None:
    book = staged(tmp_path, _chapters(), kommune="Musterstadt")
    wide = (book / "figures/sgb2.svg").read_text(encoding="utf-8")
    small = wide.replace('width="460.8pt"', 'width="270pt"').replace("460.8 ", "270 ")
    (book / "figures/sgb2-schmal.svg").write_text(small, encoding="utf-8")
    render(book, tmp_path / "out", renderer="embedded", slug="muster")
    for width, name in ((320, "sgb2-schmal"), (400, "sgb2-schmal"), (1280, "sgb2")):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto((tmp_path / "out/html/02-sgb2.html").as_uri())
        image = page.locator("#fig-sgb2-karte img")
        assert image.evaluate("img => img.currentSrc").endswith(f"/figures/{name}.svg")
        assert image.get_attribute("alt") == "Karte der Quote"
        box = image.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
        ratio = box["width"] / box["height"]
        assert ratio == pytest.approx((270 if width < 1000 else 460.8) / 259.2, rel=0.02)
        assert page.locator("#fig-sgb2-karte .rollen").count() == 0
        page.close()


def test_short_names_of_rows_stay_on_one_line(page, address: str) -> None:
    page.goto(f"{address}/02-sgb2.html")
    heights = [
        page.locator("tbody th", has_text=name).evaluate(
            "th => { const r = document.createRange(); r.selectNodeContents(th);"
            " return r.getBoundingClientRect().height / parseFloat(getComputedStyle(th).fontSize) }"
        )
        for name in ("Westliche Höhe", "nicht zuordenbar")
    ]
    assert max(heights) < 1.6
    assert page.locator("tr.schluss").count() == 2
