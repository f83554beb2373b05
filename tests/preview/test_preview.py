"""The preview as an analyst uses it: a command, a browser, and a notebook that is saved."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.build.small import SLUG, change, make

START = "from spm.cli import main; main()"


class Running:
    """``spm vorschau`` in a project."""

    def __init__(self, project: Path) -> None:
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                START,
                "vorschau",
                f"params/{SLUG}.yml",
                "--renderer",
                "embedded",
            ],
            cwd=project,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        )

    def until(self, start: str) -> str:
        """The next line that begins so."""
        assert self._process.stdout
        for line in self._process.stdout:
            if line.startswith(start):
                return line.strip()
        raise AssertionError(f"{start!r} never came")

    def interrupt(self) -> tuple[str, int]:
        """What it says at the end, and its exit code."""
        self._process.send_signal(signal.SIGINT)
        rest, _ = self._process.communicate(timeout=60)
        return rest, self._process.returncode

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make(tmp_path / "projekt")


@pytest.fixture
def running(project: Path) -> Iterator[Running]:
    command = Running(project)
    yield command
    command.end()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_saved_sentence_is_on_the_open_page_and_so_is_an_error(
    project: Path, running: Running, browser: Any
) -> None:
    address = running.until("Vorschau: ").split()[1]
    running.until("Fertig")
    page = browser.new_page()
    page.goto(address.replace("index.html", "03-sgb2.html"))
    assert "Ein Satz." in page.inner_text("main")

    change(project / "notebooks/03-sgb2.ipynb", "Ein Satz.", "Ein neuer Satz.")
    assert "03-sgb2.ipynb" in running.until("Gespeichert")
    page.get_by_text("Ein neuer Satz.").wait_for(timeout=120_000)

    change(project / f"params/{SLUG}.yml", "berichtsjahr: 2023", "berichtsjahr: 1999")
    running.until("Fehler")
    page.get_by_text("Das Berichtsjahr 1999 liegt nicht in der Zeitreihe").wait_for(timeout=30_000)
    assert "Ein neuer Satz." in page.inner_text("main")  # the last good pages stay

    change(project / f"params/{SLUG}.yml", "berichtsjahr: 1999", "berichtsjahr: 2023")
    running.until("Nichts hat sich geändert")
    page.get_by_text("Das Berichtsjahr 1999").wait_for(state="hidden", timeout=30_000)
    page.close()

    said, code = running.interrupt()
    assert code == 0
    assert "spm build params/kleinau.yml" in said
    html = (project / f"report/{SLUG}/html/03-sgb2.html").read_text(encoding="utf-8")
    assert "vorschau" not in html
