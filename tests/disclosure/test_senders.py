"""Numbers that their sender has changed, and people who come from few units."""

from dataclasses import replace

import pandas as pd
import pytest

from spm.areas.pooling import Pool
from spm.config.selections import Glied, Zusammenhang
from spm.disclosure import check_rules, protect
from spm.disclosure.inputs.rules import Rule
from spm.disclosure.model.model import build_model
from spm.disclosure.model.rounding import small_and_changed
from spm.errors import SpmError
from spm.statistics import compute_indicators
from tests.disclosure.test_primary import inputs, rule
from tests.disclosure.test_rounding import counted, everything, shown, table
from tests.statistics.test_indicators import entry
from tests.statistics.test_selection import fact, facts

AREAS = ["1", "2", "3", "4"]
CELL_KEY = {"verfahren": {"art": "cell_key", "abweichung": 2, "keine_weitere_sperrung": "ja"}}
SHARE = entry("k", zaehler={"merkmal": "teil"}, nenner={"merkmal": "kinder"})


def areas(*numbers):
    return dict(zip(AREAS, numbers, strict=True))


@pytest.mark.parametrize(
    ("numbers", "total", "error"),
    [
        ((12, 26, 44, 63), 147, 1),  # 145 in the areas: nobody knows that two people are in none
        ((12, 26, 44, 63), 147, 2),
        ((12, 26, 44, 63), 143, 2),  # and 145 are no mistake
        ((1, 2, 44, 63), 118, 2),  # the sender protects them already
        ((10, 25, 45, 65), 150, 2),  # rounded by the sender to multiples of 5, each for itself
    ],
)
def test_nothing_is_suppressed_that_its_sender_has_changed(numbers, total, error):
    how = {"art": "rundung" if numbers[0] == 10 else "cell_key", "abweichung": error}
    how |= {"keine_weitere_sperrung": "ja"}
    rules = {"amt": rule(10, verfahren=how)}
    given = inputs(table(areas(*numbers), total), {"k": counted()}, rules)
    assert shown(given) == areas(*numbers) | {"gesamt": total}


@pytest.mark.parametrize(("numbers", "total"), [((1, 26, 44, 63), 136), ((10, 5, 45, 65), 130)])
def test_changed_numbers_are_suppressed_unless_their_sender_says_otherwise(numbers, total):
    """Rounding alone switches no protection off: small counts go, and the audit agrees."""
    how = {"verfahren": {"art": "rundung", "abweichung": 2}}
    given = inputs(table(areas(*numbers), total), {"k": counted()}, {"amt": rule(10, **how)})
    small = [area for area, number in areas(*numbers).items() if number < 10]
    assert small and all(shown(given)[area] is None for area in small)
    assert protect(given).audit.passed


@pytest.mark.parametrize("zeros", ["ja", "nein"])
def test_roundings_that_all_lie_on_one_side_do_not_give_a_small_number_away(zeros):
    """13, 13, 13 and 3 are delivered as 15, 15, 15 and 5, their total 42 as 40: were only the 5
    suppressed, at most 42 less 39 could be there, and a suppressed 5 is at least 3."""
    how = {"verfahren": {"art": "rundung", "abweichung": 2}}
    rules = {"amt": rule(10, zeros=zeros, **how)}
    given = inputs(table(areas(15, 15, 15, 5), 40), {"k": counted()}, rules)
    printed = shown(given)
    assert printed["4"] is None
    ends = [range(99) if printed[a] is None else range(13, 18) for a in AREAS[:3]]
    least = sum(e[0] for e in ends)
    most = sum(e[-1] for e in ends)
    total = range(999) if printed["gesamt"] is None else range(38, 43)
    possible = {n for n in range(50) if least + n <= total[-1] and most + n >= total[0]}
    assert possible >= set(range(10))


@pytest.mark.parametrize(
    ("number", "zeros", "interval"),
    [
        (5, True, (3, 7)),  # multiples of 5 below 10
        (5, False, (0, 7)),
        (4, True, (2, 10)),  # of 4: as 8 at most 10
        (7, True, (0, 11)),  # of neither: it was changed otherwise
    ],
)
def test_what_readers_of_the_rules_know_of_a_small_rounded_number(number, zeros, interval):
    how = {"verfahren": {"art": "rundung", "abweichung": 2}}
    agreed = Rule(10, deliveries=(rule(10, **how),))
    assert small_and_changed(number, 2, 10, agreed, zeros) == interval


def test_without_the_procedure_a_remainder_of_two_is_protected():
    given = inputs(table(areas(12, 26, 44, 63), 147), {"k": counted()}, {"amt": rule(10)})
    assert None in shown(given).values()


def test_a_gap_that_no_procedure_explains_is_an_error():
    given = inputs(table(areas(40, 40, 40, 40), 140), {"k": counted()}, {"amt": rule(**CELL_KEY)})
    with pytest.raises(SpmError, match="kleiner als die Summe"):
        protect(given)


@pytest.mark.slow
def test_a_changed_denominator_leaves_exact_cases_protected():
    """Cases are exact, children are true to within 2: cases are suppressed as ever, and a share of
    all but two children is none of two children, for nobody knows the two."""
    rows = [fact(a, n, merkmal="teil") for a, n in areas(2, 30, 20, 15).items()]
    rows += [
        fact(a, n, merkmal="kinder", lieferung="zensus") for a, n in areas(9, 32, 60, 70).items()
    ]
    rows += [fact("gesamt", 168, merkmal="kinder", lieferung="zensus")]
    rules = {"amt": rule(3), "zensus": rule(3, **CELL_KEY)}
    printed = everything(inputs(facts(*rows), {"k": SHARE}, rules))
    gone = {area for (_, area), row in printed.items() if row is None}
    assert "1" in gone
    assert len(gone) == 2  # one more protects it; area 2 is no reason to suppress
    exact = everything(inputs(facts(*rows[:-1]), {"k": SHARE}, rules | {"zensus": rule(3)}))
    assert exact["k", "2"] is None


def test_exact_cases_above_changed_denominators():
    """5 cases among 4 children, true to within 2: no contradiction, and no proof that stops."""
    rows = [fact(a, n, merkmal="teil") for a, n in areas(5, 30, 20, 15).items()]
    rows += [
        fact(a, n, merkmal="kinder", lieferung="zensus") for a, n in areas(4, 32, 60, 70).items()
    ]
    rules = {"amt": rule(3), "zensus": rule(3, **CELL_KEY)}
    assert protect(inputs(facts(*rows), {"k": SHARE}, rules)).audit.passed


def test_a_smallest_denominator_holds_for_changed_numbers_too():
    rows = [fact(a, n, merkmal="teil") for a, n in areas(7, 30, 20, 15).items()]
    rows += [
        fact(a, n, merkmal="kinder", lieferung="zensus") for a, n in areas(19, 52, 60, 70).items()
    ]
    rules = {"amt": rule(3), "zensus": rule(3, mindestnenner=20, **CELL_KEY)}
    assert everything(inputs(facts(*rows), {"k": SHARE}, rules))["k", "1"] is None


@pytest.mark.slow
def test_sums_between_an_exact_and_a_changed_measure_do_not_contradict():
    """German and foreign children by the census add up to all children but for the noise."""
    rows = [fact(a, n, merkmal="kinder") for a, n in areas(2, 40, 50, 60).items()]
    for kind, numbers in (("deutsch", (3, 25, 31, 44)), ("nichtdeutsch", (1, 14, 20, 17))):
        rows += [
            fact(a, n, merkmal="zensus", staatsangehoerigkeit=kind, lieferung="zensus")
            for a, n in areas(*numbers).items()
        ]
    summe = Glied(merkmal="kinder")
    teile = [Glied(merkmal="zensus", staatsangehoerigkeit=k) for k in ("deutsch", "nichtdeutsch")]
    sums = {"kinder": Zusammenhang(summe=summe, teile=teile)}
    catalogue = {"k": counted()} | {
        k: entry(
            k, art="anzahl", zaehler={"merkmal": "zensus", "staatsangehoerigkeit": k}, nenner=None
        )
        for k in ("deutsch", "nichtdeutsch")
    }
    rules = {"amt": rule(3), "zensus": rule(3, **CELL_KEY)}
    given = inputs(facts(*rows), catalogue, rules, sums=sums)
    assert any(
        name[0] == "Zusammenhang" for name in (r.name for r in build_model(given).problem.relations)
    )
    printed = everything(given)
    assert printed["k", "1"] is None
    # 3 and 1, each true to within 2, are at least 2 together: who knows that must not know more.
    assert protect(given).audit.passed


# ------------------------------------------------------------------------------------- units


def households(people, units, *, threshold=3, **groups):
    rows = [fact(a, n, merkmal="kinder", **groups) for a, n in people.items()]
    rows += [fact(a, n, merkmal="bg") for a, n in units.items() if n is not None]
    return facts(*rows), {"amt": rule(threshold, beitragende={"kinder": "bg"})}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("people", "units"),
    [
        ((12, 40, 50, 60), (2, 20, 24, 30)),
        ((40, 9, 50, 60), (20, 1, 24, 30)),
        ((12, 40, 50, 60), (None, 20, 24, 30)),  # nobody knows of how many
    ],
)
def test_people_of_few_units_are_protected(people, units):
    facts_, rules = households(areas(*people), areas(*units))
    printed = shown(inputs(facts_, {"k": counted()}, rules))
    few = [a for a, n in areas(*units).items() if n is None or n < 3]
    assert all(printed[a] is None for a in few)
    assert sum(n is None for n in printed.values()) > len(few), "one would follow from the total"
    without = {"amt": rule(3)}
    assert None not in shown(inputs(facts_, {"k": counted()}, without)).values()


def test_people_of_few_units_are_not_known_to_within_less_than_the_threshold():
    facts_, rules = households(areas(12, 40, 50, 60), areas(2, 20, 24, 30), threshold=5)
    done = protect(inputs(facts_, {"k": counted()}, rules))
    (first,) = [i for i, c in enumerate(done.model.problem.counts) if c.sensitive and c.value == 12]
    low, high = done.audit.possible(first)
    assert low <= 12 - 4 and high >= 12 + 4
    (why,) = [
        w for key, i in done.model.items.items() if key.raum == "1" for w in done.model.why[i]
    ]
    assert "aus 2 Einheiten (bg)" in why


def test_nobody_comes_from_no_unit():
    facts_, rules = households(areas(0, 40, 50, 60), areas(0, 20, 24, 30))
    assert shown(inputs(facts_, {"k": counted()}, rules))["1"] == 0


@pytest.mark.slow
def test_units_by_the_same_groups_count():
    """Two of the 20 Bedarfsgemeinschaften of area 1 have children below three."""
    ages = {"alter": (0, 2)}
    facts_, rules = households(areas(12, 40, 50, 60), areas(20, 20, 24, 30), **ages)
    young = [fact(a, n, merkmal="bg", **ages) for a, n in areas(2, 15, 20, 20).items()]
    more = pd.concat([facts_, facts(*young)], ignore_index=True)
    catalogue = {"k": counted(alter="0-2")}
    assert shown(inputs(facts_, catalogue, rules))["1"] == 12
    assert shown(inputs(more, catalogue, rules))["1"] is None


def test_few_units_in_two_areas_together():
    """Eight people of one unit and nine of one other: 17 of two units follow from the total."""
    facts_, rules = households(areas(8, 9, 50, 60), areas(1, 1, 24, 30))
    printed = shown(inputs(facts_, {"k": counted()}, rules))
    told = [a for a in AREAS[2:] if printed[a] is not None]
    assert printed["gesamt"] is None or len(told) < 2


def test_units_that_are_not_delivered():
    facts_, _ = households(areas(12, 40, 50, 60), areas(2, 20, 24, 30))
    wrong = {"amt": rule(3, beitragende={"kinder": "bgs"})}
    with pytest.raises(SpmError, match=r"«bgs».*«bg»") as error:
        check_rules(facts_, wrong, "x.yml")
    assert error.value.wo == "x.yml, lieferungen.amt.beitragende.kinder"


def test_units_that_are_printed_do_not_tell_how_many_people_there_are_at_least():
    """Two Bedarfsgemeinschaften, printed, have two people at least; more are no "fewer than three".
    So the number of units is suppressed with that of the people."""
    rows = [fact(a, n, merkmal="kinder") for a, n in areas(2, 40, 50, 60).items()]
    rows += [fact(a, n, merkmal="bg", lieferung="ba") for a, n in areas(2, 20, 24, 30).items()]
    bg = entry("bg", art="anzahl", zaehler={"merkmal": "bg"}, nenner=None)
    rules = {"amt": rule(3, beitragende={"kinder": "bg"}), "ba": rule(1)}
    printed = everything(inputs(facts(*rows), {"k": counted(), "bg": bg}, rules))
    assert printed["k", "1"] is None and printed["bg", "1"] is None


# ------------------------------------------------------------------ changed numbers, and others


def test_a_sum_of_an_exact_and_a_changed_measure_hides_neither_more_nor_less():
    """2 children of the office and 9 of the census: nobody knows the sum, so it is printed; the 2
    alone are suppressed as ever."""
    rows = [fact(a, n, merkmal="kinder") for a, n in areas(2, 40, 50, 60).items()]
    rows += [fact(a, n, merkmal="zensus", lieferung="zensus") for a, n in areas(9, 9, 9, 9).items()]
    both = entry("beide", art="anzahl", zaehler={"merkmal": ["kinder", "zensus"]}, nenner=None)
    rules = {"amt": rule(3), "zensus": rule(3, **CELL_KEY)}
    given = inputs(facts(*rows), {"k": counted(), "beide": both}, rules)
    printed = everything(given)
    assert printed["k", "1"] is None
    problem = build_model(given).problem
    shows = {
        item.name.raum: [(s.low, s.high) for s in item.shows]
        for item in problem.items
        if item.name.kennzahl == "beide"
    }
    assert shows["1"] == [(9, 13)], "only the census' part of it is changed"
    assert shows["gesamt"] == [(180, 196)]


def test_changed_numbers_that_are_rounded_on_top():
    """13 of a cell-key source, true to within 2, printed as 15: 11 to 19."""
    rules = {"amt": rule(3, rundung=5, **CELL_KEY)}
    given = inputs(table(areas(13, 26, 44, 63), 147), {"k": counted()}, rules)
    assert shown(given) == areas(15, 25, 45, 65) | {"gesamt": 145}
    item = next(i for i in build_model(given).problem.items if i.name.raum == "1")
    assert [(s.low, s.high) for s in item.shows] == [(11, 19)]


def test_years_of_changed_numbers_add_up_their_errors():
    rows = [
        fact(a, n, merkmal="teil", jahr=j)
        for j in (2022, 2023)
        for a, n in areas(7, 8, 9, 6).items()
    ]
    rows += [fact(a, 500, jahr=j, lieferung="ema") for j in (2022, 2023) for a in AREAS]
    rules = {"amt": rule(10, **CELL_KEY), "ema": rule(3)}
    pools = {"k": Pool(2, tuple(AREAS))}
    catalogue = {"k": entry("k")}
    given = inputs(facts(*rows), catalogue, rules, pools=pools)
    indicators = compute_indicators(given.facts, catalogue, AREAS, given.years, pools)
    given = replace(given, indicators=indicators)
    found = protect(given).published
    assert found[found["jahr"].eq(2023)]["status"].eq("ok").all()
    item = next(i for i in build_model(given).problem.items if i.name.raum == "1")
    assert (item.shows[0].low, item.shows[0].high) == (10, 18)


@pytest.mark.slow
def test_a_cell_that_the_sender_suppressed_stays_secret_among_changed_ones():
    """*, 26, 44, 63 and 136: 3 to within 2 for each of the four others; so nothing else is hidden,
    and with exact numbers one is."""
    rows = [fact("1", None, merkmal="kinder", status="gesperrt")]
    rows += [fact(a, n, merkmal="kinder") for a, n in zip(AREAS[1:], (26, 44, 63), strict=True)]
    rows += [fact("gesamt", 136, merkmal="kinder")]
    changed = shown(inputs(facts(*rows), {"k": counted()}, {"amt": rule(3, **CELL_KEY)}))
    assert None not in {a: n for a, n in changed.items() if a != "1"}.values()
    exact = shown(inputs(facts(*rows), {"k": counted()}, {"amt": rule(3)}))
    assert None in {a: n for a, n in exact.items() if a != "1"}.values()
