"""Bad deliveries: what is wrong, where, what to do; exit code 1; the last report stays."""

import datetime as dt
import shutil
import unicodedata

import nbformat
import pandas as pd
import pytest

from tests.conftest import run_spm
from tests.reports.damage import OLD_REPORT, PARAMS, REPORT, Project
from tests.reports.smaller import change_notebook, keep_chapters, keep_deliveries

HZE = "1;2018;ambulant;16"
"""The first row of hze.csv."""

EXCEL_FILE = "schuleingangsuntersuchung.xlsx"


@pytest.fixture
def demo_project(project, monkeypatch, capsys) -> Project:
    return Project(project, monkeypatch, capsys)


@pytest.fixture
def hze(demo_project):
    return demo_project.few("hze")


@pytest.fixture
def sgb2(demo_project):
    return demo_project.few("sgb2")


def cell(sheet, place, value):
    def change(book):
        book[sheet][place].value = value

    return change


# ------------------------------------------------------------------------------ the file itself


@pytest.mark.slow
def test_a_missing_file_names_the_nearest(hze):
    (hze.raw / "hze.csv").rename(hze.raw / "hze_neu.csv")
    error = hze.refused().error(Art="Fehler", Lieferung="hze", Datei="hze.csv")
    assert error["Was ist falsch?"] == (
        "Die Datei «hze.csv» fehlt. Gemeint ist vielleicht «hze_neu.csv»."
    )


@pytest.mark.slow
def test_a_folder_in_place_of_the_file(hze):
    (hze.raw / "hze.csv").unlink()
    (hze.raw / "hze.csv").mkdir()
    assert "ist ein Ordner, keine Datei" in hze.refused().text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "was"),
    [
        ("", "Die Datei ist leer."),
        ("\n\n", "Die Tabelle ist leer."),
        ("Sozialraum;Jahr;Hilfeart;Hilfen unter 18\n", "Unter der Kopfzeile stehen keine Daten."),
    ],
)
def test_an_empty_file(hze, content, was):
    (hze.raw / "hze.csv").write_text(content, encoding="utf-8")
    assert hze.refused().error(Datei="hze.csv")["Was ist falsch?"] == was


def test_a_damaged_workbook(sgb2):
    path = sgb2.raw / "sgb2.xlsx"
    path.write_bytes(path.read_bytes()[:4000])
    outcome = sgb2.refused()
    outcome.error(Datei="sgb2.xlsx", Blatt="Personen")
    assert "keine lesbare Excel-Datei" in outcome.text and "neu speichern" in outcome.text


def test_a_workbook_with_a_password(sgb2):
    ole = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(512) + "EncryptedPackage".encode("utf-16-le")
    (sgb2.raw / "sgb2.xlsx").write_bytes(ole)
    outcome = sgb2.refused()
    assert "mit einem Passwort geschützt" in outcome.text and "ohne Passwort" in outcome.text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("delivery", "file", "real", "wrong"),
    [
        ("hze", "hze.csv", "utf-8-sig", "cp1252"),
        ("hze", "hze.csv", "utf-8-sig", "utf-16"),
        ("einwohner", "einwohner.csv", "cp1252", "utf-8"),
    ],
)
def test_a_wrong_encoding_names_the_right_one(demo_project, delivery, file, real, wrong):
    path = demo_project.few(delivery).raw / file
    path.write_bytes(path.read_bytes().decode(real).encode(wrong))
    outcome = demo_project.refused()
    assert f"nicht den Zeichensatz {real}" in outcome.text
    assert f"zeichensatz: {wrong}" in outcome.text


@pytest.mark.slow
def test_names_with_blanks_and_umlauts_also_those_of_a_mac(hze):
    hze.set("datei: hze.csv", 'datei: "Hilfen für Köln (neu).csv"')
    name = unicodedata.normalize("NFD", "Hilfen für Köln (neu).csv")
    (hze.raw / "hze.csv").rename(hze.raw / name)
    assert hze.spm("check", PARAMS).code == 0


@pytest.mark.slow
def test_letters_of_a_mac_are_the_same_letters(demo_project):
    hze = demo_project.only("hze")
    path = hze.raw / "hze.csv"
    text = unicodedata.normalize("NFD", path.read_text(encoding="utf-8-sig"))
    path.write_text(text, encoding="utf-8")
    outcome = hze.spm("check", PARAMS)
    assert (outcome.code, outcome.findings) == (0, [])


def test_a_path_outside_the_project(hze):
    hze.set("datei: hze.csv", "datei: ../../../params/kennzahlen.yml\n        format: csv")
    assert "führt aus dem Datenordner hinaus" in hze.refused().text


@pytest.mark.slow
def test_a_database_without_address(hze):
    hze.set("datei: hze.csv", "url_variable: SPM_FEHLT\n        abfrage: SELECT 1")
    assert "Die Umgebungsvariable SPM_FEHLT ist nicht gesetzt." in hze.refused().text


def test_nothing_is_written_where_nothing_can_be(hze):
    hze.processed.parent.mkdir(parents=True, exist_ok=True)
    hze.processed.write_text("keine Rechte", encoding="utf-8")
    outcome = hze.refused()
    assert "Schreiben oder Lesen ist nicht möglich" in outcome.text
    assert str(hze.processed) in outcome.text


# ------------------------------------------------------------------------------ sheets and columns


@pytest.mark.slow
def test_a_wrong_sheet(sgb2):
    sgb2.workbook("sgb2.xlsx", lambda book: setattr(book["Personen"], "title", "Personen 2024"))
    sgb2.refused().error(
        Datei="sgb2.xlsx",
        Blatt="Personen",
        **{
            "Was ist falsch?": "Das Blatt «Personen» gibt es nicht. Vorhanden sind: Personen 2024, "
            "Bedarfsgemeinschaften, Verweildauer. Gemeint ist vielleicht «Personen 2024»."
        },
    )


@pytest.mark.slow
def test_without_a_name_the_first_visible_sheet_is_read(demo_project):
    def hide_old_numbers(book):
        old = book.create_sheet("Alt", 0)
        old.sheet_state = "hidden"
        for row in book["Untersuchungen"].iter_rows(max_row=500, values_only=True):
            old.append(row)

    demo_project.few("schuleingang").workbook(EXCEL_FILE, hide_old_numbers)
    demo_project.set("        blatt: Untersuchungen\n", "")
    outcome = demo_project.spm("check", PARAMS)
    assert (outcome.code, outcome.findings) == (0, []), "2018 to 2023 are all there"


@pytest.mark.slow
def test_a_renamed_column(sgb2):
    sgb2.workbook("sgb2.xlsx", cell("Personen", "C4", "Kinder"))
    error = sgb2.refused().error(Blatt="Personen", Zeile=4, Spalte="unter 18 Jahre")
    assert error["Was ist falsch?"] == (
        "Die Spalte «unter 18 Jahre» fehlt. Bekannt sind: Berichtsmonat, Sozialraum, Kinder, "
        "darunter: unter 3 Jahre, NEF unter 15 Jahre."
    )


@pytest.mark.slow
def test_a_missing_column_is_reported_once(demo_project):
    demo_project.few("schuleingang").workbook(EXCEL_FILE, cell("Untersuchungen", "G1", "Spr."))
    outcome = demo_project.refused()
    assert [f["Spalte"] for f in outcome.findings] == ["Sprache"]


@pytest.mark.slow
def test_two_columns_of_one_name_need_a_choice(sgb2):
    def corrected(book):
        book["Personen"]["F4"] = "unter 18 Jahre"
        for row in range(5, 53):
            book["Personen"].cell(row, 6).value = 1

    sgb2.workbook("sgb2.xlsx", corrected)
    assert "steht über zwei verschiedenen Spalten" in sgb2.refused().text
    sgb2.set("unter 18 Jahre: {merkmal", "unter 18 Jahre (1): {merkmal")
    assert sgb2.spm("check", PARAMS).code == 0


# ------------------------------------------------------------------------------ cells


@pytest.mark.slow
@pytest.mark.parametrize(
    ("row", "column", "value", "was"),
    [
        ("9;2018;ambulant;16", "Sozialraum", "9", "Der Raum ist unbekannt."),
        ("1;2017;ambulant;16", "Jahr", "2017", "außerhalb der Zeitreihe 2018 bis 2023"),
        ("1;2018;ambulant;zehn", "Hilfen unter 18", "zehn", "steht Text"),
        ("1;2018;ambulant;NaN", "Hilfen unter 18", "NaN", "steht Text"),
        ("1;2018;ambulant;inf", "Hilfen unter 18", "inf", "steht Text"),
        ("1;2018;ambulant;-16", "Hilfen unter 18", "-16", "Die Anzahl ist negativ."),
        ("1;2018;ambulant;1,5", "Hilfen unter 18", "1,5", "hat Nachkommastellen"),
        ("1;2018;ambulant;1000000000000", "Hilfen unter 18", "1000000000000", "unmöglich groß"),
        ("1;2018;ambulantt;16", "Hilfeart", "ambulantt", "Gemeint ist vielleicht «ambulant»."),
        ("1;2018;ambulant", None, None, "Die Zeile hat 3 statt 4 Felder."),
        ('1;2018;"ambulant;16', None, None, "öffnet ein Anführungszeichen einen Text"),
    ],
)
def test_a_wrong_cell_of_a_csv_file(hze, row, column, value, was):
    hze.edit(hze.raw / "hze.csv", HZE, row, "utf-8-sig")
    outcome = hze.refused()
    error = outcome.error(Art="Fehler", Datei="hze.csv", Spalte=column, Wert=value)
    assert error["Zeile"] == 2 or "In Zeile 2 " in error["Was ist falsch?"]
    assert was in error["Was ist falsch?"] and was in outcome.text
    assert error["Was ist zu tun?"] in outcome.text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("value", "shown", "was"),
    [
        ("k. A.", "k. A.", "steht Text"),
        (-3, "-3", "negativ"),
        (0.1664, "0,1664", "Nachkommastellen"),
        (1e300, None, "unmöglich groß"),
        (True, "WAHR", "steht Text"),
        (dt.datetime(2023, 1, 5), "2023-01-05", "steht Text"),
        ("#DIV/0!", "#DIV/0!", "zeigt einen Fehler"),
        ("=B5+C6", "(Formel ohne Ergebnis)", "kein gespeichertes Ergebnis"),
    ],
)
def test_a_wrong_cell_of_a_workbook(sgb2, value, shown, was):
    sgb2.workbook("sgb2.xlsx", cell("Personen", "C5", value))
    error = sgb2.refused().error(Blatt="Personen", Zeile=5, Spalte="unter 18 Jahre")
    assert was in error["Was ist falsch?"]
    assert shown in (None, error["Wert"])


@pytest.mark.slow
def test_dates_in_a_column_of_years(demo_project):
    change = cell("Untersuchungen", "B2", dt.datetime(2018, 5, 3))
    demo_project.few("schuleingang").workbook(EXCEL_FILE, change)
    assert demo_project.spm("check", PARAMS).code == 0, "the year of the date"

    def as_dates(book):
        for row in range(2, 50):
            book["Untersuchungen"].cell(row, 2).number_format = "dd.mm.yyyy"

    demo_project.workbook(EXCEL_FILE, as_dates)
    demo_project.refused().error(Spalte="Untersuchungsjahr", Wert="1905")


@pytest.mark.slow
def test_an_area_that_is_missing_elsewhere_is_no_misspelling(demo_project):
    demo_project.few("einwohner")
    path = demo_project.raw / "einwohner.csv"
    demo_project.edit(path, "Sozialraum 1;", "Sozialraum 8;", "cp1252")
    outcome = demo_project.refused()
    outcome.error(Zeile=4, Spalte="Sozialraum", Wert="Sozialraum 8")
    assert "Gemeint ist" not in outcome.text and "Bekannt sind: 1, 2, 3" in outcome.text


# ------------------------------------------------------------------------------ several rows


@pytest.mark.slow
@pytest.mark.parametrize("again", [HZE, "1;2018;ambulant;17"], ids=["row", "area"])
def test_the_same_row_or_area_twice(hze, again):
    hze.edit(hze.raw / "hze.csv", HZE, f"{HZE}\r\n{again}", "utf-8-sig")
    error = hze.refused().error(Datei="hze.csv", Zeile=3)
    assert "steht schon in Zeile 2" in error["Was ist falsch?"]


@pytest.mark.slow
def test_the_same_child_twice(demo_project):
    change = cell("Untersuchungen", "A3", "K10002")
    demo_project.few("schuleingang").workbook(EXCEL_FILE, change)
    outcome = demo_project.refused()
    outcome.error(Blatt="Untersuchungen", Zeile=2, Spalte="Lfd. Nr.", Wert=None)
    assert "K10002" not in outcome.text, "a check report names no child"


@pytest.mark.slow
def test_two_deliveries_of_the_same_counts(hze):
    text = hze.params.read_text(encoding="utf-8")
    twin = text.split("\nlieferungen:\n")[1].replace("  hze:", "  hze_alt:", 1)
    for path in sorted(hze.raw.glob("hze*.csv")):
        twin = twin.replace(path.name, f"alt-{path.name}")
        shutil.copyfile(path, hze.raw / f"alt-{path.name}")
    hze.params.write_text(text + twin, encoding="utf-8")
    error = hze.refused().error(Lieferung="hze_alt", Zeile=2)
    assert "«hze.csv» (Lieferung hze)" in error["Was ist falsch?"]


@pytest.mark.slow
def test_two_deliveries_of_the_same_file(hze):
    """No office can mend that."""
    text = hze.params.read_text(encoding="utf-8")
    twin = text.split("\nlieferungen:\n")[1].replace("  hze:", "  hze_alt:", 1)
    hze.params.write_text(text + twin, encoding="utf-8")
    error = hze.refused().error(Lieferung="Params-Datei", Spalte="lieferungen: hze und hze_alt")
    assert "«hze.csv» ist in zwei Tabellen zugeordnet" in error["Was ist falsch?"]


@pytest.mark.slow
def test_parts_above_their_total(demo_project):
    change = cell("Haushaltstypen", "B6", 99_999)
    demo_project.few("haushalte").workbook("haushalte.xlsx", change)
    error = demo_project.refused().error(Datei="haushalte.xlsx", Blatt="Haushaltstypen", Zeile=13)
    assert "größer als die Gesamtzahl 6452" in error["Was ist falsch?"]


@pytest.mark.slow
def test_a_numerator_above_its_denominator(demo_project):
    change = cell("Abgänge und Förderbedarf", "D6", 60)
    demo_project.few("schule").workbook("schule.xlsx", change)
    error = demo_project.refused().error(Datei="schule.xlsx", Wert="60")
    assert "60 von 53 (Jahr 2018, Raum 1)" in error["Was ist falsch?"]


@pytest.mark.slow
def test_a_quotation_mark_swallows_no_rows_even_in_a_column_nobody_reads(hze):
    head, *rows = (hze.raw / "hze.csv").read_text(encoding="utf-8-sig").splitlines()
    rows = [f"{row};" for row in rows if not row.startswith("Hinweis")]
    rows[3] += '"siehe Akte'
    rows[9] += '3 Zoll"'
    text = "\n".join([f"{head};Bemerkung", *rows])
    (hze.raw / "hze.csv").write_text(text, encoding="utf-8")
    assert "In Zeile 5 öffnet ein Anführungszeichen" in hze.refused().text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("delivery", "old", "new", "note"),
    [
        ("schule", "blatt: Übergänge", "blatt: Übergänge\n        nur: {Schulform: [Gymnasium, "
         "Realschle]}", "Der Wert «Realschle» unter nur kommt in der Spalte nicht vor."),
        ("hze", 'ende: "Hinweis"', 'ende: "3"', "danach stehen aber noch gefüllte Zeilen"),
    ],
)  # fmt: skip
def test_a_mapping_that_loses_rows_is_noted(demo_project, delivery, old, new, note):
    demo_project.only(delivery).set(old, new)
    outcome = demo_project.spm("prepare", PARAMS)
    assert outcome.code == 0
    found = [finding["Was ist falsch?"] for finding in outcome.findings]
    # Where the rows of whole areas are lost, that is told, too.
    assert any(note in one for one in found) and len(found) == (2 if delivery == "hze" else 1)


@pytest.mark.slow
def test_numbers_of_typed_sources(hze):
    table = pd.DataFrame({"Sozialraum": list("1234567"), "Jahr": 2018, "Hilfeart": "ambulant"})
    hze.set("datei: hze.csv", "datei: hze.parquet")
    table.assign(**{"Hilfen unter 18": [float("inf"), 1e18, *[2.0] * 5]}).to_parquet(
        hze.raw / "hze.parquet"
    )
    found = {(f["Zeile"], f["Wert"]) for f in hze.refused().findings if f["Art"] == "Fehler"}
    assert found == {(1, "inf"), (2, "1000000000000000000")}


# ------------------------------------------------------------------------------ chapters


@pytest.mark.slow
def test_an_unknown_indicator_names_the_nearest_with_chapter_and_cell(project):
    report = project / REPORT
    report.mkdir(parents=True)
    (report / "alt.txt").write_text(OLD_REPORT, encoding="utf-8")
    keep_deliveries(project, "sgb2")
    keep_chapters(project, "03-sgb2")
    change_notebook(project / "notebooks/03-sgb2.ipynb", 'kapitel.karte("sgb2_quote_u81")')
    cells = len(nbformat.read(project / "notebooks/03-sgb2.ipynb", as_version=4).cells)
    result = run_spm("build", PARAMS, cwd=project)
    assert result.returncode == 1 and "Traceback" not in result.stderr
    assert "Es gibt keine Kennzahl «sgb2_quote_u81»" in result.stderr
    assert "Gemeint ist vielleicht «sgb2_quote_u18»" in result.stderr
    assert f"03-sgb2.ipynb, Zelle {cells}" in result.stderr
    assert [p.name for p in report.rglob("*")] == ["alt.txt"]
