"""spm diff: every kind of difference between two finished reports, and nothing that is hidden."""

import json
import re
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from spm.diff import areas, compare, developments, methods, numbers, sentences, write
from spm.diff.difference import amount
from spm.errors import SpmError
from tests.conftest import ROOT, run_spm
from tests.diff.diff_example import Ablage, certify, development, outlines

pytestmark = pytest.mark.slow


@pytest.fixture
def old(tmp_path):
    return Ablage().write(tmp_path / "alt/muster")


@pytest.fixture
def old_pdf(tmp_path):
    """The older report, built as PDF only."""
    report = Ablage()
    report.web = False
    return report.write(tmp_path / "alt/muster")


@pytest.fixture
def new():
    """The newer report, to be changed and compared."""
    return Ablage()


@pytest.fixture
def diff(old, new, tmp_path):
    def compared():
        return compare(old, new.write(tmp_path / "neu/muster"))

    return compared


def kinds(found):
    return [(n.kennzahl, n.jahr, n.raum, n.art) for n in found.numbers]


def written(found):
    """The note, and all cells of the table."""
    table, note = write(found)
    book = openpyxl.load_workbook(table)
    cells = {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for sheet in book
    }
    return note.read_text(encoding="utf-8"), cells


# ------------------------------------------------------------------------------------ numbers


def test_the_same_report_twice_does_not_differ(diff):
    found = diff()
    assert not any((found.numbers, found.sentences, found.methods, found.areas, found.inputs))
    note, _ = written(found)
    assert "Die beiden Berichte unterscheiden sich nicht." in note


def test_a_corrected_value_of_a_year_already_published(diff, new):
    new.count("quote", 2021, "2", 33)
    found = diff()
    assert kinds(found) == [("quote", 2021, "2", numbers.KORRIGIERT)]
    note, cells = written(found)
    assert "Ein bereits veröffentlichter Wert ist korrigiert." in note
    assert "SGB-II-Quote, Sozialraum 2, 2021: 15,0 % → 16,5 %" in note.replace("\u00a0", " ")
    row = cells["Zahlen"][0]
    assert row[:5] == ["korrigiert", "SGB-II-Quote", "quote", 2021, "Sozialraum 2"]
    assert row[5:11] == [15, 16.5, 30, 33, 200, 200]


def test_a_correction_behind_the_decimals_is_still_readable(diff, new):
    new.set("quote", 2021, "2", wert=15.001)
    note, _ = written(diff())
    assert "15,000 % → 15,001 %" in note.replace("\u00a0", " ")


def test_noise_of_another_machine_is_no_correction(diff, new):
    new.set("quote", 2021, "2", wert=15 * (1 + 1e-12))
    assert diff().numbers == []


def test_the_municipality_comes_first(diff, new):
    new.count("quote", 2021, "2", 33)
    new.count("quote", 2021, "gesamt", 143)
    note, _ = written(diff())
    assert "Zwei bereits veröffentlichte Werte sind korrigiert, darunter ein Wert für die" in note
    assert note.index("Musterstadt, 2021") < note.index("Sozialraum 2, 2021")


def test_the_new_year_is_told_apart_from_corrections(diff, new):
    new.add_year(2023)
    new.count("quote", 2022, "1", 21)
    new.hide("zweite", 2023, "1")
    found = diff()
    assert len(found.of_kind(numbers.NEUES_JAHR)) == 9
    assert kinds(found)[0] == ("quote", 2022, "1", numbers.KORRIGIERT)
    assert ("zweite", 2023, "1", numbers.NEU_GESPERRT) in kinds(found)
    note, _ = written(found)
    assert note.startswith("# Änderungen gegenüber dem Bericht vom 30. September 2023\n")
    corrections, fresh = note.index("## Korrekturen"), note.index("## Neue Werte")
    assert corrections < note.index("Sozialraum 1, 2022") < fresh
    assert "Neues Jahr: neun Werte (2023; zwei Kennzahlen: SGB-II-Quote, Zweite Quote)." in note


def test_suppressed_now(diff, new):
    new.hide("quote", 2022, "3")
    found = diff()
    assert kinds(found) == [("quote", 2022, "3", numbers.JETZT_GESPERRT)]
    note, cells = written(found)
    assert "Ein Wert war veröffentlicht und ist jetzt gesperrt." in note
    assert "(SGB-II-Quote, Sozialraum 3, 2022)" in note
    assert cells["Zahlen"][0][5:] == [None] * 8


def test_what_is_hidden_now_is_nowhere_repeated(diff, new):
    """Not as a number, not in an older sentence, not as its share or count."""
    new.hide("quote", 2022, "3")
    new.text["01-sgb2"] = new.text["01-sgb2"].replace(
        "In Sozialraum 3 lag sie am 31. Dezember 2022 bei 20,0 % (40 von 200).",
        "Für Sozialraum 3 wird sie nicht gezeigt.",
    )
    new.development = new.development.iloc[1:]
    found = diff()
    note, cells = written(found)
    everything = json.dumps([note, cells], ensure_ascii=False)
    assert "In Sozialraum 3 lag sie am […]. Dezember 2022 bei […] % ([…] von […])." in everything
    for secret in ("20,0", "40 von", "von 200", "16,0", "24,0", "20.5"):
        assert secret not in everything
    shown = [c for row in cells["Zahlen"] for c in row[5:]]
    assert not {20, 40, 200} & set(shown)


@pytest.mark.parametrize(
    "change",
    [
        lambda new: new.hide("quote", 2022, "3", "absender_gesperrt"),
        lambda new: new.hide("quote", 2022, "3", "nicht_berechenbar"),
        lambda new: new.hide("quote", 2022, "3", "nicht_geliefert"),
        lambda new: setattr(new, "rows", new.rows[~new.row("quote", 2022, "3")]),
        lambda new: setattr(new, "rows", new.rows[new.rows.raum != "3"]),
        lambda new: setattr(new, "rows", new.rows[new.rows.kennzahl != "quote"]),
        lambda new: (
            new.count("quote", 2022, "3", 60),
            new.manifest["regeln"].update(zusammenfassen={"quote": {"jahre": 2, "raeume": []}}),
        ),
        lambda new: (new.count("quote", 2022, "3", 60), setattr(new, "outlines", outlines(0.3))),
    ],
    ids=["absender", "rechnung", "lieferung", "zeile", "raum", "kennzahl", "jahre", "grenzen"],
)
def test_whatever_the_reason_the_old_number_is_not_repeated(diff, new, change):
    change(new)
    new.text["01-sgb2"] = "# SGB II {#sec-sgb2}\n\nNeuer Text."
    found = diff()
    (number,) = [n for n in found.numbers if (n.kennzahl, n.jahr, n.raum) == ("quote", 2022, "3")]
    assert number.art in numbers.VERBORGEN and number.old is None
    note, cells = written(found)
    assert "20,0" not in json.dumps([note, cells], ensure_ascii=False)


def test_published_now_and_delivered_later(old, new, tmp_path):
    earlier = Ablage()
    earlier.hide("quote", 2021, "1")
    earlier.hide("quote", 2021, "2", "nicht_geliefert")
    found = compare(earlier.write(old), new.write(tmp_path / "neu/muster"))
    assert kinds(found) == [
        ("quote", 2021, "1", numbers.FREIGEGEBEN),
        ("quote", 2021, "2", numbers.NACHGELIEFERT),
    ]
    assert [n.new.wert for n in found.numbers] == [10, 15]
    assert all(n.old is None for n in found.numbers)


def test_new_and_removed_indicators_and_years(diff, new):
    more = new.rows[new.rows.kennzahl == "quote"].assign(kennzahl="dritte")
    new.rows = pd.concat([new.rows[new.rows.kennzahl != "zweite"], more], ignore_index=True)
    new.rows = new.rows[new.rows.jahr > 2021]
    new.manifest["regeln"]["zeitreihe"]["von"] = 2022
    found = diff()
    assert len(found.of_kind(numbers.NEUE_KENNZAHL)) == 5
    assert len(found.of_kind(numbers.OHNE_KENNZAHL)) == 10
    assert {n.kennzahl for n in found.of_kind(numbers.VOR_DER_REIHE)} == {"quote"}


def test_another_class_and_another_interval(diff, new):
    new.set("quote", 2021, "1", klasse="ueber")
    new.set("quote", 2021, "2", ki_oben=22.0)
    found = diff()
    assert kinds(found) == [
        ("quote", 2021, "1", numbers.EINORDNUNG),
        ("quote", 2021, "2", numbers.INTERVALL),
    ]
    note, _ = written(found)
    assert "Sozialraum 1, 2021: kein Unterschied nachweisbar → höher" in note


def test_facilities_are_never_listed(diff, new):
    new.rows.loc[new.rows.gruppe.notna(), "wert"] = 99.0
    assert diff().numbers == []


# ------------------------------------------------------------------------------ developments


def test_another_statement_on_a_change(diff, new):
    new.development = development("gestiegen")
    found = diff()
    assert [v.art for v in found.developments] == [developments.ANDERS]
    note, _ = written(found)
    assert "2021–2022: keine Veränderung nachweisbar → gestiegen" in note


def test_the_same_statement_over_more_years_is_no_difference(diff, new):
    new.development = development(bis=2023)
    assert diff().developments == []


def test_a_report_without_developments(diff, new):
    new.development = None
    assert diff().developments == []


# ---------------------------------------------------------------------------------- sentences


def test_sentences(diff, new):
    new.text["01-sgb2"] = new.text["01-sgb2"].replace("20,0 % (40", "21,0 % (42")
    new.text["01-sgb2"] = new.text["01-sgb2"].replace(
        "die Lage der Familien", "die Lage der Eltern"
    )
    new.text["methoden"] += " Neu ist dieser Satz über nichts."
    found = diff()
    assert [(s.chapter, s.art) for s in found.sentences] == [
        ("01-sgb2", sentences.WORTLAUT),
        ("01-sgb2", sentences.NUR_ZAHLEN),
        ("methoden", sentences.NEU),
    ]
    note, _ = written(found)
    assert "„Die Quote beschreibt die Lage der Familien.“ → „Die Quote beschreibt die Lage" in note
    assert "20,0 % (40 von 200)" in found.sentences[1].old, "nothing is hidden: it may be repeated"


def test_a_moved_sentence_is_no_change(diff, new):
    moved = "Ein Test prüft jeden Unterschied."
    new.text["methoden"] = new.text["methoden"].replace(moved, "")
    new.text["01-sgb2"] += f"\n\n{moved}"
    assert diff().sentences == []


def test_splitting():
    text = (
        "# Titel {#sec-x}\n\nAm 31. Dezember 2023 lag **der Wert** bei 3,5 %. Das ist z. B. viel "
        "(siehe @fig-x). Eine\nZeile!\n\n- Punkt eins\n- Punkt zwei\n\n| a | b |\n|---|---|\n\n"
        ": Titel {#tbl-x}\n\n::: {.anmerkung}\nZeichen: x.\n:::"
    )
    assert list(sentences.sentences(text)) == [
        "Am 31. Dezember 2023 lag der Wert bei 3,5 %.",
        "Das ist z. B. viel.",
        "Eine Zeile!",
        "Punkt eins",
        "Punkt zwei",
        "Zeichen: x.",
    ]


# --------------------------------------------------------------------- methods, areas, inputs


def test_methods(diff, new):
    new.manifest["spm"]["version"] = "0.2.0"
    new.manifest["abhaengigkeiten"]["scipy"] = "1.1"
    new.manifest["regeln"]["lieferungen"]["jobcenter"]["mindestfallzahl"] = 5
    new.manifest["regeln"]["zusammenfassen"] = {"quote": {"jahre": 3, "raeume": []}}
    new.definitions["quote"]["definition"] = "Kinder unter 18 je 100."
    found = diff()
    assert [(m.part, m.subject, m.old, m.new) for m in found.methods] == [
        ("Programm", "SPM-Version", "0.1.0", "0.2.0"),
        ("Programm", "Programmbibliotheken", "", "1 von 2 in anderer Version"),
        ("Regel", "zusammenfassen.quote.jahre", "", "3"),
        ("Regel", "lieferungen.jobcenter.mindestfallzahl", "10", "5"),
        ("Kennzahlenset", "SGB-II-Quote: Definition", "Kinder je 100.", "Kinder unter 18 je 100."),
    ]
    note, _ = written(found)
    assert "lieferungen.jobcenter.mindestfallzahl: 10 → 5" in note


def test_without_open_data_the_catalogue_is_compared_as_a_file(old_pdf, new, tmp_path):
    new.manifest["eingaben"]["params/kennzahlen.yml"] = "4" * 64
    new.web = False
    found = compare(old_pdf, new.write(tmp_path / "neu/muster"))
    assert [m.subject for m in found.methods] == ["params/kennzahlen.yml"]


def test_an_older_report_without_names_renames_nothing(old_pdf, new, tmp_path):
    new.count("quote", 2021, "2", 33)
    found = compare(old_pdf, new.write(tmp_path / "neu/muster"))
    assert found.areas == []
    assert "SGB-II-Quote, Sozialraum 2, 2021" in written(found)[0]


def test_a_group_of_areas_is_no_new_area(diff, new):
    group = "Sozialräume 1 und 2"
    new.manifest["regeln"]["raeume"]["gruppen"] = {group: ["1", "2"]}
    new.areas[group] = group
    assert diff().areas == []


def test_areas(diff, new):
    new.areas = {"1": "Altstadt", "2": "Sozialraum 2", "3": "Sozialraum 3", "5": "Neustadt"}
    new.outlines = outlines(0.25)
    found = diff()
    assert [(a.raum, a.art) for a in found.areas] == [
        ("1", areas.UMBENANNT),
        ("3", areas.GRENZEN),
        ("5", areas.NEU),
        ("4", areas.ENTFALLEN),
    ]
    assert "Sozialraum 1 → Altstadt" in written(found)[0]


def test_inputs(diff, new):
    new.manifest["eingaben"]["notebooks/x.ipynb"] = "1" * 64
    new.manifest["vertraulich"]["lieferungen"]["jobcenter"] = "9" * 64
    found = diff()
    assert [tuple(e) for e in found.inputs] == [
        ("lieferungen.jobcenter", methods.GEAENDERT, "Leistungen"),
        ("notebooks/x.ipynb", methods.NEU, ""),
    ]
    note, _ = written(found)
    assert "Geändert: eine Eingabe: Lieferung Leistungen." in note
    assert "Neu: eine Eingabe: `notebooks/x.ipynb`." in note


def test_deliveries_under_another_key_cannot_be_compared(diff, new):
    new.manifest["vertraulich"]["schluessel"] = "f" * 16
    found = diff()
    assert [tuple(e) for e in found.inputs] == [
        ("lieferungen.jobcenter", methods.UNKLAR, "Leistungen")
    ]
    assert "Nicht vergleichbar: eine Eingabe: Lieferung Leistungen." in written(found)[0]


def test_the_manifest_of_an_older_program_is_understood(old, new, tmp_path):
    """It held the whole params file, and the digest of every file."""
    path = old / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    del content["vertraulich"]
    content["params"] = content.pop("regeln") | {"datenordner": "data/raw/muster"}
    content["params"]["raeume"]["schluessel"] = "raum"
    content["params"]["lieferungen"]["jobcenter"]["tabellen"] = [{"datei": "jobcenter.xlsx"}]
    content["eingaben"] |= {"datenordner/jobcenter.xlsx": "1" * 64, "params/muster.yml": "2" * 64}
    path.write_text(json.dumps(content), encoding="utf-8")
    new.manifest["regeln"]["lieferungen"]["jobcenter"]["mindestfallzahl"] = 5
    found = compare(old, new.write(tmp_path / "neu/muster"))
    assert [m.subject for m in found.methods] == ["lieferungen.jobcenter.mindestfallzahl"]
    assert [(e.file, e.art) for e in found.inputs] == [("lieferungen.jobcenter", methods.UNKLAR)]


# ------------------------------------------------------------------------------------ writing


def test_the_same_two_reports_give_the_same_bytes(diff, new, tmp_path):
    new.add_year()
    new.count("quote", 2022, "1", 21)
    found = diff()
    first = [p.read_bytes() for p in write(found, tmp_path / "a")]
    assert first == [p.read_bytes() for p in write(found, tmp_path / "b")]
    assert sorted(p.name for p in (tmp_path / "a").iterdir()) == [
        "aenderungen-muster.md",
        "aenderungen-muster.xlsx",
    ]


def test_names_are_neither_markup_nor_formulas(diff, new):
    new.areas["2"] = '=HYPERLINK("x")|*a*'
    new.count("quote", 2021, "2", 33)
    note, cells = written(diff())
    assert "*a*," not in note and r"\*a\*" in note
    assert cells["Zahlen"][0][4] == '=HYPERLINK("x")|*a*'


@pytest.mark.parametrize(
    "n, text", [(0, "kein Wert"), (1, "ein Wert"), (2, "zwei Werte"), (1234, "1.234 Werte")]
)
def test_plurals(n, text):
    assert amount(n, "Wert", "Werte") == text
    assert amount(1, "Datei", "Dateien", feminine=True) == "eine Datei"


@pytest.mark.slow
def test_the_command(old, new, tmp_path):
    new.count("quote", 2021, "2", 33)
    folder = new.write(tmp_path / "neu/muster")
    arguments = ["diff", old / "manifest.json", folder, "--out", tmp_path / "aus"]
    result = run_spm(*arguments, cwd=tmp_path, PYTHONPATH=str(ROOT / "src"), COLUMNS="120")
    assert result.returncode == 0, result.stderr
    assert "Zahlen: korrigiert" in result.stdout and "Sozialraum 2" in result.stdout
    assert (tmp_path / "aus/aenderungen-muster.md").is_file()
    assert str(Path("aus") / "aenderungen-muster.xlsx") in result.stdout


# ------------------------------------------------------------------------------------- errors


def rewrite(path, **changes):
    content = json.loads(path.read_text(encoding="utf-8")) | changes
    path.write_text(json.dumps(content), encoding="utf-8")


def without_column(folder):
    frame = pd.read_parquet(folder / "published.parquet").drop(columns="klasse")
    frame.to_parquet(folder / "published.parquet", index=False)
    certify(folder)


def as_text(folder):
    frame = pd.read_parquet(folder / "published.parquet").astype({"wert": str})
    frame.to_parquet(folder / "published.parquet", index=False)
    certify(folder)


def tampered(folder):
    frame = pd.read_parquet(folder / "published.parquet")
    frame.loc[0, "wert"] = 1.0
    frame.to_parquet(folder / "published.parquet", index=False)


def with_gap(folder):
    frame = pd.read_parquet(folder / "published.parquet")
    frame.loc[0, "raum"] = None
    frame.to_parquet(folder / "published.parquet", index=False)
    certify(folder)


def other_development(folder):
    development("gesunken").to_parquet(folder / "entwicklung.parquet", index=False)


BAD = {
    "fehlt": (shutil.rmtree, "gibt es nicht"),
    "ohne Nachweis": (lambda f: (f / "manifest.json").unlink(), "manifest.json fehlt"),
    "kein JSON": (lambda f: (f / "manifest.json").write_text("{"), "nicht lesbar"),
    "älterer Nachweis": (
        lambda f: (f / "manifest.json").write_text("{}"),
        "fehlt die Angabe «ags»",
    ),
    "Nachweis ohne Datum": (
        lambda f: rewrite(f / "manifest.json", datum="gestern"),
        "nennt Datum, Berichtsjahr oder Zeitreihe nicht richtig",
    ),
    "ohne Daten": (lambda f: (f / "published.parquet").unlink(), "Daten des Berichts fehlen"),
    "kaputte Daten": (lambda f: (f / "published.parquet").write_bytes(b"PAR1"), "nicht lesbar"),
    "geänderte Daten": (tampered, "nicht die, deren Geheimhaltung bescheinigt ist"),
    "ohne Spalte": (without_column, "fehlt die Spalte «klasse»"),
    "Text statt Zahl": (as_text, "hat keine Zahlen"),
    "Lücke im Schlüssel": (with_gap, "«raum» der Daten ist nicht überall gefüllt"),
    "andere Entwicklung": (other_development, "deren Geheimhaltung bescheinigt ist"),
    "Nachweis ohne Eingaben": (
        lambda f: rewrite(f / "manifest.json", eingaben=[]),
        "fehlt die Angabe «eingaben»",
    ),
    "ohne Bescheinigung": (lambda f: (f / "geheimhaltung.json").unlink(), "Bescheinigung"),
    "nicht bestanden": (
        lambda f: rewrite(f / "geheimhaltung.json", bestanden=False),
        "nicht bestanden",
    ),
    "kaputtes Kapitel": (lambda f: (f / "book/methoden.ipynb").write_text("x"), "Kapitel"),
    "kaputte Umrisse": (lambda f: (f / "html/daten/raeume.geojson").write_text("{}"), "Umrisse"),
    "kaputte Tabelle": (
        lambda f: (f / "html/daten/raeume.csv").write_bytes(b"raum\n\xff\xfe"),
        "offenen Daten",
    ),
    "kaputte Entwicklung": (lambda f: (f / "entwicklung.parquet").write_bytes(b""), "nicht lesbar"),
    "andere Kommune": (
        lambda f: rewrite(f / "manifest.json", ags="05999111"),
        "verschiedenen Kommunen",
    ),
    "früher": (lambda f: rewrite(f / "manifest.json", datum="2020-01-01"), "jünger"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named(old, new, tmp_path, name):
    damage, message = BAD[name]
    folder = new.write(tmp_path / "neu/muster")
    damage(folder)
    with pytest.raises(SpmError) as caught:
        compare(old, folder)
    assert re.search(message, caught.value.was)
    assert caught.value.wo and caught.value.tun


@pytest.mark.parametrize(
    "lost, named",
    [
        ("book", "«book/01-sgb2.ipynb» und eine weitere Datei."),
        ("html", "«html/daten/kennzahlenset.csv» und zwei weitere Dateien."),
        ("html/daten/raeume.geojson", "«html/daten/raeume.geojson»."),
        ("entwicklung.parquet", "«entwicklung.parquet»."),
    ],
)
@pytest.mark.parametrize("which", ["alt", "neu"])
def test_an_incomplete_copy_is_refused(old, new, tmp_path, lost, named, which):
    """Its gaps would count as sentences, areas or statements that are gone."""
    folder = new.write(tmp_path / "neu/muster")
    path = {"alt": old, "neu": folder}[which] / lost
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    with pytest.raises(SpmError) as caught:
        compare(old, folder)
    assert caught.value.was.endswith(f"nennt: {named}")
    assert "unvollständig" in caught.value.was and "ganzen Ordner" in caught.value.tun
    assert caught.value.wo == str(path.parents[lost.count("/")])


def test_what_only_the_certificate_names_must_be_there_too(old, new, tmp_path):
    folder = new.write(tmp_path / "neu/muster")
    (folder / "entwicklung.parquet").unlink()
    rewrite(folder / "manifest.json", ausgaben={})
    with pytest.raises(SpmError, match=r"nennt: «entwicklung\.parquet»\."):
        compare(old, folder)


def test_the_same_folder_twice(old):
    with pytest.raises(SpmError, match="denselben Bericht"):
        compare(old, old / "manifest.json")
