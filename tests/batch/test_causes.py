"""What of an error may leave the machine that builds a municipality."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from spm.batch.causes import KEPT, LONGEST, cause
from spm.deliveries.findings import Source
from spm.errors import SpmError
from spm.verdict import refused


@pytest.fixture
def params(tmp_path):
    return SimpleNamespace(root=tmp_path, processed=tmp_path / "data/processed/a")


def raised(error: str, room: str) -> Exception:
    """The error as a module of this name raises it."""
    names = {"__name__": room, "SpmError": SpmError}
    try:
        exec(f"raise {error}", names)
    except Exception as e:
        return e
    raise AssertionError


def test_what_is_wrong_with_a_params_file_is_told_whole(params):
    error = f'SpmError("Der Schlüssel fehlt.", wo="{params.root}/params/a.yml", tun="Bitte …")'
    told = cause(raised(error, "spm.config.params"), params)
    assert (told.was, told.wo, told.tun) == ("Der Schlüssel fehlt.", "params/a.yml", "Bitte …")
    assert not (params.processed / KEPT).exists()


@pytest.mark.parametrize("room", ["spm.disclosure.model.space", "spm.deliveries.x", "spm.rooms"])
def test_an_error_that_may_quote_a_count_stays(params, room):
    told = cause(raised('SpmError("Die Gesamtzahl (4) ist kleiner …", wo="Raum 4")', room), params)
    assert "4" not in str(told)
    assert told.wo == f"data/processed/a/{KEPT}"
    assert "Die Gesamtzahl (4)" in (params.processed / KEPT).read_text(encoding="utf-8")


def test_an_unexpected_error_is_told_by_its_kind_and_place(params):
    told = cause(raised('KeyError("Zelle 4711")', "spm.statistics.rates"), params)
    assert "4711" not in str(told)
    assert "KeyError in spm.statistics.rates, Zeile 1" in told.was
    assert "4711" in (params.processed / KEPT).read_text(encoding="utf-8")


def test_an_error_of_another_library_called_by_an_open_room_is_no_message(params):
    """Only an SpmError has words that were written to be read."""
    told = cause(raised('ValueError("Zelle 4711")', "spm.config.params"), params)
    assert "4711" not in str(told)


def test_findings_in_deliveries_are_counted(params):
    finding = Source("amt", "kinder.csv").finding("«47x» ist keine Zahl.", wert="47x", zeilen=[3])
    error = refused([finding, finding], Path("pruefprotokoll-a.html"))
    assert "47x" in error.was
    told = cause(error, params)
    assert told.was == "Die Lieferungen haben 2 Fehler; der Bericht wurde nicht gebaut."
    assert "47x" not in str(told)
    assert told.wo == error.wo


def test_a_message_has_a_length_that_a_table_holds(params):
    told = cause(raised('SpmError("x" * 5000)', "spm.book.pdf"), params)
    assert len(told.was) == LONGEST + 2


def test_without_params_there_is_no_place_to_keep_it():
    told = cause(raised('KeyError("Zelle 4711")', "spm.config.params"), None)
    assert "4711" not in str(told)
    assert told.wo == "spm.config.params, Zeile 1"
