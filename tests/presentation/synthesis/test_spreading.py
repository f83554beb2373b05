"""How unevenly groups are spread: only where all areas are published."""

import numpy as np

from spm.config.synthesis import Synthese
from spm.presentation.synthesis.spreading import spread
from tests.presentation.synthesis.together_sample import POVERTY, SPEECH, poverty, shown

ASKED = Synthese(segregation=[POVERTY, SPEECH])


def test_index_chance_and_what_lies_beyond():
    found = spread([poverty(7, people=900)], ASKED).markdown
    assert "müssten rechnerisch in einem anderen Sozialraum leben" in found
    # D by hand: shares 5 to 30 % of 900 children each.
    shares = np.rint(900 * np.linspace(0.05, 0.3, 7))
    by_hand = np.abs(shares / shares.sum() - (900 - shares) / (6300 - shares.sum())).sum() / 2
    assert f"| {100 * by_hand:.1f}".replace(".", ",") in found
    assert "nicht mehr als Zufall" not in found


def test_what_chance_may_do_has_no_interval():
    found = spread([shown(SPEECH, [0.2, 0.22, 0.19, 0.21, 0.2], people=60)], ASKED).markdown
    assert "| – | nicht mehr als Zufall |" in found


def test_a_suppressed_area_leaves_no_index():
    """With D of the true counts a reader could solve for the suppressed one."""
    found = spread([poverty(7, hidden=[3])], ASKED).markdown
    assert "Für „SGB-II-Quote unter 18“ ist die Verteilung nicht berechnet" in found
    assert "%" not in found


def test_groups_of_areas_leave_none_either():
    found = spread([poverty(7, groups={"1": ("Sozialraum 1", "Sozialraum 8")})], ASKED).markdown
    assert "ist die Verteilung nicht berechnet" in found


def test_nothing_where_nothing_is_asked():
    assert not spread([poverty(7)], Synthese())
