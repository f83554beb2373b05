"""Names along a gradient: clear of everything that is drawn, else numbers alone."""

from itertools import combinations

import pytest

from spm.presentation.figures import naming, slope, style
from spm.presentation.figures.scale import Scale
from spm.presentation.views import AreaRow
from tests.presentation_sample import sicht

PLACES = [
    (15, 8, 29),
    (16, 9, 28),
    (21, 13, 34),
    (9, 4, 19),
    (31, 20, 46),
    (38, 28, 51),
    (62, 53, 74),
]
"""Value and interval of areas that lie close together, as in the demo."""


def rows(called="Sozialraum {}"):
    return [
        AreaRow(
            raum=str(i),
            name=called.format(i),
            status="ok",
            nenner=people,
            wert=value,
            ki_unten=low,
            ki_oben=high,
        )
        for i, ((value, low, high), people) in enumerate(
            zip(PLACES, (500, 600, 700, 640, 730, 1000, 1900), strict=True), start=1
        )
    ]


def labelled(own, width):
    """What is written, whether in numbers, and everything that is drawn."""
    line = [10.7 * 7.6 ** (i / 40) for i in range(41)]
    up = Scale(
        [*(x for row in own for x in row.limits), *line], slope.BOTTOM, slope.TOP, zero=False
    )
    right = width - slope.MARGIN
    marks = slope._marks(own, up, right)
    course = slope._places(line, up, right)
    found, numbered = slope._labels(own, marks, course, width)
    drawn = [box for row, mark in zip(own, marks, strict=True) for box in slope._drawn(row, mark)]
    return found, numbered, [*drawn, *((x, y, x, y) for x, y in course)]


@pytest.mark.parametrize("width", [style.WIDTH, style.PHONE])
@pytest.mark.parametrize("called", ["Sozialraum {}", "Ort{}markt"])
def test_no_name_lies_on_a_line_a_bar_or_a_name(width, called):
    found, _, drawn = labelled(rows(called), width)
    assert found
    for _, box in found:
        assert not naming.hits(box, drawn)
    assert not any(naming.hits(a, [b]) for (_, a), (_, b) in combinations(found, 2))


def test_where_names_have_no_room_all_numbers_stand():
    found, numbered, _ = labelled(rows(), style.PHONE)
    assert numbered
    assert sorted(text for text, _ in found) == list("1234567")


def test_numbers_are_explained():
    entries = slope._foot(sicht(), numbered=True)
    assert entries[-1].text == "Zahl daneben: Nummer (Sozialraum)"
    assert len(slope._foot(sicht(), numbered=False)) == len(entries) - 1
