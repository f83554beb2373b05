"""``spm vorlagen`` and ``spm jahr`` as a user types them."""

import shutil

import pytest
from typer.testing import CliRunner

from spm.cli import app
from tests.offices.offices_example import project

pytestmark = pytest.mark.slow


@pytest.fixture
def run(tmp_path, monkeypatch):
    project(tmp_path)
    monkeypatch.chdir(tmp_path)

    def run(*words):
        done = CliRunner().invoke(app, list(words), catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    return run


def test_templates(run):
    told = run("vorlagen", "params/pilotkommune.yml", "--stelle", "Wohngeldstelle")
    assert "Vorlage: data/processed/pilotkommune/vorlagen/wohngeldstelle.xlsx" in told
    assert '- {datei: "wohngeldstelle.xlsx", vorlage: ja}' in told
    assert told == run("templates", "params/pilotkommune.yml", "--stelle", "Wohngeldstelle")


def test_next_year(run, tmp_path):
    told = run("jahr", "params/pilotkommune.yml", "2024")
    assert "Neu: params/pilotkommune-2024.yml" in told
    assert "bitte prüfen" in told and "In " in told and "kein fertiger Bericht" in told
    assert "Lieferungen für 2024: 0 von 17 liegen vor." in told
    assert "Anschreiben an 13 Stellen: data/processed/pilotkommune-2024/anschreiben" in told
    assert "Unbenutzt" not in told
    folder = tmp_path / "data/raw/pilotkommune"
    bewegungen = folder / "bewegungen.csv"
    shutil.copy(folder / "sgb2.xlsx", folder / "sgb2_2024.xlsx")
    (folder / "fruehere-berichte").mkdir()
    (folder / "fruehere-berichte/pilotkommune-2023.parquet").write_bytes(b"PAR1")
    lines = bewegungen.read_text(encoding="cp1252").splitlines()
    new = [line.replace(";2023;", ";2024;") for line in lines if ";2023;" in line]
    assert new
    bewegungen.write_text("\n".join([*lines, *new]) + "\n", encoding="cp1252")
    again = run("year", "params/pilotkommune.yml", "2024")
    assert "gibt es schon und bleibt, wie sie ist" in again
    unused = "Unbenutzt im Ordner data/raw/pilotkommune: sgb2_2024.xlsx (heißt wie sgb2.xlsx)\n"
    assert unused in again
    assert "1 von 17 liegen vor" in again and "Liegt vor: bewegungen" in again
