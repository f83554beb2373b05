"""A real large city from end to end: 86 Stadtteile of Köln, ages 0 to 17, the last three years.

Everything expected is computed here from the raw file with the ``csv`` module alone.
"""

import csv
import json
import re
import shutil
import warnings
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from spm import Report
from spm.presentation.figures.bars import draw_bars
from spm.presentation.figures.maps import draw_map
from spm.presentation.figures.series import draw_series
from tests.reports.real_example import Built, build_real, german, make_real_project, real_data
from tests.reports.smaller import keep_chapters

YEARS = range(2010, 2013)
"""The source has eight; three show the same, as many areas in each, in less than half the time."""

SHARES = ["anteil_u18", "anteil_0_2", "anteil_3_5", "anteil_6_9", "anteil_10_14", "anteil_15_17"]
NAMED = 12
"""So many of the 86 names may stand in one paragraph."""

Counts = dict[tuple[int, str], dict[str, int]]
"""People by age group of the source, by year and area."""


@pytest.fixture(scope="module")
def source(shared: Path) -> Path:
    return real_data(shared, "koeln")


@pytest.fixture(scope="module")
def ages(source: Path) -> Counts:
    found: Counts = {}
    with (source / "bevoelkerung.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["tab_id"] == "020" and int(row["jahr"]) in YEARS:
                groups = found.setdefault((int(row["jahr"]), row["raum_id"]), {})
                groups[row["zeile"]] = int(float(row["zahl"]))
    return found


def minors(groups: dict[str, int]) -> int:
    return sum(n for name, n in groups.items() if re.match(r"(00|03|06|10|15) - ", name))


@pytest.fixture(scope="module")
def built(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The report, built once in a project of its own."""
    import geopandas

    base = tmp_path_factory.mktemp("koeln")
    raw = base / "roh"
    (raw / "geo").mkdir(parents=True)
    head, *lines = (source / "bevoelkerung.csv").read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if int(next(csv.reader([line]))[3]) in YEARS]
    (raw / "bevoelkerung.csv").write_text("\n".join([head, *lines]), encoding="utf-8")
    # Without its coordinate system, which no driver can write; the source's own file says it.
    shapes = geopandas.read_file(source / "geo" / "Stadtteil.shp")
    shapes = shapes.set_crs(None, allow_override=True)
    assert (~shapes.is_valid).sum() == 1
    shapes.geometry = shapes.geometry.make_valid()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="'crs' was not provided")
        shapes.to_file(raw / "geo" / "Stadtteil.shp")
    shutil.copy(source / "geo" / "Stadtteil.prj", raw / "geo")
    project = make_real_project(base / "projekt", "koeln", raw)
    params = project / "tests/real/koeln.yml"
    text = params.read_text(encoding="utf-8")
    assert "von: 2005" in text
    params.write_text(text.replace("von: 2005", f"von: {YEARS[0]}"), encoding="utf-8")
    keep_chapters(project, "index", "01-", "methoden", "geheimhaltung", "tabellenanhang")
    return build_real(project, "koeln")


@pytest.fixture(scope="module")
def report(built: Built) -> Report:
    return Report(built.project / "tests" / "real" / "koeln.yml")


def test_every_stadtteil_and_year_equals_the_source(built: Built, ages: Counts) -> None:
    rows = built.table("indicators").loc["anteil_u18"]
    keys = sorted({raum for _, raum in ages if raum > "009"})
    assert len(keys) == 86
    expected = {key: minors(groups) for key, groups in ages.items() if key[1] in keys}
    assert len(expected) == 86 * len(YEARS)
    shown = rows[rows.index.get_level_values("raum").isin(keys)]
    assert shown.zaehler.astype(int).to_dict() == expected
    everybody = {key: sum(groups.values()) for key, groups in ages.items() if key[1] in keys}
    assert shown.nenner.astype(int).to_dict() == everybody


def test_the_city_is_the_row_of_the_source(built: Built, ages: Counts) -> None:
    rows = built.table("published").loc["anteil_u18"]
    for year in YEARS:
        city = rows.loc[(year, "gesamt")]
        assert (city.zaehler, city.nenner) == (
            minors(ages[year, "000"]),
            sum(ages[year, "000"].values()),
        )
    assert minors(ages[2012, "000"]) == 161_981
    assert "15,5 % (161.981 von 1.044.555)" in built.page("01-bevoelkerung")


def test_little_is_suppressed_and_that_for_certain(built: Built, ages: Counts) -> None:
    """One count is below the threshold; a few others go with it."""
    small = [
        key for key, groups in ages.items() if key[1] > "009" and 0 < min(groups.values()) < 25
    ]
    rows = built.table("published").loc[SHARES]
    hidden = rows[rows.status == "gesperrt"]
    assert {(year, raum) for _, year, raum in hidden.index} >= set(small) and small
    assert len(hidden) <= 0.01 * (rows.status == "ok").sum()
    assert hidden[["zaehler", "wert", "ki_unten", "ki_oben"]].isna().all(axis=None)
    proof = (built.report / "geheimhaltung.json").read_text(encoding="utf-8")
    assert json.loads(proof)


def test_sentences_count_areas_and_do_not_list_them(built: Built, report: Report) -> None:
    source = (built.report / "html" / "01-bevoelkerung.html").read_text(encoding="utf-8")
    names = [name for name in report.areas.name if len(name) > 5]
    paragraphs = re.findall(r"<p>(.*?)</p>", source, flags=re.DOTALL)
    assert len(paragraphs) > 6
    for text in paragraphs:
        assert sum(name in text for name in names) <= NAMED, text
    assert "der 86 Stadtteile" in built.page("01-bevoelkerung")


@pytest.mark.parametrize("key", ["anteil_u18", "veraenderung_u18", "einwohner"])
@pytest.mark.parametrize("kind", ["karte", "balken", "zeitreihe"])
def test_no_text_of_a_figure_lies_on_another(report: Report, key: str, kind: str) -> None:
    view = report.view(key)
    draw = {"karte": lambda s: draw_map(s, report.shapes(s)), "balken": draw_bars}
    canvas = draw.get(kind, draw_series)(view)
    renderer = FigureCanvasAgg(canvas.figure).get_renderer()
    texts = [t for t in canvas.axes.get_children() if hasattr(t, "get_text") and t.get_text()]
    assert len(texts) > (86 if kind != "karte" else 40)
    boxes = [t.get_window_extent(renderer).shrunk(0.98, 0.7) for t in texts]
    for i, a in enumerate(boxes):
        for j, b in enumerate(boxes[:i]):
            assert not a.overlaps(b), (texts[i].get_text(), texts[j].get_text())


def test_bars_and_tables_hold_all_86(built: Built, report: Report) -> None:
    canvas = draw_bars(report.view("anteil_u18"))
    written = {t.get_text() for t in canvas.axes.get_children() if hasattr(t, "get_text")}
    assert set(report.areas.name) <= written, "names are written out, not cut"
    page = built.page("01-bevoelkerung")
    for row in report.view("einwohner").areas:
        assert not row.ok or f"{row.name} {german(int(row.wert))}" in page
