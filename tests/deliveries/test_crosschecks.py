"""Counts given twice, missing combinations, and parts above their total."""

import pytest

from spm.deliveries import read_deliveries
from tests.deliveries_example import (
    AREAS,
    COMPLETE,
    HEAD,
    LONG,
    counts,
    errors,
    example_params,
    only_error,
    read_text,
)

TOTALS = {"gesamtzeilen": ["Summe"], "nicht_zuordenbar": ["ohne", "unbekannt"]}
BY_SEX = {
    "spalten": {"raum": "Raum", "jahr": "Jahr", "geschlecht": "G", "anzahl": "Anzahl"},
    "werte": {"geschlecht": {"m": "m", "w": "w", "alle": ""}},
}
BY_AGE = {"spalten": {"raum": "Raum", "jahr": "Jahr", "alter": "Alter", "anzahl": "Anzahl"}}


def test_an_area_given_twice_names_both_rows(tmp_path):
    facts, findings = read_text(tmp_path, COMPLETE + "Altstadt;2020;11\n")
    error = only_error(findings)
    assert (error.zeile, error.was) == (
        5,
        "Dieselbe Angabe (kinder, 2020, Raum 1) steht schon in Zeile 2.",
    )
    assert counts(facts, "raum")["1"] == 10


def test_two_deliveries_of_the_same_count_are_an_error(tmp_path):
    (tmp_path / "kinder.csv").write_text(COMPLETE, encoding="utf-8")
    (tmp_path / "nochmal.csv").write_text(HEAD + "3;2020;31\n", encoding="utf-8")
    deliveries = {"meldeamt": [LONG], "jugendamt": [LONG | {"datei": "nochmal.csv"}]}
    _, findings = read_deliveries(example_params(tmp_path, deliveries), AREAS)
    error = only_error(findings)
    assert (error.lieferung, error.datei, error.zeile) == ("jugendamt", "nochmal.csv", 2)
    assert error.was.endswith("steht schon in Zeile 4, «kinder.csv» (Lieferung meldeamt).")


def test_a_file_mapped_by_two_tables_is_a_mistake_of_the_params_file(tmp_path):
    (tmp_path / "kinder.csv").write_text(COMPLETE, encoding="utf-8")
    deliveries = {"meldeamt": [LONG], "jugendamt": [LONG]}
    facts, findings = read_deliveries(example_params(tmp_path, deliveries), AREAS)
    error = only_error(findings)
    assert (error.lieferung, error.datei, error.zeile) == ("Params-Datei", "beispiel.yml", None)
    assert error.spalte == "lieferungen: meldeamt und jugendamt"
    assert "«kinder.csv» ist in zwei Tabellen zugeordnet" in error.was
    assert "Raum 1 und 2 weitere" in error.was
    assert counts(facts, "raum") == {"1": 10, "2": 20, "3": 30}


def test_two_columns_that_mean_the_same_are_a_mistake_of_the_params_file(tmp_path):
    (tmp_path / "kinder.csv").write_text("Raum;Jahr;A;B\n1;2020;5;6\n", encoding="utf-8")
    mapping = LONG | {
        "spalten": {"raum": "Raum", "jahr": "Jahr"},
        "entpivotieren": {"A": {"alter": "0-2"}, "B": {"alter": "0-2"}},
    }
    _, findings = read_deliveries(example_params(tmp_path, {"amt": [mapping]}), AREAS)
    error = only_error(findings)
    assert error.lieferung == "Params-Datei"
    assert "«A» und «B»" in error.was


def test_people_without_area_under_two_names_are_added_up(tmp_path):
    facts, findings = read_text(tmp_path, COMPLETE + "ohne;2020;2\nunbekannt;2020;3\n", **TOTALS)
    assert (counts(facts, "raum")["nz"], findings) == (5, [])


def test_a_suppressed_part_suppresses_the_sum(tmp_path):
    text = COMPLETE + "ohne;2020;2\nunbekannt;2020;*\n"
    facts, _ = read_text(tmp_path, text, gesperrt=["*"], **TOTALS)
    (row,) = facts[facts["raum"] == "nz"].to_dict("records")
    assert row["status"] == "gesperrt"
    assert counts(facts, "raum")["nz"] is None


def test_the_same_name_twice_is_no_sum(tmp_path):
    text = COMPLETE + "ohne;2020;2\nohne;2020;3\n"
    assert only_error(read_text(tmp_path, text, **TOTALS)[1]).zeile == 6


@pytest.mark.parametrize(
    ("total", "schwere", "word"), [(61, "Fehler", "größer"), (64, "Hinweis", "kleiner")]
)
def test_parts_are_compared_with_the_delivered_total(tmp_path, total, schwere, word):
    text = COMPLETE + f"ohne;2020;2\nSumme;2020;{total}\n"
    (finding,) = read_text(tmp_path, text, **TOTALS)[1]
    assert finding.schwere == schwere
    assert f"Die Summe der Räume (62, mit Nichtzuordenbaren) ist {word} als" in finding.was
    assert (finding.zeile, finding.wert) == (6, str(total))


def test_a_total_that_fits_or_has_suppressed_parts_is_fine(tmp_path):
    assert read_text(tmp_path, COMPLETE + "Summe;2020;60\n", **TOTALS)[1] == []
    text = COMPLETE.replace(";30", ";*") + "Summe;2020;60\n"
    assert read_text(tmp_path, text, gesperrt=["*"], **TOTALS)[1] == []


def test_groups_above_the_row_without_group_are_an_error(tmp_path):
    text = (
        "Raum;Jahr;G;Anzahl\n1;2020;m;6\n1;2020;w;5\n1;2020;alle;10\n"
        "2;2020;m;6\n2;2020;w;4\n2;2020;alle;10\n3;2020;m;1\n3;2020;w;*\n3;2020;alle;10\n"
    )
    error = only_error(read_text(tmp_path, text, gesperrt=["*"], **BY_SEX)[1])
    assert error.zeile == 4
    assert error.was == (
        "Die Summe nach geschlecht (11) ist größer als die Zahl ohne diese Unterteilung 10 "
        "(kinder, 2020, Raum 1)."
    )


def test_age_groups_above_the_group_around_them_are_an_error(tmp_path):
    text = (
        "Raum;Jahr;Alter;Anzahl\n1;2020;0-2;6\n1;2020;3-5;5\n1;2020;0-5;10\n"
        "1;2020;insgesamt;100\n1;2020;65+;90\n"
    )
    found = errors(read_text(tmp_path, text, **BY_AGE)[1])
    assert [(e.zeile, "(11)" in e.was or "(101)" in e.was) for e in found] == [(4, True), (5, True)]


def test_an_area_missing_in_a_year_is_a_note_and_not_zero(tmp_path):
    text = COMPLETE + "1;2021;11\n2;2021;21\n"
    facts, (note,) = read_text(tmp_path, text, years=(2020, 2021))
    assert note.schwere == "Hinweis"
    assert note.was == "Im Jahr 2021 fehlt der Raum 3, andere sind geliefert (kinder)."
    absent = facts[(facts["raum"] == "3") & (facts["jahr"] == 2021)]
    assert absent["status"].tolist() == ["nicht_geliefert"]
    assert absent["anzahl"].isna().all()


def test_absent_rows_can_mean_zero(tmp_path):
    text = COMPLETE + "1;2021;11\n2;2021;21\n"
    facts, findings = read_text(tmp_path, text, years=(2020, 2021), fehlende_zeilen="null")
    assert counts(facts, "raum", "jahr")["3", 2021] == 0
    assert [f.was[:50] for f in findings] == [
        "Der Raum 3 hat in der Tabelle für 2021 keine einzi"
    ], "where 30 are usual"


def test_an_absent_group_is_not_delivered_for_that_area(tmp_path):
    text = "Raum;Jahr;Alter;Anzahl\n1;2020;0-2;6\n1;2020;3-5;5\n2;2020;0-2;4\n3;2020;0-2;4\n"
    facts, _ = read_text(tmp_path, text, **BY_AGE)
    by_age = facts.set_index(["raum", "alter_von"])["status"]
    assert by_age["2", 3] == "nicht_geliefert"
    assert by_age["1", 3] == "gezaehlt"


def test_zeros_are_not_invented_for_a_year_with_other_age_limits(tmp_path):
    text = "Raum;Jahr;Alter;Anzahl\n1;2020;0-2;6\n1;2020;7-9;1\n1;2021;0-3;5\n1;2021;10-12;2\n"
    facts, _ = read_text(tmp_path, text, years=(2020, 2021), fehlende_zeilen="null", **BY_AGE)
    area = facts[facts["raum"] == "2"]
    assert sorted(zip(area["jahr"], area["alter_von"], area["alter_bis"], strict=True)) == [
        (2020, 0, 2),
        (2020, 7, 9),
        (2020, 10, 12),
        (2021, 0, 3),
        (2021, 7, 9),
        (2021, 10, 12),
    ]
    assert set(area["anzahl"]) == {0}


def test_what_another_table_delivers_is_not_missing(tmp_path):
    (tmp_path / "nord.csv").write_text(HEAD + "1;2020;1\n", encoding="utf-8")
    (tmp_path / "sued.csv").write_text(HEAD + "2;2020;2\n3;2020;3\n", encoding="utf-8")
    tables = [LONG | {"datei": "nord.csv"}, LONG | {"datei": "sued.csv"}]
    facts, findings = read_deliveries(example_params(tmp_path, {"amt": tables}), AREAS)
    assert (counts(facts, "raum"), findings) == ({"1": 1, "2": 2, "3": 3}, [])


def test_years_without_any_delivery_are_a_note(tmp_path):
    _, (note,) = read_text(tmp_path, COMPLETE, years=(2018, 2020))
    assert (note.schwere, note.was) == ("Hinweis", "Nicht geliefert für 2018, 2019: kinder.")


@pytest.mark.parametrize(
    ("total", "extent", "severity", "said"),
    [
        (50, None, "Fehler", "gesamtzahl: {Merkmal: weniger}"),
        (50, "weniger", None, ""),
        (50, "anders", None, ""),
        (50, "mehr", "Fehler", "falsch"),
        (70, None, "Hinweis", "gesamtzahl: {Merkmal: mehr}"),
        (70, "mehr", None, ""),
        (70, "anders", None, ""),
        (70, "weniger", "Fehler", "gesamtzahl: {Merkmal: anders}"),
        (60, "weniger", None, ""),
        (None, "weniger", "Hinweis", "Gesamtzeile liefern lassen"),
        (None, None, None, ""),
    ],
)
def test_a_total_may_be_on_the_side_that_the_params_say(tmp_path, total, extent, severity, said):
    row = "" if total is None else f"Summe;2020;{total}\n"
    (tmp_path / "kinder.csv").write_text(COMPLETE + row, encoding="utf-8")
    params = example_params(tmp_path, {"amt": [LONG | TOTALS]})
    if extent:
        own = params.lieferungen["amt"].model_copy(update={"gesamtzahl": {"kinder": extent}})
        params.lieferungen["amt"] = own
    facts, findings = read_deliveries(params, AREAS)
    assert [f.schwere for f in findings] == ([severity] if severity else [])
    assert all(said in f.tun for f in findings)
    assert counts(facts, "raum").get("gesamt") == total
