"""The catalogue: several files, wrong entries, and the shipped set."""

from types import SimpleNamespace

import pytest

from spm.catalogue import load_catalogue
from spm.errors import SpmError
from tests.conftest import ROOT

ENTRY = """\
kennzahlen:
  quote:
    kapitel: sgb2
    titel: Titel
    kurztitel: Quote
    satz: der Anteil
    definition: D
    art: anteil
    zaehler: {merkmal: teil, alter: 0-17}
    nenner: {merkmal: ganzes}
    faktor: 100
"""


@pytest.fixture
def load(tmp_path):
    def load(*texts):
        names = []
        for number, text in enumerate(texts):
            names.append(f"k{number}.yml")
            (tmp_path / names[-1]).write_text(text, encoding="utf-8")
        params = SimpleNamespace(kennzahlendateien=names, projektdatei=lambda n: tmp_path / n)
        return load_catalogue(params)

    return load


def test_an_entry_is_typed(load):
    entry = load(ENTRY)["quote"]
    assert entry.id == "quote"
    assert entry.faktor == 100.0
    assert entry.zaehler.merkmal == ["teil"]
    assert entry.zaehler.alter_grenzen == (0, 17)


def test_a_later_file_replaces_an_entry_in_its_place(load):
    second = ENTRY.replace("quote:", "zweite:")
    catalogue = load(ENTRY + second.removeprefix("kennzahlen:\n"), ENTRY.replace("Titel", "Neu"))
    assert list(catalogue) == ["quote", "zweite"]
    assert catalogue["quote"].titel == "Neu"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("definition", "defintion", "«definition»"),
        (
            "art: anteil",
            "art: anteile",
            "quotient, veraenderung, saldo oder messwert",
        ),
        ("    nenner: {merkmal: ganzes}\n", "", "braucht einen nenner"),
        ("art: anteil", "art: anzahl", "hat keinen Nenner"),
        ("alter: 0-17", "alter: jung", "keine erkennbare Altersgruppe"),
        ("faktor: 100", "faktor: 0", "zu klein"),
        ("faktor: 100", "faktor: hundert", "keine Zahl"),
        ("quote:", "Quote A:", "nur Kleinbuchstaben"),
    ],
)
def test_wrong_entries_name_key_and_line(load, old, new, expected):
    with pytest.raises(SpmError) as caught:
        load(ENTRY.replace(old, new))
    message = str(caught.value)
    assert expected in message
    assert "k0.yml" in message and "Zeile" in message


def test_the_shipped_set_has_at_least_four_indicators_per_chapter():
    params = SimpleNamespace(
        kennzahlendateien=["params/kennzahlen.yml"], projektdatei=ROOT.joinpath
    )
    chapters = [entry.kapitel for entry in load_catalogue(params).values()]
    stems = {p.stem[3:] for p in (ROOT / "notebooks").glob("0*.ipynb")}
    assert set(chapters) == stems
    assert min(chapters.count(c) for c in stems) >= 4
