"""Params files and catalogues that no one can have meant, though every key is known."""

import pytest
import yaml

from spm.config.catalogue import Kennzahl
from spm.config.params import load_params
from spm.config.tables import Tabelle
from spm.errors import SpmError
from spm.system.names import is_reserved
from tests.config.test_params import MINIMAL, failing, write  # noqa: F401


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("ags: 05513000", 'ags: "17001000"', "gehört zu keinem Land"),
        ("ags: 05513000", 'ags: "00001000"', "gehört zu keinem Land"),
        ("ags: 05513000", 'ags: "05000000"', "eines Landes oder Regierungsbezirks"),
        ("ags: 05513000", 'ags: "٠٥٥١٣٠٠٠"', "nur Ziffern"),
        ("2024-09-30", "2022-12-31", "liegt vor dem Berichtsjahr 2023"),
        ("2024-09-30", "9999-12-31", "ist nicht vom 31.12.9999"),
        ("2024-09-30", "2024-02-30", "kein Datum"),
        ("2024-09-30", "0200-01-01", "liegt vor dem Berichtsjahr"),
        ("name: Musterstadt", 'name: "  "', "Text erwartet"),
        ("name: Musterstadt", 'name: "\\u0301"', "Zeichen, die niemand sieht"),
        ("name: Musterstadt", 'name: "Muster\\u202Etdats"', "(U+202E)"),
        ("name: Musterstadt", f"name: {'a' * 10_000}", "hat 10000 Zeichen"),
        ("herausgeber: Jugendamt", 'herausgeber: "\\u200B"', "(U+200B)"),
        ("titel: Einwohner", 'titel: ""', "ist leer"),
        ("stelle: Meldeamt", 'stelle: "\\uFEFF"', "(U+FEFF)"),
        ("stelle: Meldeamt", 'stelle: Meldeamt\n    stichtag: "30.02."', "kein Tag, den es gibt"),
        ("datenordner:", "kennzahlen: [a.yml, a.yml]\ndatenordner:", "«a.yml» steht zweimal"),
        ("datenordner:", "kennzahlen: [a.yml, ./a.yml]\ndatenordner:", "steht zweimal da"),
        ("datei: raeume.geojson", 'datei: r.geojson\n  liste: ["1", "2", "1"]', "«1» steht zwei"),
        ("datei: raeume.geojson", "datei: r.geojson\n  gruppen: {N: [a, b, a]}", "gruppen.N.2"),
        ("datei: raeume.geojson", 'datei: r.geojson\n  gruppen: {"\\u2067": [a]}', "(U+2067)"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(write, old, new, told):  # noqa: F811
    assert told in failing(write(**{old: new}))


@pytest.mark.parametrize("name", ["con", "nul", "aux", "prn", "com1", "lpt9", "a" * 61])
def test_a_params_file_has_no_name_that_some_system_cannot_have(write, name):  # noqa: F811
    assert "wird zum Ordnernamen" in failing(write(name=f"{name}.yml"))


def test_devices_are_known_with_extensions_and_capitals():
    for name in ("CON", "nul.txt", "com1.", "LPT1 ", "aux .yml", "COM¹"):
        assert is_reserved(name), name
    for name in ("konstanz", "con-1", "com", "com10", "auxiliar", "nullstadt"):
        assert not is_reserved(name), name


def test_keys_that_were_usual_stay(write):  # noqa: F811
    for ags in ("02000000", "11000000", "04011000", "05766", "16077001"):
        assert load_params(write(**{"ags: 05513000": f'ags: "{ags}"'})).kommune.ags == ags


INDICATOR = yaml.safe_load("""
kapitel: hze
titel: Hilfen
kurztitel: Hilfen
satz: die Hilfen
definition: Hilfen je 100.
art: rate
zaehler: {merkmal: hilfen}
nenner: {merkmal: kinder}
faktor: 100
einheit: je 100
""")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"faktor": "inf"}, "finite"),
        ({"faktor": "nan"}, "finite"),
        ({"faktor": "0"}, "greater"),
        ({"faktor": "-100"}, "greater"),
        ({"faktor": "1000"}, "gehört zum Faktor 100"),
        ({"einheit": "%", "faktor": "1000"}, "gehört zum Faktor 100"),
        ({"einheit": "je 1.000 Einwohner"}, "gehört zum Faktor 1000"),
        ({"titel": " "}, "ist leer"),
        ({"kurztitel": "\u200b"}, "niemand sieht"),
        ({"brueche": {"200": "x"}}, "kein Jahr"),
        ({"zaehler": {"merkmal": ["hilfen", "hilfen"]}}, "steht zweimal"),
    ],
)
def test_indicators_that_cannot_be_meant(change, told):
    Kennzahl.model_validate(INDICATOR)
    with pytest.raises(ValueError, match=told):
        Kennzahl.model_validate(INDICATOR | change)


def test_a_factor_of_a_table_is_a_number():
    for factor in ("inf", "nan", "0", "-1"):
        with pytest.raises(ValueError, match="faktor"):
            Tabelle.model_validate({"datei": "a.csv", "faktor": factor})


def test_the_place_of_an_entry_that_is_there_twice_is_named(write):  # noqa: F811
    text = MINIMAL.replace("datenordner:", "kennzahlen:\n  - a.yml\n  - a.yml\ndatenordner:")
    with pytest.raises(SpmError, match=r"Zeile 11, kennzahlen\.1"):
        load_params(write(text))
