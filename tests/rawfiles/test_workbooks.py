"""What a workbook shows differs from its cells' values: understood or reported, in every format."""

import datetime as dt
import re

import openpyxl
import pytest
import xlsxwriter
import xlwt

from spm.rawfiles.workbooks.formats import Meaning, meaning, names_year
from tests.deliveries_example import LONG, counts, errors, only_error, read
from tests.workbook_example import rewrite, write_ods

ROWS = [["Raum", "Jahr", "Anzahl"], [1, 2020, 60], [2, 2020, 40], [3, 2020, 30]]
SHEET = "xl/worksheets/sheet1.xml"


def xlsx(folder, change=lambda book, page: None, rows=ROWS):
    """Write kinder.xlsx; ``change`` gets xlsxwriter's workbook and sheet."""
    with xlsxwriter.Workbook(folder / "kinder.xlsx") as book:
        page = book.add_worksheet("Kinder")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        change(book, page)


def xls(folder, change, rows=ROWS):
    """Write kinder.xls; ``change`` gets xlwt's sheet before the numbers are written."""
    book = xlwt.Workbook()
    page = book.add_sheet("Kinder", cell_overwrite_ok=True)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            page.write(number, column, value)
    change(page)
    book.save(str(folder / "kinder.xls"))


def computed(text):
    """A workbook.xml without the wish that everything be computed anew."""
    return text.replace(' fullCalcOnLoad="1"', "")


def found(folder, name, **mapping):
    return read(folder, LONG | {"datei": name} | mapping)


def notes(findings):
    return [f for f in findings if f.schwere == "Hinweis" and "fehlt" not in f.was]


def test_a_plain_workbook_says_nothing(tmp_path):
    xlsx(tmp_path)
    xls(tmp_path, lambda page: None)
    write_ods(tmp_path / "kinder.ods", ROWS)
    for name in ("kinder.xlsx", "kinder.xls", "kinder.ods"):
        facts, findings = found(tmp_path, name)
        assert (counts(facts, "raum"), findings) == ({"1": 60, "2": 40, "3": 30}, []), name


def test_a_stored_zero_is_no_result_if_the_workbook_waits_to_be_computed(tmp_path):
    xlsx(tmp_path, lambda book, page: page.write_formula("C2", "=50+10"))
    error = only_error(found(tmp_path, "kinder.xlsx")[1])
    assert error.was.startswith("Die Formel hat kein gespeichertes Ergebnis")
    assert (error.zeile, error.wert) == (2, "(Formel ohne Ergebnis)")


def test_a_stored_result_is_used_and_perhaps_outdated(tmp_path):
    xlsx(tmp_path, lambda book, page: page.write_formula("C2", "=50+10", value=60))
    facts, findings = found(tmp_path, "kinder.xlsx")
    assert counts(facts, "raum")["1"] == 60
    assert "vielleicht veraltet" in notes(findings)[0].was
    rewrite(tmp_path / "kinder.xlsx", "xl/workbook.xml", computed)
    assert not found(tmp_path, "kinder.xlsx")[1]


def test_a_computed_zero_is_a_zero(tmp_path):
    xlsx(tmp_path, lambda book, page: page.write_formula("C2", "=50-50", value=0))
    rewrite(tmp_path / "kinder.xlsx", "xl/workbook.xml", computed)
    facts, findings = found(tmp_path, "kinder.xlsx")
    assert (counts(facts, "raum")["1"], findings) == (0, [])


def test_a_formula_without_any_result_is_an_error_everywhere(tmp_path):
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active["C2"] = "=50+10"
    book.save(tmp_path / "kinder.xlsx")
    xls(tmp_path, lambda page: page.write(1, 2, xlwt.Formula("50+10")))
    formula = '<table:table-cell table:formula="of:=50+10"/>'
    write_ods(tmp_path / "kinder.ods", [ROWS[0], [1, 2020, formula], *ROWS[2:]])
    for name in ("kinder.xlsx", "kinder.xls", "kinder.ods"):
        error = only_error(found(tmp_path, name)[1])
        assert error.was.startswith("Die Formel hat kein"), name
        assert error.zeile == 2


def test_error_cells_are_errors_everywhere(tmp_path):
    xlsx(tmp_path, lambda book, page: page.write_formula("C2", "=1/0", value="#DIV/0!"))
    write_ods(
        tmp_path / "kinder.ods",
        [
            ROWS[0],
            [1, 2020, '<table:table-cell table:formula="of:=1/0" office:value-type="string" '
             'office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p>'
             "</table:table-cell>"],
            *ROWS[2:],
        ],
    )  # fmt: skip
    xls(tmp_path, lambda page: page.row(1).set_cell_error(2, "#DIV/0!"))
    for name in ("kinder.xlsx", "kinder.ods", "kinder.xls"):
        error = only_error(found(tmp_path, name)[1])
        assert error.was == "Die Zelle zeigt einen Fehler der Tabellenkalkulation.", name
        assert (error.zeile, error.wert) == (2, "#DIV/0!"), name


def test_cells_without_addresses_are_counted(tmp_path):
    xlsx(tmp_path, lambda book, page: page.write_formula("C3", "=1/0", value="#N/A"))
    rewrite(tmp_path / "kinder.xlsx", SHEET, lambda t: re.sub(r' r="[A-Z]*\d+"', "", t))
    error = only_error(found(tmp_path, "kinder.xlsx")[1])
    assert (error.zeile, error.wert) == (3, "#N/A")


def test_a_number_for_two_areas_is_booked_to_none(tmp_path):
    xlsx(tmp_path, lambda book, page: page.merge_range("C3:C4", 70))
    xls(tmp_path, lambda page: page.merge(2, 3, 2, 2), [*ROWS[:2], [2, 2020, 70], [3, 2020]])
    spanned = (
        '<table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="1" '
        'office:value-type="float" office:value="70"><text:p>70</text:p></table:table-cell>'
    )
    covered = "<table:covered-table-cell/>"
    write_ods(tmp_path / "kinder.ods", [*ROWS[:2], [2, 2020, spanned], [3, 2020, covered]])
    for name in ("kinder.xlsx", "kinder.xls", "kinder.ods"):
        facts, findings = found(tmp_path, name)
        error = only_error(findings)
        assert "verbundenen Zelle" in error.was and "C3:C4" in error.wert, name
        assert counts(facts, "raum") == {"1": 60, "2": None, "3": None}


def test_a_number_for_two_columns_is_booked_to_none(tmp_path):
    rows = [["Raum", "unter 3", "3 bis 5"], [1, 10, 20], [2, 30, 40], [3, 50, 60]]
    xlsx(tmp_path, lambda book, page: page.merge_range("B3:C3", 70), rows)
    table = {
        "datei": "kinder.xlsx",
        "spalten": {"raum": "Raum"},
        "konstanten": {"merkmal": "kinder", "jahr": "2020"},
        "entpivotieren": {"unter 3": {"alter": "0-2"}},
    }
    assert "B3:C3" in only_error(read(tmp_path, table)[1]).wert


def test_merged_keys_count_for_all_their_rows(tmp_path):
    rows = [["Raum", "Jahr", "Art", "Anzahl"], *([k, 2020, a, 5] for k in "123" for a in "xy")]

    def merge(book, page):
        for top in (1, 3, 5):
            page.merge_range(top, 0, top + 1, 0, (top + 1) // 2)
        page.merge_range(1, 1, 6, 1, 2020)

    xlsx(tmp_path, merge, rows)
    facts, findings = found(
        tmp_path, "kinder.xlsx", spalten=LONG["spalten"] | {"auspraegung": "Art"}
    )
    assert findings == []
    assert set(counts(facts, "raum", "auspraegung")) == {(k, a) for k in "123" for a in "xy"}


def test_merged_cells_of_a_title_or_a_layout_do_no_harm(tmp_path):
    rows = [["Kinder 2020"], ["Raum", "Jahr", "", "Anzahl"], *([k, 2020, "", 5] for k in "123")]

    def merge(book, page):
        page.merge_range("A1:D1", "Kinder 2020")
        page.merge_range("D3:E3", 5)

    xlsx(tmp_path, merge, rows)
    facts, findings = found(tmp_path, "kinder.xlsx", kopfzeilen=[2])
    assert (counts(facts, "raum"), findings) == ({"1": 5, "2": 5, "3": 5}, [])


def test_hidden_rows_are_told_wherever_they_are_used(tmp_path):
    def hide(book, page):
        page.autofilter("A1:C4")
        page.filter_column("A", "x != 2")
        page.set_row(2, None, None, {"hidden": True})

    xlsx(tmp_path, hide)
    xls(tmp_path, lambda page: setattr(page.row(2), "hidden", True))
    write_ods(tmp_path / "kinder.ods", ROWS, hidden=[3])
    for name in ("kinder.xlsx", "kinder.xls", "kinder.ods"):
        facts, findings = found(tmp_path, name)
        (note,) = notes(findings)
        assert note.was.startswith("Ausgeblendete Zeilen") and note.zeile == 3, name
        assert counts(facts, "raum")["2"] == 40
        assert not notes(found(tmp_path, name, ohne={"Raum": ["2"]})[1]), name


def test_hidden_columns_and_sheets_are_told(tmp_path):
    xlsx(tmp_path, lambda book, page: page.set_column("C:C", None, None, {"hidden": True}))
    (note,) = notes(found(tmp_path, "kinder.xlsx")[1])
    assert (note.spalte, "ausgeblendet" in note.was) == ("Anzahl", True)
    xls(tmp_path, lambda page: setattr(page.col(2), "hidden", True))
    assert notes(found(tmp_path, "kinder.xls")[1])[0].spalte == "Anzahl"

    def cover(book, page):
        book.add_worksheet("Anderes").activate()
        page.hide()

    xlsx(tmp_path, cover)
    (note,) = notes(found(tmp_path, "kinder.xlsx", blatt="Kinder")[1])
    assert note.was == "Das Tabellenblatt ist ausgeblendet."
    write_ods(tmp_path / "kinder.ods", ROWS, sheet='table:name="K" table:style-name="weg"')
    assert notes(found(tmp_path, "kinder.ods", blatt="K")[1])[0].was == note.was


def test_a_raised_footnote_is_no_digit(tmp_path):
    def raised(book, page):
        high = book.add_format({"font_script": 1})
        page.write_rich_string("C2", "60", high, "1")

    xlsx(tmp_path, raised)
    high = xlwt.easyfont("escapement superscript")
    xls(tmp_path, lambda page: page.write_rich_text(1, 2, ("60", ("1", high))))
    rich = (
        '<table:table-cell office:value-type="string"><text:p>60'
        '<text:span text:style-name="hoch">1</text:span></text:p></table:table-cell>'
    )
    write_ods(tmp_path / "kinder.ods", [ROWS[0], [1, 2020, rich], *ROWS[2:]])
    for name in ("kinder.xlsx", "kinder.xls", "kinder.ods"):
        facts, findings = found(tmp_path, name)
        assert counts(facts, "raum")["1"] == 60, name
        assert "«601» ist als «60» gelesen" in notes(findings)[0].was


def test_a_percent_cell_is_no_count(tmp_path):
    xlsx(tmp_path, lambda book, page: page.write("C2", 0.6, book.add_format({"num_format": 10})))
    xls(tmp_path, lambda page: page.write(1, 2, 0.6, xlwt.easyxf(num_format_str="0.0%")))
    percent = (
        '<table:table-cell office:value-type="percentage" office:value="0.6"><text:p>60,0 %'
        "</text:p></table:table-cell>"
    )
    write_ods(tmp_path / "kinder.ods", [ROWS[0], [1, 2020, percent], *ROWS[2:]])
    for name in ("kinder.xlsx", "kinder.xls", "kinder.ods"):
        error = only_error(found(tmp_path, name)[1])
        assert (error.was, error.wert) == ("In einer Zahlenspalte steht ein Prozentwert.", "60 %")
        facts, findings = found(tmp_path, name, faktor={"Anzahl": 1.5})
        assert (counts(facts, "raum")["1"], errors(findings)) == (90, []), name


def test_a_number_behind_a_mask_is_never_printed(tmp_path):
    mask = {"num_format": '[<50]"x";0'}
    xlsx(tmp_path, lambda book, page: page.write("C3", 41, book.add_format(mask)))
    error = only_error(found(tmp_path, "kinder.xlsx")[1])
    assert error.was.startswith("Das Zahlenformat verdeckt die Zahl")
    assert "41" not in str(error)
    xls(tmp_path, lambda page: page.write(2, 2, 41, xlwt.easyxf(num_format_str='"geheim"')))
    assert "verdeckt" in only_error(found(tmp_path, "kinder.xls")[1]).was


def test_a_zero_that_nobody_sees_is_told(tmp_path):
    xlsx(tmp_path, lambda book, page: page.write("C3", 0, book.add_format({"num_format": "0;-0;"})))
    facts, findings = found(tmp_path, "kinder.xlsx")
    assert counts(facts, "raum")["2"] == 0
    assert "zeigen nichts und enthalten eine 0" in notes(findings)[0].was


def test_a_date_that_shows_a_month_is_told(tmp_path):
    def month(book, page):
        page.write_datetime("B2", dt.datetime(2020, 3, 1), book.add_format({"num_format": "mmmm"}))

    xlsx(tmp_path, month)
    assert notes(found(tmp_path, "kinder.xlsx")[1])[0].was.startswith(
        "Zellen zeigen ein Datum ohne"
    )


def test_what_excel_made_a_date_is_no_group(tmp_path):
    def date(book, page):
        page.write_datetime(
            "D2", dt.datetime(2020, 5, 3), book.add_format({"num_format": "d. mmm"})
        )

    xlsx(tmp_path, date, [[*row, "Art" if row is ROWS[0] else "3-6"] for row in ROWS])
    spalten = LONG["spalten"] | {"auspraegung": "Art"}
    assert "ein Datum" in only_error(found(tmp_path, "kinder.xlsx", spalten=spalten)[1]).was


def test_entities_in_a_workbook_are_not_followed(tmp_path):
    write_ods(tmp_path / "kinder.ods", ROWS)
    rewrite(
        tmp_path / "kinder.ods",
        "content.xml",
        lambda t: t.replace("?>", '?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>', 1),
    )
    was = [f.was for f in found(tmp_path, "kinder.ods")[1]]
    assert "eigene Definitionen (DOCTYPE" in was[0]


@pytest.mark.parametrize(
    ("pattern", "number", "expected"),
    [
        ("#,##0", 12345, Meaning.PLAIN),
        ("0.0%", 0.171, Meaning.PERCENT),
        ('0"%"', 17, Meaning.PLAIN),
        ("0,", 12000, Meaning.SCALED),
        ('#,##0,,"Mio"', 12e6, Meaning.SCALED),
        ('0;-0;"-"', 0, Meaning.PLAIN),
        ('0;-0;"."', 0, Meaning.MASKED),
        (";;;", 3, Meaning.EMPTY),
        ('[<3]".";0', 2, Meaning.MASKED),
        ('[<3]".";0', 3, Meaning.PLAIN),
        ('[Red]0;[Blue]"x"', -2, Meaning.MASKED),
        ('0"00"', 12, Meaning.MASKED),
        ('0" r"', 12, Meaning.PLAIN),
        ('"a;b"0', 12, Meaning.PLAIN),
        ("dd.mm.yyyy", 45000, Meaning.PLAIN),
    ],
)
def test_number_formats(pattern, number, expected):
    assert meaning(pattern, number)[0] is expected


def test_dates_with_and_without_a_year():
    assert [names_year(p) for p in ("dd.mm.yyyy", "mmm yy", "mmmm", 'd. mmmm "yy"')] == [
        True,
        True,
        False,
        False,
    ]
