"""What the findings of a check mean for the build."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from spm.deliveries.findings import FEHLER, HINWEIS, Finding, Source
from spm.errors import SpmError, error_count
from spm.published import GESAMT

if TYPE_CHECKING:
    import pandas as pd

    from spm.config.catalogue import Kennzahl
    from spm.config.params import Params
    from spm.statistics.plausibility import Oversized

SHOWN_ERRORS = 10
"""Findings printed on the console; all of them are in the check report."""


def across_deliveries(
    indicators: pd.DataFrame,
    facts: pd.DataFrame,
    catalogue: Mapping[str, Kennzahl],
    params: Params,
) -> list[Finding]:
    """Shares whose numerator, often of one department, exceeds the denominator of another; and
    rates with more cases than people."""
    from spm.statistics.plausibility import more_than_one_each, numerator_above_denominator

    def files(senders: list[str]) -> str:
        tables = [table for key in senders for table in params.lieferungen[key].tabellen]
        return ", ".join(dict.fromkeys(table.source_name for table in tables))

    return [
        _oversized(wrong, facts, catalogue, params, files)
        for wrong in numerator_above_denominator(indicators, facts, catalogue)
    ] + _crowded(more_than_one_each(indicators, facts, catalogue), files)


def _crowded(found: Sequence[Oversized], files: Callable[[list[str]], str]) -> list[Finding]:
    """One note per indicator: the largest, and how many more there are."""
    notes = []
    for key in dict.fromkeys(one.kennzahl for one in found):
        own = [one for one in found if one.kennzahl == key]
        most = max(own, key=lambda one: one.zaehler / max(one.nenner, 1))
        more = f"; ebenso {len(own) - 1}-mal" if len(own) > 1 else ""
        source = Source(", ".join(most.numerator_deliveries), files(most.numerator_deliveries))
        notes.append(
            source.finding(
                f"Die Kennzahl «{key}» zählt mehr Fälle als Menschen: {most.zaehler} auf "
                f"{most.nenner} (Jahr {most.jahr}, Raum {most.raum}){more}.",
                "Prüfen, ob eine Ziffer zu viel dasteht oder der Nenner eine andere Altersgruppe "
                "hat. Kommen auf einen Menschen mehrere Fälle, ist nichts zu tun.",
                wert=str(most.zaehler),
                schwere=HINWEIS,
            )
        )
    return notes


def _oversized(
    wrong: Oversized,
    facts: pd.DataFrame,
    catalogue: Mapping[str, Kennzahl],
    params: Params,
    files: Callable[[list[str]], str],
) -> Finding:
    """An error, or a note if rounding or a change by the senders explains it."""
    entry = catalogue[wrong.kennzahl]
    counted = {(m, wrong.jahr + s.shift) for s in entry.selections for m in s.merkmal}
    how = {key: delivery.verfahren for key, delivery in params.lieferungen.items()}
    moved = sum(
        rule.abweichung for key in _behind(counted, wrong.raum, facts) if (rule := how.get(key))
    )
    before = f", im Nenner {wrong.jahr - 1}" if entry.nenner and entry.nenner.shift else ""
    explained = wrong.zaehler - wrong.nenner <= moved
    source = Source(", ".join(wrong.numerator_deliveries), files(wrong.numerator_deliveries))
    return source.finding(
        f"Der Zähler der Kennzahl «{wrong.kennzahl}» ist größer als ihr Nenner: "
        f"{wrong.zaehler} von {wrong.nenner} (Jahr {wrong.jahr}{before}, Raum {wrong.raum}).",
        "Nichts: die Stelle hat ihre Zahlen gerundet oder verändert (verfahren), und das erklärt "
        "Werte über 100 %."
        if explained
        else "Bitte mit dem Nenner aus der Lieferung "
        f"{', '.join(wrong.denominator_deliveries)} ({files(wrong.denominator_deliveries)}) "
        "abgleichen: Stichtag, Altersgruppe und Zuordnung der Räume. Sind Werte über 100 % "
        "möglich, etwa bei verschiedenen Stichtagen: die Kennzahl in einem eigenen "
        "Kennzahlenset mit art: rate festlegen.",
        spalte=", ".join(entry.zaehler.merkmal),
        wert=str(wrong.zaehler),
        schwere=HINWEIS if explained else FEHLER,
    )


def _behind(counted: Collection[tuple[str, int]], raum: str, facts: pd.DataFrame) -> list[str]:
    """The delivery of every fact that a count of an area is made of.

    Where the municipality's own is not delivered, it is the sum of its areas: each of them counts.

    Parameters
    ----------
    counted : pairs of measure and year.
    """
    names = ["merkmal", "jahr", "raum", "lieferung"]
    rows = list(facts[names].itertuples(index=False, name=None))
    own = {(measure, year) for measure, year, where, _ in rows if where == raum}
    summed = set(counted) - own if raum == GESAMT else set()
    return [
        sender
        for measure, year, where, sender in rows
        if (measure, year) in counted and (where == raum or (measure, year) in summed)
    ]


def errors_among(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that stop a build."""
    return [finding for finding in findings if finding.schwere == FEHLER]


class Refused(SpmError):
    """Deliveries with errors stop the build.

    Attributes
    ----------
    without_findings : the same error without the findings, which quote cells of deliveries.
    """

    def __init__(self, error: SpmError, without_findings: SpmError) -> None:
        super().__init__(error.was, wo=error.wo, tun=error.tun)
        self.without_findings = without_findings


def refused(errors: Sequence[Finding], report: Path) -> Refused:
    """The error that stops a build because of its deliveries; ``report`` lists all of it."""
    shown, told = "", ""
    for error in errors[:SHOWN_ERRORS]:
        shown += f"\n  - {error.was} ({error.lieferung}: {error.wo})"
        if error.tun != told:  # once is enough for errors of one kind
            shown += f"\n    {error.tun}"
        told = error.tun
    more = len(errors) - SHOWN_ERRORS
    if more > 0:
        shown += f"\n  - … und {more} weitere"
    whole = SpmError(
        f"Die Lieferungen haben {error_count(len(errors))}; der Bericht wurde nicht gebaut:{shown}",
        wo=f"{report} (Prüfprotokoll mit allen Befunden)",
        tun="Bitte die Params-Datei berichtigen; liegt es an einer gelieferten Datei, ihrer Stelle "
        "die Kopie aus rueckfragen/ schicken, die «spm check» schreibt.",
    )
    short = whole.was.removesuffix(f":{shown}") + "."
    return Refused(whole, SpmError(short, wo=whole.wo, tun=whole.tun))
