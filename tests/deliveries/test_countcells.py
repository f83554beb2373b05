"""Signs, marks, ambiguous numbers and factors: the cells that are no plain numbers."""

import pytest
from pydantic import ValidationError

from spm.config.signs import DASHES
from spm.config.tables import Tabelle
from tests.deliveries_example import HEAD, counts, errors, only_error, read_text

DIN = {"zeichen": "din55301"}


def rows(*texts):
    return HEAD + "".join(f"{raum};2020;{text}\n" for raum, text in enumerate(texts, start=1))


def value(tmp_path, text, **mapping):
    """What one cell is read as, None where it is no number, beside the findings."""
    facts, findings = read_text(tmp_path, rows(text, 20, 30), **mapping)
    return counts(facts, "raum").get("1"), findings


@pytest.mark.parametrize("dash", DASHES)
def test_a_dash_is_zero_where_the_mapping_says_so(tmp_path, dash):
    for mapping in (DIN, {"null_zeichen": [dash]}, {"werte": {"anzahl": {dash: "0"}}}):
        number, findings = value(tmp_path, dash, **mapping)
        assert (number, findings) == (0, [])
    error = only_error(value(tmp_path, dash)[1])
    assert "zeichen: din55301" in error.tun and "fehlend" not in error.tun


def test_a_dash_called_missing_is_told(tmp_path):
    number, findings = value(tmp_path, "-", fehlend=["-"])
    assert number is None
    assert any("genau null" in f.was and f.zeile == 2 for f in findings)


def test_signs_of_official_tables(tmp_path):
    facts, findings = read_text(tmp_path, rows(".", "/", "x"), **DIN)
    assert list(facts["status"]) == ["gesperrt", "nicht_geliefert", "nicht_geliefert"]
    assert errors(findings) == []
    facts, _ = read_text(tmp_path, rows("…", "", "0"), **DIN)
    assert counts(facts, "raum") == {"1": None, "2": None, "3": 0}
    facts, _ = read_text(tmp_path, rows(".", "*", "5"), **DIN, fehlend=["."], gesperrt=["*"])
    assert list(facts["status"]) == ["nicht_geliefert", "gesperrt", "gezaehlt"]


@pytest.mark.parametrize("text", ["60 r", "60r", "(60)", "( 60 )", "60p", "60 s", "(60) r", "r 60"])
def test_a_marked_number_counts_and_is_told(tmp_path, text):
    number, findings = value(tmp_path, text, **DIN)
    assert number == 60
    (note,) = [f for f in findings if "Marken" in f.was]
    assert (note.schwere, note.zeile) == ("Hinweis", 2)
    assert "zeichen: din55301" in only_error(value(tmp_path, text)[1]).tun


def test_own_marks(tmp_path):
    assert value(tmp_path, "60 1)", marken=["1)"])[0] == 60
    assert value(tmp_path, "60¹", marken=["¹"])[0] == 60
    assert value(tmp_path, "1.060*", marken=["*"])[0] == 1060
    assert errors(value(tmp_path, "60 q", **DIN)[1])


@pytest.mark.parametrize(
    ("text", "decimal", "readings"),
    [("1,000", ",", ("1000", "oder 1,")), ("12.000", ".", ("12000", "oder 12,"))],
)
def test_three_digits_behind_the_decimal_sign_are_ambiguous(tmp_path, text, decimal, readings):
    error = only_error(value(tmp_path, text, dezimal=decimal)[1])
    assert "mehrdeutig" in error.was and all(reading in error.was for reading in readings)
    other = "." if decimal == "," else ","
    assert value(tmp_path, text, dezimal=other, tausender=decimal)[0] == int(readings[0])


def test_a_column_of_nothing_but_three_zeros_is_ambiguous(tmp_path):
    text = rows("12.000", "40.000", "60.000")
    assert "mehrdeutig" in only_error(read_text(tmp_path, text)[1]).was
    facts, findings = read_text(tmp_path, text, tausender=".")
    assert (counts(facts, "raum")["1"], findings) == (12000, [])
    facts, findings = read_text(tmp_path, rows("12.000", "40", "1.234"))
    assert (counts(facts, "raum")["1"], findings) == (12000, [])


def test_a_factor_makes_square_metres_of_hectares(tmp_path):
    for factor in (10000, {"Anzahl": 10000}):
        number, findings = value(tmp_path, "12,5", faktor=factor)
        assert (number, findings) == (125_000, [])
    number, findings = value(tmp_path, "0,00014", faktor=10000)
    assert number == 1 and "gerundet" in findings[0].was
    assert "mehrdeutig" in only_error(value(tmp_path, "1,250", faktor=10000)[1]).was
    assert value(tmp_path, "1,250", faktor=10000, dezimal=",")[0] == 12500
    assert "faktor" in only_error(value(tmp_path, "12,5")[1]).tun


def test_a_percentage_of_a_known_base(tmp_path):
    assert value(tmp_path, "17,5 %", faktor=2)[0] == 35
    assert "Prozentwert" in only_error(value(tmp_path, "17,5 %")[1]).was


def test_only_people_have_a_limit(tmp_path):
    text = rows("250000000", 20, 30)
    assert "unmöglich groß" in only_error(read_text(tmp_path, text)[1]).was
    facts, findings = read_text(tmp_path, text, konstanten={"merkmal": "gruenflaeche_m2"})
    assert (counts(facts, "raum")["1"], findings) == (250_000_000, [])


def test_counts_that_the_mapping_names(tmp_path):
    assert value(tmp_path, "keine", werte={"anzahl": {"keine": "0"}})[0] == 0
    assert value(tmp_path, "60", werte={"anzahl": {"keine": "0"}})[0] == 60


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"werte": {"anzahl": {"-": "nichts"}}}, "keine Anzahl"),
        ({"fehlend": ["-"], "zeichen": "din55301"}, "genau null"),
        ({"gesperrt": ["-"], "null_zeichen": ["-"]}, "genau null"),
        ({"marken": ["1"]}, "keine Marke"),
        ({"marken": ["-"]}, "keine Marke"),
        ({"faktor": {"Fläche": 2}, "spalten": {"anzahl": "A"}}, "keine Wertespalte"),
        ({"faktor": 0}, "greater than 0"),
    ],
)
def test_signs_that_contradict_themselves_are_refused(mapping, message):
    with pytest.raises(ValidationError, match=message):
        Tabelle(datei="a.csv", **mapping)
