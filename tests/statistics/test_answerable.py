"""An indicator that asks for what a delivery does not have is named with file and key."""

from types import SimpleNamespace

import pytest

from spm.errors import SpmError
from spm.statistics.answerable import check_selections, undelivered
from tests.reports.damage import PARAMS, Project
from tests.statistics.test_indicators import entry
from tests.statistics.test_selection import fact, facts

TABLE = facts(
    fact("1", 100, alter_von=0, alter_bis=5),
    fact("1", 300, alter_von=6, alter_bis=17),
    fact("1", 40, merkmal="hilfen", auspraegung="ambulant"),
)


NAMES = ["params/kennzahlen.yml", "params/eigene.yml"]


def params(**table):
    """A params file whose one table maps measures and groups like this."""
    table = {"konstanten": {}, "entpivotieren": {}, "werte": {}} | table
    delivery = SimpleNamespace(tabellen=[SimpleNamespace(**table)])
    return SimpleNamespace(lieferungen={"amt": delivery}, kennzahlen=NAMES)


def check(selection, where=None, datei="params/eigene.yml"):
    found = entry("k", zaehler=selection, art="anzahl", nenner=None)
    found._file = datei
    check_selections(TABLE, {"k": found}, ["1"], where or params())


def test_what_is_delivered_passes():
    check({"merkmal": "bevoelkerung", "alter": "0-17"})
    check({"merkmal": "hilfen", "auspraegung": "ambulant"})
    check({"merkmal": "nie_geliefert", "auspraegung": "x"})  # the report says that it is missing


@pytest.mark.parametrize(
    ("selection", "key", "expected"),
    [
        (
            {"merkmal": "hilfen", "auspraegung": "ambulnt"},
            "kennzahlen.k.zaehler.auspraegung",
            "keine Gruppe «ambulnt». Gemeint ist vielleicht «ambulant»",
        ),
        (
            {"merkmal": "hilfen", "geschlecht": "w"},
            "kennzahlen.k.zaehler.geschlecht",
            "nicht nach «geschlecht» gegliedert",
        ),
        (
            {"merkmal": "bevoelkerung", "alter": "0-9"},
            "kennzahlen.k.zaehler.alter",
            "das Alter 0-9 in keinem Jahr zusammensetzen. Geliefert sind die Altersgruppen 0-5, "
            "6-17",
        ),
        (
            {"merkmal": ["bevoelkerung", "hilfen"], "alter": "0-17"},
            "kennzahlen.k.zaehler.alter",
            "«hilfen» lässt sich das Alter 0-17 in keinem Jahr zusammensetzen. Es ist nicht nach "
            "Alter gegliedert",
        ),
    ],
)
def test_what_no_delivery_can_answer_is_named(selection, key, expected):
    with pytest.raises(SpmError) as caught:
        check(selection)
    assert caught.value.wo == f"params/eigene.yml, {key}"
    assert expected in str(caught.value)


@pytest.mark.parametrize("more", [{"geschlecht": "w"}, {"alter": "0-9"}])
def test_the_common_catalogue_may_ask_for_more_than_a_municipality_has(more):
    check({"merkmal": "bevoelkerung", **more}, datei="params/kennzahlen.yml")
    with pytest.raises(SpmError, match="Gemeint ist vielleicht «ambulant»"):
        check({"merkmal": "hilfen", "auspraegung": "ambulnt"}, datei="params/kennzahlen.yml")


def test_a_mapped_group_may_be_empty_in_every_year():
    mapped = {"konstanten": {"merkmal": "hilfen"}, "werte": {"auspraegung": {"§ 34": "heim"}}}
    with pytest.raises(SpmError, match="keine Gruppe"):
        check({"merkmal": "hilfen", "auspraegung": "heim"})
    check({"merkmal": "hilfen", "auspraegung": ["ambulant", "heim"]}, params(**mapped))


def test_measures_that_nobody_delivers_are_listed():
    one = entry("k", zaehler={"merkmal": "hilfn"}, nenner={"merkmal": "bevoelkerung"})
    assert undelivered(TABLE, {"k": one}) == {"hilfn": ["k"]}


@pytest.mark.slow
def test_spm_check_names_file_and_key(project, monkeypatch, capsys):
    households = Project(project, monkeypatch, capsys).only("haushalte")
    catalogue = households.catalogue
    households.edit(catalogue, "auspraegung: einperson}", "auspraegung: einpersonen}")
    text = households.refused("check", PARAMS).text
    assert "kennzahlen.haushalte_einperson.zaehler.auspraegung" in text
    assert "Gemeint ist vielleicht «einperson»" in text


def test_groups_of_a_denominator_do_not_matter_while_nobody_delivers_its_numerator():
    wanted = {"merkmal": "bevoelkerung", "alter": "0-20"}
    found = entry("k", zaehler={"merkmal": "hilfen"}, nenner=wanted)
    found._file = "params/eigene.yml"
    with pytest.raises(SpmError, match="das Alter 0-20 in keinem Jahr"):
        check_selections(TABLE, {"k": found}, ["1"], params())
    missing = entry("k", zaehler={"merkmal": "nie_geliefert"}, nenner=wanted)
    missing._file = "params/eigene.yml"
    check_selections(TABLE, {"k": missing}, ["1"], params())
