"""Entries that repeat: anchors and merge keys, one file or sheet per year."""

import pytest
import xlsxwriter

from spm.config.params import load_params
from spm.config.yamltext import load
from spm.deliveries import read_deliveries
from spm.errors import SpmError
from tests.deliveries_example import AREAS, counts, errors

PARAMS = """\
kommune: {{name: Kleinstadt, ags: "05766000"}}
bericht: {{datum: 2024-09-30, berichtsjahr: 2022, herausgeber: Amt}}
zeitreihe: {{von: 2020, bis: 2022}}
datenordner: roh
raeume: {{datei: raeume.geojson}}
lieferungen:
  amt:
    titel: Kinder
    stelle: Amt
    tabellen:
{tables}
"""


def params_of(tmp_path, tables):
    for folder in ("roh", "params"):
        (tmp_path / folder).mkdir(exist_ok=True)
    (tmp_path / "_quarto.yml").write_text("")
    path = tmp_path / "params/klein.yml"
    path.write_text(PARAMS.format(tables=tables), encoding="utf-8")
    return path


PER_FILE = """\
      - datei: kinder_{jahr}.csv
        spalten: {raum: Raum, anzahl: "Anzahl {jahr}"}
        konstanten: {merkmal: kinder}
"""
PER_SHEET = PER_FILE.replace("kinder_{jahr}.csv", "kinder.xlsx\n        blatt: Jahr {jahr}")


def write_csv(tmp_path, *years):
    (tmp_path / "roh").mkdir(exist_ok=True)
    for year in years:
        rows = "".join(f"{a};{a * (year - 2000)}\n" for a in (1, 2, 3))
        text = f"Raum;Anzahl {year}\n{rows}"
        (tmp_path / f"roh/kinder_{year}.csv").write_text(text, encoding="utf-8")


def test_one_file_per_year(tmp_path):
    write_csv(tmp_path, 2020, 2021, 2022)
    params = load_params(params_of(tmp_path, PER_FILE))
    facts, findings = read_deliveries(params, AREAS)
    assert findings == []
    assert counts(facts, "jahr", "raum") == {
        (y, str(a)): a * (y - 2000) for y in (2020, 2021, 2022) for a in (1, 2, 3)
    }


def test_a_year_without_a_file_is_a_note(tmp_path):
    write_csv(tmp_path, 2020, 2022)
    params = load_params(params_of(tmp_path, PER_FILE))
    facts, (note,) = read_deliveries(params, AREAS)
    assert note.was == "Nicht geliefert für 2021: kinder."
    assert set(facts["jahr"]) == {2020, 2022}


def test_no_file_at_all_is_an_error(tmp_path):
    found = errors(read_deliveries(load_params(params_of(tmp_path, PER_FILE)), AREAS)[1])
    assert "«kinder_2020.csv» fehlt" in found[0].was


def test_one_sheet_per_year(tmp_path):
    path = params_of(tmp_path, PER_SHEET)
    with xlsxwriter.Workbook(tmp_path / "roh/kinder.xlsx") as book:
        for year in (2020, 2022):
            sheet = book.add_worksheet(f"Jahr {year}")
            sheet.write_row(0, 0, ["Raum", f"Anzahl {year}"])
            for a in (1, 2, 3):
                sheet.write_row(a, 0, [str(a), a * 7])
    facts, findings = read_deliveries(load_params(path), AREAS)
    assert errors(findings) == []
    assert any("Das Blatt «Jahr 2021» gibt es nicht" in f.was for f in findings)
    assert set(facts["jahr"]) == {2020, 2022}


def test_a_column_with_the_year_is_kept(tmp_path):
    table = PER_FILE.replace("raum: Raum,", "raum: Raum, jahr: Jahr,").replace(' {jahr}"', '"')
    path = params_of(tmp_path, table)
    text = "Raum;Jahr;Anzahl\n1;31.12.2020;1\n2;31.12.2020;2\n3;31.12.2020;3\n"
    (tmp_path / "roh/kinder_2020.csv").write_text(text, encoding="utf-8")
    facts, findings = read_deliveries(load_params(path), AREAS)
    assert (errors(findings), set(facts["jahr"])) == ([], {2020})


MERGED = """\
      - &erste
        datei: a.csv
        ende: Quelle
        spalten: {raum: Raum, jahr: Jahr, anzahl: Anzahl}
        konstanten: {merkmal: kinder}
      - <<: *erste
        datei: b.csv
        konstanten: {merkmal: jugendliche}
        ende:
      - <<: [*erste]
        blatt: X
        datei: c.xlsx
"""


def test_merge_keys_repeat_an_entry_and_change_it(tmp_path):
    first, second, third = load_params(params_of(tmp_path, MERGED)).lieferungen["amt"].tabellen
    assert (second.datei, second.spalten, second.ende) == ("b.csv", first.spalten, None)
    assert second.konstanten == {"merkmal": "jugendliche"}
    assert (third.datei, third.blatt, third.ende) == ("c.xlsx", "X", "Quelle")


def test_errors_in_merged_entries_name_a_line(tmp_path):
    path = params_of(tmp_path, MERGED.replace("ende: Quelle", "endee: Quelle"))
    with pytest.raises(SpmError) as caught:
        load_params(path)
    assert "Zeile 13" in str(caught.value)


@pytest.mark.parametrize("text", ["a: &x 5\nb: {<<: *x}\n", "b: {<<: [1, 2]}\n"])
def test_only_sections_can_be_merged(tmp_path, text):
    (tmp_path / "x.yml").write_text(text, encoding="utf-8")
    with pytest.raises(SpmError, match="setzt «<<» etwas anderes"):
        load(tmp_path / "x.yml", "Datei")


def test_an_own_key_twice_is_still_an_error(tmp_path):
    (tmp_path / "x.yml").write_text("a: &x {k: 1}\nb: {<<: *x, k: 2, k: 3}\n", encoding="utf-8")
    with pytest.raises(SpmError, match="zweimal"):
        load(tmp_path / "x.yml", "Datei")
