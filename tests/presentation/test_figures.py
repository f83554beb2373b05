"""Maps, bars and time series: nothing leaves the figure, nothing hidden is drawn."""

import re
import warnings
from dataclasses import replace

import pytest
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg

from spm.presentation import judging
from spm.presentation.figures import marks, style
from spm.presentation.figures.bars import draw_bars
from spm.presentation.figures.block import draw_block
from spm.presentation.figures.canvas import shorten, text_width, wrap
from spm.presentation.figures.funnel import draw_funnel
from spm.presentation.figures.geometry import merged
from spm.presentation.figures.lines import spread
from spm.presentation.figures.maps import draw_map
from spm.presentation.figures.placing import place
from spm.presentation.figures.series import LEADER, draw_series
from spm.presentation.views import AreaRow, IndicatorView, Place
from tests.presentation_sample import NASTY, areas, kennzahl, sicht

COUNT = kennzahl("einwohner", art="anzahl", einheit="Personen", nachkommastellen=0)
CHANGE = kennzahl("veraenderung", art="veraenderung", nachkommastellen=1)
HIDDEN = [
    (None, "2", 2023, "gesperrt"),
    (None, "3", 2023, "nicht_geliefert"),
    (None, "1", None, "absender_gesperrt"),
    (None, "2", 2020, "gesperrt"),
]


def figures(view, width=style.WIDTH):
    shapes = list(areas(len(view.area_names)).geometry)
    return {
        "karte": draw_map(view, shapes, width=width),
        "balken": draw_bars(view, width),
        "zeitreihe": draw_series(view, width),
        "block": draw_block(view, shapes, width),
    }


def texts(canvas):
    return [t for t in canvas.axes.get_children() if hasattr(t, "get_text") and t.get_text()]


@pytest.mark.slow
@pytest.mark.parametrize("entry", [kennzahl(), COUNT, CHANGE], ids=lambda e: e.id)
@pytest.mark.parametrize("n", [1, 3, 7, 13, 86])
def test_everything_stays_inside_the_figure(n, entry):
    for kind, canvas in figures(sicht(n, entry, hidden=HIDDEN if n > 3 else ())).items():
        renderer = FigureCanvasAgg(canvas.figure).get_renderer()
        frame = canvas.figure.bbox
        for text in texts(canvas):
            box = text.get_window_extent(renderer)
            inside = box.x0 >= -1 and box.x1 <= frame.x1 + 1 and box.y0 >= -1
            assert inside and box.y1 <= frame.y1 + 1, (kind, text.get_text())
        assert canvas.width == style.WIDTH
        assert canvas.height <= style.PAGE + 1, kind


@pytest.mark.slow
@pytest.mark.parametrize("entry", [kennzahl(), COUNT, CHANGE], ids=lambda e: e.id)
@pytest.mark.parametrize("n", [1, 3, 7, 13, 86])
def test_everything_stays_inside_a_figure_for_phones(n, entry):
    names = ["Kleiner Grasbrook und Steinwerder", *(f"Sozialraum {i + 2}" for i in range(n - 1))]
    view = sicht(n, entry, names=names, hidden=HIDDEN if n > 3 else ())
    drawn = figures(view, style.PHONE)
    if entry.art == "anteil":
        drawn["trichter"] = draw_funnel(view, style.PHONE)
    for kind, canvas in drawn.items():
        renderer = FigureCanvasAgg(canvas.figure).get_renderer()
        for text in texts(canvas):
            box = text.get_window_extent(renderer)
            assert box.x0 >= -1 and box.x1 <= style.PHONE + 1, (kind, text.get_text())
            assert box.y0 >= -1 and box.y1 <= canvas.height + 1, (kind, text.get_text())
            assert text.get_fontsize() >= style.TINY
        assert canvas.width == style.PHONE


@pytest.mark.slow
@pytest.mark.parametrize("fenster", [2, 3])
@pytest.mark.parametrize("n", [3, 7, 13, 86])
def test_figures_of_pooled_years_say_so_inside_the_figure(n, fenster):
    entry = kennzahl(
        kurztitel="Ein langer Kurztitel aus vierzig Zeichen",
        einheit="je 1.000 Kinder und Jugendliche",
    )
    view = sicht(n, entry, fenster=fenster, hidden=HIDDEN if n > 3 else ())
    for kind, canvas in figures(view).items():
        renderer = FigureCanvasAgg(canvas.figure).get_renderer()
        written = " ".join(t.get_text() for t in texts(canvas))
        for text in texts(canvas):
            box = text.get_window_extent(renderer)
            assert box.x0 >= -1 and box.x1 <= canvas.width + 1, (kind, text.get_text())
            assert box.y0 >= -1 and box.y1 <= canvas.height + 1, (kind, text.get_text())
        span = "2022 und 2023" if fenster == 2 else "2021 bis 2023"
        number = "zwei" if fenster == 2 else "drei"
        wanted = f"Jeder Punkt fasst {number} Jahre zusammen" if kind == "zeitreihe" else span
        assert wanted in written, kind


def test_a_pooled_series_begins_with_the_first_whole_window():
    lines = draw_series(sicht(3, fenster=3)).axes.get_lines()
    assert (
        max(len(line.get_ydata()) for line in lines if line.get_marker() == "o") == 4
    )  # 2020 to 2023
    assert "2018" not in [t.get_text() for t in texts(draw_series(sicht(3, fenster=3)))]


def test_a_group_is_one_face_of_the_map():
    squares = dict(zip("123", areas(3).geometry, strict=True))
    outlines = merged(squares, [("1", "2"), ("3",)])
    assert [shape.area for shape in outlines] == [2e6, 1e6]
    assert outlines[0].geom_type == "Polygon" and outlines[1] is squares["3"]
    view = sicht(2, names=["Nord", "Zoo"], gruppen={"Nord": ("Altstadt", "Berg")})
    written = [t.get_text() for t in texts(draw_map(view, outlines))]
    assert written.count("Nord") == 1 and written.count("Zoo") == 1


@pytest.mark.parametrize("n", [7, 13])
def test_every_area_of_a_small_municipality_is_labelled_without_overlap(n):
    view = sicht(n, hidden=HIDDEN)
    canvas = draw_map(view, list(areas(n).geometry))
    renderer = FigureCanvasAgg(canvas.figure).get_renderer()
    labels = [t for t in texts(canvas) if t.get_ha() == "center"]
    written = " ".join(t.get_text() for t in labels)
    boxes = [t.get_window_extent(renderer).shrunk(0.98, 0.7) for t in labels]
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])
    assert written.count("Sozialraum") == n


def test_a_gap_is_never_zero_and_a_hidden_value_has_no_bar():
    view = sicht(4, hidden=[(None, "2", 2020, "gesperrt"), (None, "3", 2023, "gesperrt")])
    lines = [
        line.get_ydata()
        for line in draw_series(view).axes.get_lines()
        if len(line.get_ydata()) == 6
    ]
    assert sum(any(y != y for y in ys) for ys in lines) == 2
    bars = [p for p in draw_bars(view).axes.patches if p.get_height() > 9]
    assert len(bars) == 3
    assert "•" in [t.get_text() for t in texts(draw_bars(view))]


def test_a_shortened_axis_says_so():
    rows = {
        (raum, year): AreaRow(raum, raum, "ok", wert=value)
        for raum, value in (("A", 17.0), ("B", 19.0), ("gesamt", 18.0))
        for year in (2022, 2023)
    }
    for names in ("AB", "AAAAAAAAAB"):  # one plot, and one panel each
        view = IndicatorView(
            kennzahl(), Place("X"), 2023, (2022, 2023), tuple((n, n) for n in names), rows
        )
        assert any("(Achse beginnt bei 17)" in t.get_text() for t in texts(draw_series(view)))


def test_a_panel_shows_the_reporting_year_and_not_an_older_value():
    hidden = [(None, "2", 2023, "gesperrt"), (None, "3", None, "absender_gesperrt")]
    view = sicht(13, hidden=hidden)
    written = [t.get_text() for t in texts(draw_series(view))]
    assert view.number(view.row("1").wert) in written
    assert view.number(view.row("2", 2022).wert) not in written
    assert "•" in written and "x" in written
    note = " ".join(written[-2:])
    assert "Fett gedruckt: Wert für 2023; •\u00a0aus Gründen" in note
    assert "x\u00a0vom Absender" in note


def test_panels_name_the_municipality_only_if_it_has_a_line():
    one = [(None, "gesamt", year, "nicht_geliefert") for year in range(2019, 2024)]
    for hidden, shown in (((), True), (one, False)):
        written = [t.get_text() for t in texts(draw_series(sicht(13, hidden=hidden)))]
        assert ("Musterstadt" in written) is shown


@pytest.mark.parametrize("n", [9, 13, 20, 86])
def test_panels_have_a_labelled_axis_and_leave_none_alone(n):
    canvas = draw_series(sicht(n))
    written = [t.get_text() for t in texts(canvas)]
    names = [t for t in texts(canvas) if t.get_text().startswith("Sozialraum ")]
    lines = len({t.get_position()[1] for t in names})
    assert written.count("0") == lines  # zero and the highest tick, once per line
    last = max(t.get_position()[1] for t in names)
    assert sum(t.get_position()[1] == last for t in names) > 1


def test_pointers_cross_neither_labels_nor_each_other():
    row = [shapely.box(90 + 3 * i, 90 + 2 * i, 92 + 3 * i, 92 + 2 * i) for i in range(4)]
    labels = place(row, [[(40, 18)]] * 4, (0, 0, 300, 300))
    lines = [shapely.LineString([(b.x, b.y), b.pointer]) for b in labels]
    boxes = [shapely.box(b.x - 20, b.y - 9, b.x + 20, b.y + 9) for b in labels]
    for i, line in enumerate(lines):
        assert not any(line.intersects(other) for other in lines[:i])
        assert not any(line.intersects(box) for j, box in enumerate(boxes) if j != i)


def test_two_sides_of_zero_share_one_ladder_of_tints():
    assert style.diverging(1, 3)[0] == style.diverging(3, 3)[2]
    assert len(set(style.diverging(2, 3))) == 5


def test_kinds_of_missing_areas_look_different():
    canvas = draw_map(sicht(7, hidden=HIDDEN), list(areas(7).geometry))
    assert {p.get_hatch() for p in canvas.axes.patches} >= {"////", "xxxx", "..."}
    written = " ".join(t.get_text() for t in texts(canvas))
    for words in ("vom Absender", "nicht geliefert", "aus Gründen der"):
        assert words in written


@pytest.mark.slow
def test_names_are_drawn_as_they_are(tmp_path):
    view = sicht(5, names=NASTY, ort=Place("<b>$x_1$</b>"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for kind, canvas in figures(view).items():
            canvas.save(tmp_path / f"{kind}.svg")
            source = (tmp_path / f"{kind}.svg").read_text(encoding="utf-8")
            assert "<script" not in re.sub(r"<!--.*?-->", "", source, flags=re.DOTALL)
    assert "$a_b$ *x*" in [t.get_text() for t in texts(draw_bars(view))]


@pytest.mark.slow
def test_the_same_data_give_the_same_bytes(tmp_path):
    for run in ("a", "b"):
        for kind, canvas in figures(sicht(7, hidden=HIDDEN)).items():
            canvas.save(tmp_path / run / f"{kind}.svg")
    for kind in ("karte", "balken", "zeitreihe"):
        first, second = ((tmp_path / run / f"{kind}.svg").read_bytes() for run in "ab")
        assert first == second
        assert b"<dc:date>" not in first


def test_one_year_and_one_area_are_enough():
    view = sicht(1, years=(2023,))
    for canvas in figures(view).values():
        assert texts(canvas)


def test_labels_find_a_place_beside_areas_that_are_too_small():
    tiny = [shapely.box(50 + 3 * i, 50, 52 + 3 * i, 52) for i in range(4)]
    labels = place(tiny, [[(40, 18)]] * 4, (0, 0, 200, 200))
    assert all(label and label.pointer for label in labels)
    boxes = [shapely.box(b.x - 20, b.y - 9, b.x + 20, b.y + 9) for b in labels]
    overlap = [a.intersection(b).area for i, a in enumerate(boxes) for b in boxes[:i]]
    assert max(overlap) < 1e-6


def test_line_labels_are_moved_apart():
    assert spread([10, 10, 50], 10, (0, 100)) == [5, 15, 50]
    assert spread([95, 99], 10, (0, 100)) == [90, 100]
    assert spread([], 10, (0, 100)) == []


def test_text_is_fitted_to_its_room():
    assert shorten("Altstadt", 500, 9) == "Altstadt"
    cut = shorten("Altstadt mit Hafen und Werft", 60, 9)
    assert cut.endswith("…") and text_width(cut, 9) <= 60
    assert wrap("eins zwei drei vier", 40, 9, 2)[0] == "eins zwei"


def test_long_names_break_where_a_reader_would_break_them():
    name = "Kleiner Grasbrook und Steinwerder"
    assert wrap(name, 80, 8) == ["Kleiner Grasbrook und", "Steinwerder"]
    assert wrap("Schieder-Schwalenberg", 60, 8) == ["Schieder-", "Schwalenberg"]
    assert wrap("Roggendorf/Thenhoven", 60, 8) == ["Roggendorf/", "Thenhoven"]
    assert wrap("SGB-II-Quote unter 18", 56, 8)[0] == "SGB-II-Quote"
    assert wrap("Schieder-Schwalenberg, Stadt am Wald", 60, 8)[1].endswith("berg…")


def test_the_names_of_lines_take_two_lines_before_they_are_cut():
    names = ["Kleiner Grasbrook und Steinwerder", "Zoo", "Süd"]
    for width in (style.WIDTH, style.PHONE):
        written = [t.get_text() for t in texts(draw_series(sicht(3, names=names), width))]
        assert any(text.startswith("Kleiner Grasbrook") for text in written)
        assert any(text.endswith("Steinwerder") for text in written)


def test_leaders_do_not_look_like_lines():
    lines = draw_series(sicht(3)).axes.get_lines()
    leaders = [line for line in lines if line.get_color() == LEADER["color"]]
    assert len(leaders) == 4 and all(line.is_dashed() for line in leaders)


def classified(classes, smoothed=0.0):
    """Areas of given classes, with smoothed values moved towards the municipality."""
    view = sicht(len(classes))
    rows = dict(view.rows)
    for i, klasse in enumerate(classes, start=1):
        row = rows[str(i), 2023]
        near = row.wert + smoothed * (view.total.wert - row.wert)
        rows[str(i), 2023] = row._replace(klasse=klasse, geglaettet=near)
    return replace(view, rows=rows)


def discs(canvas):
    """How many discs with a sign there are, by colour."""
    found = [
        line.get_markerfacecolor()
        for line in canvas.axes.get_lines()
        if line.get_marker() == "o" and line.get_markersize() == marks.DISC
    ]
    return {colour: found.count(colour) for colour in dict.fromkeys(found)}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["karte", "balken", "block"])
def test_differences_show_without_colour(kind):
    view = classified(["deutlich_ueber", "ueber", "wie", "unter", "deutlich_unter"])
    found = discs(figures(view)[kind])
    once = 2 if kind != "block" else 3  # in the legend, too; and on the map of the block
    assert found == {
        style.JUDGED[judging.UNGUENSTIG2]: 2 * once,
        style.JUDGED[judging.UNGUENSTIG]: once,
        style.JUDGED[judging.GUENSTIG]: once,
        style.JUDGED[judging.GUENSTIG2]: 2 * once,
    }
    assert not discs(figures(classified(["wie"] * 5))[kind])


def test_an_indicator_that_is_not_judged_takes_no_judging_colour(tmp_path):
    view = classified(["deutlich_ueber", "ueber", "wie", "unter", "deutlich_unter"])
    neutral = replace(view, indicator=kennzahl(richtung="neutral"))
    for kind, canvas in figures(neutral).items():
        canvas.save(tmp_path / f"{kind}.svg")
        source = (tmp_path / f"{kind}.svg").read_text(encoding="utf-8")
        for name in (*judging.FAVOURABLE, *judging.UNFAVOURABLE):
            assert style.JUDGED[name] not in source, kind
        written = " ".join(t.get_text() for t in texts(canvas))
        assert "günstig" not in written, kind


def test_smoothed_values_are_drawn_beside_the_raw_ones():
    def diamonds(view):
        return [m for m in (li.get_marker() for li in draw_bars(view).axes.get_lines()) if m == "D"]

    assert len(diamonds(classified(["wie"] * 5, smoothed=0.5))) == 5 + 1  # and in the legend
    assert not diamonds(classified(["wie"] * 5, smoothed=0.0))


@pytest.mark.parametrize("n", [7, 13])
def test_a_break_interrupts_every_line(n):
    entry = kennzahl(brueche={2021: "Erhebung umgestellt"})
    lines = [li.get_ydata() for li in draw_series(sicht(n, entry)).axes.get_lines()]
    series = [ys for ys in lines if len(ys) == 7]  # six years and a gap
    assert len(series) >= n and all(ys[3] != ys[3] for ys in series)
    assert not any(len(li.get_ydata()) == 7 for li in draw_series(sicht(n)).axes.get_lines())
