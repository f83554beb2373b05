"""Paths that would be too long are told before anything is built."""

import pytest

from spm.build.pathlengths import check_lengths, longest_below
from spm.config.params import load_params
from spm.errors import SpmError
from spm.system import lengths
from tests.build.small import make


@pytest.fixture
def params(tmp_path):
    return load_params(make(tmp_path / "projekt") / "params/kleinau.yml")


def test_a_folder_with_a_long_path_is_refused(params, monkeypatch):
    root, below = len(str(params.root)), longest_below(params)
    monkeypatch.setattr(lengths, "longest", lambda: root + below)
    with pytest.raises(SpmError) as caught:
        check_lengths(params)
    told = caught.value
    assert f"bis zu {root + 1 + below} Zeichen" in told.was
    assert f"erlaubt {root + below}" in told.was and told.wo == str(params.root)
    assert f"höchstens {root - 1} Zeichen" in told.tun and "LongPathsEnabled" in told.tun
    monkeypatch.setattr(lengths, "longest", lambda: root + below + 1)
    check_lengths(params)


def test_where_no_folder_is_short_enough_names_have_to_be(params, monkeypatch):
    monkeypatch.setattr(lengths, "longest", lambda: longest_below(params) + 5)
    with pytest.raises(SpmError, match="kürzer nennen"):
        check_lengths(params)


def test_no_file_of_a_report_is_longer_than_told(demo):
    params = load_params(demo / "params/pilotkommune.yml")
    places = [demo / "report" / params.slug, params.processed]
    files = [path.relative_to(demo) for place in places for path in place.rglob("*")]
    assert len(files) > 500
    # ".pilotkommune.neu", where the report is made, has five characters more
    assert max(len(str(path)) + 5 for path in files) <= longest_below(params)
