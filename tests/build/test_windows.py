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
PARAMS = f"params/{SLUG}.yml"
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


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """A project whose report is built, and the same as Windows has it, where nothing is built."""
    project = make(tmp_path_factory.mktemp("w") / "projekt")
    for name, text in OWN.items():
        (project / name).write_text(text, encoding="utf-8")
    built(project)
    windows = project.with_name("windows")
    shutil.copytree(project, windows, ignore=shutil.ignore_patterns("data", "report"))
    (windows / KEPT).mkdir(parents=True)
    shutil.copy(project / KEPT / KEY, windows / KEPT)
    (windows / "roh/Ämter").mkdir()
    os.rename(windows / "roh/sgb2.csv", windows / "roh/Ämter/SGB2.csv")
    params = windows / PARAMS
    change(params, "datei: sgb2.csv", r"datei: Ämter\sgb2.csv")
    change(params, "datenordner: roh", r"datenordner: .\roh")
    assert as_windows_saves_it(windows) > 10
    for name in ("roh/Ämter/~$SGB2.csv", f"params/texte/{SLUG}/~$sgb2.md"):
        (windows / name).write_bytes(b"somebody has it open")
    return project, windows


@pytest.mark.slow
def test_a_report_made_as_on_windows_is_the_same(both):
    project, windows = both
    done = spm(windows, "build", PARAMS, "--renderer", "embedded", SPM_SPAWN="1")
    assert done.returncode == 0, done.stderr
    assert "Ämter/sgb2.csv ist gerade in Excel geöffnet" in done.stderr
    here, there = report(project), report(windows)
    assert here.keys() == there.keys()
    # It names its inputs by what the files hold, byte for byte
    assert {name for name in here if here[name] != there[name]} == {"manifest.json"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("encoding", "arguments", "code", "said"),
    [
        ("cp1252", [], 0, "spm build"),
        ("cp1252", ["--help"], 0, "Kommune"),
        ("cp1252", ["check", PARAMS], 0, "Prüfung: 0 Fehler"),
        ("ascii", ["check", PARAMS], 0, "Pruefung: 0 Fehler"),
        ("cp1252", ["erklaere", PARAMS, "sgb2_quote_u18", "2023", "01"], 0, "Kirchdorf"),
        ("cp1252", ["kennzahlen", "→"], 1, "«->»"),
        ("cp1252", ["neu", "Köln", "roh"], 0, "koeln.yml"),
        ("cp1252", ["bild", "→ „Köln“"], 2, "Fehler"),
        ("ascii", ["check", "params/→.yml"], 1, "->"),
    ],
    ids=lambda value: " ".join(value[:1]) if isinstance(value, list) else None,
)
def test_no_command_stops_at_a_character(both, encoding, arguments, code, said):
    project, _ = both
    done = spm(project, *arguments, PYTHONIOENCODING=encoding)
    assert "UnicodeEncodeError" not in done.stderr and "vorgesehen" not in done.stderr
    assert done.returncode == code, done.stdout + done.stderr
    assert said in done.stdout + done.stderr
    if arguments[:1] == ["neu"]:
        (project / "params/koeln.yml").unlink()
