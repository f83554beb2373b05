"""The atlas: nothing but published values in its data, and a page that works from a folder."""

import json
import re
from itertools import combinations
from types import SimpleNamespace

import pandas as pd
import pytest
from matplotlib.colors import to_hex

from spm import Report
from spm.presentation.figures import classes, style
from spm.presentation.figures.maps import draw_map
from spm.presentation.rows import build_view
from spm.presentation.views import Place
from spm.presentation.wording.grammar import status_text
from spm.products import atlas
from spm.products.atlas.colours import _dark, _light, class_colours
from spm.products.atlas.data import STATES, payload
from spm.products.context import Context
from spm.published import ABSENDER_GESPERRT, GESAMT, GESPERRT, NICHT_GELIEFERT, OK
from spm.text.colours import TEXT, contrast
from spm.text.numbers import format_interval, format_number, format_value, round_half_away
from tests.accessibility_example import COLOURS, axe_source, violations
from tests.certificate_example import certify
from tests.presentation.test_colours import CLEAR, SIGHT, difference
from tests.presentation_sample import areas, kennzahl, published
from tests.report_example import PROJECT, entry, make_project

MEGABYTE = 1_000_000
BREAK = '{2021: "Die Erhebung wurde umgestellt."}'
HIDDEN = [
    ("eins", "2", None, GESPERRT),
    ("eins", "5", 2023, ABSENDER_GESPERRT),
    ("eins", "6", 2020, NICHT_GELIEFERT),
    ("zwei", None, 2018, NICHT_GELIEFERT),
    ("zwei", GESAMT, 2022, GESPERRT),
    ("zwei", "3", 2022, GESPERRT),
]
KEYS = ("eins", "zwei")
RAEUME = [str(i + 1) for i in range(7)]


def frame(hidden=()):
    return published([kennzahl(key) for key in KEYS], RAEUME, hidden=hidden)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """Seven areas, two indicators; some values are suppressed, some were not delivered."""
    root = tmp_path_factory.mktemp("atlas")
    more = {"nachkommastellen": 2, "richtung": "belastend"}
    entries = [
        entry("eins", "sgb2", leitkennzahl="nein", **more),
        entry("zwei", "hze", leitkennzahl="ja", brueche=BREAK, **more),
    ]
    shapes = areas(7)
    shapes.loc[3, "name"] = '</script><b>"Berg" & Tal'
    data = make_project(root, entries, shapes=shapes)
    frame(HIDDEN).to_parquet(data / "published.parquet")
    certify(data)
    return Report(root / "params/muster.yml")


def write(report, folder, formats=("html", "pdf")):
    (folder / "html/profile").mkdir(parents=True)
    (folder / "html/profile/raum-1.html").touch()
    atlas.write(Context(report, PROJECT, (), folder, frozenset(formats)))
    return folder / "html"


@pytest.fixture(scope="module")
def html(report, tmp_path_factory):
    return write(report, tmp_path_factory.mktemp("bericht"))


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """The atlas of 86 areas, whose names do not end in numbers."""
    root = tmp_path_factory.mktemp("viele")
    shapes = areas(86)
    shapes["name"] = [f"Stadtteil {'ABCDEFGHI'[i // 10]}{i % 10} am Wald" for i in range(86)]
    data = make_project(root, [entry("eins", "sgb2", richtung="belastend")], shapes=shapes)
    rows = published([kennzahl("eins")], [str(i + 1) for i in range(86)], years=(2022, 2023))
    rows.to_parquet(data / "published.parquet")
    certify(data)
    return write(Report(root / "params/muster.yml"), tmp_path_factory.mktemp("viele-bericht"))


def data_of(html):
    text = (html / "assets/atlas-daten.js").read_text(encoding="utf-8")
    return json.loads(text.removeprefix("window.spmAtlasDaten = ").removesuffix(";\n"))


@pytest.fixture(scope="module")
def data(html):
    return data_of(html)


@pytest.mark.slow
def test_every_row_is_the_published_one(report, data):
    """All of them, and of a row that is not shown nothing but its status."""
    rows = report.published[report.published.gruppe.isna()].set_index(["kennzahl", "jahr", "raum"])
    seen = 0
    for k in data["kennzahlen"]:
        keys = [area["raum"] for area in data["karten"][k["karte"]]["raeume"]] + [GESAMT]
        for year, line in zip(k["jahre"], k["zeilen"], strict=True):
            assert len(line) == len(keys)
            for raum, cells in zip(keys, line, strict=True):
                row = rows.loc[k["id"], year["jahr"], raum]
                seen += 1
                if row.status != OK:
                    assert cells == STATES.index(row.status)
                    continue
                texts = data["texte"][k["texte"]]
                for number, x in zip(cells, (row.wert, row.ki_unten, row.ki_oben), strict=False):
                    assert (number is None) == pd.isna(x)
                    if number is not None:
                        assert number == float(round_half_away(x, 2)) and texts[
                            str(number)
                        ] == format_number(x, 2)
    assert seen == 8 * (6 + 5)  # of «zwei» nothing came for 2018


def suppressed_texts():
    """Numbers of hidden rows as they would be printed, without those that others print too."""
    true, shown = frame(), frame(HIDDEN)
    printed = {
        format_number(x, 2)
        for x in shown[["wert", "ki_unten", "ki_oben"]].stack()
        if not pd.isna(x)
    }
    lost = true[shown.wert.isna() & true.raum.ne("nz")]
    return {format_number(x, 2) for x in lost[["wert", "ki_unten", "ki_oben"]].stack()} - printed


def test_no_suppressed_number_stands_in_any_file(html):
    files = [p for p in of_the_atlas(html) if p.name != "vega.js"]
    found = "".join(p.read_text(encoding="utf-8") for p in files)
    assert len(suppressed_texts()) > 30
    assert standing_in(found) == set()
    planted = min(suppressed_texts())
    assert standing_in(f"{found} ({planted} %)") == {planted}
    assert standing_in(f"{found}[{planted.replace(',', '.')},1]") == {planted}


def standing_in(text):
    """The suppressed numbers that stand somewhere, as texts or as numbers."""
    numbers = {number.replace(".", ",") for number in re.findall(r"\d+[.,]\d+", text)}
    return suppressed_texts() & numbers


def of_the_atlas(html):
    return [p for p in html.rglob("*") if "atlas" in p.name or p.name == "vega.js"]


@pytest.mark.slow
def test_two_writes_are_the_same_bytes_and_small(report, html, tmp_path):
    other = write(report, tmp_path)
    files = sorted(p.relative_to(html) for p in html.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(other) for p in other.rglob("*") if p.is_file())
    for name in files:
        assert (html / name).read_bytes() == (other / name).read_bytes(), name
    own = of_the_atlas(html)
    assert len(own) == 7
    assert sum(p.stat().st_size for p in own) < 2 * MEGABYTE


@pytest.mark.slow
def test_many_areas_and_indicators_stay_small(html):
    """Sixty indicators of 86 areas over six years."""
    catalogue = {f"k{i}": kennzahl(f"k{i}") for i in range(60)}
    shapes = areas(86)
    rows = published(catalogue.values(), list(shapes.raum))
    parts = dict(list(rows.groupby("kennzahl")))
    names = list(zip(shapes.raum, shapes.name, strict=True))
    ort = Place("Großstadt", "Stadtteil", "Stadtteile")
    big = SimpleNamespace(
        catalogue=catalogue,
        areas=shapes,
        place=ort,
        params=SimpleNamespace(bericht=SimpleNamespace(berichtsjahr=2023)),
        view=lambda key: build_view(
            catalogue[key], parts[key], names, ort, 2023, range(2018, 2024)
        ),
        shapes=lambda view: list(shapes.geometry),
    )
    data = atlas._script(payload(big, {}, {})).encode()
    rest = [p for p in of_the_atlas(html) if p.name != "atlas-daten.js"]
    assert len(data) + sum(p.stat().st_size for p in rest) < 2 * MEGABYTE


def test_without_web_pages_there_is_no_atlas(report, tmp_path):
    assert not (write(report, tmp_path, ("pdf",)) / "atlas.html").exists()


def test_the_library_carries_its_licence_and_loads_nothing(html):
    text = (html / "assets/vega.js").read_text(encoding="utf-8")
    assert text.startswith("/*! Vega 6") and "University of Washington" in text[:1000]
    assert not re.search(r"\bimport\s*\(|\bimport\s.*\bfrom\b", text[5000:])


def test_map_colours_are_those_of_the_printed_map():
    light = _light()
    for limits in [(), (5.0,), (1.0, 2.0, 3.0, 4.0), (0.0,), (-2.0, 0.0), (0.0, 1.0, 2.0)]:
        names = class_colours(limits)
        assert [light[name] for name in names] == [to_hex(c) for c in style.class_colours(limits)]


def test_judging_colours_differ_in_the_dark_as_on_paper():
    for colours in (_light(), _dark()):
        for names in (style.JUDGED, style.UNJUDGED):
            shown = [colours[f"klasse-{name}"] for name in names]
            for one, other in combinations(shown, 2):
                for sight in SIGHT:
                    assert difference(one, other, sight) >= CLEAR, (one, other, sight)
        for name in style.MARKED:
            assert contrast(colours[f"rand-{name}"], colours["papier"]) >= style.GRAPHIC, name
            sign = contrast(colours[f"zeichen-{name}"], colours[f"klasse-{name}"])
            assert sign >= style.GRAPHIC, name


def test_classes_are_those_of_the_printed_map_in_every_year(report, data):
    for k in data["kennzahlen"]:
        view = report.view(k["id"])
        limits = classes.of_view(view)
        assert k["legende"] == classes.labels(limits, "%")
        printed_map = draw_map(view, report.shapes(view))
        written = [t.get_text() for t in printed_map.axes.texts or printed_map.axes.get_children()
                   if hasattr(t, "get_text")]  # fmt: skip
        assert set(k["legende"]) <= set(written)
        assert [style.class_colours(limits), k["farben"]] == [
            [to_hex(_light()[name]) for name in k["farben"]],
            class_colours(limits),
        ]


def test_labels_on_the_map_are_legible_in_light_and_dark():
    for colours in (_light(), _dark()):
        fills = [name for name in colours if f"{name}-schrift" in colours]
        assert len(fills) == 30
        for name in fills:
            assert contrast(colours[name], colours[f"{name}-schrift"]) >= TEXT
        for name in ("tinte", "kommune", "leise-tinte"):
            assert contrast(colours[name], colours["papier"]) >= TEXT


# ---- in a browser ----


class Atlas:
    """The opened page, and everything it complained about or asked for."""

    def __init__(self, browser, html, fragment="", **options):
        self.page = browser.new_page(**options)
        self.trouble: list[str] = []
        self.page.on("console", lambda message: self.trouble.append(message.text))
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("request", lambda request: self._foreign(request.url))
        self.page.goto((html / "atlas.html").as_uri() + fragment)

    def _foreign(self, url):
        if not url.startswith(("file:", "data:")):
            self.trouble.append(url)

    def text(self, name):
        return self.page.inner_text(f"#atlas-{name}").strip()

    @property
    def table(self):
        """(name, value and interval) in the order of the list."""
        rows = self.page.query_selector_all("#atlas-zeilen tr")
        return [
            (row.query_selector("th").inner_text().strip(),
             " ".join(row.query_selector("td").inner_text().split("\n")))
            for row in rows
        ]  # fmt: skip

    def drawn(self, name):
        """Every text in a picture."""
        return self.page.eval_on_selector_all(
            f"#atlas-{name} svg text", "all => all.map(one => one.textContent)"
        )

    @property
    def fragment(self):
        return self.page.evaluate("decodeURIComponent(location.hash)")

    @property
    def radios(self):
        return self.page.locator("#atlas-zeilen input")


@pytest.fixture
def opened(browser, html):
    found = Atlas(browser, html)
    yield found
    assert found.trouble == []
    found.page.close()


def row_of(report, key, year, raum):
    rows = report.published
    return rows[(rows.kennzahl == key) & (rows.jahr == year) & (rows.raum == raum)].iloc[0]


def printed(row):
    limits = format_interval(row.ki_unten, row.ki_oben, "%", 2)
    return format_value(row.wert, "%", 2), limits


def test_table_map_and_bars_show_one_year_and_change_together(report, opened):
    assert opened.text("titel") == "Titel zwei (in\u00a0%)," and opened.text("zeit") == "2023"
    for year in (2023, 2021):
        opened.page.select_option("#atlas-jahr", str(year))
        for raum in RAEUME:
            value, limits = printed(row_of(report, "zwei", year, raum))
            name = dict(zip(report.areas.raum, report.areas.name, strict=True))[raum]
            assert (name, f"{value} {limits}") in opened.table
            assert value in opened.drawn("karte") and value in opened.drawn("balken")
    values = [text.split("\u00a0")[0] for _, text in opened.table[:-1]]
    assert values == sorted(values, key=lambda v: float(v.replace(",", ".")), reverse=True)
    opened.page.select_option("#atlas-kennzahl", "eins")
    assert opened.text("titel").startswith("Titel eins") and opened.text("zeit") == "2021"
    assert printed(row_of(report, "eins", 2021, "1"))[0] in opened.drawn("karte")
    assert printed(row_of(report, "eins", 2021, GESAMT))[0] in " ".join(opened.drawn("balken"))


def test_year_buttons_stop_at_the_ends(opened):
    assert opened.page.is_disabled("#atlas-spaeter")
    for year in (2022, 2021, 2020, 2019):
        opened.page.click("#atlas-frueher")
        assert opened.text("zeit") == str(year)
    assert opened.page.is_disabled("#atlas-frueher")  # of 2018 nothing came


def test_keyboard_shows_value_and_interval_as_published(report, opened):
    opened.radios.first.focus()
    opened.page.keyboard.press("Space")
    for i in (1, 2, 3):
        opened.page.keyboard.press("ArrowDown")
        raum = opened.page.evaluate("document.activeElement.value")
        row = row_of(report, "zwei", 2023, raum)
        value, limits = printed(row)
        told = opened.text("auskunft")
        assert f": {value} (95-%-Vertrauensintervall {limits})." in told
        assert opened.radios.nth(i).is_checked()
        assert f"raum={raum}" in opened.fragment
        bold = opened.page.eval_on_selector_all(
            "#atlas-balken svg text", "all => all.filter(t => t.style.fontWeight === 'bold' || "
            "t.getAttribute('font-weight') === 'bold').map(t => t.textContent)")  # fmt: skip
        assert value in bold
        series = opened.page.inner_text(".atlas-werte")
        assert all(printed(row_of(report, "zwei", y, raum))[0] in series for y in (2019, 2023))


def test_focus_alone_already_tells_the_value(report, opened):
    opened.page.focus("#atlas-link")
    opened.page.keyboard.press("Tab")
    raum = opened.page.evaluate("document.activeElement.value")
    assert printed(row_of(report, "zwei", 2023, raum))[0] in opened.text("auskunft")


def test_pointing_shows_the_same_everywhere_and_escape_hides_it(report, opened):
    areas_drawn = opened.page.locator("#atlas-karte g.raum path, #atlas-karte g.mark-shape path")
    box = areas_drawn.nth(0).bounding_box()
    opened.page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 4)
    tip = opened.text("tipp")
    value, limits = printed(row_of(report, "zwei", 2023, "1"))
    assert "Sozialraum 1, 2023" in tip and value in tip and limits in tip
    assert "gezeigt" in opened.page.get_attribute('#atlas-zeilen tr[data-raum="1"]', "class")
    opened.page.keyboard.press("Escape")
    assert opened.page.is_hidden("#atlas-tipp")
    opened.page.mouse.click(box["x"] + box["width"] / 3, box["y"] + box["height"] / 4)
    assert "raum=1" in opened.fragment
    assert opened.page.get_attribute("#atlas-profil a", "href") == "profile/raum-1.html"


def test_suppressed_areas_show_words_and_no_number(opened):
    opened.page.select_option("#atlas-kennzahl", "eins")
    shown = dict(opened.table)
    assert shown["Sozialraum 2"] == status_text(GESPERRT)
    assert shown["Sozialraum 5"] == status_text(ABSENDER_GESPERRT)
    opened.page.select_option("#atlas-raum", "2")
    assert opened.text("auskunft") == f"Sozialraum 2, 2023: {status_text(GESPERRT)}."
    fills = opened.page.eval_on_selector_all(
        "#atlas-karte svg path", "all => all.map(one => one.style.fill || one.getAttribute('fill'))"
    )
    assert any("muster-gesperrt" in fill for fill in fills if fill)
    assert any("muster-absender_gesperrt" in fill for fill in fills if fill)


def test_a_break_interrupts_every_line(opened):
    breaks = opened.page.eval_on_selector_all(
        "#atlas-reihe svg line", "all => all.filter(one => one.getAttribute('stroke-dasharray') "
        "=== '3,3').length")  # fmt: skip
    assert breaks == 1
    lines = opened.page.eval_on_selector_all(
        "#atlas-reihe svg line", "all => all.filter(one => "
        "getComputedStyle(one).stroke === 'rgba(0, 0, 0, 0)').length")  # fmt: skip
    # 2019–2023: a step is lost to the break for every line, those around 2022 for the two gaps
    assert lines == 6 * 3 + 2 * 1
    assert "Die Erhebung wurde umgestellt" in opened.text("hinweise")


def test_a_link_restores_what_was_chosen(browser, html, report):
    first = Atlas(browser, html)
    first.page.select_option("#atlas-kennzahl", "eins")
    first.page.select_option("#atlas-jahr", "2020")
    first.page.select_option("#atlas-raum", "3")
    address, told = first.page.url, first.text("auskunft")
    assert address.endswith("#kennzahl=eins&jahr=2020&raum=3")
    first.page.reload()
    assert (first.page.url, first.text("auskunft")) == (address, told)
    second = Atlas(browser, html, "#kennzahl=eins&jahr=2020&raum=3")
    assert second.text("auskunft") == told and second.text("zeit") == "2020"
    second.page.evaluate("location.hash = '#kennzahl=zwei&jahr=2018&raum=99'")
    second.page.wait_for_function("document.querySelector('#atlas-kennzahl').value === 'zwei'")
    assert second.text("zeit") == "2019"  # the nearest year there is, and no such area
    assert second.fragment == "#kennzahl=zwei&jahr=2019"
    second.page.evaluate("location.hash = '#inhalt'")  # the link «Zum Inhalt springen»
    second.page.wait_for_timeout(50)
    assert second.text("zeit") == "2019"
    assert first.trouble == second.trouble == []


def test_every_area_has_its_name_or_its_number_on_the_map(browser, html, many):
    page = Atlas(browser, html, viewport={"width": 1280, "height": 900})
    shown = page.drawn("karte")
    for area in data_of(html)["karten"][0]["raeume"]:
        whole = area["name"] in shown or area["name"].split()[0] in shown
        assert whole or f"{area['nr']}\u00a0\u00a0{area['name']}" in page.drawn("balken")
    page = Atlas(browser, many, viewport={"width": 1280, "height": 900})
    areas = data_of(many)["karten"][0]["raeume"]
    on_map, ranking = page.drawn("karte"), page.drawn("balken")
    for area in areas:
        shown = area["name"] in on_map or " ".join(on_map).count(area["name"].partition(" ")[0])
        assert shown or area["nr"] in on_map, area["name"]
    assert sum(area["nr"] in on_map for area in areas) > 30
    listed = [text.replace("\u00a0", " ").split("  ") for text in ranking]
    found = {parts[0]: parts[1] for parts in listed if len(parts) == 2}
    assert found == {area["nr"]: area["name"] for area in areas}
    assert page.trouble == []


def test_names_are_text_and_never_markup(opened):
    name = '</script><b>"Berg" & Tal'
    assert name in [shown for shown, _ in opened.table]
    assert any(text.endswith(name) for text in opened.drawn("balken"))
    assert opened.page.query_selector("#atlas-anwendung b") is None


def test_paper_takes_whole_pictures(opened):
    page = opened.page
    page.emulate_media(media="print")
    for name in ("karte", "balken", "reihe"):
        # Drawn for the screen, and not again for paper: a narrower place makes them smaller.
        width = page.evaluate(
            """id => { const box = document.getElementById(id); box.style.width = "150px";
                       return box.querySelector("svg").getBoundingClientRect().width; }""",
            f"atlas-{name}",
        )
        assert 100 < width <= 150, name


def test_without_javascript_chapters_are_offered(browser, html):
    page = Atlas(browser, html, java_script_enabled=False).page
    assert "braucht JavaScript" in page.inner_text("#atlas-ohne")
    assert page.is_hidden("#atlas-anwendung")


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_cut_off(browser, html, width):
    atlas_page = Atlas(
        browser, html, "#raum=1&kennzahl=zwei", viewport={"width": width, "height": 900}
    )
    page = atlas_page.page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for name in ("karte", "balken", "reihe"):
        box = page.locator(f"#atlas-{name} svg").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["width"] > 200
    assert page.evaluate(
        "[...document.querySelectorAll('.atlas table')]"
        ".every(table => table.scrollWidth <= table.parentElement.clientWidth)"
    )
    assert atlas_page.trouble == []


EVERY = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
}


@pytest.mark.parametrize(("scheme", "rules"), [("light", EVERY), ("dark", COLOURS)])
def test_axe_finds_nothing(browser, html, scheme, rules):
    script = axe_source()
    for fragment in ("", "#kennzahl=eins&jahr=2023&raum=2"):
        page = Atlas(browser, html, fragment, color_scheme=scheme).page
        assert violations(page, script, rules) == []
