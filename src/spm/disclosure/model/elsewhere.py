"""What other reports printed is known: facts on the same variables as the report itself.

What a reader learns from an earlier report (or another one) is a fixed item: nothing can suppress
it any more. A number that was corrected since is none of this report's; it stays known only as long
as it is still the true one. Where this report has no number of its own (a year that is not
delivered any more, a Gemeinde beside ours), what was printed is believed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace

from spm.config.catalogue import Kennzahl
from spm.config.selections import Auswahl
from spm.disclosure.inputs.counted import read_terms
from spm.disclosure.inputs.everything import Inputs
from spm.disclosure.inputs.olddivisions import OldDivision
from spm.disclosure.inputs.reports import Report
from spm.disclosure.model.agreement import Unknown, agreeing
from spm.disclosure.model.counts import Counts, Window
from spm.disclosure.model.groups import identity
from spm.disclosure.model.redrawn import counts_of, relations_of
from spm.disclosure.model.rounding import rounding_interval
from spm.disclosure.model.space import REST, Space, Tally
from spm.disclosure.model.told import Told, printed
from spm.disclosure.problem import Item, Relation, Shown
from spm.published import GESAMT, NICHT_ZUORDENBAR

ELSEWHERE = "anderer Bericht"


class Elsewhere:
    """The facts of all other reports.

    Attributes
    ----------
    windows : what their numbers may count.
    selections : of these.
    pieces : of old areas that were divided: nobody has counted who lives there.
    foreign : windows that this report itself does not print.
    pairs : numerator and denominator of their shares that this report does not print.
    rests : groups that are known only from them, and their numbers, see `Unknown`.
    """

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs
        self.reports = reports_of(inputs)
        self._told: list[Told] = []
        for report in self.reports:
            self._told += printed(report, inputs, inputs.divisions)
        self.windows = [w for t in self._told for w in t.windows]
        self.selections = list({identity(w.wanted): w.wanted for w in self.windows}.values())
        self.pieces = frozenset(
            piece
            for old in inputs.divisions
            for found in old.pieces.values()
            if len(found) > 1
            for piece in found
        )
        self.foreign: list[Window] = []
        self.pairs: list[tuple[Window, Window]] = []
        self.rests: list[tuple[frozenset[int], float, Window]] = []

    def prepare(self, space: Space, tally: Tally, selections: Sequence[Auswahl]) -> None:
        """Let the true counts know old divisions, and the space years without any number."""
        for old in self._divisions():
            once = {identity(s): s for s in selections}.values()
            for wanted, counts in counts_of(old, once, self._inputs.rules.errors):
                tally.extend(wanted, counts)
        for told in self._told:
            for window in told.windows if told.sure else ():
                for year in window.years:
                    if tally.of(window.wanted, year, GESAMT) is None:
                        for measure in window.wanted.merkmal:
                            space.leave_open(measure, year)

    def items(
        self, counts: Counts, space: Space, tally: Tally
    ) -> tuple[list[Item], list[Relation]]:
        """What is known as items, and the sums that tie places elsewhere to those here."""
        before = len(counts.all)
        found: dict[tuple[int, float, float], Item] = {}
        unknown: list[Unknown] = []
        rows: dict[tuple[Hashable, ...], dict[str, Window]] = defaultdict(dict)
        for told in self._told:
            window = self._window(told, counts)
            if window is not None:
                shown = self._shown(told, window, counts)
                self._note(shown, window, before, found, told)
                rows[told.report.name, told.key, told.art][told.role] = window
            elif told.sure and counts.delivered(told.windows[0])[0] is None:
                unknown += self._unknown(told, counts, space, tally)
        relations = [*self._old_areas(space, tally), *self._sub_areas(space, tally)]
        for fact in agreeing(unknown, self.rests, counts, relations):
            self._note(self._shown(fact.told, fact.window, counts), fact.window, before, found,
                       fact.told)  # fmt: skip
            self.rests.append((fact.parts, fact.number, fact.window))
            rows[fact.told.report.name, fact.told.key, fact.told.art][fact.told.role] = fact.window
        strange = {(identity(w.wanted), w.years, w.places) for w in self.foreign}
        for (_, _, art), roles in rows.items():
            top, bottom = roles.get("zaehler"), roles.get("nenner")
            if art != "anteil" or top is None or bottom is None:
                continue
            if any((identity(w.wanted), w.years, w.places) in strange for w in (top, bottom)):
                self.pairs.append((top, bottom))
        return list(found.values()), relations

    def _window(self, told: Told, counts: Counts) -> Window | None:
        """What the number counts: a window whose true number it (still) is."""
        for window in told.windows:
            number, _ = counts.delivered(window)
            if number is not None:
                low, high = self._interval(told, window, counts)
                if low <= number <= high:
                    return window
        return None

    def _interval(self, told: Told, window: Window, counts: Counts) -> tuple[float, float]:
        base = counts.rule(window).rounding if told.rounding is None else told.rounding
        return rounding_interval(told.number, base)

    def _shown(self, told: Told, window: Window, counts: Counts) -> Shown:
        (low, high), error = self._interval(told, window, counts), counts.delivered(window)[1]
        return Shown(counts.add(window), max(low - error, 0.0), high + error)

    def _note(
        self,
        shown: Shown,
        window: Window,
        before: int,
        found: dict[tuple[int, float, float], Item],
        told: Told,
    ) -> None:
        key = (shown.count, shown.low, shown.high)
        if key not in found:
            name = (ELSEWHERE, told.report.name, *told.key, told.role)
            found[key] = Item(name, (shown,), fixed=True)
            if shown.count >= before:
                self.foreign.append(window)

    def _unknown(self, told: Told, counts: Counts, space: Space, tally: Tally) -> Iterable[Unknown]:
        """Split a window into what is known here and the rest."""
        (window, *_), known = told.windows, 0
        open_parts: set[int] = set()
        for year in window.years:
            for place in window.places:
                number = tally.number(window.wanted, year, place)
                if tally.error(window.wanted, year, place):
                    return  # its sender changed it: what is left is not known exactly either
                if number is None:
                    open_parts |= space.parts(window.wanted, (year,), (place,))
                else:
                    known += number
        if told.number >= known and (told.rounding or 1) == 1:
            yield Unknown(told, window, frozenset(open_parts), told.number - known)

    def shares(self, today: Sequence[tuple[Window, Window]]) -> Iterator[tuple[Window, Window]]:
        """Numerators and denominators whose others follow only from several reports: shares that
        this one does not print, and single years and places of the same two.

        Parameters
        ----------
        today : those of this report.
        """
        yield from self.pairs
        names = {tuple(identity(w.wanted) for w in pair) for pair in self.pairs}
        for top, bottom in [*self.pairs, *today]:
            if (identity(top.wanted), identity(bottom.wanted)) in names:
                for a, b in zip(top.years, bottom.years, strict=False):
                    for place in top.places:
                        if place not in self.pieces:
                            yield (
                                Window(top.wanted, (a,), (place,)),
                                Window(bottom.wanted, (b,), (place,)),
                            )

    # ------------------------------------------------------------------- places elsewhere

    def old_areas(self) -> set[tuple[int, str]]:
        """Years and pieces of old divisions that a report has printed numbers of."""
        return {
            (year, piece)
            for old in self._divisions()
            for year in range(old.first, old.last + 1)
            for pieces in old.pieces.values()
            for piece in pieces
        }

    def _divisions(self) -> list[OldDivision]:
        """Old divisions that a report has printed numbers of."""
        places = {p for t in self._told for w in t.windows for p in w.places}
        return [
            old
            for old in self._inputs.divisions
            if any(piece in places for pieces in old.pieces.values() for piece in pieces)
        ]

    def _old_areas(self, space: Space, tally: Tally) -> list[Relation]:
        relations: list[Relation] = []
        every = space.selections
        for old in self._divisions():
            pieces = {p for found in old.pieces.values() for p in found}
            asked = {
                (measure, year)
                for w in self.foreign
                if pieces & set(w.places)
                for measure in w.wanted.merkmal
                for year in w.years
                if old.first <= year <= old.last
            }
            relations += relations_of(old, space, tally, every, asked)
        return relations

    def _sub_areas(self, space: Space, tally: Tally) -> list[Relation]:
        """One of our areas is made of the areas of a Gemeinde, and of those it assigns to none."""
        relations = []
        for report in self.reports:
            if report.part is None:
                continue
            places = [report.local(p) for p in (*report.areas, NICHT_ZUORDENBAR, REST)]
            asked: dict[tuple[Hashable, int], Auswahl] = {}
            for told in self._told:
                if told.report is report:
                    for window in told.windows:
                        for year in window.years:
                            asked[identity(window.wanted), year] = window.wanted
            cells = set()
            for (_, year), wanted in asked.items():
                if space.own_totals.intersection(wanted.merkmal):
                    continue  # what an area has is no sum of the areas within it either
                number = tally.number(wanted, year, report.part)
                if number is not None:
                    parts = space.parts(wanted, (year,), places)
                    self.rests.append((parts, number, Window(wanted, (year,), (report.part,))))
                cells |= {(m, year, g) for m, g in space.groups_of(wanted)}
            for measure, year, group in sorted(cells):
                row = {space.variable((measure, year, report.part, group)): -1.0}
                row |= {space.variable((measure, year, p, group)): 1.0 for p in places}
                name = ("Räume der Gemeinde", report.name, measure, year, group)
                relations.append(Relation(name, row))
        return relations


def reports_of(inputs: Inputs) -> list[Report]:
    """All other reports whose numbers are known; ``earlier`` alone is one of them, too."""
    if inputs.reports is not None:
        return list(inputs.reports)
    return [Report("früherer Bericht", inputs.earlier)] if len(inputs.earlier) else []


def told_about(inputs: Inputs, entry: Kennzahl) -> tuple[Report, ...]:
    """Of all other reports the rows with numerators of the measures of one indicator."""
    measures = {m for s in (entry.zaehler, entry.abzueglich) if s for m in s.merkmal}
    found = []
    for report in reports_of(inputs):
        if report.says_what_it_counts:
            terms = {text: read_terms(text)[1] for text in report.rows["zaehlt"].unique()}
            about = {
                text
                for text, roles in terms.items()
                if any(measures & set(t.wanted.merkmal) for k, t in roles.items() if k != "nenner")
            }
            rows = report.rows[report.rows["zaehlt"].isin(about)]
        else:
            about = {
                key
                for key, known in inputs.catalogue.items()
                if any(measures & set(s.merkmal) for s in (known.zaehler, known.abzueglich) if s)
            }
            rows = report.rows[report.rows["kennzahl"].isin(about)]
        if len(rows):
            found.append(replace(report, rows=rows))
    return tuple(found)
