"""Key figures of a finished report: counted in what everybody may see."""

from __future__ import annotations

from pathlib import Path

from spm.batch.records import KeyFigures
from spm.errors import SpmError
from spm.published import ABSENDER_GESPERRT, GESAMT, GESPERRT, NICHT_ZUORDENBAR, OK


def of_report(folder: Path) -> KeyFigures | None:
    """Key figures of a finished report; None if there is none that is whole and certified."""
    from spm.diff.finished import read_finished

    try:
        rows = read_finished(folder).values
    except SpmError:
        return None
    shown = rows[rows["status"] == OK]
    states = rows["status"].value_counts()
    areas = set(rows["raum"]) - {GESAMT, NICHT_ZUORDENBAR}
    return KeyFigures(
        raeume=len(areas),
        kennzahlen=int(shown["kennzahl"].nunique()),
        von=int(shown["jahr"].min()) if len(shown) else None,
        bis=int(shown["jahr"].max()) if len(shown) else None,
        gezeigt=len(shown),
        gesperrt=int(states.get(GESPERRT, 0)),
        absender_gesperrt=int(states.get(ABSENDER_GESPERRT, 0)),
    )
