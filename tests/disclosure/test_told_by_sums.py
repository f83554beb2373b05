"""What no indicator prints may follow from several through a known sum: Kita and Tagespflege."""

from itertools import product

import pytest

from spm.config.selections import Auswahl, Zusammenhang
from spm.disclosure import protect
from spm.disclosure.model.cells import told_selections
from spm.statistics import compute_indicators
from tests.disclosure.test_primary import inputs, rule
from tests.disclosure.test_rounding import counted
from tests.statistics.test_selection import fact, facts

AREAS = ("1", "2", "3")
KITA = {"merkmal": "betreut", "auspraegung": "kita"}
CATALOGUE = {
    "betreut": counted("betreut", merkmal="betreut"),
    "in_kitas": counted("in_kitas", merkmal="in_kitas"),
}
SUMS = {
    "kita": Zusammenhang.model_validate({"summe": KITA, "teile": [{"merkmal": "in_kitas"}]}),
}


def shown(kita: tuple[int, ...], other: tuple[int, ...], sums) -> dict[tuple[str, str], int | None]:
    """Published numbers by indicator and area; ``other`` are cared for elsewhere."""
    rows = []
    for area, inside, outside in zip(AREAS, kita, other, strict=True):
        rows.append(fact(area, inside, merkmal="betreut", auspraegung="kita"))
        rows.append(fact(area, outside, merkmal="betreut", auspraegung="tagespflege"))
        rows.append(fact(area, inside, merkmal="in_kitas"))
    table = facts(*rows)
    indicators = compute_indicators(table, CATALOGUE, list(AREAS), [2023])
    found = protect(inputs(table, CATALOGUE, {"amt": rule(3)}, sums=sums, indicators=indicators))
    assert found.audit.passed
    return {
        (r.kennzahl, r.raum): int(r.zaehler) if r.status == "ok" else None
        for r in found.published.itertuples()
    }


def possible(numbers: dict[tuple[str, str], int | None], area: str, most: int = 40) -> set[int]:
    """By brute force: children of an area that may be cared for elsewhere, for a reader who knows
    that whoever is in a Kita is cared for."""

    def ends(key: str) -> list[tuple[int, ...]]:
        known = [numbers[key, a] for a in AREAS]
        total = numbers[key, "gesamt"]
        free = [range(most) if n is None else (n,) for n in known]
        return [c for c in product(*free) if total in (None, sum(c))]

    place = AREAS.index(area)
    return {
        cared[place] - kita[place]
        for cared, kita in product(ends("betreut"), ends("in_kitas"))
        if all(c >= k for c, k in zip(cared, kita, strict=True))
    }


CASE = {"kita": (20, 14, 11), "other": (1, 5, 6)}


def test_a_small_rest_of_two_tables_of_the_same_children_stays_open():
    found = possible(shown(**CASE, sums=SUMS), "1")
    assert {1, 2} < found or {0, 1} < found, found
    assert max(found) >= 3  # not known to be below the threshold


def test_without_the_sum_it_would_be_told():
    assert possible(shown(**CASE, sums={}), "1") == {1}


@pytest.mark.parametrize("printed", [["summe"], ["a", "b"], ["summe", "a"]])
def test_the_last_member_of_a_sum_is_told(printed):
    names = ("summe", "a", "b")
    every = {name: Auswahl.model_validate({"merkmal": name}) for name in names}
    one = Zusammenhang.model_validate(
        {"summe": {"merkmal": "summe"}, "teile": [{"merkmal": "a"}, {"merkmal": "b"}]}
    )
    told = {s.merkmal[0] for s in told_selections([every[n] for n in printed], {"x": one})}
    assert told == (set(names) if len(printed) == 2 else set(printed))


def test_what_is_told_of_one_sum_may_tell_the_last_member_of_another():
    sums = {
        "x": Zusammenhang.model_validate({"summe": {"merkmal": "b"}, "teile": [{"merkmal": "c"}]}),
        "y": Zusammenhang.model_validate({"summe": {"merkmal": "a"}, "teile": [{"merkmal": "b"}]}),
    }
    told = told_selections([Auswahl.model_validate({"merkmal": "a"})], sums)
    assert [s.merkmal[0] for s in told] == ["a", "b", "c"]
