"""Names of files as every system knows them."""

import pytest

from spm.config.projectpaths import inside
from spm.errors import SpmError
from spm.presentation.pages.companions import data_file
from spm.setup.folder import look
from spm.system.names import as_name, is_left_by_programs, is_lock, opened_in, problem, slashed


@pytest.mark.parametrize(
    ("name", "part"),
    [
        (r"C:\daten\sgb2.csv", "beginnt mit einem Laufwerk"),
        ("c:sgb2.csv", "beginnt mit einem Laufwerk"),
        (r"\\server\daten\sgb2.csv", "Adresse"),
        ("//server/daten/sgb2.csv", "Adresse"),
        ("https://rechner/sgb2.csv", "Adresse"),
        ("vsicurl:sgb2.csv", "Adresse"),
        (r"amt\NUL", "Gerät"),
        ("amt/con.csv", "Gerät"),
        ("aux .csv", "Gerät"),
        ("LPT1.xlsx", "Gerät"),
        ("amt./sgb2.csv", "endet mit einem Punkt"),
        ("sgb2.csv ", "endet mit einem Punkt oder Leerzeichen"),
        (r"amt\~$sgb2.xlsx", "nur, dass eine andere Datei geöffnet ist"),
        (".~lock.sgb2.ods#", "nur, dass eine andere Datei geöffnet ist"),
    ],
)
def test_what_is_no_name_of_a_file_on_every_system(name, part, tmp_path):
    what, remedy = problem(name)
    assert part in what and remedy.startswith("Bitte")
    with pytest.raises(SpmError, match=part):
        inside(tmp_path, name, "Datenordner", tmp_path / "x.yml")


@pytest.mark.parametrize(
    "name",
    ["sgb2.csv", "2023/sgb2 (neu).xlsx", "../roh/a.csv", "./a.csv", "Ämter/köln.csv", "konto"],
)
def test_what_is_one(name):
    assert problem(name) is None


def test_names_made_of_keys_differ_where_capitals_are_all_one():
    keys = ["hze", "Hze", "HZE", "h/ze", "h:ze", "hze.", "hze ", "hzeß", "%48%ze"]
    names = {as_name(key).lower() for key in keys}
    assert len(names) == len(keys)
    assert all(problem(name) is None and not set(name) & set('<>:"/|?*') for name in names)
    assert data_file("con") == "daten/kennzahl-con.csv" and data_file("quote") == "daten/quote.csv"


def test_backslashes_become_slashes():
    assert slashed(r"\\server\daten\2023") == "//server/daten/2023"


def test_a_lock_tells_the_program_and_is_no_delivery(tmp_path):
    table, lock = tmp_path / "sgb2.xlsx", tmp_path / "~$sgb2.xlsx"
    (tmp_path / "einwohner.csv").write_text("raum;anzahl\n1;2\n2;3\n", encoding="utf-8")
    table.touch()
    assert opened_in(table) == ""
    lock.touch()
    assert opened_in(table) == "Excel"
    lock.rename(tmp_path / ".~lock.sgb2.xlsx#")
    assert opened_in(table) == "LibreOffice"
    lock.touch()
    found = look(tmp_path)
    assert [one.file for one in found.tables] == ["einwohner.csv"]
    assert list(found.unread) == ["sgb2.xlsx"]
    assert is_lock("~$a.xlsx") and is_left_by_programs("~$a.xlsx") and not is_lock("a~.xlsx")
