"""Numbers of errors of Windows, in words for a user."""

import errno

import pytest

from spm.faults import explained
from spm.system import lengths


def refused(number, winerror, name="Z:/daten/sgb2.xlsx"):
    error = OSError(number, "…", name)
    error.winerror = winerror
    return error


@pytest.mark.parametrize(
    ("number", "winerror", "what"),
    [
        (errno.EACCES, 32, "wird gerade benutzt"),
        (errno.EACCES, 33, "wird gerade benutzt"),
        (errno.EINVAL, 1224, "wird gerade benutzt"),
        (errno.ENOENT, 206, "der Pfad ist zu lang"),
        (errno.ENOENT, 53, "das Netzlaufwerk antwortet nicht"),
        (errno.EINVAL, 64, "das Netzlaufwerk ist nicht mehr verbunden"),
        (errno.ENOENT, 67, "der Datenträger ist nicht da"),
        (errno.EACCES, 21, "der Datenträger ist nicht da"),
        (errno.EINVAL, 39, "kein Platz mehr"),
        (errno.EACCES, 5, "keine Berechtigung, oder die Datei ist geöffnet"),
        (errno.ENOENT, 2, "Datei oder Ordner fehlt"),
    ],
)
def test_an_error_of_windows_says_what_it_is(number, winerror, what):
    told = explained(refused(number, winerror))
    assert what in told.was and told.wo == "Z:/daten/sgb2.xlsx" and told.tun


def test_a_path_that_is_too_long_is_not_missing(monkeypatch):
    monkeypatch.setattr(lengths, "longest", lambda: lengths.WINDOWS)
    name = "C:/" + "ordner/" * 40
    assert "der Pfad ist zu lang" in explained(refused(errno.ENOENT, 3, name)).was
    assert "fehlt" in explained(refused(errno.ENOENT, 3, "C:/spm/a.csv")).was
