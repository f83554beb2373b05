"""Zeros are shown, and still nobody learns from gaps that there must be somebody behind each."""

from itertools import product

import numpy as np
import openpyxl
import pytest

from spm.disclosure import protect, write_audit_list
from spm.disclosure.certify import AUDIT_LIST
from spm.disclosure.model import model as module
from spm.disclosure.model.model import build_model
from spm.disclosure.model.zeros import hide_zeros
from spm.disclosure.problem import Count, Item, Shown
from tests.disclosure.rule_reader import found_out
from tests.disclosure.test_primary import inputs, rule
from tests.statistics.test_indicators import entry
from tests.statistics.test_selection import fact, facts

MOST = 9
"""More people than any group of the examples has; the reader below tries all numbers below it."""

AGES = {"0-2": (0, 2), "3-5": (3, 5), "6-9": (6, 9)}
SEXES = ("m", "w")


def by_age_and_sex(cells, threshold, zeros="ja"):
    """Children of one area by age and sex, and all sums of them; no indicator has a denominator."""
    ages, sexes = (list(dict.fromkeys(key[k] for key in cells)) for k in (0, 1))
    table = facts(
        *(fact("1", n, alter=AGES[a], geschlecht=s) for (a, s), n in cells.items()),
    )
    whole = f"{ages[0].split('-')[0]}-{ages[-1].split('-')[1]}"
    catalogue = {}
    for k, (a, s) in enumerate(product([*ages, None], [*sexes, None] if len(sexes) > 1 else sexes)):
        wanted = {"merkmal": "bevoelkerung", "alter": a or whole} | ({"geschlecht": s} if s else {})
        catalogue[f"k{k}"] = entry(f"k{k}", art="anzahl", zaehler=wanted, nenner=None, faktor=1)
    return inputs(table, catalogue, {"amt": rule(threshold, zeros)})


def by_area(numbers, threshold, zeros="ja"):
    """Children by area, and their total."""
    table = facts(*(fact(str(k + 1), n) for k, n in enumerate(numbers)))
    wanted = {"merkmal": "bevoelkerung"}
    catalogue = {"k": entry("k", art="anzahl", zaehler=wanted, nenner=None, faktor=1)}
    return inputs(table, catalogue, {"amt": rule(threshold, zeros)})


class Reader:
    """Tries all tables: they must have the same published numbers, and by the rules, read here
    once more, the same rows must have to be suppressed."""

    def __init__(self, problem, threshold):
        self.problem, self.threshold = problem, threshold
        self.counts = sorted({c for item in problem.items for c in shown(item)})
        parts = [problem.counts[c].parts for c in self.counts]
        place = {v: k for k, v in enumerate(sorted(frozenset().union(*parts)))}
        tables = np.indices([MOST] * len(place), dtype=np.int8).reshape(len(place), -1)
        self.sums = np.array([sum(tables[place[v]] for v in p) for p in parts])
        self.true = np.array([[problem.counts[c].value] for c in self.counts], dtype=np.int8)

    def has_to_go(self, sums, within):
        small = (sums > 0) & (sums < self.threshold)
        if within:
            parts = [self.problem.counts[c].parts for c in self.counts]
            held = [[w for w, of in enumerate(parts) if p <= of] for p in parts]
            small = np.array([small[h].any(axis=0) for h in held])
        return small

    def possible(self, hidden, within):
        """By count that is suppressed all numbers that it can have.

        Parameters
        ----------
        within : nothing within a small group is shown either.
        """
        sums, true = self.sums, self.true
        agree = (self.has_to_go(sums, within) == self.has_to_go(true, within)).all(axis=0)
        gone = {c for i in hidden for c in shown(self.problem.items[i])}
        for k, c in enumerate(self.counts):
            if c not in gone:
                agree &= sums[k] == true[k]
        return {
            str(self.problem.counts[c].name): set(np.unique(sums[k][agree]).tolist())
            for k, c in enumerate(self.counts)
            if c in gone
        }


def shown(item):
    return {s.count for s in item.shows}


GIRL_AND_BOY = {("0-2", "m"): 1, ("0-2", "w"): 1, ("3-5", "m"): 4, ("3-5", "w"): 4}
THREE_AGES = {("0-2", "m"): 1, ("3-5", "m"): 1, ("6-9", "m"): 1}
CASES = {
    "a boy and a girl": (lambda: by_age_and_sex(GIRL_AND_BOY, 3), 3),
    "one child of each age": (lambda: by_age_and_sex(THREE_AGES, 4), 4),
    "two areas, and one without": (lambda: by_area((1, 1, 0), 3), 3),
    "four areas": (lambda: by_area((1, 1, 1, 1), 5), 5),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_gaps_do_not_say_that_there_is_somebody(case, monkeypatch):
    make, threshold = CASES[case]
    with monkeypatch.context() as without:
        without.setattr(module, "hide_zeros", lambda counts, items: {})
        told = protect(make())
        problem, hidden = told.model.problem, told.pattern.hidden
        found = Reader(problem, threshold).possible(hidden, within=False)
        ones = {name for name, numbers in found.items() if numbers == {1}}
        assert len(ones) >= 2, "this is what the rule is for"
        assert told.audit.unprotectable or told.pattern.unprotectable, "no pattern helps"

    done = protect(make())
    problem, hidden = done.model.problem, done.pattern.hidden
    assert done.audit.passed and not done.audit.unprotectable
    found = Reader(problem, threshold).possible(hidden, within=True)
    secret = {str(c.name) for c in problem.counts if c.sensitive}
    assert secret & found.keys() >= ones
    assert [name for name in secret & found.keys() if len(found[name]) < 2] == []
    assert found_out(problem, hidden) == []


@pytest.mark.parametrize("case", CASES)
def test_the_rows_that_have_to_go_are_those_of_the_rule(case):
    """The rule as read here once more, and as the program applies it."""
    make, threshold = CASES[case]
    problem = build_model(make()).problem
    reader = Reader(problem, threshold)
    gone = reader.has_to_go(reader.true, within=True)[:, 0]
    wanted = {c for c, g in zip(reader.counts, gone, strict=True) if g}
    assert {c for i in problem.primaries for c in shown(problem.items[i])} == wanted


def test_a_zero_in_a_group_that_is_not_small_stays():
    """No boy among 20 girls is told; no girl beside two boys is not."""
    cells = {("0-2", "m"): 0, ("0-2", "w"): 20, ("3-5", "m"): 2, ("3-5", "w"): 0,
             ("6-9", "m"): 30, ("6-9", "w"): 40}  # fmt: skip
    given = by_age_and_sex(cells, 3)
    rows = protect(given).published
    found = {}
    for row in rows[rows["raum"].eq("1")].itertuples():
        wanted = given.catalogue[row.kennzahl].zaehler
        found[str(wanted.alter), *(wanted.geschlecht or ())] = (row.status, row.zaehler)
    assert found["0-2", "m"] == ("ok", 0)
    gone = [found[key][0] for key in (("3-5", "m"), ("3-5", "w"), ("3-5",))]
    assert gone == ["gesperrt"] * 3


def test_an_area_without_anybody_stays_if_others_have_many():
    rows = protect(by_area((0, 20, 30), 3)).published
    assert dict(zip(rows["raum"], rows["status"], strict=True)) == dict.fromkeys(
        ("1", "2", "3", "gesamt"), "ok"
    )


def test_the_confidential_list_says_why(tmp_path):
    done = protect(by_area((2, 0, 0), 3))
    write_audit_list(done, {}, tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / AUDIT_LIST)["Gesperrte Zeilen"]
    rows = {row[2]: row[4:6] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert rows["2"] == (
        "primär",
        "bevoelkerung, 2023, Raum 2: 0, in der kleinen Gruppe bevoelkerung, 2023, Raum gesamt: 2",
    )
    assert rows["1"] == ("primär", "bevoelkerung, 2023, Raum 1: 2")


# --- counts ---------------------------------------------------------------------------------------


def count(parts, value, *, threshold=3, zeros=True):
    small = 0 < value < threshold
    need = (0.0, float(threshold)) if small else None
    parts = frozenset(parts)
    return Count(str(sorted(parts)), parts, value, small, need, zeros, threshold)


def row_of(c, value, **changes):
    return Item(c, (Shown(c, value, value),), **changes)


def test_only_parts_of_small_groups_change():
    counts = [count({0, 1}, 2), count({0}, 2), count({1}, 0), count({2}, 0), count({1, 2}, 0)]
    before = list(counts)
    assert hide_zeros(counts, [row_of(c, n.value) for c, n in enumerate(counts)]) == {2: 0}
    assert [c.zeros_shown for c in counts] == [True, False, False, True, True]
    assert counts[2].sensitive and counts[2].need == (0.0, 3.0)
    assert [counts[c] == before[c] for c in range(5)] == [True, False, False, True, True]


def test_a_larger_threshold_of_the_whole_is_that_of_its_part():
    counts = [count({0, 1}, 4, threshold=10), count({0}, 4, threshold=3), count({1}, 0)]
    hide_zeros(counts, [row_of(c, n.value) for c, n in enumerate(counts)])
    assert (counts[2].threshold, counts[2].need) == (10, (0.0, 10.0))
    assert (counts[1].threshold, counts[1].sensitive) == (3, False)


def test_a_zero_that_another_report_has_told_is_no_secret():
    counts = [count({0, 1}, 2), count({0}, 2), count({1}, 0)]
    rows = [row_of(c, n.value) for c, n in enumerate(counts)]
    assert hide_zeros(counts, [*rows, row_of(2, 0, fixed=True)]) == {}
    assert not counts[2].sensitive and not counts[2].zeros_shown


def test_where_no_zero_is_shown_nothing_changes():
    counts = [count({0, 1}, 2, zeros=False), count({0}, 1, zeros=False)]
    assert hide_zeros(counts, [row_of(c, n.value) for c, n in enumerate(counts)]) == {}
