"""A small municipality from end to end: three Ortsteile, invented, that hardly differ."""

import json
import re
import shutil
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from spm import Report
from spm.presentation.figures.bars import draw_bars
from spm.presentation.figures.maps import draw_map
from spm.presentation.figures.series import draw_series
from tests.conftest import ROOT, run_spm
from tests.reports.real_example import Built
from tests.reports.smaller import keep_chapters

ORTSTEILE = {"01": "Kirchdorf", "02": "Oberau", "03": "Niederau"}
YEARS = (2021, 2022, 2023)
BANDS = {"0-2": 60, "3-5": 62, "6-9": 80, "10-13": 82, "14-17": 81, "18-64": 1400, "65+": 420}
"""People of one Ortsteil by age; in the others a few more."""

PARAMS = """
kommune:
  name: Kleinau
  ags: "05999008"
  raumebene: Ortsteil
  raumebene_mehrzahl: Ortsteile
bericht:
  datum: 2024-09-30
  berichtsjahr: 2023
  herausgeber: SPM-Testbericht
zeitreihe: {von: 2021, bis: 2023}
datenordner: roh
raeume: {datei: ortsteile.geojson, schluessel: nr, name: name}
vergleich: {datei: vergleich.csv}
lieferungen:
  einwohner:
    titel: Einwohnerbestand
    stelle: Einwohnermeldeamt
    mindestfallzahl: 3
    tabellen:
      - datei: einwohner.csv
        spalten: {raum: nr, jahr: jahr, alter: alter, anzahl: anzahl}
        konstanten: {merkmal: bevoelkerung}
  sgb2:
    titel: Personen nach SGB II
    stelle: Jobcenter
    mindestfallzahl: 3
    tabellen:
      - datei: sgb2.csv
        spalten: {raum: nr, jahr: jahr, anzahl: anzahl}
        konstanten: {merkmal: sgb2_personen, alter: 0-17}
"""


def write_raw(folder: Path) -> None:
    folder.mkdir()
    y = 5_700_000
    features = [
        {
            "type": "Feature",
            "properties": {"nr": key, "name": name},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[x, y], [x + 3000, y + 500], [x + 3000, y + 4000], [x, y + 4500], [x, y]],
                ],
            },
        }
        for x, (key, name) in zip((350_000, 353_000, 356_000), ORTSTEILE.items(), strict=True)
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}
    text = json.dumps({"type": "FeatureCollection", "crs": crs, "features": features})
    (folder / "ortsteile.geojson").write_text(text, encoding="utf-8")
    people, benefits = ["nr;jahr;alter;anzahl"], ["nr;jahr;anzahl"]
    for more, key in enumerate(ORTSTEILE):
        for year in YEARS:
            people += [f"{key};{year};{age};{n + more + year % 10}" for age, n in BANDS.items()]
            benefits.append(f"{key};{year};{40 + 2 * more + year % 10}")
    (folder / "einwohner.csv").write_text("\n".join(people), encoding="utf-8")
    (folder / "sgb2.csv").write_text("\n".join(benefits), encoding="utf-8")
    line = "sgb2_quote_u18;Kreis Musterkreis;2022;14,1;erfunden"
    (folder / "vergleich.csv").write_text(
        f"kennzahl;gebiet;jahr;wert;quelle\n{line}", encoding="utf-8"
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    project = tmp_path_factory.mktemp("drei") / "projekt"
    ignored = shutil.ignore_patterns("figures", ".*")
    shutil.copytree(ROOT / "notebooks", project / "notebooks", ignore=ignored)
    (project / "params").mkdir()
    shutil.copy(ROOT / "params/kennzahlen.yml", project / "params")
    shutil.copy(ROOT / "_quarto.yml", project)
    keep_chapters(project, "index", "03-", "methoden", "geheimhaltung", "tabellenanhang")
    (project / "params/kleinau.yml").write_text(PARAMS, encoding="utf-8")
    write_raw(project / "roh")
    done = run_spm(
        "build", "params/kleinau.yml", "--renderer", "embedded", "--to", "html", cwd=project
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Built(project, "kleinau")


def test_sentences_count_to_three(built: Built) -> None:
    page = built.page("03-sgb2")
    assert "Bei keiner Kennzahl weicht einer der drei Ortsteile erkennbar ab." in page
    assert "liegt in Kleinau bei 11,69 %; keiner der drei Ortsteile weicht erkennbar ab" in page
    assert "zum Vergleich: im Kreis Musterkreis bei 14,10 % (2022)" in page
    for name in ORTSTEILE.values():
        assert re.search(rf"{name} \d+,\d\d", page), name
    assert "in Kleinau, gegliedert nach drei Ortsteilen" in built.page("index")
    assert any("in drei Ortsteilen" in alt for alt in built.alt_texts("03-sgb2"))


def test_every_number_is_published(built: Built) -> None:
    rows = built.table("published").loc["sgb2_quote_u18"]
    assert set(rows.loc[2023].drop("nz", errors="ignore").status) == {"ok"}


@pytest.mark.parametrize("key", ["sgb2_quote_u18", "einwohner", "veraenderung_u18"])
def test_figures_of_three_areas_hold_all_their_texts(built: Built, key: str) -> None:
    report = Report(built.project / "params/kleinau.yml")
    view = report.view(key)
    for canvas in (draw_bars(view), draw_map(view, report.shapes(view)), draw_series(view)):
        renderer = FigureCanvasAgg(canvas.figure).get_renderer()
        texts = [t for t in canvas.axes.get_children() if hasattr(t, "get_text") and t.get_text()]
        assert set(ORTSTEILE.values()) <= {t.get_text() for t in texts}
        boxes = [t.get_window_extent(renderer).shrunk(0.98, 0.7) for t in texts]
        assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])
    labels = {t.get_text() for t in draw_bars(view).axes.get_children() if hasattr(t, "get_text")}
    assert ("Kreis Musterkreis (2022) 14,10\u00a0%" in labels) == (key == "sgb2_quote_u18")
