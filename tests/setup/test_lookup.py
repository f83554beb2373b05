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


@pytest.mark.parametrize("search", [show_indicators, show_measures])
def test_a_word_like_none_names_none(search):
    with pytest.raises(SpmError) as caught:
        search("quatsch")
    assert "Gemeint" not in str(caught.value)


def test_what_to_write_for_a_word_and_not_all_at_once():
    lines = show_measures("Ausländer")
    assert lines[0] == "bevoelkerung"
    assert "  zu schreiben: merkmal: bevoelkerung, staatsangehoerigkeit: nichtdeutsch" in lines
    (used,) = (x for x in lines[:5] if x.startswith("  Kennzahlen: "))
    assert used.endswith(" weitere") and used.count(",") == 7
    assert "  zu schreiben: merkmal: wohngeld_haushalte" in show_measures("wohngeldhaushalte")


@pytest.mark.parametrize("word", ["Jobcenter", "Armut", "SGB-II", "SGB II", "Hartz", "Bürgergeld"])
def test_words_of_everyday_speech_find_what_is_meant(word):
    assert any(line.startswith("sgb2_personen") for line in show_measures(word))
    assert any("sgb2_quote_u18" in line for line in show_indicators(word))


def test_a_name_of_its_own_goes_before_the_words_of_an_office():
    names = [line for line in show_measures("Einwohner") if not line.startswith(" ")]
    assert names == ["bevoelkerung"]  # not all that the Einwohnermeldeamt delivers


def test_no_placeholder_is_shown_raw():
    assert not [line for line in show_indicators("") if "{" in line]


def test_what_another_catalogue_counts_says_how_to_get_it():
    text = "\n".join(show_indicators("sgb2_quote_ba"))
    assert "nur mit der Zeile «kennzahlen: [params/kennzahlen.yml, params/kennzahlen-am" in text
    text = "\n".join(show_measures("gruenflaeche"))
    assert "nur mit der Zeile «zusatzkapitel: [wohnen]»" in text
    assert "nur mit" not in "\n".join(show_measures("sgb2_nef"))


def test_nothing_found_lists_no_names_at_random():
    with pytest.raises(SpmError) as error:
        show_measures("xyzxyz")
    assert error.value.was == "Zu «xyzxyz» gibt es kein Merkmal."
