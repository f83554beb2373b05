"""Other spellings of listed values, and identifiers of several columns."""

import pytest

from tests.deliveries_example import counts, errors, read, read_text

LIST = {
    "datei": "liste.csv",
    "spalten": {"raum": "Raum", "jahr": "Jahr"},
    "zaehlen": {"merkmale": {"kinder": {}, "auffaellig": {"Befund": ["auffällig"]}}},
}


def read_list(tmp_path, values, **counting):
    rows = "".join(f"{i % 3 + 1};2020;{value}\n" for i, value in enumerate(values))
    (tmp_path / "liste.csv").write_text("Raum;Jahr;Befund\n" + rows, encoding="utf-8")
    return read(tmp_path, LIST | {"zaehlen": LIST["zaehlen"] | counting})


def test_values_that_fulfil_no_condition_are_ranked(tmp_path):
    values = ["auffällig"] * 3 + ["Auffaellig"] * 4 + ["o.B."] * 5 + ["Herzfehler"]
    facts, (note,) = read_list(tmp_path, values)
    assert note.schwere == "Hinweis"
    assert "10 von 13 Zeilen" in note.was
    ranked = (
        "«o.B.» (5 Zeilen), «Auffaellig» (4 Zeilen, gemeint «auffällig»?), andere Werte (1 Zeilen)"
    )
    assert ranked in note.was
    assert "Herzfehler" not in note.was  # one person's
    measures = facts.groupby("merkmal")["anzahl"].sum()
    assert measures["auffaellig"] == 3


def test_where_all_values_are_listed_there_is_nothing_to_tell(tmp_path):
    values = ["auffällig"] * 3 + ["o.B."] * 3
    _, findings = read_list(tmp_path, values, gueltig={"Befund": ["auffällig", "o.B."]})
    assert findings == []
    assert read_list(tmp_path, ["auffällig"] * 3)[1] == []


@pytest.mark.parametrize("key", ["nur", "ohne"])
def test_other_spellings_of_rows_to_read_are_a_note(tmp_path, key):
    text = "Raum;Jahr;Art;Anzahl\n1;2020;Übrige;1\n2;2020;uebrige ;2\n3;2020;Bestand;3\n"
    listed = {"nur": ["Übrige", "Bestand"], "ohne": ["Übrige"]}[key]
    _, findings = read_text(tmp_path, text, **{key: {"Art": listed}})
    (note,) = [f for f in findings if "Ist er auch gemeint?" in f.was]
    assert (note.schwere, note.zeile, note.wert) == ("Hinweis", 3, "uebrige")
    assert f"steht nicht unter {key}; «Übrige» steht dort" in note.was


def read_numbers(tmp_path, rows, kennung):
    (tmp_path / "liste.csv").write_text("Nr;Kita;Raum;Jahr\n" + rows, encoding="utf-8")
    table = LIST | {"zaehlen": {"merkmale": {"kinder": {}}, "kennung": kennung}}
    return read(tmp_path, table, years=(2020, 2021))


def test_numbers_that_begin_anew_every_year(tmp_path):
    rows = "1;A;1;2020\n2;A;2;2020\n1;A;3;31.12.2021\n2;A;1;31.12.2021\n"
    (error,) = errors(read_numbers(tmp_path, rows, "Nr")[1])
    assert "nur innerhalb eines Jahres eindeutig: 2 Werte" in error.was
    assert "kennung: [jahr, Nr]" in error.tun
    facts, findings = read_numbers(tmp_path, rows, ["jahr", "Nr"])
    assert errors(findings) == []
    assert counts(facts, "jahr", "raum")[2021, "1"] == 1


def test_a_number_twice_in_a_year_is_still_an_error(tmp_path):
    rows = "1;A;1;2020\n1;A;2;2020\n1;B;3;2020\n"
    (error,) = errors(read_numbers(tmp_path, rows, ["jahr", "Nr"])[1])
    assert (error.zeile, "3 Zeilen" in error.was) == (2, True)
    (error,) = errors(read_numbers(tmp_path, rows, ["jahr", "Kita", "Nr"])[1])
    assert (error.zeile, "2 Zeilen" in error.was) == (2, True)


def test_a_missing_part_of_the_identifier(tmp_path):
    (error,) = errors(read_numbers(tmp_path, "1;;1;2020\n2;A;2;2020\n", ["Kita", "Nr"])[1])
    assert (error.was, error.zeile) == ("Die Kennung fehlt.", 2)
