"""What disclosure control will cost each table, and which coarser grouping would cost less."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from spm.areas.pooling import NOT_BY_YEAR, Pool
from spm.config.catalogue import Kennzahl
from spm.disclosure.inputs.everything import Inputs
from spm.disclosure.model.elsewhere import told_about
from spm.disclosure.model.model import build_model
from spm.disclosure.suppress.memory import Memory
from spm.published import GESAMT, NICHT_ZUORDENBAR, OK
from spm.statistics import compute_indicators

WORTH_IT = 0.2
"""From this share of lost rows on, coarser groupings are tried."""

WINDOWS = (2, 3, 5)
"""Years that are pooled in a trial."""

BETTER = 0.8
"""A proposal loses at most this share of what is lost now."""


@dataclass(frozen=True)
class Proposal:
    """A coarser grouping and the share of rows that it would lose (0 to 1); ``otherwise``: that it
    would lose if no other report had been published."""

    text: str
    loss: float
    otherwise: float = 0.0


@dataclass(frozen=True)
class Preview:
    """What one indicator loses.

    Parameters
    ----------
    rows : rows that could be shown, by year and area (not by facility).
    primary, secondary : how many of them are suppressed.
    proposals : what would lose clearly less, best first.
    spent : what would, if other reports had not printed numbers that give it away.
    """

    indicator: Kennzahl
    rows: int
    primary: int
    secondary: int
    proposals: tuple[Proposal, ...] = ()
    spent: tuple[Proposal, ...] = ()

    @property
    def loss(self) -> float:
        """Share of rows that are lost."""
        return (self.primary + self.secondary) / self.rows if self.rows else 0.0


def forecast(
    inputs: Inputs, neighbours: Mapping[str, Sequence[str]], folder: Path | None = None
) -> list[Preview]:
    """Losses of every indicator, as the report would have them.

    Parameters
    ----------
    neighbours : by area the areas that border on it; areas are pooled with neighbours only.
    folder : where patterns are kept, if anywhere: the build that follows needs that of the report,
        the next forecast all that have not changed.

    Notes
    -----
    A coarser grouping is tried for one indicator by itself: what it loses because of other tables
    shows only once it is in the params file.
    """
    with Memory(folder) as memory:
        return _losses(inputs, neighbours, memory)


def _losses(
    inputs: Inputs, neighbours: Mapping[str, Sequence[str]], memory: Memory
) -> list[Preview]:
    model = build_model(inputs)
    hidden, primaries = memory.whole(model.problem).hidden, model.problem.primaries
    by_indicator: dict[str, list[int]] = defaultdict(list)
    for key, i in model.items.items():
        if not key.gruppe:
            by_indicator[key.kennzahl].append(i)
    result = []
    for entry in inputs.catalogue.values():
        rows = by_indicator[entry.id]
        first = sum(i in primaries for i in rows)
        seen = Preview(entry, len(rows), first, sum(i in hidden for i in rows) - first)
        if seen.loss >= WORTH_IT:
            better, spoiled = _proposals(inputs, entry, seen, neighbours, memory)
            seen = replace(seen, proposals=better, spent=spoiled)
        result.append(seen)
    return result


def in_words(losses: Sequence[Preview]) -> list[str]:
    """German lines for the analyst: every indicator that loses something, the worst first."""
    lossy = [seen for seen in losses if seen.primary + seen.secondary]
    if not lossy:
        return ["Geheimhaltung: Keine Kennzahl verliert einen Wert."]
    lines = ["Geheimhaltung: Diese Kennzahlen verlieren Werte (Jahre × Räume, ohne Einrichtungen):"]
    for seen in sorted(lossy, key=lambda v: (-v.loss, v.indicator.id)):
        lines.append(
            f"  {seen.indicator.id}: {seen.primary + seen.secondary} von {seen.rows} "
            f"({seen.primary} kleine Zahl{'en' * (seen.primary != 1)}, {seen.secondary} zum Schutz "
            "kleiner Zahlen)"
        )
        for better in seen.proposals[:3]:
            lines.append(f"    besser: {better.text}, Verlust {better.loss * 100:.0f} %")
        for spoiled in seen.spent[:3]:
            lines.append(
                f"    hilft nicht mehr: {spoiled.text}. Andere Berichte haben Teile davon schon "
                f"gezeigt: Verlust {spoiled.loss * 100:.0f} % statt {spoiled.otherwise * 100:.0f} %"
            )
    return lines


def _proposals(
    inputs: Inputs,
    entry: Kennzahl,
    seen: Preview,
    neighbours: Mapping[str, Sequence[str]],
    memory: Memory,
) -> tuple[tuple[Proposal, ...], tuple[Proposal, ...]]:
    """What loses clearly less, and what would without the other reports."""
    better, spoiled = [], []
    reports = told_about(inputs, entry)
    alone = replace(inputs, reports=())
    for text, other, pool in _coarser(inputs, entry, neighbours):
        loss = _loss(replace(inputs, reports=reports), other, pool, memory)
        if loss is None:
            continue
        without = (_loss(alone, other, pool, memory) or 0.0) if loss and reports else 0.0
        found = Proposal(text, loss, without)
        if loss <= BETTER * seen.loss:
            better.append(found)
        elif reports and without <= BETTER * seen.loss:
            spoiled.append(found)
    return _best(better), _best(spoiled)


def _best(found: list[Proposal]) -> tuple[Proposal, ...]:
    return tuple(sorted(found, key=lambda v: (v.loss, v.text)))


def _coarser(
    inputs: Inputs, entry: Kennzahl, neighbours: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, Kennzahl, Pool]]:
    """Coarser versions of an indicator: pooled years, pooled areas, a wider age group."""
    pool = inputs.pools.get(entry.id) or Pool(rows=tuple(inputs.areas))
    if entry.art not in NOT_BY_YEAR:
        for years in WINDOWS:
            if pool.years < years <= len(inputs.years):
                yield f"{years} Jahre zusammenfassen", entry, replace(pool, years=years)
    groups = _small_areas(inputs, entry, neighbours) if not pool.groups else {}
    if groups:
        kept = [a for a in inputs.areas if not any(a in members for members in groups.values())]
        names = " und ".join(f"{' + '.join(members)}" for members in groups.values())
        rooms = Pool(pool.years, (*groups, *kept), groups)
        yield f"Räume zusammenfassen: {names}", entry, rooms
    for age in _wider_ages(inputs, entry):
        both = {"zaehler": entry.zaehler.model_copy(update={"alter": age})}
        if entry.nenner and entry.nenner.alter == entry.zaehler.alter:
            both["nenner"] = entry.nenner.model_copy(update={"alter": age})
        wider = entry.model_copy(update=both)
        wider._id = entry.id
        yield f"Altersgruppe {age} statt {entry.zaehler.alter}", wider, pool


def _small_areas(
    inputs: Inputs, entry: Kennzahl, neighbours: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """Areas whose counts are small in most years, each with its smallest neighbour."""
    frame = inputs.indicators
    rows = frame[frame["kennzahl"].eq(entry.id) & frame["status"].eq(OK) & frame["gruppe"].isna()]
    rows = rows[~rows["raum"].isin([GESAMT, NICHT_ZUORDENBAR])]
    size = rows.groupby("raum")["zaehler"].mean().to_dict()
    threshold = inputs.rules.of(entry.zaehler).threshold
    groups: list[list[str]] = []
    for area in sorted(size, key=lambda a: (size[a], a)):
        if size[area] >= 2 * threshold or any(area in g for g in groups):
            continue
        beside = [n for n in neighbours.get(area, ()) if n in size]
        if not beside:
            continue
        other = min(beside, key=lambda a: (size[a], a))
        home = next((g for g in groups if other in g), None)
        if home is None:
            groups.append([area, other])
        else:
            home.append(area)
    order = list(inputs.areas)
    return {" + ".join(g): tuple(sorted(g, key=order.index)) for g in groups}


def _wider_ages(inputs: Inputs, entry: Kennzahl) -> list[str]:
    """Age groups of the catalogue for the same measure that hold the indicator's own one."""
    if entry.zaehler.ages is None:
        return []
    first, last = entry.zaehler.ages
    wider = set()
    for other in inputs.catalogue.values():
        for wanted in (other.zaehler, other.nenner):
            if wanted is None or wanted.merkmal != entry.zaehler.merkmal:
                continue
            if wanted.alter is None or wanted.ages is None:
                continue
            low, high = wanted.ages
            holds = low <= first and (high is None or (last is not None and high >= last))
            if holds and (low, high) != (first, last):
                wider.add(wanted.alter)
    return sorted(wider)


def _loss(inputs: Inputs, entry: Kennzahl, pool: Pool, memory: Memory) -> float | None:
    """Share of rows lost if the indicator stood in a report alone; None if it has no row."""
    catalogue, pools = {entry.id: entry}, {entry.id: pool}
    indicators = compute_indicators(
        inputs.facts,
        catalogue,
        inputs.areas,
        inputs.years,
        pools,
        apart=inputs.rules.totals,
    )
    alone = replace(
        inputs,
        indicators=indicators[indicators["gruppe"].isna()],
        catalogue=catalogue,
        pools=pools,
        sums={},
    )
    model = build_model(alone)
    if not model.items:
        return None
    hidden = memory.whole(model.problem).hidden
    return sum(i in hidden for i in model.items.values()) / len(model.items)
