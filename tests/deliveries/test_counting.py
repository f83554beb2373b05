"""Rows of persons are counted at once."""

import pytest

from tests.deliveries_example import counts, errors, only_error, read

CHILDREN = """Kind;Jahr;Wohnraum;Kita;Sprache
K-001;2020;1;Arche;auffällig
K-002;2020;1;Arche;unauffällig
K-003;2020;1;;auffällig
K-004;2020;2;Sonne;
K-005;2021;;Arche;in Behandlung
"""

TABLE = {
    "datei": "seu.csv",
    "spalten": {"raum": "Wohnraum", "jahr": "Jahr"},
    "nicht_zuordenbar": [""],
    "zaehlen": {
        "merkmale": {
            "seu": {},
            "seu_sprache": {"Sprache": ["auffällig", "unauffällig", "in Behandlung"]},
            "seu_auffaellig": {"Sprache": ["auffällig", "in Behandlung"]},
        },
        "gueltig": {"Sprache": ["auffällig", "unauffällig", "in Behandlung", ""]},
        "einrichtungen": {"Kita": "Kita"},
        "kennung": "Kind",
    },
}


def read_children(folder, text=CHILDREN, **changes):
    (folder / "seu.csv").write_text(text, encoding="utf-8")
    return read(folder, TABLE | changes, years=(2020, 2021))


def test_persons_are_counted_by_area_and_absent_combinations_are_zero(tmp_path):
    facts, findings = read_children(tmp_path)
    assert findings == []
    by_area = facts[facts["einrichtung"].isna()]
    assert set(by_area["status"]) == {"gezaehlt"}
    numbers = counts(by_area, "merkmal", "jahr", "raum")
    assert {raum: numbers["seu", 2020, raum] for raum in ("1", "2", "3", "nz")} == {
        "1": 3,
        "2": 1,
        "3": 0,
        "nz": 0,
    }
    assert numbers["seu_sprache", 2020, "2"] == 0
    assert numbers["seu_auffaellig", 2020, "1"] == 2
    assert numbers["seu_auffaellig", 2021, "nz"] == 1
    assert len(numbers) == 3 * 2 * 4  # measures × years × areas with nz


def test_facilities_are_counted_for_the_whole_municipality(tmp_path):
    facts, _ = read_children(tmp_path)
    facilities = facts[facts["einrichtung"].notna()]
    assert set(facilities["raum"]) == {"gesamt"}
    assert set(facilities["einrichtung"]) == {"Kita: Arche", "Kita: Sonne"}
    numbers = counts(facilities, "merkmal", "jahr", "einrichtung")
    assert numbers["seu", 2020, "Kita: Arche"] == 2
    assert numbers["seu_auffaellig", 2021, "Kita: Arche"] == 1
    assert numbers["seu_auffaellig", 2020, "Kita: Sonne"] == 0
    assert ("seu", 2021, "Kita: Sonne") not in numbers


def test_groups_are_counted_too(tmp_path):
    text = "Kind;Jahr;Wohnraum;Kita;Sprache;G\na;2020;1;;;m\nb;2020;1;;;w\nc;2020;2;;;w\n"
    spalten = TABLE["spalten"] | {"geschlecht": "G"}
    facts, _ = read_children(tmp_path, text, spalten=spalten)
    numbers = counts(facts[facts["merkmal"] == "seu"], "raum", "geschlecht")
    assert numbers["1", "m"] == 1
    assert numbers["2", "m"] == 0


def test_a_total_row_below_the_list_is_no_person(tmp_path):
    facts, findings = read_children(tmp_path, CHILDREN + ";;Summe;;5\n", gesamtzeilen=["Summe"])
    assert findings == []
    assert "gesamt" not in set(facts.loc[facts["einrichtung"].isna(), "raum"])


def test_an_unexpected_value_is_an_error_that_shows_nothing_else_of_the_child(tmp_path):
    _, findings = read_children(tmp_path, CHILDREN + "K-006;2020;2;Sonne;normal\n")
    error = only_error(findings)
    assert (error.was, error.zeile, error.spalte, error.wert) == (
        "Der Wert ist nicht vorgesehen.",
        7,
        "Sprache",
        "normal",
    )
    assert "K-006" not in str(error)
    assert "Sonne" not in str(error)


def test_a_repeated_identifier_is_an_error_that_does_not_show_it(tmp_path):
    _, findings = read_children(tmp_path, CHILDREN + "K-002;2020;2;Sonne;\n")
    error = only_error(findings)
    assert (error.zeile, error.spalte, error.wert) == (3, "Kind", "")
    assert error.was == (
        "Dieselbe Kennung steht in 2 Zeilen; sie muss eindeutig sein. (Ebenso in Zeile 7.)"
    )
    assert "K-002" not in str(error)


def test_a_missing_identifier_is_an_error(tmp_path):
    error = only_error(read_children(tmp_path, CHILDREN + ";2020;2;Sonne;\n")[1])
    assert (error.was, error.zeile) == ("Die Kennung fehlt.", 7)


@pytest.mark.parametrize("column", ["Kind", "Kita", "Sprache", "Wohnraum", "Jahr"])
def test_a_renamed_column_is_an_error_and_nothing_is_counted(tmp_path, column):
    facts, findings = read_children(tmp_path, CHILDREN.replace(column, "Anderes", 1))
    assert {e.spalte for e in errors(findings)} == {column}
    assert facts.empty


def test_keys_of_persons_are_checked(tmp_path):
    text = CHILDREN + "K-006;2031;2;Sonne;\nK-007;2020;9;Sonne;\n"
    found = errors(read_children(tmp_path, text)[1])
    assert [(e.zeile, e.spalte, e.wert) for e in found] == [
        (7, "Jahr", "2031"),
        (8, "Wohnraum", "9"),
    ]
