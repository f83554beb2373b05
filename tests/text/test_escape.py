"""Names stay names: the same characters come out of pandoc that went in."""

import html
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spm.book import pandoc
from spm.text.escape import escape_attribute, escape_markdown, unescape_markdown
from tests.book_example import NASTY

NAMES = [
    NASTY,
    "Bad Nauheim-Süd",
    "1. FC Muster",
    "- Rest",
    "+ 3",
    "(1) Nord",
    "A. Müller",
    "% Anteil",
    "https://example.org/a_b",
    "<i>kursiv</i>",
    "Straße -- Platz ... Ende",
    "{{< include x >}}",
    ": Unterschrift {#tbl-x}",
    "::: {.callout-note}",
    "Backslash am Ende \\",
]


def _paragraph(markdown: str) -> str:
    written = pandoc.run(["-f", "markdown", "-t", "html", "--wrap=none"], markdown, Path("."))
    return html.unescape(re.sub(r"<[^>]+>", "", written)).strip()


@pytest.mark.parametrize("name", NAMES)
def test_name_is_shown_as_it_is(name: str) -> None:
    assert _paragraph(escape_markdown(name)) == name


@pytest.mark.parametrize("name", NAMES)
def test_name_in_heading_table_and_attribute(name: str) -> None:
    text = escape_markdown(name)
    markdown = (
        f"# {text} {{#sec-x}}\n\n| {text} | b |\n|---|--:|\n| {text} | 1 |\n\n: {text} {{#tbl-x}}"
    )
    written = pandoc.run(["-f", "markdown", "-t", "html", "--wrap=none"], markdown, Path("."))
    assert html.unescape(re.sub(r"<[^>]+>", "", written)).count(name) == 4
    image = f'![](a.svg){{fig-alt="{escape_attribute(name)}"}}'
    written = pandoc.run(["-f", "markdown", "-t", "html", "--wrap=none"], image, Path("."))
    assert html.unescape(written.split('data-fig-alt="')[1].split('"')[0]) == name


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1))
def test_any_ascii_text_survives(name: str) -> None:
    plain = " ".join(name.split())
    assert unescape_markdown(escape_markdown(name)) == plain
    assert _paragraph(f"Anfang {escape_markdown(name)} Ende") == " ".join(
        ["Anfang", *plain.split(), "Ende"]
    )


def test_ordinary_names_stay_readable() -> None:
    assert escape_markdown("Soziale Lebenslagen 2023/24, Kreis-Mitte") == (
        "Soziale Lebenslagen 2023/24, Kreis-Mitte"
    )


def test_line_breaks_become_blanks() -> None:
    assert escape_markdown("a\n\n# b") == "a \\# b"
    assert escape_attribute('a\n"b"') == 'a \\"b\\"'
