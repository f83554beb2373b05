"""Which indicators may be looked at together, and errors that name the line."""

import shutil

import pytest

from spm.config.catalogue import load_catalogue, load_sums
from spm.config.overlaps import Overlaps
from spm.config.params import load_params
from spm.config.relations import check_relations
from spm.errors import SpmError
from tests.conftest import ROOT

PILOT = (ROOT / "params/pilotkommune.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pilot():
    params = load_params(ROOT / "params/pilotkommune.yml")
    catalogue = load_catalogue(params)
    return catalogue, Overlaps(params, load_sums(params))


@pytest.fixture
def checked(tmp_path):
    """Check a section ``synthese`` in the place of the pilot's."""
    (tmp_path / "_quarto.yml").touch()
    for folder in ("params", "notebooks"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.svg"))

    def check(section):
        kept = PILOT.partition("\nsynthese:")[0]
        path = tmp_path / "params/pilotkommune.yml"
        after = PILOT.partition("\ngeheimhaltung:")[2]
        text = f"{kept}\nsynthese:\n{section}\ngeheimhaltung:{after}"
        path.write_text(text, encoding="utf-8")
        params = load_params(path)
        check_relations(params, load_catalogue(params), load_sums(params))
        return text

    return check


def refused(checked, section):
    with pytest.raises(SpmError) as caught:
        checked(section)
    return str(caught.value)


def both(pilot, first, second):
    catalogue, overlaps = pilot
    return overlaps.between(catalogue[first].selections, catalogue[second].selections)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("sgb2_quote_u18", "sgb2_quote_u3"),  # the same people, younger ones
        ("sgb2_quote_u18", "hze_dichte"),  # both refer to the same children
        ("anteil_u18", "sgb2_quote_u18"),  # who is counted there, is referred to here
        ("abgaenge_ohne_abschluss", "abgaenge_abitur"),  # a known sum of the catalogue
        ("seu_sprache", "seu_visuomotorik"),  # counted from the same list of children
        ("seu_sprache", "kita_ab_3_jahre"),
    ],
)
def test_what_counts_the_same_people_is_known(pilot, first, second):
    assert both(pilot, first, second)
    assert both(pilot, second, first)


@pytest.mark.parametrize("other", ["empfehlung_gymnasium", "seu_sprache", "foerderbedarf"])
def test_other_sources_count_other_people(pilot, other):
    assert both(pilot, "sgb2_quote_u18", other) == ""


def test_children_who_cannot_be_both_do_not_overlap(pilot):
    """Whoever is too heavy but not obese is not obese, in the same list."""
    catalogue, overlaps = pilot
    heavy = catalogue["seu_uebergewicht"].zaehler.model_copy(
        update={"merkmal": ["seu_uebergewicht_ohne_adipositas"]}
    )
    assert overlaps.between([heavy], [catalogue["seu_adipositas"].zaehler]) == ""


def test_pairs_of_other_sources_pass(checked):
    checked("  zusammenhaenge: [[sgb2_quote_u18, empfehlung_gymnasium]]")


@pytest.mark.parametrize(
    ("section", "place", "message"),
    [
        ("[sgb2_quote_u18, hze_dichte]", 0, "zählen zum Teil dasselbe (bevoelkerung)"),
        ("[sgb2_quote_u18, seu_sprach]", 0, "keine Kennzahl «seu_sprach». Gemeint ist vielleicht"),
        ("[einwohner, seu_sprache]", 0, "«einwohner» ist eine Anzahl"),
        ("[sgb2_quote_u18, sgb2_quote_u18]", 0, "zählen zum Teil dasselbe"),
    ],
)
def test_pairs_that_are_refused(checked, section, place, message):
    text = f"  zusammenhaenge:\n    - {section}"
    told = refused(checked, text)
    line = PILOT.partition("\nsynthese:")[0].count("\n") + 4
    assert message in told
    assert f"Zeile {line}, synthese.zusammenhaenge.{place}:" in told


def test_a_pair_stands_once(checked):
    pair = "  zusammenhaenge: [[sgb2_quote_u18, seu_sprache], [seu_sprache, sgb2_quote_u18]]"
    assert "Dieses Paar steht schon da." in refused(checked, pair)


def test_a_pair_has_two(checked):
    assert "zwei Kennungen" in refused(checked, "  zusammenhaenge: [[sgb2_quote_u18]]")


@pytest.mark.parametrize(
    ("armut", "outcome", "message"),
    [
        ("einwohner", "seu_sprache", "ordnet Räume nach ihrer Größe"),
        ("sgb2_quote_u18", "kita_plaetze_u3", "weder Anteil noch Rate"),
        ("sgb2_quote_u18", "sgb2_quote_u3", "ein Gefälle ergäbe sich schon daraus"),
        ("sgb2_quote", "seu_sprache", "Es gibt keine Kennzahl «sgb2_quote»"),
    ],
)
def test_gradients_that_are_refused(checked, armut, outcome, message):
    told = refused(checked, f"  gefaelle: {{armut: {armut}, kennzahlen: [{outcome}]}}")
    assert message in told
    assert "synthese.gefaelle" in told


def test_a_gradient_may_refer_to_the_same_children(checked):
    checked("  gefaelle: {armut: sgb2_quote_u18, kennzahlen: [hze_dichte]}")


def test_only_shares_have_a_spread(checked):
    assert "«hze_dichte» ist kein Anteil" in refused(checked, "  segregation: [hze_dichte]")


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        ("seu_sprache, seu_visuomotorik", "haben zum Teil dieselben Menschen"),
        ("seu_sprache, hze_dichte", "«hze_dichte» ist kein Anteil"),
        ("seu_sprache, seu_sprache_kita", "keine Kennzahl «seu_sprache_kita»"),
        ("seu_sprache, seu_sprache", "«seu_sprache» steht zweimal da"),
        ("hze_dichte", "«hze_dichte» ist kein Anteil"),
    ],
)
def test_combinations_that_are_refused(checked, pair, message):
    told = refused(checked, f"  kombinationen: [[{pair}]]")
    assert message in told
    assert "synthese.kombinationen.0" in told


def test_every_error_is_told_at_once(checked):
    told = refused(checked, "  segregation: [hze_dichte, einwohner]")
    assert "hat 2 Fehler" in told
