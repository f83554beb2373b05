"""What `spm check` says on the console, and that it always leaves its report."""

import shutil
from types import SimpleNamespace

import geopandas
import pytest
from typer.testing import CliRunner

from spm.build.doubtful import _unchecked
from spm.build.told import (
    errors_by_cause,
    missing,
    next_step,
    notes_by_cause,
    unprintable,
    without_shape,
)
from spm.cli import app
from spm.config.catalogue import load_catalogue
from spm.config.params import load_params
from spm.deliveries.findings import Source
from spm.errors import SpmError
from tests.build.small import SLUG, change, make
from tests.cases_example import case, checked
from tests.conftest import ROOT, run_spm
from tests.deliveries_example import COMPLETE, read_text

pytestmark = pytest.mark.slow

AMT = Source("amt", "kinder.csv")


def test_errors_are_grouped_by_cause_with_their_number_and_first_places():
    text = [AMT.finding("Die Zahl ist 3.", "Tun.", zeilen=[k], wert=str(k)) for k in range(2, 7)]
    text += [AMT.finding("Die Spalte «A» fehlt.", "Anderes."), AMT.finding("x", schwere="Hinweis")]
    assert errors_by_cause(text) == [
        "Fehler (5-mal): Die Zahl ist 3.",
        "  Wo: amt: kinder.csv, Zeile 2, Wert «2»",
        "  Wo: amt: kinder.csv, Zeile 3, Wert «3»",
        "  Wo: amt: kinder.csv, Zeile 4, Wert «4»",
        "      … und 2 weitere Stellen",
        "  Was tun: Tun.",
        "Fehler: Die Spalte «A» fehlt.",
        "  Wo: amt: kinder.csv",
        "  Was tun: Anderes.",
    ]


def test_guesses_are_one_cause_with_the_lines_to_look_at(tmp_path):
    text = "kommune:\n  name: X  # bitte prüfen: wie er heißt\n" + "".join(
        f"  k{n}: 1  # bitte prüfen: «{n}», Grund {'abcdefghijklmno'[n]}\n" for n in range(15)
    )
    path = tmp_path / "x.yml"
    path.write_text(text, encoding="utf-8")
    notes = _unchecked(SimpleNamespace(file=path), Source("Params-Datei", "x.yml"))
    other = AMT.finding("Fällt auf.", schwere="Hinweis")
    assert notes[0].was == "Das ist geraten und noch nicht geprüft: wie er heißt."
    assert notes_by_cause([*notes, other]) == [
        "Hinweis (16-mal): Das ist geraten und noch nicht geprüft.",
        "  Wo: Params-Datei: x.yml, Zeilen 2 (name), 3 (k0), 4 (k1), 5 (k2), 6 (k3), 7 (k4), "
        "8 (k5), 9 (k6), 10 (k7), 11 (k8), 12 (k9), 13 (k10) und 4 weitere",
        "  Was tun: Ansehen, berichtigen und «bitte prüfen» löschen.",
        "Hinweis: Fällt auf.",
        "  Wo: amt: kinder.csv",
    ]


def test_many_causes_are_counted():
    words = "abcdefghijkl"
    lines = errors_by_cause([AMT.finding(f"Grund {word}.") for word in words])
    assert lines[-1] == "… und 2 Fehler aus anderen Gründen (Prüfprotokoll)"


def test_notes_are_grouped_like_errors_and_fewer_of_them():
    notes = [AMT.finding(f"Fällt {word} auf.", schwere="Hinweis") for word in "abcdefg"]
    notes += [AMT.finding("Die Zahl ist 3.", zeilen=[k], schwere="Hinweis") for k in (2, 3)]
    lines = notes_by_cause([AMT.finding("Falsch."), notes[-2], notes[-1], *notes[:-2]])
    assert lines[:3] == [
        "Hinweis (2-mal): Die Zahl ist 3.",
        "  Wo: amt: kinder.csv, Zeile 2",
        "  Wo: amt: kinder.csv, Zeile 3",
    ]
    assert lines[-1] == "… und 3 Hinweise aus anderen Gründen (Prüfprotokoll)"


def test_the_last_line_says_what_to_do_next():
    wrong = Source("sgb2", "sgb2.xlsx").finding("Falsch.")
    note = AMT.finding("Fällt auf.", schwere="Hinweis")

    def told(*findings, asked=()):
        return next_step(findings, asked, "params/x.yml", "p.html")

    assert told() == "Als Nächstes: «spm build params/x.yml»."
    assert told(note) == (
        "Als Nächstes: die Hinweise in p.html prüfen, dann «spm build params/x.yml»."
    )
    assert told(note, wrong, asked=["Jobcenter"]) == (
        "Als Nächstes: p.html lesen; die Kopie aus rueckfragen/ schicken an: Jobcenter; sind die "
        "Fehler behoben, «spm check params/x.yml»."
    )
    alone = "Als Nächstes: p.html lesen; sind die Fehler behoben, «spm check params/x.yml»."
    assert told(wrong) == alone  # the mapping is wrong: there is nothing to send


def test_a_wrong_file_name_is_no_office_s_business_whatever_else_is_in_its_copy(tmp_path):
    project = make(tmp_path / "projekt")
    path = project / f"params/{SLUG}.yml"
    people = project / "roh/einwohner.csv"
    text = people.read_text(encoding="utf-8").replace("01;2023;18-64;", "01;2023;18-64;9")
    people.write_text(text, encoding="utf-8")  # a jump: a note, in the same office's copy
    change(path, "datei: einwohner.csv", "datei: einwohner.csv\n" + MORE)
    told = run_spm("check", f"params/{SLUG}.yml", cwd=project).stdout
    assert "Fehler: Die Datei «einwohnr.csv» fehlt" in told
    assert list((project / f"data/processed/{SLUG}/rueckfragen").glob("einwohnermeldeamt-*"))
    assert "schicken an" not in told
    text = people.read_text(encoding="utf-8").replace("02;2022;3-5;", "02;2022;3-5;-")
    people.write_text(text, encoding="utf-8")  # an error that the office has to mend
    told = run_spm("check", f"params/{SLUG}.yml", cwd=project).stdout
    assert "die Kopie aus rueckfragen/ schicken an: Einwohnermeldeamt;" in told


MORE = """\
        spalten: {raum: nr, jahr: jahr, alter: alter, anzahl: anzahl}
        konstanten: {merkmal: bevoelkerung}
      - datei: einwohnr.csv"""


@pytest.fixture
def params(shared, tmp_path):
    return case(shared, tmp_path, "quote-ueber-100")


def test_a_check_with_errors_names_them_first_and_then_its_report(params):
    done = CliRunner().invoke(app, ["check", str(params)])
    lines = done.stdout.splitlines()
    assert (done.exit_code, lines[0][:15]) == (1, "Fehler (2-mal):")
    assert "Prüfung: 2 Fehler, " in done.stdout
    assert "Prüfprotokoll: " in done.stdout
    absent = [n for n, line in enumerate(lines) if line.startswith("Nicht geliefert (Kapitel ")]
    assert absent and min(absent) > lines.index(next(x for x in lines if "Prüfprotokoll" in x))
    assert len(absent) == len({lines[n].split(")")[0] for n in absent})
    assert lines[-2].startswith("Als Nächstes: ") and lines[-1] == ""


def test_a_check_that_ends_early_leaves_and_names_its_report(params):
    text = params.read_text(encoding="utf-8")
    params.write_text(text + "vergleich: {datei: fehlt.xlsx}\n", encoding="utf-8")
    with pytest.raises(SpmError, match="fehlt") as error:
        checked(params)
    assert "Prüfprotokoll: " in error.value.tun and "Prüfung: " in error.value.tun
    assert list((params.parents[1] / "data/processed").rglob("pruefprotokoll-*.html"))


def test_measures_that_nobody_delivers_take_one_line_per_chapter(tmp_path):
    demo = load_params(ROOT / "params/pilotkommune.yml")
    catalogue = load_catalogue(demo)

    facts, _ = read_text(tmp_path, COMPLETE, konstanten={"merkmal": "bevoelkerun"})
    lines = [line for line in missing(facts, catalogue, demo) if line.startswith("Nicht geliefert")]
    assert len(lines) == len({entry.kapitel for entry in catalogue.values()})
    assert any(
        "bevoelkerung (geliefert ist «bevoelkerun»: verschrieben?)" in line for line in lines
    )


def test_a_misspelled_measure_is_named_at_the_one_that_it_means(tmp_path):
    demo = load_params(ROOT / "params/pilotkommune.yml")
    facts, _ = read_text(tmp_path, COMPLETE, konstanten={"merkmal": "sgb2_neff"})
    lines = missing(facts, load_catalogue(demo), demo)
    told = [line for line in lines if "sgb2_neff" in line]
    assert told and all(line.count("sgb2_neff") == 1 for line in told)
    assert all("sgb2_nef (geliefert ist «sgb2_neff»: verschrieben?), " in line for line in told)


def test_a_measure_called_alike_is_not_what_is_meant(tmp_path):
    demo = load_params(ROOT / "params/pilotkommune.yml")
    facts, _ = read_text(tmp_path, COMPLETE, konstanten={"merkmal": "sgb2_nef"})
    lines = missing(facts, load_catalogue(demo), demo)
    assert any(line.startswith("Nicht geliefert (Kapitel sgb2): ") for line in lines)
    assert not any("geliefert ist «" in line for line in lines if "Nicht geliefert" in line)


def test_what_only_another_catalogue_counts_is_told_with_the_line_that_shows_it(tmp_path):
    demo = load_params(ROOT / "params/pilotkommune.yml")
    bare = demo.model_copy(update={"zusatzkapitel": [], "kennzahlen": demo.kennzahlen[:1]})
    catalogue = load_catalogue(bare)

    def told(measure):
        facts, _ = read_text(tmp_path, COMPLETE, konstanten={"merkmal": measure})
        return [x for x in missing(facts, catalogue, bare) if x.startswith("Geliefert")]

    assert told("sgb2_leistungsberechtigte") == [
        "Geliefert, aber nicht im Bericht: sgb2_leistungsberechtigte. Gezeigt wird es mit der "
        "Zeile «kennzahlen: [params/kennzahlen.yml, params/kennzahlen-amtlich.yml]» in der "
        "Params-Datei."
    ]
    assert "«zusatzkapitel: [wohnen]»" in told("wohnflaeche_m2")[0]
    assert told("bevoelkerung") == []


def test_characters_without_a_shape_are_told():

    demo = load_params(ROOT / "params/pilotkommune.yml")
    areas = geopandas.GeoDataFrame({"name": ["Nord", "Süd 🏠"]})
    (note,) = unprintable(demo, areas, {})
    assert "«🏠» (U+1F3E0) fehlt in der Schrift" in note.was
    assert note.schwere == "Hinweis"
    (note,) = unprintable(demo, areas.iloc[:1], {}, ["Kita: Löwe", "Kita: 🚸 am Park"])
    assert (note.datei, note.wert) == ("Einrichtungen", "Kita: 🚸 am Park")
    assert unprintable(demo, geopandas.GeoDataFrame({"name": ["Łódź – „x“ ≤"]}), {}) == []


@pytest.mark.parametrize("name", ["bevoelkerung.md", "saetze.yml", "vorwort.md"])
def test_characters_without_a_shape_in_own_texts_are_told(tmp_path, name):
    shutil.copytree(ROOT / "params", tmp_path / "params")
    (tmp_path / "_quarto.yml").touch()
    demo = load_params(tmp_path / "params/pilotkommune.yml")
    folder = tmp_path / demo.texte
    nothing = geopandas.GeoDataFrame({"name": ["Nord"]})
    assert unprintable(demo, nothing, {}) == []
    (folder / name).write_text("# Worte\n\nDanke 👪 an alle.\n", encoding="utf-8")
    (note,) = unprintable(demo, nothing, {})
    assert note.datei == f"{demo.texte}/{name}"
    assert "«👪»" in note.was and note.wert == "Danke 👪 an alle."


def test_long_lines_are_not_quoted_whole():
    (note,) = without_shape({"texte/x.md": ["♞ " + "Wort " * 100]})
    assert len(note.wert) < 110 and note.wert.endswith(" …")
