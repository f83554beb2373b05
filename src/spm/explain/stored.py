"""What the last run stored: read as it is, and refused if it no longer follows from its inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from spm.areas.divisions import load_divisions
from spm.areas.names import AreasOfYears
from spm.build.data import FACTS, Data
from spm.config.delivery import Umfang, deviating_totals
from spm.config.params import load_params
from spm.deliveries.pipeline import ReadTable, read_deliveries, read_delivery
from spm.errors import SpmError
from spm.progress import Steps
from spm.published import OK
from spm.release.keyed import KEY
from spm.report import Report
from spm.stages import FILE, Reason
from spm.statistics.comparison import compare

if TYPE_CHECKING:
    from pathlib import Path

    from spm.areas.division import Division
    from spm.config.params import Params

MADE_OF = ("facts.parquet", "indicators.parquet", "geheimhaltung-vertraulich.xlsx")
"""In ``data/processed/<slug>/``, besides the published data: confidential."""


@dataclass
class Stored:
    """The stored stages of one municipality.

    Parameters
    ----------
    report : the published data; it has passed the gate.
    data : of the build, for its records; nothing is run.
    open : names of inputs that cannot be compared, databases for instance.
    """

    report: Report
    data: Data
    open: Sequence[str]

    @property
    def folder(self) -> Path:
        """The confidential folder."""
        return self.report.params.processed

    @cached_property
    def facts(self) -> pd.DataFrame:
        """By today's areas."""
        return pd.read_parquet(self.folder / "facts.parquet")

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """True numbers, before anything was suppressed or rounded."""
        return pd.read_parquet(self.folder / "indicators.parquet")

    @cached_property
    def earlier(self) -> list[Division]:
        """Earlier divisions, oldest first."""
        return load_divisions(self.report.params, self.report.areas)

    @cached_property
    def areas(self) -> AreasOfYears:
        """The areas that deliveries name, by year."""
        return AreasOfYears(self.report.areas, self.earlier)

    @cached_property
    def totals(self) -> Mapping[str, Umfang]:
        """Measures whose municipality is no sum of areas, and on which side of it."""
        return deviating_totals(self.report.params.lieferungen.values())

    @cached_property
    def compared(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The published rows that something is said of, as in `spm.statistics.statements`, and how
        each compares with the rest of the municipality: of that only the class is stored."""
        totals = {measure for measure, extent in self.totals.items() if extent != "mehr"}
        catalogue, frame = self.report.catalogue, self.report.published
        apart = [
            key
            for key, entry in catalogue.items()
            if any(totals.intersection(s.merkmal) for s in entry.selections)
        ]
        shown = frame[frame["status"].eq(OK) & ~frame["kennzahl"].isin(apart)]
        shown = shown.reset_index(drop=True)
        return shown, compare(shown, catalogue)

    def tables(self, key: str) -> list[ReadTable]:
        """What was read of a delivery, row by row."""
        params = self.report.params
        return self.data.recall(key) or read_delivery(key, params, self.report.areas, self.earlier)

    @cached_property
    def delivered(self) -> pd.DataFrame:
        """The facts of earlier years in the areas that they were delivered in."""
        facts, _ = read_deliveries(
            self.report.params, self.report.areas, None, self.earlier, self.data.recall
        )
        return facts


def stored(params_file: str | Path) -> Stored:
    """The stored stages, if they are what a run would make now.

    Raises
    ------
    SpmError
        The params file has changed since the numbers were made; nothing was prepared yet, the
        confidential folder is not there or not readable, or another input has changed.
    """
    params = load_params(params_file)
    command = f"spm prepare {params.address}"
    if _older(params):  # before anything else: whatever else does not fit may follow from it
        raise SpmError(
            "Der Bericht ist älter als die Params-Datei: Sie wurde geändert, seit seine Zahlen "
            "aufbereitet wurden; erklärt würde eine Zahl, die so nicht mehr entsteht.",
            wo=str(params.path),
            tun=f"Bitte «{command}» ausführen (den Bericht selbst macht «spm build "
            f"{params.address}» neu) und dann noch einmal fragen.",
        )
    report = Report(params_file)
    for name in MADE_OF:
        try:
            (params.processed / name).open("rb").close()
        except OSError as error:
            raise SpmError(
                "Eine Zahl erklären kann nur, wer den vertraulichen Ordner der Kommune hat; darin "
                f"fehlt «{name}» oder ist nicht lesbar ({type(error).__name__}).",
                wo=str(params.processed),
                tun=f"Bitte «{command}» auf dem Rechner ausführen, auf dem die Lieferungen liegen.",
            ) from None
    data = Data(params, Steps(quiet=True))
    unknown = []
    for stage, (reason, what) in data.reasons().items():
        if reason is Reason.OPEN:
            unknown.append(f"{stage}: {what}")
        elif reason is not Reason.UNCHANGED:
            told = f"{reason.value}: {what}" if what else reason.value
            raise SpmError(
                "Was gespeichert ist, passt nicht mehr zu den Eingaben; erklärt würde eine Zahl, "
                "die so nicht mehr entsteht.",
                wo=f"{stage}: {told}",
                tun=f"Bitte «{command}» ausführen und dann noch einmal fragen.",
            )
    return Stored(report, data, unknown)


def _older(params: Params) -> bool:
    """Whether the stored numbers were made from another params file than it is now; what only the
    pages show does not count."""
    try:
        (params.processed / FILE).open("rb").close()
        (params.processed / KEY).open("rb").close()  # else one would be made
    except OSError:  # it is told below what is missing
        return False
    data = Data(params, Steps(quiet=True))
    made_from = data.ledger.inputs(FACTS, Reason.PARAMS)
    return bool(made_from) and made_from != data.base(presentation=False)[Reason.PARAMS]
