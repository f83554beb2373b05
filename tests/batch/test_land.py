"""The invented Land of `benchmarks/land.py`: what it is measured with is what a user may have."""

import runpy

import pytest

from spm.config.params import load_params
from tests.conftest import ROOT, run_spm


@pytest.mark.slow
def test_every_municipality_can_be_checked(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "benchmarks")  # as for whoever runs it
    land = runpy.run_path(str(ROOT / "benchmarks" / "land.py"))
    places = land["places"]()
    few = [places[0], places[len(places) // 2], places[-1]]
    land["make"](tmp_path, few)
    files = [tmp_path / f"params/{place.slug}.yml" for place in few]
    assert len({load_params(file).kommune.ags for file in files}) == len(few)
    done = run_spm("check", files[0], cwd=tmp_path)
    assert done.returncode == 0, done.stderr
