"""Corporate design: colours that can be read, a logo that brings everything along."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.book.design import DARK, palette
from spm.colours import PAPER, TEXT, contrast, readable
from spm.designparams import logo_file
from spm.errors import SpmError
from spm.params import load_params

COLOURS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.01)  # the known grey
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(COLOURS)
def test_a_colour_becomes_readable_on_both_grounds(colour):
    for ground in (PAPER, DARK):
        assert contrast(readable(colour, ground), ground) >= TEXT


def test_a_readable_colour_stays():
    assert readable("#14405c", PAPER) == "#14405c"
    assert "--haus: #14405c;" in palette("#14405c", "#0a5a70")


def with_design(project, text):
    path = project / "params" / "pilotkommune.yml"
    source = path.read_text(encoding="utf-8")
    start, end = source.index("gestaltung:\n"), source.index("# Jahre der Zeitreihe")
    source = f"{source[:start]}gestaltung:\n{text}\n{source[end:]}"
    path.write_text(source, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('  farbe: "#ffcc00"\n', "Kontrast von nur 1,5"),
        ("  farbe: blau\n", "keine Farbe der Form #rrggbb"),
        ("  logo: params/logo.svg\n", "fehlt logo_text"),
        ('  fabre: "#14405c"\n', "farbe"),
    ],
)
def test_a_wrong_design_is_explained(project, text, says):
    with pytest.raises(SpmError, match=says):
        load_params(with_design(project, text))


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">{}</svg>'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "gibt es nicht"),
        (b"GIF89a", "kein SVG"),
        (SVG.format("<script/>").encode(), "Programm"),
        (SVG.format('<image href="x.png"/>').encode(), "verweist auf andere"),
        (SVG.format('<rect fill="url(//example.org/a)"/>').encode(), "verweist auf andere"),
        (b"x" * 600_000, "größer als"),
    ],
)
def test_a_wrong_logo_is_refused(project, content, says):
    params = load_params(with_design(project, "  logo: params/logo.svg\n  logo_text: Wappen\n"))
    if content is not None:
        (project / "params" / "logo.svg").write_bytes(content)
    with pytest.raises(SpmError, match=says):
        logo_file(params)


def test_a_logo_that_holds_everything_is_taken(project):
    params = load_params(with_design(project, "  logo: params/logo.svg\n  logo_text: Wappen\n"))
    (project / "params" / "logo.svg").write_text(SVG.format('<rect fill="url(#a)"/>'))
    assert logo_file(params) == project / "params" / "logo.svg"
