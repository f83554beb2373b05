"""German age groups."""

import pytest

from spm.text.ages import parse_age


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0-2", (0, 2)),
        ("0 – 2", (0, 2)),
        ("0 bis 2 Jahre", (0, 2)),
        ("0 bis unter 3", (0, 2)),
        ("00 - < 03", (0, 2)),
        ("3 bis unter 6 Jahren", (3, 5)),
        ("3-5-Jährige", (3, 5)),
        ("unter 3", (0, 2)),
        ("U3", (0, 2)),
        ("bis unter 18 Jahre", (0, 17)),
        ("17", (17, 17)),
        ("0", (0, 0)),
        ("1 Jahr", (1, 1)),
        ("65 und mehr", (65, None)),
        ("75 und älter", (75, None)),
        ("80 Jahre und älter", (80, None)),
        ("65+", (65, None)),
        ("ab 65 Jahre", (65, None)),
        ("≥65", (65, None)),
        ("Insgesamt", (None, None)),
    ],
)
def test_age_groups_are_completed_years(text, expected):
    assert parse_age(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("über 65", "mehrdeutig: 65 und mehr oder 66 und mehr"),
        ("Ü3", "mehrdeutig"),
        ("5-3", "endet, bevor sie beginnt"),
        ("2020", "nicht plausibel"),
        ("2023-05-03", "Excel eine Angabe wie 3-5"),
        ("3. Mai", "Datum"),
        ("Kinder", "keine erkennbare Altersgruppe"),
    ],
)
def test_other_texts_are_explained(text, message):
    with pytest.raises(ValueError, match=message):
        parse_age(text)
