"""Files that another program holds open: a system that refuses is simulated."""

import errno
import os

import pytest

from spm.config.params import load_params
from spm.errors import SpmError
from spm.faults import explained
from spm.release.replacing import beside, replace_text, swap
from spm.system import files
from tests.build.small import make


@pytest.fixture
def windows(monkeypatch):
    """Replaces no file that is open; waits, but in no time. Names whoever is open."""
    opened, waited = set(), []
    replace, rename, unlink = os.replace, os.rename, os.unlink

    def refusing(act):
        def call(*paths, **options):
            for path in map(str, paths):
                if any(one == path or one.startswith(path + os.sep) for one in opened):
                    refused = PermissionError(errno.EACCES, "Zugriff verweigert", *map(str, paths))
                    refused.winerror = 5
                    raise refused
            return act(*paths, **options)

        return call

    monkeypatch.setattr(files.os, "replace", refusing(replace))
    monkeypatch.setattr(files.os, "rename", refusing(rename))
    monkeypatch.setattr("os.unlink", refusing(unlink))
    monkeypatch.setattr(files, "must_wait", lambda: True)
    monkeypatch.setattr(files.time, "sleep", waited.append)
    return opened, waited


def test_a_workbook_that_is_open_in_excel_is_named(windows, tmp_path):
    opened, _ = windows
    table = tmp_path / "pruefprotokoll.xlsx"
    table.write_text("alt", encoding="utf-8")
    (tmp_path / "~$pruefprotokoll.xlsx").touch()
    opened.add(str(table))
    with pytest.raises(SpmError) as caught:
        replace_text(table, "neu")
    told = caught.value
    assert told.was == "«pruefprotokoll.xlsx» ist in Excel geöffnet und lässt sich nicht ersetzen."
    assert told.wo == str(table)
    assert told.tun == "Bitte dort schließen und den Befehl wiederholen."
    assert table.read_text(encoding="utf-8") == "alt"
    assert not list(tmp_path.glob("*.part"))


def test_one_without_a_lock_may_be_open_anywhere(windows, tmp_path):
    opened, waited = windows
    page = tmp_path / "bericht.pdf"
    page.touch()
    opened.add(str(page))
    for act in (lambda: replace_text(page, "neu"), lambda: files.remove(page)):
        with pytest.raises(SpmError, match=r"in einem anderen Programm geöffnet .*PDF-Betrachter"):
            act()
    assert sum(waited) > 5, "a virus scanner is done by then, twice"


def test_a_file_that_is_held_for_a_moment_is_replaced(windows, tmp_path, monkeypatch):
    opened, _ = windows
    page = tmp_path / "bericht.pdf"
    page.touch()
    opened.add(str(page))
    monkeypatch.setattr(files.time, "sleep", lambda seconds: opened.clear())
    replace_text(page, "neu")
    assert page.read_text(encoding="utf-8") == "neu"


def test_an_open_page_keeps_the_old_report_whole(windows, tmp_path):
    opened, _ = windows
    params = load_params(make(tmp_path / "projekt") / "params/kleinau.yml")
    new, old = beside(params, "neu"), params.report_folder
    for folder, text in ((old, "alt"), (new, "neu")):
        folder.mkdir(parents=True)
        (folder / "kleinau.pdf").write_text(text, encoding="utf-8")
    opened.add(str(old / "kleinau.pdf"))
    with pytest.raises(SpmError, match="Der alte Bericht lässt sich nicht ersetzen") as caught:
        swap(new, params)
    assert "schließen" in caught.value.tun
    assert (old / "kleinau.pdf").read_text(encoding="utf-8") == "alt"
    opened.clear()
    swap(new, params)
    assert (old / "kleinau.pdf").read_text(encoding="utf-8") == "neu"


def test_a_folder_with_an_open_file_is_told_by_that_file(windows, tmp_path, monkeypatch):
    folder = tmp_path / "html"
    (folder / "daten").mkdir(parents=True)
    (folder / "daten/a.csv").touch()
    monkeypatch.setattr(files.shutil, "rmtree", lambda *_, **__: None)
    with pytest.raises(SpmError, match=r"«a\.csv» ist"):
        files.remove_folder(folder)
    files.try_to_remove_folder(folder)


def test_whatever_else_writes_over_an_open_workbook_tells_it_as_well(tmp_path):
    table = tmp_path / "sgb2.xlsx"
    table.touch()
    refused = PermissionError(errno.EACCES, "Permission denied", str(table))
    assert "Rechte prüfen" in explained(refused).tun
    (tmp_path / "~$sgb2.xlsx").touch()
    assert explained(refused).was.startswith("«sgb2.xlsx» ist in Excel geöffnet")
