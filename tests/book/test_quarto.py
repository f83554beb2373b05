"""How Quarto is called and its messages are read; a recording program stands in its place."""

import json
import os
import sys
import tempfile
from pathlib import Path

import pytest
import typst
import yaml

from spm.book import pandoc, quarto, render
from spm.errors import SpmError
from tests.book.quarto_example import compiled, written
from tests.book_example import chapter, staged

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="das Ersatzprogramm ist ein Unix-Skript"),
]

FAKE = """\
#!{python}
import json, os, pathlib, sys
pathlib.Path({record!r}).open("a").write(json.dumps([sys.argv[1:], os.getcwd()]) + "\\n")
if sys.argv[1:] == ["--version"]:
    print({version!r})
    sys.exit()
print({message!r}, file=sys.stderr)
out = pathlib.Path("_book")
(out / "site_libs").mkdir(parents=True)
(out / "index.html").write_bytes(b"<p>Quarto</p>\\r\\n")  # as under Windows
if {pdf}:
    (out / "pilotkommune.pdf").write_bytes(b"%PDF")
sys.exit({code})
"""


def _fake(
    folder: Path,
    message: str = "Output created",
    code: int = 0,
    pdf: bool = True,
    version: str = "1.9.38",
) -> Path:
    program = folder / "bin" / "quarto"
    program.parent.mkdir(exist_ok=True)
    record = str(folder / "record.jsonl")
    program.write_text(
        FAKE.format(
            python=sys.executable,
            record=record,
            message=message,
            code=code,
            pdf=pdf,
            version=version,
        )
    )
    program.chmod(0o755)
    return program


def _calls(folder: Path) -> list[list]:
    return [json.loads(line) for line in (folder / "record.jsonl").read_text().splitlines()]


def test_one_render_for_all_formats_on_a_copy(tmp_path: Path, monkeypatch) -> None:
    program = _fake(tmp_path)
    monkeypatch.setenv("QUARTO_PATH", str(program.parent))
    book = staged(tmp_path)
    used = render(book, tmp_path / "out", slug="pilotkommune")
    assert used.renderer == "quarto 1.9.38" and used.note == ""
    first, (arguments, cwd), last = _calls(tmp_path)
    assert first[0] == last[0] == ["--version"] and arguments == ["render"]
    assert Path(cwd) != book and not (book / "_book").exists()
    assert (tmp_path / "out" / "html" / "index.html").read_bytes() == b"<p>Quarto</p>\n"
    assert (tmp_path / "out" / "pilotkommune.pdf").read_bytes() == b"%PDF"
    assert not list((tmp_path / "out" / "html").glob("*.pdf"))


@pytest.mark.parametrize("name", ["html", "pdf"])
def test_quarto_renders_nothing_that_nobody_asked_for(tmp_path: Path, name: str) -> None:
    """Of a page alone it takes half the time, and Typst has nothing to refuse."""
    book = staged(tmp_path)
    (tmp_path / "out").mkdir()
    quarto.render(str(_fake(tmp_path)), book, tmp_path / "out", [name], "pilotkommune")
    (arguments, _), _ = _calls(tmp_path)
    assert arguments == ["render", "--to", {"html": "spm-html", "pdf": "spm-typst"}[name]]
    assert arguments[-1] in yaml.safe_load((book / "_quarto.yml").read_text("utf-8"))["format"]
    assert len(list((tmp_path / "out").iterdir())) == 1


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


@pytest.mark.parametrize("head", ["Stack trace:", "stack traceback:"])
def test_quarto_error_is_passed_on(tmp_path: Path, head: str) -> None:
    trace = f"{head}\n" + "    at render (file:///quarto.js:1:1)\n" * 80
    before = "[1/2] index.ipynb\n\npandoc\n  to: typst\n"
    program = _fake(tmp_path, f"{before}ERROR: kaputt\n\n{trace}", code=1)
    with pytest.raises(SpmError, match="Fehler abgebrochen") as caught:
        quarto.render(str(program), staged(tmp_path), tmp_path / "out", ("html",), "x")
    assert caught.value.wo == "ERROR: kaputt"


def test_an_error_that_quarto_only_tells_is_a_failure(tmp_path: Path) -> None:
    program = _fake(tmp_path, "\x1b[31mERROR (main.lua:1) kein Inhalt\x1b[39m\nOutput created")
    with pytest.raises(SpmError, match="Quarto meldet einen Fehler") as caught:
        quarto.render(str(program), staged(tmp_path), tmp_path / "out", ("html",), "x")
    assert caught.value.wo.startswith("ERROR (main.lua:1) kein Inhalt")
    assert not (tmp_path / "out").exists()


def _broken_picture(book: Path) -> None:
    (book / "figures/sgb2.svg").write_text("<svg kaputt")


def _symbol(book: Path) -> None:
    path = book / "02-sgb2.ipynb"
    text = path.read_text("utf-8")
    path.write_text(text.replace("liegt die Quote", "\N{HOUSE BUILDING} liegt die Quote"), "utf-8")


@pytest.mark.parametrize("spoil", [_symbol, _broken_picture])
def test_what_typst_refuses_is_told_as_by_the_embedded_renderer(tmp_path: Path, spoil) -> None:
    book = staged(tmp_path)
    spoil(book)
    with pytest.raises(SpmError) as embedded:
        render(book, tmp_path / "out", renderer="embedded", slug="x")
    assert "02-sgb2.ipynb: " in embedded.value.wo
    source = written(book, "typst")
    with pytest.raises(typst.TypstError) as refused:
        compiled(source, book)
    (book / "index.typ").write_text(source, "utf-8")
    told = f"[typst]: Compiling index.typ to index.pdf...{refused.value.diagnostic}\n"
    program = _fake(tmp_path, f"pandoc\n  to: typst\n{told}ERROR: {told}ERROR: Typst", code=1)
    with pytest.raises(SpmError) as caught:
        quarto.render(str(program), book, tmp_path / "out", ("html",), "x")
    assert str(caught.value) == str(embedded.value)


def test_a_temporary_folder_that_quarto_cannot_use_is_told(tmp_path: Path, monkeypatch) -> None:
    folder = tmp_path / "tmp[1]"
    folder.mkdir()
    program, book = _fake(tmp_path), staged(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    with pytest.raises(SpmError, match="Klammern in den Namen von Ordnern") as caught:
        quarto.render(str(program), book, tmp_path / "out", ("html",), "x")
    assert caught.value.wo == str(folder) and "TMPDIR" in caught.value.tun
    assert not (tmp_path / "record.jsonl").exists() and not list(folder.iterdir())


def test_missing_output_is_a_failure(tmp_path: Path) -> None:
    program = _fake(tmp_path, pdf=False)
    with pytest.raises(SpmError, match="geschrieben für: pdf"):
        quarto.render(str(program), staged(tmp_path), tmp_path / "out", ("html", "pdf"), "x")


def test_chapters_are_checked_before_quarto_runs(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("QUARTO_PATH", str(_fake(tmp_path)))
    book = staged(tmp_path, {"a.ipynb": chapter("# A", "@fig-fehlt")})
    with pytest.raises(SpmError, match="@fig-fehlt"):
        render(book, tmp_path / "out", ("html",), "quarto")
    assert [arguments for arguments, _ in _calls(tmp_path)] == [["--version"]]


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


@pytest.mark.parametrize("version", ["1.8.27", "1.11.0", "99.9.9"])
def test_auto_takes_only_versions_that_were_tried(tmp_path: Path, monkeypatch, version) -> None:
    program = _fake(tmp_path, version=version)
    monkeypatch.setenv("QUARTO_PATH", str(program))
    found, note = quarto.choose("auto")
    assert found is None
    assert f"Quarto {version} ist nicht erprobt" in note and "eingebaute Renderer" in note
    assert quarto.choose("quarto") == (
        str(program),
        f"Quarto {version} ist nicht erprobt (erprobt: 1.9 und 1.10).",
    )
    assert quarto.choose("embedded") == (None, "")


@pytest.mark.parametrize("version", ["1.9.38", "1.10.18"])
def test_auto_takes_a_tried_version(tmp_path: Path, monkeypatch, version) -> None:
    program = _fake(tmp_path, version=version)
    monkeypatch.setenv("QUARTO_PATH", str(program))
    assert quarto.choose("auto") == quarto.choose("quarto") == (str(program), "")


def test_a_broken_quarto_is_told(tmp_path: Path, monkeypatch) -> None:
    program = tmp_path / "quarto"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setenv("QUARTO_PATH", str(program))
    found, note = quarto.choose("auto")
    assert found is None and "lässt sich nicht starten" in note
    with pytest.raises(SpmError, match="Fehler abgebrochen"):
        quarto.choose("quarto")


def test_the_typst_of_conda_is_named(tmp_path: Path, monkeypatch) -> None:
    typst = tmp_path / "bin" / "typst"
    typst.parent.mkdir()
    typst.write_text("#!/bin/sh\n")
    typst.chmod(0o755)
    monkeypatch.delenv("QUARTO_TYPST", raising=False)
    monkeypatch.delenv("CONDA_PREFIX", raising=False)
    assert "QUARTO_TYPST" not in quarto._environment()
    monkeypatch.setenv("CONDA_PREFIX", str(tmp_path))
    assert quarto._environment()["QUARTO_TYPST"] == str(typst)
    monkeypatch.setenv("QUARTO_TYPST", "/eigenes/typst")
    assert quarto._environment()["QUARTO_TYPST"] == "/eigenes/typst"


def test_the_embedded_renderer_keeps_to_its_own_pandoc(tmp_path: Path, monkeypatch) -> None:
    other = tmp_path / "pandoc"
    other.write_text("#!/bin/sh\necho pandoc 99.0\n")
    other.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYPANDOC_PANDOC", str(other))
    pandoc._executable.cache_clear()
    pandoc.version.cache_clear()
    assert not pandoc.version().startswith("99") and pandoc.run(["-t", "html"], "x", tmp_path)
    assert Path(pandoc._executable()).parent.parent.name == "pypandoc"
