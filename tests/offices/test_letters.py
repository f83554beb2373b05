"""Letters: what is still to come from whom, in the municipality's own words if it has any."""

import pytest

from spm.config.params import load_params
from spm.errors import SpmError
from spm.offices.letters import write_letters
from spm.offices.outstanding import LACKING, PARTLY, THERE, Delivery
from tests.offices.offices_example import PROJECT, project


@pytest.fixture
def path(tmp_path):
    return project(tmp_path)


def states(params, lacking):
    return [
        Delivery(key, *lacking.get(key, (THERE,))) for key in params.lieferungen
    ]  # fmt: skip


def test_one_letter_per_office_that_still_has_to_deliver(path):
    params = load_params(path)
    lacking = {"hze": (LACKING, "", (("hze.csv", ""),)), "kinderschutz": (PARTLY, "")}
    done = write_letters(params, 2024, states(params, lacking))
    assert list(done) == ["Jugendamt, Allgemeiner Sozialer Dienst"]
    text = next(iter(done.values())).read_text(encoding="utf-8-sig")
    assert "nach SGB VIII (Jahressumme 2024); zuletzt als hze.csv" in text
    assert "(der Rest liegt vor)" in text
    assert "Anzahlen unter 5 werden nicht veröffentlicht" in text
    assert "{" not in text and "\n\n\n" not in text
    assert "Excel-Vorlage" not in text


def test_the_template_is_mentioned_if_it_is_there(path):
    params = load_params(path)
    folder = params.processed / "vorlagen"
    folder.mkdir(parents=True)
    (folder / "jobcenter-2024.xlsx").write_bytes(b"x")
    done = write_letters(params, 2024, states(params, {"sgb2": (LACKING, "")}))
    text = done["Jobcenter"].read_text(encoding="utf-8-sig")
    assert "Excel-Vorlage (jobcenter-2024.xlsx)" in text


def test_a_letter_goes_once_all_is_there(path):
    params = load_params(path)
    (letter,) = write_letters(params, 2024, states(params, {"sgb2": (LACKING, "")})).values()
    assert letter.exists()
    assert write_letters(params, 2024, states(params, {})) == {}
    assert not letter.exists()


def test_own_words(path):
    own = path.parent / "texte/pilotkommune/anschreiben.md"
    own.write_text("Liebes {stelle},\n\n{vorlage}\n\n{lieferungen}\n", encoding="utf-8")
    params = load_params(path)
    done = write_letters(params, 2024, states(params, {"sgb2": (LACKING, "")}))
    text = done["Jobcenter"].read_text(encoding="utf-8-sig")
    assert text.startswith("Liebes Jobcenter,\n\n- Personen und Bedarfsgemeinschaften")


def test_a_letter_is_no_text_of_a_chapter(path):
    from spm.config.catalogue import load_catalogue
    from spm.owntexts.texts import load_texts

    (path.parent / "texte/pilotkommune/anschreiben.md").write_text("{stelle}", encoding="utf-8")
    params = load_params(path)
    assert "anschreiben" not in load_texts(params, load_catalogue(params)).chapters


def test_an_unknown_placeholder_is_refused(path):
    own = path.parent / "texte/pilotkommune/anschreiben.md"
    own.write_text("Liebe {stele}", encoding="utf-8")
    params = load_params(path)
    with pytest.raises(SpmError, match="Gemeint ist vielleicht «stelle»"):
        write_letters(params, 2024, [])


def test_the_shipped_text_asks_only_for_what_there_is():
    text = (PROJECT / "src/spm/offices/anschreiben.md").read_text(encoding="utf-8")
    assert "{lieferungen}" in text and "{vereinbarung}" in text
