"""Text in figures is text, in the report's font, wherever the file is shown."""

import base64
import io
import re
import xml.etree.ElementTree as ET

import pikepdf
import pytest
import typst
from fontTools.ttLib import TTFont

from spm.book.fonts import FOLDER
from spm.presentation.figures import style
from spm.presentation.figures.bars import draw_bars
from spm.presentation.figures.canvas import Canvas, text_width
from spm.presentation.figures.maps import draw_map
from spm.presentation.figures.series import draw_series
from spm.presentation.views import Place
from tests.presentation_sample import NASTY, areas, sicht

SVG = "{http://www.w3.org/2000/svg}"
FACE = re.compile(
    r"@font-face\{font-family:Lato;font-weight:(\d+);src:url\(data:font/woff;base64,([\w+/=]+)\)\}"
)
NAMES = ["Łódź-Straße", "Větrná & Söhne", "Țăran ŵ ẞ", *NASTY[:2], "Çınar", "Tor VATER fließt"]
FOREIGN = ["Привет", "Ελλάδα", "עברית"]


def save(folder, names):
    view = sicht(len(names), names=names, ort=Place("Größe – „Weiß“"))
    figures = {
        "karte": draw_map(view, list(areas(len(names)).geometry)),
        "balken": draw_bars(view),
        "zeitreihe": draw_series(view),
    }
    for kind, canvas in figures.items():
        canvas.save(folder / f"{kind}.svg")
        yield folder / f"{kind}.svg"


def texts(path):
    """(text, weight) as the file holds them."""
    for element in ET.parse(path).iter(f"{SVG}text"):
        weight = re.search(r"font-weight: (\d+)", element.get("style"))
        yield element.text, weight[1] if weight else "400"


def fonts(path):
    faces = FACE.findall(path.read_text(encoding="utf-8"))
    return {weight: TTFont(io.BytesIO(base64.b64decode(data))) for weight, data in faces}


@pytest.mark.slow
def test_every_letter_is_in_the_font_that_the_file_brings_along(tmp_path):
    for path in save(tmp_path, NAMES):
        cuts = fonts(path)
        for text, weight in texts(path):
            assert set(map(ord, text)) <= set(cuts[weight].getBestCmap()), (path.name, text)
        written = " ".join(text for text, _ in texts(path))
        for name in ("Łódź-Straße", "Çınar", "<script>"):
            assert name in written, (path.name, name)


def test_a_figure_brings_no_more_letters_than_it_needs(tmp_path):
    for path in save(tmp_path, NAMES):
        for weight, cut in fonts(path).items():
            used = {ord(c) for text, w in texts(path) if w == weight for c in text}
            assert set(cut.getBestCmap()) == used, path.name
        assert path.stat().st_size < 60_000


@pytest.mark.slow
def test_letters_that_the_font_lacks_are_outlines(tmp_path):
    for path in save(tmp_path, [*FOREIGN, "Süd"]):
        written = [text for text, _ in texts(path)]
        source = path.read_text(encoding="utf-8")
        assert "Süd" in written
        for name in FOREIGN:
            assert name not in written and f"<!-- {name} -->" in source, (path.name, name)


@pytest.mark.slow
def test_figures_stand_in_an_accessible_archivable_pdf_in_the_font_of_the_report(tmp_path):
    paths = list(save(tmp_path, [*NAMES, *FOREIGN]))
    pictures = "\n".join(f'#image("{path.name}", alt: "Bild")' for path in paths)
    head = '#set document(title: "x")\n#set text(lang: "de", font: "Lato")\n'
    (tmp_path / "x.typ").write_text(head + pictures, encoding="utf-8")
    options = {"font_paths": [FOLDER], "ignore_system_fonts": True}
    typst.compile(tmp_path / "x.typ", tmp_path / "x.pdf", pdf_standards=["ua-1", "a-2a"], **options)
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        names = {
            str(item.BaseFont).partition("+")[2]
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item
        }
    assert names == {"Lato-Regular", "Lato-Bold"}


@pytest.mark.slow
def test_the_same_letters_give_the_same_font(tmp_path):
    first, second = (list(save(tmp_path / run, NAMES)) for run in "ab")
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes()


DRAWN = """document.fonts.ready.then(() => [...document.querySelectorAll('text')].map(t => {
  const look = getComputedStyle(t)
  return [t.textContent, t.getComputedTextLength(), parseFloat(look.fontSize), look.fontWeight]
}))"""


def test_a_browser_draws_text_as_wide_as_it_was_measured(tmp_path, browser):
    canvas = Canvas(60)
    for i, weight in enumerate(("normal", "bold")):
        canvas.text(2, 15 + 25 * i, "AVATAR Te To Vo, fließt: 1.114 % geglättet", 9, weight=weight)
    canvas.save(tmp_path / "kerning.svg")
    paths = [tmp_path / "kerning.svg", *save(tmp_path, NAMES)]
    page = browser.new_page()
    seen = 0
    for path in paths:
        page.goto(path.as_uri())
        for text, width, size, weight in page.evaluate(DRAWN):
            measured = text_width(text, size, "bold" if weight == "700" else "normal")
            assert width == pytest.approx(measured, rel=0.015, abs=0.3), (path.name, text)
            seen += 1
    page.close()
    assert seen > 60


@pytest.mark.slow
def test_text_is_never_smaller_than_what_reads_well(tmp_path):
    for path in save(tmp_path, [f"Stadtteil {i}" for i in range(86)]):
        sizes = re.findall(r"font-size: ([\d.]+)px", path.read_text(encoding="utf-8"))
        assert min(map(float, sizes)) >= style.TINY
