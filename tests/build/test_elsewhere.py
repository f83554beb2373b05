"""Deliveries that are open in another program while they are read."""

from spm.build.elsewhere import notes_on_open_files
from spm.config.params import load_params
from tests.build.small import make


def test_an_open_delivery_is_told(tmp_path):
    params = load_params(make(tmp_path / "projekt") / "params/kleinau.yml")
    assert notes_on_open_files(params) == []
    (params.root / "roh/~$sgb2.csv").touch()
    (params.root / "roh/~$anderes.csv").touch()
    assert notes_on_open_files(params) == [
        "sgb2.csv ist gerade in Excel geöffnet; gelesen wird der gespeicherte Stand"
    ]
