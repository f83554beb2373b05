"""The report as a system of counts: what its rows print, and what must not be derived from it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from itertools import product

from spm.areas.pooling import Pool
from spm.config.selections import Auswahl, counted_years
from spm.disclosure.inputs.everything import Inputs
from spm.disclosure.inputs.rows import RowKey, row_keys
from spm.disclosure.model.cells import add_cells
from spm.disclosure.model.complete import complete
from spm.disclosure.model.conceded import concede
from spm.disclosure.model.counts import Counts, Row, Window
from spm.disclosure.model.derived import add_derived
from spm.disclosure.model.elsewhere import Elsewhere
from spm.disclosure.model.groups import Groups, identity
from spm.disclosure.model.heldback import kinds
from spm.disclosure.model.joints import Joints
from spm.disclosure.model.known import known_sums
from spm.disclosure.model.loss import Loss
from spm.disclosure.model.owntotals import sums_of_totals
from spm.disclosure.model.several import together
from spm.disclosure.model.space import Space, Tally
from spm.disclosure.model.units import unit_selections
from spm.disclosure.model.withheld import withheld
from spm.disclosure.model.zeros import hide_zeros
from spm.disclosure.problem import Item, Problem, Relation, Shown
from spm.published import ABSENDER_GESPERRT, NICHT_BERECHENBAR, NICHT_ZUORDENBAR, OK


@dataclass(frozen=True)
class Model:
    """The problem, and which rows of the published data its items are.

    ``why`` says by item which counts make it a primary one; ``told`` are the counts that other
    reports give away, wholly or in part.
    """

    problem: Problem
    items: Mapping[RowKey, int]
    why: Mapping[int, tuple[str, ...]]
    told: tuple[int, ...] = ()


def build_model(inputs: Inputs) -> Model:
    """Make the model of a report.

    Raises
    ------
    SpmError
        A total is smaller than the sum of its areas.
    """
    return _Builder(inputs).model()


class _Builder:
    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.elsewhere = Elsewhere(inputs)
        printed: list[Auswahl] = [s for k in inputs.catalogue.values() for s in k.selections]
        printed += self.elsewhere.selections
        known: list[Auswahl] = [
            g for z in inputs.sums.values() for g in (z.summe, *z.teile, *z.abzueglich)
        ]
        known += [s for found in together(inputs.lists) for s in found.selections]
        selections = [*printed, *known]
        rules = inputs.rules
        self.tally = Tally(
            inputs.facts,
            [*selections, *unit_selections(printed, rules)],
            inputs.areas,
            rules.errors,
            rules.totals,
        )
        covered = {m for s in printed for m in s.merkmal}
        self.space = Space(
            Groups(selections),
            self.tally,
            printed,
            inputs.areas,
            inputs.years,
            rules.totals,
            [s for s in known if not covered.issuperset(s.merkmal)],
        )
        self.elsewhere.prepare(self.space, self.tally, selections)
        self.counts = Counts(self.space, self.tally, rules, inputs.factor, inputs.family)
        self.counts.uncounted = self.elsewhere.pieces
        self.kinds = kinds(self.space, self.tally, self.counts, rules)
        self.joints = Joints(inputs, self.space, self.tally, printed, self.elsewhere.windows)
        self.loss = Loss(inputs)
        self.items: list[Item] = []
        self.keys: dict[RowKey, int] = {}
        self.why: dict[int, tuple[str, ...]] = {}
        self.relations: dict[Hashable, Relation] = {}

    def model(self) -> Model:
        frame = self.inputs.indicators
        for key, status in zip(row_keys(frame), frame["status"], strict=True):
            if status in (OK, NICHT_BERECHENBAR, ABSENDER_GESPERRT):
                self._row(key, status)
        self._known_elsewhere()
        self.relations |= known_sums(self.space, self.tally, self.inputs)
        self.relations |= self.joints.relations()
        partitions = add_derived(self.counts, self.items, self.inputs)
        add_cells(self.counts, self.space, self.tally, self.elsewhere, self.inputs)
        self.joints.cap(self.counts.all)
        self.relations |= sums_of_totals(self.space, self.tally, self.inputs)
        zeros = hide_zeros(self.counts.all, self.items)
        self.counts.printed.leave_open(self.counts.all, self.items)
        self.relations |= withheld(self.counts, self.tally, self.inputs, self.relations.values())
        inferred = [r for kind in self.kinds for r in kind.inferred(self.items)]
        problem = Problem(
            variables=tuple(self.space.index),
            counts=tuple(self.counts.all),
            items=tuple(self.items),
            relations=tuple(self.relations.values()),
            partitions=tuple(partitions),
            inferred=tuple(inferred),
        )
        self._explain(problem, zeros)
        problem, told = concede(problem)
        return Model(problem, self.keys, self.why, told)

    def _explain(self, problem: Problem, zeros: Mapping[int, int]) -> None:
        """Why rows must be suppressed for what only all rows together have shown.

        Parameters
        ----------
        zeros : by count that is 0 the small count that it is a part of.
        """
        for i in sorted(problem.primaries - self.why.keys()):
            item = self.items[i]
            why = dict.fromkeys((*(s.count for s in item.shows), *item.reasons))
            self.why[i] = tuple(
                f"{self.counts.text(c)}, in der kleinen Gruppe {self.counts.text(zeros[c])}"
                if c in zeros
                else self.counts.text(c)
                for c in why
                if problem.counts[c].sensitive
            )

    # ------------------------------------------------------------------------------ one row

    def _row(self, key: RowKey, status: str) -> None:
        entry = self.inputs.catalogue[key.kennzahl]
        top = self._window(entry.zaehler, key)
        bottom = self._window(entry.nenner, key) if entry.nenner else None
        off = self._window(entry.abzueglich, key) if entry.abzueglich else None
        if status != ABSENDER_GESPERRT and (apart := self.joints.why(top, bottom, off)):
            self._hide(key, apart)
            return
        numerator = self.counts.add(top)
        subtracted = self.counts.add(off) if off else None
        denominator = self.counts.add(bottom) if bottom else None
        if status == ABSENDER_GESPERRT:
            return
        printed = [(numerator, top)]
        if off and subtracted is not None:
            printed.append((subtracted, off))
        if status == NICHT_BERECHENBAR:  # then its sender may keep a part of the numerator secret
            printed = [(c, w) for c, w in printed if self.counts.delivered(w)[0] is not None]
        shows = [self._shown(count, window) for count, window in printed]
        if status == NICHT_BERECHENBAR:
            # "not computable" says that nobody is in the denominator; without a count of the
            # denominator it says nothing about anybody.
            if bottom is None or self.counts.delivered(bottom)[0] != 0:
                return
            shows = []
        if bottom and denominator is not None:
            shows.append(self._shown(denominator, bottom))
        why = [self.counts.text(c) for c in dict.fromkeys((numerator, subtracted, denominator))
               if c is not None and self.counts.told(c)]  # fmt: skip
        others = None
        if status == OK and bottom and denominator is not None:
            others = self._complement(top, bottom) if entry.art == "anteil" else None
            if others is not None and self.counts.all[others].sensitive:
                why.append(self.counts.text(others))
            row = Row(
                item=len(self.items),
                key=key,
                top=top,
                bottom=bottom,
                denominator=denominator,
                rule=self.counts.rule(top),
            )
            why += self._held_back(row, numerator)
            for kind in self.kinds:
                shows[-1] = kind.printed(row, shows[-1])
        self.keys[key] = len(self.items)
        if why:
            self.why[len(self.items)] = tuple(why)
        self.items.append(
            Item(
                key,
                tuple(shows),
                cost=self.loss.of(key),
                forced=bool(why),
                reasons=() if others is None else (others,),
            )
        )

    def _hide(self, key: RowKey, why: str) -> None:
        """A row that must not be published whatever its numbers are: it prints none of them."""
        self.keys[key] = len(self.items)
        self.why[len(self.items)] = (why,)
        self.items.append(Item(key, (), cost=self.loss.of(key), forced=True))

    def _window(self, wanted: Auswahl, key: RowKey) -> Window:
        pool = self.inputs.pools.get(key.kennzahl) or Pool()
        span = range(key.jahr - pool.years + 1, key.jahr + 1)
        years = counted_years(wanted, span, self.inputs.years[0])
        places = (key.gruppe,) if key.gruppe else pool.parts(key.raum)
        return Window(wanted, years, places)

    def _shown(self, count: int, window: Window) -> Shown:
        low, high = self.counts.show(count, window)
        return Shown(count, low, high)

    def _complement(self, top: Window, bottom: Window) -> int | None:
        """Count of those in the denominator of a share only: with 48 of 50 vaccinated, the two
        others are as recognisable. Without a common measure they are variables of their own."""
        inside, whole = self.counts.parts(top), self.counts.parts(bottom)
        if inside <= whole:
            parts = whole - inside
        else:
            cells = product(zip(top.years, bottom.years, strict=False), top.places)
            parts = frozenset(
                v for years, place in cells for v in self._rest(top, bottom, years, place)
            )
        if not parts:
            return None
        number = self._difference(top, bottom)
        rule = self.inputs.rules.at(top.wanted, top.places)
        index = self.counts.add_parts(
            parts, number, rule, f"nicht in: {self.counts.name(top)}", cap=self.counts.value(bottom)
        )
        numerator, denominator = self.counts.find(top), self.counts.find(bottom)
        if numerator is not None and denominator is not None:
            self.counts.printed.derived(index, denominator, (numerator,))
        shown = [c for c in (numerator, denominator) if c is not None]
        # Of rounded numbers readers learn an interval; whether that is enough the audit says.
        return index if all(map(self.counts.printed.exactly, shown)) else None

    def _rest(self, top: Window, bottom: Window, years: tuple[int, int], place: str) -> list[int]:
        """Variable of those in the denominator only, in one year and place, and its sum."""
        inside = self.space.parts(top.wanted, years[:1], (place,))
        whole = self.space.parts(bottom.wanted, years[1:], (place,))
        name = ("nicht im Zähler", identity(top.wanted), identity(bottom.wanted), *years, place)
        variable = self.space.variable(name)
        if name not in self.relations:
            values = complete(
                self.tally.number(w.wanted, y, place)
                for w, y in zip((top, bottom), years, strict=True)
            )
            # People without an area are counted by some senders only: there, a numerator may
            # exceed its denominator, and nothing follows from either.
            free = place == NICHT_ZUORDENBAR and (values is None or values[0] > values[1])
            coefficients = {v: 1.0 for v in sorted(inside)} | {variable: 1.0}
            coefficients |= {v: -1.0 for v in sorted(whole)}
            slack = float("inf") if free else 0.0
            self.relations[name] = Relation(name, coefficients, -slack, slack)
        return [variable]

    def _difference(self, top: Window, bottom: Window) -> float | None:
        upper, lower = self.counts.value(top), self.counts.value(bottom)
        return None if upper is None or lower is None else max(lower - upper, 0)

    def _held_back(self, row: Row, numerator: int) -> list[str]:
        """Why a row must not be published although no count is small."""
        reasons = [why for kind in self.kinds if (why := kind.why(row))]
        if reasons:
            size, error = self.counts.delivered(row.bottom)
            cap = None if size is None else size + error
            self.counts.protect_width(numerator, row.rule, cap=cap)
        return reasons

    def _known_elsewhere(self) -> None:
        """What other reports printed is known, and so is who was left out of their shares."""
        items, relations = self.elsewhere.items(self.counts, self.space, self.tally)
        self.items += items
        self.relations |= {r.name: r for r in relations}
        shares = [
            (self._window(entry.zaehler, key), self._window(entry.nenner, key))
            for key, entry in ((k, self.inputs.catalogue[k.kennzahl]) for k in self.keys)
            if entry.art == "anteil" and entry.nenner
        ]
        for top, bottom in self.elsewhere.shares(shares):
            self._complement(top, bottom)
