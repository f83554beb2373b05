"""Commands on a params file for several municipalities: each works, or says what to do."""

import pytest

from spm.config.params import load_params
from spm.console.checkall import municipalities
from spm.console.greeting import greeting
from spm.errors import SpmError
from spm.nextyear.writing import refuse_joint, roll
from spm.offices.templates import told, write_templates
from spm.preview.watching import watched
from spm.setup.takenover import template
from tests.batch.joint_example import make_joint


@pytest.fixture
def kreis(tmp_path):
    return make_joint(tmp_path / "p", "aheim", "bheim") / "params/kreis.yml"


def test_spm_alone_names_how_many_there_are(kreis):
    (line,) = [line for line in greeting(kreis.parents[1]) if "kreis.yml (" in line]
    assert line.startswith("  params/kreis.yml (2 Kommunen): 0 Berichte; spm check params/kreis")
    assert "spm build params/kreis.yml/aheim baut einen" in line


def test_all_or_one(kreis):
    assert municipalities(kreis) == [kreis / "aheim", kreis / "bheim"]
    assert municipalities(kreis / "aheim") == []


def test_next_year_says_how_to_do_it_by_hand(kreis):
    for asked in (lambda: refuse_joint(kreis, 2024),
                  lambda: roll(load_params(kreis / "aheim"), 2024)):  # fmt: skip
        with pytest.raises(SpmError, match="kann eine Params-Datei, die für mehrere") as caught:
            asked()
        assert "params/kreis-2024.yml" in caught.value.tun
        assert "aus aheim wird aheim-2024" in caught.value.tun
    assert sorted(path.name for path in kreis.parent.glob("kreis*")) == ["kreis.yml"]


def test_templates_are_each_municipalitys_own(kreis):
    params = load_params(kreis / "bheim")
    done = write_templates(params, [2023])
    path = done.files["Einwohnermeldeamt"]
    assert path.parent == kreis.parents[1] / "data/processed/bheim/vorlagen"
    lines = told(done, params, [path.name], [2023])
    assert "(roh/bheim)" in lines[1]
    assert '    - {datei: "{kommune}/einwohnermeldeamt-{jahr}.xlsx", vorlage: ja}' in "\n".join(
        lines
    )


def test_a_new_params_file_takes_its_mappings_over(kreis):
    for named in (kreis, kreis / "bheim"):
        ((key, table),) = template(named).tables
        assert (key, table["spalten"]["raum"]) == ("einwohner", "nr")
        assert "filter" not in table


def test_the_preview_watches_the_file_itself(kreis):
    assert kreis.parent in watched(kreis / "aheim")
    elsewhere = kreis.rename(kreis.parents[1] / "kreis.yml")
    assert elsewhere in watched(elsewhere / "aheim")
