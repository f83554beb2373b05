"""Profiles of areas: one page each, published numbers only, no claim without a test."""

import re
import shutil
import subprocess
from dataclasses import replace

import pikepdf
import pytest

from spm.book.document import Chapter
from spm.presentation.blocks import from_data, plain
from spm.presentation.figures.locator import LocatorMaps
from spm.presentation.figures.strips import strip_of
from spm.presentation.pages.companions import profile_page, profile_pdf
from spm.presentation.profile import profile
from spm.presentation.tables.profile import profile_markdown
from spm.presentation.wording.profile import SHOWN, points
from spm.products import profiles as product
from spm.published import HOEHER, NIEDRIGER
from spm.text.numbers import format_number
from tests.presentation.test_wording_properties import HIGHER, LOWER, MOVED, STIGMA
from tests.presentation_sample import NASTY, areas, sicht
from tests.sheets_example import PILOT, context, entries, entry, profiles, untested, views

SIGNS = "•x…/"


def rows_of(markdown):
    """The table's rows of indicators, as lists of cells."""
    lines = [line for line in markdown.splitlines() if line.startswith("|")][2:]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return [row for row in cells if not row[0].startswith("**")]


def pages(path):
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


@pytest.mark.slow
def test_every_area_has_a_web_page_and_a_pdf_of_one_page(tmp_path):
    made = context(tmp_path, views(entries()))
    product.write(made)
    for place, found in enumerate(made.report.profile):
        assert pages(made.html / profile_pdf(found.raum)) == 1
        html = (made.html / profile_page(found.raum)).read_text(encoding="utf-8")
        assert "<h1" in html and html.count("Alle Zahlen sind erfunden.") == 1
        links = re.findall(r'rel="(prev|next)" href="([^"]+)"', html)
        assert [way for way, _ in links] == ["prev", "next"][place == 0 : 2 - (place == 6)]
        targets = [target for _, target in links] + re.findall(r'(?:href|src)="(raum[^"]+)"', html)
        assert all((made.html / "profile" / target).is_file() for target in targets)
        assert re.search(r'<img src="raum-\d.svg" alt="Lagekarte: Sozialraum.\d liegt i', html)


@pytest.mark.slow
def test_the_way_back_leads_to_the_chapter_that_lists_the_profiles(tmp_path):
    listing = f'<p><a href="{profile_page("1")}">Nord</a></p>'
    chapters = [Chapter("index", "", "", "", "", ()), Chapter("mehr", "", "", listing, "", ())]
    made = context(tmp_path, views(entries(9), 2), 2, formats=("html",), chapters=chapters)
    product.write(made)
    html = (made.html / profile_page("2")).read_text(encoding="utf-8")
    assert '<a href="../mehr.html">Alle Profile</a>' in html


@pytest.mark.slow
def test_a_page_comes_with_the_pdf_it_links_to(tmp_path):
    found = views(entries(9), 2)
    for formats, suffixes in ((("pdf",), set()), (("html",), {".html", ".pdf", ".svg"})):
        made = context(tmp_path / formats[0], found, 2, formats=formats)
        product.write(made)
        assert {path.suffix for path in (made.html / "profile").glob("*")} == suffixes


@pytest.mark.slow
def test_the_same_data_give_the_same_bytes(tmp_path):
    written = []
    for turn in "ab":
        made = context(tmp_path / turn, views(entries(20), 3), 3)
        product.write(made)
        files = sorted((made.html / "profile").iterdir())
        written.append({path.name: path.read_bytes() for path in files})
    assert written[0] == written[1] and len(written[0]) == 9


@pytest.mark.slow
def test_86_areas_keep_to_one_page(tmp_path):
    made = context(tmp_path, views(entries(28), 86), 86)
    made.report.profile = made.report.profile[:12]  # of 86 on the map and in the comparison
    product.write(made)
    assert [pages(path) for path in (made.html / "profile").glob("*.pdf")] == [1] * 12


@pytest.mark.slow
def test_long_names_everywhere_cost_rows_and_no_second_page(tmp_path):
    names = [f"Statistischer Bezirk Am Unteren Rothenberger Feldweg {way}" for way in "NS"]
    long = {"kurztitel": "Einschätzungen einer Gefährdung (§ 8a SG"}
    made = context(tmp_path, views(entries(**long), 2, names), 2, names)
    product.write(made)
    assert [pages(path) for path in (made.html / "profile").glob("*.pdf")] == [1, 1]
    html = (made.html / profile_page("1")).read_text(encoding="utf-8")
    assert html.count('class="streifen"') >= 24  # a web page has room for all


@pytest.mark.slow
@pytest.mark.parametrize("name", [*NASTY, "Neu" + "siedlungs" * 12])
def test_a_name_may_be_anything(tmp_path, name):
    made = context(tmp_path, views(entries(9), 2, [name, "B"]), 2, [name, "B"])
    product.write(made)
    html = (made.html / profile_page("1")).read_text(encoding="utf-8")
    assert "<script>alert" not in html
    assert pages(made.html / profile_pdf("1")) == 1


@pytest.mark.slow
def test_every_number_is_a_published_one():
    found = views(entries())
    for own in profiles(found):
        text = profile_markdown(own)
        chosen = own.chosen(24)
        assert len(rows_of(text)) == len(chosen) == 24
        for cells, one in zip(rows_of(text), chosen, strict=True):
            row, k = one.row, one.view.indicator
            assert cells[1] == format_number(row.wert, k.nachkommastellen)
            assert cells[3] == format_number(one.view.total.wert, k.nachkommastellen)
            if row.has_interval:
                low, high = (
                    format_number(x, k.nachkommastellen) for x in (row.ki_unten, row.ki_oben)
                )
                assert cells[2] == f"{low}–{high}"


@pytest.mark.slow
@pytest.mark.parametrize("status", ["gesperrt", "absender_gesperrt", "nicht_geliefert"])
def test_a_suppressed_value_leaves_no_trace(status):
    """Neither in the table, nor in a strip, nor in the text."""
    found = views(entries(), hidden=[(None, "3", 2023, status)])
    own = profiles(found)[2]
    text = profile_markdown(own)
    for cells in rows_of(text):
        assert cells[1] in SIGNS and not cells[2] and not cells[4] and not cells[5]
        assert "intervall" not in cells[6] and "punkt" not in cells[6]
    head = text.partition("## Kennzahlen im Vergleich")[0]
    assert not re.search(r"\d", head.replace("Sozialraum 3", "").replace("63", ""))
    others = [r.wert for s in found for r in s.published]
    assert len(others) == 6 * 63  # the strips' range is made of the other areas


def test_a_suppressed_value_of_the_municipality_is_not_drawn():
    found = views(entries(4), hidden=[(None, "gesamt", 2023, "gesperrt")])
    assert strip_of(found[2], found[2].areas[0]).municipality is None
    assert all(cells[3] == "•" for cells in rows_of(profile_markdown(profiles(found)[0])))


def test_a_strip_lies_in_the_range_of_published_values():
    found = sicht(5, entry(1))
    low, high = (f([r.wert for r in found.areas]) for f in (min, max))
    for row in found.areas:
        strip = strip_of(found, row)
        assert 0 <= strip.span[0] <= strip.point <= strip.span[1] <= 1
        assert strip.interval[0] <= strip.point <= strip.interval[1]
        assert (strip.point == strip.span[0]) == (row.wert == low)
        assert (strip.point == strip.span[1]) == (row.wert == high)
        assert strip.differs == (row.klasse in (*HOEHER, *NIEDRIGER))


@pytest.mark.slow
def test_no_difference_is_claimed_without_a_test():
    claims = rf"günstiger|{HIGHER}|{LOWER}|{MOVED}"
    for own in profiles(untested(views(entries()))):
        text = profile_markdown(own).replace("übrigen", "").replace("unter 18", "")
        text = text.replace("darunter ", "")
        assert not re.search(claims, text.partition("## Kennzahlen")[0])
        assert all(cells[4] in ("nicht nachweisbar", "") for cells in rows_of(text))
    assert re.search("ungünstiger", " ".join(points(profiles(views(entries()))[0], 4)))


def test_strengths_come_before_burdens_and_follow_the_direction():
    found = views([entry(i) for i in range(3)], 6)
    for own in profiles(found, 6):
        arts = {a.view.indicator.richtung: (a.kind, a.row.klasse) for a in own.entries}
        for direction, (art, klasse) in arts.items():
            if klasse in (*HOEHER, *NIEDRIGER) and direction != "neutral":
                good = (klasse in HOEHER) == (direction == "entlastend")
                assert art == ("staerke" if good else "bedarf")
        text = " ".join(points(own, 4))
        if "Stärken" in text and "Bedarf" in text:
            assert text.index("Stärken") < text.index("Bedarf")
        if "Bedarf" in text and "Kein Unterschied" in text:
            assert text.index("Bedarf") < text.index("Kein Unterschied")


def test_what_is_not_in_the_table_is_told_with_its_chapter():
    found = views([entry(i, "hze", richtung="entlastend") for i in range(3)], 3)
    found[2] = replace(
        found[2],
        rows={at: row._replace(klasse="ueber") for at, row in untested([found[2]])[0].rows.items()},
    )
    own = profiles([*untested(found[:2]), found[2]], 3)[0]
    text = " ".join(points(replace(own, order=("k0", "k1")), 4))
    title = from_data(found[2].indicator.chapter.titel)
    assert f"bei einer Kennzahl (siehe Kapitel „{title}“)." in text


def burdened(n):
    """A profile with so many needs, none of them among the rows that every page shows."""
    found = views([entry(i, "hze", richtung="belastend") for i in range(n + 1)], 3)
    needs = [
        replace(view, rows={at: row._replace(klasse="ueber") for at, row in view.rows.items()})
        for view in untested(found[1:])
    ]
    return replace(profiles([*untested(found[:1]), *needs], 3)[0], order=("k0",)), needs


@pytest.mark.parametrize(("n", "more"), [(2, ""), (5, "; und eine weitere"), (7, "; und drei wei")])
def test_needs_are_named_with_values_wherever_they_stand(n, more):
    own, needs = burdened(n)
    (text,) = (plain(point) for point in points(own, 4) if "Bedarf" in point)
    named = re.findall(r"Kennzahl [A-Z] \([^)]*, Pilotkommune [^)]*\)", text)
    assert len(named) == min(n, 4) and "siehe Kapitel" not in text
    assert needs[0].text(needs[0].row("1").shown) in named[0]
    assert (more or ").") in text and ("weitere" in text) == bool(more)


def moving(direction, way):
    """One indicator of this direction in which every area moved this way."""
    (view,) = untested(views([entry(len(direction), "hze", richtung=direction)], 3))
    changes = {raum: told._replace(richtung=way) for raum, told in view.changes.items()}
    return replace(view, changes=changes)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            [("neutral", "gestiegen"), ("belastend", "gesunken")],
            r"Nachweisbar gesunken bei einer Kennzahl: Kennzahl J \(2018.*; gestiegen bei einer "
            r"Kennzahl: Kennzahl H \(ohne Wertung, 2018: ",
        ),
        (
            [("neutral", "gestiegen"), ("belastend", "gestiegen")],
            r"Nachweisbar gestiegen bei zwei Kennzahlen: Kennzahl J \(2018.*; Kennzahl H \(ohne ",
        ),
        (
            [("neutral", "gestiegen"), ("belastend", "unveraendert")],
            r"Bei Kennzahlen mit Wertung ist keine nachweisbar\. Ohne Wertung nachweisbar "
            r"gestiegen bei einer Kennzahl: Kennzahl H \(2018: ",
        ),
        ([("belastend", "unveraendert")], r"Bei Kennzahlen mit Wertung ist keine nachweisbar\.$"),
        ([("neutral", "gestiegen")], r"Ohne Wertung nachweisbar gestiegen bei einer "),
    ],
)
def test_changes_of_judged_indicators_come_first(found, said):
    own = profiles([moving(*one) for one in found], 3)[0]
    (text,) = (plain(point) for point in points(own, 4) if "Veränderungen" in point)
    assert re.match(f"Veränderungen: {said}", text.replace("\u00a0", " ")), text


@pytest.mark.slow
def test_wording_does_not_stigmatise():
    for own in profiles(views(entries())):
        assert not re.search(STIGMA, profile_markdown(own))


@pytest.mark.slow
def test_every_profile_shows_the_same_indicators():
    found = profiles(views(entries()))
    orders = {own.order for own in found}
    assert len(orders) == 1 and len(orders.pop()) == 63
    for own in found:
        chosen = [a.view.indicator.id for a in own.chosen(12)]
        assert own.core <= set(chosen) and {"k0", "k1"} <= own.core
        assert chosen == sorted(chosen, key=lambda key: int(key[1:]))
        assert chosen == [a.view.indicator.id for a in found[0].chosen(12)]
        assert sorted(own.ranks(12)) == list(range(1, 13))


def test_what_differs_in_some_area_comes_before_what_differs_in_none():
    chapter = [entry(i, "hze") for i in range(6)]
    still = untested(views(chapter, 3))
    view = still[4]
    rows = view.rows | {("2", 2023): view.row("2")._replace(klasse="ueber")}
    still[4] = replace(view, rows=rows)
    orders = {own.order for own in profiles(still, 3)}
    assert [order[:2] for order in orders] == [("k0", "k4")], "k0 is the chapter's first"


@pytest.mark.slow
def test_the_text_names_what_is_in_the_table():
    for own in profiles(views(entries())):
        shown = {a.view.indicator.kurztitel for a in own.chosen(SHOWN)}
        own_ones = ("**Bedarf", "**Veränderungen")  # named wherever they stand
        told = [point for point in points(own, 4) if not point.startswith(own_ones)]
        named = set(re.findall(r"Kennzahl \w\d?\b", " ".join(told)))
        assert named and named <= shown


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_one_long_profile_costs_all_the_same_rows(tmp_path):
    names = ["Nord", "Statistischer Bezirk Am Unteren Rothenberger Feldweg " * 3]
    made = context(tmp_path, views(entries(), 2, names), 2, names)
    product.write(made)
    numbers = []
    for path in sorted((made.html / "profile").glob("*.pdf")):
        with pikepdf.open(path) as pdf:
            assert len(pdf.pages) == 1
        text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
        lines = text.stdout.decode().partition("Kennzahlen im Vergleich")[2].splitlines()
        numbers.append({line.split()[1] for line in lines if re.match(r" *Kennzahl \w", line)})
    assert numbers[0] == numbers[1] and len(numbers[0]) >= 6


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_a_shorter_table_keeps_the_first_of_the_order(tmp_path):
    """Headings of chapters are no rows: else the lead indicators would be among what is dropped."""
    made = context(tmp_path, views(entries()))
    product.write(made)  # the maps
    own = made.report.profile[0]
    (chapter,) = product._read([own], 4, made.html / "profile")
    (pdf,) = product._set(made, [(own, "Karte", chapter)], 14)
    (tmp_path / "kurz.pdf").write_bytes(pdf)
    command = ["pdftotext", "-layout", tmp_path / "kurz.pdf", "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    lines = text.partition("Kennzahlen im Vergleich")[2].splitlines()
    shown = {line.split()[1] for line in lines if re.match(r" *Kennzahl [A-Z]", line)}
    assert shown == {a.view.indicator.kurztitel.split()[1] for a in own.chosen(14)}


def test_a_group_is_told_as_such():
    names = ["Nord", "Süd und West"]
    grouped = sicht(2, entry(1), names, gruppen={"Süd und West": ("Süd", "West")})
    keys = {"1": "Nord", "s": "Süd", "w": "West"}
    parts = {"Süd und West": ("s", "w")}
    found = profile(keys, [grouped], PILOT, 2023, lambda view, raum: parts.get(raum, (raum,)))
    texts = {own.name: profile_markdown(own) for own in found}
    assert "gemeinsam mit West" in texts["Süd"] and "gemeinsam mit Süd" in texts["West"]
    assert "gemeinsam mit" not in texts["Nord"]
    assert rows_of(texts["Süd"])[0][1] == rows_of(texts["West"])[0][1]


@pytest.mark.slow
def test_one_chapter_alone_and_an_area_without_numbers(tmp_path):
    hidden = [(None, "2", None, "gesperrt")]
    made = context(tmp_path, views([entry(3, "hze"), entry(4, "hze")], 3, hidden=hidden), 3)
    product.write(made)
    html = (made.html / profile_page("2")).read_text(encoding="utf-8")
    assert "Alle Werte sind aus Gründen der Geheimhaltung nicht gezeigt" in html
    heads = re.findall(r'<th scope="row"[^>]*><strong>(.*?)</strong></th>', html)
    assert heads == [entry(3, "hze").chapter.titel], "of the one chapter, and of no other"
    assert pages(made.html / profile_pdf("2")) == 1


def test_nothing_delivered_leaves_a_page_with_name_and_map(tmp_path):
    made = context(tmp_path, [], 2)
    product.write(made)
    html = (made.html / profile_page("1")).read_text(encoding="utf-8")
    assert "Lagekarte" in html and "Sozialraum 1" in html and "<table" not in html


@pytest.mark.parametrize(
    ("place", "way"), [(0, "Nordwesten"), (9, "Nordosten"), (44, "Mitte"), (90, "Südwesten")]
)
def test_the_map_says_in_words_where_an_area_lies(place, way):
    shapes = list(areas(100).geometry)[::-1]  # the first row is the northernmost
    shapes = [shapes[i // 10 * 10 + 9 - i % 10] for i in range(100)]
    assert way in LocatorMaps(shapes, "#14405c").alttext(place, "Nord")
