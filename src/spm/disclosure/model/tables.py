"""Plain tables (cells and the sums between them) as a `Problem`."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from spm.disclosure.problem import Count, Item, Problem, Rate, Relation, Shown
from spm.errors import SpmError

PUBLISHED, PRIMARY = "s", "u"

_Values = dict[Hashable, float]
_Sum = Mapping[Hashable, float]


def table_problem(
    cells: pd.DataFrame,
    constraints: pd.DataFrame,
    rates: pd.DataFrame | None = None,
    *,
    threshold: float = 3,
    zeros_shown: bool = False,
    family: int | None = None,
) -> Problem:
    """Make a problem from cells and the rows of sums between them.

    Parameters
    ----------
    cells : ``cell_id`` (unique), ``value`` (whole, not negative), ``status`` ("u" must not be
        derived; all others may be published or suppressed). Optional: ``low`` and ``high`` (every
        number from low up to high must stay possible; default 0 and ``threshold`` for a value
        below it, else the cell only must not be pinned down), ``cost`` (loss if suppressed;
        default the value, at least 1e-3), ``fixed`` (true: cannot be suppressed).
    constraints : ``row, cell_id, coef``; the cells of a row, times coef, add up to 0. One cell of a
        row (the total) has the sign opposite to all others; a row may also have several on both
        sides.
    rates : printed rates, suppressed on their own: ``rate_id, zaehler, nenner`` (cell ids),
        ``faktor, wert, nachkommastellen``. Optional ``cost`` (default 1).
    threshold : below it a difference of published cells is small, too.
    family : so many people of a cell may know each other; None: all that are below the threshold.

    Raises
    ------
    SpmError
        A cell given twice or unknown, a value that is negative or no whole number, a sum that does
        not hold, sums that go round in a circle.
    """
    if threshold < 1:
        raise SpmError(
            f"Die Mindestfallzahl {threshold:g} schützt niemanden.",
            wo="threshold",
            tun="Bitte mindestens 1 angeben.",
        )
    values = _values(cells)
    rows = _rows(constraints, values)
    leaves, extra = _expand(rows, list(values))
    index = {leaf: i for i, leaf in enumerate(c for c in values if leaves[c] == {c: 1})}
    counts, items = [], []
    for cell in cells.to_dict("records"):
        key, value = cell["cell_id"], values[cell["cell_id"]]
        sensitive = cell["status"] == PRIMARY
        counts.append(
            Count(
                name=key,
                parts=frozenset(index[leaf] for leaf in leaves[key]),
                value=value,
                sensitive=sensitive,
                need=_need(cell, value, threshold) if sensitive else None,
                zeros_shown=zeros_shown,
                threshold=threshold,
                family=family,
            )
        )
        items.append(
            Item(
                key,
                (Shown(len(counts) - 1, value, value),),
                cost=_or(cell, "cost", max(value, 1e-3)),
                fixed=bool(_or(cell, "fixed", False)),
            )
        )
    position = {key: i for i, key in enumerate(values)}
    for rate in [] if rates is None else rates.to_dict("records"):
        half = 0.5 * 10.0 ** -int(rate["nachkommastellen"])
        low, high = ((rate["wert"] + d) / rate["faktor"] for d in (-half, half))
        knowledge = Rate(position[rate["zaehler"]], position[rate["nenner"]], max(low, 0), high)
        items.append(Item(rate["rate_id"], (), (knowledge,), cost=_or(rate, "cost", 1.0)))
    partitions = [
        (position[total], tuple(position[part] for part in parts)) for total, parts in rows.totals
    ]
    relations = [
        Relation(name, {index[leaf]: c for leaf, c in combined.items() if c})
        for name, combined in extra
    ]
    return Problem(tuple(index), tuple(counts), tuple(items), tuple(relations), tuple(partitions))


class _rows:
    """The sums: those that make a total from parts, and all others."""

    def __init__(self, constraints: pd.DataFrame, values: _Values) -> None:
        self.totals: list[tuple[Hashable, tuple[Hashable, ...]]] = []
        self.others: list[tuple[Hashable, _Sum]] = []
        for name, row in constraints.groupby("row", sort=True):
            coefs = dict(zip(row["cell_id"], row["coef"].astype(float), strict=True))
            unknown = sorted(str(c) for c in coefs if c not in values)
            if unknown or len(coefs) < len(row):
                raise SpmError(
                    f"Summe {name}: "
                    + (f"die Zelle «{unknown[0]}» gibt es nicht." if unknown else "Zelle doppelt."),
                    wo=f"constraints, row {name}",
                    tun="Bitte die Summe berichtigen.",
                )
            self._check(name, coefs, values)
            up = [c for c, k in coefs.items() if k > 0]
            down = [c for c, k in coefs.items() if k < 0]
            total, parts = (down, up) if len(down) == 1 else (up, down)
            if len(total) == 1 and all(abs(k) == 1 for k in coefs.values()):
                self.totals.append((total[0], tuple(parts)))
            else:
                self.others.append((name, coefs))

    @staticmethod
    def _check(name: object, coefs: _Sum, values: _Values) -> None:
        gap = sum(k * values[c] for c, k in coefs.items())
        if abs(gap) > 1e-9:
            up = sum(k * values[c] for c, k in coefs.items() if k > 0)
            raise SpmError(
                f"Summe {name} geht nicht auf: {up:g} auf der einen, {up - gap:g} auf der anderen "
                "Seite.",
                wo=f"constraints, row {name}",
                tun="Ist eine Gesamtzahl kleiner als ihre Teile? Bitte die Zahlen berichtigen.",
            )


def _values(cells: pd.DataFrame) -> _Values:
    double = cells["cell_id"][cells["cell_id"].duplicated()]
    numbers = pd.to_numeric(cells["value"], errors="coerce")
    bad = ~(numbers.ge(0) & np.isclose(numbers, numbers.round()))
    for wrong, was in ((double, "steht zweimal da"), (cells["cell_id"][bad], "ist keine Anzahl")):
        if len(wrong):
            raise SpmError(
                f"Die Zelle «{wrong.iloc[0]}» {was}.",
                wo="cells",
                tun="Bitte ganze Zahlen ab 0 angeben, jede Zelle einmal.",
            )
    return dict(zip(cells["cell_id"], numbers.astype(float), strict=True))


def _expand(
    rows: _rows, cells: list[Hashable]
) -> tuple[dict[Hashable, dict[Hashable, int]], list[tuple[Hashable, _Sum]]]:
    """Every cell as a sum of leaves, and the sums that say more than that."""
    made_of: dict[Hashable, tuple[Hashable, ...]] = {}
    for total, parts in rows.totals:
        made_of.setdefault(total, parts)
    leaves: dict[Hashable, dict[Hashable, int]] = {}
    open_cells: list[Hashable] = []

    def leaves_of(cell: Hashable) -> dict[Hashable, int]:
        if cell in leaves:
            return leaves[cell]
        if cell in open_cells:
            circle = [*open_cells[open_cells.index(cell) :], cell]
            raise SpmError(
                "Die Summen gehen im Kreis: " + " aus ".join(f"«{c}»" for c in circle) + ".",
                wo="constraints",
                tun="Eine Gesamtzahl kann nicht Teil ihrer eigenen Teile sein; bitte eine der "
                "Summen streichen.",
            )
        open_cells.append(cell)
        found: dict[Hashable, int] = {}
        for part in made_of.get(cell, ()):
            for leaf in leaves_of(part):
                found[leaf] = found.get(leaf, 0) + 1
        open_cells.pop()
        # A total whose parts overlap is no plain sum of leaves: it stays one itself.
        leaves[cell] = found if found and set(found.values()) == {1} else {cell: 1}
        return leaves[cell]

    for cell in cells:
        leaves_of(cell)
    sums: list[tuple[Hashable, _Sum]] = [
        (f"{t}", {t: -1.0, **dict.fromkeys(p, 1.0)}) for t, p in rows.totals
    ]
    sums += rows.others
    extra: list[tuple[Hashable, _Sum]] = []
    for name, coefs in sums:
        combined: dict[Hashable, float] = {}
        for cell, k in coefs.items():
            for leaf in leaves[cell]:
                combined[leaf] = combined.get(leaf, 0.0) + k
        if any(combined.values()):
            extra.append((name, combined))
    return leaves, extra


def _need(cell: Mapping[Any, Any], value: float, threshold: float) -> tuple[float, float] | None:
    low, high = _or(cell, "low", None), _or(cell, "high", None)
    if low is not None and high is not None:
        return float(low), float(high)
    return (0.0, float(threshold)) if value < threshold else None


def _or(cell: Mapping[Any, Any], key: str, default: Any) -> Any:
    value = cell.get(key)
    return default if value is None or value != value else value
