"""What the last report published: its readers know it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from spm.errors import SpmError
from spm.params import Params

NEEDED = {"kennzahl", "jahr", "raum", "gruppe", "zaehler", "nenner", "status"}
"""Columns that every published dataset has; a report of an older SPM may lack others."""


def read_earlier(params: Params, columns: Iterable[str]) -> pd.DataFrame:
    """Read ``geheimhaltung.frueherer_bericht``.

    Returns
    -------
    DataFrame
        As ``published.parquet``; empty without an earlier report.

    Raises
    ------
    SpmError
        The file is missing, or is none that a build published.
    """
    columns = list(columns)
    needed = [column for column in columns if column in NEEDED]
    name = params.geheimhaltung.frueherer_bericht
    if name is None:
        return pd.DataFrame(columns=columns)
    path = params.rohdatei(name)
    tun = (
        "Bitte die published.parquet aus dem Ordner des letzten Berichts in den Datenordner legen "
        "und in der Params-Datei unter geheimhaltung.frueherer_bericht nennen."
    )
    if not path.is_file():
        raise SpmError("Die Daten des früheren Berichts fehlen.", wo=str(path), tun=tun)
    try:
        frame = pd.read_parquet(path)
    except (OSError, ValueError):  # pyarrow's errors are ValueErrors
        raise SpmError(
            "Die Daten des früheren Berichts sind nicht lesbar.", wo=str(path), tun=tun
        ) from None
    missing = [column for column in needed if column not in frame.columns]
    if missing:
        raise SpmError(
            f"Den Daten des früheren Berichts fehlt die Spalte «{missing[0]}».",
            wo=str(path),
            tun=tun,
        )
    return frame.reindex(columns=columns)
