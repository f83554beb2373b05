"""How many domains of an area are worse, and how many would be by chance: by hand and simulated."""

from itertools import combinations

import numpy as np
import pytest
from scipy import integrate, stats

from spm.config.catalogue import Kennzahl
from spm.presentation.synthesis.domains import MEHRERE, Picture
from spm.presentation.views import AreaRow, IndicatorView, Place
from spm.published import NIEDRIGER
from spm.statistics.comparison import classify
from spm.synthesis import burden
from spm.synthesis.burden import Tally
from tests.statistics.statistics_example import one_year, published

SEED = 19


def test_a_domain_counts_by_what_prevails():
    assert Tally(4, 2, 1).is_worse and not Tally(4, 2, 1).is_better
    assert Tally(4, 0, 1).is_better
    assert not Tally(4, 1, 1).is_worse and not Tally(4, 1, 1).is_better


def test_the_level_of_every_test_follows_from_the_published_classes():
    """Benjamini and Hochberg: 20 of 200 tests found something, so p was at most 0.05 / 10."""
    assert burden.level(200, 20) == pytest.approx(0.0025)
    assert burden.level(200, 0) == burden.level(0, 0) == 0
    p = np.random.default_rng(SEED).uniform(size=200) ** 2
    different = int((stats.false_discovery_control(p) <= 0.05).sum())
    assert different > 3
    limit = 2 * burden.level(200, different)
    assert (p <= limit).sum() == different, "it is the level at which they were found"


def test_chances_of_a_domain():
    assert burden.chance_of_domain(4, 0.01) == pytest.approx(0.04)
    assert burden.chance_of_domain(400, 0.01) == 1
    assert burden.chance_of_domain(0, 0.01) == 0


def test_independent_domains_by_hand():
    """Two of three: 0.1·0.2·0.7 + 0.1·0.8·0.3 + 0.9·0.2·0.3 + 0.1·0.2·0.3."""
    chances = [0.1, 0.2, 0.3]
    assert burden.chance_of_many(chances, 2, 0.0) == pytest.approx(0.098)
    assert burden.chance_of_many(chances, 0) == 1 and burden.chance_of_many(chances, 4) == 0
    assert burden.chance_of_many([0.1, 0.0], 2) == 0


def test_domains_that_hang_together_agree_with_a_plain_integral():
    chances, rho = [0.01, 0.03, 0.05, 0.02, 0.06], burden.CORRELATION

    def at_least(t, k):
        given = [
            stats.norm.cdf((stats.norm.ppf(a) + rho**0.5 * t) / (1 - rho) ** 0.5) for a in chances
        ]
        total = 0.0
        for n in range(k, len(given) + 1):
            for chosen in combinations(range(len(given)), n):
                total += np.prod([p if i in chosen else 1 - p for i, p in enumerate(given)])
        return total * stats.norm.pdf(t)

    for k in (1, 2, 3):
        expected = integrate.quad(at_least, -8, 8, args=(k,))[0]
        assert burden.chance_of_many(chances, k) == pytest.approx(expected, rel=1e-6)
    two = [burden.chance_of_many(chances, 2, rho) for rho in (0.0, 0.3, 0.6)]
    assert two == sorted(two), "what hangs together comes together"


def test_no_dependence_exceeds_the_ceiling():
    chances = [0.02, 0.03, 0.05, 0.02, 0.06]
    for k in range(1, 6):
        ceiling = burden.ceiling_of_many(chances, k)
        for rho in (0.0, 0.3, 0.9, 0.99):
            assert burden.chance_of_many(chances, k, rho) <= ceiling + 1e-9
    # All of one event: all five at once are as likely as the rarest; the ceiling is reached.
    assert burden.ceiling_of_many([0.02] * 5, 5) == pytest.approx(0.02)
    assert burden.ceiling_of_many([0.02, 1.0], 2) == pytest.approx(0.02)


def test_the_threshold_keeps_the_whole_report_right():
    few, many = [[0.01] * 4] * 3, [[0.05] * 4] * 60
    assert burden.threshold(few) == 2
    for areas in (few, many):
        k = burden.threshold(areas)
        if k is None:
            continue
        assert burden.chance_anywhere(areas, k) <= burden.REPORT
        assert k == burden.LEAST or burden.chance_anywhere(areas, k - 1) > burden.REPORT
    assert burden.threshold([[0.01]] * 3) is None, "one domain is not several"
    assert burden.threshold([[0.9, 0.9]] * 5) is None
    assert burden.threshold([]) is None


# ---------------------------------------------------------------------------------- simulation

PLACE = Place("Musterstadt")
DOMAINS = {
    "Materielle Lage": [(850, 0.16), (700, 0.16), (140, 0.15)],
    "Betreuung": [(150, 0.35), (150, 0.2)],
    "Gesundheit": [(155, 0.2), (150, 0.16), (150, 0.12), (300, 0.06)],
    "Bildung": [(280, 0.03), (500, 0.08), (55, 0.3)],
    "Übergang": [(150, 0.06), (1600, 0.035)],
}
"""People of an area, on average, and share of them, about as in the demo."""

SIZES = np.array([0.17, 0.11, 0.1, 0.31, 0.11, 0.08, 0.12]) * 7
"""Of the areas, relative to their mean; the fourth is the one that may differ."""

AREAS = [(str(i + 1), f"Sozialraum {i + 1}") for i in range(len(SIZES))]


def entry(key, domain):
    made = Kennzahl.model_construct(
        art="anteil", faktor=100.0, richtung="belastend", bereich=domain, leitkennzahl=False
    )
    made._id = key
    return made


CATALOGUE = {
    f"{domain}-{i}": entry(f"{domain}-{i}", domain)
    for domain, its in DOMAINS.items()
    for i in range(len(its))
}


SIZE, SHARE = (
    {f"{domain}-{i}": its[i][at] for domain, its in DOMAINS.items() for i in range(len(its))}
    for at in (0, 1)
)


def counted():
    """People of every indicator and area, as a table whose numerators are drawn."""
    rows = []
    for key in CATALOGUE:
        size = SIZE[key]
        people = np.maximum(1, np.round(size * SIZES)).astype(int).tolist()
        rows += one_year([(0, n) for n in people], key)
    return published(rows)


TABLE = counted()
PEOPLE = {
    key: its["nenner"].to_numpy(int)[:-1] for key, its in TABLE.groupby("kennzahl", sort=False)
}


def drawn(rng, times):
    """Counts of one report; of the first domain the second indicator counts part of the same
    people as the first."""
    tops, first = [], None
    for key in CATALOGUE:
        people = PEOPLE[key]
        if key == "Materielle Lage-1":
            top = rng.hypergeometric(first, PEOPLE["Materielle Lage-0"] - first, people)
        else:
            top = rng.binomial(people, np.minimum(SHARE[key] * times, 0.95))
        first = top if first is None else first
        tops += [*top, top.sum()]
    return TABLE.assign(zaehler=np.array(tops, float))


def picture(table):
    """The picture of a report, by the classes that `classify` gives."""
    classes = classify(table, CATALOGUE)
    found = {}
    for key, raum, klasse in zip(table["kennzahl"], table["raum"], classes, strict=True):
        row = AreaRow(raum, raum, "ok", wert=1.0, klasse=klasse)
        found.setdefault(key, {})[raum, 2023] = row
    views = [
        IndicatorView(
            indicator=CATALOGUE[key],
            place=PLACE,
            year=2023,
            years=(2023,),
            area_names=tuple(AREAS),
            rows=rows,
            changes={},
            trends={},
        )
        for key, rows in found.items()
    ]
    return Picture(views)


def burdened(rng, times, n):
    """Of n reports the areas that each calls one with needs in several domains."""
    found = []
    for _ in range(n):
        made = picture(drawn(rng, times))
        found.append({area.raum for area in made.of_kind(MEHRERE)} if made.domains else set())
    return found


@pytest.mark.slow
def test_without_differences_hardly_any_report_claims_one():
    """At most 5 % of reports; by the threshold and the tests together it is far less."""
    claims = burdened(np.random.default_rng(SEED), np.ones(len(SIZES)), 200)
    assert sum(map(bool, claims)) <= 0.05 * len(claims)


@pytest.mark.slow
def test_an_area_twice_as_burdened_in_all_domains_is_found():
    """In 90 % of reports; and hardly any report calls one of the others so, which differ from the
    rest only because the fourth is part of it."""
    times = np.where(np.arange(len(SIZES)) == 3, 2.0, 1.0)
    claims = burdened(np.random.default_rng(SEED + 1), times, 100)
    assert sum("4" in claim for claim in claims) >= 0.9 * len(claims)
    assert sum(bool(claim - {"4"}) for claim in claims) <= 0.05 * len(claims)


@pytest.mark.slow
def test_burden_in_one_domain_alone_is_not_called_several():
    """Many tests find something then, so that each is made at a laxer level."""
    rng = np.random.default_rng(SEED + 2)
    found = 0
    for _ in range(60):
        table = drawn(rng, np.ones(len(SIZES)))
        first = table["kennzahl"].str.startswith("Materielle")
        area = table["raum"].eq("4") & first
        table.loc[area, "zaehler"] = (2 * table.loc[area, "zaehler"]).clip(upper=table["nenner"])
        added = table.loc[area].set_index("kennzahl")["zaehler"] / 2
        total = table["raum"].eq("gesamt") & first
        table.loc[total, "zaehler"] += table.loc[total, "kennzahl"].map(added)
        found += bool(picture(table).of_kind(MEHRERE))
    assert found <= 3


def test_the_simulation_can_fail():
    """Classes turned round: what was worse is better, and nobody is found."""
    times = np.where(np.arange(len(SIZES)) == 3, 0.4, 1.0)
    table = drawn(np.random.default_rng(SEED), times)
    made = picture(table)
    assert classify(table, CATALOGUE)[table["raum"].eq("4")].isin(NIEDRIGER).any()
    assert "4" not in {area.raum for area in made.of_kind(MEHRERE)}
