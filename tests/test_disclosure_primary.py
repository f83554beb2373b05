"""Small counts are not published, and a row without value carries no number at all."""

import pandas as pd
import pytest

from spm.deliveries.delivery import Lieferung
from spm.disclosure import Inputs, Rules, check_rules, protect
from spm.errors import SpmError
from spm.pooling import Pool
from tests.test_statistics_indicators import compute, entry, row
from tests.test_statistics_selection import fact, facts

NUMBERS = ["zaehler", "nenner", "wert", "ki_unten", "ki_oben"]
AREAS = ["1", "2", "3", "4"]


def rule(threshold=3, zeros="ja", **more):
    return Lieferung.model_validate(
        {
            "titel": "T",
            "stelle": "S",
            "mindestfallzahl": threshold,
            "nullen_veroeffentlichen": zeros,
            "tabellen": [{"datei": "x.csv"}],
            **more,
        }
    )


def inputs(table, catalogue, rules, **changes):
    """What `protect` needs, for the areas of ``table`` and one year."""
    areas = sorted({a for a in table["raum"] if a not in ("gesamt", "nz")})
    years = sorted({int(y) for y in table["jahr"]})
    pools = {key: Pool(raeume=tuple(areas)) for key in catalogue}
    indicators = compute(table, *catalogue.values(), areas=areas, years=years)
    empty = pd.DataFrame(columns=indicators.columns)
    given = {
        "indicators": indicators,
        "facts": table,
        "catalogue": catalogue,
        "sums": {},
        "rules": Rules(table, rules),
        "areas": areas,
        "years": years,
        "pools": pools,
        "reporting_year": years[-1],
        "factor": 1.0,
        "earlier": empty,
    }
    return Inputs(**(given | changes))


def published(part, whole=100, *, rules=None, **changes):
    table = facts(
        fact("1", whole),
        *(fact(area, 500) for area in AREAS[1:]),
        fact("1", part, merkmal="teil", lieferung="jobcenter"),
        *(fact(a, 50, merkmal="teil", lieferung="jobcenter") for a in AREAS[1:]),
    )
    kennzahl = entry("k", **changes)
    rules = rules or {"amt": rule(), "jobcenter": rule()}
    return row(protect(inputs(table, {"k": kennzahl}, rules)).published, "1")


@pytest.mark.parametrize(
    ("part", "status"), [(0, "ok"), (1, "gesperrt"), (2, "gesperrt"), (3, "ok")]
)
def test_threshold(part, status):
    assert published(part).status == status


def test_suppressed_rows_carry_no_number():
    found = published(2)
    assert pd.isna(found[NUMBERS].to_list()).all()
    assert found.klasse is None


def test_the_source_of_the_count_sets_the_threshold():
    strict = {"amt": rule(), "jobcenter": rule(10)}
    assert published(9, rules=strict).status == "gesperrt"
    assert published(10, rules=strict).status == "ok"


def test_the_few_who_are_not_in_the_numerator_are_protected_too():
    assert published(98).status == "gesperrt"
    assert published(98, art="rate").status == "ok", "cases per head are not parts of a whole"


def test_a_small_denominator_is_a_small_count():
    assert published(0, whole=2).status == "gesperrt"


def test_zeros_are_published_only_if_the_source_allows_it():
    rules = {"amt": rule(), "jobcenter": rule(zeros="nein")}
    assert published(0, rules=rules).status == "gesperrt"
    assert published(0).status == "ok"


def test_a_minimum_denominator_holds_back_rates_of_small_groups():
    rules = {"amt": rule(mindestnenner=101), "jobcenter": rule()}
    assert published(20, rules=rules).status == "gesperrt"
    assert published(20, whole=101, rules=rules).status == "ok"


def test_a_threshold_of_its_own_for_a_measure():
    own = [{"mindestfallzahl": 21, "merkmal": ["teil"]}]
    rules = {"amt": rule(), "jobcenter": rule(abweichend=own)}
    assert published(20, rules=rules).status == "gesperrt"
    assert published(21, rules=rules).status == "ok"


def test_rounding_instead_of_suppression():
    rules = {"amt": rule(), "jobcenter": rule(rundung=5, mindestfallzahl=3)}
    found = published(17, rules=rules)
    assert found.status == "ok"
    assert found.zaehler == 15
    assert found.wert == pytest.approx(15.0), "the rate of the true count would give it away"


def test_a_rule_for_a_measure_that_is_not_delivered():
    table = facts(fact("1", 100), fact("1", 5, merkmal="teil", lieferung="jobcenter"))
    own = [{"mindestfallzahl": 21, "merkmal": ["tail"]}]
    with pytest.raises(SpmError, match="«tail»") as error:
        check_rules(table, {"jobcenter": rule(abweichend=own)}, "x.yml")
    assert "«teil»" in str(error.value)
    assert "lieferungen.jobcenter.abweichend[0].merkmal" in error.value.wo


@pytest.mark.parametrize("threshold", [0, -3])
def test_a_threshold_protects_somebody(threshold):
    with pytest.raises(ValueError, match="mindestfallzahl"):
        rule(threshold)


@pytest.mark.parametrize(("largest", "status"), [(40, "gesperrt"), (30, "ok")])
def test_a_total_that_is_almost_all_of_one_facility_is_not_published(largest, status):
    """(n,k) = (1, 75 %): 40 of 50 children in one Kita, or 30 of 50."""
    people = [fact(area, 500) for area in AREAS]
    cases = [
        fact(a, n, merkmal="teil", lieferung="jobcenter")
        for a, n in zip(AREAS, (20, 10, 10, 10), strict=True)
    ]
    kitas = [
        fact("gesamt", n, merkmal="teil", lieferung="jobcenter", einrichtung=name)
        for name, n in (("Kita: A", largest), ("Kita: B", 50 - largest))
    ]
    rules = {"amt": rule(), "jobcenter": rule(dominanz={"n": 1, "k": 75})}
    given = inputs(facts(*people, *cases, *kitas), {"k": entry("k")}, rules)
    assert row(protect(given).published, "gesamt").status == status
