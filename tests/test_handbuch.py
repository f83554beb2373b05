"""The Handbuch: every command in it is called, and answers what stands there.

A chapter is read from top to bottom. Blocks ``console`` hold calls and what they print, ``…`` for
what is left out. A comment before a block says what its reader does with it: writes a file, adds
lines to one, or something that is no command. All chapters happen in one project, one by one.
"""

import contextlib
import importlib
import io
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from spm import cli
from spm.text.numbers import NBSP
from tests.batch.joint_example import write_raw as write_shared
from tests.conftest import ROOT
from tests.reports.smaller import keep_chapters
from tests.reports.test_three_areas import write_raw

CHAPTERS = sorted((ROOT / "docs/handbuch").glob("[0-9][0-9]-*.md"))
STEPS = re.compile(
    r"^<!-- ([^\n]+?) -->$"
    r"|^```(\w+)\n(.*?)^```$"
    r"|^\| Spalte \|[^\n]*\n\|[-|]+\|\n((?:\|[^\n]*\n)+)",
    re.M | re.S,
)
# Who starts the tests in the background may have had interrupts ignored, which is inherited.
RUNNING = (
    "import signal as s; s.signal(s.SIGINT, s.default_int_handler); "
    "from spm.cli import main; main()"
)


@dataclass(frozen=True)
class Call:
    """A line ``$ spm …`` and what is printed below it."""

    line: str
    expected: str

    @property
    def arguments(self) -> list[str]:
        return shlex.split(self.line)[1:]


def calls(block: str) -> Iterator[Call]:
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        line, _, expected = part.partition("\n")
        yield Call(line, expected.strip("\n"))


def agrees(expected: str, printed: str) -> bool:
    """Whether it was printed; a line ``…`` stands for any lines, elsewhere for any part of one."""
    expected, printed = (text.replace(NBSP, " ") for text in (expected, printed))
    pattern = r"\n?"
    for line in expected.split("\n"):
        if line == "…":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*".join(re.escape(part) for part in line.split("…")) + "\n"
    return bool(re.fullmatch(pattern + r"\n*", printed.rstrip("\n") + "\n"))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What an analyst of Kleinau begins with: the program's files and a folder of deliveries."""
    folder = tmp_path_factory.mktemp("handbuch") / "projekt"
    ignored = shutil.ignore_patterns("figures", ".*")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=ignored)
    (folder / "params").mkdir()
    for path in [*(ROOT / "params").glob("kennzahlen*.yml"), ROOT / "params/glossar.yml"]:
        shutil.copy(path, folder / "params")
    shutil.copy(ROOT / "_quarto.yml", folder)
    # Few chapters, so that it takes seconds; what is printed of the others is left out anyway.
    keep_chapters(folder, "index", "03-", "methoden", "geheimhaltung", "tabellenanhang")
    (folder / "data/raw").mkdir(parents=True)
    write_raw(folder / "data/raw/kleinau")
    (folder / "data/raw/kleinau/vergleich.csv").unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield folder


def spm(arguments: list[str]) -> str:
    """Call ``spm`` in this process, as its entry point does; what it prints, in order."""
    told = io.StringIO()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        patch.setattr(sys, "argv", ["spm", *arguments])
        both = contextlib.redirect_stdout(told), contextlib.redirect_stderr(told)
        with both[0], both[1], contextlib.suppress(SystemExit):
            cli.main()
    for number, handler in before.items():
        signal.signal(number, handler)
    return told.getvalue()


def served(arguments: list[str]) -> str:
    """The same of a command that runs until its user ends it: once the address stands there."""
    env = os.environ | {"PYTHONUNBUFFERED": "1"}
    running = subprocess.Popen(
        [sys.executable, "-c", RUNNING, *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", env=env,
    )  # fmt: skip
    told = ""
    assert running.stdout
    for line in running.stdout:
        told += line
        if "http://" in line:
            running.send_signal(signal.SIGINT)
    running.wait(timeout=60)
    return told


def follow(project: Path, step: str, text: str) -> None:
    """Do what a reader does with a block, or without one."""
    what, _, where = step.partition(": ")
    path = project / where
    if what == "Datei":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    elif what == "Tabelle":  # its columns are rows here: a page is not wide enough
        rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines()]
        columns = zip(*rows, strict=True)
        path.write_text("\n".join(";".join(column) for column in columns), encoding="utf-8")
    elif what == "ans Ende":
        path.write_text(path.read_text(encoding="utf-8") + "\n" + text, encoding="utf-8")
    elif what.startswith("unter "):
        line = f"\n{what.removeprefix('unter ')}:\n"
        before = path.read_text(encoding="utf-8")
        assert before.count(line) == 1
        path.write_text(before.replace(line, line + text), encoding="utf-8")
    elif what == "gibt es":
        assert path.is_file()
    else:
        assert what == "tut"
        DONE[where](project)


def look_at_guesses(project: Path) -> None:
    path = project / "params/kleinau.yml"
    text, marks = re.subn(r"  # bitte prüfen.*", "", path.read_text(encoding="utf-8"))
    assert marks == 8
    path.write_text(text, encoding="utf-8")


def deliver_next_year(project: Path) -> None:
    """The offices send 2024, the Jobcenter with a word in a cell."""
    for name in ("einwohner", "sgb2"):
        path = project / f"data/raw/kleinau/{name}.csv"
        rows = path.read_text(encoding="utf-8").splitlines()
        last = [row.replace(";2023;", ";2024;").rsplit(";", 1) for row in rows if ";2023;" in row]
        text = "\n".join([*rows, *(f"{cells};{int(count) + 1}" for cells, count in last)])
        path.write_text(text.replace("02;2024;46", "02;2024;viele"), encoding="utf-8")


def correct(project: Path) -> None:
    """The Jobcenter sends its file again."""
    path = project / "data/raw/kleinau/sgb2.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("viele", "46"), encoding="utf-8")


def deliver_together(project: Path) -> None:
    """Offices of a Kreis send one file each, with a Gemeinde that has no report."""
    folder = project / "data/raw/kreis"
    folder.mkdir()
    write_shared(folder, ("aheim", "bheim", "cheim"))


DONE = {
    "gemeinsam liefern": deliver_together,
    "marken loeschen": look_at_guesses,
    "2024 liefern": deliver_next_year,
    "berichtigen": correct,
}


@pytest.mark.slow
def test_every_command_answers_what_stands_there(project: Path) -> None:
    for chapter in CHAPTERS:
        step = ""
        for comment, language, text, table in STEPS.findall(chapter.read_text(encoding="utf-8")):
            if comment.startswith(("tut: ", "gibt es: ")):
                follow(project, comment, "")
            elif comment:
                step = comment
            elif language == "console":
                run = served if step.startswith("läuft") else spm
                for call in calls(text):
                    told = run(call.arguments)
                    assert agrees(call.expected, told), f"{chapter.name}: {call.line}\n{told}"
                step = ""
            else:
                assert step, f"{chapter.name}: nobody is told what to do with\n{text}"
                follow(project, step, text or table)
                step = ""


@pytest.mark.parametrize(
    ("expected", "printed", "same"),
    [
        ("a\n…\nd", "a\nb\nc\nd\n", True),
        ("a\n…\nd", "a\nd\n", True),
        ("a …, c", "a b, c\n", True),
        ("a", "a\nb\n", False),
        ("a\n…", "b\na\n", False),
        ("a …", "a b\nc\n", False),
    ],
)
def test_what_is_left_out(expected: str, printed: str, same: bool) -> None:
    assert agrees(expected, printed) is same


def test_both_formats_are_set(tmp_path: Path) -> None:
    """Typst refuses a PDF that is not accessible, pandoc a reference that leads nowhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "scripts"))
        importlib.import_module("handbuch").main(tmp_path)
    with pikepdf.open(tmp_path / "spm-handbuch.pdf") as pdf:
        assert len(CHAPTERS) + 2 < len(pdf.pages) <= 20
    page = (tmp_path / "spm-handbuch.html").read_text(encoding="utf-8")
    assert page.count("<h1") == len(CHAPTERS)
    assert "<!-- " not in page
    assert "fonts/" not in page  # it loads nothing
