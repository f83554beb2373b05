"""The block figure: legible, of few and of many areas, and no map where nothing differs."""

import re
from dataclasses import replace
from itertools import combinations

import pytest
import shapely

from spm.presentation import judging
from spm.presentation.figures import choosing, clearmap, style
from spm.presentation.figures.block import FIGURE, draw_block
from spm.presentation.figures.canvas import text_width
from spm.presentation.figures.kinds import kind_of
from spm.presentation.views import Place
from spm.presentation.wording.blockalt import of_block
from spm.published import ComparisonValue
from spm.text.permitted import ALT_LONGEST
from tests.presentation_sample import areas, kennzahl, sicht

WIDTHS = {"paper": style.WIDTH, "phone": style.PHONE}
HIDDEN = [
    (None, "2", 2023, "gesperrt"),
    (None, "3", 2023, "absender_gesperrt"),
    (None, "5", None, "nicht_geliefert"),
    (None, "2", 2020, "gesperrt"),
]
KREIS = ComparisonValue("Kreis Muster", 2022, 14.1, "Quelle", "Kreis")
LAND = ComparisonValue("Nordrhein-Westfalen", 2023, 16.0, "Quelle", "Land")


def alike(view):
    """The same view, with no area that differs by more than chance."""
    rows = {k: row._replace(klasse="wie" if row.klasse else None) for k, row in view.rows.items()}
    return replace(view, rows=rows)


def untested(view):
    """The same view, with no area that is compared."""
    rows = {key: row._replace(klasse=None) for key, row in view.rows.items()}
    return replace(view, rows=rows)


def estimated(view):
    rows = {
        (raum, year): row._replace(geschaetzt=row.ok and year < 2022 and raum != "gesamt")
        for (raum, year), row in view.rows.items()
    }
    return replace(view, rows=rows)


CASES = {
    "three": lambda: sicht(3),
    "seven": lambda: replace(sicht(7, hidden=HIDDEN), elsewhere=(KREIS, LAND)),
    "twenty": lambda: replace(sicht(20, hidden=HIDDEN), elsewhere=(KREIS, LAND)),
    "many": lambda: sicht(99, hidden=HIDDEN),
    "none": lambda: alike(sicht(7)),
    "none of many": lambda: alike(sicht(86)),
    "one year": lambda: sicht(7, years=(2023,)),
    "count": lambda: sicht(7, kennzahl(art="anzahl", einheit="Personen", nachkommastellen=0)),
    "change": lambda: sicht(7, kennzahl(art="veraenderung", richtung="neutral")),
    "pooled": lambda: estimated(sicht(7, fenster=3, hidden=HIDDEN)),
    "break": lambda: sicht(7, kennzahl(brueche={2021: "Die Erhebung wurde umgestellt."})),
    "group": lambda: sicht(
        3,
        names=["Nord und Altstadt", "Kleiner Grasbrook und Steinwerder", "Zoo"],
        gruppen={"Nord und Altstadt": ("Nord", "Altstadt")},
    ),
}


def drawn(view, width=style.WIDTH):
    return draw_block(view, list(areas(len(view.area_names)).geometry), width)


def texts(canvas):
    return [t for t in canvas.axes.get_children() if hasattr(t, "get_text") and t.get_text()]


def boxes(canvas):
    found = []
    for text in texts(canvas):
        (x, y), size = text.get_position(), text.get_fontsize()
        width = text_width(text.get_text(), size, text.get_weight())
        left = x - {"left": 0, "center": 0.5, "right": 1}[text.get_ha()] * width
        found.append((text.get_text(), shapely.box(left, y - size / 3, left + width, y + size / 3)))
    return found


def written(canvas):
    return [t.get_text() for t in texts(canvas)]


def maps(canvas):
    """Whether areas are drawn: each is filled, or hatched."""
    return any(p.get_facecolor()[:3] == rgb(clearmap.LAND) or p.get_hatch()
               for p in canvas.axes.patches)  # fmt: skip


def rgb(colour):
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("case", CASES)
def test_texts_stay_inside_apart_and_readable(case, width):
    canvas = drawn(CASES[case](), WIDTHS[width])
    frame = shapely.box(-0.5, 0, canvas.width + 0.5, canvas.height)
    found = boxes(canvas)
    for text, box in found:
        assert frame.covers(box), text
    for (one, a), (other, b) in combinations(found, 2):
        assert a.intersection(b).area < 1.5, (one, other)
    assert min(t.get_fontsize() for t in texts(canvas)) >= style.TINY
    assert canvas.width == WIDTHS[width]


@pytest.mark.parametrize(
    ("case", "most"),
    [("three", 215), ("seven", 235), ("none", 215), ("one year", 215), ("twenty", 330)],
)
def test_a_block_leaves_room_for_two_on_a_page(case, most):
    assert drawn(CASES[case]()).height <= most


def test_there_is_a_map_only_where_something_differs():
    for case in CASES:
        view = CASES[case]()
        assert maps(drawn(view)) <= judging.differs(view), case
    assert maps(drawn(CASES["pooled"]()))
    asked = []
    FIGURE.draw(CASES["none"](), lambda view: asked.append(view))
    assert not asked  # nobody needs to read outlines


def test_few_areas_all_have_a_row_with_their_number_or_sign():
    view = CASES["seven"]()
    found = written(drawn(view))
    for row in view.areas:
        assert found.count(row.name) == 2  # in the plot and above the series
        assert (
            view.short(row.shown) if row.ok else {"2": "•", "3": "x", "5": "…"}[row.raum]
        ) in found
    assert any(text.startswith("Musterstadt ") for text in found)
    assert "Kreis Muster (2022) 14,10\u00a0%" in found
    assert "Nordrhein-Westfalen 16,00\u00a0%" in found


def test_of_many_areas_the_clear_ones_have_a_row_and_the_rest_is_a_band():
    view = CASES["many"]()
    choice = choosing.chosen(view)
    assert len(choice.named) == choosing.FEW
    assert {row.raum for row in choice.named} | {row.raum for row in choice.rest} == {
        row.raum for row in view.published
    }
    assert all(row.klasse in ("ueber", "unter") for row in choice.named)
    found = written(drawn(view))
    assert f"{len(choice.rest)} übrige Sozialräume" in found
    assert "ein Strich je Sozialraum" in found


def test_the_clearest_areas_come_from_both_sides():
    view = sicht(86)
    high = [row for row in view.published if row.klasse == "ueber"]
    low = [row for row in view.published if row.klasse == "unter"]
    for many, few in ((high, low[:2]), (high[:2], low), (high, low)):
        rows = choosing.clearest(view, [*many, *few], 8)
        ups = sum(row.klasse == "ueber" for row in rows)
        assert len(rows) == 8 and min(ups, 8 - ups) == min(4, len(few), len(many))


def test_of_many_counts_the_highest_and_lowest_are_named_and_have_a_series():
    count = kennzahl(art="anzahl", einheit="Personen", nachkommastellen=0)
    view = untested(sicht(86, count, hidden=[(None, "3", 2023, "gesperrt")]))
    choice = choosing.chosen(view)
    shown = sorted((row.shown for row in view.published), reverse=True)
    ends = [*shown[: choosing.ENDS // 2], *shown[-choosing.ENDS // 2 :]]
    assert [row.shown for row in choice.named] == ends
    assert len(choice.rest) == 85 - choosing.ENDS
    found = written(drawn(view))
    assert found.count(choice.named[0].name) == 2, "a row and a panel"
    assert not choosing.chosen(CASES["none of many"]()).named, "tests that show none name none"


def test_a_suppressed_value_leaves_no_trace():
    """Two views that differ in a hidden value alone give the same picture."""
    one = sicht(7, hidden=HIDDEN)
    rows = {k: r if r.ok else r._replace(zaehler=None, nenner=None) for k, r in one.rows.items()}
    assert written(drawn(one)) == written(drawn(replace(one, rows=rows)))
    two = choosing.chosen(one)
    assert [row.raum for row in two.named][-3:] == ["2", "3", "5"]  # in area order


def test_series_are_there_if_there_is_more_than_one_year():
    assert "2018" in written(drawn(sicht(7)))
    assert "2023" not in written(drawn(CASES["one year"]()))
    assert "2020" in written(drawn(CASES["pooled"]()))
    told = " ".join(written(drawn(CASES["break"]())))
    assert "nicht vergleichbar" in told
    # The note below the figure says why, see `spm.presentation.indicatorblock`.
    assert "umgestellt" not in told


def test_areas_are_named_by_their_own_numbers_or_by_letters():
    keys, named = choosing.keys_of(sicht(3).areas)
    assert named and keys == {"1": "1", "2": "2", "3": "3"}
    keys, named = choosing.keys_of(sicht(3, names=["Nord", "Süd 2", "Zoo"]).areas)
    assert not named and list(keys.values()) == ["A", "B", "C"]
    found = written(drawn(sicht(3, names=["Nord", "Süd 2", "Zoo"])))
    assert found.count("A") == found.count("C") == 2  # on the map and before the name


@pytest.mark.parametrize("width", WIDTHS)
def test_files_are_small_and_keep_their_numbers(width, tmp_path):
    view = CASES["seven"]()
    view = replace(view, indicator=kennzahl(einheit="je 1.000", kurztitel="Hilfen"))
    drawn(view, WIDTHS[width]).save(tmp_path / "block.svg")
    source = (tmp_path / "block.svg").read_text(encoding="utf-8")
    assert "1.000, 2023" in source
    assert len(source) < 60_000
    assert re.search(r'<svg[^>]* width="[\d.]+pt"', source)


@pytest.mark.parametrize("case", CASES)
def test_alt_texts_are_short_and_say_what_differs(case):
    view = CASES[case]()
    text = of_block(view)
    assert len(text) <= ALT_LONGEST
    if judging.differs(view):
        assert "Gegenüber der übrigen Kommune" in text
    elif any(row.klasse for row in view.published):
        assert "Kein Unterschied" in text


def test_the_alt_text_names_the_areas_and_the_comparison():
    view = replace(sicht(5), elsewhere=(KREIS,))
    rows = dict(view.rows)
    for raum, klasse in (
        ("1", "deutlich_ueber"),
        ("2", "unter"),
        ("3", "wie"),
        ("4", "wie"),
        ("5", "wie"),
    ):
        rows[raum, 2023] = rows[raum, 2023]._replace(klasse=klasse)
    text = of_block(replace(view, rows=rows, place=Place("Ort")))
    assert "ungünstiger: Sozialraum 1" in text and "günstiger: Sozialraum 2" in text
    assert "Ort: " in text and "Zum Vergleich: Kreis Muster (2022) 14,10\u00a0%." in text


def test_notebooks_can_ask_for_it():
    assert kind_of("block") is FIGURE
