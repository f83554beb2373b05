"""The same report as on another system: no fork, an old console, files as Windows writes them."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.build.small import KEPT, KEY, SLUG, built, change, make, report

OWN = {
    "params/glossar.yml": 'Ortsteil: "Ein Teil der Gemeinde."\n',
    "params/texte/kleinau/saetze.yml": "einwohner:\n  lage: Es sind {wert} Menschen.\n",
    "params/texte/kleinau/glossar.yml": 'Gemeinde: "Wo wir wohnen, übrigens."\n',
    "params/texte/kleinau/sgb2.md": "Ein Text über Größe.\n\nUnd ein zweiter Absatz.\n",
}
TEXTS = (".yml", ".md", ".csv", ".geojson", ".ipynb")
CONSOLE = {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "COLUMNS": "80"}


def as_windows_saves_it(project):
    """Every text file with its mark and with the line ends of Windows, as the Editor saves it."""
    paths = [p for p in project.rglob("*") if p.suffix in TEXTS]
    for path in paths:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    return len(paths)


def spm(project, *arguments, **env):
    """Call ``spm`` on a console of few characters."""
    return subprocess.run(
        [sys.executable, "-c", "from spm.cli import main; main()", *arguments],
        cwd=project, env=os.environ | CONSOLE | env, stdin=subprocess.DEVNULL,
        capture_output=True, encoding="cp1252", timeout=1200,
    )  # fmt: skip


@pytest.mark.slow
def test_a_report_made_as_on_windows_is_the_same(tmp_path):
    project = make(tmp_path / "projekt")
    for name, text in OWN.items():
        (project / name).write_text(text, encoding="utf-8")
    built(project)
    windows = tmp_path / "windows"
    shutil.copytree(project, windows, ignore=shutil.ignore_patterns("data", "report"))
    (windows / KEPT).mkdir(parents=True)
    shutil.copy(project / KEPT / KEY, windows / KEPT)
    (windows / "roh/Ämter").mkdir()
    os.rename(windows / "roh/sgb2.csv", windows / "roh/Ämter/sgb2.csv")
    params = windows / f"params/{SLUG}.yml"
    change(params, "datei: sgb2.csv", r"datei: Ämter\sgb2.csv")
    change(params, "datenordner: roh", r"datenordner: .\roh")
    assert as_windows_saves_it(windows) > 10
    for name in ("roh/Ämter/~$sgb2.csv", f"params/texte/{SLUG}/~$sgb2.md"):
        (windows / name).write_bytes(b"somebody has it open")
    done = spm(windows, "build", f"params/{SLUG}.yml", "--renderer", "embedded", SPM_SPAWN="1")
    assert done.returncode == 0, done.stderr
    assert "Ämter/sgb2.csv ist gerade in Excel geöffnet" in done.stderr
    here, there = report(project), report(windows)
    assert here.keys() == there.keys()
    # It names its inputs by what the files hold, byte for byte
    assert {name for name in here if here[name] != there[name]} == {"manifest.json"}
