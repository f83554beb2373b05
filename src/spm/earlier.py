"""What the last report published: its readers know it."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pandas as pd
from pandas.api.types import is_numeric_dtype

from spm.errors import SpmError
from spm.facts import GESAMT, NICHT_ZUORDENBAR
from spm.params import Params

NEEDED = {"kennzahl", "jahr", "raum", "gruppe", "zaehler", "nenner", "status"}
"""Columns that every published dataset has; a report of an older SPM may lack others."""


TUN = (
    "Bitte die published.parquet aus dem Ordner des letzten Berichts in den Datenordner legen "
    "und in der Params-Datei unter geheimhaltung.frueherer_bericht nennen."
)
KEYS, NUMBERS = ("kennzahl", "jahr", "raum", "status"), ("jahr", "zaehler", "nenner")


def read_earlier(params: Params, indicators: pd.DataFrame) -> pd.DataFrame:
    """Read ``geheimhaltung.frueherer_bericht``.

    Parameters
    ----------
    indicators : those of the report that is made now.

    Returns
    -------
    DataFrame
        As ``published.parquet``, with the columns of ``indicators``; empty without an earlier
        report.

    Raises
    ------
    SpmError
        The file is missing, is none that a build published, or has other areas.
    """
    name = params.geheimhaltung.frueherer_bericht
    if name is None:
        return pd.DataFrame(columns=indicators.columns)
    path = params.rohdatei(name)
    if not path.is_file():
        _refuse("Die Daten des früheren Berichts fehlen.", path)
    try:
        frame = pd.read_parquet(path)
    except (OSError, ValueError):  # pyarrow's errors are ValueErrors
        _refuse("Die Daten des früheren Berichts sind nicht lesbar.", path)
    missing = [c for c in indicators.columns if c in NEEDED and c not in frame.columns]
    if missing:
        _refuse(f"Den Daten des früheren Berichts fehlt die Spalte «{missing[0]}».", path)
    if frame.empty:
        _refuse("Die Daten des früheren Berichts haben keine Zeile.", path)
    gaps = [column for column in KEYS if frame[column].isna().any()]
    texts = [column for column in NUMBERS if not is_numeric_dtype(frame[column])]
    for column in [*gaps, *texts]:
        was = "ist nicht überall gefüllt" if column in gaps else "hat keine Zahlen"
        _refuse(f"Die Spalte «{column}» der Daten des früheren Berichts {was}.", path)
    places = set(frame["raum"]) - {GESAMT, NICHT_ZUORDENBAR}
    if places and places.isdisjoint(indicators["raum"]):
        _refuse("Die Daten des früheren Berichts haben keinen Raum mit diesem gemeinsam.", path)
    return frame.reindex(columns=indicators.columns)


def _refuse(was: str, path: Path) -> NoReturn:
    raise SpmError(was, wo=str(path), tun=TUN) from None
