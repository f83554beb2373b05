"""Values, intervals, states and comparison of indicators, on tables to check by hand."""

import math

import pandas as pd
import pytest
import yaml

from spm.areas.pooling import Pool
from spm.config.catalogue import Kennzahl
from spm.statistics import compute_indicators
from spm.statistics.intervals import poisson
from spm.statistics.plausibility import more_than_one_each, numerator_above_denominator
from tests.conftest import ROOT
from tests.statistics.test_selection import fact, facts


def entry(key, **changes):
    fields = {
        "kapitel": "sgb2",
        "titel": "T",
        "kurztitel": "K",
        "satz": "der Anteil",
        "definition": "D",
        "art": "anteil",
        "zaehler": {"merkmal": "teil"},
        "nenner": {"merkmal": "bevoelkerung"},
        "faktor": 100,
    } | changes
    kennzahl = Kennzahl.model_validate(fields)
    kennzahl._id = key
    return kennzahl


def compute(table, *entries, areas=("1", "2"), years=(2023,)):
    return compute_indicators(table, {e.id: e for e in entries}, areas, years)


def row(result, raum, jahr=2023, kennzahl="k"):
    found = result[
        (result["raum"] == raum) & (result["jahr"] == jahr) & (result["kennzahl"] == kennzahl)
    ]
    return found[found["gruppe"].isna()].iloc[0]


TABLE = facts(
    fact("1", 100), fact("2", 300), fact("1", 40, merkmal="teil"), fact("2", 30, merkmal="teil")
)


def test_total_comes_from_counts_and_not_from_averaged_rates():
    result = compute(TABLE, entry("k"))
    assert row(result, "1").wert == pytest.approx(40)
    assert row(result, "2").wert == pytest.approx(10)
    assert row(result, "gesamt").wert == pytest.approx(17.5)  # 70 / 400, not 25


def test_share_has_the_wilson_interval():
    found = row(compute(TABLE, entry("k")), "1")
    # Wilson by hand: (p + z²/2n ± z·sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n)
    z, p, n = 1.959963984540054, 0.4, 100
    middle, width = p + z * z / 2 / n, z * math.sqrt(p * (1 - p) / n + z * z / 4 / n / n)
    assert found.ki_unten == pytest.approx(100 * (middle - width) / (1 + z * z / n))
    assert found.ki_oben == pytest.approx(100 * (middle + width) / (1 + z * z / n))


def test_rate_has_poisson_limits_per_factor():
    result = compute(TABLE, entry("k", art="rate", faktor=1000))
    assert row(result, "1").wert == pytest.approx(400)
    assert row(result, "1").ki_unten == pytest.approx(285.74, abs=0.1)


def test_change_is_measured_from_the_first_year():
    table = facts(*(fact(r, n, jahr=j) for r in "12" for j, n in [(2022, 100), (2023, 110)]))
    change = entry(
        "k",
        art="veraenderung",
        zaehler={"merkmal": "bevoelkerung"},
        nenner={"merkmal": "bevoelkerung", "jahr": "erstes"},
    )
    result = compute(table, change, years=(2022, 2023))
    assert row(result, "1").wert == pytest.approx(10)
    assert row(result, "1", 2022).wert == pytest.approx(0)
    assert row(result, "1").ki_unten < 10 < row(result, "1").ki_oben


def with_year_before(**changes):
    return entry("k", nenner={"merkmal": "bevoelkerung", "jahr": "vorjahr"}, **changes)


def test_the_year_before_is_the_whole():
    """Children on 1 March over those who lived here on 31 December of the year before."""
    table = facts(
        *(fact("1", n, jahr=j) for j, n in [(2021, 80), (2022, 100), (2023, 125)]),
        *(fact("1", n, jahr=j, merkmal="teil") for j, n in [(2021, 20), (2022, 24), (2023, 30)]),
    )
    result = compute(table, with_year_before(), areas=["1"], years=(2021, 2022, 2023))
    assert row(result, "1", 2021).status == "nicht_geliefert"
    assert pd.isna(row(result, "1", 2021)[["zaehler", "nenner", "wert"]]).all()
    assert (row(result, "1", 2022).nenner, row(result, "1", 2022).wert) == (80, 30)
    assert (row(result, "gesamt", 2023).nenner, row(result, "gesamt", 2023).wert) == (100, 30)
    pooled = compute_indicators(
        table, {"k": with_year_before()}, ["1"], (2021, 2022, 2023), {"k": Pool(2, ("1",))}
    )
    assert row(pooled, "1", 2022).status == "nicht_geliefert"
    found = row(pooled, "1", 2023)
    assert (found.zaehler, found.nenner, found.wert) == (54, 180, 30)


def test_a_count_has_neither_denominator_nor_interval():
    count = entry("k", art="anzahl", nenner=None, faktor=1)
    found = row(compute(TABLE, count), "gesamt")
    assert found.wert == found.zaehler == 70
    assert math.isnan(found.nenner) and math.isnan(found.ki_unten)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (facts(fact("1", 0), fact("2", 3)), "nicht_geliefert"),
        (
            facts(fact("1", 9), fact("2", 9), fact("1", None, merkmal="teil", status="gesperrt")),
            "absender_gesperrt",
        ),
        (facts(fact("1", 0), fact("2", 3), fact("1", 0, merkmal="teil")), "nicht_berechenbar"),
    ],
)
def test_three_ways_of_having_no_value_stay_apart(table, expected):
    found = row(compute(table, entry("k")), "1")
    assert found.status == expected
    assert pd.isna([found.zaehler, found.nenner, found.wert, found.ki_unten]).all()


def test_every_area_and_year_appears_even_without_delivery():
    result = compute(
        TABLE, entry("k"), entry("leer", zaehler={"merkmal": "nie"}), years=(2022, 2023)
    )
    assert len(result) == 2 * 2 * 3
    assert set(result.loc[result["kennzahl"] == "leer", "status"]) == {"nicht_geliefert"}


def test_facilities_are_groups_of_the_municipality():
    inside = [
        fact("gesamt", n, einrichtung=f"Kita: {k}", merkmal=m)
        for k, m, n in [
            ("A", "bevoelkerung", 20),
            ("B", "bevoelkerung", 30),
            ("A", "teil", 5),
            ("B", "teil", 3),
        ]
    ]
    table = facts(*TABLE.to_dict("records"), *inside)
    result = compute(table, entry("k", je_einrichtung="ja"))
    groups = result[result["gruppe"].notna()].set_index("gruppe")
    assert groups.loc["Kita: A", "wert"] == pytest.approx(25)
    assert set(groups["raum"]) == {"gesamt"}
    assert row(result, "gesamt").wert == pytest.approx(17.5), "facilities are not counted twice"


def test_numerator_above_denominator_is_found_with_its_deliveries():
    table = facts(
        fact("1", 10),
        fact("2", 10),
        fact("1", 11, merkmal="teil", lieferung="jobcenter"),
        fact("2", 1, merkmal="teil", lieferung="jobcenter"),
    )
    kennzahl = entry("k")
    wrong = numerator_above_denominator(compute(table, kennzahl), table, {"k": kennzahl})
    assert [(w.raum, w.zaehler, w.nenner) for w in wrong] == [("1", 11, 10)]
    assert wrong[0].numerator_deliveries == ["jobcenter"]
    assert wrong[0].denominator_deliveries == ["amt"]
    rate = entry("k", art="rate", faktor=1000)
    assert more_than_one_each(compute(table, kennzahl), table, {"k": kennzahl}) == []
    crowded = more_than_one_each(compute(table, rate), table, {"k": rate})
    assert [(w.raum, w.zaehler, w.nenner) for w in crowded] == [("1", 11, 10)]


MOVES = facts(
    fact("1", 1000),
    fact("2", 3000),
    fact("1", 60, merkmal="zuzuege"),
    fact("2", 40, merkmal="zuzuege"),
    fact("1", 20, merkmal="fortzuege"),
    fact("2", 70, merkmal="fortzuege"),
)
BALANCE = {
    "art": "saldo",
    "zaehler": {"merkmal": "zuzuege"},
    "abzueglich": {"merkmal": "fortzuege"},
    "faktor": 1000,
}


def test_a_balance_subtracts_and_may_be_negative():
    result = compute(MOVES, entry("k", **BALANCE))
    one, two, whole = (row(result, raum) for raum in ("1", "2", "gesamt"))
    assert (one.wert, two.wert) == pytest.approx((40, -10))
    assert whole.wert == pytest.approx(1000 * (100 - 90) / 4000)
    assert (one.zaehler, one.abzueglich, one.nenner) == (60, 20, 1000)
    # Zou and Donner (2008) by hand, from the Poisson limits of both counts
    x, y = 60, 20
    (x_low, x_high), (y_low, y_high) = (tuple(limit.item() for limit in poisson(n)) for n in (x, y))
    assert one.ki_unten == pytest.approx(x - y - math.hypot(x - x_low, y_high - y))
    assert one.ki_oben == pytest.approx(x - y + math.hypot(x_high - x, y - y_low))


def test_without_one_side_there_is_no_balance():
    table = MOVES[~((MOVES["merkmal"] == "fortzuege") & (MOVES["raum"] == "2"))]
    result = compute(table, entry("k", **BALANCE))
    assert row(result, "1").status == "ok"
    assert row(result, "2").status == row(result, "gesamt").status == "nicht_geliefert"


def test_measured_sizes_have_no_interval():
    result = compute(TABLE, entry("k", art="messwert"))
    found = row(result, "1")
    assert found.wert == pytest.approx(40) and math.isnan(found.ki_unten)


def test_by_facility_only_if_asked_for():
    table = facts(
        *(fact("1", n, merkmal=m) for m, n in (("teil", 40), ("bevoelkerung", 100))),
        *(
            fact("gesamt", n, merkmal=m, einrichtung="Kita: Nord")
            for m, n in (("teil", 4), ("bevoelkerung", 10))
        ),
    )
    one = {"k": entry("k", je_einrichtung="ja")}
    shown, hidden = (
        compute_indicators(table, one, ["1"], [2023], facilities=wanted) for wanted in (True, False)
    )
    assert shown["gruppe"].notna().sum() == 1 and hidden["gruppe"].isna().all()


def reach_of(reached: int, group: int, art: str = "anteil"):
    """The reach of offers as the catalogue of the chapter counts it."""
    file = ROOT / "params/kennzahlen-angebote.yml"
    own = yaml.safe_load(file.read_text(encoding="utf-8"))["kennzahlen"]["angebote_reichweite"]
    table = facts(
        fact("1", reached, merkmal="angebote_teilnehmende"),
        fact("1", group, merkmal="angebote_zielgruppe"),
    )
    kennzahl = entry("k", **(own | {"art": art}))
    result = compute(table, kennzahl, areas=("1",))
    return row(result, "1").wert, numerator_above_denominator(result, table, {"k": kennzahl})


def test_reach_is_that_of_famos_and_above_100_percent_an_error():
    value, wrong = reach_of(774, 977)  # 79,2 %, golden/README.md
    assert round(value, 1) == 79.2 and len(wrong) == 0
    assert len(reach_of(980, 977)[1]) > 0  # visits, not families
    value, wrong = reach_of(980, 977, "rate")  # said to be visits
    assert value > 100 and len(wrong) == 0


def test_a_year_that_nobody_delivered_has_nobody_without_an_area_either():
    table = facts(
        *(fact("1", 50, jahr=year) for year in (2022, 2023)),
        fact("1", 5, jahr=2022, merkmal="teil"),
        fact("nz", 2, jahr=2022, merkmal="teil"),
    )
    pooled = compute_indicators(
        table, {"k": entry("k")}, ["1"], (2021, 2022, 2023), {"k": Pool(2, ("1",))}
    )
    assert row(pooled, "gesamt", 2023).status == row(pooled, "nz", 2023).status == "nicht_geliefert"
