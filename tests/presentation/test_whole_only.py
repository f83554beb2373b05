"""Delivered for the municipality alone: no table of areas without a number."""

from spm.presentation.blocks import plain
from spm.presentation.chapter import Kapitel
from spm.presentation.profile import profile
from spm.presentation.summary import Summary
from spm.presentation.tables.crosstable import overview
from spm.presentation.tables.datatables import data_table
from spm.presentation.wording.gaps import missing_values
from tests.presentation_sample import YEARS, kennzahl, sicht

NONE = [(None, str(n), None, "nicht_geliefert") for n in range(1, 5)]
WHOLE = sicht(4, kennzahl("hze_dichte", kapitel="hze"), hidden=NONE)
USUAL = sicht(4, kennzahl("hze_ambulant", kapitel="hze"))


def test_only_where_nothing_came_for_any_area_in_any_year():
    assert WHOLE.whole_only
    assert not USUAL.whole_only
    assert not sicht(4, hidden=NONE[:3]).whole_only
    suppressed = [*NONE[:3], (None, "4", None, "gesperrt")]
    assert not sicht(4, hidden=suppressed).whole_only  # else the table would tell that it came
    late = [(None, str(n), year, "nicht_geliefert") for n in range(1, 5) for year in (2022, 2023)]
    assert not sicht(4, hidden=late).whole_only
    assert not sicht(4, hidden=[*NONE, (None, "gesamt", None, "nicht_geliefert")]).whole_only


def test_its_tables_have_one_row():
    table = data_table(WHOLE).markdown
    assert "Sozialraum 1" not in table and "…" not in table and "Musterstadt" in table
    both = overview([WHOLE, USUAL], "hze").markdown
    assert both.count("| Sozialraum 1 ") == 1
    assert "Kennzahlen für Musterstadt insgesamt, 2023" in both
    assert "…" not in both


def test_no_heat_table_and_no_row_in_profiles():
    chapter = Kapitel("hze", [WHOLE], {"hze_dichte": WHOLE}.__getitem__, None, None)
    assert not chapter.waermetabelle()
    names = dict(WHOLE.area_names)
    made = profile(names, [WHOLE, USUAL], WHOLE.place, 2023, lambda view, key: [key])
    assert [[e.view.indicator.id for e in one.entries] for one in made] == [["hze_ambulant"]] * 4


def test_the_sentence_says_so():
    assert plain(missing_values(WHOLE)) == (
        "Geliefert wurde der Wert nur für Musterstadt insgesamt, nicht für einzelne Sozialräume."
    )


def test_a_single_year_is_no_change():
    single, several = (
        Summary([], [sicht(4, kennzahl(leitkennzahl=True), years=years)], WHOLE.place, None)
        for years in ((2023,), (2021, 2022, 2023))
    )
    assert "Werte für Musterstadt {" in single.kommune().markdown
    assert "Was sich in Musterstadt verändert hat {" in several.kommune().markdown


ALL = "Alle Sozialräume"


def together(*hidden):
    """One group of all areas, as for what is combined child by child."""
    return sicht(
        1, kennzahl("seu_drei"), names=[ALL], gruppen={ALL: ("1", "2", "3")}, hidden=hidden
    )


def test_one_group_of_all_areas_that_is_never_published_has_no_row():
    hidden, shown = together(*((None, ALL, year, "gesperrt") for year in YEARS)), together()
    assert hidden.whole_only and not shown.whole_only
    text = overview([hidden, USUAL], "seu").markdown
    assert ALL not in text and "Kennzahlen für Musterstadt insgesamt, 2023" in text
    assert ALL not in data_table(hidden).markdown
    assert ALL in overview([shown], "seu").markdown
    assert plain(missing_values(hidden)).startswith("Veröffentlicht wurde der Wert nur für Muster")
