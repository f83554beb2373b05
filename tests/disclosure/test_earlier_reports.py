"""Several other reports in the params file: read, refused, reminded of, and counted in advance."""

import re
import shutil
import sys

import pandas as pd
import pytest

from spm import cli
from spm.build import check, forecast, prepare
from spm.config.params import load_params
from spm.disclosure.inputs.counted import read_places, read_terms, read_years
from spm.errors import SpmError
from spm.progress import Steps, steps
from spm.published import COUNTED
from tests.disclosure.test_earlier import PARAMS, make_project

YEARS, AREAS = (2021, 2022, 2023), ["1", "2", "3", "4"]
NUMBERS = {
    "1": (12, 14, 2),
    "2": (40, 41, 43),
    "3": (44, 45, 47),
    "4": (50, 52, 53),
}


@pytest.fixture
def project(tmp_path):
    """Four areas and three years; area 1 has 12, 14 and 2 cases."""
    return make_project(tmp_path)


def deliver(project, protection="{}", more="", numbers=NUMBERS, years=YEARS):
    """Deliveries and a params file with the threshold 10."""
    for name, of in (("fall", lambda a, i: numbers[a][i]), ("alle", lambda a, i: 500 + i)):
        lines = [f"{a};{y};{of(a, i)}" for a in numbers for i, y in enumerate(years)]
        text = "\n".join(["Raum;Jahr;Zahl", *lines]) + "\n"
        (project / f"data/raw/muster/{name}.csv").write_text(text, encoding="utf-8")
    text = PARAMS.format(threshold=10, earlier="")
    text = text.replace("geheimhaltung: {}", f"{more}geheimhaltung: {protection}")
    text = text.replace("von: 2023, bis: 2023", f"von: {years[0]}, bis: {years[-1]}")
    text = text.replace("berichtsjahr: 2023", f"berichtsjahr: {years[-1]}")
    path = project / "params/muster.yml"
    path.write_text(text, encoding="utf-8")
    return path


POOLED = "zusammenfassen:\n  quote: {jahre: 3}\n"


def publish(project, **options):
    """The rows that are shown, by year and area."""
    with steps(quiet=True) as silent:
        folder = prepare(deliver(project, **options), silent).processed
    rows = pd.read_parquet(folder / "published.parquet")
    return rows[rows["status"] == "ok"].set_index(["jahr", "raum"])["zaehler"].to_dict()


def keep(project, name):
    """What was published becomes an earlier report."""
    data = project / "data/raw/muster" / name
    shutil.copy(project / "data/processed/muster/published.parquet", data)
    return data


class Heard(Steps):
    """Everything that a run says."""

    def __init__(self):
        self.said = []

    def begin(self, what, total=1):
        pass

    def note(self, what):
        self.said.append(what)

    def advance(self, what=""):
        pass


# ------------------------------------------------------------------------------- end to end


@pytest.mark.slow
def test_rows_say_what_they_count(project):
    publish(project, more=POOLED)
    rows = pd.read_parquet(project / "data/processed/muster/published.parquet")
    row = rows[(rows["jahr"] == 2023) & (rows["raum"] == "2")].iloc[0]
    art, terms = read_terms(row.zaehlt)
    assert art == "anteil" and terms["zaehler"].wanted.merkmal == ["fall"]
    assert terms["nenner"].wanted.merkmal == ["alle"] and terms["nenner"].rounding == 1
    assert read_years(row.jahre) == YEARS and read_places(row.raeume) == ("2",)
    assert rows["einteilung"].nunique() == 1 and len(row.einteilung) == 16


@pytest.mark.slow
def test_years_that_were_printed_spoil_the_pool(project):
    """12 and 14 were printed; 28 in three years would tell the 2."""
    shown = publish(project)
    assert shown[2021, "1"] == 12 and shown[2022, "1"] == 14 and (2023, "1") not in shown
    keep(project, "alt.parquet")
    assert publish(project, more=POOLED)[2023, "1"] == 28
    for key in ("fruehere_berichte: [alt.parquet]", "frueherer_bericht: alt.parquet"):
        assert (2023, "1") not in publish(project, more=POOLED, protection=f"{{{key}}}")


@pytest.mark.slow
def test_two_earlier_reports(project):
    """2021 (20) in one, the pool (41) in the other: 2022 (19) now would tell 2023 (2)."""
    numbers = NUMBERS | {"1": (20, 19, 2)}
    shorter = {a: n[:1] for a, n in numbers.items()}
    publish(project, numbers=shorter, years=YEARS[:1])
    keep(project, "eins.parquet")
    publish(project, numbers=numbers, more=POOLED)
    keep(project, "zwei.parquet")
    given = {"numbers": {a: n[1:] for a, n in numbers.items()}, "years": YEARS[1:]}
    assert publish(project, **given)[2022, "1"] == 19
    for one in ("eins", "zwei"):
        known = f"{{fruehere_berichte: [{one}.parquet]}}"
        assert (2022, "1") in publish(project, **given, protection=known)
    known = "{fruehere_berichte: [eins.parquet], frueherer_bericht: zwei.parquet}"
    assert (2022, "1") not in publish(project, **given, protection=known)


@pytest.mark.slow
def test_the_report_of_a_gemeinde_is_known_to_the_kreis(project):
    one = {"numbers": {a: (n,) for a, n in zip(AREAS, (2, 31, 52, 81), strict=True)}}
    given = one | {"years": (2023,)}
    first = publish(project, **given)
    assert {(2023, "3"), (2023, "4"), (2023, "gesamt")} <= set(first)
    inside = {a: (n,) for a, n in zip(AREAS, (10, 0, 21, 0), strict=True)}
    publish(project, numbers=inside, years=(2023,))
    keep(project, "gemeinde.parquet")
    known = '{andere_berichte: [{datei: gemeinde.parquet, unser_raum: "2"}]}'
    now = publish(project, **given, protection=known)
    assert not {(2023, "3"), (2023, "4"), (2023, "gesamt")} <= set(now)


# ------------------------------------------------------------------------------- what is said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("protection", "said"),
    [
        ("{fruehere_berichte: [alt.parquet, alt.parquet]}", "zweimal"),
        ("{andere_berichte: [{datei: alt.parquet, ihr_raum: '1', unser_raum: '1'}]}", "nur eins"),
        ("{andere_berichte: [{datei: alt.parquet, ihr_raum: '9'}]}", "in jenem Bericht nicht"),
        ("{andere_berichte: [{datei: alt.parquet, unser_raum: '9'}]}", "gibt es hier nicht"),
        ("{andere_berichte: [{datei: fehlt.parquet}]}", "des anderen Berichts fehlen"),
        ("{fruehere_berichte: [../../../alt.parquet]}", "Datenordner"),
    ],
)
def test_wrong_keys(project, protection, said):
    publish(project)
    keep(project, "alt.parquet")
    path = deliver(project, protection)
    with pytest.raises(SpmError, match=said), steps(quiet=True) as silent:
        check(path, silent)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("column", "text"),
    [("zaehlt", "{"), ("zaehlt", '{"art": "anteil"}'), ("jahre", "2023-2021"), ("raeume", "1")],
)
def test_columns_that_nobody_understands(project, column, text):
    publish(project)
    path = keep(project, "alt.parquet")
    pd.read_parquet(path).assign(**{column: text}).to_parquet(path)
    params = deliver(project, "{fruehere_berichte: [alt.parquet]}")
    with pytest.raises(SpmError, match=f"«{column}» .* nicht zu verstehen") as caught:
        check(params, Heard())
    assert "geheimhaltung.fruehere_berichte" in caught.value.tun


@pytest.mark.slow
def test_a_dataset_without_these_columns_is_read_with_a_note(project):
    publish(project)
    path = keep(project, "alt.parquet")
    pd.read_parquet(path).drop(columns=COUNTED).to_parquet(path)
    heard = Heard()
    check(deliver(project, "{fruehere_berichte: [alt.parquet]}", POOLED), heard)
    (note,) = heard.said
    assert "alt.parquet" in note and "sagen nicht, was sie zählen" in note
    known = "{fruehere_berichte: [alt.parquet]}"
    assert (2023, "1") not in publish(project, more=POOLED, protection=known)


@pytest.mark.slow
def test_a_finished_report_that_is_not_named(project):
    """Last year's report lies where the new one will be."""
    before = {a: n[:2] for a, n in NUMBERS.items()}
    publish(project, numbers=before, years=YEARS[:2])
    data = keep(project, "alt.parquet")
    finished = load_params(project / "params/muster.yml").report_folder
    finished.mkdir(parents=True)
    shutil.copy(data, finished / "published.parquet")
    heard = Heard()
    check(deliver(project), heard)
    (note,) = heard.said
    assert "bis 2022" in note and "geheimhaltung.fruehere_berichte" in note
    heard = Heard()
    check(deliver(project, "{fruehere_berichte: [alt.parquet]}"), heard)
    assert heard.said == []


@pytest.mark.slow
def test_a_finished_report_of_the_same_year_is_simply_replaced(project):
    publish(project)
    data = keep(project, "alt.parquet")
    finished = load_params(project / "params/muster.yml").report_folder
    finished.mkdir(parents=True)
    shutil.copy(data, finished / "published.parquet")
    heard = Heard()
    check(deliver(project), heard)
    assert heard.said == []


SPOILED = {"1": (12, 14, 2), "2": (13, 3, 15), "3": (4, 16, 11), "4": (50, 52, 53)}
"""Areas 1 to 3 have one small year each; the other two years of one of them were printed."""


@pytest.mark.slow
def test_the_forecast_says_what_is_spoiled(project):
    """Alone, three years together lose nothing; with what was printed, they do."""
    publish(project, numbers=SPOILED)
    data = keep(project, "alt.parquet")
    rows = pd.read_parquet(data)
    rows.loc[rows["raum"] == "gesamt", "status"] = "gesperrt"
    for area in AREAS:
        for year, n, people in zip(YEARS, SPOILED[area], (500, 501, 502), strict=True):
            here = rows["jahr"].eq(year) & rows["raum"].eq(area)
            if n >= 10:
                rows.loc[here, ["zaehler", "nenner", "status"]] = [n, people, "ok"]
    rows.to_parquet(data)
    lines = {}
    for protection in ("{}", "{fruehere_berichte: [alt.parquet]}"):
        checked, _ = check(deliver(project, protection, numbers=SPOILED), Heard())
        lines[protection] = "\n".join(forecast(checked, Heard()))
    alone, known = lines.values()
    assert "besser: 3 Jahre zusammenfassen, Verlust 0 %" in alone
    assert "hilft nicht mehr" not in alone
    assert "besser: 3 Jahre zusammenfassen" not in known
    assert "hilft nicht mehr: 3 Jahre zusammenfassen" in known and "statt 0 %" in known


@pytest.mark.slow
def test_check_prints_the_forecast(project, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["spm", "check", str(deliver(project))])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert not ended.value.code
    shown = capsys.readouterr().out
    assert "Geheimhaltung: Diese Kennzahlen verlieren Werte" in shown
    assert re.search(r"^  quote: \d+ von 15 ", shown, re.MULTILINE), "all, too"
