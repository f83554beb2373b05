"""Maps: a true scale bar, labels that do not collide, and borders of every kind of place."""

import math
from itertools import combinations

import geopandas
import pytest
import shapely

from spm.presentation.figures import style
from spm.presentation.figures.canvas import text_width
from spm.presentation.figures.maplegend import scale_length
from spm.presentation.figures.maps import draw_map
from spm.presentation.views import Place
from tests.presentation_sample import areas, kennzahl, sicht

PLACES = {
    "koeln": ("koeln/geo/Stadtteil.shp", "STT_NAME", Place("Köln", "Stadtteil", "Stadtteile")),
    "flensburg": (
        "flensburg/geo/flensburg_stadtteile_epsg25832.geojson",
        "name",
        Place("Flensburg", "Stadtteil", "Stadtteile"),
    ),
    "lippe": (
        "kreis-lippe-nrw/gemeinden_lippe_epsg25832.geojson",
        "name",
        Place("Kreis Lippe", "Gemeinde", "Gemeinden", "f"),
    ),
}
HIDDEN = [
    (None, "1", 2023, "gesperrt"),
    (None, "2", 2023, "absender_gesperrt"),
    (None, "3", 2023, "nicht_geliefert"),
    (None, "4", 2023, "nicht_berechenbar"),
]


def texts(canvas):
    return [t for t in canvas.axes.get_children() if hasattr(t, "get_text") and t.get_text()]


def boxes(canvas):
    """(text, its box as tall as its small letters) of everything written, in points."""
    found = []
    for text in texts(canvas):
        (x, y), size = text.get_position(), text.get_fontsize()
        width = text_width(text.get_text(), size, text.get_weight())
        left = x - {"left": 0, "center": 0.5, "right": 1}[text.get_ha()] * width
        found.append((text.get_text(), shapely.box(left, y - size / 3, left + width, y + size / 3)))
    return found


def assert_apart_and_inside(canvas):
    frame = shapely.box(0, 0, canvas.width, canvas.height)
    written = boxes(canvas)
    for text, box in written:
        assert frame.covers(box), text
    for (one, a), (other, b) in combinations(written, 2):
        assert a.intersection(b).area < 0.5, (one, other)


def scale_bar(canvas):
    """Length of the drawn bar in points and what is written beside it."""
    bars = [
        line.get_xdata()
        for line in canvas.axes.get_lines()
        if line.get_color() == style.QUIET and len(set(line.get_ydata())) == 1
    ]
    written = [t.get_text() for t in texts(canvas) if t.get_text().endswith((" m", " km"))]
    assert len(bars) == len(written) == 1
    return bars[0][1] - bars[0][0], written[0]


@pytest.mark.parametrize("side", [12.0, 60.0, 400.0, 1000.0, 7300.0, 45_000.0])
def test_the_scale_bar_is_as_long_as_it_says(side):
    squares = [shapely.box(i * side, 0, (i + 1) * side, side) for i in range(5)]
    canvas = draw_map(sicht(5), squares)
    faces = [p.get_path().get_extents() for p in canvas.axes.patches if hasattr(p, "get_path")]
    point_per_metre = max(face.width for face in faces[:5]) / side
    points, label = scale_bar(canvas)
    number, unit = label.split()
    metres = float(number.replace(".", "")) * (1000 if unit == "km" else 1)
    assert points / point_per_metre == pytest.approx(metres, rel=0.01)
    assert metres / 10 ** math.floor(math.log10(metres)) in (1, 2, 5)


def test_lengths_of_scale_bars_are_clean():
    assert [scale_length(room) for room in (0.4, 1, 1.9, 199, 4999, 5000)] == [
        1, 1, 1, 100, 2000, 5000,
    ]  # fmt: skip


def test_a_north_arrow_stands_only_where_it_is_wanted():
    plain, marked = (draw_map(sicht(5), list(areas(5).geometry), nordpfeil=n) for n in (0, 1))
    assert "N" not in [t.get_text() for t in texts(plain)]
    assert [t.get_text() for t in texts(marked)].count("N") == 1
    assert_apart_and_inside(marked)


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_labels_of_real_places_do_not_collide(place, shared):
    path, column, ort = PLACES[place]
    frame = geopandas.read_file(shared / "data" / path)
    outlines = [shapely.make_valid(shape) for shape in frame.geometry]
    for places, hidden in ((1, ()), (2, HIDDEN)):
        entry = kennzahl(nachkommastellen=places)
        names = list(frame[column])
        view = sicht(len(frame), entry, names=names, ort=ort, hidden=hidden)
        canvas = draw_map(view, outlines)
        assert_apart_and_inside(canvas)
        labels = [t for t in texts(canvas) if t.get_ha() == "center"]
        values = [t for t in labels if t.get_weight() == "bold"]
        if len(frame) <= 30:
            assert len(values) == len(frame)
            assert not any(len(t.get_text()) > 1 and "…" in t.get_text() for t in labels)
        else:  # where there is no room for all, those that have it are labelled
            assert len(values) > len(frame) / 3


def test_long_names_and_every_kind_of_sign_leave_no_two_texts_on_each_other():
    entry = kennzahl(
        kurztitel="Kinder in Bedarfsgemeinschaften mit mehr als drei weiteren Personen",
        einheit="je 1.000 Kinder und Jugendliche unter 18 Jahren",
    )
    ort = Place(
        "Verbandsgemeinde Sankt Katharinen an der Oberen Waldquelle", "Ortsteil", "Ortsteile"
    )
    for wide in (3000, 300):  # the legend is as high as it needs to be beside a flat map, too
        squares = [shapely.box(i * wide, 0, (i + 1) * wide, 1000) for i in range(7)]
        view = sicht(7, entry, ort=ort, hidden=HIDDEN)
        view.rows["7", 2023] = view.row("7")._replace(geschaetzt=True)
        assert_apart_and_inside(draw_map(view, squares, nordpfeil=True))


def test_the_legend_marks_the_class_of_the_municipality():
    view = sicht(7)
    canvas = draw_map(view, list(areas(7).geometry))
    markers = [
        patch
        for patch in canvas.axes.patches
        if patch.get_facecolor()[:3] == pytest.approx((0x7A / 255, 0x1F / 255, 0x5C / 255))
    ]
    assert len(markers) == 2  # beside its class, and beside its name
    assert any(view.short(view.total.wert) in t.get_text() for t in texts(canvas))
