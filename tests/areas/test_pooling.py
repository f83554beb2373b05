"""Years and areas that are counted together: what is wrong in the params file, and the sums."""

import pandas as pd
import pytest

from spm.areas.pooling import Pool, resolve_pools
from spm.config.params import load_params
from spm.errors import SpmError
from spm.statistics import compute_indicators
from spm.statistics.plausibility import numerator_above_denominator
from tests.statistics.test_indicators import entry, row
from tests.statistics.test_selection import fact, facts

PARAMS = """
kommune: {{name: Musterstadt, ags: "05999000"}}
bericht: {{datum: 2024-09-30, berichtsjahr: 2023, herausgeber: Amt}}
zeitreihe: {{von: 2020, bis: 2023}}
datenordner: data
raeume:
  datei: raeume.geojson
  gruppen: {groups}
zusammenfassen: {pooled}
lieferungen: {{}}
"""
AREAS = pd.DataFrame({"raum": ["1", "2", "3", "10"], "name": ["Altstadt", "Berg", "Tal", "Zoo"]})
CATALOGUE = {
    "quote": entry("quote"),
    "dichte": entry("dichte", art="rate"),
    "kinder": entry("kinder", art="anzahl", nenner=None, faktor=1),
    "wandel": entry("wandel", art="veraenderung"),
}


@pytest.fixture
def pools(tmp_path):
    """Pools of a params file with these groups and this way of pooling, written as YAML."""
    (tmp_path / "_quarto.yml").touch()

    def resolved(groups="{}", pooled="{}"):
        path = tmp_path / "muster.yml"
        path.write_text(PARAMS.format(groups=groups, pooled=pooled), encoding="utf-8")
        return resolve_pools(load_params(path), AREAS, CATALOGUE)

    return resolved


def refused(pools, groups="{}", pooled="{}"):
    with pytest.raises(SpmError) as error:
        pools(groups, pooled)
    return error.value


# ------------------------------------------------------------------------------- params file


def test_every_indicator_has_a_pool(pools):
    found = pools("{Süd: ['10', 2]}", "{quote: {jahre: 3, raeume: [Süd]}}")
    assert list(found) == list(CATALOGUE)
    assert found["quote"] == Pool(3, ("1", "Süd", "3"), {"Süd": ("2", "10")})
    assert found["dichte"] == Pool(1, ("1", "2", "3", "10"), {})
    assert found["quote"].parts("Süd") == ("2", "10") and found["quote"].parts("1") == ("1",)


def test_groups_may_hold_groups(pools):
    found = pools("{Süd: ['2', '3'], Land: [Süd, '10']}", "{wandel: {raeume: [Land]}}")["wandel"]
    assert found.groups == {"Land": ("2", "3", "10")}
    assert found.rows == ("1", "Land")


@pytest.mark.parametrize(
    ("groups", "pooled", "message", "where"),
    [
        ("{}", "{qote: {jahre: 2}}", "Gemeint ist vielleicht «quote»", "zusammenfassen.qote"),
        ("{Süden: ['1', '2']}", "{quote: {raeume: [Süde]}}", "vielleicht «Süden»", "quote.raeume"),
        ("{}", "{quote: {raeume: [Süd]}}", "steht noch keine", "quote.raeume"),
        ("{Süd: ['1', '99']}", "{}", "nennt «99»", "raeume.gruppen.Süd"),
        ("{Süd: ['1', Bergg]}", "{}", "das weder Schlüssel", "raeume.gruppen.Süd"),
        ("{Süd: ['1', Berg]}", "{}", "So heißt der Raum mit dem Schlüssel «2»", "gruppen.Süd"),
        ("{Berg: ['1', '2']}", "{}", "«Berg» heißt wie ein Raum", "raeume.gruppen.Berg"),
        ("{'10': ['1', '2']}", "{}", "«10» heißt wie ein Raum", "raeume.gruppen.10"),
        ("{gesamt: ['1', '2']}", "{}", "«gesamt» ist für SPM reserviert", "raeume.gruppen.gesamt"),
        ("{nz: ['1', '2']}", "{}", "«nz» ist für SPM reserviert", "raeume.gruppen.nz"),
        ("{A: ['1', B], B: [C], C: [B]}", "{}", "«B» enthält «C» enthält «B»", "raeume.gruppen"),
        ("{A: [A]}", "{}", "«A» enthält «A»", "raeume.gruppen.A"),
        ("{A: ['1', '2'], B: [A, '2']}", "{}", "«2» steht zweimal in der Gruppe «B»", "gruppen.B"),
        ("{Leer: []}", "{}", "«Leer» hat keine Räume", "raeume.gruppen.Leer"),
        ("{Eins: ['2']}", "{}", "«Eins» hat nur einen Raum («2»)", "raeume.gruppen.Eins"),
        (
            "{A: ['1', '2'], B: ['2', '3']}",
            "{quote: {raeume: [A, B]}}",
            "«2» gehört zu zwei Gruppen dieser Kennzahl: «A» und «B»",
            "zusammenfassen.quote.raeume",
        ),
        ("{}", "{kinder: {jahre: 2}}", "zählt dieselben Menschen mehrfach", "kinder.jahre"),
        ("{}", "{wandel: {jahre: 2}}", "vergleicht einzelne Jahre", "wandel.jahre"),
        ("{}", "{quote: {jahre: 5}}", "bis zum Berichtsjahr 2023 hat", "quote.jahre"),
    ],
)
def test_a_wrong_pool_is_explained(pools, groups, pooled, message, where):
    error = refused(pools, groups, pooled)
    assert message in error.was
    assert "muster.yml" in error.wo and where in error.wo
    assert error.tun


@pytest.mark.parametrize(
    ("pooled", "message"),
    [
        ("{quote: {jahr: 3}}", "zusammenfassen.quote.jahr: Diesen Schlüssel gibt es nicht. Gemeint "
         "ist vielleicht «jahre»."),
        ("{quote: {jahre: 0}}", "zusammenfassen.quote.jahre: "),
        ("{quote: {jahre: 11}}", "zusammenfassen.quote.jahre: "),
        ("{quote: {jahre: drei}}", "«drei» ist keine ganze Zahl"),
        ("{quote: {raeume: Süd}}", "zusammenfassen.quote.raeume: "),
    ],
)  # fmt: skip
def test_wrong_keys_are_named_as_everywhere(pools, pooled, message):
    assert message in refused(pools, "{}", pooled).was


def test_the_reporting_year_needs_all_its_years(pools, tmp_path):
    pools("{}", "{quote: {jahre: 4}}")
    path = tmp_path / "muster.yml"
    text = path.read_text(encoding="utf-8").replace("berichtsjahr: 2023", "berichtsjahr: 2022")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SpmError, match="ab 2020 aber nur 3"):
        resolve_pools(load_params(path), AREAS, CATALOGUE)


# --------------------------------------------------------------------------------------- sums

YEARS = (2021, 2022, 2023)
PART = {"1": (1, 2, 3), "2": (10, 20, 30), "3": (5, 5, 5)}
WHOLE = {"1": (10, 10, 20), "2": (100, 100, 200), "3": (50, 50, 50)}


def table(*more):
    rows = [
        fact(raum, n, jahr=jahr, merkmal=measure)
        for measure, numbers in (("teil", PART), ("bevoelkerung", WHOLE))
        for raum, series in numbers.items()
        for jahr, n in zip(YEARS, series, strict=True)
    ]
    return facts(*more, *rows)


def compute(frame, pool, kennzahl=None):
    kennzahl = kennzahl or entry("k")
    return compute_indicators(frame, {"k": kennzahl}, ["1", "2", "3"], YEARS, {"k": pool})


TWO_YEARS = Pool(2, ("1", "2", "3"))
SOUTH = Pool(1, ("1", "Süd"), {"Süd": ("2", "3")})


def test_years_are_added_before_a_rate_is_made():
    result = compute(table(), TWO_YEARS)
    found = row(result, "1")
    assert (found.zaehler, found.nenner) == (5, 30)
    assert found.wert == pytest.approx(100 * 5 / 30)  # not the mean of 20 % and 15 %
    total = row(result, "gesamt")
    assert (total.zaehler, total.nenner) == (27 + 38, 160 + 270)
    assert row(result, "1", 2022).zaehler == 3


def test_years_before_the_first_whole_window_keep_their_rows_without_a_number():
    result = compute(table(), TWO_YEARS)
    assert len(result) == 3 * 4
    early = result[result["jahr"] == 2021]
    assert set(early["status"]) == {"nicht_geliefert"} and early["zaehler"].isna().all()


def test_a_group_stands_in_place_of_its_areas():
    result = compute(table(), SOUTH)
    assert list(result.loc[result["jahr"] == 2023, "raum"]) == ["1", "Süd", "gesamt"]
    found = row(result, "Süd")
    assert (found.zaehler, found.nenner, found.status) == (35, 250, "ok")
    assert row(result, "gesamt").zaehler == 38


def test_pooled_is_compared_with_pooled():
    # areas 2 and 3 in two years: 60 of 400 = 15.0 %; the municipality: 65 of 430 = 15.1 %
    result = compute(table(), Pool(2, ("1", "Süd"), {"Süd": ("2", "3")}))
    south, total = row(result, "Süd"), row(result, "gesamt")
    assert (south.zaehler, south.nenner) == (60, 400)
    assert south.ki_unten < total.wert < south.ki_oben


@pytest.mark.parametrize(
    ("status", "expected"),
    [("gesperrt", "absender_gesperrt"), ("nicht_geliefert", "nicht_geliefert")],
)
def test_a_sum_is_as_good_as_its_worst_part(status, expected):
    frame = table()
    missing = (frame["merkmal"] == "teil") & (frame["raum"] == "2") & (frame["jahr"] == 2022)
    frame.loc[missing, ["anzahl", "status"]] = [pd.NA, status]
    years, areas = compute(frame, TWO_YEARS), compute(frame, SOUTH)
    assert [row(years, "2", year).status for year in YEARS[1:]] == [expected] * 2
    assert pd.isna(row(years, "2").zaehler)
    assert [row(areas, "Süd", y).status for y in YEARS] == ["ok", expected, "ok"]
    assert row(years, "3").status == "ok"


def test_people_without_an_area_are_added_where_there_are_any():
    unassigned = [
        fact("nz", n, jahr=jahr, merkmal=measure)
        for measure, n in (("teil", 1), ("bevoelkerung", 4))
        for jahr in (2021, 2023)
    ]
    result = compute(table(*unassigned), TWO_YEARS)
    found = [row(result, "nz", year) for year in YEARS[1:]]
    assert [(r.zaehler, r.nenner) for r in found] == [(1, 4), (1, 4)]
    assert row(result, "nz", 2021).status == "nicht_geliefert"  # 2020 is not there
    # areas and people without one make the municipality in every window
    for year in YEARS[1:]:
        parts = sum(row(result, raum, year).zaehler for raum in ("1", "2", "3", "nz"))
        assert row(result, "gesamt", year).zaehler == parts
    more = fact("nz", 6, jahr=2022)  # in a year without cases among them
    assert row(compute(table(*unassigned, more), TWO_YEARS), "nz").nenner == 10
    only_top = compute(table(*unassigned[:2]), TWO_YEARS)
    assert row(only_top, "nz").status == "nicht_berechenbar"


def test_facilities_are_pooled_over_years_only():
    inside = [
        fact("gesamt", n, einrichtung="Kita: A", merkmal=measure, jahr=jahr)
        for measure, n in (("teil", 2), ("bevoelkerung", 20))
        for jahr in YEARS
    ]
    pool = Pool(3, ("1", "Süd"), {"Süd": ("2", "3")})
    result = compute(table(*inside), pool, entry("k", je_einrichtung="ja"))
    kita = result[result["gruppe"] == "Kita: A"].set_index("jahr")
    assert kita.loc[2023, ["zaehler", "nenner"]].tolist() == [6, 60]
    assert kita.loc[2022, "status"] == "nicht_geliefert"


def test_a_change_may_pool_areas():
    change = entry(
        "k",
        art="veraenderung",
        zaehler={"merkmal": "bevoelkerung"},
        nenner={"merkmal": "bevoelkerung", "jahr": "erstes"},
    )
    found = row(compute(table(), SOUTH, change), "Süd")
    assert found.wert == pytest.approx(100 * (250 / 150 - 1))


def test_a_numerator_above_its_denominator_is_found_in_a_group():
    frame = table()
    frame.loc[(frame["merkmal"] == "teil") & (frame["raum"] == "3"), "anzahl"] = 600
    kennzahl = entry("k")
    wrong = numerator_above_denominator(compute(frame, SOUTH), frame, {"k": kennzahl})
    assert [(w.raum, w.jahr) for w in wrong if w.raum == "Süd"] == [("Süd", y) for y in YEARS]
