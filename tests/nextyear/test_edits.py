"""Edits of YAML keep what an analyst wrote."""

import pytest
import yaml

from spm.nextyear.edits import CHECK, Document, child, shifted


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("31.12.2023 | 1 Kind", "31.12.2024 | 1 Kind"),
        ("2022/23", "2023/24"),
        ("Schuljahr 23/24", "Schuljahr 24/25"),
        ("2023/2024", "2024/2025"),
        ("Kinder seit 1990, Stand 2023", "Kinder seit 1990, Stand 2024"),
        ("Bevölkerung am 31.12.2022 für 2023", "Bevölkerung am 31.12.2023 für 2024"),
        ("12023", "12023"),
        ("0/23", "0/23"),
        ("16/17 Jahre", "16/17 Jahre"),
    ],
)
def test_shifted(text, later):
    assert shifted(text, 2023, 1) == later


def test_comments_quotes_and_blanks_stay():
    text = "a:\n  b: '2023'   # wichtig\n\n  c: [1, 2]  # auch\n"
    document = Document(text)
    document.replace(child(document.root, "a", "b"), "2024")
    document.check(child(document.root, "a", "c"), "noch richtig?")
    assert document.edited() == (
        f"a:\n  b: '2024'   # wichtig\n\n  # {CHECK}: noch richtig?\n  c: [1, 2]  # auch\n"
    )
    assert document.asked == ["noch richtig?"]
    assert yaml.safe_load(document.edited()) == {"a": {"b": "2024", "c": [1, 2]}}
