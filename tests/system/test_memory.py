"""What is freed goes back to the system, where somebody would keep it."""

import ctypes
import sys
from types import SimpleNamespace

import pyarrow as pa
import pytest

from spm.system.memory import give_back


class Library:
    def __init__(self, asked):
        self.malloc_trim = asked.append


@pytest.mark.parametrize(("platform", "expected"), [("linux", [0]), ("win32", []), ("darwin", [])])
def test_the_c_library_of_linux_is_asked(monkeypatch, platform, expected):
    asked = []
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(ctypes, "CDLL", lambda name: Library(asked))
    give_back()
    assert asked == expected


def test_another_c_library_need_not_know_it(monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace())
    give_back()


def test_so_are_tables_that_are_no_longer_there():
    table = pa.array(range(1_000_000))
    del table
    give_back()
    assert pa.total_allocated_bytes() < 1_000_000
