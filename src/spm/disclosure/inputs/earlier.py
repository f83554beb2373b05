"""Other reports of the same people: their readers know what they printed.

Earlier ones of the municipality, and those of others who publish from the same sources: the Kreis,
a Gemeinde, another office.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import pandas as pd
from pandas.api.types import is_numeric_dtype

from spm.config.params import Params
from spm.config.protection import AndererBericht
from spm.disclosure.inputs.counted import read_places, read_terms, read_years
from spm.disclosure.inputs.reports import Report
from spm.errors import SpmError, nearest
from spm.published import COUNTED, GESAMT, NICHT_ZUORDENBAR, OK
from spm.release.certificate import DATASET
from spm.release.digest import sha256

NEEDED = {"kennzahl", "jahr", "raum", "gruppe", "zaehler", "nenner", "status"}
"""Columns that every published dataset has; a report of an older SPM may lack others."""

SAME = AndererBericht(datei="früher")
"""Stands for an earlier report: of the same municipality."""

KEYS, NUMBERS = ("kennzahl", "jahr", "raum", "status"), ("jahr", "zaehler", "nenner")


def read_reports(
    params: Params, indicators: pd.DataFrame, areas: Sequence[str], old_areas: Sequence[str] = ()
) -> list[Report]:
    """Read ``geheimhaltung.fruehere_berichte`` and ``andere_berichte``.

    Parameters
    ----------
    indicators : those of the report that is made now.
    areas, old_areas : keys of today's areas and of those of earlier divisions.

    Returns
    -------
    list of Report
        Earlier ones first, the last of them last; then the others.

    Raises
    ------
    SpmError
        A file is missing, is none that a build published, or has other areas.
    """
    known = {*indicators["raum"], *areas, *old_areas}
    settings = params.geheimhaltung
    found = []
    for name in settings.earlier:
        key = "frueherer_bericht" if name == settings.frueherer_bericht else "fruehere_berichte"
        found.append(_Reader(params, name, key, SAME, indicators).report(known))
    for other in settings.andere_berichte:
        found.append(
            _Reader(params, other.datei, "andere_berichte", other, indicators).report(known)
        )
    return found


def last_of(params: Params, reports: Sequence[Report], indicators: pd.DataFrame) -> pd.DataFrame:
    """The rows of the last earlier report, with the columns of ``indicators``; none without."""
    earlier = reports[: len(params.geheimhaltung.earlier)]
    if not earlier:
        return pd.DataFrame(columns=indicators.columns)
    return earlier[-1].rows.reindex(columns=indicators.columns)


def notes(params: Params, reports: Sequence[Report], indicators: pd.DataFrame) -> Iterator[str]:
    """What the analyst should know of them, and of one that is not named."""
    forgotten = reminder(params, indicators)
    if forgotten:
        yield forgotten
    for report in reports:
        if not report.says_what_it_counts:
            yield (
                f"Hinweis: «{report.name}» ist aus einer älteren SPM-Fassung; ihre Zeilen sagen "
                "nicht, was sie zählen. Bekannt ist daraus, was mit heutigen Kennzahlen, Jahren "
                "und Räumen denselben Wert hat; was anders abgegrenzt war, ist es nicht."
            )


def reminder(params: Params, indicators: pd.DataFrame) -> str | None:
    """A line if the finished report that lies in ``report/<slug>/`` is of an earlier year, and the
    params file does not name it; its readers know it."""
    path = params.report_folder / DATASET
    if not path.is_file():
        return None
    named = [params.raw_file(name) for name in params.geheimhaltung.reports]
    if sha256(path) in {sha256(file) for file in named if file.is_file()}:
        return None
    last = last_year(path)
    if last is None or not last < indicators.loc[indicators["status"] == OK, "jahr"].max():
        return None
    return (
        f"Hinweis: In {params.report_folder} liegt ein fertiger Bericht bis {last}, den die "
        "Params-Datei nicht nennt. Was er gezeigt hat, ist bekannt und kann mit den neuen Zahlen "
        "kleine verraten. Bitte seine published.parquet in den Datenordner legen und unter "
        "geheimhaltung.fruehere_berichte nennen, bevor der neue Bericht ihn ersetzt."
    )


def last_year(path: Path) -> int | None:
    """The last year of which a report shows a value; None if it is no report of ours."""
    try:
        rows = pd.read_parquet(path, columns=["jahr", "status"])
    except (OSError, ValueError):
        return None
    years = rows.loc[rows["status"] == OK, "jahr"]
    return int(years.max()) if len(years) else None


class _Reader:
    def __init__(
        self, params: Params, name: str, key: str, other: AndererBericht, indicators: pd.DataFrame
    ) -> None:
        self.path, self.name, self.key, self.other = params.raw_file(name), name, key, other
        self.columns = list(indicators.columns)
        earlier = key != "andere_berichte"
        self.what = "des früheren Berichts" if earlier else "des anderen Berichts"

    def report(self, known: set[str]) -> Report:
        frame = self._frame()
        report = Report(self.name, frame, self.other.ihr_raum, self.other.unser_raum)
        if report.says_what_it_counts:
            self._check_counted(frame)
        places = set(report.areas)
        if report.own and places and places.isdisjoint(known):
            self._refuse(f"Die Daten {self.what} haben keinen Raum mit diesem gemeinsam.")
        for place, there, key, whose in (
            (report.whole, places, "ihr_raum", "kommt in jenem Bericht nicht vor"),
            (report.part, known, "unser_raum", "gibt es hier nicht"),
        ):
            if place is not None and place not in there - {GESAMT, NICHT_ZUORDENBAR}:
                raise SpmError(
                    f"Den Raum «{place}» {whose}.{nearest(place, there)}",
                    wo=f"geheimhaltung.andere_berichte, {self.name}: {key}",
                    tun="Bitte den Schlüssel des Raums berichtigen.",
                )
        return report

    def _frame(self) -> pd.DataFrame:
        if not self.path.is_file():
            self._refuse(f"Die Daten {self.what} fehlen.")
        try:
            frame = pd.read_parquet(self.path)
        except (OSError, ValueError):  # pyarrow's errors are ValueErrors
            self._refuse(f"Die Daten {self.what} sind nicht lesbar.")
        missing = [c for c in self.columns if c in NEEDED and c not in frame.columns]
        if missing:
            self._refuse(f"Den Daten {self.what} fehlt die Spalte «{missing[0]}».")
        if frame.empty:
            self._refuse(f"Die Daten {self.what} haben keine Zeile.")
        gaps = [column for column in KEYS if frame[column].isna().any()]
        texts = [column for column in NUMBERS if not is_numeric_dtype(frame[column])]
        for column in [*gaps, *texts]:
            was = "ist nicht überall gefüllt" if column in gaps else "hat keine Zahlen"
            self._refuse(f"Die Spalte «{column}» der Daten {self.what} {was}.")
        return frame

    def _check_counted(self, frame: pd.DataFrame) -> None:
        readers = {"zaehlt": read_terms, "jahre": read_years, "raeume": read_places}
        for column in COUNTED:
            for text in frame[column].unique():
                try:
                    if not isinstance(text, str):
                        raise ValueError(text)
                    readers.get(column, str)(text)
                except (ValueError, RecursionError):
                    self._refuse(
                        f"Die Spalte «{column}» der Daten {self.what} ist nicht zu verstehen."
                    )

    def _refuse(self, was: str) -> NoReturn:
        raise SpmError(
            was,
            wo=str(self.path),
            tun="Bitte die published.parquet aus dem Ordner des Berichts in den Datenordner legen "
            f"und in der Params-Datei unter geheimhaltung.{self.key} nennen.",
        ) from None
