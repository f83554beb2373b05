"""Names that look like markup stay names: in HTML, in alternative texts, in the PDF."""

import re
import shutil
import subprocess
from pathlib import Path

import lxml.html
import openpyxl
import pytest

from tests.conftest import make_project, run_spm
from tests.reports.damage import PARAMS

PLACE = "Bad <script>alert(1)</script> & Söhne"
PUBLISHER = 'Amt "Zitat" | # Titel *fett* $x$ @sec-amt'
OFFICE = "Amt <b>für</b> A|B [Link](x)"
KITA = "Kita <i>Süd</i> | _u_ @tbl-x"
AREAS = {
    "1": "<script>alert(1)</script>",
    "2": "A|B {#id}",
    "3": "@fig-x $x$",
    "4": "_u_ *fett* 'x'",
    "5": '# Titel "Zitat"',
    "6": r"[Link](x) \alpha\ ^2^ `c`",
    "7": "Siedlung zwischen Bahndamm, Kanal und ehemaligem Güterbahnhof am östlichen Rand 3",
}
NAMES = [PLACE, PUBLISHER, KITA, *AREAS.values()]


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """The demo with hostile names, built once."""
    project = make_project(tmp_path_factory.mktemp("hostile"))
    path = project / PARAMS
    text = path.read_text(encoding="utf-8")
    areas = ", ".join(f'"{key}": {quoted(name)}' for key, name in AREAS.items())
    for old, new in {
        "  name: Pilotkommune": f"  name: {quoted(PLACE)}",
        "herausgeber: Pilotkommune, Fachstelle Präventionsmonitoring": f"herausgeber: "
        f"{quoted(PUBLISHER)}",
        "stelle: Jobcenter": f"stelle: {quoted(OFFICE)}",
        "zusatzkapitel: []": "zusatzkapitel: []\neinrichtungen: {mindestfallzahl: 5}",
        "  # namen: {": f"  namen: {{{areas}}} # {{",
    }.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    workbook = project / "data/raw/pilotkommune/schuleingangsuntersuchung.xlsx"
    book = openpyxl.load_workbook(workbook)
    for row in book["Untersuchungen"].iter_rows(min_col=5, max_col=5):
        if row[0].value == "Kita Am Park":
            row[0].value = KITA
    book.save(workbook)
    result = run_spm("build", PARAMS, "--renderer", "embedded", cwd=project)
    assert result.returncode == 0, result.stdout + result.stderr
    return project


def without_blanks(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def pages(project) -> dict[str, lxml.html.HtmlElement]:
    folder = project / "report/pilotkommune/html"
    return {page.stem: lxml.html.parse(str(page)).getroot() for page in folder.glob("*.html")}


def shown(page: lxml.html.HtmlElement) -> str:
    """The text of a page, without scripts and styles, with single blanks."""
    texts = page.xpath("//body//text()[not(ancestor::script or ancestor::style)]")
    return " ".join("".join(texts).split())


def test_every_name_is_text_in_html(pages):
    assert PLACE in shown(pages["03-sgb2"])
    assert PUBLISHER in shown(pages["impressum"])
    assert OFFICE in shown(pages["datenquellen"])
    assert KITA in shown(pages["einrichtungen"])
    for name in AREAS.values():
        assert name in shown(pages["03-sgb2"]), name


def test_no_name_became_markup(pages):
    for name, page in pages.items():
        scripts = [s.text_content() for s in page.iter("script")]
        assert not any("alert" in script for script in scripts), name
        assert not page.xpath("//*[@id='id' or @href='x' or @*[starts-with(name(), 'on')]]"), name
        assert not page.xpath("//i[.='Süd'] | //b[.='für'] | //em[.='u' or .='fett']"), name
        assert not page.xpath("//strong[.='fett'] | //h1[.='Titel'] | //sup[.='2']"), name
        assert not page.xpath("//math | //*[contains(@class, 'math')]"), name
        assert "?@" not in shown(page), f"a reference that leads nowhere: {name}"


def test_names_in_alternative_texts(pages):
    alternatives = "\n".join(
        image.get("alt", "") for page in pages.values() for image in page.iter("img")
    )
    for name in (PLACE, *AREAS.values()):
        if name != AREAS["7"]:  # never the lowest or the highest
            assert name in alternatives, name


def test_names_in_figures_are_text(project):
    figures = list((project / "report/pilotkommune/html/figures").glob("*.svg"))
    assert figures
    for figure in figures:
        assert not lxml.html.fromstring(figure.read_bytes()).xpath("//script"), figure.name


def test_titles_of_pages_hold_the_names(pages):
    for name, page in pages.items():
        assert "\\" not in page.findtext(".//title"), name


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_every_name_is_text_in_the_pdf(project):
    pdf = project / "report/pilotkommune/pilotkommune.pdf"
    done = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", "-layout", str(pdf), "-"],
        capture_output=True,
        check=True,
        timeout=60,
    )
    text = without_blanks(done.stdout.decode("utf-8"))
    for name in NAMES:
        assert without_blanks(name) in text, name
    assert "?@" not in text


def test_names_in_the_check_report(project):
    path = project / "data/raw/pilotkommune/hze.csv"
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace("1;2018;", f"{AREAS['1']};2018;", 1), encoding="utf-8")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2;2018;", "<script>x</script>;2018;", 1), encoding="utf-8")
    assert run_spm("check", PARAMS, cwd=project).returncode == 1
    report = project / "data/processed/pilotkommune/pruefprotokoll-pilotkommune.html"
    page = lxml.html.parse(str(report)).getroot()
    assert PLACE in shown(page) and OFFICE in shown(page)
    assert "<script>x</script>" in shown(page), "the wrong cell, as it was delivered"
    assert not list(page.iter("script"))
