"""The counts of a report: each is listed once, in however many tables it is printed."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import NamedTuple

from spm.config.selections import Auswahl
from spm.disclosure.inputs.rows import RowKey
from spm.disclosure.inputs.rules import Rule, Rules
from spm.disclosure.model.complete import complete
from spm.disclosure.model.groups import identity
from spm.disclosure.model.rounding import Printed, rounding_interval, small_and_changed
from spm.disclosure.model.space import Space, Tally
from spm.disclosure.model.units import few_units, units_behind
from spm.disclosure.problem import Count
from spm.facts import GEZAEHLT
from spm.published import GESAMT, GESPERRT


class Window(NamedTuple):
    """A selection, summed over years and places ("gesamt" is everybody)."""

    wanted: Auswahl
    years: tuple[int, ...]
    places: tuple[str, ...]


class Row(NamedTuple):
    """A row with a denominator, as rules look at it that are not about small counts.

    Parameters
    ----------
    item : its place among the items.
    top, bottom : what numerator and denominator count.
    denominator : index of its count.
    rule : of the numerator.
    """

    item: int
    key: RowKey
    top: Window
    bottom: Window
    denominator: int
    rule: Rule


class Counts:
    """Counts by the variables they sum.

    Parameters
    ----------
    factor : the interval of a reader must reach from 0 to the threshold times this.
    family : so many people may know each other; None: all that are too few to be told.
    """

    def __init__(
        self, space: Space, tally: Tally, rules: Rules, factor: float, family: int | None = None
    ) -> None:
        self._space, self._tally, self._rules, self._factor = space, tally, rules, factor
        self._family = family
        self.all: list[Count] = []
        self.windows: dict[int, list[Window]] = {}
        self.forcing: set[int] = set()  # counts whose rows are suppressed even if rounded
        self.printed = Printed()
        self._wide: set[int] = set()  # sensitive for another reason than being small
        self.uncounted: frozenset[str] = frozenset()  # places whose people nobody has counted
        self._by_parts: dict[frozenset[int], int] = {}
        # A window is asked for by every row that prints it, in several ways.
        self._parts: dict[Hashable, frozenset[int]] = {}
        self._delivered: dict[Hashable, tuple[int | None, float]] = {}

    def parts(self, window: Window) -> frozenset[int]:
        """The variables of a window."""
        key = _same(window)
        if key not in self._parts:
            self._parts[key] = self._space.parts(*window)
        return self._parts[key]

    def value(self, window: Window) -> int | None:
        """The true count; None if its sender keeps a part of it secret, or changed it."""
        number, error = self.delivered(window)
        return None if error else number

    def delivered(self, window: Window) -> tuple[int | None, float]:
        """The count that was delivered, and how far the true one may be from it."""
        key = _same(window)
        if key not in self._delivered:
            self._delivered[key] = self._summed(window)
        return self._delivered[key]

    def _summed(self, window: Window) -> tuple[int | None, float]:
        found = complete(
            self._tally.of(window.wanted, year, place)
            for year in window.years
            for place in window.places
        )
        if found is None or any(c.status != GEZAEHLT for c in found):
            return None, 0.0
        return sum(c.counted for c in found), sum(c.deviation for c in found)

    def rule(self, window: Window) -> Rule:
        """The rule for the count of a window."""
        return self._rules.at(window.wanted, window.places)

    def secret(self, window: Window) -> bool:
        """Whether the sender suppressed this count (one year, one place).

        A total is none: it is unknown only because one of its areas is, unless it is no sum of
        them.
        """
        total = window.places == (GESAMT,) and not self._space.own_totals.intersection(
            window.wanted.merkmal
        )
        if len(window.years) > 1 or len(window.places) > 1 or total:
            return False
        count = self._tally.of(window.wanted, window.years[0], window.places[0])
        return count is not None and count.status == GESPERRT

    def add(self, window: Window) -> int:
        """Index of the count of a window; it is sensitive if it is small by its rule, if its
        sender keeps it secret, or if its people come from few units."""
        rule, value = self.rule(window), self.value(window)
        parts, name = self.parts(window), self.name(window)
        index = self.add_parts(parts, value, rule, name, secret=self.secret(window))
        number, error = self.delivered(window)
        if error and number is not None and rule.suppress and self.all[index].is_small(number):
            # Its sender has changed it, and the sums around it, but by little: where all errors lie
            # on one side, the true number follows (four times 13 as 15, and 52 as 50).
            self.add_parts(parts, value, rule, name, secret=True, alone=True)
            made = self.all[index]
            zeros = made.zeros_shown and number > 0
            self.limit(index, *small_and_changed(number, error, made.threshold, rule, zeros))
        known = self.windows.setdefault(index, [])
        if window not in known:
            known.append(window)
            if rule.units:
                self._protect_few(index, window)
        return index

    def add_rest(self, window: Window) -> None:
        """People in the municipality's total who are in no area and in no row of their own."""
        (year,) = window.years
        parts = self.parts(window)
        if parts and self._space.has_rest(window.wanted, year):
            number = self._space.rest(window.wanted, year)
            if number:  # nobody there is nobody's secret
                self.add_parts(parts, number, self._rules.of(window.wanted), self.name(window))

    def add_parts(
        self,
        parts: frozenset[int],
        value: float | None,
        rule: Rule,
        name: Hashable,
        *,
        secret: bool = False,
        alone: bool = False,
        cap: float | None = None,
    ) -> int:
        """Index of a count by its variables; the strictest rule of all its uses holds.

        Parameters
        ----------
        alone : it is protected as a whole, though its value is not known: not only its groups are.
        cap : what everybody knows as its upper limit (the denominator of a share).
        """
        index = self._by_parts.get(parts)
        if index is None:
            index = self._by_parts[parts] = len(self.all)
            new = Count(name, parts, value, zeros_shown=rule.zeros_shown, family=self._family)
            self.all.append(new)
        old = self.all[index]
        threshold = max(old.threshold, rule.threshold)
        zeros = old.zeros_shown and rule.zeros_shown
        merged = replace(old, threshold=threshold, zeros_shown=zeros)
        small = secret if value is None else merged.is_small(value)
        if small and rule.suppress:
            self.forcing.add(index)
        if small:
            self._wide.discard(index)
        if (small or old.sensitive) and index not in self._wide:
            high = threshold * self._factor
            high = min(h for h in (high, cap, self._cap(old)) if h is not None)
            low, high = 0.0, float(high)
            # A sum is secret because of one of its groups; the others may be told, so that it may
            # be known to be large.
            told = value is None and len(parts) > 1 and not alone
            need = (low, high) if high > low and not told else None
            merged = replace(merged, sensitive=True, need=need)
        self.all[index] = merged
        return index

    def protect_width(self, index: int, rule: Rule, cap: float | None) -> None:
        """A count that is not small, but whose row must not be published: it may not be known to
        within less than the threshold."""
        count = self.all[index]
        if count.sensitive or count.value is None:
            return
        width = max(rule.threshold - 1, 1) * self._factor
        high = count.value + width if cap is None else min(count.value + width, cap)
        low = max(count.value - width, 0)
        self._wide.add(index)
        self.all[index] = replace(count, sensitive=True, need=(float(low), float(high)))

    def show(self, index: int, window: Window) -> tuple[float, float]:
        """What a reader learns from the printed number: an interval if it is rounded, or if the
        sender changed it."""
        number, error = self.delivered(window)
        assert number is not None  # what nobody delivered is not printed
        low, high = rounding_interval(number, self._rules.of(window.wanted).rounding)
        low, high = max(low - error, 0.0), high + error
        self.printed.show(index, low, high)
        return low, high

    def told(self, index: int) -> bool:
        """Whether printing a count would tell what nobody may know."""
        sensitive = self.all[index].sensitive and self.printed.exactly(index)
        return sensitive or index in self.forcing

    def adds_up(self, window: Window) -> bool:
        """Whether readers know the municipality to be the sum of its areas in all years."""
        return all(self._space.adds_up(window.wanted, year) for year in window.years)

    def limit(self, index: int, low: float, high: float) -> None:
        """Readers who know the rules know a number to be between two others."""
        count = self.all[index]
        limits = max(count.limits[0], low), min(count.limits[1], high)
        self.all[index] = replace(count, limits=limits)

    def find(self, window: Window) -> int | None:
        """Index of the count of a window, if there is one."""
        return self._by_parts.get(self.parts(window))

    def name(self, window: Window) -> str:
        """How the confidential list names a count."""
        wanted = window.wanted
        groups = [f"Alter {wanted.alter}"] if wanted.alter else []
        for dimension in ("geschlecht", "staatsangehoerigkeit", "auspraegung"):
            values = getattr(wanted, dimension)
            groups += ["/".join(values)] if values else []
        years = "–".join(str(y) for y in dict.fromkeys((window.years[0], window.years[-1])))
        place = "+".join(window.places)
        return ", ".join(["+".join(wanted.merkmal), *groups, years, f"Raum {place}"])

    def text(self, index: int) -> str:
        """Name and value of a count for the confidential list."""
        count = self.all[index]
        value = "vom Absender gesperrt" if count.value is None else f"{count.value:g}"
        windows = self.windows.get(index, ()) if index in self._wide else ()
        units = map(self._few_units, windows)
        return ", ".join([f"{count.name}: {value}", *dict.fromkeys(filter(None, units))])

    def _protect_few(self, index: int, window: Window) -> None:
        units = units_behind(*window, self._tally, self._rules)
        self.all[index] = replace(self.all[index], units=self.all[index].units or units)
        if self._few_units(window):
            self.forcing.add(index)
            self.protect_width(index, self.rule(window), None)

    def _few_units(self, window: Window) -> str:
        return few_units(*window, self._tally, self._rules) if self.delivered(window)[0] else ""

    def _cap(self, count: Count) -> float | None:
        return count.need[1] if count.sensitive and count.need else None


def _same(window: Window) -> Hashable:
    """What two windows must share to be the same: selections have no hash."""
    return identity(window.wanted), window.years, window.places
