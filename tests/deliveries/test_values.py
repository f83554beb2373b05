"""Single cells: every wrong one is a finding with its row, column and value."""

import pandas as pd
import pytest

from tests.deliveries_example import (
    COMPLETE,
    HEAD,
    LONG,
    counts,
    errors,
    only_error,
    read,
    read_text,
)

REST = "2;2020;20\n3;2020;30\n"


def place(finding):
    return finding.zeile, finding.spalte, finding.wert


def test_a_correct_table_becomes_facts(tmp_path):
    facts, findings = read_text(tmp_path, COMPLETE)
    assert findings == []
    assert counts(facts, "raum") == {"1": 10, "2": 20, "3": 30}
    assert set(facts["status"]) == {"gezaehlt"}
    assert set(facts["lieferung"]) == {"amt"}
    groups = ["alter_von", "alter_bis", "geschlecht", "auspraegung", "einrichtung"]
    assert facts[groups].isna().all(axis=None)


@pytest.mark.parametrize(
    ("text", "mapping", "number"),
    [
        ("1.234", {}, 1234),
        ("1.234.567", {}, 1234567),
        ("12,0", {}, 12),
        ("12.0", {}, 12),
        ("1,234", {"dezimal": "."}, 1234),
        ("1 234", {"tausender": " "}, 1234),
        ("0", {}, 0),
    ],
)
def test_german_numbers(tmp_path, text, mapping, number):
    facts, findings = read_text(tmp_path, HEAD + f"1;2020;{text}\n{REST}", **mapping)
    assert (counts(facts, "raum")["1"], findings) == (number, [])


@pytest.mark.parametrize(
    ("text", "was"),
    [
        ("k. A.", "In einer Zahlenspalte steht Text."),
        ("1.23", "In einer Zahlenspalte steht Text."),
        ("1 234", "In einer Zahlenspalte steht Text."),
        ("9" * 30, "Die Anzahl ist unmöglich groß."),
        ("-3", "Die Anzahl ist negativ."),
        ("−3", "Die Anzahl ist negativ."),
        ("1,5", "Die Anzahl hat Nachkommastellen."),
    ],
)
def test_a_wrong_count_is_an_error_at_its_cell(tmp_path, text, was):
    facts, findings = read_text(tmp_path, HEAD + f"1;2020;{text}\n{REST}")
    error = only_error(findings)
    assert (error.was, place(error)) == (was, (2, "Anzahl", text))
    assert error.tun
    assert facts.set_index("raum")["status"]["1"] == "nicht_geliefert"


@pytest.mark.parametrize("text", ["*", "***", "•", "<3", "< 10", "unter 5"])
def test_a_sign_of_secrecy_is_told_with_the_line_that_says_so(tmp_path, text):
    _, findings = read_text(tmp_path, HEAD + f"1;2020;{text}\n{REST}")
    error = only_error(findings)
    assert error.was == f"In einer Zahlenspalte steht «{text}»; meist heißt das: vom Amt gesperrt."
    assert f'gesperrt: ["{text}"]' in error.tun
    facts, findings = read_text(tmp_path, HEAD + f"1;2020;{text}\n{REST}", gesperrt=[text])
    assert (facts.set_index("raum")["status"]["1"], errors(findings)) == ("gesperrt", [])


def test_markers_are_never_zero(tmp_path):
    text = HEAD + "1;2020;*\n2;2020;/\n3;2020;0\n"
    facts, findings = read_text(tmp_path, text, gesperrt=["*"], fehlend=["/"])
    assert dict(zip(facts["raum"], facts["status"], strict=True)) == {
        "1": "gesperrt",
        "2": "nicht_geliefert",
        "3": "gezaehlt",
    }
    assert counts(facts, "raum") == {"1": None, "2": None, "3": 0}
    assert errors(findings) == []


def test_an_empty_cell_that_is_no_marker_is_an_error(tmp_path):
    _, findings = read_text(tmp_path, HEAD + f"1;2020;\n{REST}", fehlend=["-"])
    assert only_error(findings).was == "In einer Zahlenspalte steht nichts."


def test_areas_match_by_map_key_or_name(tmp_path):
    text = HEAD + "SR 1 Altstadt;2020;1\n2;2020;2\n Hafen ;2020;3\nohne;2020;4\nSumme;2020;10\n"
    mapping = {
        "werte": {"raum": {"SR 1  Altstadt": "1"}},
        "nicht_zuordenbar": ["ohne"],
        "gesamtzeilen": ["Summe"],
    }
    facts, findings = read_text(tmp_path, text, **mapping)
    assert counts(facts, "raum") == {"1": 1, "2": 2, "3": 3, "nz": 4, "gesamt": 10}
    assert findings == []


@pytest.mark.parametrize(
    ("raw", "hint"),
    [
        ("Altstad", "Der Raum ist unbekannt. Gemeint ist vielleicht «Altstadt»."),
        ("9", "Der Raum ist unbekannt. Bekannt sind: 1, 2, 3, Altstadt, Neustadt, Hafen."),
        ("", "Die Zelle ist leer, der Raum fehlt."),
    ],
)
def test_an_unknown_area_names_the_nearest(tmp_path, raw, hint):
    error = only_error(read_text(tmp_path, COMPLETE + f"{raw};2020;1\n")[1])
    assert (error.was, place(error)) == (hint, (5, "Raum", raw))


def test_lost_leading_zeros_are_recognised(tmp_path):
    (tmp_path / "kinder.csv").write_text(HEAD + "5;2020;1\n", encoding="utf-8")
    areas = pd.DataFrame({"raum": ["05"], "name": ["Altstadt"]})
    assert "«05»: führende Nullen fehlen" in only_error(read(tmp_path, LONG, areas=areas)[1]).was


def test_the_same_wrong_value_is_one_finding_that_names_its_rows(tmp_path):
    text = HEAD + "9;2020;1\n1;2020;1\n9;2021;1\n9;2022;1\n"
    error = only_error(read_text(tmp_path, text, years=(2020, 2022))[1])
    assert error.zeile == 2
    assert error.was.endswith("(Ebenso in den Zeilen 4, 5.)")


def test_all_errors_of_a_row_are_found_at_once(tmp_path):
    _, findings = read_text(tmp_path, COMPLETE + "9;2031;-4\n")
    assert {e.wert for e in errors(findings)} == {"9", "2031", "-4"}


def test_many_findings_of_one_kind_are_capped(tmp_path):
    _, findings = read_text(tmp_path, HEAD + "".join(f"x{i};2020;1\n" for i in range(150)))
    assert len(errors(findings)) == 101
    assert any("50 weitere Meldungen" in e.was for e in errors(findings))


@pytest.mark.parametrize("year", ["2021", "2019", "31.12.2021"])
def test_a_year_outside_the_series_is_an_error(tmp_path, year):
    facts, findings = read_text(tmp_path, COMPLETE + f"1;{year};7\n")
    error = only_error(findings)
    assert error.was == "Das Jahr liegt außerhalb der Zeitreihe 2020 bis 2020."
    assert place(error) == (5, "Jahr", year[-4:])
    assert set(facts["jahr"]) == {2020}


def test_years_outside_the_series_can_be_ignored(tmp_path):
    text = COMPLETE + "1;2018;7\n1;2019;7\n"
    facts, (note,) = read_text(tmp_path, text, jahre_ausserhalb="ignorieren")
    assert (note.schwere, set(facts["jahr"])) == ("Hinweis", {2020})
    assert note.was.endswith("werden nicht verwendet: 2018, 2019.")


@pytest.mark.parametrize("year", ["2019/21", "20", "heute", ""])
def test_a_text_that_is_no_year_is_an_error(tmp_path, year):
    error = only_error(read_text(tmp_path, COMPLETE + f"1;{year};7\n")[1])
    assert (error.was, place(error)) == ("Das ist keine Jahreszahl.", (5, "Jahr", year))


GROUPED = {
    "spalten": {
        "raum": "Raum",
        "jahr": "Jahr",
        "geschlecht": "G",
        "staatsangehoerigkeit": "S",
        "alter": "Alter",
        "anzahl": "Anzahl",
    },
    "werte": {"geschlecht": {"männlich": "m", "weiblich": "w", "zusammen": ""}},
}


def test_groups_are_mapped_and_an_empty_target_means_not_split(tmp_path):
    text = (
        "Raum;Jahr;G;S;Alter;Anzahl\n1;2020;männlich;deutsch;unter 3;1\n"
        "1;2020;zusammen;deutsch;insgesamt;5\n"
    )
    facts, findings = read_text(tmp_path, text, **GROUPED)
    own = facts[facts["raum"] == "1"]
    assert own[["geschlecht", "alter_von", "alter_bis"]].astype(object).where(
        own[["geschlecht", "alter_von", "alter_bis"]].notna(), None
    ).to_numpy().tolist() == [["m", 0, 2], [None, None, None]]
    assert errors(findings) == []


def test_a_value_that_the_map_does_not_list_is_an_error(tmp_path):
    text = "Raum;Jahr;G;S;Alter;Anzahl\n1;2020;mänlich;deutsch;3;1\n"
    error = only_error(read_text(tmp_path, text, **GROUPED)[1])
    assert error.was == (
        "Der Wert steht nicht unter werte.geschlecht. Gemeint ist vielleicht «männlich»."
    )
    assert place(error) == (2, "G", "mänlich")


def test_without_a_map_only_canonical_values_pass(tmp_path):
    text = "Raum;Jahr;G;S;Alter;Anzahl\n1;2020;weiblich;D;3;1\n1;2020;weiblich;;Kinder;1\n"
    _, findings = read_text(tmp_path, text, **GROUPED)
    assert [(e.zeile, e.spalte, e.wert) for e in errors(findings)] == [
        (2, "S", "D"),
        (3, "S", ""),
        (3, "Alter", "Kinder"),
    ]


def test_constants_follow_the_same_rules(tmp_path):
    spalten = {"raum": "Raum", "anzahl": "Anzahl"}
    konstanten = {"merkmal": "kinder", "jahr": "2031", "alter": "Kinder"}
    _, findings = read_text(tmp_path, COMPLETE, spalten=spalten, konstanten=konstanten)
    assert {e.spalte: e.wert for e in errors(findings)} == {
        "konstanten.alter": "Kinder",
        "konstanten.jahr": "2031",
    }


def test_missing_canonical_columns_are_named(tmp_path):
    _, findings = read_text(tmp_path, COMPLETE, spalten={}, konstanten={})
    assert {e.spalte for e in errors(findings)} == {"merkmal", "jahr", "raum", "anzahl"}


def test_facilities_count_for_the_whole_municipality(tmp_path):
    spalten = {"einrichtung": "Raum", "jahr": "Jahr", "anzahl": "Anzahl"}
    facts, _ = read_text(tmp_path, HEAD + "Kita: Arche;2020;12\n", spalten=spalten)
    assert counts(facts, "raum", "einrichtung") == {("gesamt", "Kita: Arche"): 12}
