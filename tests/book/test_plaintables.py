"""Tables read without pandoc look as if pandoc had read them."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spm.book import plaintables, reading

LETTERS = (
    "abZß 1.,-–%()/+?;:!'\"\\*_`~^$@#&<>[]{}=|…•≈↑é\xa0\u202f\u00ad"  # what names and markup hold
)
CELL = st.one_of(
    st.sampled_from(
        ["12,3", "1.234", "−0,5", "•", "", "**993**", "*Rest*", "14,51–19,00", "Süd-West"]
    ),
    st.text(alphabet=LETTERS, max_size=8),
)
LINE = st.sampled_from(["---", "---:", ":--", ":-:"])


@st.composite
def pipe_table(draw: st.DrawFn) -> str:
    columns = draw(st.integers(1, 4))
    row = st.lists(CELL, min_size=columns, max_size=columns)
    rows = draw(st.lists(row, min_size=2, max_size=4))
    line = draw(st.lists(LINE, min_size=columns, max_size=columns))
    lines = [rows[0], line, *rows[1:]]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def read(text: str) -> object:
    chapter = f"# A {{#sec-a}}\n\nDavor.\n\n{text}\n\nDanach.\n"
    return reading.read({"a": chapter}, Path("."), 1)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables=st.lists(pipe_table(), min_size=10, max_size=20))
def test_pandoc_reads_the_same(tables: list[str]) -> None:
    text = "\n\n".join(f"{table}\n\n: Titel {i} {{#tbl-t{i}}}" for i, table in enumerate(tables))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plaintables, "take_out", lambda markdown: (markdown, []))
        by_pandoc = read(text)
    assert read(text) == by_pandoc


def test_numbers_and_names_are_taken_out() -> None:
    text = (
        "Werte:\n\n| Raum | Wert | Intervall (95 %) |\n|:---|---:|---:|\n"
        "| Bad Süd\\-West | 1.234 | 14,5–19,0 |\n| **Stadt** | **2.000** |  |\n\n: Titel {#tbl-a}\n"
    )
    left, (table,) = plaintables.take_out(text)
    assert left == "Werte:\n\n|   |\n| - |\n| spm-tafel-1 |\n\n: Titel {#tbl-a}\n"
    assert table["specs"] == ["AlignLeft", "AlignRight", "AlignRight"]
    assert table["body"] == [
        {
            "cells": [{"text": "Bad Süd-West"}, {"text": "1.234"}, {"text": "14,5–19,0"}],
            "closing": False,
        },
        {
            "cells": [
                {"text": "Stadt", "mark": "Strong"},
                {"text": "2.000", "mark": "Strong"},
                {"text": ""},
            ],
            "closing": True,
        },
    ]


@pytest.mark.parametrize(
    "cell",
    ["$x$", "[a](b)", "`a`", "@tbl-b", "a^2^", "*a* b", "a--b", "...", "Dr. Nord", "a\\|b", '"a"'],
)
def test_anything_else_is_left_to_pandoc(cell: str) -> None:
    text = f"A\n\n| Raum | Wert |\n|---|---|\n| {cell} | 1 |\n"
    assert plaintables.take_out(text) == (text, [])


def test_text_of_a_program_is_no_table() -> None:
    text = "A\n\n```\n\n| a | b |\n|---|---|\n| c | d |\n\n```\n"
    assert plaintables.take_out(text) == (text, [])
