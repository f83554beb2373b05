"""Changes and trends: methods against published values, which years count, false alarms."""

import numpy as np
import pytest

from spm.areas.pooling import Pool
from spm.statistics import intervals
from spm.statistics.change import changes, difference
from spm.statistics.conditional import Counts
from spm.statistics.trend import linear_trend, trends
from tests.statistics.statistics_example import entry, limits, published, series

CATALOGUE = {"k": entry()}


def change(rows, pools=None, breaks=None, art="anteil", year=2023):
    found = changes(published(rows, art), {"k": entry(art)}, pools or {}, breaks or {}, year)
    return found.to_dict("records")


def trend(rows, pools=None, breaks=None, art="anteil", year=2023):
    found = trends(published(rows, art), {"k": entry(art)}, pools or {}, breaks or {}, year)
    return found.to_dict("records")


def test_interval_of_a_difference_of_shares():
    """56/70 against 48/80: Newcombe (1998), table II, method 10: 0.0524 to 0.3339."""
    sides = [(np.array([x / n]), *intervals.wilson([x], [n])) for x, n in ((48, 80), (56, 70))]
    found, low, high = difference(*sides)
    assert [found[0], low[0], high[0]] == pytest.approx([0.2, 0.0524, 0.3339], abs=5e-5)


def test_a_change_in_the_unit_of_the_indicator():
    (found,) = change(series([(100, 1000), (105, 1000), (150, 1000)]))
    assert (found["von"], found["bis"], found["raum"]) == (2021, 2023, "1")
    assert found["differenz"] == pytest.approx(5.0)
    assert 0 < found["ki_unten"] < 5 < found["ki_oben"]
    assert found["q"] == found["p"] < 0.01 and found["richtung"] == "gestiegen"


def test_directions():
    assert change(series([(150, 1000), (100, 1000)]))[0]["richtung"] == "gesunken"
    assert change(series([(100, 1000), (103, 1000)]))[0]["richtung"] == "unveraendert"
    assert change(series([(9, 5), (3, 5)]))[0]["richtung"] == "nicht_berechenbar"


@pytest.mark.parametrize("art", ["rate", "quotient"])
def test_limits_of_rates_and_ratios_come_from_their_own(art):
    (found,) = change(series([(40, 1000), (90, 1100)]), art=art)
    first, last = (limits(art, np.array([x]), np.array([n])) for x, n in ((40, 1000), (90, 1100)))
    down = np.hypot(90 / 1100 - last[0][0], first[1][0] - 0.04)
    assert found["ki_unten"] == pytest.approx(100 * (90 / 1100 - 0.04 - down))
    assert found["richtung"] == "gestiegen"


def test_nets_change_too():
    assert change(series([(100, 300, 1000), (300, 100, 1000)]), art="saldo")[0]["richtung"] == (
        "gestiegen"
    )


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("art", ["veraenderung", "anzahl", "messwert"])
def test_kinds_without_a_test_are_left_out(art):
    rows = series([(100, 1000)] * 6)
    assert change(rows, art=art) == trend(rows, art=art) == []


def test_only_the_run_that_ends_in_the_reporting_year_counts():
    counts = [(100, 1000), (None, None), (150, 1000), (160, 1000)]
    assert [c["von"] for c in change(series(counts))] == [2022]
    assert change(series([*counts, (None, None)])) == []  # nothing in the reporting year
    assert change(series(counts, last=2022)) == []
    assert [c["von"] for c in change(series(counts), year=2022)] == []


def test_a_break_interrupts_the_run():
    rows = series([(100, 1000)] * 8)
    assert change(rows, breaks={"k": {2020}})[0]["von"] == 2020
    assert change(rows, breaks={"k": {2018, 2022, 2025}})[0]["von"] == 2022
    assert change(rows, breaks={"k": {2023}, "other": {2017}}) == []
    assert trend(rows)[0]["n"] == 8
    assert trend(rows, breaks={"k": {2019}})[0]["von"] == 2019
    assert trend(rows, breaks={"k": {2020}}) == []  # four years are no trend


def test_pooled_windows_do_not_overlap_nor_reach_over_a_break():
    rows = series([(100, 1000)] * 16)  # 2008 to 2023, each with the two years before
    pools = {"k": Pool(3)}
    assert change(rows, pools)[0]["von"] == 2008
    assert change(rows[-4:], pools)[0]["von"] == 2020
    assert change(rows[-3:], pools) == []  # 2021 still holds a year of 2023's window
    assert change(rows, pools, {"k": {2017}})[0]["von"] == 2019  # 2018 would reach back to 2016
    assert change(rows, pools, {"k": {2022}}) == []
    (found,) = trend(rows, pools)
    assert (found["von"], found["n"]) == (2008, 6)
    assert trend(rows[4:], pools) == []


def test_facilities_and_people_without_area_say_nothing_on_change():
    kita = [("k", y, "gesamt", "Kita", 5 + y - 2018, None, 50) for y in range(2018, 2024)]
    nobody = series([(5, 50)] * 6, raum="nz")
    assert change([*kita, *nobody]) == trend([*kita, *nobody]) == []
    assert len(change([*kita, *series([(50, 500)] * 2, raum="gesamt")])) == 1


def test_trend_of_shares_equals_the_published_example():
    """Fleiss (1981), p. 139; R's documentation of prop.trend.test: X² = 8.2249."""
    smokers, patients = np.array([83.0, 90, 129, 70]), np.array([86.0, 93, 136, 82])
    counts = Counts(smokers, patients, smokers)
    assert linear_trend("anteil", np.arange(4.0), counts)[0] == pytest.approx(8.2249, abs=5e-5)
    last_only = linear_trend("anteil", np.array([0.0, 0, 0, 1]), counts)
    assert last_only[0] == pytest.approx(12.1731, abs=5e-5)


@pytest.mark.slow
def test_trend_of_rates_is_the_score_test_of_a_poisson_model():
    from statsmodels.api import GLM, families

    x, n, t = np.array([12.0, 9, 20, 22, 31]), np.array([300.0, 280, 310, 305, 290]), np.arange(5.0)
    fit = GLM(x, np.ones((5, 1)), family=families.Poisson(), exposure=n).fit()
    score = fit.score_test(exog_extra=t[:, None])[0]
    assert linear_trend("rate", t, Counts(x, n, x))[0] == pytest.approx(float(np.squeeze(score)))


def test_trend_of_ratios_and_nets():
    x, n, t = np.array([10.0, 20, 30, 40, 50]), np.full(5, 100.0), np.arange(5.0)
    as_share = linear_trend("anteil", t, Counts(x, x + n, x))
    assert linear_trend("quotient", t, Counts(x, n, x)) == pytest.approx(as_share)
    chi2, slope = linear_trend("saldo", t, Counts(x, n, np.zeros(5)))
    assert (chi2, slope) == pytest.approx(linear_trend("rate", t, Counts(x, n, x)))
    assert linear_trend("saldo", t, Counts(np.zeros(5), n, x))[1] == -slope


def test_directions_of_trends():
    up = [(100 + 15 * i, 1000) for i in range(6)]
    assert trend(series(up))[0]["richtung"] == "steigend"
    assert trend(series(up[::-1]))[0]["richtung"] == "fallend"
    assert trend(series([(100, 1000)] * 5))[0]["richtung"] == "kein_trend"
    assert trend(series([(0, 1000)] * 5))[0]["richtung"] == "nicht_berechenbar"
    columns = ["kennzahl", "raum", "von", "bis", "n", "chi2", "p", "q", "richtung"]
    assert list(trends(published([]), CATALOGUE, {}, {}, 2023).columns) == columns


@pytest.mark.slow
def test_without_any_change_almost_nothing_is_called_changed():
    rng = np.random.default_rng(8)
    alarms = {"change": 0, "trend": 0}
    for _ in range(40):
        rows = []
        for raum in range(60):
            size, share = int(rng.integers(30, 3000)), rng.uniform(0.005, 0.3)
            rows += series(
                [(int(rng.binomial(size, share)), size) for _ in range(6)], raum=str(raum)
            )
        table = published(rows)
        up = changes(table, CATALOGUE, {}, {}, 2023)["richtung"].isin(["gestiegen", "gesunken"])
        on = trends(table, CATALOGUE, {}, {}, 2023)["richtung"].isin(["steigend", "fallend"])
        alarms["change"] += up.any()
        alarms["trend"] += on.any()
    assert alarms["change"] <= 6 and alarms["trend"] <= 6  # 2 of 40 expected at most


def both(own, areas):
    """Changes of the municipality and so many areas, by area."""
    rows = series(own, raum="gesamt")
    for raum, counts in enumerate(areas):
        rows += series(counts, raum=str(raum))
    return {found["raum"]: found for found in change(rows)}


def test_the_municipality_is_a_family_of_its_own():
    """300 areas without a change must not hide what one test of the municipality shows."""
    still = [[(100, 1000), (100, 1000)]] * 300
    found = both([(1000, 10_000), (1120, 10_000)], still)
    own = found.pop("gesamt")
    assert own["q"] == own["p"] and own["p"] < 0.01 and own["richtung"] == "gestiegen"
    assert {area["richtung"] for area in found.values()} == {"unveraendert"}
    loud = [[(100, 1000), (200, 1000)]] * 300
    assert both([(1000, 10_000), (1060, 10_000)], loud)["gesamt"]["richtung"] == "unveraendert"


def several(*pairs, raum="gesamt"):
    """Directions of the changes of so many indicators in one area."""
    rows = [
        (f"k{i}", *rest) for i, counts in enumerate(pairs) for _, *rest in series(counts, raum=raum)
    ]
    catalogue = {f"k{i}": entry() for i in range(len(pairs))}
    return list(changes(published(rows), catalogue, {}, {}, 2023)["richtung"])


def test_a_hint_is_an_interval_without_zero_that_the_family_does_not_bear():
    still, up = [(1000, 10_000), (1000, 10_000)], [(1000, 10_000), (1090, 10_000)]
    assert several(up) == ["gestiegen"]
    assert several(up, *[still] * 20)[0] == "hinweis_anstieg"
    assert several(up[::-1], *[still] * 20)[0] == "hinweis_rueckgang"
    assert several(*[still] * 20) == ["unveraendert"] * 20


def test_areas_have_no_hints():
    still, up = [(1000, 10_000), (1000, 10_000)], [(1000, 10_000), (1090, 10_000)]
    assert several(up, *[still] * 20, raum="4")[0] == "unveraendert"


def test_trends_of_the_municipality_are_a_family_too():
    up = [(1000 + 22 * i, 10_000) for i in range(6)]
    rows = series(up, raum="gesamt")
    for raum in range(300):
        rows += series([(1000, 10_000), (1010, 10_000)] * 3, raum=str(raum))
    found = {t["raum"]: t for t in trend(rows)}
    assert found["gesamt"]["q"] == found["gesamt"]["p"] and found["gesamt"]["p"] < 0.05
    assert found["gesamt"]["richtung"] == "steigend"
