"""Nothing is left in the temporary folder, however a command ends."""

import signal
import subprocess
import sys

import pytest

from spm.temporary import LOCK, OWN, VARIABLES

LIVES = """
import os, subprocess, sys, tempfile
from pathlib import Path
from spm.temporary import private
sys.stdout.reconfigure(line_buffering=True)
def run(ask):
    with private() as folder:
        Path(tempfile.mkdtemp(prefix="pymp-"), "x").touch()
        child = "import tempfile; tempfile.mkstemp(prefix='pandoc-hist')"
        subprocess.run([sys.executable, "-c", child], check=True)
        print(*sorted(p.name[:5] for p in folder.iterdir()), os.environ["IPYTHONDIR"])
        if ask == "fail": raise SystemExit(3)
        if ask == "wait": input()
import signal
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
run(sys.argv[1])
"""


def _command(base, ask):
    return subprocess.Popen(
        [sys.executable, "-c", LIVES, ask],
        env={**__import__("os").environ, **dict.fromkeys(VARIABLES, str(base))},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
@pytest.mark.parametrize(("ask", "code"), [("end", 0), ("fail", 3)])
def test_nothing_is_left_when_it_ends(tmp_path, ask, code):
    with _command(tmp_path, ask) as process:
        said = process.stdout.read()
    assert process.returncode == code
    assert "pando pymp-" in said and str(tmp_path) in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
def test_what_a_killed_command_leaves_the_next_one_clears(tmp_path):
    (tmp_path / "spm-fremd").mkdir()  # no lock in it: not ours
    with _command(tmp_path, "wait") as killed, _command(tmp_path, "wait") as alive:
        killed.stdout.readline(), alive.stdout.readline()
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        assert len(list(tmp_path.glob(f"spm-*/{LOCK}"))) == 2
        with _command(tmp_path, "end"):
            pass
        assert len(list(tmp_path.glob(f"spm-*/{LOCK}"))) == 1  # that of the one that lives
        alive.terminate()
    assert [p.name for p in tmp_path.iterdir()] == ["spm-fremd"]


def test_the_environment_is_as_it_was(tmp_path, monkeypatch):
    import os
    import tempfile

    from spm.temporary import private

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    names = (*VARIABLES, *OWN)
    before = {name: os.environ.get(name) for name in names}
    with private() as folder:
        assert {os.environ[name] for name in VARIABLES} == {str(folder)} == {tempfile.gettempdir()}
        assert sys.platform == "win32" or folder.stat().st_mode & 0o077 == 0
    assert {name: os.environ.get(name) for name in names} == before
    assert tempfile.gettempdir() == str(tmp_path)
