"""Paths in a params file as people on Windows write them."""

import pytest

from spm.config.params import load_params
from spm.errors import SpmError
from tests.build.small import change, make


@pytest.fixture
def params(tmp_path):
    return make(tmp_path / "projekt") / "params/kleinau.yml"


def test_a_backslash_is_as_good_as_a_slash(params):
    (params.parents[1] / "roh/amt").mkdir()
    change(params, "datei: sgb2.csv", r"datei: amt\sgb2.csv")
    change(params, "datenordner: roh", r"datenordner: '\\server\daten'")
    change(params, "texte: params/texte/kleinau", r"texte: params\texte\kleinau")
    found = load_params(params)
    assert found.lieferungen["sgb2"].tabellen[0].datei == "amt/sgb2.csv"
    assert (found.datenordner, found.texte) == ("//server/daten", "params/texte/kleinau")


def test_capitals_are_all_one_on_every_system(params):
    raw = params.parents[1] / "roh"
    change(params, "datei: sgb2.csv", "datei: SGB2.csv")
    found = load_params(params)
    assert (
        found.raw_file("SGB2.csv").name.lower() == "sgb2.csv"
        and found.raw_file("SGB2.csv").exists()
    )
    if not (raw / "Sgb2.csv").exists():  # a system that tells them apart: which one is meant?
        (raw / "Sgb2.csv").touch()
        assert not load_params(params).raw_file("SGB2.csv").exists()


def test_a_name_of_other_letters_is_another_one(params):
    (params.parents[1] / "roh/strasse.csv").touch()
    assert not load_params(params).raw_file("straße.csv").exists()


def test_a_chapter_is_called_by_no_device(params):
    change(params, "kommune:", "zusatzkapitel: [con]\nkommune:")
    with pytest.raises(SpmError, match="Name eines Geräts"):
        load_params(params)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (r'"amt\neu.csv"', r"«\n»"),
        (r'"amt\tabelle.csv"', r"«\t»"),
        (r'"amt\rest.csv"', r"«\r»"),
        (r'"amt\sgb2.csv"', "«/» schreiben"),
        (r'"amt\bericht.csv"', "«/» statt"),
    ],
)
def test_a_backslash_in_double_quotes_is_no_other_character(params, written, told):
    change(params, "datei: sgb2.csv", f"datei: {written}")
    with pytest.raises(SpmError) as caught:
        load_params(params)
    assert told in str(caught.value) and "Zeile" in str(caught.value)


@pytest.mark.parametrize("name", [r"C:\daten\sgb2.csv", "D:sgb2.csv", r"'\\server\sgb2.csv'"])
def test_only_the_data_folder_may_lie_on_another_drive(params, name):
    change(params, "datei: ortsteile.geojson", f"datei: {name}")
    with pytest.raises(SpmError, match=r"Laufwerk|Adresse") as caught:
        load_params(params)
    assert "datenordner" in caught.value.tun
