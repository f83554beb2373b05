"""Several findings of the same child: what their number tells of single tests, by brute force."""

import sys
from functools import cache
from itertools import product
from random import Random

import pytest

from spm.areas.pooling import Pool
from spm.config.counting import Zaehlen
from spm.disclosure import protect
from spm.disclosure.model.several import Cell, fewest, most
from spm.disclosure.protection import require_safe
from spm.errors import SpmError
from spm.published import NUMBERS
from spm.statistics import compute_indicators
from spm.statistics.statements import add_statements
from tests.disclosure.test_combinations import known_sum
from tests.disclosure.test_primary import inputs, rule
from tests.disclosure.test_rounding import counted
from tests.statistics.test_indicators import entry
from tests.statistics.test_selection import fact, facts

TESTS, LEAST = 3, 2
STATES = list(product("fud", repeat=TESTS))
"""What the tests of a child may say: finding, not made, none."""


def told(children):
    """S, A, f and t of children, each of whom has one of the states."""
    whole = [c for c in children if "u" not in c]
    return (
        sum(c.count("f") >= LEAST for c in whole),
        len(whole),
        tuple(sum(c[i] == "f" for c in children) for i in range(TESTS)),
        tuple(sum(c[i] != "u" for c in children) for i in range(TESTS)),
    )


def coded(numbers):
    """S, A, f and t as one number, so that those of two groups of children can be added."""
    s, a, f, t = numbers
    return sum(n * 16**place for place, n in enumerate((s, a, *f, *t)))


def decoded(code):
    s, a, *more = (code >> 4 * place & 15 for place in range(2 + 2 * TESTS))
    return s, a, tuple(more[:TESTS]), tuple(more[TESTS:])


@cache
def tables(most_children):
    """All numbers that up to so many children can have."""
    assert most_children < 16
    each = {coded(told([state])) for state in STATES}
    found, new = set(), {0}
    for _ in range(most_children + 1):
        found |= new
        new = {some + one for some in new for one in each}
    return {decoded(code) for code in found}


def cell(numbers):
    s, a, f, t = numbers
    return Cell(LEAST, s, a, f, t)


@pytest.mark.slow
def test_the_conditions_are_exactly_those_of_the_joint_table():
    """Three tests and at most six made in all: the joint table of every child has 27 cells."""
    there, asked = tables(6), 0
    assert all(cell(numbers).possible for numbers in there)
    for f, t in product(product(range(4), repeat=TESTS), repeat=2):
        if any(x > y for x, y in zip(f, t, strict=True)) or sum(t) > 6:
            continue  # with tests of more than six children in all, more may be needed
        for a in range(min(t) + 1):
            for s in range(a + 1):
                asked += 1
                assert cell((s, a, f, t)).possible == ((s, a, f, t) in there), (s, a, f, t)
    assert asked > 500


@pytest.mark.parametrize("each", [1, 2, 3])
def test_the_fewest_things_of_one_kind_are_just_enough(each):
    for others, children in product(product(range(4), repeat=2), range(5)):
        least = fewest(others, children, each)
        enough = [n for n in range(20) if most((*others, n), each) >= children]
        assert enough[:1] == [least] or not enough


AREAS = ("1", "2")
SHOWN = ("f1", "f2", "f3", "t1", "t2", "t3", "mehrere", "alle")
CATALOGUE = {key: counted(key, merkmal=key) for key in SHOWN} | {
    f"f{i}": entry(f"f{i}", zaehler={"merkmal": f"f{i}"}, nenner={"merkmal": f"t{i}"})
    for i in (1, 2, 3)
}
OF_ALL = ("mehrere", "alle")
POOLS = {key: Pool(rows=AREAS) for key in SHOWN} | {
    key: Pool(rows=("beide",), groups={"beide": AREAS}) for key in OF_ALL
}
THRESHOLD = 3


def listed(tests):
    """How the list of children is counted."""
    measures = {n: {n[1]: ["auffällig"]} for n in SHOWN if n[0] == "f"}
    measures |= {n: {n[1]: ["auffällig", "unauffällig"]} for n in SHOWN if n[0] == "t"}
    several = {"ab": LEAST, "alle": "alle", "von": {f"f{i}": f"t{i}" for i in tests}}
    return Zaehlen.model_validate({"merkmale": measures, "mehrfach": {"mehrere": several}})


def asked(cells, known=True, sums=None):
    """What disclosure control is given.

    Parameters
    ----------
    cells : S, A, f and t of the two areas.
    known : whether disclosure control knows that all are numbers of the same children.
    """
    rows = []
    for place, (s, a, f, t) in zip(AREAS, cells, strict=True):
        numbers = {"mehrere": s, "alle": a}
        numbers |= {f"f{i}": n for i, n in enumerate(f, 1)}
        numbers |= {f"t{i}": n for i, n in enumerate(t, 1)}
        rows += [fact(place, n, merkmal=name) for name, n in numbers.items()]
    table = facts(*rows)
    indicators = compute_indicators(table, CATALOGUE, list(AREAS), [2023], pools=POOLS)
    lists = [listed(range(1, len(cells[0][2]) + 1))] if known else []
    return inputs(
        table,
        CATALOGUE,
        {"amt": rule(THRESHOLD)},
        pools=POOLS,
        indicators=indicators,
        lists=lists,
        sums=sums or {},
    )


def printed(*given):
    """Published numbers by measure and place; None where suppressed. Parameters as of `asked`."""
    found = protect(asked(*given))
    assert found.audit.passed
    return {
        (r.kennzahl, r.raum): int(r.zaehler) if r.status == "ok" else None
        for r in found.published.itertuples()
    }


def pairs(shown, key, most_there):
    """What the numbers of a measure may be in the two areas, as far as its own rows tell."""
    ends = [range(most_there + 1) if (n := shown[key, p]) is None else [n] for p in AREAS]
    total = shown[key, "gesamt"]
    return [pair for pair in product(*ends) if total in (None, sum(pair))]


def several_and_all(shown, ends, made):
    """What S and A may be in the two areas: their values, if there are any.

    Every S and V up to ``ends`` of each area that add up to what is printed.
    """
    known = [shown[key, "gesamt"] for key in OF_ALL]
    here, there = (
        [(s, s + v) for s in range(s_end + 1) for v in range(v_end + 1) if s + v <= min(tests)]
        for (s_end, v_end), tests in zip(ends, made, strict=True)
    )
    # Of each pair as much as the printed sums tell of it, with those who have it.
    asked = {
        pair: tuple(None if k is None else k - n for k, n in zip(known, pair, strict=True))
        for pair in here
    }
    given = {
        pair: tuple(None if k is None else n for k, n in zip(known, pair, strict=True))
        for pair in there
    }
    both = {*asked.values()} & {*given.values()}
    found = {}
    for place, pairs in zip(AREAS, (asked, given), strict=True):
        fitting = [pair for pair, told in pairs.items() if told in both]
        for i, key in enumerate(OF_ALL):
            found[key, place] = {pair[i] for pair in fitting}
    return found


def possible(shown, cells):
    """By brute force: what every number may be, by measure and area, for a reader who knows that
    all are numbers of the same children, and how many had each test."""
    tests, made = range(len(cells[0][2])), [c[3] for c in cells]
    of = [pairs(shown, f"f{i + 1}", max(map(max, made))) for i in tests]
    found = {(key, p): set() for key in (*(f"f{i + 1}" for i in tests), *OF_ALL) for p in AREAS}
    by_ends = {}  # many findings leave the same room
    for findings in product(*of):
        f = list(zip(*findings, strict=True))
        if any(x > y for p in (0, 1) for x, y in zip(f[p], made[p], strict=True)):
            continue
        there = [cell((0, 0, f[p], made[p])) for p in (0, 1)]
        ends = tuple((most(c.findings, LEAST), most(c.without, c.rest)) for c in there)
        if ends not in by_ends:
            by_ends[ends] = several_and_all(shown, ends, made)
        if not by_ends[ends]["alle", AREAS[0]]:
            continue
        for key, values in by_ends[ends].items():
            found[key] |= values
        for p, place in enumerate(AREAS):
            for i in tests:
                found[f"f{i + 1}", place].add(f[p][i])
    return found


def narrowed(shown, cells):
    """Small numbers that the reader has behind what must stay possible of them."""
    found = possible(shown, cells)
    wrong = []
    for (s, a, f, t), place in zip(cells, AREAS, strict=True):
        true = {"mehrere": s, "alle": a} | {f"f{i + 1}": n for i, n in enumerate(f)}
        high = {"mehrere": most(f, LEAST), "alle": min(t)}
        for key, n in true.items():
            wanted = set(range(min(THRESHOLD, high.get(key, THRESHOLD) + 1)))
            if 0 < n < THRESHOLD and not found[key, place] >= wanted:
                wrong.append((key, place, n, sorted(found[key, place])))
    return wrong


CASE = [(2, 25, (2, 12), (30, 30)), (9, 27, (18, 9), (32, 32))]
"""At most 9 of the 11 children with both findings live in area 2: so in area 1 are two."""


OPEN = [(2, 25, (2, 12), (30, 30)), (5, 27, (18, 9), (32, 32))]
"""Here nothing follows."""


def test_the_small_number_stays_open_beside_several_findings():
    shown = printed(CASE)
    assert shown["f1", "1"] is None
    assert narrowed(shown, CASE) == []
    assert shown["mehrere", "gesamt"] is None, "nothing else would keep it open"


def test_without_that_knowledge_it_would_not():
    """Not a wish: it shows what protects here."""
    shown = printed(CASE, False)
    assert shown["mehrere", "gesamt"] == 11
    assert ("f1", "1") in [tuple(found[:2]) for found in narrowed(shown, CASE)]


def test_what_tells_nothing_is_printed_for_the_municipality_alone():
    shown = printed(OPEN)
    assert (shown["mehrere", "gesamt"], shown["alle", "gesamt"]) == (7, 52)
    assert shown["mehrere", "beide"] is None and shown["alle", "beide"] is None
    assert narrowed(shown, OPEN) == []


def test_a_number_of_single_areas_given_back_stops_the_build():
    """Nobody is asked what follows from it: it must not be there."""
    given = asked(OPEN)
    found = protect(given)
    changed = found.published.copy()
    row = changed["kennzahl"].eq("mehrere") & changed["raum"].eq("beide")
    columns = [*NUMBERS, "status"]
    changed.loc[row, columns] = given.indicators.loc[row, columns]
    with pytest.raises(SpmError, match="nicht gewährleistet"):
        require_safe(add_statements(changed, given.catalogue), found.model, given)


def test_where_nearly_all_had_all_tests_it_is_not_printed():
    """Else it follows of every area who of those tested in one had not the other."""
    cells = [(2, 29, (2, 12), (30, 30)), (5, 31, (18, 9), (32, 32))]
    shown = printed(cells)
    assert shown["mehrere", "gesamt"] is None and shown["alle", "gesamt"] is None
    assert shown["f1", "gesamt"] == 20, "single tests lose nothing"


@pytest.mark.parametrize("split", ["geschlecht", "sums"])
def test_what_joins_the_tests_in_another_way_leaves_no_proof(monkeypatch, split):
    """Boys and girls by themselves, or a known sum of both tests: then it is not published."""
    sums = {}
    if split == "geschlecht":
        girls = {"merkmal": "f2", "geschlecht": "w"}
        more = {"girls": entry("girls", zaehler=girls, nenner={"merkmal": "t2"})}
        monkeypatch.setattr(sys.modules[__name__], "CATALOGUE", CATALOGUE | more)
        monkeypatch.setattr(sys.modules[__name__], "POOLS", POOLS | {"girls": Pool(rows=AREAS)})
    else:
        sums = {"beide": known_sum("f1", "mehrere"), "auch": known_sum("f2", "mehrere")}
    shown = printed(OPEN, True, sums)
    assert shown["mehrere", "gesamt"] is None and shown["alle", "gesamt"] is None


def drawn(random, tests):
    """Numbers of two areas: few findings of the first test in the first, and nearly as many or as
    few children with several findings as there can be."""
    cells = []
    for few in (True, False):
        made = tuple(random.randint(27, 32) for _ in range(tests))
        findings = [random.randint(7, 14) for _ in range(tests)]
        findings[0] = random.randint(1, 2) if few else random.randint(12, 18)
        most_there = most(findings, LEAST)
        several = max(random.choice((0, most_there)) - random.randint(0, 1), 0)
        tested = min(made) - random.randint(2, 4)
        cells.append((several, tested, tuple(findings), made))
    return cells if all(cell(numbers).possible for numbers in cells) else drawn(random, tests)


@pytest.mark.slow
def test_no_small_number_is_narrowed_whatever_the_children():
    """Two and three tests; without the knowledge some of these would be."""
    random, shown_at_all, wrong = Random(7), 0, 0
    for trial in range(16):
        cells = drawn(random, 3 if trial % 4 == 3 else 2)
        shown = printed(cells)
        assert shown["f1", "gesamt"] is not None
        assert narrowed(shown, cells) == [], cells
        shown_at_all += shown["mehrere", "gesamt"] is not None
        wrong += bool(narrowed(printed(cells, False), cells))
    assert shown_at_all > 3
    assert wrong > 0
