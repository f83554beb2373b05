"""Pairs of indicators: a correlation of ten areas and more, else two orders; never a star."""

import numpy as np
import pytest

from spm.config.synthesis import Synthese
from spm.presentation.synthesis.relating import related
from spm.presentation.synthesis.together import Together
from spm.text.permitted import ALT_LONGEST
from tests.presentation.synthesis.together_sample import POVERTY, SCHOOL, SPEECH, poverty, shown

PAIR = Synthese(zusammenhaenge=[[POVERTY, SCHOOL]])


def block(tmp_path, *views, settings=PAIR):
    return related(Together(views, settings), tmp_path)


def falling(n, seed=0, **more):
    noise = np.random.default_rng(seed).normal(0, 0.02, n)
    return shown(SCHOOL, np.linspace(0.6, 0.2, n) + noise, **more)


def alternative_text(found):
    return found.markdown.partition('fig-alt="')[2].partition('"}')[0]


def test_a_clear_relation_is_told_with_its_interval(tmp_path):
    found = block(tmp_path, poverty(14), falling(14)).markdown
    assert (
        "Wo der Anteil der unter 18-Jährigen im SGB II höher ist, ist meist der Anteil der" in found
    )
    assert "niedriger (Rangkorrelation über 14 Sozialräume: −1,00" in found
    assert "95-%-Vertrauensintervall" in found
    assert "ökologischer Fehlschluss" in found
    assert "*" not in found.replace("**Grenzen:**", "")
    assert {p.name for p in tmp_path.iterdir()} == {
        "gesamtbild-sgb2-quote-u18-uebergang-gymnasium.svg",
        "gesamtbild-sgb2-quote-u18-uebergang-gymnasium-schmal.svg",
    }


def test_no_relation_is_said_to_be_not_demonstrable(tmp_path):
    mixed = np.random.default_rng(3).permutation(np.linspace(0.2, 0.6, 14))
    found = block(tmp_path, poverty(14), shown(SCHOOL, mixed)).markdown
    assert "zusammenhängen, ist nicht nachweisbar (Rangkorrelation" in found


def test_few_areas_have_two_orders_and_no_correlation(tmp_path):
    found = block(tmp_path, poverty(9), falling(9))
    assert "sind neun Sozialräume zu wenige (mindestens zehn)" in found.markdown
    assert "Rangkorrelation" not in found.markdown
    assert "Reihenfolge von hoch zu niedrig" in found.markdown
    assert "Sozialraum 9 30,0" in alternative_text(found)


def test_two_orders_do_not_repeat_a_gradient_of_the_same_two(tmp_path):
    both = {
        "zusammenhaenge": [[SCHOOL, POVERTY]],
        "gefaelle": {"armut": POVERTY, "kennzahlen": [SCHOOL]},
    }
    asked = Synthese.model_validate(both)
    assert not block(tmp_path, poverty(9), falling(9), settings=asked)
    assert "Rangkorrelation" in block(tmp_path, poverty(14), falling(14), settings=asked).markdown
    few = block(tmp_path, poverty(4), falling(4), settings=asked).markdown
    assert "Reihenfolge von hoch" in few  # no gradient of four areas


def test_suppressed_areas_do_not_count_and_are_named(tmp_path):
    found = block(tmp_path, poverty(10), falling(10, hidden=[4])).markdown
    assert "sind neun Sozialräume zu wenige" in found
    assert "Sozialraum 4 fehlt: Nicht beide Werte sind veröffentlicht." in found


@pytest.mark.parametrize("hidden", [[1], [2, 5], [7]])
def test_what_is_suppressed_changes_nothing(tmp_path, hidden):
    """The same published rows give the same bytes, whatever was suppressed."""
    drawn = []
    for shift in (0.0, 0.2):
        shares = np.linspace(0.2, 0.6, 14)
        shares[[i - 1 for i in hidden]] += shift
        folder = tmp_path / str(shift)
        text = block(folder, poverty(14), shown(SCHOOL, shares, hidden=hidden)).markdown
        files = [path.read_bytes() for path in sorted(folder.iterdir())]
        drawn.append((text.replace(str(folder), ""), files))
    assert drawn[0] == drawn[1]


def test_two_areas_have_no_order(tmp_path):
    hidden = range(3, 8)
    found = block(tmp_path, poverty(7), falling(7, hidden=hidden)).markdown
    assert "sind zu wenige Werte veröffentlicht" in found
    assert not list(tmp_path.iterdir())


def test_nothing_where_nothing_is_asked_or_appears(tmp_path):
    assert not block(tmp_path, poverty(7), falling(7), settings=Synthese())
    assert not block(tmp_path, poverty(7))


def test_alternative_texts_are_short_enough(tmp_path):
    for n in (9, 14):
        assert 3 < len(alternative_text(block(tmp_path, poverty(n), falling(n)))) <= ALT_LONGEST


def test_pairs_and_gradients_are_one_family():
    """A p-value of 0.03 alone would be believed; among three tests it is not."""
    views = [poverty(12), falling(12), shown(SPEECH, [0.2, 0.3] * 6)]
    asked = {
        "zusammenhaenge": [[POVERTY, SCHOOL], [SCHOOL, SPEECH]],
        "gefaelle": {"armut": POVERTY, "kennzahlen": [SPEECH, SCHOOL]},
    }
    together = Together(views, Synthese.model_validate(asked))
    assert len(together.family) == 3  # poverty and school are asked for twice
    assert together.believed(views[0], views[1])
    assert not together.believed(views[1], views[2])
