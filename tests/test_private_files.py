"""Git never takes what belongs to a municipality, and takes whatever else the project gets."""

import shutil
import subprocess

import pytest

from tests.conftest import ROOT

PRIVATE = [
    "data/raw/musterstadt/einwohner.csv",
    "data/raw/einwohner.xlsx",
    "data/processed/musterstadt/facts.parquet",
    "data/processed/pilotkommune/published.parquet",
    "report/musterstadt/html/index.html",
    "report/pilotkommune/manifest.json",
    "params/musterstadt.yml",
    "params/musterstadt.yaml",
    "params/musterstadt.yml.bak",
    "params/kennzahlen_musterstadt.yml",
    "params/logo/musterstadt.svg",
    "params/logo/musterstadt.png",
    "params/texte/musterstadt/sgb2.md",
]
PUBLIC = [
    "params/kennzahlen-kultur.yml",
    "params/kennzahlen-kultur-freizeit.yml",
    "params/catalogue.schema.json",
    "params/texte/pilotkommune/bildung.md",
    "data/raw/pilotkommune/kultur.csv",
    "data/raw/.gitkeep",
    "report/.gitkeep",
    "notebooks/11-kultur.ipynb",
    "src/spm/rawfiles/dbase.py",
    "docs/how-to/new-file-format.md",
]


def git(*arguments, **kwargs):
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("git, or the history of the project, is absent")
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", **kwargs
    )
    assert done.returncode in (0, 1), done.stderr  # 1: nothing is ignored
    return done.stdout.splitlines()


def test_what_is_private_is_ignored_and_nothing_else():
    ignored = git("check-ignore", "--no-index", "--stdin", input="\n".join([*PRIVATE, *PUBLIC]))
    assert ignored == PRIVATE


def test_no_file_of_the_project_is_ignored():
    assert git("ls-files", "--cached", "--ignored", "--exclude-standard") == []
