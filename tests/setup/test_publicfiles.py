"""Tables that are no deliveries: they become sections of the params file, or comments."""

import pandas as pd
import pytest

from spm.config.params import load_params
from spm.setup.paramsfile import set_up
from tests.setup.example import cut
from tests.setup.test_paramsfile import run, town  # noqa: F401 (a fixture)

TABLES = {
    "ziele.csv": "leitziel;teilziel;massnahme;wirkungsannahme;kennzahl;raum;ausgangswert;"
    "ausgangsjahr;zielwert;zieljahr;stelle;stand\nA;B;C;D;einwohner;1;5;2019;9;2030;Amt;läuft\n",
    "liste.csv": "art;name;traeger;thema;lebensphase;raum;plaetze;zielgruppe;offen_fuer\n"
    "angebot;Treff;Verein;Sport;0-2;1;12;Kinder;alle\n",
    "andere.csv": "kennzahl;gebiet;jahr;wert;quelle\nanteil_u18;Kreis;2020;15,1;Amt\n",
}


@pytest.fixture
def with_tables(town):  # noqa: F811
    folder = town / "data/raw/musterstadt"
    for name, text in TABLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "fruehere-berichte").mkdir()
    columns = ["kennzahl", "raum", "gruppe", "zaehler", "nenner", "wert", "status"]
    for name, last in (("a", 2019), ("b", 2017)):
        rows = [{"jahr": year, **dict.fromkeys(columns, "1")} for year in (2016, last)]
        pd.DataFrame(rows).to_parquet(folder / f"fruehere-berichte/{name}.parquet")
    return town


def test_they_are_named_where_they_belong(with_tables):
    done = run(with_tables, ("ags", "05999000"))
    text = done.path.read_text(encoding="utf-8")
    assert "ziele: {datei: ziele.csv}  # bitte prüfen:" in text
    assert "angebote: {datei: liste.csv}  # bitte prüfen:" in text
    assert "vergleich: {datei: andere.csv}  # sicher:" in text
    params = load_params(done.path)
    reports = ["fruehere-berichte/b.parquet", "fruehere-berichte/a.parquet"]  # the oldest first
    assert params.geheimhaltung.fruehere_berichte == reports
    assert set(params.lieferungen) == {"einwohner", "bewegungen"}
    assert params.zeitreihe.bis == 2021  # not the year of a goal


def test_they_count_neither_as_placed_nor_as_left(town, with_tables, tmp_path):  # noqa: F811
    told = run(with_tables, ("ags", "05999000")).lines
    assert "Tabellen zugeordnet: 2, nicht zugeordnet: 2." in told[2]
    for name in (*TABLES, "fruehere-berichte/a.parquet"):
        assert name in told[1]
    assert told[1].startswith("Keine Lieferung: ")


def test_earlier_reports_are_not_counted_among_the_files(town):  # noqa: F811
    def counted(name):
        (line,) = [one for one in run(town, name=name).lines if one.startswith("Dateien: ")]
        return line.partition(".")[0]

    before = counted("ohne")
    folder = town / "data/raw/musterstadt/fruehere-berichte"
    folder.mkdir()
    columns = ["kennzahl", "raum", "gruppe", "zaehler", "nenner", "wert", "status", "jahr"]
    pd.DataFrame([dict.fromkeys(columns, "1")]).to_parquet(folder / "a.parquet")
    assert counted("mit") == before


def test_a_second_run_names_a_new_one_in_a_comment_once(town):  # noqa: F811
    path = run(town, ("ags", "05999000")).path
    (town / "data/raw/musterstadt/ziele.csv").write_text(TABLES["ziele.csv"], encoding="utf-8")
    run(town)
    text = path.read_text(encoding="utf-8")
    assert text.count("# ziele.csv: Zieltabelle, keine Lieferung; gehört unter ziele") == 1
    load_params(path)
    assert "nichts wurde geändert" in run(town).lines[0]


def test_a_report_that_the_file_names_is_told_no_more(with_tables):
    path = run(with_tables, ("ags", "05999000")).path
    assert "nichts wurde geändert" in run(with_tables).lines[0]
    assert path.read_text(encoding="utf-8").count("a.parquet") == 1


def test_a_delivery_with_some_of_the_headings_stays_one():
    from spm.setup.publicfiles import Public

    public = Public()
    assert not public.take(cut("Raum;Name;Art;Anzahl\nAltstadt;x;y;3\nHafen;x;y;4"))
    assert not public.take(cut("Kennzahl;Jahr;Wert\nA;2020;3\nB;2021;4"))
    assert public.take(cut("Kennzahl;Gebiet;Jahr;Wert\nA;Kreis;2020;3\nB;Land;2021;4"))


@pytest.mark.parametrize(
    ("ags", "why"),
    [
        ("0599900", "hat 7 Ziffern"),
        ("1001000", "hat 7 Ziffern"),
        ("5766", "hat 4 Ziffern"),
        ("05999 00", "nur Ziffern"),
        ("99999000", "zu keinem Land"),
    ],
)
def test_a_key_that_is_none_is_told_at_once(town, ags, why):  # noqa: F811
    from spm.errors import SpmError

    with pytest.raises(SpmError, match=why) as error:
        set_up("Neuort", town / "data/raw/musterstadt", ags=ags)
    assert "8 Ziffern" in error.value.tun and "5 für einen Kreis" in error.value.tun
    assert not (town / "params/neuort.yml").exists()


def test_a_name_that_windows_keeps_for_itself_gets_advice_that_helps(town):  # noqa: F811
    from spm.errors import SpmError

    with pytest.raises(SpmError, match="für Geräte reserviert") as error:
        run(town, name="Con")
    assert "«Stadt Con»" in error.value.tun and "kommune.name" in error.value.tun
    assert run(town, ("ags", "05999000"), name="Stadt Con").path.name == "stadt-con.yml"
