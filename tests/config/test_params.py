"""The params file: typed text, and errors that name key, line and the nearest known key."""

import json
from datetime import date

import pytest

from spm.config.params import load_params
from spm.config.schema import params_schema
from spm.errors import SpmError
from tests.conftest import ROOT

MINIMAL = """\
kommune:
  name: Musterstadt
  ags: 05513000
bericht:
  datum: 2024-09-30
  berichtsjahr: 2023
  herausgeber: Jugendamt
zeitreihe: {von: 2020, bis: 2023}
datenordner: data/raw/musterstadt
raeume:
  datei: raeume.geojson
lieferungen:
  einwohner:
    titel: Einwohner
    stelle: Meldeamt
    tabellen:
      - datei: einwohner.csv
        spalten: {raum: Raum, jahr: Jahr, anzahl: Anzahl}
        konstanten: {merkmal: bevoelkerung}
"""


@pytest.fixture
def write(tmp_path):
    (tmp_path / "_quarto.yml").touch()
    (tmp_path / "params").mkdir()

    def write(text=MINIMAL, name="musterstadt.yml", **replacements):
        for old, new in replacements.items():
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "params" / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def failing(path):
    with pytest.raises(SpmError) as caught:
        load_params(path)
    return str(caught.value)


def test_scalars_are_text_until_the_schema_types_them(write):
    params = load_params(write())
    assert params.kommune.ags == "05513000", "YAML alone would read 1480192"
    assert params.bericht.datum == date(2024, 9, 30)
    assert params.zeitreihe.years == [2020, 2021, 2022, 2023]
    assert params.einrichtungen is None


def test_places_follow_from_the_file(write, tmp_path):
    params = load_params(write())
    assert params.slug == "musterstadt"
    assert params.root == tmp_path
    assert params.report_folder == tmp_path / "report" / "musterstadt"
    assert params.raw_file("a.csv") == tmp_path / "data/raw/musterstadt/a.csv"


def test_a_relative_path_is_found_from_inside_the_project(write, tmp_path, monkeypatch):
    write()
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    assert load_params("params/musterstadt.yml").slug == "musterstadt"


def test_an_unknown_key_names_the_nearest_one_and_its_line(write):
    message = failing(write(herausgeber="herrausgeber"))
    assert "Zeile 7, bericht.herrausgeber" in message
    assert "«herausgeber»" in message


def test_an_unknown_key_deep_inside_a_delivery(write):
    message = failing(write(konstanten="konstante"))
    assert "Zeile 19" in message
    assert "«konstanten»" in message


def test_all_errors_are_reported_at_once(write):
    message = failing(
        write(**{"05513000": "5513000", "2024-09-30": "30.9.2024", "2020": "zwanzig"})
    )
    assert "3 Fehler" in message
    assert "7 Ziffern" in message
    assert "«30.9.2024» ist kein Datum" in message
    assert "«zwanzig» ist keine ganze Zahl" in message


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("berichtsjahr: 2023", "berichtsjahr: 2030", "nicht in der Zeitreihe"),
        ("von: 2020", "von: 2025", "bevor sie beginnt"),
        ("name: Musterstadt", "name: A\n  name: B", "steht zweimal"),
        ("kommune:\n", "kommune: [\n", "kein gültiges YAML"),
        ("  berichtsjahr: 2023\n", "", "Dieser Schlüssel fehlt"),
        ("datei: raeume.geojson", "datei: ../../geheim.geojson", "führt aus dem Datenordner"),
        ("datenordner:", "kennzahlen: [../k.yml]\ndatenordner:", "führt aus dem Projekt"),
        ("datenordner:", "zusatzkapitel: [Wohnen]\ndatenordner:", "kein Kürzel eines Kapitels"),
        ("kommune:\n", "kommune: Musterstadt\nx:\n", "eingerückte Schlüssel"),
    ],
)
def test_wrong_params_files(write, old, new, expected):
    assert expected in failing(write(**{old: new}))


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("  berichtsjahr: 2023", "  berichtsjahr:2023", 6, "«berichtsjahr: 2023»"),
        ("  datum: 2024-09-30", "  datum:2024-09-30", 5, "«datum: 2024-09-30»"),
        ("datenordner: data", "datenordner:data", 9, "«datenordner: data/raw/musterstadt»"),
        ("      - datei: e", "      - datei:e", 17, "«datei: einwohner.csv»"),
        ("{von: 2020", "{von:2020", 8, "«von: 2020»"),
        ("bis: 2023}", "bis:2023}", 8, "«bis: 2023»"),
        ("  datei: raeume.geojson", "  datei:raeume.geojson", 10, "«datei: raeume.geojson»"),
    ],
)
def test_a_colon_without_a_blank_is_told_in_its_line(write, old, new, line, told):
    text = failing(write(**{old: new}))
    assert told in text
    assert f"Zeile {line}" in text
    assert "inter dem Doppelpunkt fehlt ein Leerzeichen" in text


def test_a_missing_colon_is_told_in_its_line(write):
    text = failing(write(**{"  berichtsjahr: 2023": "  berichtsjahr"}))
    assert "ein Doppelpunkt fehlt" in text and "Zeile 6, Spalte 3" in text


def test_a_key_without_value_counts_as_not_given(write):
    assert load_params(write(raeume="raeume")).raeume.crs is None
    path = write(**{"  datei: raeume.geojson": "  datei: raeume.geojson\n  crs:"})
    assert load_params(path).raeume.crs is None


def test_missing_file_names_the_nearest(write):
    path = write()
    assert "«musterstadt.yml»" in failing(path.with_name("musterstat.yml"))


def test_a_missing_params_file_is_no_catalogue(write):
    folder = write().parent
    for name in ("kennzahlen-kombinationen.yml", "kennzahlen.yml", "glossar.yml"):
        (folder / name).touch()
    told = failing(folder / "nix.yml")
    assert "kennzahlen" not in told and "glossar" not in told
    assert "Bekannt sind: musterstadt." in told
    assert "Gemeint ist vielleicht «musterstadt.yml»" in failing(folder / "mustrstadt.yml")


def test_wrong_encoding(write):
    path = write()
    path.write_bytes("kommune:\n  name: Köln\n".encode("cp1252"))
    message = failing(path)
    assert "UTF-8" in message and "Zeile 2" in message


def test_name_of_the_file_must_be_a_folder_name(write):
    assert "Kleinbuchstaben" in failing(write(name="Köln Mitte.yml"))


def test_outside_a_project(tmp_path):
    path = tmp_path / "x.yml"
    path.write_text(MINIMAL, encoding="utf-8")
    assert "in keinem SPM-Projekt" in failing(path)


def test_json_schema_describes_every_key_in_german():
    schema = params_schema()
    assert {"kommune", "bericht", "lieferungen"} <= schema["properties"].keys()
    texts = json.dumps(schema, ensure_ascii=False)
    assert "Amtlicher Gemeindeschlüssel" in texts
    assert "Spalten ohne Überschrift" in texts


def test_the_shipped_schema_is_the_current_one():
    shipped = (ROOT / "params/params.schema.json").read_text(encoding="utf-8")
    current = json.dumps(params_schema(), ensure_ascii=False, indent=2)
    assert shipped == current + "\n", "run: spm schema > params/params.schema.json"


@pytest.mark.slow
def test_an_editor_finds_no_fault_in_the_shipped_params_file():
    import jsonschema
    import yaml

    text = (ROOT / "params/pilotkommune.yml").read_text(encoding="utf-8")
    data = yaml.safe_load(text.replace("2024-09-30", "'2024-09-30'"))  # JSON has no dates
    jsonschema.validate(data, params_schema())
