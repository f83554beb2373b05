"""The map of the Kurzfassung: who has a sign has a name, and leader lines do not cross."""

import itertools

import numpy as np
import pytest
import shapely

from spm.presentation.figures import leaders, style
from spm.presentation.figures.canvas import text_width
from spm.presentation.figures.overview import draw_overview, signed
from spm.presentation.figures.placing import Label, out_of_the_way
from spm.presentation.profile import Differing


def counted(n):
    """Areas with more, fewer and no differences; only two of 86 differ in five indicators."""
    areas = []
    for i in range(n):
        worse, better = (3, 2) if i in (20, 21) else (i % 2, i // 2 % 2)
        areas.append(Differing(f"Westteil {i}", worse + better, 5, 5, better, worse, 0, 0))
    return areas


def outlines(n):
    """A town in so many irregular pieces, with a narrow one in most neighbourhoods."""
    points = np.random.default_rng(n).uniform(0, 9000, (n, 2))
    town = shapely.Point(4500, 4500).buffer(4400)
    pieces = shapely.get_parts(
        shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=town, ordered=True)
    )
    return [piece.intersection(town.buffer(1500)) for piece in pieces]


def drawn(n, width=style.WIDTH):
    canvas = draw_overview(counted(n), outlines(n), width)
    children = canvas.axes.get_children()
    texts = [t.get_text() for t in children if hasattr(t, "get_text") and t.get_text()]
    lines = [
        shapely.LineString(line.get_xydata())
        for line in children
        if hasattr(line, "get_xydata") and line.get_linewidth() == 0.6
    ]
    return texts, lines


@pytest.mark.parametrize("width", [style.WIDTH, style.PHONE])
@pytest.mark.parametrize("n", [13, 30, 86])
def test_every_sign_has_its_name_before_it(n, width):
    texts, _ = drawn(n, width)
    signs = {area.name: signed(area) for area in counted(n)}
    on_map = texts[: next(i for i, text in enumerate(texts) if text.startswith("Zahl der"))]
    named = dict(zip(on_map[::2], on_map[1::2], strict=True))
    assert named == signs if n <= 30 else named == {k: signs[k] for k in named}
    assert len(named) == (n if n <= 30 else 2)
    assert ("Mit Namen: wo mindestens fünf" in " ".join(texts)) == (n > 30)


@pytest.mark.parametrize("width", [style.WIDTH, style.PHONE])
@pytest.mark.parametrize("n", [13, 30])
def test_leader_lines_do_not_cross(n, width):
    _, lines = drawn(n, width)
    assert len(lines) > n / 3
    assert not any(one.intersects(two) for one, two in itertools.combinations(lines, 2))


@pytest.mark.parametrize("n", [7, 13, 30, 86])
def test_nothing_leaves_the_sheet_of_a_phone(n):
    canvas = draw_overview(counted(n), outlines(n), style.PHONE)
    texts = [t for t in canvas.axes.get_children() if hasattr(t, "get_text") and t.get_text()]
    assert len(texts) > 4
    for text in texts:
        wide = text_width(text.get_text(), text.get_fontsize(), text.get_weight())
        left = text.get_position()[0] - (wide / 2 if text.get_ha() == "center" else 0)
        assert left >= 0 and left + wide <= canvas.width, text.get_text()
        assert text.get_position()[1] <= canvas.height - text.get_fontsize() / 2


def test_signs_are_explained_by_one_of_them():
    texts, _ = drawn(13)
    said = " ".join(texts)
    assert "Lesebeispiel: Westteil 3, 1\u00a0− · 1\u00a0+:" in said
    assert "bei einer Kennzahl ungünstiger und bei einer Kennzahl günstiger." in said


def test_a_leader_goes_round_other_areas_and_labels_if_that_is_not_much_longer():
    areas = [shapely.box(0, 0, 10, 10), shapely.box(10, 0, 40, 10)]
    free = leaders.slots(((0, 0, -10, 10), (41, 0, 0, 10)), 10)
    assert leaders.assign([(8, 5)], free, areas, [0], []) == [0]
    assert leaders.assign([(8, 5)], free, areas[:1], [0], [(2, 2, 6, 8)]) == [1]


def test_a_label_moves_out_of_the_way_of_a_leader_in_its_area():
    area, line = shapely.box(0, 0, 60, 60), shapely.LineString([(0, 30), (60, 30)])
    (label,) = out_of_the_way([area], [Label(30, 30, 0)], [[(20, 10)]], (0, 0, 60, 60), line)
    assert abs(label.y - 30) > 5
    narrow = shapely.box(0, 24, 60, 36)
    kept = out_of_the_way([narrow], [Label(30, 30, 0)], [[(20, 10)]], (0, 0, 60, 60), line)
    assert kept == [Label(30, 30, 0)]
