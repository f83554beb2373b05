"""The demo without its mappings: `spm neu` alone gives a params file that the check accepts."""

import pytest

from spm import build
from spm.progress import steps
from spm.setup.paramsfile import set_up
from spm.verdict import errors_among


@pytest.mark.slow
def test_the_demo_is_set_up_without_an_error(project, monkeypatch):
    monkeypatch.chdir(project)
    (project / "params/pilotkommune.yml").unlink()
    done = set_up("Pilotkommune", project / "data/raw/pilotkommune", ags="05999000")
    with steps() as shown:
        checked, _ = build.check(done.path, shown)
    assert errors_among(checked.findings) == []
    guesses = [note for note in checked.findings if "geraten" in note.was]
    assert len(guesses) > 10
    assert checked.indicators is not None
    inhabitants = checked.indicators.query("kennzahl == 'einwohner' and jahr == 2023")
    assert inhabitants["wert"].sum() > 0
    measures = set(checked.facts["merkmal"])
    assert {"bevoelkerung", "sgb2_personen", "betreute_kinder", "hilfen_sgb8"} <= measures
