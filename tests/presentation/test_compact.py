"""Files of figures: smaller, and the very same picture."""

import re

import pytest

from spm.presentation.figures.canvas import Canvas
from spm.presentation.figures.compact import compacted, relative
from spm.presentation.figures.maps import draw_map
from tests.presentation_sample import areas, sicht

NUMBER = r"-?\d*\.?\d+"


def points(path):
    """Absolute points of a path with M, l and z, as a renderer reads them."""
    found, at, start, command, numbers = [], (0.0, 0.0), (0.0, 0.0), "", []
    for token in re.findall(rf"[Mlz]|{NUMBER}", path):
        if token == "z":
            found.append("z")
            at = start
        elif token in "Ml":
            command = token
        else:
            numbers.append(float(token))
            if len(numbers) == 2:
                x, y = numbers
                at = (x, y) if command == "M" else (at[0] + x, at[1] + y)
                start = at if command == "M" else start
                found.append((round(at[0], 2), round(at[1], 2)))
                numbers = []
    return found


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("M10 20L10.5 20L9 19.25z", "M10 20l.5 0-1.5-.75z"),
        ("M0 0L1 1L2 3M5 5L4 4z", "M0 0l1 1 1 2M5 5l-1-1z"),
        ("M1 1L2 2zM1.5 1L2 2z", "M1 1l1 1zM1.5 1l.5 1z"),
    ],
)
def test_points_are_told_from_the_one_before(path, short):
    assert relative(path) == short
    absolute = [
        "z" if z else (float(x), float(y))
        for z, x, y in re.findall(rf"(z)|[ML]({NUMBER}) ({NUMBER})", path)
    ]
    assert points(short) == absolute


def test_numbers_in_texts_stay_what_they_are(tmp_path):
    canvas = Canvas(40)
    canvas.text(2.123456, 10, "1.000 Kinder, 12.3456 %")
    canvas.save(tmp_path / "x.svg")
    source = (tmp_path / "x.svg").read_text(encoding="utf-8")
    assert ">1.000 Kinder, 12.3456 %</text>" in source and 'x="2.12"' in source


def test_dotted_areas_take_no_more_bytes_than_others(tmp_path):
    view = sicht(7, hidden=[(None, "2", 2023, "nicht_geliefert")])
    draw_map(view, list(areas(7).geometry)).save(tmp_path / "x.svg")
    source = (tmp_path / "x.svg").read_text(encoding="utf-8")
    assert "<pattern" in source and len(source) < 50_000


def test_outlines_that_are_drawn_twice_are_written_once():
    outline = "M0 0" + "".join(f"L{i} {i % 7}" for i in range(100))
    svg = compacted(f'<svg><path d="{outline}" style="a"/><path d="{outline}" style="b"/></svg>')
    assert svg.count("l1 1") == 1 or svg.count("M0 0") == 1
    assert svg.count('xlink:href="#umriss0"') == 2 and 'style="b"' in svg
