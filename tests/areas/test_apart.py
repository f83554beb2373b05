"""Municipalities of one params file share no area."""

import pytest

from spm.areas.apart import check_apart
from spm.config.params import load_params
from spm.errors import SpmError
from tests.batch.joint_example import make_joint


def test_areas_of_their_own(tmp_path):
    project = make_joint(tmp_path / "p", "aheim", "bheim")
    check_apart(load_params(project / "params/kreis.yml/aheim"))


def test_one_key_in_two_municipalities(tmp_path):
    project = make_joint(tmp_path / "p", "aheim", "bheim")
    file = project / "roh/ortsteile.geojson"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"05999002-3"', '"05999001-1"'), encoding="utf-8")
    with pytest.raises(SpmError, match="«05999001-1» gehört zu zwei Kommunen") as caught:
        check_apart(load_params(project / "params/kreis.yml/aheim"))
    assert "ortsteile.geojson, Spalte nr" in caught.value.wo
    assert "eindeutig" in caught.value.tun


def test_a_wrong_filter_is_the_others_problem(tmp_path):
    project = make_joint(tmp_path / "p", "aheim", "bheim")
    file = project / "params/kreis.yml"
    text = file.read_text(encoding="utf-8").replace("05999002", "05999009")
    file.write_text(text, encoding="utf-8")
    check_apart(load_params(file / "aheim"))
    with pytest.raises(SpmError, match="Den Wert «05999009» gibt es in der Spalte «ags»"):
        check_apart(load_params(file / "bheim"))


def test_files_of_their_own_may_number_alike(tmp_path):
    project = make_joint(tmp_path / "p", "aheim", "bheim")
    text = (project / "roh/ortsteile.geojson").read_text(encoding="utf-8")
    for slug in ("aheim", "bheim"):
        (project / f"roh/{slug}.geojson").write_text(text, encoding="utf-8")
    file = project / "params/kreis.yml"
    own = file.read_text(encoding="utf-8").replace('  filter: {ags: "{ags}"}\n', "")
    file.write_text(own.replace("ortsteile.geojson", '"{kommune}.geojson"'), encoding="utf-8")
    check_apart(load_params(file / "aheim"))
