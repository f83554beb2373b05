"""What of a year is there, by what the files hold: no name of a file decides it."""

import pytest

from spm.config.delivery import Lieferung
from spm.deliveries.pipeline import read_delivery
from spm.offices.outstanding import LACKING, PARTLY, THERE, _state
from tests.deliveries_example import AREAS, HEAD, LONG, example_params


def state(folder, tables, files, year=2021, **own):
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    params = example_params(folder, {"amt": tables}, (2020, 2021))
    delivery = Lieferung(titel="T", stelle="S", tabellen=tables, **own)
    return _state("amt", delivery, read_delivery("amt", params, AREAS), year)


BOTH = HEAD + "1;2020;10\n2;2020;20\n1;2021;11\n"
OLD, NEW = HEAD + "1;2020;10\n", HEAD + "1;2021;12\n"
OTHER = LONG | {"datei": "andere.csv"}


@pytest.mark.parametrize(
    ("tables", "files", "expected"),
    [
        ([LONG], {"kinder.csv": BOTH}, THERE),
        ([LONG], {"kinder.csv": OLD}, LACKING),
        ([LONG], {}, LACKING),
        ([LONG, OTHER], {"kinder.csv": OLD, "andere.csv": NEW}, THERE),
        (
            [LONG, OTHER | {"konstanten": {"merkmal": "jugendliche"}}],
            {"kinder.csv": BOTH, "andere.csv": OLD},
            PARTLY,
        ),
        ([LONG | {"fehlend": ["", "x"]}], {"kinder.csv": OLD + "1;2021;x\n"}, LACKING),
    ],
)
def test_states(tmp_path, tables, files, expected):
    assert state(tmp_path, tables, files).state == expected


def test_why_and_where(tmp_path):
    found = state(tmp_path, [LONG], {"kinder.csv": OLD})
    assert (found.why, found.tables) == ("keine Zahlen für 2021", (("kinder.csv", ""),))
    gone = state(tmp_path, [LONG | {"datei": "weg.csv"}], {})
    assert "weg.csv" in gone.why and "Bekannt sind" not in gone.why


def test_one_group_of_a_measure_may_be_missing(tmp_path):
    long = LONG | {"spalten": LONG["spalten"] | {"auspraegung": "Art"}}
    text = "Raum;Jahr;Art;Anzahl\n1;2020;a;1\n1;2020;b;1\n1;2021;a;1\n"
    assert state(tmp_path, [long], {"kinder.csv": text}).state == PARTLY
