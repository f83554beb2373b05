"""Sums between measures are found in the numbers where nobody declared them."""

import random

import pandas as pd
import yaml

from spm.build.catalogued import notes_on_catalogue, sum_in_words
from spm.config.catalogue import load_catalogue, load_sums
from spm.config.params import load_params
from spm.config.selections import Zusammenhang
from spm.disclosure.undeclared import undeclared_sums
from tests.conftest import ROOT
from tests.disclosure.test_rounding import counted
from tests.statistics.test_selection import fact, facts

AREAS = tuple("1234567")
CATALOGUE = {
    "betreut": counted("betreut", merkmal="betreut"),
    "in_kitas": counted("in_kitas", merkmal="in_kitas"),
    "bei_tagesmuettern": counted("bei_tagesmuettern", merkmal="tagespflege"),
    "schueler": counted("schueler", merkmal="schueler"),
}
KITA = {"summe": {"merkmal": "betreut", "auspraegung": "kita"}, "teile": [{"merkmal": "in_kitas"}]}
ALL = {
    "summe": {"merkmal": "betreut"},
    "teile": [{"merkmal": "in_kitas"}, {"merkmal": "tagespflege"}],
}


def delivered(spoil: int = 0, years=(2022, 2023)):
    """Two tables of the same children, and pupils, who have nothing to do with them.

    spoil : so many more are in Kitas in one area and year, by the second table.
    """
    rng = random.Random(4)
    rows = []
    for year in years:
        for area in AREAS:
            inside, outside = rng.randint(20, 90), rng.randint(1, 9)
            more = spoil if (year, area) == (2022, "3") else 0
            own = {"jahr": year}
            rows += [
                fact(area, inside, merkmal="betreut", auspraegung="kita", **own),
                fact(area, outside, merkmal="betreut", auspraegung="tagespflege", **own),
                fact(area, inside + more, merkmal="in_kitas", **own),
                fact(area, outside, merkmal="tagespflege", **own),
                fact(area, rng.randint(20, 90), merkmal="schueler", **own),
            ]
    return facts(*rows)


def found(table, sums=None, catalogue=CATALOGUE):
    sums = {name: Zusammenhang.model_validate(one) for name, one in (sums or {}).items()}
    return [
        (
            {(*s.merkmal, *(s.auspraegung or ())) for s in one.left},
            {(*s.merkmal, *(s.auspraegung or ())) for s in one.right},
            one.rows,
        )
        for one in undeclared_sums(table, catalogue, sums, AREAS)
    ]


def test_two_tables_of_the_same_people_are_noticed():
    every = found(delivered())
    pairs = [{frozenset(left), frozenset(right)} for left, right, _ in every]
    assert {frozenset({("in_kitas",)}), frozenset({("betreut", "kita")})} in pairs
    assert {
        frozenset({("tagespflege",)}),
        frozenset({("betreut", "tagespflege")}),
    } in pairs
    assert len(pairs) == 2 and {rows for *_, rows in every} == {14}


def test_what_is_declared_or_follows_from_it_is_not_told_again():
    left = found(delivered(), {"kita": KITA})
    assert len(left) == 1 and "in_kitas" not in str(left)
    # Both together say the rest: all, less those in Kitas, are with childminders.
    assert found(delivered(), {"kita": KITA, "alle": ALL}) == []


def test_a_sum_of_three_measures_is_noticed_where_no_table_has_its_values():
    table = delivered()
    whole = (
        table[table.merkmal.eq("betreut")].groupby(["jahr", "raum"], as_index=False).anzahl.sum()
    )
    rows = [fact(r.raum, r.anzahl, merkmal="betreut", jahr=r.jahr) for r in whole.itertuples()]
    plain = pd.concat([table[table.merkmal.ne("betreut")], facts(*rows)], ignore_index=True)
    ((left, right, _),) = found(plain)
    assert left == {("betreut",)} and right == {("in_kitas",), ("tagespflege",)}


def test_what_fails_once_is_no_sum():
    assert all("in_kitas" not in str(one) for one in found(delivered(spoil=1)))


def test_few_numbers_prove_nothing():
    table = delivered()
    few = table[table.jahr.eq(2023) & table.raum.isin(["1", "2", "3", "4", "5"])]
    assert undeclared_sums(few, CATALOGUE, {}, ["1", "2", "3", "4", "5"]) == []


def test_who_reads_it_can_copy_the_entry_into_the_catalogue():
    one, _ = undeclared_sums(delivered(), CATALOGUE, {}, AREAS)
    was, tun = sum_in_words(one, "params/kennzahlen.yml")
    assert "In allen 14 Angaben" in was and "«in_kitas»" in was
    entry = yaml.safe_load(tun.split("«name: ")[1].split("»")[0])
    assert found(delivered(), {"neu": entry, "alle": ALL}) == []


def test_the_check_notes_it():
    """With the shipped catalogue, and a measure that repeats another one."""
    params = load_params(ROOT / "params/pilotkommune.yml")
    catalogue = load_catalogue(params)
    rng = random.Random(4)
    rows = []
    for area in AREAS:
        number = rng.randint(20, 90)
        rows += [
            fact(area, number, merkmal=name, lieferung="schule")
            for name in ("schueler_primarstufe", "haushalte")
        ]
    notes = notes_on_catalogue(facts(*rows), catalogue, load_sums(params), AREAS, params)
    told = [note for note in notes if "zusammenhaenge" in note.was]
    assert len(told) == 1 and "In allen 7 Angaben" in told[0].was, [note.was for note in notes]
