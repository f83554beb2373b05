"""Areas that the params file joins: deliveries may name their parts or the whole."""

import pandas as pd
import pytest

from tests.deliveries_example import (
    HEAD,
    LONG,
    counts,
    errors,
    only_error,
    read,
)

AREAS = pd.DataFrame(
    {
        "raum": ["1", "Nord"],
        "name": ["Altstadt", "Nordstadt"],
        "geometriename": ["Altstadt", "Nordstadt"],
        "teile": [(), (("2", "Neustadt"), ("3", "Hafen"))],
    }
)


def read_joined(folder, text, **mapping):
    (folder / "kinder.csv").write_text(text, encoding="utf-8")
    return read(folder, LONG | mapping, areas=AREAS)


def test_counts_of_the_parts_are_added_up(tmp_path):
    facts, findings = read_joined(tmp_path, HEAD + "1;2020;10\n2;2020;20\nHafen;2020;30\n")
    assert (counts(facts, "raum"), findings) == ({"1": 10, "Nord": 50}, [])


def test_the_whole_may_be_delivered_instead(tmp_path):
    facts, findings = read_joined(tmp_path, HEAD + "1;2020;10\nNordstadt;2020;50\n")
    assert (counts(facts, "raum"), findings) == ({"1": 10, "Nord": 50}, [])


def test_the_whole_and_a_part_contradict_each_other(tmp_path):
    text = HEAD + "1;2020;10\nNord;2020;50\n2;2020;20\n3;2020;30\n"
    assert "Dieselbe Angabe" in only_error(read_joined(tmp_path, text)[1]).was


def test_a_part_given_twice_is_an_error(tmp_path):
    text = HEAD + "1;2020;10\n2;2020;20\nNeustadt;2020;20\n3;2020;30\n"
    assert only_error(read_joined(tmp_path, text)[1]).zeile == 4


@pytest.mark.parametrize(
    ("cell", "status"), [("*", "gesperrt"), ("", "nicht_geliefert"), (None, "nicht_geliefert")]
)
def test_the_sum_is_as_good_as_its_worst_part(tmp_path, cell, status):
    row = "" if cell is None else f"3;2020;{cell}\n"
    text = HEAD + "1;2020;10\n2;2020;20\n" + row
    facts, findings = read_joined(tmp_path, text, gesperrt=["*"])
    assert facts.set_index("raum").loc["Nord", "status"] == status
    assert errors(findings) == []
    if cell is None:
        assert "Für den Raum «Nord» fehlt im Jahr 2020 der Teil 3 (kinder)" in findings[0].was


def test_a_missing_part_may_be_a_zero(tmp_path):
    text = HEAD + "1;2020;10\n2;2020;20\n"
    facts, findings = read_joined(tmp_path, text, fehlende_zeilen="null")
    assert (counts(facts, "raum"), findings) == ({"1": 10, "Nord": 20}, [])


def test_persons_of_the_parts_are_counted_together(tmp_path):
    (tmp_path / "liste.csv").write_text("Raum;Jahr\n1;2020\n2;2020\n3;2020\n3;2020\n")
    table = {
        "datei": "liste.csv",
        "spalten": {"raum": "Raum", "jahr": "Jahr"},
        "zaehlen": {"merkmale": {"kinder": {}}},
    }
    facts, findings = read(tmp_path, table, areas=AREAS)
    assert (counts(facts, "raum"), findings) == ({"1": 1, "Nord": 3}, [])
