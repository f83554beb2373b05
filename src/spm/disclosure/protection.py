"""From the true indicators to what may be published, and the proof that nothing else follows."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from spm.config.catalogue import Kennzahl
from spm.disclosure.audit.audit import Audit, audit
from spm.disclosure.audit.search import Searches
from spm.disclosure.evidence import Evidence
from spm.disclosure.inputs.counted import add_counted
from spm.disclosure.inputs.everything import Inputs
from spm.disclosure.inputs.rows import RowKey, row_keys
from spm.disclosure.inputs.rules import Rules
from spm.disclosure.keptevidence import read_evidence, write_evidence
from spm.disclosure.model.groups import identity
from spm.disclosure.model.model import Model, build_model
from spm.disclosure.model.rounding import rounded
from spm.disclosure.problem import Item, Shown
from spm.disclosure.suppress.memory import forget, remembered
from spm.disclosure.suppress.pattern import Pattern
from spm.errors import SpmError
from spm.published import COUNTED, COUNTS, GESPERRT, NICHT_BERECHENBAR, NUMBERS, OK, STATEMENTS
from spm.release.certificate import READERS
from spm.statistics.indicators import add_values
from spm.statistics.statements import add_statements

READER_NAMES = dict(
    zip(("plain", "integer", "threshold", "insider", "difference"), READERS, strict=True)
)
"""The readers of the audit, as the certificate calls them."""


@dataclass(frozen=True)
class Protected:
    """What may be published, and how that was found and proved."""

    published: pd.DataFrame
    model: Model
    pattern: Pattern
    audit: Audit


def protect(inputs: Inputs, folder: Path | None = None, workers: int = 1) -> Protected:
    """Decide for every row of the report together what may be published, and prove it.

    Parameters
    ----------
    folder : where the pattern of the last run is kept, if anywhere.
    workers : processes that decide side by side; what they decide does not depend on their number.

    Returns
    -------
    Protected
        ``published`` as the indicators; suppressed rows, primary and secondary alike, have the
        status "gesperrt" and carry no number and no class.

    Raises
    ------
    SpmError
        The numbers contradict each other, or a reader would still succeed.
    """
    model = build_model(inputs)
    searches = Searches()
    variables = model.problem.variables
    before = read_evidence(folder, variables)
    pattern = remembered(model.problem, folder, searches, workers, before)
    published = apply(inputs, model, pattern.hidden)
    try:
        # The audit reads the dataset anew and makes its systems from that; where one is the very
        # same as one that it has solved to decide the pattern in this run, it need not do it again.
        found = require_safe(published, model, inputs, searches.elsewhere(), before)
        assert found.readers is not None  # they were asked, and nobody succeeded
        write_evidence(folder, found.readers.evidence(), variables)
        return Protected(published, model, pattern, found)
    except SpmError:
        forget(folder)  # it may be the pattern that was kept; to try again helps then
        raise


def apply(inputs: Inputs, model: Model, hidden: frozenset[int]) -> pd.DataFrame:
    """The indicators without what the pattern suppresses, rounded where a source asks for it."""
    published = round_counts(inputs.indicators, inputs.catalogue, inputs.rules)
    keys = row_keys(published)
    gone = np.array([model.items.get(key, -1) in hidden for key in keys], dtype=bool)
    published.loc[gone, "status"] = GESPERRT
    published.loc[gone, NUMBERS] = np.nan
    # Classes and smoothed values are made of what is published, so they give nothing else away.
    return counted(add_statements(published, inputs.catalogue, inputs.apart), inputs)


def counted(rows: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    """The rows, and in each what it counts: later reports must know what this one told."""
    base: dict[tuple[Hashable, ...], int] = {}
    for entry in inputs.catalogue.values():
        base |= {identity(wanted): inputs.rules.of(wanted).rounding for wanted in entry.selections}
    return add_counted(
        rows,
        inputs.catalogue,
        inputs.pools,
        inputs.years[0],
        lambda wanted: base[identity(wanted)],
        inputs.division,
    )


def round_counts(
    indicators: pd.DataFrame, catalogue: Mapping[str, Kennzahl], rules: Rules
) -> pd.DataFrame:
    """Round the counts of sources with ``rundung``; values and intervals follow from the rounded
    ones, or they would give the exact ones away."""
    result = indicators.copy()
    changed = pd.Series(False, result.index)
    for key, entry in catalogue.items():
        for column in COUNTS:
            wanted = getattr(entry, column)
            base = rules.of(wanted).rounding if wanted else 1
            if base > 1:
                rows = result["kennzahl"].eq(key) & result["status"].eq(OK)
                result.loc[rows, column] = result.loc[rows, column].map(lambda x: rounded(x, base))  # noqa: B023
                changed |= rows
    if not changed.any():
        return result
    zero = changed & result["nenner"].eq(0)
    result.loc[zero, NUMBERS] = np.nan
    result.loc[zero, "status"] = NICHT_BERECHENBAR
    part = result["kennzahl"].map({k: e.art == "anteil" for k, e in catalogue.items()})
    result.loc[changed & part, "zaehler"] = result.loc[changed & part, ["zaehler", "nenner"]].min(
        axis=1
    )
    again = result[changed & ~zero].copy()
    add_values(again, catalogue)
    result.loc[again.index, NUMBERS] = again[NUMBERS]
    return result


def require_safe(
    published: pd.DataFrame,
    model: Model,
    inputs: Inputs,
    searches: Searches | None = None,
    evidence: Evidence | None = None,
) -> Audit:
    """Attack the dataset as it is, whoever decided what it shows.

    Parameters
    ----------
    searches : kept between several datasets of one model.
    evidence : tables that are said to be possible; they are verified.

    Raises
    ------
    SpmError
        A reader succeeds. The message names no number and no place, for it may be passed on.
    """
    found = audit_published(published, model, inputs, searches, evidence)
    for failure in found.failures:
        raise _unsafe(
            "Eine gesperrte Angabe ließe sich zurückrechnen (Leser: "
            f"{READER_NAMES[failure.reader]})."
        )
    return found


def audit_published(
    published: pd.DataFrame,
    model: Model,
    inputs: Inputs,
    searches: Searches | None = None,
    evidence: Evidence | None = None,
) -> Audit:
    """What readers can derive from a dataset; if anything, the first thing found.

    Raises
    ------
    SpmError
        It shows a row that no rule was applied to or that none allows, a suppressed row with a
        number, or a statement that does not follow from the published numbers.
    """
    expected = round_counts(inputs.indicators, inputs.catalogue, inputs.rules)
    true = dict(zip(row_keys(expected), expected[COUNTS].itertuples(index=False), strict=True))
    items, changed = list(model.problem.items), False
    hidden = set(model.problem.suppressible)
    _require_statements(published, inputs)
    _require_counted(published, inputs)
    columns = [*NUMBERS, "status"]
    for key, row in zip(
        row_keys(published), published[columns].itertuples(index=False), strict=True
    ):
        item = model.items.get(key)
        if row.status == GESPERRT:
            if any(x == x for x in row[: len(NUMBERS)]):
                raise _wrong(key, "ist gesperrt, trägt aber eine Zahl")
        elif row.status in (OK, NICHT_BERECHENBAR) and item is not None:
            hidden.discard(item)
            if items[item].forced and not items[item].shows:  # nothing that could be attacked
                raise _unsafe("Eine Angabe, die es nur für die ganze Kommune gibt, ist gezeigt.")
            same = all(_equal(a, b) for a, b in zip(row[: len(COUNTS)], true[key], strict=True))
            if row.status == OK and not same:
                items[item] = _as_printed(items[item], *row[: len(COUNTS)])
                changed = True
        elif row.status == OK:
            raise _wrong(key, "ist der Geheimhaltung nicht bekannt")
    problem = replace(model.problem, items=tuple(items)) if changed else model.problem
    return audit(
        problem, frozenset(hidden), measure=False, first=True, searches=searches, evidence=evidence
    )


def _require_statements(published: pd.DataFrame, inputs: Inputs) -> None:
    """A class made of true numbers would tell about those that are suppressed."""
    expected = add_statements(published, inputs.catalogue, inputs.apart)
    told, right = (
        f[STATEMENTS].astype(object).fillna("").astype(str) for f in (published, expected)
    )
    wrong = (told != right).any(axis=1).to_numpy()
    if wrong.any():
        raise _wrong(
            row_keys(published[wrong])[0], "sagt etwas, das nicht aus den gezeigten Zahlen folgt"
        )


def _require_counted(published: pd.DataFrame, inputs: Inputs) -> None:
    """What a row says it counts must be what was protected, or later reports believe it."""
    missing = [column for column in COUNTED if column not in published.columns]
    if missing:
        raise _wrong(row_keys(published)[0], "sagt nicht, was sie zählt")
    wrong = published[COUNTED].ne(counted(published, inputs)[COUNTED]).any(axis=1).to_numpy()
    if wrong.any():
        raise _wrong(row_keys(published[wrong])[0], "sagt, sie zähle etwas anderes")


def _as_printed(item: Item, *numbers: float) -> Item:
    """An item that shows other numbers than the true ones shows them exactly."""
    known = [x for x in numbers if x == x]
    shows = tuple(Shown(s.count, x, x) for s, x in zip(item.shows, known, strict=False))
    return replace(item, shows=shows)


def _equal(a: float, b: float) -> bool:
    return a == b or (a != a and b != b)


def _unsafe(why: str) -> SpmError:
    return SpmError(
        f"Die Geheimhaltung ist nicht gewährleistet: {why}",
        wo="published.parquet",
        tun="Es wird nichts veröffentlicht. Bitte den Bau wiederholen; bleibt die Meldung, mit der "
        "Params-Datei an die Entwicklung wenden.",
    )


def _wrong(key: RowKey, was: str) -> SpmError:
    return SpmError(
        f"Eine Zeile {was}.",
        wo=f"published.parquet: {key.kennzahl}, {key.jahr}, Raum {key.raum}",
        tun="Die Datei wurde verändert: bitte «spm prepare» erneut ausführen.",
    )
