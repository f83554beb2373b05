"""What is counted child by child, printed for the municipality alone: with the tables of areas it
may tell more than either, and the known sums of the catalogue let the audit see that."""

from itertools import product

import pytest

from spm.areas.pooling import Pool
from spm.config.selections import Zusammenhang
from spm.disclosure import protect
from spm.statistics import compute_indicators
from tests.disclosure.test_primary import inputs, rule
from tests.disclosure.test_rounding import counted
from tests.statistics.test_selection import fact, facts

AREAS = ("1", "2")
CATALOGUE = {key: counted(key, merkmal=key) for key in ("auffaellig", "kurz_in_der_kita", "beides")}
POOLS = {key: Pool(rows=AREAS) for key in CATALOGUE} | {
    "beides": Pool(rows=("alle",), groups={"alle": AREAS})
}


def known_sum(whole, *parts):
    members = [{"merkmal": part} for part in parts]
    return Zusammenhang.model_validate({"summe": {"merkmal": whole}, "teile": members})


SUMS = {
    "auffaellig": known_sum("auffaellig", "beides", "nur_auffaellig"),
    "kita": known_sum("kurz_in_der_kita", "beides", "nur_kurz"),
}


def printed(auffaellig, kita, both, sums, places=AREAS):
    """Published numbers by indicator and place; ``both`` of the children are both."""
    rows = []
    for area, a, k, b in zip(places, auffaellig, kita, both, strict=True):
        numbers = {
            "auffaellig": a,
            "kurz_in_der_kita": k,
            "beides": b,
            "nur_auffaellig": a - b,
            "nur_kurz": k - b,
        }
        rows += [fact(area, n, merkmal=name) for name, n in numbers.items()]
    table = facts(*rows)
    indicators = compute_indicators(table, CATALOGUE, list(AREAS), [2023], pools=POOLS)
    given = inputs(
        table, CATALOGUE, {"amt": rule(3)}, sums=sums, pools=POOLS, indicators=indicators
    )
    found = protect(given)
    assert found.audit.passed
    shown = found.published
    return {
        (r.kennzahl, r.raum): int(r.zaehler) if r.status == "ok" else None
        for r in shown.itertuples()
    }


def pairs(found, key, most):
    """Numbers of both areas that agree with what is printed of an indicator."""
    ends = [range(most) if found[key, a] is None else [found[key, a]] for a in AREAS]
    total = found[key, "gesamt"]
    return [pair for pair in product(*ends) if total in (None, sum(pair))]


def possible(found, most=25):
    """By brute force: what the first area's children with findings may be, for a reader who knows
    that nobody is both without being either."""
    both = found["beides", "gesamt"]
    return {
        a[0]
        for a, k in product(
            *(pairs(found, key, most) for key in ("auffaellig", "kurz_in_der_kita"))
        )
        if both is None or both <= sum(map(min, a, k))
    }


CASE = {"auffaellig": (2, 18), "kita": (12, 9), "both": (2, 9)}
"""At most 9 of the 11 children who are both live in area 2: so in area 1 are at least two."""


def test_the_small_number_stays_open_beside_the_combination():
    found = printed(**CASE, sums=SUMS)
    assert found["auffaellig", "1"] is None
    assert possible(found) >= {0, 1, 2}


def test_without_the_sums_it_would_not():
    """Not a wish: it shows that the sums of the catalogue are what protects here."""
    found = printed(**CASE, sums={})
    assert found["beides", "gesamt"] == 11
    assert not possible(found) >= {0, 1, 2}


@pytest.mark.parametrize("both", [(0, 3), (1, 8), (2, 5)])
def test_combinations_that_tell_nothing_are_printed(both):
    found = printed((2, 18), (12, 9), both, SUMS)
    assert possible(found) >= {0, 1, 2}
    if both == (0, 3):
        assert found["beides", "gesamt"] == 3


def test_children_of_no_area_are_part_of_unprinted_members_too():
    """Of the sums that no indicator prints, some may be of nobody's area."""
    everybody = {"auffaellig": (12, 18, 9), "kita": (12, 9, 8), "both": (5, 6, 2)}
    found = printed(**everybody, sums=SUMS, places=(*AREAS, "nz"))
    assert found["auffaellig", "gesamt"] == 39
    assert found["beides", "gesamt"] in (13, None)
