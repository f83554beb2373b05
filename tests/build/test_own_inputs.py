"""Ordinary files that once gave wrong numbers or a misleading advice: inputs of our own."""

import openpyxl
import pytest

from spm.build.checking import check
from spm.config.params import load_params
from spm.progress import Steps
from spm.rawfiles.comparison import load_comparison
from tests.build.small import change, make
from tests.deliveries_example import HEAD, LONG, counts, errors, read

pytestmark = pytest.mark.slow


PARAMS = "params/kleinau.yml"


@pytest.fixture
def project(tmp_path):
    return make(tmp_path / "projekt")


def checked(project):
    return check(load_params(project / PARAMS), Steps(quiet=True))[0]


@pytest.mark.parametrize("declared", ["cp1252", "latin-1", "utf-8-sig"])
def test_a_dos_file_leads_to_cp850(tmp_path, declared):
    text = HEAD.replace("Anzahl", "Fälle für 2020") + "1;2020;10\n2;2020;20\n3;2020;30\n"
    (tmp_path / "kinder.csv").write_bytes(text.encode("cp850"))
    columns = LONG["spalten"] | {"anzahl": "Fälle für 2020"}
    found = errors(read(tmp_path, LONG | {"spalten": columns, "zeichensatz": declared})[1])
    assert "cp850" in found[0].tun
    facts, findings = read(tmp_path, LONG | {"spalten": columns, "zeichensatz": "cp850"})[:2]
    assert errors(findings) == []
    assert counts(facts, "raum") == {"1": 10, "2": 20, "3": 30}


def more_children_than_live_there(project):
    """Area 01 in 2022: 400 children in SGB II, of fewer who live there."""
    path = project / "roh/sgb2.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    first = next(line for line in lines if ";2022;" in line)
    change(path, first, f"{first.rsplit(';', 1)[0]};400")
    return first.partition(";")[0]


def test_a_share_above_a_hundred_is_an_error_at_its_area_and_year(project):
    area = more_children_than_live_there(project)
    (found,) = errors(checked(project).findings)
    assert "400 von" in found.was and f"Raum {area}" in found.was and "2022" in found.was
    assert "art: rate" in found.tun
    assert not any(sign in found.was + found.tun for sign in ("((", "sgb2_personen", "Zähler {"))


def test_a_share_above_a_hundred_that_rounding_explains_is_a_note(project):
    more_children_than_live_there(project)
    rounded = "stelle: Jobcenter\n    verfahren: {art: rundung, abweichung: 60}"
    change(project / PARAMS, "stelle: Jobcenter", rounded)
    result = checked(project)
    assert errors(result.findings) == []
    assert any("400 von" in f.was for f in result.findings)


@pytest.mark.parametrize(("procedure", "wrong"), [("", 1), ("rundung", 0)])
def test_rounded_areas_above_their_rounded_total(project, procedure, wrong):
    path = project / "roh/sgb2.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    of = [int(r.rsplit(";", 1)[1]) for r in rows[1:] if ";2023;" in r]
    path.write_text("\n".join([*rows, f"Summe;2023;{sum(of) - 2}"]), encoding="utf-8")
    change(
        project / PARAMS,
        "konstanten: {merkmal: sgb2_personen, alter: 0-17}",
        "konstanten: {merkmal: sgb2_personen, alter: 0-17}\n        werte: {raum: {Summe: gesamt}}",
    )
    if procedure:
        told = f"stelle: Jobcenter\n    verfahren: {{art: {procedure}, abweichung: 2}}"
        change(project / PARAMS, "stelle: Jobcenter", told)
    found = [f for f in checked(project).findings if "Gesamtzahl" in f.was]
    assert found and len(errors(found)) == wrong


def test_a_percent_cell_of_the_comparison_values(project):
    book = openpyxl.Workbook()
    book.active.append(["kennzahl", "gebiet", "jahr", "wert", "quelle"])
    book.active.append(["anteil_u18", "Musterland", 2023, 0.171, "Landesamt"])
    book.active["D2"].number_format = "0.0%"
    book.save(project / "roh/vergleich.xlsx")
    with (project / PARAMS).open("a", encoding="utf-8") as file:
        file.write("vergleich: {datei: vergleich.xlsx}\n")
    result = checked(project)
    values = load_comparison(result.params, result.catalogue, [])
    assert [value.wert for value in values["anteil_u18"]] == [17.1]


@pytest.mark.parametrize("kind", ["row", "column"])
def test_what_is_hidden_in_the_comparison_values_is_told(project, kind):
    """Hidden rows are read like all others; who opens the workbook does not see their values."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["kennzahl", "gebiet", "jahr", "wert", "quelle"])
    sheet.append(["anteil_u18", "Musterland", 2023, 17.1, "Landesamt"])
    sheet.append(["anteil_u18", "Altland", 2023, 12.5, "Landesamt"])
    if kind == "row":
        sheet.row_dimensions[3].hidden = True
    else:
        sheet.column_dimensions["E"].hidden = True
    book.save(project / "roh/vergleich.xlsx")
    with (project / PARAMS).open("a", encoding="utf-8") as file:
        file.write("vergleich: {datei: vergleich.xlsx}\n")
    result = checked(project)
    told = [f for f in result.findings if "vergleich.xlsx" in f.datei]
    assert [f.schwere for f in told] == ["Hinweis"]
    assert "usgeblendet" in told[0].was
    assert told[0].zeile == (3 if kind == "row" else None)
    values = load_comparison(result.params, result.catalogue, [])
    assert [value.wert for value in values["anteil_u18"]] == [17.1, 12.5]
