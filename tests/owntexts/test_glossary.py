"""Terms of the glossary: shared ones, a municipality's own, and what is wrong in a file."""

import re

import pytest

from spm.config.params import load_params
from spm.errors import SpmError
from spm.owntexts.glossary import load_glossary
from tests.config.test_params import MINIMAL
from tests.conftest import ROOT

SHARED = """\
# Glossar
Wohngeld: Zuschuss zur Miete.
Ämter: >-
  Stellen, die
  Daten liefern.
Anteil: Fälle je 100.
"""


@pytest.fixture
def write(tmp_path):
    """A project with a shared glossary and an own one."""

    def make(own=None, shared=SHARED):
        (tmp_path / "_quarto.yml").touch()
        folder = tmp_path / "params" / "texte"
        folder.mkdir(parents=True, exist_ok=True)
        (tmp_path / "params/glossar.yml").write_text(shared, encoding="utf-8")
        if own is not None:
            (folder / "glossar.yml").write_text(own, encoding="utf-8")
        text = MINIMAL + "texte: params/texte\n"
        (tmp_path / "params/muster.yml").write_text(text, encoding="utf-8")
        return load_params(tmp_path / "params/muster.yml")

    return make


def test_terms_stand_in_german_order_on_one_line(write):
    assert list(load_glossary(write()).items()) == [
        ("Ämter", "Stellen, die Daten liefern."),
        ("Anteil", "Fälle je 100."),
        ("Wohngeld", "Zuschuss zur Miete."),
    ]


def test_a_municipality_adds_replaces_and_removes(write):
    own = 'Quartier: Ein Teil der Stadt.\nAnteil: Anders.\nWohngeld: ""\n'
    found = load_glossary(write(own))
    assert list(found) == ["Ämter", "Anteil", "Quartier"] and found["Anteil"] == "Anders."


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("Neu: Gut.\nLeer:\n", "Zeile 2, Leer: Hier fehlt die Erklärung."),
        ("Neu:\n  a: b\n", "Zeile 1, Neu: Hier wird ein Text erwartet"),
        ("Neu: [a, b]\n", "Zeile 1, Neu: Hier wird ein Text erwartet"),
        ('Wohngelt: ""\n', "Zeile 1, Wohngelt: Ein solcher Begriff ist nicht zu streichen. Gemeint "
         "ist vielleicht «Wohngeld»."),
        ("Neu: a\nNeu: b\n", "Der Schlüssel «Neu» steht zweimal in der Glossardatei."),
        ("- Neu\n", "Die Glossardatei enthält keine Schlüssel."),
    ],
)  # fmt: skip
def test_a_wrong_file_names_the_line(write, own, expected):
    with pytest.raises(SpmError) as caught:
        load_glossary(write(own))
    assert expected in caught.value.was
    assert "texte" in caught.value.wo and "glossar.yml" in caught.value.wo


def test_the_shared_file_explains_every_term(write):
    with pytest.raises(SpmError, match="Zeile 1, Anteil: Hier fehlt die Erklärung"):
        load_glossary(write(shared='Anteil: ""\n'))


def test_the_glossary_that_comes_along():
    terms = load_glossary(load_params(ROOT / "params/pilotkommune.yml"))
    assert {"SGB II", "Bedarfsgemeinschaft", "Jugendquotient", "Inobhutnahme"} <= set(terms)
    for term, text in terms.items():
        assert text.endswith("."), term
        assert not re.search(r"[*_`#]|  ", text), f"{term}: no Markdown"
    assert not any("Balkendiagramm" in text for text in terms.values()), "reports have dot plots"
    assert "BG" in terms["Bedarfsgemeinschaft"] and "offenen Daten" in terms["Geglätteter Wert"]
    assert "§ 42a SGB VIII), zählt in diesem Bericht nicht mit" in terms["Inobhutnahme"]
