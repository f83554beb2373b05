"""Small workbooks of every format, with what the values of their cells do not say."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in [
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
    ]
)
STYLES = """<office:automatic-styles>
<style:style style:name="hoch" style:family="text">
<style:text-properties style:text-position="super 58%"/></style:style>
<number:date-style style:name="monat"><number:month number:textual="true"/></number:date-style>
<style:style style:name="nur-monat" style:family="table-cell" style:data-style-name="monat"/>
<style:style style:name="weg" style:family="table">
<style:table-properties table:display="false"/></style:style>
</office:automatic-styles>"""


def ods_cell(value) -> str:
    """A cell of a text or a number; text that begins with "<" is XML already."""
    if isinstance(value, str) and value.startswith("<"):
        return value
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, str):
        return (
            f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p>'
            "</table:table-cell>"
        )
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}">'
        f"<text:p>{value}</text:p></table:table-cell>"
    )


def write_ods(path: Path, rows, hidden=(), columns="", sheet='table:name="Kinder"') -> Path:
    """An .ods with one sheet; ``hidden`` are row numbers from 1."""
    collapsed = ' table:visibility="collapse"'
    body = "".join(
        f"<table:table-row{collapsed if number in hidden else ''}>"
        f"{''.join(map(ods_cell, row))}</table:table-row>"
        for number, row in enumerate(rows, start=1)
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMES} '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
        f'office:version="1.3">{STYLES}<office:body><office:spreadsheet><table:table {sheet}>'
        f"{columns}{body}</table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.'
        'spreadsheet"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def rewrite(path: Path, part: str, change) -> Path:
    """Change one part of a zipped workbook, as text."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = parts[part].decode()
    parts[part] = change(before).encode()
    assert parts[part] != before.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
