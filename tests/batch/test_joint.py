"""One params file for several municipalities, built: each as if it had files of its own."""

import json
import shutil

import pytest

from spm.batch.paramsfiles import find
from spm.batch.records import FEHLER, GEBAUT, read_state
from spm.errors import SpmError
from spm.release.keyed import KEY
from tests.batch.fake_builds import make_project
from tests.batch.joint_example import COMMON, entries, make_joint, make_own
from tests.conftest import run_spm

HTML = ("--to", "html", "--renderer", "embedded")


def test_a_batch_takes_the_municipalities_of_a_file(tmp_path):
    project = make_joint(tmp_path / "p", "bheim", "aheim")
    file = project / "params/kreis.yml"
    found = find([str(project / "params/*.yml")])
    assert found.files == (file / "aheim", file / "bheim")
    assert found.joint == (file,)
    assert [path.name for path in found.others] == ["kennzahlen-klein.yml"]
    assert find([str(file / "bheim")]).files == (file / "bheim",)


def test_a_file_whose_entries_are_wrong_fails_as_one(tmp_path):
    project = make_joint(tmp_path / "p", "aheim")
    file = project / "params/kreis.yml"
    file.write_text("kommunen: [aheim]\n", encoding="utf-8")
    assert find([str(file)]).files == (file,)


def test_two_municipalities_of_one_name(tmp_path):
    project = make_project(tmp_path / "p", "aheim")
    (project / "params/kreis.yml").write_text(entries("aheim") + COMMON, encoding="utf-8")
    with pytest.raises(SpmError, match="Zwei Kommunen heißen «aheim»"):
        find([str(project / "params/*.yml")])


@pytest.fixture(scope="module")
def kreis(tmp_path_factory):
    """Three municipalities after a batch; one is misspelled, and nobody lists the fourth."""
    pytest.importorskip("distributed", reason="the extra batch is not installed")
    project = make_joint(tmp_path_factory.mktemp("kreis") / "p", "aheim", "bheim", "cheim")
    file = project / "params/kreis.yml"
    text = file.read_text(encoding="utf-8").replace(
        "    name: Cheim\n", "    name: Cheim\n    filter: {Gemeinde: Zeheim}\n"
    )
    file.write_text(text, encoding="utf-8")
    done = run_spm("batch", "params/kreis.yml", "--workers", "1", *HTML, cwd=project)
    return project, done


@pytest.mark.slow
def test_each_municipality_has_its_outcome(kreis):
    project, done = kreis
    assert done.returncode == 1
    assert "3 Kommunen: 2 gebaut, 1 gescheitert" in done.stdout
    state = read_state(project / "report")
    assert {slug: state[slug].status for slug in state} == {
        "aheim": GEBAUT, "bheim": GEBAUT, "cheim": FEHLER
    }  # fmt: skip
    assert done.stderr.count("gehören zu keiner Kommune") == 1
    assert "kreis.yml: Einwohnerbestand (einwohner.csv): 18 Zeilen" in done.stderr


@pytest.mark.slow
def test_the_report_is_that_of_a_municipality_with_files_of_its_own(kreis, tmp_path):
    project, _ = kreis
    own = make_own(tmp_path / "own", "aheim")
    kept = own / "data/processed/aheim"
    kept.mkdir(parents=True)
    shutil.copy(project / "data/processed/aheim" / KEY, kept)
    done = run_spm("build", "params/aheim.yml", *HTML, cwd=own)
    assert done.returncode == 0, done.stderr
    joint, alone = files(project / "report/aheim"), files(own / "report/aheim")
    assert joint.keys() == alone.keys()
    assert [n for n in joint if joint[n] != alone[n]] == ["manifest.json"]
    one, other = (json.loads(found["manifest.json"]) for found in (joint, alone))
    # What is delivered is another file; its digest has a key, and says no more than that.
    assert one.pop("vertraulich").keys() == other.pop("vertraulich").keys()
    assert one == other


@pytest.mark.slow
def test_rows_of_a_neighbour_change_nothing_that_is_published(kreis):
    project, _ = kreis
    before = files(project / "report/aheim")
    raw = project / "roh/einwohner.csv"
    text = raw.read_text(encoding="utf-8")
    changed = text.replace("Bheim;05999002-2;2022;0-17;259", "Bheim;05999002-2;2022;0-17;333")
    assert changed != text
    raw.write_text(changed, encoding="utf-8")
    done = run_spm("build", "params/kreis.yml/aheim", *HTML, "--explain", cwd=project)
    assert done.returncode == 0, done.stderr
    assert "Lieferung einwohner: Eingabe geändert: einwohner.csv" in done.stderr
    assert "Fakten und Kennzahlen: unverändert" in done.stderr
    assert files(project / "report/aheim") == before


@pytest.mark.slow
def test_nothing_of_a_neighbour_lies_with_a_municipality(kreis):
    project, _ = kreis
    for folder in (project / "report/aheim", project / "data/processed/aheim"):
        for name, content in files(folder).items():
            assert b"05999002" not in content, name
            assert b"Bheim" not in content, name


@pytest.mark.slow
def test_check_of_the_whole_file(kreis):
    project, _ = kreis
    done = run_spm("check", "params/kreis.yml", cwd=project)
    assert done.returncode == 1
    assert "--- bheim ---" in done.stdout
    assert "Der Wert «Zeheim» unter filter kommt in der Spalte nicht vor." in done.stdout
    recap = done.stdout[done.stdout.index("--- alle ---") :]
    assert "aheim: Prüfung: 0 Fehler, 0 Hinweise" in recap
    assert "cheim: Prüfung: 1 Fehler" in recap
    assert recap.count("gehören zu keiner Kommune") == 1
    assert "die Fehler bei cheim beheben, dann «spm check params/kreis.yml/cheim»" in recap


def files(folder):
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
