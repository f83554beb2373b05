"""The tests behind what the report says of a number, with p and q."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from spm.explain.question import Question
from spm.explain.records import Test
from spm.published import AENDERUNG
from spm.release.certificate import DEVELOPMENT
from spm.statistics.comparison import REASONS
from spm.text.numbers import format_value

if TYPE_CHECKING:
    from spm.explain.stored import Stored

WORDS = {
    "deutlich_ueber": "deutlich höher als in der übrigen Kommune",
    "ueber": "höher als in der übrigen Kommune",
    "wie": "kein Unterschied zur übrigen Kommune nachweisbar",
    "unter": "niedriger als in der übrigen Kommune",
    "deutlich_unter": "deutlich niedriger als in der übrigen Kommune",
    "gestiegen": "gestiegen",
    "gesunken": "gesunken",
    "hinweis_anstieg": "Hinweis auf einen Anstieg",
    "hinweis_rueckgang": "Hinweis auf einen Rückgang",
    "unveraendert": "keine Veränderung nachweisbar",
    "steigend": "steigend",
    "fallend": "fallend",
    "kein_trend": "kein Trend nachweisbar",
}


def tests(asked: Question, stored: Stored) -> Iterator[Test]:
    """Comparison of the row with the rest of the municipality; change and trend of its area.

    The comparison is computed as for the published class, from published rows alone, because only
    the class is stored.
    """
    entry = stored.report.catalogue[asked.kennzahl]
    unit = "Prozentpunkte" if entry.einheit == "%" else entry.einheit

    def points(x: float) -> str:
        return format_value(x, unit, entry.nachkommastellen, signed=True)

    yield from _comparison(asked, stored)
    frame = pd.read_parquet(stored.folder / DEVELOPMENT)
    own = frame[frame["kennzahl"].eq(asked.kennzahl) & frame["raum"].eq(asked.raum)]
    if asked.gruppe is not None:
        return
    for row in own.to_dict("records"):
        if row["art"] == AENDERUNG:
            yield Test(
                frage=f"Veränderung von {row['von']} auf {row['bis']}",
                ergebnis=f"{WORDS[row['richtung']]}: Unterschied {points(row['differenz'])} "
                f"(95-%-Intervall {points(row['ki_unten'])} bis {points(row['ki_oben'])})",
                p=_number(row["p"]),
                q=_number(row["q"]),
            )
        else:
            yield Test(
                frage=f"Trend {row['von']} bis {row['bis']}, {row['n']:.0f} Werte",
                ergebnis=WORDS[row["richtung"]],
                p=_number(row["p"]),
                q=_number(row["q"]),
            )


def _comparison(asked: Question, stored: Stored) -> Iterator[Test]:
    shown, compared = stored.compared
    group = shown["gruppe"].isna() if asked.gruppe is None else shown["gruppe"].eq(asked.gruppe)
    own = shown["kennzahl"].eq(asked.kennzahl) & shown["jahr"].eq(asked.jahr)
    own &= shown["raum"].eq(asked.raum) & group
    if not own.any():
        return
    row = compared[own.to_numpy(bool)].iloc[0]
    told = isinstance(row["klasse"], str)
    yield Test(
        frage="Vergleich mit der übrigen Kommune",
        ergebnis=WORDS[row["klasse"]] if told else "keine Aussage",
        p=_number(row["p"]),
        q=_number(row["q"]),
        grund="" if told else REASONS[row["grund"]],
    )


def _number(x: float) -> float | None:
    return None if x != x else float(x)
