"""What a table would lose, and what an earlier report has told already."""

import pandas as pd
import pytest

from spm.disclosure import protect
from spm.disclosure.forecast import forecast, in_words
from spm.disclosure.suppress import memory
from spm.disclosure.suppress.suppression import suppress
from tests.disclosure.test_primary import AREAS, inputs, rule
from tests.statistics.test_indicators import entry, row
from tests.statistics.test_selection import fact, facts

RULES = {"amt": rule(), "jobcenter": rule()}
YEARS = (2021, 2022, 2023)


def small_counts():
    """Two cases a year in area 1, enough elsewhere."""
    people = [fact(a, 500, jahr=y) for a in AREAS for y in YEARS]
    cases = [
        fact(a, 2 if a == "1" else 40, merkmal="teil", lieferung="jobcenter", jahr=y)
        for a in AREAS
        for y in YEARS
    ]
    return inputs(facts(*people, *cases), {"k": entry("k")}, RULES)


@pytest.mark.slow
def test_two_years_together_lose_nothing():
    (seen,) = forecast(small_counts(), {})
    assert (seen.rows, seen.primary, seen.secondary) == (15, 3, 3)
    best = seen.proposals[0]
    assert (best.text, best.loss) == ("2 Jahre zusammenfassen", 0.0), "four cases in two years"
    assert "k: 6 von 15 (3 kleine Zahlen, 3 zum Schutz kleiner Zahlen)" in in_words([seen])[1]


@pytest.mark.slow
def test_only_trials_of_what_was_corrected_are_decided_anew(tmp_path, monkeypatch):
    """Two indicators lose much; a correction of one leaves the trials of the other as they were."""
    decided = []

    def watched(problem, **options):
        decided.append(problem)
        return suppress(problem, **options)

    monkeypatch.setattr(memory, "suppress", watched)
    first = two_indicators(other=2)
    seen = forecast(first, {}, tmp_path)
    assert [len(v.proposals) for v in seen] == [2, 2]
    assert len(decided) == 5, "the report and two windows of two indicators"
    assert forecast(first, {}, tmp_path) == seen == forecast(first, {})
    del decided[:]
    corrected = two_indicators(other=1)
    again = forecast(corrected, {}, tmp_path)
    assert len(decided) == 3, "the report and two windows of one indicator"
    assert again == forecast(corrected, {}) and again != seen


def two_indicators(other):
    """As `small_counts`, and so many cases a year of another measure."""
    given = small_counts()
    cases = [
        fact(a, other if a == "1" else 30, merkmal="teil2", lieferung="jobcenter", jahr=y)
        for a in AREAS
        for y in YEARS
    ]
    table = pd.concat([given.facts, facts(*cases)], ignore_index=True)
    entries = {"k": entry("k"), "l": entry("l", zaehler={"merkmal": "teil2"})}
    return inputs(table, entries, RULES)


@pytest.mark.slow
def test_what_an_earlier_report_shows_is_counted_as_known():
    given = small_counts()
    done = protect(given)
    assert not done.audit.unprotectable
    told = protect(inputs(given.facts, given.catalogue, RULES, earlier=given.indicators))
    assert told.audit.unprotectable, "2 of 500 stood in the last report"
    assert row(told.published, "1").status == "gesperrt"


@pytest.mark.slow
def test_what_the_last_report_hid_is_hidden_again():
    given = small_counts()
    first = protect(given).published
    again = protect(inputs(given.facts, given.catalogue, RULES, earlier=first))
    assert again.published["status"].tolist() == first["status"].tolist()


def test_people_without_an_area_of_whom_a_part_is_secret_and_nobody_is_the_denominator():
    """Their share is not computable, and no number of them is printed."""
    people = [fact(a, 500, alter=(0, 17)) for a in AREAS]
    cases = [fact(a, 40, merkmal="teil", lieferung="jobcenter", alter=(0, 5)) for a in AREAS]
    cases += [fact(a, 30, merkmal="teil", lieferung="jobcenter", alter=(6, 17)) for a in AREAS]
    nowhere = {"merkmal": "teil", "lieferung": "jobcenter"}
    cases += [
        fact("nz", None, alter=(0, 5), status="gesperrt", **nowhere),
        fact("nz", 8, alter=(6, 17), **nowhere),
    ]
    asked = {"zaehler": {"merkmal": "teil", "alter": "0-17"}}
    asked |= {"nenner": {"merkmal": "bevoelkerung", "alter": "0-17"}}
    given = inputs(facts(*people, *cases), {"k": entry("k", **asked)}, RULES)
    assert row(given.indicators, "nz").status == "nicht_berechenbar"
    (seen,) = forecast(given, {})
    assert seen.rows == len(AREAS)  # the municipality as a whole is as secret as they are
