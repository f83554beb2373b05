"""Open data: what the files hold, what they must not hold, and what describes them."""

import csv
import dataclasses
import datetime as dt
import io
import json
import re
import shutil

import frictionless
import lxml.html
import openpyxl
import pandas as pd
import pytest
import rdflib
import shapely
from PIL import Image

from spm.book import pictures
from spm.config.params import load_params
from spm.errors import SpmError
from spm.presentation.pages.companions import DATA_PAGE, data_file, excel_data_file, table_file
from spm.products.opendata import tablebook
from spm.products.opendata.booktables import book_tables
from spm.products.opendata.excel import sheet_name
from spm.products.opendata.licences import licence
from spm.products.opendata.table import NUMBER, DataColumn, DataTable, number_text, printed, write
from tests.products.opendata_example import FORMULAS, PROJECT, make
from tests.products.opendata_example import write as write_again

pytestmark = pytest.mark.slow


NUMBERS = ["zaehler", "abzueglich", "nenner", "wert", "ki_unten", "ki_oben", "geglaettet"]
NUMBERS += ["klasse", "geschaetzt"]
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
DCATDE = rdflib.Namespace("http://dcat-ap.de/def/dcatde/")
DCT = rdflib.Namespace("http://purl.org/dc/terms/")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    return make(tmp_path_factory.mktemp("offen"), lizenz="CC BY 4.0")


def rows_of(path, separator=",", encoding="utf-8"):
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


# ------------------------------------------------------------------------------------- values


@pytest.mark.slow
def test_every_published_value_is_in_its_file_and_in_the_common_one(case):
    frame = case.report.published
    frame = frame[frame.gruppe.isna() & frame.kennzahl.isin(["quote", "zweite"])]
    together = rows_of(case.daten / "kennzahlen.csv")
    assert len(together) == len(frame) > 80
    for key in ("quote", "zweite"):
        own = rows_of(case.folder / "html" / data_file(key))
        assert [r["raum"] for r in own] == [r["raum"] for r in together if r["kennzahl"] == key]
        known = {(int(r["jahr"]), r["raum"]): r for r in own}
        for row in frame[frame.kennzahl == key].itertuples():
            cells = known[row.jahr, row.raum]
            assert cells["status"] == row.status
            for name in ("zaehler", "nenner", "wert", "ki_unten", "ki_oben"):
                number = getattr(row, name)
                if number == number:
                    assert float(cells[name]) == pytest.approx(number, abs=1e-6)
                else:
                    assert cells[name] == ""


def test_an_indicator_without_data_has_no_file_but_a_definition(case):
    assert not (case.folder / "html" / data_file("leer")).exists()
    defined = {r["kennzahl"]: r["datei"] for r in rows_of(case.daten / "kennzahlenset.csv")}
    assert defined == {"quote": "quote.csv", "zweite": "zweite.csv", "leer": ""}


def suppressed_with_numbers(folder, report):
    """Rows of any file that are not shown and hold something in a column of numbers."""
    frame = report.published
    hidden = frame[frame.status.ne("ok") & frame.gruppe.isna()]
    keys = {(r.kennzahl, str(r.jahr), r.raum) for r in hidden.itertuples()}
    found, seen = [], set()
    for path in sorted(folder.rglob("*.csv")):
        excel = path.stem.endswith("-excel")
        for row in rows_of(path, *((";", "utf-8-sig") if excel else ())):
            key = (row.get("kennzahl"), row.get("jahr"), row.get("raum"))
            if key in keys and "status" in row:
                seen.add(key)
                filled = [row[name] for name in NUMBERS if row.get(name)]
                found += [(path.name, key, filled)] if filled else []
    return found, seen


def test_a_suppressed_row_carries_no_number_in_any_file(case):
    found, seen = suppressed_with_numbers(case.daten, case.report)
    assert found == []
    assert {("quote", "2023", "3"), ("zweite", "2020", "1")} <= seen


def test_a_planted_number_is_found(case, tmp_path):
    folder = shutil.copytree(case.daten, tmp_path / "daten")
    text = (folder / "quote.csv").read_text(encoding="utf-8")
    line = next(z for z in text.splitlines() if ",gesperrt," in z)
    planted = re.sub(r",{4,}false?|,{9,}", ",7" + "," * 9, line, count=1)
    (folder / "quote.csv").write_text(text.replace(line, planted), encoding="utf-8")
    assert suppressed_with_numbers(folder, case.report)[0]


def test_facilities_are_in_no_file_and_on_no_list(case):
    assert any('id="tbl-sgb2-kita"' in c.html for c in case.chapters), "the page shows them"
    for path in case.folder.joinpath("html").rglob("*"):
        if path.suffix in {".csv", ".json", ".jsonld", ".geojson", ".html"}:
            text = path.read_text(encoding="utf-8")
            assert "A|B" not in text.replace("A|B # c", ""), path
            assert "tbl-sgb2-kita" not in text, path


# ------------------------------------------------------------------------------- for Excel


def test_the_file_for_excel_is_german_and_says_the_same(case):
    path = case.folder / "html" / excel_data_file("quote")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    plain = rows_of(case.folder / "html" / data_file("quote"))
    german = rows_of(path, ";", "utf-8-sig")
    assert len(german) == len(plain)
    for a, b in zip(plain, german, strict=True):
        assert b["wert"] == a["wert"].replace(".", ",")
        assert b["jahr"] == a["jahr"]
    assert {r["status"] for r in german} == {
        "veröffentlicht",
        "aus Gründen der Geheimhaltung nicht gezeigt",
    }
    assert {"höher", "kein Unterschied nachweisbar"} <= {r["klasse"] for r in german}


def test_names_from_data_are_no_formulas_in_excel(case):
    names = {r["raum_name"] for r in rows_of(case.daten / "quote-excel.csv", ";", "utf-8-sig")}
    assert {f"'{name}" for name in FORMULAS} <= names
    for path in case.daten.rglob("*-excel.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file, delimiter=";"):
                for cell in row:
                    number = re.fullmatch(r"[+-]?[\d.]+(,\d+)?", cell)
                    assert number or cell[:1] not in set("=+-@\t\r"), (path, cell)
    plain = {r["raum_name"] for r in rows_of(case.daten / "quote.csv")}
    assert set(FORMULAS) <= plain, "programs get the name as it is"


@pytest.mark.parametrize(
    "cell, excel",
    [
        ("16,64", "16,64"),
        ("−2,5", "-2,5"),
        ("+1.234", "+1.234"),
        ("−2,5 bis 3", "−2,5 bis 3"),
        ("-x", "'-x"),
        ("=1+1", "'=1+1"),
        ("\t1", "'\t1"),
        ("•", "•"),
    ],
)
def test_printed_cells(cell, excel):
    assert printed(cell) == excel


@pytest.mark.parametrize(
    "x, text",
    [(6308.0, "6308"), (16.6375, "16.6375"), (-1e-9, "0"), (1e-7, "0"), (1 / 3, "0.333333")],
)
def test_numbers(x, text):
    assert number_text(x) == text


def test_a_cell_with_separator_quote_and_line_break_comes_back(tmp_path):
    name = 'A;"B",\nC'
    table = DataTable(
        "x.csv", "X", "", [DataColumn("n", ""), DataColumn("w", "", NUMBER)], [[name, 1.5]]
    )
    write(table, tmp_path)
    assert rows_of(tmp_path / "x.csv") == [{"n": name, "w": "1.5"}]
    assert rows_of(tmp_path / "x-excel.csv", ";", "utf-8-sig") == [{"n": name, "w": "1,5"}]


# ------------------------------------------------------------------------- tables of the book


def test_every_numbered_table_has_its_files_with_the_same_cells(case):
    seen = 0
    for chapter in case.chapters:
        page = lxml.html.fragment_fromstring(chapter.html, create_parent="div")
        for figure in page.xpath(".//figure[starts-with(@id, 'tbl-')]"):
            path = case.folder / "html" / table_file(figure.get("id"))
            if chapter.stem == "einrichtungen":
                assert not path.exists()
                continue
            seen += 1
            cells = [
                [" ".join(c.text_content().split()) for c in row.xpath("./th|./td")]
                for row in figure.iter("tr")
            ]
            with path.open(encoding="utf-8", newline="") as file:
                assert list(csv.reader(file)) == cells
            excel = path.with_name(f"{path.stem}-excel.csv")
            with excel.open(encoding="utf-8-sig", newline="") as file:
                assert len(list(csv.reader(file, delimiter=";"))) == len(cells)
    assert seen == 3


def test_a_table_shows_the_sign_of_a_suppressed_value(case):
    text = (case.folder / "html" / table_file("tbl-sgb2-uebersicht")).read_text(encoding="utf-8")
    assert "•" in text


# ---------------------------------------------------------------------------------- workbook


def test_the_workbook_opens_and_shows_signs_as_text(case):
    book = openpyxl.load_workbook(case.daten / "muster.xlsx")
    assert book.sheetnames[:2] == ["Lesehinweise", "Definitionen"]
    assert book.properties.created == dt.datetime(2024, 9, 30)
    sheet = book[book.sheetnames[2]]
    assert sheet.freeze_panes == "D2"
    head = [cell.value for cell in sheet[1]]
    year = head.index("2023")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    hidden = [r for r in rows if r[0] == "Kurz quote" and r[2] == "@fig-x"]
    assert [r[year] for r in hidden] == ["•"]
    assert [x for x in hidden[0][year + 1 :] if x] == [], "no count, no interval"
    view = case.report.view("quote")
    shown = next(r for r in rows if r[0] == "Kurz quote" and r[2] == FORMULAS[0])
    assert shown[year] == pytest.approx(view.row("6").wert)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_names_of_sheets_are_short_and_distinct():
    taken = set()
    names = [sheet_name("Leistungen nach SGB II: und / materielle Lage", taken) for _ in range(3)]
    assert len(set(names)) == 3 and all(
        len(n) <= 31 and not set("[]:*?/\\") & set(n) for n in names
    )


# ------------------------------------------------------------------- workbook of the tables

IDS = {"Tabelle 1": "tbl-zeichen", "Tabelle 1.1": "tbl-sgb2-uebersicht"}
IDS["Tabelle 1.2"] = "tbl-quote-werte"


def sheets_of(path):
    """Title and rows (head first) of every table in the workbook."""
    book = openpyxl.load_workbook(path)
    rows = {sheet.title: list(sheet.iter_rows()) for sheet in book if sheet.title != "Inhalt"}
    return book, {name: (cells[0][0].value, cells[2:]) for name, cells in rows.items()}


def test_the_workbook_of_tables_has_a_sheet_for_every_table(case):
    book, sheets = sheets_of(case.daten / "tabellen.xlsx")
    assert book.sheetnames == ["Inhalt", *IDS]
    assert book.properties.created == dt.datetime(2024, 9, 30)
    published = {p.stem for p in (case.daten / "tabellen").glob("*.csv")}
    assert set(IDS.values()) == {name for name in published if not name.endswith("-excel")}
    assert sheets["Tabelle 1.1"][0] == "Tabelle 1.1: Kennzahlen nach Stadtteil, 2023"
    contents = book["Inhalt"]
    for line, name in enumerate(IDS, start=4):
        cell = contents.cell(line, 1)
        assert (cell.value, cell.hyperlink.location) == (name, f"'{name}'!A1")
        assert sheets[name][0] == f"{name}: {contents.cell(line, 2).value}"
        assert book[name].freeze_panes == "A4" and book[name]["A3"].font.b


def test_every_cell_of_the_workbook_of_tables_is_that_of_the_csv(case):
    _, sheets = sheets_of(case.daten / "tabellen.xlsx")
    numbers = 0
    for name, kennung in IDS.items():
        path = case.folder / "html" / table_file(kennung)
        with path.open(encoding="utf-8", newline="") as file:
            printed_rows = list(csv.reader(file))
        rows = sheets[name][1]
        assert len(rows) == len(printed_rows) > 3
        for cells, texts in zip(rows, printed_rows, strict=True):
            for cell, text in zip(cells, texts, strict=True):
                if re.fullmatch(r"[+−]?[\d.]+(,\d+)?", text):
                    numbers += 1
                    value = float(text.replace("−", "-").replace(".", "").replace(",", "."))
                    assert (cell.data_type, cell.value) == ("n", value), (name, text)
                    places = len(text.partition(",")[2])
                    assert len(cell.number_format.partition(".")[2]) == places
                else:
                    assert cell.data_type != "f" and (cell.value or "") == text, (name, text)
    assert numbers > 20


def test_the_workbook_of_tables_holds_no_suppressed_number(case):
    """Area 3 of «quote» is suppressed in 2023: its row holds signs only."""
    _, sheets = sheets_of(case.daten / "tabellen.xlsx")
    rows = {row[0].value: [c.value for c in row] for row in sheets["Tabelle 1.2"][1]}
    assert "•" in rows["@fig-x"]
    assert not [x for x in rows["@fig-x"][1:] if isinstance(x, int | float)]
    row = next(row for row in sheets["Tabelle 1.1"][1] if row[0].value == "@fig-x")
    assert row[1].value == "•" and row[2].data_type == "n", "«zweite» is shown"


def test_the_same_tables_give_the_same_workbook(case, tmp_path):
    entries = book_tables(case.chapters, case.report)
    tablebook.write(case.report, entries, tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (case.daten / "tabellen.xlsx").read_bytes()


def test_a_table_without_caption_is_named_by_its_id(case, tmp_path):
    entry = book_tables(case.chapters, case.report)[0]
    bare = entry._replace(table=dataclasses.replace(entry.table, title=entry.anchor))
    tablebook.write(case.report, [bare, bare], tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Inhalt", "tbl-zeichen", "tbl-zeichen 2"]


@pytest.mark.parametrize(
    "cell, number",
    [
        ("16,64", (16.64, "0.00")),
        ("2023", (2023, "0")),
        ("1.234", (1234, "#,##0")),
        ("12.345,6", (12345.6, "#,##0.0")),
        ("−2,5", (-2.5, "0.0")),
        ("+2,5", (2.5, "+0.0;-0.0;0.0")),
        ("0", (0, "0")),
        ("0,5", (0.5, "0.0")),
        *((text, None) for text in ("•", "x", "…", "/", "", "01", "12,9–19,4", "9,9 %", "≈ 3,1")),
    ],
)
def test_numbers_of_printed_cells(cell, number):
    assert tablebook.number_of(cell) == number


# ------------------------------------------------------------------------------- description


@pytest.mark.slow
def test_the_data_package_is_valid_and_its_constraints_bite(case, tmp_path):
    report = frictionless.validate(str(case.daten / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])[:10]
    folder = shutil.copytree(case.daten, tmp_path / "daten")
    text = (folder / "zweite.csv").read_text(encoding="utf-8")
    (folder / "zweite.csv").write_text(text.replace("gesperrt", "verloren"), encoding="utf-8")
    report = frictionless.validate(str(folder / "datapackage.json"))
    kinds = {kind for _, kind in report.flatten(["name", "type"])}
    assert {"constraint-error", "hash-count"} <= kinds


def test_the_data_package_describes_every_plain_file_of_a_table_and_the_workbooks(case):
    package = json.loads((case.daten / "datapackage.json").read_text(encoding="utf-8"))
    paths = {p.relative_to(case.daten).as_posix() for p in case.daten.rglob("*.csv")}
    described = {r["path"] for r in package["resources"]}
    workbooks = {"muster.xlsx", "tabellen.xlsx"}
    assert described == {p for p in paths if not p.endswith("-excel.csv")} | workbooks
    assert package["licenses"] == [
        {
            "name": "CC-BY-4.0",
            "title": "CC BY 4.0",
            "path": "https://creativecommons.org/licenses/by/4.0/",
        }
    ]
    for resource in package["resources"]:
        assert resource["title"] and resource["description"] and resource["bytes"] > 0
        fields = resource.get("schema", {}).get("fields", [])
        assert bool(fields) == (resource["path"] not in workbooks)
        assert all(f["description"] for f in fields)


def graph_of(case):
    graph = rdflib.Graph()
    base = "https://portal.example/daten/dcat.jsonld"
    graph.parse(case.daten / "dcat.jsonld", format="json-ld", publicID=base)
    (dataset,) = graph.subjects(rdflib.RDF.type, DCAT.Dataset)
    return graph, dataset


def test_the_metadata_say_what_dcat_ap_de_wants(case):
    graph, dataset = graph_of(case)
    for needed in (
        *(DCT.title, DCT.description, DCT.publisher, DCT.issued, DCT.modified, DCT.temporal),
        *(DCAT.contactPoint, DCAT.theme, DCAT.distribution, DCATDE.politicalGeocodingURI),
    ):
        assert graph.value(dataset, needed, any=True) is not None, needed
    where = "http://dcat-ap.de/def/politicalGeocoding"
    uri = rdflib.URIRef
    place = graph.value(dataset, DCATDE.politicalGeocodingURI)
    level = graph.value(dataset, DCATDE.politicalGeocodingLevelURI)
    assert place == uri(f"{where}/municipalityKey/05999000")
    assert level == uri(f"{where}/Level/municipality")
    assert graph.value(dataset, DCT.issued).toPython() == dt.date(2024, 9, 30)
    distributions = list(graph.objects(dataset, DCAT.distribution))
    assert len(distributions) >= 8
    addresses = {str(graph.value(d, DCAT.downloadURL)).rpartition("/")[2] for d in distributions}
    assert {"muster.xlsx", "tabellen.xlsx"} <= addresses
    for distribution in distributions:
        licence_uri = graph.value(distribution, DCT.license)
        assert licence_uri == uri("http://dcat-ap.de/def/licenses/cc-by/4.0")
        assert str(graph.value(distribution, DCATDE.licenseAttributionByText)) == "Amt"
        address = str(graph.value(distribution, DCAT.downloadURL))
        assert graph.value(distribution, DCAT.accessURL) == uri(address)
        path = case.daten / address.removeprefix("https://portal.example/daten/")
        assert int(graph.value(distribution, DCAT.byteSize)) == path.stat().st_size
        checksum = graph.value(distribution, SPDX.checksum)
        assert graph.value(checksum, SPDX.checksumValue) is not None
        for needed in (DCT.title, DCT["format"], DCAT.mediaType):
            assert graph.value(distribution, needed) is not None
    about = str(graph.value(dataset, DCT.description))
    assert "relativ" in about


def test_with_an_address_all_urls_are_complete(tmp_path):
    case = make(tmp_path, adresse="https://www.musterstadt.example/bericht")
    graph, dataset = graph_of(case)
    for distribution in graph.objects(dataset, DCAT.distribution):
        address = str(graph.value(distribution, DCAT.downloadURL))
        assert address.startswith("https://www.musterstadt.example/bericht/daten/")
        assert graph.value(distribution, DCT.license) is None, "no licence was given"
    assert "relativ" not in str(graph.value(dataset, DCT.description))
    page = (case.folder / "html" / DATA_PAGE).read_text(encoding="utf-8")
    assert "https://www.musterstadt.example/bericht/daten.html" in page
    assert "Lizenz ist nicht angegeben" in page


@pytest.mark.parametrize("address", ["www.x.de", "https://", "https://x.de/a b/", "ftp://x.de/"])
def test_a_wrong_address_is_refused(tmp_path, address):
    with pytest.raises(SpmError, match="keine Webadresse"):
        make(tmp_path, adresse=address)


@pytest.mark.slow
def test_an_unknown_licence_is_named_without_address(tmp_path):
    case = make(tmp_path, lizenz="Hauslizenz der Stadt (2024)")
    assert frictionless.validate(str(case.daten / "datapackage.json")).valid
    package = json.loads((case.daten / "datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"] == [
        {"name": "Hauslizenz-der-Stadt-2024", "title": "Hauslizenz der Stadt (2024)"}
    ]
    graph, dataset = graph_of(case)
    distribution = graph.value(dataset, DCAT.distribution, any=True)
    rights = graph.value(distribution, DCT.rights)
    assert str(graph.value(rights, DCT.description)) == "Hauslizenz der Stadt (2024)"


def test_an_indicator_called_like_a_table_has_a_file_of_its_own():
    assert data_file("raeume") == "daten/kennzahl-raeume.csv"
    assert excel_data_file("raeume") == "daten/kennzahl-raeume-excel.csv"
    assert data_file("raeume_neu") == "daten/raeume_neu.csv"


def test_a_kreis_is_a_district(tmp_path):
    from spm.products.opendata.dcat import _where

    uri = _where("05766")["dcatde:politicalGeocodingURI"]["@id"]
    assert uri == "http://dcat-ap.de/def/politicalGeocoding/districtKey/05766"


@pytest.mark.parametrize(
    "text, short",
    [
        ("CC0 1.0", "CC0-1.0"),
        ("cc by 4.0", "CC-BY-4.0"),
        ("dl-de/by-2-0", "dl-de-by-2.0"),
        ("DL-DE Zero 2.0", "dl-de-zero-2.0"),
        ("Hauslizenz", ""),
    ],
)
def test_licences(text, short):
    known = licence(text)
    assert known.short == short
    assert bool(known.address) == bool(known.dcat) == bool(short)
    assert licence(" ") is None


# --------------------------------------------------------------------------- areas, pictures


def test_outlines_are_rfc_7946(case):
    content = json.loads((case.daten / "raeume.geojson").read_text(encoding="utf-8"))
    assert "crs" not in content and len(content["features"]) == 7
    for feature in content["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        assert shape.is_valid and shapely.is_ccw(shape.exterior)
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in shape.exterior.coords)
        assert all(x == round(x, 6) for point in shape.exterior.coords for x in point)
    assert content["features"][5]["properties"] == {"raum": "6", "name": FORMULAS[0]}


def test_every_figure_is_there_as_a_small_picture_on_white(case):
    for name, width in (("quote-karte", 300), ("quote-balken", 200)):
        with Image.open(case.folder / "html/figures" / f"{name}.png") as image:
            assert image.mode == "P" and image.width == width * 2
            assert image.convert("RGB").getpixel((1, 1)) == (255, 255, 255)
            r, g, b = image.convert("RGB").getpixel((100, 50))
            assert abs(r - 0x0F) + abs(g - 0x4C) + abs(b - 0x5C) < 12


def test_an_own_picture_is_not_overwritten_and_a_broken_one_is_named(tmp_path):
    figures = tmp_path / "figures"
    figures.mkdir()
    (figures / "a.svg").write_text("<svg", encoding="utf-8")
    (figures / "a.png").write_bytes(b"eigen")
    assert pictures.write(tmp_path) == []
    (figures / "b.svg").write_text("<svg", encoding="utf-8")
    with pytest.raises(SpmError, match="PNG"):
        pictures.write(tmp_path)


# ------------------------------------------------------------------------------------- page


def test_the_page_links_to_every_file_and_only_to_files(case):
    html = case.folder / "html"
    page = lxml.html.parse(str(html / DATA_PAGE)).getroot()
    links = {a.get("href").partition("#")[0] for a in page.xpath("//main//a[@href]")}
    local = {link for link in links if link.startswith("daten/")}
    assert all((html / link).is_file() for link in local)
    files = {p.relative_to(html).as_posix() for p in case.daten.rglob("*") if p.is_file()}
    assert files == local
    assert "Wer die Daten verwendet, nennt Amt als Quelle" in page.text_content()
    names = [a.get("aria-label") for a in page.xpath("//main//td/a")]
    assert len(names) == len(set(names)), "every link says what it leads to"
    assert all(a.text_content() in a.get("aria-label") for a in page.xpath("//main//td/a"))


def test_names_from_data_are_no_markup_on_the_page(case):
    page = (case.folder / "html" / DATA_PAGE).read_text(encoding="utf-8")
    assert "<script>alert" not in page


def test_only_with_html(case, tmp_path):
    from spm.products import opendata
    from spm.products.context import Context

    opendata.write(Context(case.report, PROJECT, case.chapters, tmp_path, frozenset({"pdf"})))
    assert list(tmp_path.iterdir()) == []


def test_the_same_report_gives_the_same_bytes(case, tmp_path):
    write_again(case.report, tmp_path)
    assert contents(tmp_path) == contents(case.folder)


def contents(folder):
    paths = [p for p in (folder / "html").rglob("*") if p.is_file()]
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in paths}


# ------------------------------------------------------------------------------ the whole demo


def test_the_demo(demo):
    """All of it together: valid, complete, and small enough to be looked at."""
    html = demo / "report/pilotkommune/html"
    assert frictionless.validate(str(html / "daten/datapackage.json")).valid
    drawn = list((html / "figures").glob("*.png"))
    assert {p.stem for p in pictures.drawings(html)} == {p.stem for p in drawn}
    assert sum(p.stat().st_size for p in drawn) < 2_500_000
    for path in drawn:
        with Image.open(path) as image:
            assert image.convert("RGB").getpixel((1, 1)) == (255, 255, 255), path
    for page in sorted(html.glob("*.html")):
        for figure in lxml.html.parse(str(page)).getroot().xpath("//*[starts-with(@id, 'tbl-')]"):
            path = html / table_file(figure.get("id"))
            read = pd.read_csv(path, dtype=str, keep_default_na=False, header=None)
            rows = [
                [" ".join(c.text_content().split()) for c in row.xpath("./th|./td")]
                for row in figure.iter("tr")
            ]
            assert read.to_numpy().tolist() == rows
    params = load_params(demo / "params/pilotkommune.yml")
    book = openpyxl.load_workbook(io.BytesIO((html / "daten/pilotkommune.xlsx").read_bytes()))
    assert len(book.sheetnames) == 2 + 7 and params.slug == "pilotkommune"
    tables = html / "daten/tabellen.xlsx"
    plain = [p for p in (html / "daten/tabellen").glob("*.csv") if p.stem[-6:] != "-excel"]
    names = openpyxl.load_workbook(tables).sheetnames
    assert len(names) == 1 + len(plain) and all(n.startswith("Tabelle ") for n in names[1:])
    assert tables.stat().st_size < 200_000
