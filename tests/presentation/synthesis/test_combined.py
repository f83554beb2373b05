"""Two groups of children of one list: the municipality's values, and whether they differ."""

import numpy as np
import pytest

from spm.areas.combinations import check_combinations
from spm.areas.pooling import Pool
from spm.config.synthesis import Synthese
from spm.errors import SpmError
from spm.presentation.synthesis.combined import combined
from spm.synthesis.twogroups import apart
from spm.text.numbers import format_number
from tests.presentation_sample import kennzahl, sicht

LONG, SHORT = "seu_sprache_kita_ab_3", "seu_sprache_kita_unter_3"
ASKED = Synthese(kombinationen=[[LONG, SHORT]])


def share(key, name, hidden=False, seed=1):
    entry = kennzahl(key, kurztitel=name, nachkommastellen=1)
    status = [(None, "gesamt", None, "gesperrt")] if hidden else []
    return sicht(1, entry, seed=seed, hidden=status)


def test_limits_of_a_difference_are_newcombes():
    """56 of 70 and 48 of 80: Newcombe (1998), table II, line a of method 10."""
    found = apart(48 / 80, (0.4904, 0.7002), 56 / 70, (0.6918, 0.8775))
    assert (found.difference, found.low, found.high) == pytest.approx(
        (0.2, 0.0524, 0.3339), abs=2e-3
    )
    assert found.clear


def test_both_values_stand_in_a_table_with_their_difference():
    views = [share(LONG, "Ab drei Jahren", seed=1), share(SHORT, "Unter drei Jahren", seed=4)]
    found = combined(views, ASKED).markdown
    first, second = (view.total.shown for view in views)
    assert views[0].number(first) in found and views[1].number(second) in found
    assert "Unterschied" in found and "95-%-Vertrauensintervall" in found
    assert "nur für die ganze Kommune" in found


def test_a_suppressed_value_leaves_nothing_to_compare():
    views = [share(LONG, "Ab drei Jahren"), share(SHORT, "Unter drei Jahren", hidden=True)]
    found = combined(views, ASKED).markdown
    assert "sind nicht beide Werte veröffentlicht" in found
    assert "Unterschied +" not in found and "Unterschied −" not in found


def test_nothing_where_nothing_is_asked_or_appears():
    assert not combined([share(LONG, "Ab drei Jahren")], Synthese())
    assert not combined([share(LONG, "Ab drei Jahren")], ASKED)


def test_a_share_of_its_own_is_told_with_the_children_behind_it():
    view = share("seu_drei_befunde", "Drei und mehr Befunde")
    found = combined([view], Synthese(kombinationen=[["seu_drei_befunde"]])).markdown
    assert view.text(view.total.shown) in found
    assert f"{format_number(view.total.zaehler)} von {format_number(view.total.nenner)}" in found
    assert "Unterschied" not in found and "Zwei Gruppen" not in found


def test_a_suppressed_share_is_not_told():
    view = share("seu_drei_befunde", "Drei und mehr Befunde", hidden=True)
    found = combined([view], Synthese(kombinationen=[["seu_drei_befunde"]])).markdown
    assert "ist kein Wert veröffentlicht" in found and " von " not in found.split("Grenzen")[0]


class Params:
    """Only what the check asks for."""

    path, synthese, lieferungen = "params/muster.yml", ASKED, {}


def test_combinations_are_for_the_municipality_alone():
    whole = Pool(rows=("alle",), groups={"alle": ("1", "2")})
    check_combinations(Params, {}, {LONG: whole, SHORT: whole})
    with pytest.raises(SpmError, match="nach Räumen veröffentlicht") as caught:
        check_combinations(Params, {}, {LONG: whole, SHORT: Pool(rows=("1", "2"))})
    assert f"zusammenfassen.{SHORT}.raeume" in caught.value.tun


def test_coverage_of_the_difference():
    """By simulation: of two shares that are the same, at most one in 20 pairs is called apart."""
    from statsmodels.stats.proportion import proportion_confint

    generator = np.random.default_rng(8)
    x, y = generator.binomial(240, 0.25, 2000), generator.binomial(90, 0.25, 2000)
    low1, high1 = proportion_confint(x, 240, method="wilson")
    low2, high2 = proportion_confint(y, 90, method="wilson")
    called = [
        apart(a / 240, (l1, h1), b / 90, (l2, h2)).clear
        for a, l1, h1, b, l2, h2 in zip(x, low1, high1, y, low2, high2, strict=True)
    ]
    assert np.mean(called) <= 0.06
