"""Several findings of the same child: what their number has to do with those of single tests.

In one year and area, ``m`` tests were made. Of test ``i``, ``t_i`` children had it and ``f_i`` a
finding; ``d_i = t_i - f_i`` had none. On ``A`` children all tests were made; ``S`` of them have at
least ``k`` findings, ``V = A - S`` fewer, that is at least ``m - k + 1`` tests without a finding.
A reader knows that these are numbers of the same children, though of the joint table of all tests
(``3 ** m`` cells, of which nobody knows which are empty) none is printed. Such a table exists
exactly if ::

    S <= most(f, k)      V <= most(d, m - k + 1)      S + V <= t_i  for every test

where ``most(x, k)`` is how many children can be given ``k`` things each, none of them the same
thing twice, from ``x_i`` things of kind ``i``: the smallest of ``(sum of the j smallest x) //
(j - m + k)`` over ``j > m - k``.

*That many, no more*: whatever kinds are left out, ``m - j`` of them, a child has at least
``k - (m - j)`` things of the others. *And that many*: give every child after the other the next
thing, kind by kind, ``min(x_i, S)`` of each, going on where the last kind ended; two children then
differ by at most one. If S is at most `most`, ``sum of min(x_i, S) >= k * S``, so each has k.

*Both at once*: let S have ``g_i = min(f_i, S)`` findings of a test and V ``e_i = min(d_i, V)``
without one, as above; then all others on whom the test was made have ``f_i - g_i - (V - e_i)``
findings, which lies between 0 and ``t_i - A``, whichever of f_i and S, d_i and V is larger (both
smaller would be ``t_i < A``). Each of them may be a child on whom no other test was made.

So the three conditions are all that a reader knows: neither the numbers of single findings nor
which patterns occur add to them. They hold for real numbers as for whole ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spm.config.counting import Mehrfach, Zaehlen
from spm.config.selections import Auswahl


class Together(NamedTuple):
    """What is counted on the same children.

    Parameters
    ----------
    least : so many findings or more (``k``).
    several : children with so many (``S``).
    tested : children on whom all tests were made (``A``).
    tests : by test those with a finding and those on whom it was made.
    """

    least: int
    several: Auswahl
    tested: Auswahl
    tests: tuple[tuple[Auswahl, Auswahl], ...]

    @property
    def selections(self) -> list[Auswahl]:
        """Each of them."""
        return [self.several, self.tested, *(s for pair in self.tests for s in pair)]

    @property
    def of_children(self) -> frozenset[str]:
        """Measures that only all tests together give."""
        return frozenset((*self.several.merkmal, *self.tested.merkmal))


def together(lists: Sequence[Zaehlen]) -> list[Together]:
    """What lists of persons count on the same children. Tables of one a year count the same."""
    found = {
        name: _of(name, several) for table in lists for name, several in table.mehrfach.items()
    }
    return list(found.values())


def _of(name: str, several: Mehrfach) -> Together:
    def whole(measure: str) -> Auswahl:
        return Auswahl(merkmal=[measure])

    tests = tuple((whole(finding), whole(made)) for finding, made in several.von.items())
    return Together(several.ab, whole(name), whole(several.alle), tests)


class Cell(NamedTuple):
    """The numbers of one year and place: S, A, and by test f and t."""

    least: int
    several: int
    tested: int
    findings: tuple[int, ...]
    made: tuple[int, ...]

    @property
    def without(self) -> tuple[int, ...]:
        """By test the children on whom it was made and who have no finding (d)."""
        return tuple(t - f for f, t in zip(self.findings, self.made, strict=True))

    @property
    def others(self) -> int:
        """Children on whom all tests were made, with fewer findings (V)."""
        return self.tested - self.several

    @property
    def rest(self) -> int:
        """So many tests without a finding has each of those, at least."""
        return len(self.made) - self.least + 1

    def least_findings(self, test: int) -> int:
        """So many findings of a test follow from all other numbers."""
        return fewest(_other(self.findings, test), self.several, self.least)

    def least_without(self, test: int) -> int:
        """So many children without a finding of a test follow from all other numbers."""
        return fewest(_other(self.without, test), self.others, self.rest)

    @property
    def possible(self) -> bool:
        """Whether there are children with these numbers."""
        return (
            min(self.several, self.others, *self.findings, *self.without) >= 0
            and self.tested <= min(self.made)
            and self.several <= most(self.findings, self.least)
            and self.others <= most(self.without, self.rest)
        )


def most(things: Sequence[int], each: int) -> int:
    """So many children can have ``each`` different ones of these things."""
    ordered, kinds = sorted(things), len(things)
    return min(sum(ordered[:j]) // (j - kinds + each) for j in range(kinds - each + 1, kinds + 1))


def fewest(others: Sequence[int], children: int, each: int) -> int:
    """So many things of one more kind there must be at least, for so many children to have ``each``
    different ones: the kinds of which there are ``others`` do not give them more."""
    ordered, kinds = sorted(others), len(others) + 1
    need = range(kinds - each + 1, kinds + 1)
    return max(0, *((j - kinds + each) * children - sum(ordered[: j - 1]) for j in need))


def _other(numbers: Sequence[int], test: int) -> list[int]:
    """The numbers of all other tests."""
    return [n for i, n in enumerate(numbers) if i != test]
