"""The public list of offers: what is read, what is refused, and why no participants are in it."""

from pathlib import Path

import pytest

from spm.areas.today import load_areas, named_areas
from spm.config.catalogue import load_catalogue
from spm.config.params import load_params
from spm.config.publictables import Angebotsliste
from spm.errors import SpmError
from spm.rawfiles.offers import COLUMNS, Offer, load_offers

GOOD = "angebot;Babytreff;Jugendamt;Frühe Hilfen;0 bis 2 Jahre;Sozialraum 4;12;Familien;alle"


@pytest.fixture
def read(project: Path):
    """Read a file of these lines as the list of the demo."""
    params = load_params(project / "params/pilotkommune.yml")
    names = named_areas(load_areas(params))
    params = params.model_copy(update={"angebote": Angebotsliste(datei="liste.csv")})
    path = params.raw_file("liste.csv")

    def from_lines(*lines: str, head: str = ";".join(COLUMNS)) -> tuple[Offer, ...]:
        path.write_text("\n".join([head, *lines]), encoding="utf-8-sig")
        return load_offers(params, names)

    return from_lines


def row(**cells: str) -> str:
    good = dict(zip(COLUMNS, GOOD.split(";"), strict=True))
    return ";".join((good | cells).values())


def test_offers_and_networks_are_read(read) -> None:
    offers = read(
        GOOD,
        row(raum="gesamt", plaetze=""),
        "netzwerk;Runder Tisch;;Kinderschutz;;Pilotkommune;;;",
    )
    assert offers[0] == Offer(
        art="angebot",
        name="Babytreff",
        traeger="Jugendamt",
        thema="Frühe Hilfen",
        lebensphase="0 bis 2 Jahre",
        raum="4",
        plaetze=12,
        zielgruppe="Familien",
        offen_fuer="alle",
    )
    assert [(offer.raum, offer.plaetze) for offer in offers[1:]] == [("gesamt", None)] * 2


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"art": "kurs"}, "art: «kurs» ist weder angebot noch netzwerk"),
        ({"name": ""}, "name: Der Name fehlt"),
        ({"thema": ""}, "thema: Das Thema fehlt"),
        ({"lebensphase": "0 bis 2"}, "«0 bis 2» ist keine Lebensphase. Gemeint ist vielleicht"),
        ({"lebensphase": ""}, "lebensphase: «» ist keine Lebensphase"),
        ({"raum": "Nordstadt"}, "raum: Es gibt keinen Raum «Nordstadt»"),
        ({"plaetze": "viele"}, "plaetze: «viele» ist keine Zahl von Plätzen"),
        ({"plaetze": "-3"}, "plaetze: «-3» ist keine Zahl von Plätzen"),
        ({"plaetze": "12,5"}, "plaetze: «12,5» ist keine Zahl von Plätzen"),
        ({}, "Dasselbe steht schon in Zeile 2"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_row(read, cells, said: str) -> None:
    with pytest.raises(SpmError) as error:
        read(GOOD, row(**cells))
    assert "Zeile 3" in str(error.value) and said in str(error.value)
    assert "liste.csv" in str(error.value)


@pytest.mark.parametrize("column", ["teilnehmende", "Teilnehmerzahl", "Besucher", "erreicht"])
def test_people_do_not_belong_in_a_public_list(read, column: str) -> None:
    with pytest.raises(SpmError, match="zählt Menschen") as error:
        read(f"{GOOD};7", head=f"{';'.join(COLUMNS)};{column}")
    assert "als Lieferung" in str(error.value)


def test_a_missing_column_is_named(read) -> None:
    with pytest.raises(SpmError, match="Die Angebotsliste hat keine Spalte «plaetze»"):
        read(GOOD, head=";".join(COLUMNS).replace("plaetze", "platz"))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"bedarf": {"0 bis 2 Jahre": "sgb2_quote_u33"}}, "angebote.bedarf.0 bis 2 Jahre"),
        ({"bedarf": {"alle Lebensphasen": "gruenflaeche"}}, "Es gibt keine Kennzahl"),
        ({"bedarf": {"0 bis 2 Jahre": "veraenderung_u18"}}, "zählt keine Personen"),
        ({"reichweite": "angebote_reichweite"}, "angebote.reichweite"),
    ],
)
def test_indicators_that_count_nobody_are_refused(project: Path, settings, said: str) -> None:
    params = load_params(project / "params/pilotkommune.yml")
    with pytest.raises(SpmError) as error:
        Angebotsliste(datei="x.csv", **settings).check(load_catalogue(params), str(params.path))
    assert said in str(error.value)


def test_an_unknown_phase_is_named() -> None:
    with pytest.raises(ValueError, match=r"keine Lebensphase\. Gemeint ist vielleicht"):
        Angebotsliste(datei="x.csv", bedarf={"0 bis 2": "sgb2_quote_u18"})
