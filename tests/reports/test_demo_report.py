"""The finished demo report, read back from what a person gets: the PDF and the HTML pages."""

import hashlib
import hmac
import json
import re
import shutil
import subprocess

import pandas as pd
import pytest

# The published table of Kreis Lippe: children under 18 with SGB II benefits, in %.
RATES = {
    "Sozialraum 1": "16,64",
    "Sozialraum 2": "7,19",
    "Sozialraum 3": "5,92",
    "Sozialraum 4": "27,85",
    "Sozialraum 5": "8,37",
    "Sozialraum 6": "5,48",
    "Sozialraum 7": "11,88",
    "Pilotkommune insgesamt": "15,66",
}
CHAPTERS = {
    "01-bevoelkerung": "Bevölkerung",
    "02-haushalte": "Haushalte",
    "03-sgb2": "SGB II",
    "04-kinderbetreuung": "Kindertagesbetreuung",
    "05-hze": "Hilfen zur Erziehung",
    "06-schuleingang": "Schuleingangsuntersuchung",
    "07-bildung": "Bildung",
}


@pytest.fixture(scope="module")
def report(demo):
    return demo / "report" / "pilotkommune"


@pytest.fixture(scope="module")
def pdf_text(report):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed")
    command = ["pdftotext", "-layout", str(report / "pilotkommune.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    return text.replace("\u00a0", " ")


@pytest.fixture
def page(browser):
    page = browser.new_page()
    page.seen, page.problems = [], []
    page.on("request", lambda request: page.seen.append(request.url))
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("requestfailed", lambda request: page.problems.append(request.url))
    yield page
    page.close()


def test_the_eight_published_rates_stand_in_the_pdf(pdf_text):
    for area, rate in RATES.items():
        assert re.search(rf"^ *{area} .*\b{rate}\b", pdf_text, re.MULTILINE), (area, rate)


def test_every_figure_is_drawn_for_phones_too(report):
    names = {path.name for path in (report / "html" / "figures").glob("*.svg")}
    wide = {name for name in names if not name.endswith("-schmal.svg")}
    assert wide
    assert names - wide == {name.replace(".svg", "-schmal.svg") for name in wide}


def test_the_eight_published_rates_stand_in_the_html(report, page):
    page.goto((report / "html" / "03-sgb2.html").as_uri())
    cells = page.locator("table tr").all_inner_texts()
    for area, rate in RATES.items():
        assert any(row.startswith(area) and rate in row for row in cells), (area, rate)


def test_every_chapter_is_there_with_blocks_heat_table_and_sentences(report, page):
    for stem, title in CHAPTERS.items():
        page.goto((report / "html" / f"{stem}.html").as_uri())
        assert title in page.locator("h1").inner_text()
        names = " ".join(page.locator("figure[id^=fig-]").evaluate_all("f => f.map(x => x.id)"))
        assert names.count("-block") >= 3, stem
        assert page.locator("figure[id$=-vergleich-raeume] table").count() > 0, stem
        loaded = "i => i.every(x => x.complete && x.naturalWidth > 0 && x.alt.length > 20)"
        assert page.locator("figure img").evaluate_all(loaded), stem
        assert "Pilotkommune" in page.locator("main").inner_text()


def test_a_reader_walks_through_all_pages_without_leaving_the_folder(report, page):
    page.goto((report / "html" / "index.html").as_uri())
    visited = [page.url]
    while (forward := page.locator("a[rel=next]")).count():
        forward.first.click()
        page.wait_for_load_state()  # a link of a page that is still being read is not there yet
        visited.append(page.url)
    stems = [url.rsplit("/", 1)[1].removesuffix(".html") for url in visited]
    assert stems[0] == "index"
    assert [s for s in stems if s in CHAPTERS] == list(CHAPTERS)
    assert stems[-1] == "tabellenanhang"
    assert all(url.startswith(report.as_uri()) for url in page.seen), "no other host"
    assert page.problems == []


def test_cross_references_are_numbered_links_that_lead_somewhere(report, page):
    page.goto((report / "html" / "03-sgb2.html").as_uri())
    link = page.locator("figcaption a[href*='#tbl-']").first
    number = link.inner_text().replace("\u00a0", " ")
    assert re.fullmatch(r"Tabelle \d+", number)
    target = link.get_attribute("href").split("#")[1]
    link.click()
    caption = page.locator(f"#{target} figcaption").inner_text().replace("\u00a0", " ")
    assert caption.startswith(f"{number}:")


def test_references_in_the_pdf_are_resolved(pdf_text):
    assert "Abbildung 3.1" in pdf_text and "Tabelle 3.1" in pdf_text
    assert "@fig" not in pdf_text and "@tbl" not in pdf_text and "??" not in pdf_text


def test_sentences_agree_with_the_published_data(demo, page, report):
    published = pd.read_parquet(demo / "data/processed/pilotkommune/published.parquet")
    rows = published.query("kennzahl == 'sgb2_quote_u18' and jahr == 2023 and status == 'ok'")
    classes = rows.set_index("raum")["klasse"].dropna()
    assert classes["4"] == "deutlich_ueber" and classes["1"] == "wie"  # 27,85 % and 16,64 %
    assert set(classes.drop(["1", "4"])) <= {"unter", "deutlich_unter"}
    page.goto((report / "html" / "03-sgb2.html").as_uri())
    text = page.locator("main").inner_text().replace("\u00a0", " ")
    assert "15,66 %" in text and "993 von 6.341" in text


def test_the_report_says_that_it_is_synthetic(pdf_text):
    assert pdf_text.count("Synthetische Daten") > 20, "on every page"


def test_the_certificate_is_part_of_the_report(report):
    page = (report / "html" / "impressum.html").read_text(encoding="utf-8")
    certificate = json.loads((report / "geheimhaltung.json").read_text(encoding="utf-8"))
    assert certificate["bestanden"]
    assert set(certificate["pruefung"]["leser"].values()) == {"bestanden"}
    published = pd.read_parquet(report / "published.parquet")
    assert certificate["zahlen"]["gesperrt"] == published["status"].eq("gesperrt").sum() > 0
    digest = hashlib.sha256((report / "published.parquet").read_bytes()).hexdigest()
    assert certificate["datensatz"]["sha256"] == digest
    assert digest[:12] in page


def test_pdf_is_german_tagged_and_has_bookmarks_and_embedded_fonts(report):
    import pikepdf

    with pikepdf.open(report / "pilotkommune.pdf") as pdf:
        assert str(pdf.Root.Lang).lower().startswith("de")
        assert "/StructTreeRoot" in pdf.Root
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
        assert any("Bevölkerung" in title for title in titles)
        assert "Soziale Lebenslagen" in str(pdf.docinfo["/Title"])


def test_the_manifest_names_every_file_with_its_hash(report, demo):
    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    files = {p.relative_to(report).as_posix() for p in report.rglob("*") if p.is_file()}
    assert set(manifest["ausgaben"]) == files - {"manifest.json"}
    for name, digest in manifest["ausgaben"].items():
        assert hashlib.sha256((report / name).read_bytes()).hexdigest() == digest, name
    assert {"notebooks/03-sgb2.ipynb", "params/kennzahlen.yml"} <= manifest["eingaben"].keys()
    assert manifest["regeln"]["lieferungen"]["sgb2"]["mindestfallzahl"] == 10
    assert manifest["abhaengigkeiten"]["pandas"]
    assert "embedded" in manifest["renderer"]


def test_the_full_manifest_is_confidential_and_bound_by_its_keyed_digest(report, demo):
    folder = demo / "data/processed/pilotkommune"
    published = (report / "manifest.json").read_text(encoding="utf-8")
    full = (folder / "manifest-vertraulich.json").read_bytes()
    content, told = json.loads(full), json.loads(published)
    for name in ("einwohner.csv", "schule.xlsx", "sozialraeume.geojson"):
        digest = hashlib.sha256((demo / "data/raw/pilotkommune" / name).read_bytes()).hexdigest()
        assert content["eingaben"][f"datenordner/{name}"] == digest
        assert digest not in published and f"datenordner/{name}" not in published
    assert content["params"]["lieferungen"]["sgb2"]["tabellen"]
    assert content["ausgaben"] == told["ausgaben"]
    key = bytes.fromhex((folder / "schluessel-vertraulich.txt").read_text(encoding="ascii"))
    expected = hmac.new(key, full, hashlib.sha256).hexdigest()
    assert told["vertraulich"]["nachweis"] == expected
    assert hashlib.sha256(full).hexdigest() not in published and key.hex() not in published
    assert '"tabellen"' not in published and '"spalten"' not in published


def test_nothing_names_this_machine(report, demo):
    for path in report.rglob("*"):
        if path.is_file():
            assert str(demo).encode() not in path.read_bytes(), path


def test_suppressed_rows_carry_no_number(demo):
    published = pd.read_parquet(demo / "data/processed/pilotkommune/published.parquet")
    hidden = published[published["status"] != "ok"]
    assert (published["status"] == "gesperrt").sum() > 20, "the demo has small counts to protect"
    numbers = ["zaehler", "nenner", "wert", "ki_unten", "ki_oben", "klasse"]
    assert hidden[numbers].isna().all(axis=None)
