"""The section ``lieferungen`` of a params file."""

import pytest
from pydantic import ValidationError

from spm.config.delivery import Lieferung
from spm.config.tables import Tabelle, Zaehlen


def test_scalars_arrive_as_text_and_are_typed():
    delivery = Lieferung(
        titel="Einwohner",
        stelle="Meldeamt",
        mindestfallzahl="3",
        nullen_veroeffentlichen="ja",
        tabellen=[{"datei": "a.csv", "kopfzeilen": ["4", "5"], "fehlende_zeilen": "null"}],
    )
    assert (delivery.mindestfallzahl, delivery.nullen_veroeffentlichen) == (3, True)
    assert delivery.tabellen[0].kopfzeilen == [4, 5]


@pytest.mark.parametrize(
    ("file", "expected"),
    [("a.csv", "csv"), ("A.XLSX", "excel"), ("a.parquet", "parquet")],
)
def test_the_format_follows_the_suffix(file, expected):
    assert Tabelle(datei=file).source_format == expected


def test_the_thousands_separator_follows_the_decimal_sign():
    assert Tabelle(datei="a.csv").thousands == "."
    assert Tabelle(datei="a.csv", dezimal=".").thousands == ","


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({}, "braucht datei"),
        ({"datei": "a.csv", "url_variable": "X"}, "schließen sich aus"),
        ({"datei": "a.dat"}, "an der Endung nicht zu erkennen"),
        ({"datei": "Jobcenter.pdf"}, "PDF kann SPM nicht lesen.* als Excel oder CSV anfordern"),
        ({"datei": "brief.DOCX"}, "Textdokumente kann SPM nicht lesen"),
        ({"datei": "alles.zip"}, "Gepackte Dateien kann SPM nicht lesen.*bitte entpacken"),
        ({"datei": "EWO.accdb"}, "Access-Datenbanken .* ausgeben lassen"),
        ({"url_variable": "X"}, "braucht eine abfrage"),
        ({"datei": "a.csv", "spalten": {"raun": "x"}}, "Gemeint ist vielleicht «raum»"),
        ({"datei": "a.csv", "werte": {"geschlecht": {"F": "f"}}}, "nicht erlaubt: m, w, d"),
        ({"datei": "a.csv", "konstanten": {"merkmal": "Kinder U3"}}, "kein Name für ein Merkmal"),
        (
            {"datei": "a.csv", "spalten": {"jahr": "J"}, "konstanten": {"jahr": "2020"}},
            "zweimal festgelegt",
        ),
        (
            {"datei": "a.csv", "spalten": {"anzahl": "A"}, "entpivotieren": {"B": {}}},
            "entpivotieren schließen sich aus",
        ),
        ({"datei": "a.csv", "dezimal": ".", "tausender": "."}, "nicht dasselbe Zeichen"),
        ({"datei": "a.csv", "fehlend": ["-"], "gesperrt": ["-"]}, "unter fehlend und unter"),
        ({"datei": "a.csv", "kopfzeilen": [5, 4]}, "aufsteigende"),
        ({"datei": "a.csv", "zeichensatz": "utf-99"}, "Zeichensatz «utf-99»"),
        ({"datei": "a.csv", "blat": "x"}, "Extra inputs"),
    ],
)
def test_a_mapping_that_contradicts_itself_is_refused(mapping, message):
    with pytest.raises(ValidationError, match=message):
        Tabelle(**mapping)


def test_a_condition_names_only_valid_values():
    with pytest.raises(ValidationError, match=r"«auffälig» steht nicht unter zaehlen.gueltig"):
        Zaehlen(
            merkmale={"seu_auffaellig": {"Sprache": ["auffälig"]}},
            gueltig={"Sprache": ["auffällig", "unauffällig"]},
        )


def test_every_key_is_documented():
    for model in (Lieferung, Tabelle, Zaehlen):
        for name, field in model.model_fields.items():
            assert field.description, f"{model.__name__}.{name}"


def test_a_template_says_nothing_but_its_file():
    import pytest
    from pydantic import ValidationError

    from spm.config.tables import Tabelle

    assert Tabelle(datei="jobcenter-{jahr}.xlsx", vorlage="ja").vorlage
    with pytest.raises(ValidationError, match="Mit vorlage: ja entfällt blatt"):
        Tabelle(datei="jobcenter.xlsx", vorlage="ja", blatt="Personen")
    with pytest.raises(ValidationError, match="ist eine Excel-Mappe"):
        Tabelle(datei="jobcenter.csv", vorlage="ja")


def test_a_template_of_each_year_gets_no_year_from_its_name():
    from spm.config.tables import Tabelle
    from spm.config.yearly import is_per_year, of_year

    table = Tabelle(datei="jobcenter-{jahr}.xlsx", vorlage="ja")
    assert is_per_year(table)
    assert of_year(table, 2024).datei == "jobcenter-2024.xlsx"
    assert of_year(table, 2024).konstanten == {}
