"""Next year's params file: what follows with the year, and what is left to a person."""

import pandas as pd
import pytest
import yaml

from spm.config.params import load_params
from spm.errors import SpmError
from spm.nextyear.edits import CHECK
from spm.nextyear.writing import roll

SMALL = """\
# Mein Kommentar bleibt.
kommune: {name: Musterstadt, ags: "05999000"}
bericht:
  titel: Kinder in Musterstadt
  untertitel: "Monitoring 2023"   # zweite Zeile
  datum: 2024-02-29
  berichtsjahr: 2023
  herausgeber: Musterstadt
  hinweis: Entwurf 2023
zeitreihe: {von: 2021, bis: 2023}
datenordner: daten
raeume: {datei: raeume.geojson}
zusammenfassen:
  armut: {jahre: 3}
lieferungen:
  einwohner:
    titel: Einwohner
    stelle: Meldeamt
    tabellen:
      - datei: kinder_{jahr}.csv       # je Jahr eine
        spalten: {raum: Raum, anzahl: Anzahl}
        konstanten: {merkmal: kinder}
      - &erste
        datei: alle_2023.csv
        spalten: {raum: Raum, anzahl: Anzahl}
        konstanten: {merkmal: jugendliche, jahr: 2023}
  breit:
    titel: Haushalte
    stelle: Amt
    tabellen:
      - datei: haushalte-2021-2023.csv
        spalten: {raum: Raum}
        konstanten: {merkmal: haushalte}
        entpivotieren: &jahre
          "31.12.2022": {jahr: 2022}   # alt
          "31.12.2023": {jahr: 2023}   # neu

      # Kommentar der nächsten Tabelle
      - datei: andere.csv
        spalten: {raum: Raum, auspraegung: Art}
        konstanten: {merkmal: andere}
        entpivotieren: *jahre
  schule:
    titel: Schule
    stelle: Schulamt
    tabellen:
      - datei: schule.csv
        nur: {Jahr: ["2022", "2023"]}
        spalten: {raum: Raum, jahr: Schuljahr, anzahl: Anzahl}
        konstanten: {merkmal: schueler}
        werte:
          jahr: {2021/22: 2022, 2022/23: 2023}
"""


def small(tmp_path, text=SMALL):
    (tmp_path / "_quarto.yml").write_text("", encoding="utf-8")
    (tmp_path / "params").mkdir(exist_ok=True)
    (tmp_path / "daten").mkdir(exist_ok=True)
    path = tmp_path / "params" / "musterstadt.yml"
    path.write_text(text, encoding="utf-8")
    return path


def report(tmp_path, last=2023):
    folder = tmp_path / "report" / "musterstadt"
    folder.mkdir(parents=True)
    rows = pd.DataFrame({"jahr": [last - 1, last, last + 1], "status": ["ok", "ok", "gesperrt"]})
    rows.to_parquet(folder / "published.parquet")
    return folder / "published.parquet"


def test_years_dates_and_columns_follow(tmp_path):
    path = small(tmp_path)
    before = path.read_bytes()
    done = roll(load_params(path), 2024)
    assert path.read_bytes() == before
    assert done.path.name == "musterstadt-2024.yml" and done.new
    params = done.params
    assert (params.zeitreihe.von, params.zeitreihe.bis, params.bericht.berichtsjahr) == (
        2021,
        2024,
        2024,
    )
    assert f"{params.bericht.datum}" == "2025-02-28"
    assert params.bericht.untertitel == "Monitoring 2024"
    wide = params.lieferungen["breit"].tabellen
    assert wide[0].entpivotieren["31.12.2024"] == {"jahr": "2024"}
    assert wide[1].entpivotieren == wide[0].entpivotieren
    assert params.lieferungen["schule"].tabellen[0].werte["jahr"] == {
        "2021/22": "2022",
        "2022/23": "2023",
        "2023/24": "2024",
    }


def test_a_file_of_one_year_gets_a_sister(tmp_path):
    params = roll(load_params(small(tmp_path)), 2024).params
    fixed = [t for t in params.lieferungen["einwohner"].tabellen if "alle" in str(t.datei)]
    assert [(t.datei, t.konstanten["jahr"]) for t in fixed] == [
        ("alle_2023.csv", "2023"),
        ("alle_2024.csv", "2024"),
    ]


def test_comments_stay_and_what_is_open_is_said(tmp_path):
    done = roll(load_params(small(tmp_path)), 2024)
    text = done.path.read_text(encoding="utf-8")
    for comment in ("# Mein Kommentar bleibt.", "# zweite Zeile", "# je Jahr eine", "# alt",
                    "# Kommentar der nächsten Tabelle"):  # fmt: skip
        assert comment in text
    said = "\n".join(done.asked)
    for part in (
        "Stand des Berichts",
        "bericht.hinweis nennt 2023",
        "haushalte-2021-2023.csv",
        "armut: 3 Jahre waren die ganze Zeitreihe",
        "hier steht 2023",
    ):
        assert part in said
    assert text.count(f"# {CHECK}:") >= 7
    without = "\n".join(line for line in text.splitlines() if f"# {CHECK}" not in line)
    assert yaml.safe_load(without) == yaml.safe_load(text)


def test_a_file_that_is_there_already_is_named(tmp_path):
    path = small(tmp_path)
    (tmp_path / "daten" / "haushalte-2021-2024.csv").write_text("", encoding="utf-8")
    params = roll(load_params(path), 2024).params
    assert params.lieferungen["breit"].tabellen[0].datei == "haushalte-2021-2024.csv"


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("", ["fruehere-berichte/musterstadt-2023.parquet"]),
        ("geheimhaltung:\n  schutzfaktor: 2   # viel\n",
         ["fruehere-berichte/musterstadt-2023.parquet"]),
        ("geheimhaltung: {schutzfaktor: 2}\n", ["fruehere-berichte/musterstadt-2023.parquet"]),
        ("geheimhaltung:\n", ["fruehere-berichte/musterstadt-2023.parquet"]),
        ("geheimhaltung:\n  fruehere_berichte: [a.parquet]\n",
         ["a.parquet", "fruehere-berichte/musterstadt-2023.parquet"]),
        ("geheimhaltung:\n  fruehere_berichte:\n    - a.parquet   # 2021\n    - b.parquet\n",
         ["a.parquet", "b.parquet", "fruehere-berichte/musterstadt-2023.parquet"]),
        ("geheimhaltung:\n  frueherer_bericht: a.parquet\n",
         ["a.parquet", "fruehere-berichte/musterstadt-2023.parquet"]),
    ],
)  # fmt: skip
def test_the_finished_report_becomes_an_earlier_one(tmp_path, section, names):
    path = small(tmp_path, SMALL.replace("lieferungen:\n", f"{section}lieferungen:\n"))
    published = report(tmp_path)
    done = roll(load_params(path), 2024)
    assert done.params.geheimhaltung.earlier == names
    copy = tmp_path / "daten" / names[-1]
    assert copy.read_bytes() == published.read_bytes()
    assert "# viel" in done.path.read_text(encoding="utf-8") or "# viel" not in section


def test_without_a_report_of_that_year_somebody_has_to_look(tmp_path):
    path = small(tmp_path)
    first = roll(load_params(path), 2024)
    assert "In report/musterstadt liegt kein fertiger Bericht" in first.previous
    assert str(tmp_path) not in first.path.read_text(encoding="utf-8")
    report(tmp_path, last=2022)
    (tmp_path / "params" / "musterstadt-2024.yml").unlink()
    done = roll(load_params(path), 2024)
    assert "reicht bis 2022" in done.previous
    assert done.params.geheimhaltung.earlier == []


def test_nothing_is_overwritten(tmp_path):
    path = small(tmp_path)
    first = roll(load_params(path), 2024)
    first.path.write_text(first.path.read_text(encoding="utf-8") + "# von Hand\n", encoding="utf-8")
    again = roll(load_params(path), 2024)
    assert not again.new and "# von Hand" in again.path.read_text(encoding="utf-8")


def test_several_years_and_the_year_after(tmp_path):
    path = small(tmp_path)
    two = roll(load_params(path), 2025, skip=True).params
    assert {"31.12.2024", "31.12.2025"} <= set(two.lieferungen["breit"].tabellen[0].entpivotieren)
    third = roll(two, 2026)
    assert third.path.name == "musterstadt-2026.yml"
    assert "31.12.2026" in third.params.lieferungen["breit"].tabellen[0].entpivotieren


@pytest.mark.parametrize("year", [2023, 2020, 2200])
def test_only_a_later_year(tmp_path, year):
    with pytest.raises(SpmError, match="folgt nicht auf die Zeitreihe") as refused:
        roll(load_params(small(tmp_path)), year)
    assert refused.value.tun.endswith("spm jahr params/musterstadt.yml 2024")


def test_years_are_skipped_only_on_request(tmp_path):
    path = small(tmp_path)
    with pytest.raises(SpmError, match="reicht bis 2023: 2024, 2025, 2026 kämen") as error:
        roll(load_params(path), 2027)
    assert "2024. Ist 2027 gemeint" in error.value.tun and "--ueberspringen" in error.value.tun
    assert not (path.parent / "musterstadt-2027.yml").exists()
    made = roll(load_params(path), 2027, skip=True)
    assert made.params.zeitreihe.bis == 2027
    assert not roll(load_params(path), 2027).new  # it is there: nothing is skipped any more
