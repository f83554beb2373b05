"""Key figures of a finished report: counted in what everybody may see."""

from __future__ import annotations

from pathlib import Path

from spm.batch.records import Eckzahlen
from spm.published import ABSENDER_GESPERRT, GESAMT, GESPERRT, NICHT_ZUORDENBAR, OK
from spm.release.certificate import DATASET


def of_report(folder: Path) -> Eckzahlen | None:
    """Key figures from ``published.parquet`` beside a report; None if there is no report."""
    path = folder / DATASET
    if not path.is_file():
        return None
    import pandas as pd

    rows = pd.read_parquet(path, columns=["kennzahl", "jahr", "raum", "status"])
    shown = rows[rows["status"] == OK]
    states = rows["status"].value_counts()
    areas = set(rows["raum"]) - {GESAMT, NICHT_ZUORDENBAR}
    return Eckzahlen(
        raeume=len(areas),
        kennzahlen=int(shown["kennzahl"].nunique()),
        von=int(shown["jahr"].min()) if len(shown) else None,
        bis=int(shown["jahr"].max()) if len(shown) else None,
        gezeigt=len(shown),
        gesperrt=int(states.get(GESPERRT, 0)),
        absender_gesperrt=int(states.get(ABSENDER_GESPERRT, 0)),
    )
