"""Corporate design: colours that can be read, a logo that brings everything along."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from rich.console import Console

from spm import build as stages
from spm.book.design import DARK, palette
from spm.chapters import kernels
from spm.config.logo import logo_file, problem
from spm.config.params import load_params
from spm.errors import SpmError
from spm.progress import Steps
from spm.text.colours import PAPER, TEXT, contrast, readable

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
        ('  logo: params/logo.svg\n  logo_text: "\u00a0\u200b\u2060\u3164"\n', "niemand sieht"),
        (f"  logo_text: {'Wappen ' * 43}!\n", "hat 302 Zeichen; erlaubt sind 300"),
        ('  fabre: "#14405c"\n', "farbe"),
    ],
)
def test_a_wrong_design_is_explained(project, text, says):
    with pytest.raises(SpmError, match=says):
        load_params(with_design(project, text))


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">{}</svg>'


IMAGE = '<image href="data:image/{}"/>'


def with_logo(project, content, kind="svg"):
    path = project / "params" / f"logo.{kind}"
    design = f"  logo: params/logo.{kind}\n  logo_text: Wappen\n"
    params = load_params(with_design(project, design))
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return params


def png(*, size=(30, 20)):
    file = io.BytesIO()
    Image.new("RGBA", size, "#14405c").save(file, "PNG")
    return file.getvalue()


def empty_png():
    """A PNG of no width, with everything else as it should be."""
    parts = {b"IHDR": struct.pack(">IIBBBBB", 0, 20, 8, 2, 0, 0, 0), b"IDAT": zlib.compress(b"")}
    made = b"\x89PNG\r\n\x1a\n"
    for name, data in [*parts.items(), (b"IEND", b"")]:
        made += struct.pack(">I", len(data)) + name + data
        made += struct.pack(">I", zlib.crc32(name + data))
    return made


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "gibt es nicht"),
        (b"GIF89a", "kein SVG"),
        ('<svg width="10" height="10"/>', "kein SVG"),  # no browser shows it
        (b"x" * 600_000, "größer als"),
        (SVG.format("").encode("utf-16"), "kein SVG in der Kodierung UTF-8"),
        ('<?xml version="1.0" encoding="utf-7"?>' + SVG.format(""), "UTF-8"),
        (SVG.format("").replace('width="10"', 'width="0"'), "keine Größe"),
        (SVG.format("").replace('width="10"', 'width="100%"'), "keine Größe"),
        (SVG.format("").replace('width="10"', 'viewBox="0 0 0 5"'), "keine Größe"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"), "eigene Definitionen"),
    ],
)
def test_a_wrong_logo_is_refused(project, content, says):
    with pytest.raises(SpmError, match=says):
        logo_file(with_logo(project, content))


@pytest.mark.parametrize(
    "inside",
    [
        "<script/>",
        '<rect onload="f()"/>',
        '<rect ONclick="f()"/>',
        "<foreignObject/>",
        '<img xmlns="http://www.w3.org/1999/xhtml"/>',
        '<use href="#a"><set attributeName="href" to="https://example.org"/></use>',
        '<animateTransform attributeName="transform"/>',
    ],
)
def test_a_logo_that_is_a_program_is_refused(project, inside):
    with pytest.raises(SpmError, match="enthält ein Programm"):
        logo_file(with_logo(project, SVG.format(inside)))


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="x.png"/>',
        IMAGE.format("svg+xml;base64,PHN2Zy8+"),
        '<a href="data:text/html,x"/>',
        '<a href="java&#10;script:f()"/>',
        '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="https://example.org/a.svg#b"/>',
        '<g xml:base="https://example.org/"><use href="#a"/></g>',
        '<rect fill="url(//example.org/a)"/>',
        "<rect marker-end=\"url( 'https://example.org/a#b' )\"/>",
        '<rect style="cursor: url(data:text/html,x)"/>',
        "<style>@import url(https://example.org/a.css);</style>",
        "<style>@import 'a.css';</style>",
        "<style>rect { fill: url(https://example.org/a) }</style>",
        "<style><![CDATA[rect { fill: u\\72 l(https://example.org/a) }]]></style>",
        "<style>rect { mask: -webkit-image-set('https://example.org/a' 1x) }</style>",
    ],
)
def test_a_logo_that_asks_for_other_files_is_refused(project, inside):
    with pytest.raises(SpmError, match="verweist auf andere"):
        logo_file(with_logo(project, SVG.format(inside)))


@pytest.mark.parametrize(
    "before",
    [
        '<?xml-stylesheet href="https://example.org/a.css"?>',
        '<!DOCTYPE svg SYSTEM "https://example.org/a.dtd">',
    ],
)
def test_nothing_before_the_picture_asks_for_other_files(project, before):
    with pytest.raises(SpmError, match="verweist auf andere"):
        logo_file(with_logo(project, before + SVG.format("")))


INKSCAPE = """\
<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:svg="http://www.w3.org/2000/svg"
   xmlns:cc="http://creativecommons.org/ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"
   xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
   xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
   xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
   width="21mm" height="29.7mm" viewBox="0 0 21 29.7" inkscape:version="1.2" sodipodi:docname="a">
  <sodipodi:namedview inkscape:document-units="mm" pagecolor="#ffffff"/>
  <metadata><rdf:RDF><cc:Work rdf:about="http://example.org/wappen">
    <dc:type rdf:resource="http://purl.org/dc/dcmitype/StillImage"/></cc:Work></rdf:RDF></metadata>
</svg>
"""


@pytest.mark.parametrize(
    "content",
    [
        SVG.format('<rect fill="url(#a)"/>'),
        SVG.format(
            "<style>rect { fill: url('#a') }</style><rect style=\"mask: url(&quot;#b&quot;)\"/>"
        ),
        SVG.format(IMAGE.format("png;base64,iVBORw0KGgo=") + IMAGE.format("jpeg;base64,/9j/")),
        SVG.format("").replace('width="10" height="10"', 'viewBox="0,0,10,10"'),
        "\ufeff" + SVG.format("<title>Münster</title>"),
        INKSCAPE,
    ],
)
def test_a_logo_that_holds_everything_is_taken(project, content):
    assert logo_file(with_logo(project, content)) == project / "params" / "logo.svg"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"GIF89a", "ist kein PNG"),
        (png()[:-30], "beschädigtes PNG"),
        (png()[:50] + b"?" + png()[51:], "beschädigtes PNG"),
        (empty_png(), "beschädigtes PNG"),
        (png(size=(5_001, 1)), "breiter oder höher als 5000 Pixel"),
    ],
)
def test_a_png_that_nobody_can_open_is_refused(project, content, says):
    with pytest.raises(SpmError, match=says):
        logo_file(with_logo(project, content, "png"))
    assert logo_file(with_logo(project, png(), "png")).name == "logo.png"


REPEATED = '<rect id="a0"/>' + "".join(
    f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 12)
)
PATTERNS = '<pattern id="a0"/>' + "".join(
    f'<pattern id="a{n}">' + f'<path style="fill: url(#a{n - 1})"/>' * 10 + "</pattern>"
    for n in range(1, 12)
)


@pytest.mark.parametrize(
    "inside",
    [REPEATED, PATTERNS, '<g id="a"><use href="#a"/></g>', "<g>" * 20_000 + "</g>" * 20_000],
    ids=["use", "pattern", "itself", "deep"],
)
def test_a_logo_that_would_not_end_is_refused(tmp_path, inside):
    path = tmp_path / "logo.svg"
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    path.write_text(f"{head}{inside}</svg>", encoding="utf-8")
    assert "verschachtelt" in problem(path)
    used = '<use href="#a" fill="#fff"/>' * 500
    path.write_text(f'{head}<g id="a"/>{used}</svg>', encoding="utf-8")
    assert problem(path) == ""


@pytest.mark.parametrize("command", [stages.check, stages.build])
def test_a_wrong_logo_is_said_before_anything_is_read(project, command, monkeypatch):
    monkeypatch.setattr(kernels, "prepare", lambda: None)  # nothing here runs chapters
    with_logo(project, None)
    shown = io.StringIO()
    with pytest.raises(SpmError, match="gibt es nicht"):
        command(project / "params" / "pilotkommune.yml", Steps(Console(file=shown)))
    assert not shown.getvalue()
