"""Sections ``synthese.index`` and ``synthese.status``: what does not fit is told with its line."""

import shutil

import pytest

from spm.config.catalogue import load_catalogue
from spm.config.composite import DOMAENEN
from spm.config.compositecheck import domains_of
from spm.config.params import load_params
from spm.errors import SpmError
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The shipped catalogue and params file, without its section ``synthese``."""
    folder = tmp_path_factory.mktemp("projekt")
    (folder / "_quarto.yml").touch()
    shutil.copytree(ROOT / "params", folder / "params")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    text = (ROOT / "params/pilotkommune.yml").read_text(encoding="utf-8")
    kept = text.replace("synthese:\n", "kommentar_synthese:\n").splitlines()
    start = kept.index("kommentar_synthese:")
    end = next(i for i, line in enumerate(kept) if i > start and line.startswith("# Geheimhaltung"))
    return folder, "\n".join(kept[:start] + kept[end:])


@pytest.fixture
def load(project):
    """Read a params file with a section of its own."""
    folder, base = project

    def load(section):
        path = folder / "params/pilotkommune.yml"
        path.write_text(f"{base}\nsynthese:\n{section}\n", encoding="utf-8")
        params = load_params(path)
        return params, load_catalogue(params)

    return load


def lines_before(project):
    """Number of the line of ``synthese:``."""
    return len(project[1].splitlines()) + 1


def test_on_in_one_word(load):
    params, catalogue = load("  index: ja\n  status: ja")
    domains = domains_of(params.synthese.index, catalogue)
    assert tuple(domains) == DOMAENEN
    assert domains["Umwelt/Wohnen"] == []  # of chapters that this municipality does not have
    assert domains["Integration/Sprache"] == ["seu_sprache", "seu_deutsch"]
    params, _ = load("  index: nein")
    assert params.synthese.index is None


def test_the_shipped_catalogue_puts_only_judged_indicators_into_domains(load):
    _, catalogue = load("  index: ja")
    for entry in catalogue.values():
        assert not entry.domaene or entry.richtung != "neutral", entry.id


@pytest.mark.parametrize(
    ("section", "line", "said"),
    [
        ("  index:\n    domaenen:\n      Geld: [sgb2_quote_u17]", 3, "«sgb2_quote_u18»"),
        ("  index:\n    domaenen:\n      Geld: [wohngeld]", 3, "hat keine Richtung"),
        ("  index:\n    domaenen:\n      Geld:\n        - einwohner", 4, "keine Richtung"),
        ("  index:\n    domaenen:\n      Geld: []", 3, "hat keine Kennzahl"),
        (
            "  index:\n    domaenen: {A: [sgb2_quote_u18], B: [sgb2_quote_u18]}",
            2,
            "in zwei Themenfeldern: «A» und «B»",
        ),
        ("  index:\n    gewichte: {Ökonomi: 2}", 2, "Gemeint ist vielleicht «Ökonomie»"),
        ("  index:\n    gewichte:\n      Bildung: 0", 3, "Das Gewicht von «Bildung» ist 0"),
        ("  index:\n    gewichte:\n      Bildung: -1", 3, "Das Gewicht von «Bildung» ist -1"),
        ("  index:\n    basisjahr: 2023", 2, "Basisjahr 2023"),
        ("  index:\n    basisjahr: 2010", 2, "Beginn der Zeitreihe (2018)"),
        (
            "  index:\n    mindestbevoelkerung: 300\n    bevoelkerung: sgb2_quote_u18",
            3,
            "keine Kennzahl, die Menschen zählt",
        ),
        ("  status:\n    jahre: 9", 2, "beginnt vor der Zeitreihe"),
        ("  status:\n    kennzahlen: [hze_dichte]", 2, "hat keine Richtung"),
    ],
)
def test_what_does_not_fit(load, project, section, line, said):
    with pytest.raises(SpmError) as caught:
        load(section)
    told = str(caught.value)
    assert said in told
    assert f"pilotkommune.yml, Zeile {lines_before(project) + line}, synthese." in told


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("  index:\n    gewichte: {Bildung: viel}", "«viel» ist keine Zahl"),
        ("  index: vielleicht", "eingerückte Schlüssel"),
        ("  index:\n    domaene: {}", "Gemeint ist vielleicht «domaenen»"),
        ("  status:\n    jahre: 0", "mindestens 1"),
    ],
)
def test_what_the_schema_refuses(load, section, said):
    with pytest.raises(SpmError, match=said):
        load(section)


def test_a_catalogue_without_domains(load, project):
    folder, _ = project
    path = folder / "params/kennzahlen.yml"
    text = path.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("    domaene:")]
    path.write_text("\n".join(lines), encoding="utf-8")
    try:
        with pytest.raises(SpmError, match="hat kein Themenfeld"):
            load("  index: ja")
        with pytest.raises(SpmError, match="haben keine Kennzahl"):
            load("  status: ja")
        load("  index:\n    domaenen: {Geld: [sgb2_quote_u18]}")
    finally:
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("domaene: Geld", "Ökonomie, Integration/Sprache"),
        ("domaene: Ökonomie", "keine richtung hat"),
    ],
)
def test_domains_in_the_catalogue(load, project, more, said):
    folder, _ = project
    path = folder / "params/kennzahlen.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("bereich: Familie", f"bereich: Familie\n    {more}", 1), "utf-8")
    try:
        with pytest.raises(SpmError, match=said):
            load("  index: nein")
    finally:
        path.write_text(text, encoding="utf-8")
