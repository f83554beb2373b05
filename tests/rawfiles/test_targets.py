"""The Zielmatrix: what is read, and how targets that nobody can aim at are named with their row."""

from pathlib import Path

import pytest
import xlsxwriter

from spm.areas.today import load_areas, named_areas
from spm.build.checking import examine
from spm.config.catalogue import load_catalogue
from spm.config.params import Params, load_params
from spm.errors import SpmError
from spm.rawfiles.targets import Goal, Measure, Target, TargetTable
from spm.rawfiles.targettable import COLUMNS, load_targets
from spm.release.manifest import own_sources

GOOD = (
    "Gesund aufwachsen;Früh fördern;Elterncafé;Kontakt senkt Schwellen;seu_sprache;Sozialraum 4;"
    "35;2018;28;2025;Jugendamt;teilweise"
)


def naming(project: Path, name: str) -> Params:
    """Params of the demo that name a file of targets."""
    file = project / "params/pilotkommune.yml"
    lines = [
        line
        for line in file.read_text(encoding="utf-8").splitlines()
        if not line.startswith(("ziele:", "  datei: ziele"))
    ]
    file.write_text("\n".join([*lines, f"ziele: {{datei: {name}}}", ""]), encoding="utf-8")
    return load_params(file)


@pytest.fixture
def read(project: Path):
    """Read a file of these lines as the targets of the demo."""
    params = naming(project, "ziele.csv")
    catalogue, names = load_catalogue(params), named_areas(load_areas(params))
    path = params.raw_file("ziele.csv")

    def from_lines(*lines: str, head: str = ";".join(COLUMNS)) -> TargetTable:
        path.write_text("\n".join([head, *lines]), encoding="utf-8-sig")
        return load_targets(params, catalogue, names)

    return from_lines


def row(**cells: str) -> str:
    """The good row with other cells."""
    good = dict(zip(COLUMNS, GOOD.split(";"), strict=True))
    return ";".join((good | cells).values())


def test_a_row_is_a_measure_and_a_target(read) -> None:
    goal = Goal("Gesund aufwachsen", "Früh fördern")
    target = Target(
        goal=goal,
        kennzahl="seu_sprache",
        raum="4",
        ausgangsjahr=2018,
        ausgangswert=35.0,
        zieljahr=2025,
        zielwert=28.0,
        line=2,
    )
    measure = Measure(
        goal=goal,
        massnahme="Elterncafé",
        wirkungsannahme="Kontakt senkt Schwellen",
        stelle="Jugendamt",
        stand="teilweise",
        line=2,
    )
    assert read(GOOD) == TargetTable((goal,), (target,), (measure,))


def test_rows_below_continue_their_goal(read) -> None:
    table = read(
        GOOD,
        ";;Sprachförderung;;;;;;;;Jugendamt;offen",
        ";Gut ankommen;Lotsin;;;;;;;;Stadtteilbüro;umgesetzt",
        ";Dritte Sache;;;;;;;;;;",
    )
    assert [goal.teilziel for goal in table.goals] == [
        "Früh fördern", "Gut ankommen", "Dritte Sache",
    ]  # fmt: skip
    assert [m.goal.teilziel for m in table.measures] == [
        "Früh fördern", "Früh fördern", "Gut ankommen",
    ]  # fmt: skip


def test_a_target_that_several_measures_share_is_there_once(read) -> None:
    table = read(GOOD, row(massnahme="Sprachförderung"))
    assert len(table.targets) == 1 and len(table.measures) == 2


def test_stages_may_follow_each_other(read) -> None:
    later = row(ausgangswert="28", ausgangsjahr="2025", zielwert="24", zieljahr="2030")
    assert len(read(GOOD, later).targets) == 2


@pytest.mark.parametrize("place", ["gesamt", "Pilotkommune", "4", "sozialräume 2 und 5"])
def test_areas_groups_and_the_municipality_are_known(read, place: str) -> None:
    assert read(row(raum=place)).targets[0].raum in {"gesamt", "4", "Sozialräume 2 und 5"}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"kennzahl": "seu_sprahce"}, "kennzahl: Es gibt keine Kennzahl «seu_sprahce». Gemeint"),
        ({"kennzahl": "anteil_u18"}, "kennzahl: «anteil_u18» wird nicht gewertet"),
        ({"raum": "Sozialraum 44"}, "raum: Es gibt keinen Raum «Sozialraum 44». Gemeint"),
        ({"raum": ""}, "raum: Der Raum fehlt; «gesamt» meint"),
        ({"zielwert": "36"}, "zielwert: Der Zielwert ist ungünstiger als der Ausgangswert"),
        ({"zielwert": "35,0"}, "zielwert: Zielwert und Ausgangswert sind gleich"),
        ({"zielwert": "101"}, "zielwert: «101» ist außerhalb dessen, was möglich ist"),
        ({"zielwert": "wenig"}, "zielwert: «wenig» ist keine Zahl"),
        ({"zielwert": ""}, "zielwert: «» ist keine Zahl"),
        ({"zieljahr": "2018"}, "zieljahr: 2018 liegt nicht nach dem Ausgangsjahr 2018"),
        ({"zieljahr": "bald"}, "zieljahr: «bald» ist keine Jahreszahl"),
        ({"stand": "fertig"}, "stand: «fertig» ist kein Stand; möglich sind umgesetzt, teil"),
        ({"stand": ""}, "stand: Der Stand fehlt"),
        ({"massnahme": ""}, "stand: Die Zeile nennt keine Maßnahme dazu"),
        ({"kennzahl": ""}, "zielwert: Die Zeile nennt keine Kennzahl dazu"),
        ({"leitziel": "Neu", "teilziel": ""}, "teilziel: Das Teilziel fehlt"),
        ({"zielwert": "30"}, "In Zeile 2 steht für «seu_sprache» und denselben Raum ein anderes"),
        ({"ausgangsjahr": "2020"}, "In Zeile 2 steht für «seu_sprache»"),
        ({"stand": "offen"}, "massnahme: In Zeile 2 steht über sie anderes"),
        ({"massnahme": "a" * 2001}, "massnahme: Die Maßnahme hat 2001 Zeichen"),
    ],
)
def test_what_is_wrong_is_named_with_file_row_and_column(read, cells, said: str) -> None:
    with pytest.raises(SpmError) as error:
        read(GOOD, row(**cells))
    message = str(error.value)
    assert f"Zeile 3{'' if said.startswith('In Zeile') else ', '}" in message and said in message
    assert "ziele.csv" in message and "Was tun:" in message


def test_a_high_value_may_be_the_aim(read) -> None:
    aims = {"kennzahl": "seu_masern", "ausgangswert": "91", "zielwert": "95"}
    assert read(row(**aims)).targets[0].zielwert == 95
    with pytest.raises(SpmError, match="ist bei einem hohen Wert günstig"):
        read(row(**aims | {"zielwert": "90"}))


def test_a_missing_column_is_named(read) -> None:
    with pytest.raises(SpmError, match=r"keine Spalte «stand».*Gemeint ist vielleicht «stnad»"):
        read(GOOD, head=";".join(COLUMNS).replace("stand", "stnad"))


def test_workbooks_name_their_sheet(project: Path) -> None:
    params = naming(project, "ziele.xlsx")
    book = xlsxwriter.Workbook(params.raw_file("ziele.xlsx"))
    sheet = book.add_worksheet("Matrix")
    sheet.write_row(0, 0, [*COLUMNS, "Bemerkung"])  # columns of one's own are not read
    sheet.write_row(1, 0, row(stand="fertig").split(";"))
    book.close()
    with pytest.raises(SpmError, match=r"ziele\.xlsx, Blatt «Matrix»"):
        load_targets(params, load_catalogue(params), named_areas(load_areas(params)))


def test_the_file_is_checked_before_anything_is_computed_and_named_in_the_manifest(
    project: Path,
) -> None:
    params = naming(project, "fehlt.csv")
    with pytest.raises(SpmError, match=r"Die Datei «fehlt\.csv» fehlt"):
        examine(params)
    assert "datenordner/fehlt.csv" in own_sources(params)


def test_without_the_key_there_are_none(project: Path) -> None:
    params = naming(project, "ziele.csv").model_copy(update={"ziele": None})
    assert load_targets(params, {}, []) == TargetTable()
