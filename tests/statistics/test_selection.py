"""Which facts a selector of the catalogue sums, by year and area."""

import pandas as pd
import pytest

from spm.config.selections import Auswahl
from spm.facts import FACT_COLUMNS
from spm.statistics.selection import Store, tile


def fact(raum, anzahl, *, alter=None, status="gezaehlt", jahr=2023, lieferung="amt", **groups):
    von, bis = alter or (None, None)
    row = dict.fromkeys(FACT_COLUMNS) | {
        "merkmal": "bevoelkerung",
        "jahr": jahr,
        "raum": raum,
        "alter_von": von,
        "alter_bis": bis,
        "anzahl": anzahl,
        "status": status,
        "lieferung": lieferung,
    }
    return row | groups


def facts(*rows):
    frame = pd.DataFrame(rows, columns=FACT_COLUMNS)
    whole = ["jahr", "alter_von", "alter_bis", "anzahl"]
    return frame.astype(dict.fromkeys(whole, "Int64"))


def counted(table, areas=("1", "2"), **wanted):
    result = Store(table).count(Auswahl(merkmal="bevoelkerung", **wanted), areas)
    return {raum: (found.anzahl, found.status) for (_, raum), found in result.items()}


def test_groups_that_are_not_named_are_summed():
    table = facts(
        fact("1", 3, geschlecht="m"),
        fact("1", 4, geschlecht="w"),
        fact("2", 5, geschlecht="m"),
        fact("2", 6, geschlecht="w"),
    )
    assert counted(table)["1"] == (7, "gezaehlt")
    assert counted(table)["gesamt"] == (18, "gezaehlt")
    assert counted(table, geschlecht="w")["gesamt"] == (10, "gezaehlt")


def test_ages_are_tiled_exactly():
    table = facts(
        *(fact(r, 10, alter=a) for r in "12" for a in [(0, 2), (3, 5), (6, 17), (18, None)]),
        *(fact(r, 99, alter=(0, 6)) for r in "12"),  # overlaps: must not be counted too
    )
    assert counted(table, alter="0-17")["gesamt"] == (60, "gezaehlt")
    assert counted(table, alter="18+")["1"] == (10, "gezaehlt")
    assert counted(table)["1"] == (40, "gezaehlt")
    assert counted(table, alter="0-14") == {}, "no delivered groups end at 14"


def test_tile_needs_backtracking():
    # The longest group from 0 leads into a dead end.
    assert tile([(0, 5), (0, 2), (3, 17), (6, 9)], 0, 17) == [(0, 2), (3, 17)]
    assert tile([(0, 2), (4, 17)], 0, 17) == []


def test_a_suppressed_part_makes_the_sum_suppressed_and_never_zero():
    table = facts(fact("1", None, status="gesperrt"), fact("2", 5))
    assert counted(table)["1"] == (None, "gesperrt")
    assert counted(table)["gesamt"] == (None, "gesperrt")


def test_an_area_that_was_not_delivered_leaves_the_total_unknown():
    assert counted(facts(fact("1", 5)))["gesamt"] == (None, "nicht_geliefert")


def test_people_without_an_area_belong_to_the_total():
    table = facts(fact("1", 5), fact("2", 5), fact("nz", 2))
    assert counted(table)["gesamt"] == (12, "gezaehlt")


def test_the_delivered_total_is_used_where_areas_are_suppressed():
    table = facts(fact("1", None, status="gesperrt"), fact("2", 5), fact("gesamt", 7))
    assert counted(table)["gesamt"] == (7, "gezaehlt")


def test_a_combination_that_only_other_areas_have_was_not_delivered():
    table = facts(
        fact("1", 3, geschlecht="m"), fact("1", 4, geschlecht="w"), fact("2", 5, geschlecht="m")
    )
    assert counted(table)["2"] == (None, "nicht_geliefert")


def test_the_sum_over_everybody_is_preferred_to_a_sum_of_parts():
    table = facts(
        fact("1", 3, geschlecht="m"),
        fact("1", None, geschlecht="w", status="gesperrt"),
        fact("1", 8, lieferung="statistik"),
        fact("2", 5, lieferung="statistik"),
    )
    assert counted(table)["1"] == (8, "gezaehlt")


def test_a_split_that_lacks_a_part_is_not_everybody():
    foreign = {"staatsangehoerigkeit": "nichtdeutsch"}
    table = facts(
        *(fact(r, 10, alter=a) for r in "12" for a in [(0, 17), (18, None)]),
        *(fact(r, 7, **foreign) for r in "12"),
    )
    assert counted(table)["1"] == (20, "gezaehlt")
    assert counted(table, **foreign)["1"] == (7, "gezaehlt")


def test_several_measures_are_added_and_all_must_be_there():
    table = facts(fact("1", 3), fact("2", 4), fact("1", 10, merkmal="gaeste"))
    both = Store(table).count(Auswahl(merkmal=["bevoelkerung", "gaeste"]), ["1", "2"])
    assert both[2023, "1"][:2] == (13, "gezaehlt")
    assert both[2023, "2"][:2] == (None, "nicht_geliefert")


@pytest.mark.parametrize("alter", ["0-17", "unter 18", "0 bis unter 18"])
def test_ages_may_be_written_in_several_ways(alter):
    table = facts(fact("1", 3, alter=(0, 17)), fact("2", 3, alter=(0, 17)))
    assert counted(table, alter=alter)["gesamt"] == (6, "gezaehlt")
