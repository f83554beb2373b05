"""Names that look like markup stay names: in HTML, in alternative texts, in the PDF."""

import re
import shutil
import subprocess

import lxml.html
import pytest

from spm import build as stages
from spm.progress import steps
from tests.reports.own_example import AREAS, KITA, OFFICE, PLACE, PUBLISHER
from tests.reports.smaller import PARAMS

NAMES = [PLACE, PUBLISHER, KITA, *AREAS.values()]


def without_blanks(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def pages(own) -> dict[str, lxml.html.HtmlElement]:
    folder = own / "report/pilotkommune/html"
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
    assert PLACE in alternatives
    # Others never differ first: they are named in tables.
    assert sum(name in alternatives for name in AREAS.values()) >= 4


def test_names_in_figures_are_text(own):
    figures = list((own / "report/pilotkommune/html/figures").glob("*.svg"))
    assert figures
    for figure in figures:
        assert not lxml.html.fromstring(figure.read_bytes()).xpath("//script"), figure.name


def test_titles_of_pages_hold_the_names(pages):
    for name, page in pages.items():
        assert "\\" not in page.findtext(".//title"), name


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_every_name_is_text_in_the_pdf(own):
    pdf = own / "report/pilotkommune/pilotkommune.pdf"
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


def test_names_in_the_check_report(own, tmp_path):
    project = tmp_path / "projekt"
    shutil.copytree(own, project, ignore=shutil.ignore_patterns("processed", "report"))
    path = project / "data/raw/pilotkommune/einwohner.csv"
    text = path.read_bytes().decode("cp1252")
    text = text.replace("Sozialraum 1;", f"{AREAS['1']};", 1)
    text = text.replace("Sozialraum 2;", "<script>x</script>;", 1)
    path.write_bytes(text.encode("cp1252"))
    with steps(quiet=True) as silent:
        checked, (report, _) = stages.check(project / PARAMS, silent)
    assert checked.inputs is None, "there are errors"
    page = lxml.html.parse(str(report)).getroot()
    assert PLACE in shown(page) and OFFICE in shown(page)
    assert "<script>x</script>" in shown(page), "the wrong cell, as it was delivered"
    assert not list(page.iter("script"))
