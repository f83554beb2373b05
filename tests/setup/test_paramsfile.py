"""spm neu: a new params file, a second run, what it refuses; and what the file is worth."""

import json
import re
import shutil
import sys
import zipfile

import pytest
from openpyxl import Workbook

from spm.cli import main
from spm.config.params import load_params
from spm.errors import SpmError
from spm.setup.adding import named
from spm.setup.head import _short_names
from spm.setup.paramsfile import set_up

FILES = {
    "einwohner.csv": "Sozialraum;Jahr;EW 0-17;EW 18-64;EW 65+\n"
    + "".join(f"Sozialraum {n};{y};10;20;30\n" for n in range(1, 8) for y in (2020, 2021)),
    "geburten.csv": "Sozialraum;Jahr;Lebendgeborene\n"
    + "".join(f"Sozialraum {n};{y};5\n" for n in range(1, 8) for y in (2020, 2021)),
    "quoten.csv": "Sozialraum;Jahr;Wahlbeteiligung in Prozent\nSozialraum 1;2020;50,5\n",
    "unklar.csv": "Sozialraum;Jahr;Bäume\n"
    + "".join(f"Sozialraum {n};2020;{50 + n}\n" for n in range(1, 8)),
}


@pytest.fixture
def town(project, monkeypatch):
    """A project whose data folder has a few files of an invented town; its root."""
    folder = project / "data/raw/musterstadt"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    shutil.copy(project / "data/raw/pilotkommune/sozialraeume.geojson", folder)
    monkeypatch.chdir(project)
    return project


def run(root, *options, name="Musterstadt"):
    return set_up(name, root / "data/raw/musterstadt", **dict(options))


def test_a_new_file_can_be_read(town):
    done = run(town, ("ags", "05999000"))
    params = load_params(done.path)
    assert done.path == town / "params/musterstadt.yml"
    assert params.kommune.name == "Musterstadt"
    assert (params.zeitreihe.von, params.zeitreihe.bis) == (2020, 2021)
    assert params.datenordner == "data/raw/musterstadt"
    assert (params.raeume.datei, params.raeume.schluessel) == ("sozialraeume.geojson", "raum_id")
    assert {"einwohner", "bewegungen"} == set(params.lieferungen)


def test_everything_else_is_told_in_comments(town):
    text = run(town, ("ags", "05999000")).path.read_text(encoding="utf-8")
    assert "# unklar.csv: nicht erkannt, was sie zählt" in text
    assert re.search(r"#   - \{datei: unklar.csv, .*anzahl: Bäume\}", text)
    assert "# quoten.csv: keine Spalte mit Anzahlen" in text
    assert "#   Schuleingangsuntersuchung: seu_" in text
    active = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    guessed = [line for line in active if "merkmal" in line]
    assert guessed and all("# sicher:" in g or "# bitte prüfen:" in g for g in guessed)


def test_without_the_official_key_the_check_says_so(town):
    with pytest.raises(SpmError, match="kein Gemeindeschlüssel"):
        load_params(run(town).path)


def test_a_second_run_changes_nothing(town):
    path = run(town, ("ags", "05999000")).path
    before = path.read_bytes()
    done = run(town)
    assert path.read_bytes() == before
    assert "nichts wurde geändert" in done.lines[0]


def test_a_second_run_adds_new_files_and_keeps_every_line(town):
    path = run(town, ("ags", "05999000")).path
    told = "  # bitte prüfen: wer liefert, und was mit der Stelle vereinbart ist"
    own = path.read_text(encoding="utf-8").replace(told, "")
    own = own.replace("herausgeber: Musterstadt", "herausgeber: Amt für Statistik")
    path.write_text(own, encoding="utf-8")
    rows = "".join(f"Sozialraum {n};2020;9\n" for n in range(1, 8))
    text = f"Sozialraum;Jahr;BG insgesamt\n{rows}"
    (town / "data/raw/musterstadt/jobcenter.csv").write_text(text, encoding="utf-8")
    (town / "data/raw/musterstadt/geburten2.csv").write_text(
        FILES["geburten.csv"].replace("2020", "2018").replace("2021", "2019"), encoding="utf-8"
    )
    run(town)
    now = path.read_text(encoding="utf-8").splitlines()
    kept = iter(now)
    assert all(line in kept for line in own.splitlines())
    params = load_params(path)
    assert set(params.lieferungen) == {"einwohner", "bewegungen", "bewegungen_2", "sgb2"}
    assert params.bericht.herausgeber == "Amt für Statistik"


def _workbook(path, years):
    book = Workbook()
    book.remove(book.active)
    for year in years:
        sheet = book.create_sheet(str(year))
        sheet.append(["Sozialraum", "EW 0-17", "EW 18+"])
        for number in range(1, 8):
            sheet.append([f"Sozialraum {number}", year - 2000 + number, 50 + number])
    book.save(path)


def test_a_second_run_knows_files_and_sheets_of_every_year(town):
    folder = town / "data/raw/musterstadt"
    (folder / "einwohner.csv").unlink()
    _workbook(folder / "EWO Übersicht 2020-2021.xlsx", (2020, 2021))
    for year in (2020, 2021):
        rows = "".join(f"Sozialraum {n};9\n" for n in range(1, 8))
        text = f"Sozialraum;BG insgesamt\n{rows}"
        (folder / f"jobcenter_{year}.csv").write_text(text, encoding="utf-8")
    path = run(town, ("ags", "05999000")).path
    mapped = re.sub(r"  # sicher: 2 Jahre.*", "", path.read_text(encoding="utf-8"))
    mapped = mapped.replace('"{jahr}"', "'{jahr}'")
    assert "jobcenter_{jahr}.csv" in mapped and "blatt: '{jahr}'" in mapped
    path.write_text(mapped, encoding="utf-8")
    assert "nichts wurde geändert" in run(town).lines[0]
    (folder / "jobcenter_2022.csv").write_text(text, encoding="utf-8")
    _workbook(folder / "EWO Übersicht 2020-2021.xlsx", (2020, 2021, 2022))
    assert "nichts wurde geändert" in run(town).lines[0]
    (folder / "geburten.csv").rename(folder / "geburten neu.csv")
    run(town)
    added = path.read_text(encoding="utf-8").removeprefix(mapped.rstrip("\n"))
    assert "geburten neu.csv" in added
    assert path.read_text(encoding="utf-8").count("EWO Übersicht") == 1


def test_files_of_years_are_named_with_the_same_year_in_file_and_sheet():
    data = {"tabellen": [{"datei": "EWO_{jahr}.xlsx", "blatt": "Stand {jahr}"}]}
    there = named("#   - {datei: alt.xlsx, blatt: '2019'}\n", data)
    assert ("EWO_2021.xlsx", "Stand 2021") in there
    assert ("EWO_2021.xlsx", "Stand 2020") not in there
    assert ("EWO_alt.xlsx", "Stand alt") not in there
    assert ("alt.xlsx", "2019") in there
    assert ("alt.xlsx", "2020") not in there


def test_a_second_run_keeps_what_an_editor_of_windows_saved(town):
    path = run(town, ("ags", "05999000")).path
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    rows = "".join(f"Sozialraum {n};2020;9\n" for n in range(1, 8))
    text = f"Sozialraum;Jahr;BG insgesamt\n{rows}"
    (town / "data/raw/musterstadt/jobcenter.csv").write_text(text, encoding="utf-8")
    run(town)
    now = path.read_bytes()
    assert b"jobcenter.csv" in now and now.startswith(b"\xef\xbb\xbf")
    assert now.count(b"\n") == now.count(b"\r\n")


def test_nothing_is_written_anywhere_else(town):
    before = {p: p.read_bytes() for p in town.rglob("*") if p.is_file()}
    run(town, ("ags", "05999000"))
    after = {p: p.read_bytes() for p in town.rglob("*") if p.is_file()}
    assert set(after) - set(before) == {town / "params/musterstadt.yml"}
    assert all(after[p] == content for p, content in before.items())


def test_names_with_blanks_and_umlauts(town):
    done = run(town, name="Kreis Höxter")
    assert done.path.name == "kreis-hoexter.yml"
    assert "name: Kreis Höxter" in done.path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["nul", "   ", "a" * 80])
def test_names_that_no_file_can_have(town, name):
    with pytest.raises(SpmError):
        run(town, name=name)


def test_a_folder_without_anything(town, tmp_path):
    (tmp_path / "leer").mkdir()
    with pytest.raises(SpmError, match="keine Tabelle") as refused:
        set_up("Leerstadt", tmp_path / "leer")
    assert refused.value.tun
    assert not (town / "params/leerstadt.yml").exists()


def test_outside_of_a_project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SpmError, match="keinem SPM-Projekt"):
        set_up("Musterstadt", tmp_path)


def test_a_broken_file_is_not_touched(town):
    path = town / "params/musterstadt.yml"
    path.write_text("kommune: [\n", encoding="utf-8")
    with pytest.raises(SpmError, match="kein gültiges YAML"):
        run(town)
    assert path.read_text(encoding="utf-8") == "kommune: [\n"


def test_geometry_alone_gives_the_head(town, tmp_path):
    folder = tmp_path / "nur"
    folder.mkdir()
    shutil.copy(town / "data/raw/pilotkommune/sozialraeume.geojson", folder)
    text = set_up("Leer", folder).path.read_text(encoding="utf-8")
    assert "schluessel: raum_id" in text
    assert "lieferungen: {}" in text


def test_missing_outlines_and_files_that_cannot_be_read_are_told(town):
    folder = town / "data/raw/musterstadt"
    (folder / "sozialraeume.geojson").unlink()
    with zipfile.ZipFile(folder / "Räume.zip", "w") as packed:
        packed.writestr("geo/Räume.shp", b"")
    with zipfile.ZipFile(folder / "Anschreiben.zip", "w") as packed:
        packed.writestr("Brief.docx", b"")
    (folder / "Jobcenter.PDF").write_bytes(b"%PDF-1.7")
    done = run(town, ("ags", "05999000"))
    told = "\n".join(done.lines)
    assert "Räume.zip. Gepackte Geometrie: bitte in diesen Ordner entpacken." in told
    assert "Anschreiben.zip. Gepackt: bitte in diesen Ordner entpacken." in told
    assert "Jobcenter.PDF. PDF liest SPM nicht: bitte die Tabelle als Excel" in told
    assert "Keine Umrisse der Räume gefunden" in told and "params/musterstadt.yml löschen" in told
    text = done.path.read_text(encoding="utf-8")
    assert "#   Räume.zip: Gepackte Geometrie" in text
    assert "Nicht gelesen" not in "\n".join(run(town).lines)  # it stands in the file already
    (folder / "Nachtrag.docx").write_bytes(b"PK")
    assert "Nicht gelesen: Nachtrag.docx." in "\n".join(run(town).lines)


def test_an_outline_that_stops_the_check_is_told(town):
    path = town / "data/raw/musterstadt/sozialraeume.geojson"
    areas = json.loads(path.read_text(encoding="utf-8"))
    x, y = 480_000, 5_750_000
    crossed = [[x, y], [x + 900, y + 900], [x + 900, y], [x, y + 900], [x, y]]
    areas["features"][2]["geometry"] = {"type": "Polygon", "coordinates": [crossed]}
    path.write_text(json.dumps(areas), encoding="utf-8")
    (line,) = [
        line
        for line in run(town, ("ags", "05999000")).path.read_text(encoding="utf-8").splitlines()
        if line.startswith("raeume: ")
    ]
    assert "bitte prüfen: 7 Räume; Die Fläche des Raums «" in line
    assert "ist ungültig: der Umriss kreuzt sich selbst" in line


def test_outlines_that_are_there_are_not_told(town):
    told = "\n".join(run(town, ("ags", "05999000")).lines)
    assert "Umrisse" not in told and "Nicht gelesen" not in told


def test_mappings_of_another_municipality(town):
    first = run(town, ("ags", "05999000")).path
    text = first.read_text(encoding="utf-8")
    trees = (
        "    tabellen:\n      - datei: unklar.csv\n"
        "        spalten: {raum: Sozialraum, jahr: Jahr, anzahl: Bäume}\n"
        "        konstanten: {merkmal: baeume}\n"
    )
    assert "    tabellen:\n" in text
    text = text.replace("    tabellen:\n", trees, 1)
    first.write_text(text, encoding="utf-8")
    done = run(town, ("ags", "05999001"), ("like", first), name="Nachbarstadt")
    params = load_params(done.path)
    measures = {m for own in params.lieferungen.values() for m in own.measures}
    assert "baeume" in measures
    assert "Zuordnung aus musterstadt.yml" in done.path.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["neu", "new"])
def test_the_command(town, monkeypatch, capsys, command):
    arguments = ["spm", command, "musterstadt", "data/raw/musterstadt", "--ags", "05999000"]
    monkeypatch.setattr(sys, "argv", arguments)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert "Geschrieben: params/musterstadt.yml" in told
    assert "spm check params/musterstadt.yml" in told


def test_a_table_that_is_not_placed_says_where_to_look(town):
    folder = town / "data/raw/musterstadt"
    rows = "".join(f"Sozialraum {n};2020;9\n" for n in range(1, 8))
    (folder / "sgb2_2020.csv").write_text(f"Sozialraum;Jahr;Wert\n{rows}", encoding="utf-8")
    (folder / "haushaltsbuch.csv").write_text("Jahr;Bäume\n2020;7\n2021;8\n", encoding="utf-8")
    text = run(town, ("ags", "05999000")).path.read_text(encoding="utf-8")
    told = next(x for x in text.splitlines() if x.startswith("  # sgb2_2020.csv"))
    assert told.endswith(
        "vielleicht sgb2_personen, sgb2_leistungsberechtigte, sgb2_nef … (spm merkmale sgb2)"
    )
    # No column of areas: the numbers are those of the municipality
    assert 'konstanten: {merkmal: "?", raum: gesamt}}' in text


def test_official_additions_to_names_are_taken_off_if_names_stay_apart():
    names = {"1": "Lage, Stadt", "2": "Lügde, Stadt der Osterräder", "3": "Kalletal"}
    assert _short_names(names) == {"1": "Lage", "2": "Lügde"}
    assert _short_names({"1": "Altstadt, Nord", "2": "Altstadt, Süd"}) == {}
    assert _short_names({"1": "Neuburg, Stadt", "2": "Neuburg"}) == {}


def test_what_an_office_agreed_to_stands_once_and_nothing_else_is_shared(town):
    path = run(town, ("ags", "05999000")).path
    text = path.read_text(encoding="utf-8")
    assert text.count("mindestfallzahl:") == 1 and text.count("<<: *einwohnermeldeamt") == 1
    assert "&einwohnermeldeamt {stelle: Einwohnermeldeamt, mindestfallzahl: 3}" in text
    changed = text.replace("mindestfallzahl: 3}", "mindestfallzahl: 5}")
    path.write_text(
        changed.replace(
            "    titel: Einwohnerbestand", "    nullen_veroeffentlichen: ja\n    titel: Einwohner"
        ),
        encoding="utf-8",
    )
    deliveries = load_params(path).lieferungen
    assert {own.mindestfallzahl for own in deliveries.values()} == {5}
    shown = [key for key, own in deliveries.items() if own.nullen_veroeffentlichen]
    assert shown == ["einwohner"]
