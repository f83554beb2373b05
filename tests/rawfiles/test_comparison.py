"""The file of comparison values: what is read, and how what is wrong in it is named."""

from pathlib import Path

import pytest
import xlsxwriter

from spm.areas.today import load_areas, own_names
from spm.build import check
from spm.config.catalogue import load_catalogue
from spm.config.params import load_params
from spm.errors import SpmError
from spm.progress import steps
from spm.published import ComparisonValue
from spm.rawfiles.comparison import load_comparison
from spm.release.manifest import own_sources

HEAD = "kennzahl;gebiet;jahr;wert;quelle"
GOOD = "sgb2_quote_u18;Kreis Lippe;2022;14,1;Landesamt"


@pytest.fixture
def read(project: Path):
    """Read a file of these lines as comparison values of the demo."""
    params = load_params(project / "params/pilotkommune.yml")
    catalogue, names = load_catalogue(params), own_names(load_areas(params))
    path = params.raw_file("vergleichswerte.csv")

    def from_lines(*lines: str, head: str = HEAD, encoding: str = "utf-8-sig"):
        path.write_text("\n".join([head, *lines]), encoding=encoding)
        return load_comparison(params, catalogue, names)

    return from_lines


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
def test_german_csv_files_are_read(read, encoding: str) -> None:
    line = "sgb2_quote_u18;Kreis Höxter;2022;1.014,1 ;Landesamt"
    values = read(line.replace("1.014", "14"), encoding=encoding)
    expected = ComparisonValue("Kreis Höxter", 2022, 14.1, "Landesamt")
    assert values == {"sgb2_quote_u18": [expected]}


def test_excel_files_are_read(project: Path) -> None:
    file = project / "params/pilotkommune.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("vergleichswerte.csv", "werte.xlsx"), encoding="utf-8")
    params = load_params(file)
    book = xlsxwriter.Workbook(params.raw_file("werte.xlsx"))
    sheet = book.add_worksheet()
    for i, row in enumerate([HEAD.split(";"), ["hze_dichte", "Land X", 2023, 32.4, "Amt"]]):
        sheet.write_row(i, 0, row)
    book.close()
    values = load_comparison(params, load_catalogue(params), [])
    assert values == {"hze_dichte": [ComparisonValue("Land X", 2023, 32.4, "Amt")]}


def test_places_come_in_the_order_of_their_level(read) -> None:
    values = read(
        "hze_dichte;Nordrhein-Westfalen;Land;2023;30;a",
        "hze_dichte;Kreis Lippe;Kreis;2023;31;a",
        "hze_dichte;Detmold;Kommune;2023;32;a",
        head="kennzahl;gebiet;ebene;jahr;wert;quelle",
    )
    names = [value.gebiet for value in values["hze_dichte"]]
    assert names == ["Detmold", "Kreis Lippe", "Nordrhein-Westfalen"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("sgb2_quote_u81;Kreis Lippe;2022;14,1;a", "Gemeint ist vielleicht «sgb2_quote_u18»"),
        ("sgb2_quote_u18;Kreis Lippe;22;14,1;a", "Zeile 3, jahr (sgb2_quote_u18): «22» ist keine"),
        ("sgb2_quote_u18;Kreis Lippe;2021;hoch;a", "wert (sgb2_quote_u18): «hoch» ist keine Zahl"),
        ("sgb2_quote_u18;Kreis Lippe;2021;14.1;a", "«14.1» ist keine Zahl"),
        ("sgb2_quote_u18;Kreis Lippe;2021;101;a", "außerhalb dessen, was möglich ist (von 0 bis"),
        ("hze_dichte;Kreis Lippe;2021;-1;a", "außerhalb dessen, was möglich ist (ab 0)"),
        ("sgb2_quote_u18;Kreis Lippe;2021;14,1;", "Ein Vergleichswert ohne Quelle"),
        ("sgb2_quote_u18;Kreis Lippe;2022;15;a", "steht für «Kreis Lippe» 2022 schon in Zeile 2"),
        ("einwohner;Kreis Lippe;2022;348030;a", "Eine Anzahl lässt sich nicht"),
        ("sgb2_quote_u18;;2022;14,1;a", "Der Name des Gebiets fehlt"),
        ("sgb2_quote_u18;pilotkommune;2022;14,1;a", "gehört zum Bericht selbst"),
        ("sgb2_quote_u18;Sozialraum 4;2022;27,9;a", "gehört zum Bericht selbst"),
        ("sgb2_quote_u18;Sozialräume 2 und 5;2022;27,9;a", "gehört zum Bericht selbst"),
        (f"hze_dichte;Kreis Lippe;2021;{'9' * 400};a", "außerhalb dessen, was möglich ist (ab 0)"),
        ("hze_dichte;Kreis Lippe;2021;inf;a", "«inf» ist keine Zahl"),
        ("hze_dichte;Kreis Lippe;2021;NaN;a", "«NaN» ist keine Zahl"),
        ("hze_dichte;Kreis Lippe;2021;３０;a", "«３０» ist keine Zahl"),
        ("hze_dichte;Kreis Lippe;2031;30;a", "2031 liegt nach dem Stand des Berichts (2024)"),
        (f"hze_dichte;{'a' * 10_000};2021;30;a", "Der Name des Gebiets hat 10000 Zeichen"),
        ("sgb2_quote_u18;Kreis Lippe;2021;14,1", "Die Zeile hat 4 statt 5 Felder"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(read, line: str, said: str) -> None:
    with pytest.raises(SpmError) as error:
        read(GOOD, line)
    message = str(error.value)
    assert said in message and "Zeile 3" in message
    assert "vergleichswerte.csv" in message and "Was tun:" in message


def test_all_errors_are_named_at_once(read) -> None:
    with pytest.raises(SpmError) as error:
        read("x;Kreis Lippe;22;hoch;", GOOD, "y;Kreis Lippe;2022;3;a")
    assert error.value.was.startswith("Die Vergleichswerte haben 5 Fehler:")


def test_a_wrong_level_and_a_missing_column_are_named(read) -> None:
    with pytest.raises(SpmError, match="Gemeint ist vielleicht «Kreis»"):
        read(f"{GOOD};Kreiss", head=f"{HEAD};ebene")
    with pytest.raises(SpmError, match="fehlt die Spalte «quelle»"):
        read(GOOD, head=HEAD.replace("quelle", "quele"))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("fehlt.csv", "Die Datei «fehlt.csv» fehlt"),
        ("werte.pdf", "weder eine CSV- noch eine Excel-Datei"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(project: Path, name: str, said: str) -> None:
    file = project / "params/pilotkommune.yml"
    text = file.read_text(encoding="utf-8").replace("vergleichswerte.csv", name)
    file.write_text(text, encoding="utf-8")
    params = load_params(file)
    with pytest.raises(SpmError, match=said):
        load_comparison(params, load_catalogue(params), [])


@pytest.mark.slow
def test_check_refuses_a_wrong_file_and_the_manifest_names_it(project: Path) -> None:
    file = project / "params/pilotkommune.yml"
    params = load_params(file)
    assert "datenordner/vergleichswerte.csv" in own_sources(params)
    path = params.raw_file("vergleichswerte.csv")
    path.write_text(f"{HEAD}\nx;Kreis Lippe;2022;1;a", encoding="utf-8")
    with steps() as shown, pytest.raises(SpmError, match="Es gibt keine Kennzahl «x»"):
        check(file, shown)


def test_places_may_belong_to_a_group(read) -> None:
    head = f"{HEAD};gruppe"
    values = read(f"{GOOD};", "sgb2_quote_u18;Lemgo;2022;15,3;Amt;ähnliche Kommunen", head=head)
    assert values["sgb2_quote_u18"] == [
        ComparisonValue("Kreis Lippe", 2022, 14.1, "Landesamt"),
        ComparisonValue("Lemgo", 2022, 15.3, "Amt", gruppe="ähnliche Kommunen"),
    ]


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ("andere", "gruppe (hze_dichte): Das Gebiet gehört in Zeile 2 zu «ähnliche Kommunen»."),
        ("", "gruppe (hze_dichte): Das Gebiet gehört in Zeile 2 zu «ähnliche Kommunen»."),
    ],
)
def test_a_place_belongs_to_one_group(read, second, message) -> None:
    with pytest.raises(SpmError) as caught:
        read(
            "sgb2_quote_u18;Lemgo;2022;15,3;Amt;ähnliche Kommunen",
            f"hze_dichte;Lemgo;2022;30;Amt;{second}",
            head=f"{HEAD};gruppe",
        )
    assert f"Zeile 3, {message}" in str(caught.value)
