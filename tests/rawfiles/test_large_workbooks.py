"""Workbooks that would not end: far cells, repeated rows, packed zeros; SPM goes on."""

import re
import resource
import time
import zipfile

import openpyxl
import pytest

from spm.foreign import helper
from tests.deliveries_example import LONG, counts, errors, read
from tests.workbook_example import rewrite, write_ods

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    """A third of the time that a file usually gets: here it only passes."""
    ask = helper._Helper.ask

    def asked(self, target, arguments, seconds):
        return ask(self, target, arguments, seconds / 3)

    monkeypatch.setattr(helper._Helper, "ask", asked)


def write(path, cell=None):
    book = openpyxl.Workbook()
    book.active.title = "Kinder"
    for row in (["Raum", "Jahr", "Anzahl"], [1, 2020, 10], [2, 2020, 20], [3, 2020, 30]):
        book.active.append(row)
    if cell:
        book.active[cell] = "x"
    book.save(path)
    return path


def rewritten(path, part, change):
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    content[part] = change(content[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)


def refused(tmp_path, name):
    began = time.monotonic()
    _, findings = read(tmp_path, LONG | {"datei": name})
    assert time.monotonic() - began < 30, "ten seconds of an idle machine"
    (error,) = errors(findings)
    assert error.tun
    return error.was


@pytest.mark.slow
@pytest.mark.parametrize("cell", ["XFD1048576", "XFD20000", "CV1048576"])
def test_a_cell_far_away_is_refused_with_its_sheet(tmp_path, cell):
    write(tmp_path / "kinder.xlsx", cell)
    assert f"das Blatt «Kinder» reicht bis zur Zelle {cell}" in refused(tmp_path, "kinder.xlsx")


@pytest.mark.slow
def test_a_sheet_that_is_only_long_is_read(tmp_path):
    write(tmp_path / "kinder.xlsx", "C20000")
    facts, _ = read(tmp_path, LONG | {"datei": "kinder.xlsx", "ende": "x"})
    assert counts(facts, "raum")["3"] == 30


@pytest.mark.slow
@pytest.mark.parametrize("repeated", [16_000, 2_000_000_000])
def test_rows_that_come_again_and_again_are_refused(tmp_path, repeated):
    rows = [["Raum", "Jahr", "Anzahl"], [1, 2020, 10]]
    again = f'table:number-{{}}-repeated="{repeated}"'
    path = write_ods(tmp_path / "kinder.ods", rows)
    last = "</table:table-row><table:table-row>"
    rewrite(
        path,
        "content.xml",
        lambda text: text.replace(last, f"{last[:-1]} {again.format('rows')}>").replace(
            "<table:table-cell", f"<table:table-cell {again.format('columns')}"
        ),
    )
    assert "Die " in refused(tmp_path, "kinder.ods")  # some are refused by the reader itself


@pytest.mark.slow
def test_a_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path):
    path = write(tmp_path / "kinder.xlsx")
    rewritten(path, SHEET, lambda xml: xml + b" " * 600_000_000)
    assert path.stat().st_size < 1_000_000
    assert "entpackt größer" in refused(tmp_path, "kinder.xlsx")


@pytest.mark.slow
def test_merged_cells_of_a_whole_sheet_cost_only_the_hints(tmp_path):
    """openpyxl makes a cell of each; what they hide cannot be found out, and that is told."""
    path = write(tmp_path / "kinder.xlsx")
    merged = b'<mergeCells count="1"><mergeCell ref="E1:XFD1048576"/></mergeCells><pageMargins'
    rewritten(path, SHEET, lambda xml: re.sub(rb"<pageMargins", merged, xml, count=1))
    facts, findings = read(tmp_path, LONG | {"datei": "kinder.xlsx"})
    assert counts(facts, "raum") == {"1": 10, "2": 20, "3": 30}
    assert any("lässt sich an dieser Datei (zu groß) nicht feststellen" in f.was for f in findings)


def test_the_helper_is_started_again_and_has_its_limits(monkeypatch):
    with pytest.raises(helper.GaveUp):
        helper.call("os:abort")
    assert helper.call("resource:getrlimit", resource.RLIMIT_AS)[0] == helper.MEMORY
    with pytest.raises(helper.GaveUp, match="in vertretbarer Zeit"):
        helper.call("math:factorial", 3_000_000, seconds=0.2)
    with pytest.raises(helper.GaveUp, match="Arbeitsspeicher"):
        helper.call("builtins:bytes", 2_000_000_000)
    assert helper.call("os:getpid") != helper.call("os:getppid")
