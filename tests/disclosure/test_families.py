"""Parts of a problem: what they take for published, and what belongs to them anyway."""

import pytest

from spm.disclosure.audit.audit import audit
from spm.disclosure.problem import Count, Item, Problem, Relation, Shown
from spm.disclosure.suppress.families import families
from spm.disclosure.suppress.part import protect_part
from spm.disclosure.suppress.suppression import suppress

NUMBERS = (2, 30, 12, 20)
"""Two small groups and two others; the first two are as many as the last two."""
SAME = Relation("die einen sind so viele wie die anderen", {0: 1.0, 1: 1.0, 2: -1.0, 3: -1.0}, 0, 0)


def problem(*shown, relations=(SAME,)):
    """Everybody printed by sets of groups; what has fewer than 4 people is suppressed."""
    counts = [
        Count(f"Zahl {k}", frozenset(parts), sum(NUMBERS[v] for v in parts), sensitive=small(parts))
        for k, parts in enumerate(shown)
    ]
    items = [
        Item(
            count.name,
            (Shown(k, count.value, count.value),),
            cost=1.0 if count.parts == {0, 1} else 10.0,
            forced=count.sensitive,
        )
        for k, count in enumerate(counts)
    ]
    return Problem(("a", "b", "c", "d"), tuple(counts), tuple(items), tuple(relations))


def small(parts):
    return sum(NUMBERS[v] for v in parts) < 4


APART = ((0,), (1,), (0, 1), (2, 3), (2,), (3,))
"""Sum and parts of either side: two parts that only the relation links."""
TOGETHER = (*APART, (1, 2))
"""The same, and a number of people on either side: one part anyway."""


def test_a_published_number_of_another_part_is_taken_for_what_it_is():
    (part,) = families(problem(*APART), problem(*APART).primaries, ())
    assert part.counts == (0, 1, 2)
    assert part.cut == {0: {2, 3}} and part.problem.relations == ()


def test_a_number_that_belongs_to_the_part_anyway_is_none():
    asked = problem(*TOGETHER)
    (part,) = families(asked, asked.primaries, ())
    assert part.cut == {} and len(part.problem.relations) == 1
    (linked,) = families(asked, asked.primaries, {0})
    assert linked == part, "there is nothing that would have to be decided anew"


@pytest.mark.parametrize(("shown", "hidden"), [(APART, {0, 1}), (TOGETHER, {0, 1, 6})])
def test_a_number_that_the_relation_tells_is_not_hidden_in_vain(shown, hidden):
    """Beside the group of 2 its sum is the cheapest to hide, but the others are as many."""
    asked = problem(*shown)
    pattern = suppress(asked)
    assert audit(asked, pattern.hidden).passed and pattern.exact
    assert pattern.hidden == hidden


def test_every_part_is_decided_once(monkeypatch):
    """None of them was taken for less than it is."""
    asked, decided = problem(*TOGETHER), []

    def counted(part, *others):
        decided.append(part)
        return protect_part(part, *others)

    monkeypatch.setattr("spm.disclosure.suppress.suppression.protect_part", counted)
    suppress(asked)
    assert len(decided) == 1
