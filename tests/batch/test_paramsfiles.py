"""Which files a batch takes for params files."""

import os

import pytest

from spm.batch.paramsfiles import find
from spm.errors import SpmError
from tests.batch.fake_builds import make_project


def test_a_pattern_is_expanded_and_catalogues_are_passed_over(tmp_path):
    project = make_project(tmp_path / "projekt", "b", "a")
    (project / "params/kennzahlen.yml").write_text("kennzahlen:\n  x: {kapitel: y}\n")
    (project / "params/glossar.yml").write_text("begriffe: {}\n")
    found = find([str(project / "params/*.yml"), str(project / "params/a.yml")])
    assert [path.name for path in found.files] == ["a.yml", "b.yml"]
    assert [path.name for path in found.others] == ["glossar.yml", "kennzahlen.yml"]
    assert found.root == project


def test_names_are_looked_for_from_here(tmp_path, monkeypatch):
    project = make_project(tmp_path / "projekt", "a")
    monkeypatch.chdir(project)
    assert find(["params/a.yml"]) == find([os.path.join("params", "?.yml")])


def test_a_broken_params_file_stays_one(tmp_path):
    project = make_project(tmp_path / "projekt")
    (project / "params/x.yml").write_text("bericht: {\nkommune: [\n")
    assert [path.stem for path in find([str(project / "params/*.yml")]).files] == ["x"]


def test_nothing_found(tmp_path):
    project = make_project(tmp_path / "projekt")
    with pytest.raises(SpmError, match="keine Datei"):
        find([str(project / "params/*.yml")])
    (project / "params/glossar.yml").write_text("begriffe: {}\n")
    with pytest.raises(SpmError, match="keine Params-Datei"):
        find([str(project / "params/*.yml")])


def test_two_of_one_name_and_two_projects(tmp_path):
    one = make_project(tmp_path / "eins", "a")
    other = make_project(tmp_path / "zwei", "a", "b")
    with pytest.raises(SpmError, match="mehreren Projekten"):
        find([str(one / "params/a.yml"), str(other / "params/b.yml")])
    (one / "params/alt").mkdir()
    (one / "params/a.yml").rename(one / "params/alt/a.yml")
    (one / "params/a.yml").write_text("kommune: {}\n")
    with pytest.raises(SpmError, match="Zwei Params-Dateien heißen «a»"):
        find([str(one / "params/**/*.yml")])
