"""The social gradient in words and figure, and when it may be called one."""

import numpy as np
import pytest

from spm.config.synthesis import Synthese
from spm.presentation.synthesis.grading import graded
from spm.presentation.synthesis.together import Together
from spm.text.permitted import ALT_LONGEST
from tests.presentation.synthesis.together_sample import POVERTY, SPEECH, poverty, shown

ASKED = Synthese.model_validate({"gefaelle": {"armut": POVERTY, "kennzahlen": [SPEECH]}})


def block(tmp_path, *views, settings=ASKED):
    return graded(Together(views, settings), tmp_path)


def test_a_gradient_is_told_from_end_to_end(tmp_path):
    found = block(tmp_path, poverty(12), shown(SPEECH, np.linspace(0.1, 0.4, 12))).markdown
    assert "steigt der Anteil der Kinder mit sprachlichen Auffälligkeiten rechnerisch von" in found
    assert "Prozentpunkte (95-%-Vertrauensintervall +" in found
    assert "Das Gefälle ist nachweisbar." in found
    assert len(list(tmp_path.iterdir())) == 2
    alt = found.partition('fig-alt="')[2].partition('"}')[0]
    assert "Links Sozialraum 1 (10,0" in alt
    assert len(alt) <= ALT_LONGEST


def test_few_areas_are_told_by_their_own_values(tmp_path):
    """Neither ends of the line nor a multiple, which nobody could take for unproven."""
    found = block(tmp_path, poverty(5), shown(SPEECH, [0.1, 0.2, 0.15, 0.3, 0.4])).markdown
    found = found.replace("\u00a0", " ")
    assert "sprachlichen Auffälligkeiten meist auch höher: 10,0 % in Sozialraum 1 (dort" in found
    assert "40,0 % in Sozialraum 5 (dort am höchsten)." in found
    assert "Fünf Sozialräume sind zu wenige, um daraus auf ein Gefälle zu schließen." in found
    assert "rechnerisch" not in found and "-Fache" not in found and "Intervall" not in found
    assert "Enden" not in found.partition("**Grenzen:**")[0]


def test_values_without_direction_have_none(tmp_path):
    found = block(tmp_path, poverty(5), shown(SPEECH, [0.2, 0.4, 0.1, 0.3, 0.2])).markdown
    assert "weder durchweg höher noch durchweg niedriger" in found


def test_flat_values_may_differ_by_chance(tmp_path):
    flat = 0.2 + np.random.default_rng(1).normal(0, 0.01, 12)
    found = block(tmp_path, poverty(12), shown(SPEECH, flat)).markdown
    assert "Der Unterschied kann Zufall sein" in found


def test_the_lowest_is_called_so_only_among_all_areas(tmp_path):
    outcome = shown(SPEECH, [0.1, 0.1, 0.2, 0.15, 0.3, 0.4], hidden=[1])
    found = block(tmp_path, poverty(6), outcome).markdown
    assert "am niedrigsten" not in found and "(am Anfang der Reihe)" in found


@pytest.mark.parametrize(
    ("shares", "hidden", "text"),
    [
        ([0.1, 0.2, 0.3, 0.2, 0.3], [5], "aus weniger als fünf Sozialräumen"),
        (
            [0.0, 0.2, 0.3, 0.2, 0.3],
            [],
            "In mindestens einem Sozialraum ist kein Fall gezählt, oder",
        ),
    ],
)
def test_no_gradient_says_why(tmp_path, shares, hidden, text):
    assert text in block(tmp_path, poverty(5), shown(SPEECH, shares, hidden=hidden)).markdown
    assert not list(tmp_path.iterdir())


def test_suppressed_areas_are_named(tmp_path):
    outcome = shown(SPEECH, np.linspace(0.1, 0.4, 12), hidden=[3])
    assert "Ohne Sozialraum 3: Nicht alle nötigen" in block(tmp_path, poverty(12), outcome).markdown


def test_nothing_where_nothing_is_asked(tmp_path):
    views = [poverty(12), shown(SPEECH, np.linspace(0.1, 0.4, 12))]
    assert not block(tmp_path, *views, settings=Synthese())
    assert not block(tmp_path, views[1])
