"""Small inputs after public bug reports, in ``shared/cases``: checked as a user checks them."""

import shutil
from pathlib import Path

import pytest

from spm.build.checking import Checked, check
from spm.config.params import load_params
from spm.progress import Steps
from tests.conftest import ROOT


def case(shared: Path, folder: Path, name: str) -> Path:
    """A project with one case; returns its params file."""
    source = shared / "cases" / name
    if not source.is_dir():
        pytest.skip(f"the case {name} is absent")
    (folder / "params").mkdir(parents=True)
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    shutil.copy(ROOT / "_quarto.yml", folder)
    shutil.copy(ROOT / "params/kennzahlen.yml", folder / "params")
    shutil.copytree(source / "data", folder / "data/raw" / name)
    return Path(shutil.copy(source / "params.yml", folder / "params" / f"{name}.yml"))


def checked(params: Path) -> Checked:
    """What reading the deliveries gave."""
    return check(load_params(params), Steps(quiet=True))[0]
