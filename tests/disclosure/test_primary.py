"""Small counts are not published, and a row without value carries no number at all."""

from dataclasses import replace

import pandas as pd
import pytest

from spm.areas.pooling import Pool
from spm.config.delivery import Lieferung
from spm.config.selections import Glied, Zusammenhang
from spm.config.shown import Einrichtungen
from spm.disclosure import Inputs, Rules, check_rules, protect
from spm.errors import SpmError
from tests.statistics.test_indicators import compute, entry, row
from tests.statistics.test_selection import fact, facts

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
    pools = {key: Pool(rows=tuple(areas)) for key in catalogue}
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


@pytest.mark.slow
def test_the_source_of_the_count_sets_the_threshold():
    strict = {"amt": rule(), "jobcenter": rule(10)}
    assert published(9, rules=strict).status == "gesperrt"
    assert published(10, rules=strict).status == "ok"


@pytest.mark.slow
def test_the_few_who_are_not_in_the_numerator_are_protected_too():
    assert published(98).status == "gesperrt"
    assert published(98, art="rate").status == "ok", "cases per head are not parts of a whole"


def test_a_small_denominator_is_a_small_count():
    assert published(0, whole=2).status == "gesperrt"


def test_zeros_are_published_only_if_the_source_allows_it():
    rules = {"amt": rule(), "jobcenter": rule(zeros="nein")}
    assert published(0, rules=rules).status == "gesperrt"
    assert published(0).status == "ok"


@pytest.mark.slow
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


def test_a_rule_for_facilities_is_refused_where_nothing_is_delivered_by_facility():
    table = facts(*(fact(a, 20, merkmal="teil", lieferung="jobcenter") for a in AREAS))
    rules = {"jobcenter": rule(dominanz={"n": 1, "k": 75})}
    with pytest.raises(SpmError, match="Sie schützt also nichts"):
        check_rules(table, rules, "x.yml")
    kita = fact("gesamt", 5, merkmal="teil", lieferung="amt", einrichtung="Kita: A")
    check_rules(facts(*table.to_dict("records"), kita), rules, "x.yml")


def known_sum(single):
    """Help by kind in one table, by paragraph in another; ``single`` gets one child under § 30."""
    table = facts(
        *(fact(a, 900) for a in AREAS),
        *(fact(a, 20, merkmal="hilfen", auspraegung="ambulant") for a in AREAS),
        *(
            fact(a, n, merkmal="paragraf", auspraegung=p)
            for a in AREAS
            for p, n in (("p30", 1 if a == single else 8), ("p31", 19 if a == single else 12))
        ),
    )
    rate = {"art": "rate", "faktor": 1000}
    catalogue = {
        "ambulant": entry(
            "ambulant", zaehler={"merkmal": "hilfen", "auspraegung": "ambulant"}, **rate
        ),
        "p31": entry("p31", zaehler={"merkmal": "paragraf", "auspraegung": "p31"}, **rate),
    }
    summe = Glied(merkmal="hilfen", auspraegung="ambulant")
    teile = [Glied(merkmal="paragraf", auspraegung=["p30", "p31"])]
    sums = {"ambulant": Zusammenhang(summe=summe, teile=teile)}
    return inputs(table, catalogue, {"amt": rule()}, sums=sums)


@pytest.mark.slow
def test_what_is_left_of_a_known_sum_is_protected():
    """20 of a kind, 19 of them by one paragraph: the one under the other is no printed number."""
    found = protect(known_sum("2")).published
    gone = found[found["status"] == "gesperrt"]
    assert "2" in set(gone["raum"])  # one of both, and what protects it
    assert protect(known_sum(None)).published["status"].eq("ok").all()
    without = replace(known_sum("2"), sums={})
    assert protect(without).published["status"].eq("ok").all()


@pytest.mark.slow
def test_facilities_have_stricter_thresholds_if_they_are_shown():
    places = ("Kita: Nord", "Kita: Süd")
    table = facts(
        fact("1", 100), fact("2", 300), fact("1", 40, merkmal="teil"),
        fact("2", 30, merkmal="teil"),
        *(fact("gesamt", n, einrichtung=p) for p, n in zip(places, (200, 200), strict=True)),
        *(
            fact("gesamt", n, merkmal="teil", einrichtung=p)
            for p, n in zip(places, (8, 62), strict=True)
        ),
    )  # fmt: skip
    catalogue = {"k": entry("k", je_einrichtung="ja")}

    def shown(own):
        given = inputs(table, catalogue, {"amt": rule()})
        rules = Rules(table, {"amt": rule()}, own)
        found = protect(replace(given, rules=rules)).published
        return found[found["gruppe"].notna() & found["status"].eq("ok")]

    assert len(shown(None)) == 2
    assert shown(Einrichtungen(mindestfallzahl=10)).empty  # the other one would give it away
    assert shown(Einrichtungen(mindestfallzahl=3, mindestnenner=250)).empty
