"""Several reports of the same people, and a reader who has them all.

The reader knows nothing of SPM but the columns of its published rows: a linear program over years,
areas and single years of age.
"""

import json
from itertools import product

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from spm.areas.pooling import Pool
from spm.config.catalogue import Kennzahl
from spm.disclosure import Inputs, Rules, protect
from spm.disclosure.inputs.reports import Report
from spm.disclosure.protection import counted
from spm.statistics import compute_indicators
from spm.statistics.statements import add_statements
from tests.disclosure.test_primary import rule
from tests.statistics.test_indicators import entry
from tests.statistics.test_selection import fact, facts

OLDEST = 12
"""Years of age 0 to 11 are told apart."""


def number(key, alter=None, **changes) -> Kennzahl:
    """An indicator that prints how many people of an age there are."""
    wanted = {"merkmal": "fall"} | ({"alter": alter} if alter else {})
    return entry(key, art="anzahl", zaehler=wanted, nenner=None, **changes)


def cases(numbers, measure="fall"):
    """Facts from ``{(year, area): count}`` or ``{(year, area, (first, last)): count}``."""
    rows = []
    for (year, area, *age), n in numbers.items():
        given = {"alter": age[0]} if age else {}
        rows.append(fact(area, n, merkmal=measure, lieferung="amt", jahr=year, **given))
    return facts(*rows)


def report(table, entries, *, years, areas, threshold=10, pools=None, **changes) -> Inputs:
    """What `protect` needs; ``pools`` as ``{indicator: (years, {group: areas})}``."""
    catalogue = {e.id: e for e in entries}
    found = {}
    for key in catalogue:
        span, groups = (pools or {}).get(key, (1, {}))
        inside = {a for members in groups.values() for a in members}
        found[key] = Pool(span, (*groups, *(a for a in areas if a not in inside)), groups)
    indicators = compute_indicators(table, catalogue, areas, years, found)
    given = {
        "indicators": indicators,
        "facts": table,
        "catalogue": catalogue,
        "sums": {},
        "rules": Rules(table, {"amt": rule(threshold)}),
        "areas": list(areas),
        "years": list(years),
        "pools": found,
        "reporting_year": years[-1],
        "factor": 1.0,
        "earlier": pd.DataFrame(columns=indicators.columns),
    }
    return Inputs(**(given | changes))


def everything(given: Inputs) -> pd.DataFrame:
    """The rows of a report that suppressed nothing."""
    return counted(add_statements(given.indicators, given.catalogue), given)


def printing(given: Inputs, hidden=()) -> pd.DataFrame:
    """Rows of a report that suppressed these ``(indicator, year, area)`` and nothing else."""
    rows = everything(given)
    keys = zip(rows["kennzahl"], rows["jahr"], rows["raum"], strict=True)
    gone = np.array([key in set(hidden) for key in keys])
    rows.loc[gone, ["zaehler", "abzueglich", "nenner", "wert", "ki_unten", "ki_oben"]] = np.nan
    rows.loc[gone, "status"] = "gesperrt"
    return rows


def named(*frames, **kinds) -> tuple[Report, ...]:
    """Reports of these rows."""
    return tuple(Report(f"bericht-{i}", f, **kinds) for i, f in enumerate(frames, start=1))


def shown(given: Inputs) -> dict:
    """What a protected report prints: numerators by indicator, year and area."""
    rows = protect(given).published
    told = rows[rows["status"] == "ok"]
    keys = zip(told["kennzahl"], told["jahr"], told["raum"], strict=True)
    return dict(zip(keys, told["zaehler"], strict=True))


class Reader:
    """Everything that has ever been published about cases by year, area and age."""

    def __init__(self, frames, years, areas):
        self.years, self.areas = list(years), list(areas)
        cells = product(self.years, self.areas, range(OLDEST))
        self.index = {cell: i for i, cell in enumerate(cells)}
        rows = {}
        for frame in frames:
            for told in frame[frame["status"] == "ok"].itertuples(index=False):
                rows[self._cells(told)] = told.zaehler
        self.matrix = np.zeros((len(rows), len(self.index)))
        for r, inside in enumerate(rows):
            self.matrix[r, list(inside)] = 1
        self.right = np.array(list(rows.values()), dtype=float)

    def _cells(self, told):
        wanted = json.loads(told.zaehlt)["zaehler"]
        first, last = 0, OLDEST - 1
        if "alter" in wanted:
            first, last = (int(x) for x in wanted["alter"].split("-"))
        begin, _, end = told.jahre.partition("-")
        places = json.loads(told.raeume)
        return self.group(
            range(int(begin), int(end or begin) + 1),
            self.areas if places == ["gesamt"] else places,
            range(first, last + 1),
        )

    def group(self, years, areas, ages):
        return frozenset(self.index[cell] for cell in product(years, areas, ages))

    def bounds(self, group, whole=True):
        """Smallest and largest number of people of a group."""
        goal = np.zeros(len(self.index))
        goal[list(group)] = 1
        limits = [LinearConstraint(self.matrix, self.right, self.right)] if len(self.right) else []
        ends = []
        for sign in (1, -1):
            done = milp(
                sign * goal,
                integrality=np.full(len(goal), int(whole)),
                bounds=Bounds(0, 500),
                constraints=limits,
            )
            assert done.status == 0, done.message
            ends.append(sign * done.fun)
        return tuple(ends)
