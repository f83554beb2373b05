"""Other reports, row by row: what each of their printed numbers counts, in terms of this one.

Other reports are earlier ones of the municipality, other ones of the same year, that of the Kreis
that it belongs to and those of the Gemeinden that it consists of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from spm.areas.pooling import Pool
from spm.config.catalogue import Kennzahl
from spm.config.selections import Auswahl
from spm.disclosure.inputs.counted import Term, read_places, read_terms, read_years
from spm.disclosure.inputs.everything import Inputs
from spm.disclosure.inputs.olddivisions import OldDivision
from spm.disclosure.inputs.reports import Report
from spm.disclosure.inputs.rows import RowKey
from spm.disclosure.model.counts import Window
from spm.disclosure.model.several import together
from spm.disclosure.model.space import REST
from spm.published import COUNTED, GESAMT, NICHT_BERECHENBAR, NICHT_ZUORDENBAR, OK, PublishedRow


class Told(NamedTuple):
    """A printed number, and what it may count: the first window whose true number it is.

    ``sure``: there is only one window that it can be, so that it is known even where the true
    number is not; ``rounding``: its base, None if nobody says.
    """

    report: Report
    key: RowKey
    role: str
    number: float
    rounding: int | None
    windows: tuple[Window, ...]
    sure: bool
    art: str


def printed(report: Report, inputs: Inputs, divisions: Sequence[OldDivision]) -> Iterator[Told]:
    """Every number that a report prints of measures that concern this one.

    Parameters
    ----------
    divisions : earlier ones of the municipality.
    """
    reader = _Rows(report, inputs, divisions)
    measures = {m for s in concerned(inputs) for m in s.merkmal}
    wanted = ["kennzahl", "jahr", "raum", "gruppe", "status", "zaehler", "abzueglich", "nenner"]
    frame = report.rows.reindex(columns=[*wanted, *COUNTED])
    frame = frame[frame["status"].isin([OK, NICHT_BERECHENBAR])]
    for row in frame.itertuples(index=False):
        yield from reader.told(row, measures)


def concerned(inputs: Inputs) -> list[Auswahl]:
    """All selections that the report counts, or that sums known to all readers have."""
    own: list[Auswahl] = [s for k in inputs.catalogue.values() for s in k.selections]
    own += [s for found in together(inputs.lists) for s in found.selections]
    return own + [g for z in inputs.sums.values() for g in (z.summe, *z.teile, *z.abzueglich)]


class _Rows:
    def __init__(self, report: Report, inputs: Inputs, divisions: Sequence[OldDivision]) -> None:
        self.report, self.inputs, self.divisions = report, inputs, divisions
        self._terms: dict[str, tuple[str, Mapping[str, Term]]] = {}
        self._apart = frozenset(m for m, how in inputs.rules.totals.items() if how != "mehr")
        self._groups = {
            name: members for pool in inputs.pools.values() for name, members in pool.groups.items()
        }

    def told(self, row: PublishedRow, measures: set[str]) -> Iterator[Told]:
        group = row.gruppe if isinstance(row.gruppe, str) else None
        key = RowKey(row.kennzahl, int(row.jahr), row.raum, group)
        definition = self._definition(row)
        if definition is None or (group and not self.report.own):
            return
        art, terms = definition
        if not any(measures & set(t.wanted.merkmal) for t in terms.values()):
            return
        places = [(group,)] if group else list(self._places(row))
        apart = self._apart if self.report.whole and row.raum == GESAMT else frozenset()
        spans, sure = self._spans(row), self.report.says_what_it_counts and len(places) == 1
        for role, term in terms.items():
            number = getattr(row, role)
            if row.status == NICHT_BERECHENBAR and role == "nenner":
                number = 0.0  # nobody is there
            if number != number or number is None or not measures & set(term.wanted.merkmal):
                continue
            if apart.intersection(term.wanted.merkmal):  # no sum of ours and the others
                continue
            windows = tuple(
                Window(term.wanted, at, there)
                for years in spans
                for at in self._counted(term, years)
                for there in places
            )
            base = term.rounding if self.report.says_what_it_counts else None
            exact = row.status == OK
            yield Told(
                report=self.report,
                key=key,
                role=role,
                number=float(number),
                rounding=base,
                windows=windows,
                sure=sure and exact,
                art=art,
            )

    def _definition(self, row: PublishedRow) -> tuple[str, Mapping[str, Term]] | None:
        if isinstance(row.zaehlt, str):
            if row.zaehlt not in self._terms:
                self._terms[row.zaehlt] = read_terms(row.zaehlt)
            return self._terms[row.zaehlt]
        entry = self.inputs.catalogue.get(row.kennzahl)
        return None if entry is None else _today(entry, self.inputs.years[0])

    def _spans(self, row: PublishedRow) -> list[tuple[int, ...]]:
        if isinstance(row.jahre, str):
            return [read_years(row.jahre)]
        last = int(row.jahr)
        pool = self.inputs.pools.get(row.kennzahl) or Pool()
        lengths = dict.fromkeys((pool.years, 1, 2, 3, 4, 5, 6))
        return [tuple(range(last - n + 1, last + 1)) for n in lengths]

    def _counted(self, term: Term, span: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """The years that a term may count: an older SPM, whose rows do not say what they count,
        knew no other year than that of the row."""
        yield term.years(span)
        if term.shift and not self.report.says_what_it_counts:
            yield span

    def _places(self, row: PublishedRow) -> Iterator[tuple[str, ...]]:
        """What the areas of a row may be called here."""
        report = self.report
        listed = read_places(row.raeume) if isinstance(row.raeume, str) else (row.raum,)
        if report.whole is not None:
            yield tuple(p for place in listed for p in self._outside(place))
            return
        if report.part is not None:
            names = {GESAMT: report.part}
            yield tuple(names.get(place, report.local(place)) for place in listed)
            return
        if set(listed) <= {GESAMT, NICHT_ZUORDENBAR}:
            yield listed
            return
        division = row.einteilung if isinstance(row.einteilung, str) else ""
        if division and division == self.inputs.division:
            yield listed
            return
        for earlier in self.divisions:
            if division and division == earlier.digest and set(listed) <= set(earlier.areas):
                yield tuple(p for place in listed for p in earlier.base(place))
                return
        if all(place in self._groups for place in listed) and not isinstance(row.raeume, str):
            yield tuple(a for place in listed for a in self._groups[place])
        old = [
            tuple(p for place in listed for p in earlier.base(place))
            for earlier in self.divisions
            if set(listed) <= set(earlier.areas)
        ]
        today = [listed] if set(listed) <= set(self.inputs.areas) else []
        # Drawn differently from today's, an area is first looked for among those of its time.
        yield from [*old, *today] if division else [*today, *old]

    def _outside(self, place: str) -> tuple[str, ...]:
        """A place of the Kreis: our whole municipality, another Gemeinde, or all of them."""
        report = self.report
        if place == GESAMT:
            others = [a for a in report.areas if a != report.whole]
            rest = [report.local(p) for p in (*others, NICHT_ZUORDENBAR, REST)]
            return (GESAMT, *rest)
        return (GESAMT,) if place == report.whole else (report.local(place),)


def _today(entry: Kennzahl, first: int) -> tuple[str, Mapping[str, Term]]:
    """The definition of today, for rows that do not say what they count."""
    terms = {}
    for role in ("zaehler", "abzueglich", "nenner"):
        wanted = getattr(entry, role)
        if wanted is not None:
            year = first if wanted.jahr == "erstes" else None
            terms[role] = Term(wanted, year, 1, wanted.shift)
    return entry.art, terms
