"""Title rows, merged headers, blank rows and footers."""

import xlsxwriter

from spm.rawfiles.grid import join_header
from tests.deliveries_example import LONG, counts, errors, read, read_text


def test_upper_levels_are_filled_to_the_right():
    upper = ["Sozialraum", "2020", "", "2021", ""]
    lower = ["", "Mädchen", "Jungen", "Mädchen", "Jungen"]
    assert join_header([upper, lower], 5) == [
        "Sozialraum",
        "2020 | Mädchen",
        "2020 | Jungen",
        "2021 | Mädchen",
        "2021 | Jungen",
    ]


def test_a_merged_cell_ends_where_a_level_above_begins():
    rows = [["2020", "", "2021", ""], ["alle", "", "", ""], ["m", "w", "m", "w"]]
    assert join_header(rows, 4) == ["2020 | alle | m", "2020 | alle | w", "2021 | m", "2021 | w"]


def test_blanks_are_collapsed_and_repeated_or_missing_names_become_unique():
    assert join_header([["Kinder\n unter 3", "", "Zahl", " Zahl "]], 4) == [
        "Kinder unter 3",
        "Spalte 2",
        "Zahl",
        "Zahl (2)",
    ]


def test_a_workbook_with_title_merged_header_blank_row_and_footer(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "kinder.xlsx") as book:
        page = book.add_worksheet("Tabelle")
        page.write(0, 0, "Kinder nach Alter")
        page.write_row(2, 0, ["Sozial-\nraum"])
        page.merge_range(2, 1, 2, 2, "2020")
        page.merge_range(2, 3, 2, 4, "2021")
        page.write_row(3, 1, ["unter 3", "3 bis unter 6"] * 2)
        page.write_row(4, 0, ["Altstadt", 1, 2, 3, 4])
        page.write_row(6, 0, ["Neustadt", 5, 6, 7, "acht"])
        page.write_row(7, 0, ["Hafen", 9, 10, 11, 12])
        page.write_row(8, 0, ["Quelle: Einwohnermeldeamt"])
    cells = {
        f"{year} | {age}": {"jahr": str(year), "alter": age}
        for year in (2020, 2021)
        for age in ("unter 3", "3 bis unter 6")
    }
    table = {
        "datei": "kinder.xlsx",
        "kopfzeilen": [3, 4],
        "ende": "Quelle",
        "konstanten": {"merkmal": "kinder"},
        "spalten": {"raum": "Sozial- raum"},
        "entpivotieren": cells,
    }
    facts, findings = read(tmp_path, table, years=(2020, 2021))
    (error,) = errors(findings)
    place = (error.blatt, error.zeile, error.spalte, error.wert)
    assert place == ("Tabelle", 7, "2021 | 3 bis unter 6", "acht")
    by_cell = counts(facts, "raum", "jahr", "alter_von", "alter_bis")
    assert by_cell["1", 2020, 0, 2] == 1
    assert by_cell["3", 2021, 3, 5] == 12
    assert by_cell["2", 2021, 3, 5] is None


def test_rows_and_columns_are_counted_from_the_corner_of_the_sheet(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "kinder.xlsx") as book:
        page = book.add_worksheet()
        page.write_row(2, 1, ["", "Jahr", "Anzahl"])
        page.write_row(3, 1, ["Altstadt", 2020, "acht"])
    mapping = {
        "datei": "kinder.xlsx",
        "kopfzeilen": [3],
        "spalten": LONG["spalten"] | {"raum": "Spalte 2"},
    }
    _, findings = read(tmp_path, LONG | mapping)
    (error,) = errors(findings)
    assert (error.zeile, error.spalte) == (4, "Anzahl")


def test_rows_are_chosen_dropped_and_filled_down(tmp_path):
    text = "Jahr;Raum;Art;Anzahl\n2020;1;alle;1\n;2;alle;2\n;3;alle;3\n;3;Heim;9\n;Summe;alle;6\n"
    mapping = {"auffuellen": ["Jahr"], "nur": {"Art": ["alle"]}, "ohne": {"Raum": ["Summe"]}}
    facts, findings = read_text(tmp_path, text, **mapping)
    assert counts(facts, "raum", "jahr") == {("1", 2020): 1, ("2", 2020): 2, ("3", 2020): 3}
    assert findings == []


def test_a_filter_that_leaves_nothing_is_an_error(tmp_path):
    _, findings = read_text(tmp_path, "Raum;Jahr;Anzahl\n1;2020;1\n", nur={"Raum": ["7"]})
    assert [e.was for e in errors(findings)] == ["Keine Zeile bleibt übrig."]


def test_a_filter_on_a_missing_column_is_an_error(tmp_path):
    _, findings = read_text(tmp_path, "Raum;Jahr;Anzahl\n1;2020;1\n", nur={"Art": ["alle"]})
    (error,) = errors(findings)
    assert error.was.startswith("Die Spalte «Art» fehlt.")
    assert "nur in der Params-Datei" in error.tun


def test_two_tables_of_one_delivery_are_read_together(tmp_path):
    for year in (2020, 2021):
        text = f"Raum;Anzahl\n1;{year}\n2;{year}\n3;{year}\n"
        (tmp_path / f"{year}.csv").write_text(text, encoding="utf-8")
    spalten = {"raum": "Raum", "anzahl": "Anzahl"}
    tables = [
        LONG
        | {"datei": f"{year}.csv", "spalten": spalten}
        | {"konstanten": {"merkmal": "kinder", "jahr": str(year)}}
        for year in (2020, 2021)
    ]
    facts, findings = read(tmp_path, *tables, years=(2020, 2021))
    assert counts(facts, "raum", "jahr")["3", 2021] == 2021
    assert findings == []
