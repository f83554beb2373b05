"""The cache saves time and nothing else: no file in it can change a report or stop it."""

import pytest

from spm.book import cache


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(cache.platformdirs, "user_cache_path", lambda *a, **k: tmp_path / "spm")
    return tmp_path / "spm"


def test_what_was_made_is_not_made_again(folder):
    assert cache.kept("a", lambda: b"one\ntwo") == b"one\ntwo"
    assert cache.kept("a", lambda: pytest.fail("made again")) == b"one\ntwo"
    assert cache.kept("b", lambda: b"other") == b"other"


@pytest.mark.parametrize("damage", [b"", b"no digest", b"0" * 64 + b"\nother"])
def test_a_damaged_file_is_made_anew(folder, damage):
    cache.kept("a", lambda: b"right")
    next(folder.iterdir()).write_bytes(damage)
    assert cache.kept("a", lambda: b"right") == b"right"
    assert cache.kept("a", lambda: pytest.fail("made again")) == b"right"


def test_a_folder_that_cannot_be_written_is_no_error(folder):
    folder.write_text("a file lies there")
    assert cache.kept("a", lambda: b"right") == b"right"
