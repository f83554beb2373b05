"""What `spm neu` guessed is a note of `spm check` until somebody has looked at it."""

import shutil

import pandas as pd
import pytest

from spm.build.checking import check
from spm.build.doubtful import empty_year, notes_on_params
from spm.config.params import load_params
from spm.progress import Steps
from tests.build.small import SLUG, change, make
from tests.conftest import PARAMS, ROOT


def guesses(project):
    notes = notes_on_params(load_params(project / PARAMS), {})
    return [note for note in notes if "geraten" in note.was]


def test_every_mark_is_a_note_until_it_is_removed(project):
    path = project / PARAMS
    own = path.read_text(encoding="utf-8")
    assert guesses(project) == []
    text = own.replace("  raumebene: Sozialraum", "  raumebene: Sozialraum  # bitte prüfen: so?")
    text += "\n# Wer «bitte prüfen» nur in einem Kommentar liest, hat nichts zu tun\n"
    text += "# lieferungen: {}  # bitte prüfen: auch hier nicht\n"
    path.write_text(text, encoding="utf-8")
    (note,) = guesses(project)
    assert (note.schwere, note.spalte) == ("Hinweis", "raumebene")
    line = text.splitlines().index(next(x for x in text.splitlines() if "so?" in x)) + 1
    assert note.zeile == line
    assert "geprüft: so?" in note.was
    alone = text.replace("  # bitte prüfen: so?", "\n  # bitte prüfen: so?")
    path.write_text(alone, encoding="utf-8")  # as `spm jahr` writes above what it left open
    (note,) = guesses(project)
    assert (note.spalte, "geprüft: so?" in note.was) == ("", True)
    path.write_text(text.replace("bitte prüfen: so?", "sicher: so"), encoding="utf-8")
    assert guesses(project) == []


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    return make(tmp_path_factory.mktemp("klein") / "projekt")


@pytest.fixture
def small(prepared, tmp_path):
    return shutil.copytree(prepared, tmp_path / "projekt")


def checked(project):
    return check(load_params(project / f"params/{SLUG}.yml"), Steps(quiet=True))[0]


def test_a_report_year_without_any_number_is_an_error(small):
    path = small / f"params/{SLUG}.yml"
    assert [f for f in checked(small).findings if f.schwere == "Fehler"] == []
    change(path, "berichtsjahr: 2023", "berichtsjahr: 2024")
    change(path, "bis: 2023", "bis: 2024")
    done = checked(small)
    (error,) = [f for f in done.findings if f.schwere == "Fehler"]
    assert (error.lieferung, error.spalte) == ("Params-Datei", "bericht.berichtsjahr")
    assert error.was == (
        "Für das Berichtsjahr 2024 liegt keine Zahl vor; letztes Jahr mit Zahlen: 2023."
    )
    assert "berichtsjahr: 2023" in error.tun
    assert done.inputs is None  # nothing is built of it


def test_one_indicator_with_numbers_will_do(small):
    benefits = small / "roh/sgb2.csv"
    rows = benefits.read_text(encoding="utf-8").splitlines()
    benefits.write_text("\n".join(r for r in rows if ";2023;" not in r), encoding="utf-8")
    assert [f for f in checked(small).findings if f.schwere == "Fehler"] == []


def test_a_first_delivery_can_be_checked_without_its_denominators(small):
    params = load_params(small / f"params/{SLUG}.yml")
    rows = pd.DataFrame({"jahr": [2022, 2023], "status": ["nicht_geliefert"] * 2})
    assert empty_year(rows, params) == []


def thresholds(path):
    notes = notes_on_params(load_params(path), {})
    return [note for note in notes if "nennt keine mindestfallzahl" in note.was]


def test_a_threshold_that_nobody_wrote_down_is_told_with_the_one_that_holds(small):
    path = small / f"params/{SLUG}.yml"
    assert thresholds(path) == thresholds(ROOT / PARAMS) == []
    change(path, "    stelle: Jobcenter\n    mindestfallzahl: 3\n", "    stelle: Jobcenter\n")
    (note,) = thresholds(path)
    line = path.read_text(encoding="utf-8").splitlines()[note.zeile - 1]
    assert (line, note.spalte, note.schwere) == ("  sgb2:", "lieferungen.sgb2", "Hinweis")
    assert "«Personen nach SGB II»" in note.was and "Es gilt 3:" in note.was
    assert "Mit der Stelle vereinbaren" in note.tun


@pytest.mark.parametrize(
    ("instead", "told"),
    [
        ("rundung: 5", 0),
        ("verfahren: {art: cell_key, abweichung: 2, keine_weitere_sperrung: ja}", 0),
        ("verfahren: {art: cell_key, abweichung: 2}", 1),
        ("mindestnenner: 20", 1),
    ],
)
def test_numbers_that_are_protected_otherwise_need_no_threshold(small, instead, told):
    path = small / f"params/{SLUG}.yml"
    change(path, "Jobcenter\n    mindestfallzahl: 3", f"Jobcenter\n    {instead}")
    assert len(thresholds(path)) == told
