"""Consoles of few characters: everything can be printed, and read."""

import io
import signal
import sys

import pytest

from spm.system import console

TEXT = "„Köln“ – 5 → 7, ≥ 3 % «gut» … ✓ ≠ 漢"


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("cp1252", "„Köln“ – 5 -> 7, >= 3 % «gut» … + ? ?"),
        ("cp850", '"Köln" - 5 -> 7, >= 3 % «gut» ... + ? ?'),
        ("ascii", '"Koeln" - 5 -> 7, >= 3 % "gut" ... + ? ?'),
        ("utf-8", TEXT),
    ],
)
def test_what_a_console_does_not_have_is_written_otherwise(encoding, shown, monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="\n")
    monkeypatch.setattr(sys, "stdout", stream)
    console.prepare()
    print(TEXT)
    stream.flush()
    assert stream.buffer.getvalue().decode(encoding) == shown + "\n"


def test_an_end_from_outside_is_heard_on_every_system(monkeypatch):
    heard = {}
    monkeypatch.setattr(console.signal, "signal", lambda number, call: heard.update({number: call}))
    monkeypatch.setattr(console.signal, "SIGBREAK", 21, raising=False)
    monkeypatch.delattr(console.signal, "SIGHUP", raising=False)
    monkeypatch.setattr(console.signal, "getsignal", lambda number: signal.SIG_DFL)
    console.on_end(lambda number, frame: sys.exit(number))
    assert set(heard) == {signal.SIGTERM, 21}


@pytest.mark.parametrize(
    ("encoding", "all_of_them"), [("utf-8", True), ("UTF8", True), ("cp1252", False)]
)
def test_progress_is_drawn_with_what_there_is(encoding, all_of_them):
    assert console.draws_everything(encoding) is all_of_them
