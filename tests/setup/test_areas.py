"""Texts of a column of areas against the geometry."""

from spm.setup.areas import Areas, geometry, match
from tests.conftest import ROOT
from tests.setup.example import AREAS, mapped


def test_keys_and_names_are_read_as_they_are():
    found = match(["1", "Neustadt", "Hafen"], AREAS, "Musterstadt")
    assert (found.direct, found.translated, found.rest) == (("1", "Neustadt", "Hafen"), {}, ())


def test_other_spellings_become_keys():
    found = match(["ALTSTADT", "02", "3 Hafen", "Neustadt (2)"], AREAS, "Musterstadt")
    assert found.translated == {"ALTSTADT": "1", "02": "2", "3 Hafen": "3", "Neustadt (2)": "2"}
    assert not found.loose


def test_a_word_and_a_number_is_a_loose_match():
    found = match(["SR 1", "SR 2", "SR 3"], AREAS, "Musterstadt")
    assert (found.translated, found.loose) == ({"SR 1": "1", "SR 2": "2", "SR 3": "3"}, True)


def test_a_number_that_is_no_key_is_not_guessed():
    assert match(["SR 1", "SR 9"], AREAS, "Musterstadt").translated == {}


def test_the_official_suffix_does_not_matter():
    areas = Areas(names={"05766044": "Lemgo, Stadt", "05766020": "Detmold, Stadt"})
    found = match(["Lemgo", "Detmold"], areas, "Kreis Lippe")
    assert found.translated == {"Lemgo": "05766044", "Detmold": "05766020"}


def test_the_whole_and_people_without_an_area():
    texts = ["Insgesamt", "Stadt gesamt", "Musterstadt", "ohne Angabe", "nicht zuzuordnen", ""]
    found = match(texts, AREAS, "Musterstadt")
    assert found.whole == ("Insgesamt", "Stadt gesamt", "Musterstadt")
    assert found.nowhere == ("ohne Angabe", "nicht zuzuordnen", "")


def test_what_is_left_over_is_told():
    made = mapped("Stadtteil;Jahr;Einwohner\nAltstadt;2020;5\nHafen;2020;6\nInsel;2020;3")
    assert "«Insel»" in made.notes["rest"].why
    assert not made.notes["rest"].sure


def test_larger_areas_beside_the_own_ones():
    made = mapped("""
        Gebiet;Jahr;Einwohner
        1;2020;50
        2;2020;30
        3;2020;20
        Bezirk West;2020;60
        Bezirk Ost;2020;40
        Alles;2020;100
    """)
    assert made.mapping["ohne"] == {"Gebiet": ["Bezirk West", "Bezirk Ost"]}
    assert made.mapping["gesamtzeilen"] == ["Alles"]
    assert not made.notes["ohne"].sure


def test_a_table_of_many_others_is_filtered():
    others = "\n".join(f"Ort {chr(65 + n)};2020;{n + 7}" for n in range(12))
    made = mapped(
        f"Gebiet;Jahr;Einwohner\nAltstadt;2020;5\nNeustadt;2020;6\nHafen;2020;4\n{others}"
    )
    assert made.mapping["nur"] == {"Gebiet": ["Altstadt", "Neustadt", "Hafen"]}


def test_counts_are_no_keys():
    made = mapped("Stadtteil;Jahr;Geburten\nAltstadt;2020;1\nNeustadt;2020;2\nHafen;2020;3")
    assert made.mapping["spalten"] == {"raum": "Stadtteil", "jahr": "Jahr", "anzahl": "Geburten"}


def test_key_and_name_of_the_geometry():
    folder = ROOT / "data/raw/pilotkommune"
    found = geometry(folder, ["sozialraeume.geojson"], [{str(n) for n in range(1, 8)}], "Probe")
    assert (found.key, found.name, found.problem) == ("raum_id", "name", "")
    assert found.names["3"] == "Sozialraum 3"


def test_a_geometry_that_no_table_names_is_doubted():
    folder = ROOT / "data/raw/pilotkommune"
    assert geometry(folder, ["sozialraeume.geojson"], [{"Nord", "Ost"}], "Probe").problem
