"""spm kennzahlen and spm merkmale."""

import pytest

from spm.errors import SpmError
from spm.setup.lookup import show_indicators, show_measures


@pytest.fixture(autouse=True)
def _here(root, monkeypatch):
    monkeypatch.chdir(root / "params")


def test_an_indicator_says_which_ages_it_needs():
    text = "\n".join(show_indicators("betreuungsquote"))
    assert "betreuungsquote_u3: Betreuungsquote der Kinder unter 3 Jahren" in text
    assert "braucht betreute_kinder (alter 0-2)" in text
    assert "braucht bevoelkerung (alter 0-2; jahr vorjahr)" in text


def test_a_measure_is_found_by_the_word_of_an_office():
    text = "\n".join(show_measures("Lebendgeborene"))
    assert text.startswith("geburten\n")
    assert "Kennzahlen: geburten_je_1000" in text


def test_without_a_word_everything():
    assert len(show_indicators("")) > 100
    assert sum(not line.startswith(" ") for line in show_measures("")) > 60


def test_umlauts_do_not_matter():
    assert show_indicators("Bevoelkerung") == show_indicators("Bevölkerung")


def test_an_unknown_word_names_the_nearest():
    with pytest.raises(SpmError, match="Gemeint ist vielleicht «jugendquotient»"):
        show_indicators("jugendqotient")
