"""What the findings of a check mean for the build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from spm.deliveries.findings import FEHLER, Finding, Source
from spm.errors import SpmError, error_count
from spm.statistics.plausibility import numerator_above_denominator

if TYPE_CHECKING:
    import pandas as pd

    from spm.config.catalogue import Kennzahl
    from spm.config.params import Params

SHOWN_ERRORS = 10
"""Findings printed on the console; all of them are in the check report."""


def across_deliveries(
    indicators: pd.DataFrame,
    facts: pd.DataFrame,
    catalogue: Mapping[str, Kennzahl],
    params: Params,
) -> list[Finding]:
    """Shares whose numerator, often of one department, exceeds the denominator of another."""

    def files(senders: list[str]) -> str:
        tables = [table for key in senders for table in params.lieferungen[key].tabellen]
        return ", ".join(dict.fromkeys(table.source_name for table in tables))

    return [
        Source(", ".join(wrong.numerator_deliveries), files(wrong.numerator_deliveries)).finding(
            f"Der Zähler der Kennzahl «{wrong.kennzahl}» ist größer als ihr Nenner: "
            f"{wrong.zaehler} von {wrong.nenner} (Jahr {wrong.jahr}, Raum {wrong.raum}).",
            "Bitte mit dem Nenner aus der Lieferung "
            f"{', '.join(wrong.denominator_deliveries)} ({files(wrong.denominator_deliveries)}) "
            "abgleichen: Stichtag, Altersgruppe und Zuordnung der Räume. Sind Werte über 100 % "
            "möglich, etwa bei verschiedenen Stichtagen: die Kennzahl in einem eigenen "
            "Kennzahlenset mit art: rate festlegen.",
            spalte=", ".join(catalogue[wrong.kennzahl].zaehler.merkmal),
            wert=str(wrong.zaehler),
        )
        for wrong in numerator_above_denominator(indicators, facts, catalogue)
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
        tun="Bitte das Prüfprotokoll an die liefernde Stelle senden oder die Zuordnung in der "
        "Params-Datei berichtigen.",
    )
    short = whole.was.removesuffix(f":{shown}") + "."
    return Refused(whole, SpmError(short, wo=whole.wo, tun=whole.tun))
