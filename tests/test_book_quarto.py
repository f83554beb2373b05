"""How Quarto is called and its messages are read; a recording program stands in its place."""

import json
import os
import sys
from pathlib import Path

import pytest

from spm.book import quarto, render
from spm.errors import SpmError
from tests.book_example import chapter, staged

pytestmark = pytest.mark.skipif(os.name == "nt", reason="das Ersatzprogramm ist ein Unix-Skript")

FAKE = """\
#!{python}
import json, os, pathlib, sys
pathlib.Path({record!r}).open("a").write(json.dumps([sys.argv[1:], os.getcwd()]) + "\\n")
if sys.argv[1:] == ["--version"]:
    print("1.9.38")
    sys.exit()
print({message!r}, file=sys.stderr)
out = pathlib.Path("_book")
(out / "site_libs").mkdir(parents=True)
(out / "index.html").write_text("<p>Quarto</p>")
if {pdf}:
    (out / "pilotkommune.pdf").write_bytes(b"%PDF")
sys.exit({code})
"""


def _fake(folder: Path, message: str = "Output created", code: int = 0, pdf: bool = True) -> Path:
    program = folder / "bin" / "quarto"
    program.parent.mkdir()
    record = str(folder / "record.jsonl")
    program.write_text(
        FAKE.format(python=sys.executable, record=record, message=message, code=code, pdf=pdf)
    )
    program.chmod(0o755)
    return program


def _calls(folder: Path) -> list[list]:
    return [json.loads(line) for line in (folder / "record.jsonl").read_text().splitlines()]


def test_one_render_for_all_formats_on_a_copy(tmp_path: Path, monkeypatch) -> None:
    program = _fake(tmp_path)
    monkeypatch.setenv("QUARTO_PATH", str(program.parent))
    book = staged(tmp_path)
    before = {p: p.read_bytes() for p in book.rglob("*") if p.is_file()}
    used = render(book, tmp_path / "out", slug="pilotkommune")
    assert used.renderer == "quarto 1.9.38"
    (arguments, cwd), version = _calls(tmp_path)
    assert arguments == ["render"] and version[0] == ["--version"]
    assert Path(cwd) != book
    assert {p: p.read_bytes() for p in book.rglob("*") if p.is_file()} == before
    assert (tmp_path / "out" / "html" / "index.html").read_text() == "<p>Quarto</p>"
    assert (tmp_path / "out" / "pilotkommune.pdf").read_bytes() == b"%PDF"
    assert not list((tmp_path / "out" / "html").glob("*.pdf"))


@pytest.mark.parametrize(
    "message",
    [
        "WARNING: 03-sgb2.html: Unable to resolve crossref @fig-x",
        "\x1b[33mWARNING (main.lua:1) Unable to resolve crossref @fig-x\x1b[39m",
    ],
)
def test_unresolved_reference_is_a_failure(tmp_path: Path, message: str) -> None:
    program = _fake(tmp_path, message)
    book = staged(tmp_path)
    with pytest.raises(SpmError, match="Ziel eines Verweises") as caught:
        quarto.render(str(program), book, tmp_path / "out", ("html",), "x")
    assert "@fig-x" in caught.value.wo
    assert not (tmp_path / "out").exists()


def test_quarto_error_is_passed_on(tmp_path: Path) -> None:
    program = _fake(tmp_path, "ERROR: kaputt", code=1)
    with pytest.raises(SpmError, match="Fehler abgebrochen") as caught:
        quarto.render(str(program), staged(tmp_path), tmp_path / "out", ("html",), "x")
    assert "ERROR: kaputt" in caught.value.wo


def test_missing_output_is_a_failure(tmp_path: Path) -> None:
    program = _fake(tmp_path, pdf=False)
    with pytest.raises(SpmError, match="geschrieben für: pdf"):
        quarto.render(str(program), staged(tmp_path), tmp_path / "out", ("html", "pdf"), "x")


def test_chapters_are_checked_before_quarto_runs(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("QUARTO_PATH", str(_fake(tmp_path)))
    book = staged(tmp_path, {"a.ipynb": chapter("# A", "@fig-fehlt")})
    with pytest.raises(SpmError, match="@fig-fehlt"):
        render(book, tmp_path / "out", ("html",), "quarto")
    assert not (tmp_path / "record.jsonl").exists()


def test_program_is_found_by_path_or_folder(tmp_path: Path, monkeypatch) -> None:
    program = _fake(tmp_path)
    monkeypatch.setenv("PATH", str(program.parent))
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    assert quarto.find() == str(program)
    monkeypatch.setenv("PATH", "")
    assert quarto.find() is None
    for given in (program, program.parent, program.parent.parent):
        monkeypatch.setenv("QUARTO_PATH", str(given))
        assert quarto.find() == str(program)
