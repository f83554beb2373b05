"""How unevenly groups are spread: only where all areas are published."""

import numpy as np
import pytest

from spm.config.synthesis import Synthese
from spm.presentation.synthesis.spreading import _since, spread
from spm.synthesis.segregation import Segregation
from tests.presentation.synthesis.together_sample import POVERTY, SPEECH, poverty, shown

ASKED = Synthese(segregation=[POVERTY, SPEECH])


def test_index_chance_and_what_lies_beyond():
    found = spread([poverty(7, people=900)], ASKED).markdown
    assert "„SGB-II-Quote unter 18“ verteilt sich ungleich auf die Sozialräume (D 2023:" in found
    assert "von 0 (gleichmäßig) bis 100 (völlig getrennt)" in found
    # D by hand: shares 5 to 30 % of 900 children each.
    shares = np.rint(900 * np.linspace(0.05, 0.3, 7))
    by_hand = np.abs(shares / shares.sum() - (900 - shares) / (6300 - shares.sum())).sum() / 2
    assert f"| {100 * by_hand:.1f}".replace(".", ",") in found
    assert "nicht mehr als Zufall" not in found


def test_what_chance_may_do_has_no_interval():
    found = spread([shown(SPEECH, [0.2, 0.22, 0.19, 0.21, 0.2], people=60)], ASKED).markdown
    assert "| nicht mehr als Zufall |" in found and "ist nicht nachweisbar (D: " in found


@pytest.mark.parametrize(
    ("now", "words"),
    [(0.31, "2023 ähnlich wie 2018"), (0.5, "2023 ungleicher als 2018"), (0.33, "")],
)
def test_two_years_are_compared_by_their_intervals(now, words):
    before = Segregation(0.35, 0.03, 0.0, 0.30, 0.28, 0.32)
    found = _since(before, before._replace(corrected=now, low=now - 0.02, high=now + 0.02))
    assert found == words.removeprefix("2023 ").removesuffix(" 2018")


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
