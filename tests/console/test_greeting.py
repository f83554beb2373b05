"""``spm`` alone: the commands that matter, and how the project stands."""

import hashlib
import json
import subprocess
import sys

import pytest

from spm.console.greeting import MOST, greeting

PAGE = "<p>Das Protokoll nennt {} Fehler und {} {}. Ein Fehler muss …</p>"


@pytest.fixture
def project(tmp_path):
    (tmp_path / "params").mkdir()
    (tmp_path / "_quarto.yml").touch()
    (tmp_path / "params/kennzahlen.yml").write_text("kennzahlen: {}\n", encoding="utf-8")
    text = '# Kommentar\nkommune:\n  name: "Bad Au"  # so\n  ags: "1"\n'
    (tmp_path / "params/bad-au.yml").write_text(text, encoding="utf-8")
    return tmp_path


def _told(project) -> str:
    return "\n".join(greeting(project))


def test_it_names_the_commands_that_matter_and_every_params_file(project):
    told = _told(project / "params")
    every = ("spm neu", "spm check", "spm build", "spm erklaere")
    assert [c in told for c in every] == [True] * 4
    assert "params/bad-au.yml (Bad Au): noch kein Bericht; noch nicht geprüft" in told
    assert "kennzahlen.yml" not in told


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (("keinen", "keinen", "Hinweis"), "nichts offen"),
        (("einen", "3", "Hinweise"), "offen: 1 Fehler, 3 Hinweise"),
        (("12", "einen", "Hinweis"), "offen: 12 Fehler, 1 Hinweis"),
    ],
)
def test_open_findings_are_those_of_the_check_report(project, found, text):
    folder = project / "data/processed/bad-au"
    folder.mkdir(parents=True)
    (folder / "pruefprotokoll-bad-au.html").write_text(PAGE.format(*found), encoding="utf-8")
    assert _told(project).endswith(f"noch kein Bericht; {text}")


def test_a_report_is_named_and_whether_it_is_older_than_its_params_file(project):
    report, kept = project / "report/bad-au", project / "data/processed/bad-au"
    for folder in (report / "html", kept):
        folder.mkdir(parents=True)
    (report / "manifest.json").touch()
    (report / "html/index.html").touch()
    params = project / "params/bad-au.yml"
    made_from = {"params/bad-au.yml": hashlib.sha256(params.read_bytes()).hexdigest()}
    full = kept / "manifest-vertraulich.json"
    full.write_text(json.dumps({"eingaben": made_from}), encoding="utf-8")
    assert "Bericht report/bad-au/html/index.html; noch nicht geprüft" in _told(project)
    params.write_text(params.read_text(encoding="utf-8") + "# neu\n", encoding="utf-8")
    assert "index.html, seitdem wurde die Params-Datei geändert" in _told(project)
    full.write_text("{", encoding="utf-8")
    assert "Bericht report/bad-au/html/index.html; noch nicht geprüft" in _told(project)


def test_many_municipalities_are_counted(project):
    for number in range(MOST + 2):
        path = project / f"params/ort-{number:02}.yml"
        path.write_text(f"kommune: {{name: Ort {number}, ags: '1'}}\n", encoding="utf-8")
    assert _told(project).endswith("  … und 3 weitere Params-Dateien")
    assert "(Ort 0)" in _told(project)


def test_outside_of_a_project_it_says_so(tmp_path):
    assert "liegt kein SPM-Projekt" in _told(tmp_path)
    (tmp_path / "_quarto.yml").touch()
    assert "noch keine Params-Datei; «spm neu NAME ORDNER»" in _told(tmp_path)


def test_it_is_what_spm_alone_prints_and_loads_little(project):
    script = (
        "import sys; from spm.cli import main\n"
        "sys.argv = ['spm']\n"
        "try: main()\n"
        "except SystemExit as e: print(e.code)\n"
        "print(sorted({'pandas', 'numpy', 'rich', 'yaml', 'pyarrow'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", cwd=project
    )
    assert done.stdout.startswith("SPM: ")
    assert done.stdout.splitlines()[-2:] == ["0", "[]"]
