"""What the machine does to a run is told in words; what nobody foresaw goes into a log."""

import errno
import subprocess
import sys
from concurrent.futures.process import BrokenProcessPool

import pytest

from spm.errors import SpmError
from spm.faults import LOG, explained, told, unforeseen
from spm.release.replacing import replace_text
from tests.build.small import make
from tests.conftest import run_spm


def _wrapped(cause: Exception) -> Exception:
    error = RuntimeError("a library says something else")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "x.csv"), "kein Platz"),
        (OSError(errno.EMFILE, "Too many open files"), "zu viele geöffnete Dateien"),
        (PermissionError(errno.EACCES, "Permission denied", "x.xlsx"), "geöffnete Dateien"),
        (OSError(errno.EROFS, "Read-only file system", "x"), "schreibgeschützt"),
        (IsADirectoryError(errno.EISDIR, "Is a directory", "x"), "Ordner statt einer Datei"),
        (MemoryError(), "zu wenig Arbeitsspeicher"),
        (RuntimeError("can't start new thread"), "zu viele Programme"),
        (RuntimeError("cannot write: No space left on device (os error 28)"), "kein Platz"),
        (SpmError("Pandoc kann das nicht.", wo="x: write: No space left on device"), "kein Platz"),
        (_wrapped(OSError(errno.ENOSPC, "No space left on device")), "kein Platz"),
        (BrokenProcessPool("terminated abruptly"), "Hilfsprogramm"),
        (ConnectionResetError(errno.ECONNRESET, "reset"), "Hilfsprogramm"),
        (subprocess.CalledProcessError(-9, "quarto"), "Hilfsprogramm"),
        (ModuleNotFoundError("No module", name="typst"), "Installation"),
        (OSError("No pandoc was found: either install pandoc"), "Installation"),
        (ImportError("x.so: failed to map segment from shared object"), "Arbeitsspeicher"),
    ],
)
def test_what_the_machine_does(error, words):
    found = explained(error)
    assert isinstance(found, SpmError) and words in str(found)
    assert found.wo and found.tun


def test_a_workbook_that_is_open_in_excel(tmp_path):
    import xlsxwriter

    (tmp_path / "x.xlsx").mkdir()
    book = xlsxwriter.Workbook(tmp_path / "x.xlsx")
    book.add_worksheet()
    with pytest.raises(SpmError, match="Ordner statt einer Datei"), told():
        book.close()


def test_what_a_program_got_wrong_is_not_hidden():
    with pytest.raises(KeyError), told():
        try:
            raise OSError(errno.ENOENT, "handled")
        except OSError:
            raise KeyError("a mistake")  # noqa: B904 - its context is what this is about
    error = SpmError("Eine Spalte fehlt.", wo="hze.csv")
    assert explained(error) is error


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "tabelle.json").mkdir()
    with pytest.raises(SpmError) as caught, told():
        replace_text(tmp_path / "tabelle.json", "x")
    assert caught.value.wo == str(tmp_path / "tabelle.json")


def test_the_last_net_writes_a_log_where_it_can(tmp_path):
    (tmp_path / "voll").write_text("no folder")
    try:
        raise ValueError("unheard of")
    except ValueError as e:
        found = unforeseen(e, [tmp_path / "voll", tmp_path / "data"])
    log = tmp_path / "data" / LOG
    assert found.wo == str(log) and "ValueError" in found.was
    assert "Traceback" in log.read_text(encoding="utf-8")
    assert "unheard of" not in str(found)
    if sys.platform != "win32":
        assert log.stat().st_mode & 0o077 == 0


SCARCE = """
import resource
resource.setrlimit(resource.RLIMIT_{what}, ({limit}, {limit}))
from spm.cli import main; main()
"""
"""Whatever grows beyond some bytes cannot be written: as near to a full disk as a user gets."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    project = make(tmp_path_factory.mktemp("faults") / "projekt")
    assert run_spm("prepare", "params/kleinau.yml", cwd=project).returncode == 0
    return project


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
@pytest.mark.parametrize(
    ("what", "limit", "words"),
    [("FSIZE", 0, "Platz schaffen"), ("FSIZE", 3_000, "Platz schaffen"), ("NOFILE", 10, "")],
)
def test_what_is_scarce_in_the_middle(prepared, what, limit, words):
    script = SCARCE.format(what=what, limit=limit)
    result = run_spm("prepare", "params/kleinau.yml", "--force", cwd=prepared, script=script)
    assert result.returncode == 1, result.stderr
    assert "Traceback" not in result.stderr and result.stderr.count("Fehler: ") == 1
    assert words in result.stderr and result.stderr.count("  Wo: ") == 1


@pytest.mark.slow
def test_the_certificate_survives_an_audit_list_that_is_open(prepared):
    folder = prepared / "data/processed/kleinau"
    listed = folder / "geheimhaltung-vertraulich.xlsx"
    listed.unlink()
    listed.mkdir()
    result = run_spm("prepare", "params/kleinau.yml", "--force", cwd=prepared)
    assert result.returncode == 1 and "Traceback" not in result.stderr
    assert str(listed) in result.stderr and (folder / "geheimhaltung.json").is_file()
    listed.rmdir()
    assert run_spm("prepare", "params/kleinau.yml", cwd=prepared).returncode == 0


@pytest.mark.slow
def test_what_nobody_foresaw_leaves_no_traceback(prepared):
    script = (
        "import spm.build\ndef broken(*a, **k): raise TypeError('geheim')\n"
        "spm.build.check = broken\nfrom spm.cli import main; main()"
    )
    result = run_spm("check", "params/kleinau.yml", cwd=prepared, script=script)
    log = prepared / "data/processed" / LOG
    assert result.returncode == 1 and "Traceback" not in result.stderr
    assert "geheim" not in result.stderr and str(log) in result.stderr
    assert "TypeError: geheim" in log.read_text(encoding="utf-8")
