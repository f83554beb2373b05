"""Chapters are shared by several pandoc processes; the book shows nothing of it."""

import tempfile
from pathlib import Path

import pytest

from spm.book import reading
from spm.book.pandoc import Script
from spm.errors import SpmError


def table(cell: str, key: str) -> str:
    return f"| a |\n|---|\n| {cell} |\n\n: Titel {{#{key}}}\n"


TEXTS = {
    "index": f"# Start {{#sec-start .unnumbered}}\n\n{table('1', 'tbl-i')}",
    "eins": "# Eins {#sec-eins}\n\n## Teil {#sec-teil}\n\n@tbl-z, @tbl-n, @sec-zwei, @sec-start.\n",
    "zwei": f"# Zwei {{#sec-zwei}}\n\n{table('*$x$*', 'tbl-z')}\n[Teil](eins.ipynb#sec-teil)\n",
    "anhang": f"# Anhang {{#sec-anhang .unnumbered}}\n\n{table('c', 'tbl-n')}\n@sec-teil\n",
}


@pytest.mark.slow
def test_any_number_of_processes_gives_the_same(tmp_path: Path) -> None:
    once, faults, numbering = reading.read(TEXTS, tmp_path, 1)
    assert not faults
    assert [(c["stem"], c["number"]) for c in once] == [
        ("index", ""),
        ("eins", "1"),
        ("zwei", "2"),
        ("anhang", ""),
    ]
    for processes in (2, 3, 9):
        assert reading.read(TEXTS, tmp_path, processes) == (once, [], numbering)


def test_numbers_go_on_from_chapter_to_chapter(tmp_path: Path) -> None:
    chapters, *_ = reading.read(TEXTS, tmp_path, 4)
    html = {c["stem"]: c["html"].replace("\xa0", " ") for c in chapters}
    links = [
        '<a href="zwei.html#tbl-z">Tabelle 2.1</a>',
        '<a href="anhang.html#tbl-n">Tabelle 2</a>',  # the second of the chapters without number
        '<a href="zwei.html#sec-zwei">Kapitel 2</a>',
        '<a href="index.html#sec-start">Start</a>',
    ]
    assert [link for link in links if link not in html["eins"]] == []
    assert '<a href="eins.html#sec-teil">Kapitel 1.1</a>' in html["anhang"]


def test_the_same_id_in_two_processes_is_found(tmp_path: Path) -> None:
    texts = TEXTS | {"drei": "# Drei {#sec-zwei}\n\nSiehe @fig-fehlt.\n"}
    found = [reading.read(texts, tmp_path, processes) for processes in (1, 5)]
    assert found[0] == found[1]
    chapters, faults, _ = found[0]
    assert chapters == []
    assert [(f["kapitel"], f["art"], f["kennung"]) for f in faults] == [
        ("drei", "doppelte_kennung", "sec-zwei"),
        ("drei", "verweis_ohne_ziel", "fig-fehlt"),
    ]


def test_a_script_that_fails_says_why(tmp_path: Path) -> None:
    script = tmp_path / "x.lua"
    script.write_text("io.read('l') error('kaputt')", encoding="utf-8")
    with Script([str(script)], tmp_path) as running, pytest.raises(SpmError, match="kaputt"):
        running.ask("{}")


def test_a_script_that_was_ended_is_no_mistake_in_a_text(tmp_path, monkeypatch):
    script = tmp_path / "wartet.lua"
    script.write_text("while true do local zeile = io.read() end", encoding="utf-8")
    own = tmp_path / "tmp"
    own.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(own))
    monkeypatch.setenv("TMPDIR", str(own))
    with Script([str(script)], tmp_path) as running:
        running._process.kill()
        with pytest.raises(SpmError, match="Hilfsprogramm ist gescheitert"):
            running.ask("x")
    assert list(own.iterdir()) == []


def test_nothing_is_left_of_a_script_that_has_answered(tmp_path, monkeypatch):
    script = tmp_path / "echo.lua"
    script.write_text("while true do print(io.read()) io.flush() end", encoding="utf-8")
    own = tmp_path / "tmp"
    own.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(own))
    monkeypatch.setenv("TMPDIR", str(own))
    with Script([str(script)], tmp_path) as running:
        assert running.ask("x") == "x\n"
        assert list(own.rglob("pandoc-hist*"))  # else this test is of no use any more
    assert list(own.iterdir()) == []
