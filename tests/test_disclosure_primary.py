"""Small counts are not published, and a row without value carries no number at all."""

import pandas as pd
import pytest

from spm.deliveries.delivery import Lieferung
from spm.disclosure import protect
from tests.test_statistics_indicators import compute, entry, row
from tests.test_statistics_selection import fact, facts

NUMBERS = ["zaehler", "nenner", "wert", "ki_unten", "ki_oben"]


def rule(threshold=3, zeros="ja"):
    return Lieferung.model_validate(
        {
            "titel": "T",
            "stelle": "S",
            "mindestfallzahl": threshold,
            "nullen_veroeffentlichen": zeros,
            "tabellen": [{"datei": "x.csv"}],
        }
    )


def published(part, whole=100, *, rules=None, **changes):
    table = facts(
        fact("1", whole),
        fact("2", 500),
        fact("1", part, merkmal="teil", lieferung="jobcenter"),
        fact("2", 50, merkmal="teil", lieferung="jobcenter"),
    )
    kennzahl = entry("k", **changes)
    rules = rules or {"amt": rule(), "jobcenter": rule()}
    return row(protect(compute(table, kennzahl), table, {"k": kennzahl}, rules), "1")


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
