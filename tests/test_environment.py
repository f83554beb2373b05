"""One list of dependencies in three places: pyproject.toml, requirements.lock, environment.yml."""

import re
import tomllib

import pytest
import yaml

from tests.conftest import ROOT

ONLY_CONDA = {"python", "quarto", "pip"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def name_of(requirement):
    return re.match(r"[A-Za-z0-9._-]+", requirement)[0].lower()


def declared(*extras):
    requirements = [*PROJECT["dependencies"]]
    for extra in extras:
        requirements += PROJECT["optional-dependencies"][extra]
    return {name_of(r) for r in requirements}


def locked():
    versions = {}
    for name, version in re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", LOCK, re.MULTILINE):
        versions.setdefault(name, set()).add(version)
    return versions


@pytest.fixture(scope="module")
def conda():
    """Name -> version (or a part of it) as environment.yml asks for."""
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    packages = {}
    for item in [i for i in listed if isinstance(i, str)]:
        name, _, version = item.partition("=") if " " not in item else item.partition(" ")
        packages[name] = version
    for item in next(i["pip"] for i in listed if isinstance(i, dict)):
        if not item.startswith("-"):
            name, _, version = item.partition("==")
            packages[name] = version
    return packages


def test_conda_and_project_name_the_same_packages(conda):
    assert set(conda) - ONLY_CONDA == declared("test", "lab", "batch")


def test_conda_and_lock_agree_on_versions(conda):
    versions = locked()
    for name, wanted in conda.items():
        if name not in ONLY_CONDA:
            exact = {v for v in versions[name] if v == wanted or v.startswith(f"{wanted}.")}
            assert exact == versions[name], (name, wanted, versions[name])


def test_python_and_quarto_bounds_agree(conda):
    assert conda["python"] == PROJECT["requires-python"] == ">=3.11,<3.14"
    assert conda["quarto"].startswith(">=1.9")


def test_the_lock_holds_every_dependency_with_hashes_and_no_address():
    assert declared("test", "lab", "build") <= set(locked())
    assert "://" not in LOCK and "--index-url" not in LOCK and "--find-links" not in LOCK
    blocks = re.split(r"\n(?=[a-z0-9])", LOCK.strip())
    assert all("--hash=sha256:" in block for block in blocks)
