"""Colours of figures for readers who see them differently, or not at all."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from spm.book.project import ASSETS
from spm.presentation import judging
from spm.presentation.figures import style
from spm.presentation.figures.classes import MAX_CLASSES
from spm.presentation.figures.clearmap import LAND
from spm.products.atlas.colours import _dark
from spm.text.colours import TEXT, contrast

PAPER = "#ffffff"
GRAPHIC = 3.0
"""Least contrast of what carries meaning (WCAG 2.1, criterion 1.4.11, level AA)."""

CLEAR = 10.0
"""Difference in CIELAB at which two areas of colour are told apart without comparing them."""

SIGHT = {
    "as most see": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
"""On linear RGB, severity 1.0: Machado, Oliveira, Fernandes (2009), "A Physiologically-based Model
for Simulation of Color Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics
15 (6), 1291-1298."""


def linear(colour):
    parts = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(colour, sight):
    """CIELAB (D65) of a colour as somebody sees it."""
    rgb = np.clip(np.array(SIGHT[sight]) @ linear(colour), 0, 1)
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = np.array(to_xyz) @ rgb / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def difference(one, other, sight):
    return float(np.linalg.norm(lab(one, sight) - lab(other, sight)))


SCALES = [style.sequential(n) for n in range(2, MAX_CLASSES + 1)] + [
    style.diverging(below, above)
    for below in range(1, MAX_CLASSES)
    for above in range(1, MAX_CLASSES)
    if below + above <= MAX_CLASSES
]


def test_the_simulation_makes_red_and_green_alike():
    assert difference("#b02020", "#4a6a10", "deuteranopia") < CLEAR
    assert difference("#b02020", "#4a6a10", "as most see") > 5 * CLEAR


@pytest.mark.parametrize("sight", SIGHT)
def test_neighbouring_classes_are_told_apart(sight):
    for scale in SCALES:
        for one, other in pairwise(scale):
            assert difference(one, other, sight) >= CLEAR, (one, other)


@pytest.mark.parametrize("sight", SIGHT)
def test_favourable_and_unfavourable_are_told_apart(sight):
    for one, other in combinations(style.JUDGED.values(), 2):
        assert difference(one, other, sight) >= 2 * CLEAR, (one, other)


@pytest.mark.parametrize("sight", SIGHT)
def test_higher_and_lower_are_told_apart(sight):
    colours = [*style.UNJUDGED.values(), style.JUDGED[judging.GLEICH], LAND]
    for one, other in combinations(colours, 2):
        assert difference(one, other, sight) >= CLEAR, (one, other)


@pytest.mark.parametrize("cells", [style.CELLS, style.CELLS_DARK], ids=["light", "dark"])
@pytest.mark.parametrize("sight", SIGHT)
def test_cells_that_judge_are_told_from_all_others(sight, cells):
    for name in (*judging.FAVOURABLE, *judging.UNFAVOURABLE):
        for other in set(cells) - {name}:
            assert difference(cells[name], cells[other], sight) >= 0.75 * CLEAR, (name, other)
    assert difference(cells[judging.HOEHER1], cells[judging.NIEDRIGER1], sight) >= CLEAR


def test_strips_of_profiles_take_the_colour_of_the_municipality():
    for name in ("profil.css", "book.typ"):
        assert style.KOMMUNE in (ASSETS / name).read_text(encoding="utf-8"), name
    dark = _dark()["kommune"]
    assert f".kommune {{ stroke: {dark}" in (ASSETS / "profil.css").read_text(encoding="utf-8")


def test_every_judgement_has_a_colour_and_only_judged_indicators_have_judging_ones():
    assert set(style.MARKED) == set(style.CELLS) == set(judging.NAMES)
    for name in judging.UNJUDGED:
        assert style.MARKED[name] not in style.JUDGED.values()
        for judged in (*judging.FAVOURABLE, *judging.UNFAVOURABLE):
            assert chroma(style.MARKED[name]) < chroma(style.JUDGED[judged])


@pytest.mark.parametrize("colours", [style.UNJUDGED, style.CELLS, style.CELLS_DARK])
def test_what_is_not_judged_is_grey_in_figures_and_in_tables(colours):
    """A light blue for "lower" would read as the blue of "favourable"."""
    assert all(chroma(colours[name]) < 5 for name in judging.UNJUDGED)
    dark = [contrast(style.UNJUDGED[name], PAPER) for name in judging.UNJUDGED]
    assert dark == sorted(dark, reverse=True), "higher is darker"


def test_how_much_and_how_judged_never_look_alike():
    for tint in {colour for scale in SCALES for colour in scale}:
        for name in (*judging.FAVOURABLE, *judging.UNFAVOURABLE):
            assert difference(tint, style.JUDGED[name], "as most see") >= CLEAR, (tint, name)


def chroma(colour):
    return float(np.hypot(*lab(colour, "as most see")[1:]))


@pytest.mark.parametrize("sight", SIGHT)
def test_growth_and_loss_never_look_alike(sight):
    colours = style.diverging(3, 3)
    for below in colours[:3]:
        for above in colours[3:]:
            assert difference(below, above, sight) >= CLEAR, (below, above)


def test_a_scale_gets_darker_in_one_direction_and_both_ends_of_two_are_equally_dark():
    for scale in SCALES[: MAX_CLASSES - 1]:
        dark = [contrast(colour, PAPER) for colour in scale]
        assert dark == sorted(dark)
    ends = style.diverging(2, 2)
    assert contrast(ends[0], PAPER) == pytest.approx(contrast(ends[-1], PAPER), rel=0.15)


def test_what_carries_meaning_stands_out_from_the_paper():
    lines = (style.INK, style.QUIET, style.SERIES, style.KOMMUNE, style.VERGLEICH, style.BAR)
    for colour in (*lines, *(style.edge_of(name) for name in style.MARKED)):
        assert contrast(colour, PAPER) >= GRAPHIC, colour
    for name in style.JUDGED:
        assert style.edge_of(name) == style.JUDGED[name]  # needs no edge
    for state, fill in style.FILLS.items():
        assert contrast(fill["edgecolor"], fill["facecolor"]) >= GRAPHIC, state


def test_a_cased_border_stands_out_from_every_fill():
    for fill in {colour for scale in SCALES for colour in scale} | {PAPER}:
        assert max(contrast(PAPER, fill), contrast(style.QUIET, PAPER)) >= GRAPHIC


def test_numbers_read_on_every_fill():
    fills = {colour for scale in SCALES for colour in scale} | {PAPER}
    for fill in style.CELLS.values():
        assert contrast(style.INK, fill) >= TEXT, fill
    for fill in fills:
        assert contrast(style.text_colour(fill), fill) >= TEXT, fill


def test_areas_without_a_number_differ_without_colour():
    hatches = [fill["hatch"] for fill in style.FILLS.values()]
    assert all(hatches) and len(set(hatches)) == len(hatches)
