"""Breakdowns of the same people, by age, sex and nationality, must have the same sum."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from spm.deliveries.agegroups import spans
from spm.deliveries.crosschecks import describe, place
from spm.deliveries.findings import HINWEIS, Finding, Source
from spm.facts import GEZAEHLT
from spm.text.ages import OPEN_END, Age, tile

WHOLE = {"geschlecht": {"m", "w"}, "staatsangehoerigkeit": {"deutsch", "nichtdeutsch"}}
"""What a split must hold so that its sum is everybody."""

SPLITS = ("alter", *WHOLE)

TOLD = 3
"""Contradictions that one finding names, the largest first."""

PLACE = ["jahr", "raum", "auspraegung"]


class _Kind(NamedTuple):
    """Rows of one delivery that are split by the same groups."""

    lieferung: str
    alter: bool
    geschlecht: bool
    staatsangehoerigkeit: bool

    @property
    def splits(self) -> tuple[str, ...]:
        return tuple(name for name, split in zip(SPLITS, self[1:], strict=True) if split)

    @property
    def name(self) -> str:
        return f"nach {' und '.join(self.splits)}" if self.splits else "ohne Unterteilung"


def check_breakdowns(
    rows: pd.DataFrame, sources: Sequence[Source], errors: Mapping[str, int]
) -> list[Finding]:
    """Note breakdowns of a measure whose sums differ for the same area, year and ages.

    Only complete sums are compared: every age group of a gapless span, both sexes, Germans and
    foreigners, each of them counted. Parts above the row that they split are an error elsewhere
    (`spm.deliveries.crosschecks.check_splits`).

    Parameters
    ----------
    rows : columns of ``mapping.KEY`` and ``mapping.CELL``, anzahl, status, ``_tabelle`` (position
        in ``sources``); unique by ``KEY``.
    errors : by delivery, how far each of its numbers may be from the true one.

    Returns
    -------
    list of Finding
        One per measure and pair of breakdowns, with the largest differences.
    """
    own = rows[rows["einrichtung"].isna()]
    sender = own["_tabelle"].map({i: source.lieferung for i, source in enumerate(sources)})
    own = own.assign(
        _lieferung=sender,
        _alter=own["alter_von"].notna(),
        _geschlecht=own["geschlecht"].notna(),
        _staatsangehoerigkeit=own["staatsangehoerigkeit"].notna(),
    )
    kinds = ["_lieferung", "_alter", "_geschlecht", "_staatsangehoerigkeit"]
    found = []
    for measure, of_measure in own.groupby("merkmal", sort=True):
        by_kind = {
            _Kind(str(key[0]), *map(bool, key[1:])): part
            for key, part in of_measure.groupby(kinds, sort=True)
        }
        for one, other in combinations(sorted(by_kind, key=_order), 2):
            differences = _differences(by_kind[one], by_kind[other], one, other)
            allowed = errors.get(one.lieferung, 0), errors.get(other.lieferung, 0)
            if len(differences):
                differences = differences[
                    differences["_abstand"].abs()
                    > allowed[0] * differences["_zellen_a"] + allowed[1] * differences["_zellen_b"]
                ]
            if len(differences):
                found.append(_finding(str(measure), differences, (one, other), sources))
    return found


def _differences(a: pd.DataFrame, b: pd.DataFrame, one: _Kind, other: _Kind) -> pd.DataFrame:
    """Sums that both kinds have and that differ; columns `PLACE`, a, b, _abstand …"""
    parts = []
    for year in sorted(set(a["jahr"]) & set(b["jahr"])):
        in_a, in_b = a[a["jahr"] == year], b[b["jahr"] == year]
        for span in _common_spans(in_a, in_b, one, other):
            sums = _sums(in_a, one, span), _sums(in_b, other, span)
            if all(len(part) for part in sums):
                both = sums[0].merge(sums[1], on=PLACE, suffixes=("_a", "_b"))
                parts.append(both.assign(_alter_von=None if span is None else span[0]))
    if not parts:
        return pd.DataFrame()
    every = pd.concat(parts, ignore_index=True)
    every["_abstand"] = every["_summe_a"] - every["_summe_b"]
    wrong = every[every["_abstand"] != 0]
    if set(one.splits) < set(other.splits) and one.lieferung == other.lieferung:
        wrong = wrong[wrong["_abstand"] > 0]  # parts above their whole are an error already
    return wrong.drop_duplicates(PLACE)


def _common_spans(a: pd.DataFrame, b: pd.DataFrame, one: _Kind, other: _Kind) -> list[Age | None]:
    """Spans of age that both kinds can be summed over; None: everybody, not split by age."""
    if not (one.alter or other.alter):
        return [None]
    ages = [spans(rows) if kind.alter else None for rows, kind in ((a, one), (b, other))]
    if None in ages:
        (split,) = (found for found in ages if found is not None)
        whole = (0, OPEN_END)
        return [whole] if tile(split, *whole) else []
    limits = [(min(f for f, _ in found), max(t for _, t in found)) for found in ages if found]
    return [
        span for span in dict.fromkeys(limits) if all(tile(found or (), *span) for found in ages)
    ]


def _sums(rows: pd.DataFrame, kind: _Kind, span: Age | None) -> pd.DataFrame:
    """Complete sums over all groups of a kind: `PLACE`, _summe, _zellen, and the first cell."""
    expected = 1
    if kind.alter and span is not None:
        wanted = set(tile(spans(rows), *span))
        last = rows["alter_bis"].fillna(OPEN_END).astype(int)
        chosen = [pair in wanted for pair in zip(rows["alter_von"].astype(int), last, strict=True)]
        rows, expected = rows[chosen], expected * len(wanted)
    for group, whole in WHOLE.items():
        if getattr(kind, group):
            there = set(rows[group])
            if not there >= whole:
                return rows.iloc[:0]
            expected *= len(there)
    counted = rows[rows["status"] == GEZAEHLT]
    sums = counted.groupby(PLACE, dropna=False, sort=False).agg(
        _summe=("anzahl", "sum"),
        _zellen=("anzahl", "size"),
        _zeile=("_zeile", "first"),
        _spalte=("_spalte", "first"),
        _tabelle=("_tabelle", "first"),
    )
    return sums[sums["_zellen"] == expected].reset_index()


def _finding(
    measure: str, wrong: pd.DataFrame, kinds: tuple[_Kind, _Kind], sources: Sequence[Source]
) -> Finding:
    share = wrong["_abstand"].abs() / wrong[["_summe_a", "_summe_b"]].max(axis=1)
    ranked = wrong.assign(_rang=share.round(6)).sort_values(
        ["_rang", "jahr", "raum"], ascending=[False, False, True]
    )
    told = [
        f"{describe(row | dict.fromkeys(('alter_von', *WHOLE, 'einrichtung')) | {'merkmal': ''})}: "
        f"{int(row['_summe_a'])} und {int(row['_summe_b'])}".removeprefix(", ")
        for row in ranked.head(TOLD).to_dict("records")
    ]
    more = f" und in {len(ranked) - TOLD} weiteren Fällen" if len(ranked) > TOLD else ""
    one, other = kinds
    first = ranked.iloc[0]
    senders = "" if one.lieferung == other.lieferung else (
        f" (Lieferungen {one.lieferung} und {other.lieferung})"
    )  # fmt: skip
    return sources[first["_tabelle_b"]].finding(
        f"Die Summen von «{measure}» {one.name} und {other.name}{senders} widersprechen sich: "
        f"{'; '.join(told)}{more}.",
        "Fehlt in einer Aufgliederung eine Gruppe (ohne Angabe, divers), oder haben sie "
        "verschiedene Stichtage? Mit der liefernden Stelle klären.",
        **place(first, "_b"),
        schwere=HINWEIS,
    )


def _order(kind: _Kind) -> tuple[int, str, list[bool]]:
    """Few splits first; of as many, by age before by sex."""
    return len(kind.splits), kind.lieferung, [not split for split in kind[1:]]
