"""What is told of counts that are not there, or stand in a single row."""

import pandas as pd
import pytest

from spm.config.selections import Auswahl
from spm.explain.numbers import _terms
from spm.explain.records import CELLS, Fakt, Stelle
from spm.explain.terms import Terms
from spm.explain.wording import _block
from spm.facts import FACT_COLUMNS


def facts(*ages):
    one = dict.fromkeys(FACT_COLUMNS) | {
        "merkmal": "bevoelkerung", "jahr": 2022, "raum": "gesamt", "anzahl": 5,
        "status": "gezaehlt", "lieferung": "einwohner",
    }  # fmt: skip
    return pd.DataFrame([one | {"alter_von": a, "alter_bis": b} for a, b in ages])


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            {"alter": "0-14"},
            "bevoelkerung, 2022, Kommune gesamt: geliefert, aber nicht mit Alter 0-14",
        ),
        ({"merkmal": "haushalte"}, "haushalte, 2022, Kommune gesamt: nicht geliefert"),
    ],
)
def test_what_is_delivered_in_other_groups_is_not_called_missing(asked, told):
    wanted = Auswahl(**({"merkmal": "bevoelkerung"} | asked))
    terms = Terms(facts((0, 6), (0, 17)), ["1"])
    assert _terms(terms, wanted, [2022], ["gesamt"], ["1"]) == ([], (told,))


def test_one_row_is_no_rows_and_no_area_no_brackets():
    place = Stelle(CELLS, "a.csv", "", spalte="unter 18", zeilen=(9,), wert="5", raum="")
    one = Fakt("bevoelkerung", 2022, "gesamt", {}, 5, "gezaehlt", "einwohner", (place,), ())
    assert list(_block([one] * 4)) == [
        "       20  bevoelkerung, 2022, Kommune gesamt: 4 Angaben (Lieferung einwohner)",
        "           5 + 5 + 5 + 5",
        "           a.csv, Zeile 9, Spalte «unter 18»",
    ]
