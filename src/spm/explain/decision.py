"""What disclosure control decided of a row, as its confidential list says."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from spm.disclosure.certify import AUDIT_LIST
from spm.explain.question import Question
from spm.explain.records import Geheimhaltung
from spm.published import ABSENDER_GESPERRT, GESPERRT, OK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spm.config.delivery import Lieferung

CLASSES = (
    ("Nenner kleiner als", "Mindestnenner"),
    ("(Dominanz)", "Dominanz"),
    ("nicht in: ", "fast alle: Rest unter der Mindestfallzahl"),
    (", in der kleinen Gruppe ", "Null in einer kleinen Gruppe"),
    (" Einheiten (", "zu wenige Einheiten"),
    (": vom Absender gesperrt", "vom Absender gesperrt"),
    ("je Kind verbunden", "verbundene Angaben je Kind"),
)
"""What stands in a reason, and its class; every other one is a count below the threshold."""

THRESHOLD = "Mindestfallzahl"

NOTHING = {
    "nicht_geliefert": "Nichts zu entscheiden: Es ist nicht geliefert.",
    "nicht_berechenbar": "Nichts zu entscheiden: Der Wert ist nicht berechenbar.",
}


def decision(
    asked: Question, status: str, folder: Path, deliveries: Iterable[Lieferung]
) -> Geheimhaltung:
    """The decision on one row.

    Parameters
    ----------
    status : of the published row.
    folder : the confidential one.
    deliveries : that the number is made from, for their thresholds.
    """
    agreed = "; ".join(
        f"{d.titel} ({d.stelle}): Mindestfallzahl {d.mindestfallzahl}"
        + (", Nullen werden gezeigt" if d.nullen_veroeffentlichen else "")
        for d in deliveries
    )
    if status == OK:
        return Geheimhaltung("veroeffentlicht", f"Veröffentlicht. Vereinbart: {agreed}.")
    if status == ABSENDER_GESPERRT:
        return Geheimhaltung(
            "vom_absender",
            "Vom Absender gesperrt: Eine Zahl dahinter kennt nur die liefernde Stelle.",
            ("vom Absender gesperrt",),
        )
    if status != GESPERRT:
        return Geheimhaltung("", NOTHING.get(status, ""))
    rows, counts = _list(folder / AUDIT_LIST)
    own = rows[
        rows["Kennzahl"].eq(asked.kennzahl)
        & rows["Jahr"].astype(int).eq(asked.jahr)
        & rows["Raum"].astype(str).eq(asked.raum)
        & rows["Einrichtung"].fillna("").eq(asked.gruppe or "")
    ]
    if own.empty:
        return Geheimhaltung("primaer", "Gesperrt; die vertrauliche Liste nennt keinen Grund.")
    (row,) = own.to_dict("records")
    together = str(row["Gemeinsam gesperrt mit"] or "")
    if row["Art"] == "sekundär":
        return Geheimhaltung(
            "sekundaer",
            "Sekundär gesperrt: Die Zahl selbst dürfte gezeigt werden, aber aus ihr ließe sich "
            "eine andere gesperrte zurückrechnen.",
            gemeinsam=together,
        )
    reasons = tuple(str(row["Warum"]).split("; "))
    return Geheimhaltung(
        "primaer",
        f"Primär gesperrt. Vereinbart: {agreed}.",
        klassen=tuple(dict.fromkeys(map(_class, reasons))),
        gruende=reasons,
        gemeinsam=together,
        moeglich=tuple(_possible(reasons, counts)),
    )


def _class(reason: str) -> str:
    return next((name for text, name in CLASSES if text in reason), THRESHOLD)


def _possible(reasons: Iterable[str], counts: pd.DataFrame) -> Iterable[str]:
    """What a reader can at best tell of the counts that are protected."""
    for reason in reasons:
        name = reason.partition(": ")[0] if "nicht in" not in reason else reason.rpartition(": ")[0]
        for row in counts[counts["Zahl"].eq(name)].to_dict("records"):
            end = row["bis mindestens"]
            end = "oder mehr" if end == "unbegrenzt" else f"bis mindestens {end:g}"
            yield f"{name}: Leser kommen nicht näher als {row['möglich von']:g} {end}"


@lru_cache(maxsize=1)
def _list(path: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    book = pd.read_excel(
        path,
        sheet_name=["Gesperrte Zeilen", "Geschützte Zahlen"],
        engine="calamine",
        keep_default_na=False,
        dtype={"Raum": str, "Einrichtung": str},
    )
    return book["Gesperrte Zeilen"], book["Geschützte Zahlen"]
