"""Wherever years or areas are counted together, the text says so, in correct German."""

from dataclasses import replace

import pytest

from spm.presentation.blocks import plain
from spm.presentation.pages.definitions import definitions
from spm.presentation.pages.matter import availability
from spm.presentation.tables import crosstable
from spm.presentation.views import AreaRow, Change, IndicatorView, Place
from spm.presentation.wording import alttext, changes, gaps, overview, pooling, sentences
from spm.presentation.wording.areas import for_areas, in_areas
from spm.presentation.wording.choice import placed
from spm.presentation.wording.grammar import join_names
from spm.published import ABSENDER_GESPERRT, GESPERRT, GESTIEGEN, NICHT_GELIEFERT
from tests.presentation_sample import kennzahl, sicht

SOUTH = "Sozialräume 2 und 5"
GROUPS = {SOUTH: ("Sozialraum 2", "Sozialraum 5")}
NAMES = ["Sozialraum 1", SOUTH, "Sozialraum 3"]


def grouped(**changes):
    return sicht(3, names=NAMES, gruppen=GROUPS, **changes)


def totals(values, fenster, hidden=()):
    """A view of the municipality and two areas with one value per last year of a window."""
    rows = {}
    for year, value in values.items():
        rows["gesamt", year] = AreaRow(
            "gesamt", "Lemgo", "ok", 10, 100, value, value - 1, value + 1
        )
        for raum in ("A", "B"):
            rows[raum, year] = AreaRow(raum, raum, "ok", wert=value + (raum == "B") * (year - 2020))
    entry = kennzahl(nachkommastellen=1)
    areas = (("A", "A"), ("B", "B"))
    return IndicatorView(entry, Place("Lemgo"), 2023, tuple(values), areas, rows, fenster)


# ------------------------------------------------------------------------------------- years


@pytest.mark.parametrize(
    ("fenster", "within", "for_", "caption", "series"),
    [
        (1, "im Jahr 2023", "für das Jahr 2023", "2023", "2018 bis 2023"),
        (
            2,
            "im Zeitraum 2022 bis 2023",
            "für den Zeitraum 2022 bis 2023",
            "2022 und 2023 zusammengefasst",
            "2018 bis 2023, je zwei Jahre zusammengefasst",
        ),
        (
            3,
            "im Zeitraum 2021 bis 2023",
            "für den Zeitraum 2021 bis 2023",
            "2021 bis 2023 zusammengefasst",
            "2018 bis 2023, je drei Jahre zusammengefasst",
        ),
    ],
)
def test_years_are_named(fenster, within, for_, caption, series):
    view = sicht(3, fenster=fenster)
    assert pooling.in_period(view) == within
    assert pooling.for_period(view) == for_
    assert pooling.caption_year(view) == caption
    assert pooling.caption_series(view, view.years_with()) == series
    assert plain(sentences.situation(view)).count(within) == 1
    assert caption in alttext.of_map(view) and caption in alttext.of_bars(view)
    assert series in alttext.of_series(view)


def test_rates_over_several_years_are_those_of_one_year():
    """Cases of three years per inhabitants of three years."""
    rate = kennzahl(art="rate", einheit="je 1.000", satz="die Häufigkeit der Hilfen")
    view = sicht(3, rate, fenster=3)
    assert pooling.in_period(view) == "im Jahresdurchschnitt 2021 bis 2023"
    assert pooling.in_period(sicht(3, rate)) == "im Jahr 2023"
    assert "Jahresdurchschnitt 2021 bis 2023" in plain(sentences.situation(view))
    assert pooling.for_period(view) == "für den Zeitraum 2021 bis 2023"
    assert pooling.caption_year(view) == "Jahresdurchschnitt 2021 bis 2023"
    assert pooling.caption_series(view, view.years_with()) == (
        "2018 bis 2023, Jahresdurchschnitt aus je drei Jahren"
    )
    assert plain(pooling.caption_year(grouped(entry=rate, fenster=2))) == (
        "Jahresdurchschnitt 2022 bis 2023, Sozialraum\u00a02 und Sozialraum\u00a05 zusammengefasst"
    )


def test_counts_of_several_years_are_called_so():
    view = sicht(3, fenster=3)
    row = view.total
    assert f"von {row.nenner:.0f} in drei Jahren;".replace(".", "") in plain(
        sentences.situation(view)
    ).replace(".", "")
    assert "in drei Jahren" not in plain(sentences.situation(sicht(3)))


def test_the_reader_learns_what_is_counted_together_and_what_for():
    assert pooling.pooling_note(sicht(3)) == ""
    assert pooling.pooling_note(sicht(3, fenster=2)) == (
        "Damit mehr Werte gezeigt werden können, sind die Zahlen der Jahre 2022 und 2023 "
        "zusammengefasst."
    )
    assert plain(pooling.pooling_note(grouped(fenster=3))) == (
        "Damit mehr Werte gezeigt werden können, sind die Zahlen der Jahre 2021 bis 2023 "
        "zusammengefasst, ebenso Sozialraum\u00a02 und Sozialraum\u00a05."
    )


def test_points_of_a_series_are_explained():
    assert pooling.points_note(sicht(3)) == ""
    assert pooling.points_note(sicht(3, fenster=2)) == (
        "Jeder Punkt fasst zwei Jahre zusammen; die Jahreszahl nennt das zweite. Benachbarte "
        "Punkte haben ein Jahr gemeinsam."
    )
    assert pooling.points_note(sicht(3, fenster=3)) == (
        "Jeder Punkt fasst drei Jahre zusammen; die Jahreszahl nennt das letzte. Benachbarte "
        "Punkte haben zwei Jahre gemeinsam."
    )


def test_windows_without_a_common_year_are_compared():
    view = placed(totals({2020: 5.0, 2021: 6.0, 2022: 7.0, 2023: 8.0}, 3), 0)
    assert plain(changes.development(view)) == (
        "In Lemgo lag der Anteil im Zeitraum 2018 bis 2020 bei 5,0\u00a0% und im Zeitraum 2021 bis "
        "2023 bei 8,0\u00a0%."
    )
    change = Change(2020, 2023, 3.0, 1.6, 4.4, GESTIEGEN)
    tested = replace(view, changes={"gesamt": change, "A": change, "B": change})
    assert plain(changes.development(tested)) == (
        "In Lemgo ist der Anteil von 5,0\u00a0% im Zeitraum 2018 bis 2020 auf 8,0\u00a0% im "
        "Zeitraum 2021 bis 2023 gestiegen, um 3,0\u00a0Prozentpunkte (95-%-Vertrauensintervall "
        "+1,6 bis\u00a0+4,4\u00a0Prozentpunkte)."
    )
    assert plain(changes.areas_changed(tested)) == (
        "Gegenüber dem Zeitraum 2018 bis 2020 ist der Anteil in den Sozialräumen A und B gestiegen."
    )
    equal = plain(changes.development(placed(totals({2020: 5.0, 2023: 5.0}, 3), 0)))
    assert equal.endswith("und im Zeitraum 2021 bis 2023 gerundet bei 5,0\u00a0%.")


@pytest.mark.parametrize(
    ("years", "fenster", "both"),
    [((2021, 2023), 3, "2019 bis 2021 und 2021 bis 2023"), ((2022, 2023), 2, "2021 bis 2022 und")],
)
def test_windows_with_a_common_year_are_not_compared(years, fenster, both):
    text = changes.development(totals(dict.fromkeys(years, 5.0), fenster))
    assert text.startswith(f"Die Zeiträume {both}")
    assert text.endswith("überschneiden sich; ihre Werte werden deshalb nicht miteinander "
                         "verglichen.")  # fmt: skip
    assert "höher" not in text and "5,0" not in text


def test_missing_windows_are_named():
    some = totals({2020: 5.0, 2021: 6.0, 2022: 6.0, 2023: 8.0}, 3)
    rows = {key: row for key, row in some.rows.items() if key[1] not in (2021, 2022)}
    view = IndicatorView(some.indicator, some.place, 2023, some.years, some.area_names, rows, 3)
    assert "Für zwei Zeiträume dazwischen ist kein Wert veröffentlicht." in plain(
        changes.development(view)
    )
    rows |= {("gesamt", 2021): some.row("gesamt", 2021)}
    view = IndicatorView(some.indicator, some.place, 2023, some.years, some.area_names, rows, 3)
    assert "Für den Zeitraum 2020 bis 2022 ist kein Wert veröffentlicht." in plain(
        changes.development(view)
    )


def test_what_is_missing_may_be_only_a_part():
    hidden = [(None, "1", 2023, ABSENDER_GESPERRT), (None, "2", 2023, NICHT_GELIEFERT)]
    text = plain(gaps.missing_values(sicht(3, fenster=3, hidden=hidden)))
    assert text == (
        "Für Sozialraum\u00a01 hat der Absender Angaben geheim gehalten. Für Sozialraum\u00a02 "
        "wurden nicht alle Angaben geliefert."
    )
    none = sicht(3, fenster=3, hidden=[(None, None, 2023, GESPERRT)])
    assert "werden für den Zeitraum 2021 bis 2023 aus Gründen der" in plain(gaps.no_value(none))


def test_first_values_of_a_chapter_name_their_years():
    entry = kennzahl("a", titel="Quote A"), kennzahl("b", titel="Quote B")
    hidden = [(None, "1", 2023, GESPERRT)]
    single, pooled = sicht(3, entry[0], hidden=hidden), sicht(3, entry[1], fenster=3)
    opening, items = overview.first_values([single, pooled])
    assert plain(opening) == (
        "Werte für Musterstadt insgesamt im Jahr 2023 oder im angegebenen Zeitraum:"
    )
    assert plain(overview.first_values([single])[0]).endswith(" im Jahr 2023:")
    assert plain(items[0]).startswith("Quote A: ")
    assert plain(items[1]).startswith("Quote B (2021 bis 2023): ")
    text = plain(overview.opening_paragraphs([single, pooled])[0])
    assert "ein Wert der Sozialräume für das Jahr 2023 oder für einen längeren Zeitraum bis" in text
    alone = plain(overview.opening_paragraphs([sicht(3, fenster=2, hidden=hidden)])[0])
    assert "ein Wert der Sozialräume für den Zeitraum 2022 bis 2023 aus" in alone


# ------------------------------------------------------------------------------------- areas


def test_a_group_is_named_as_in_the_params_file_and_takes_the_plural():
    view = grouped()
    rows = [row._replace(klasse="ueber") for row in view.areas]
    assert plain(join_names(rows)) == (
        "Sozialraum\u00a01 und Sozialraum\u00a03 sowie Sozialräume\u00a02 und\u00a05 zusammen"
    )
    assert plain(in_areas(rows, view)) == (
        "in Sozialraum\u00a01 und Sozialraum\u00a03 sowie im Gebiet „Sozialräume 2 und 5“"
    )
    assert plain(for_areas(rows[1:2], view)) == "für Sozialräume\u00a02 und\u00a05 zusammen"
    named = sicht(2, names=["Süd", "Zoo"], gruppen={"Süd": ("A", "B")})
    assert plain(join_names(named.areas)) == "Süd und Zoo"


def test_areas_are_called_so_no_more_where_some_are_groups():
    text = plain(sentences.lowest_and_highest(placed(grouped(), 0)))
    assert text.startswith("Die Werte der drei Gebiete reichen")
    assert "Sozialräume der" not in text
    assert "in drei Gebieten, 2023, Sozialraum\u00a02 und Sozialraum\u00a05 zusammen" in (
        alttext.of_map(grouped())
    )


def test_captions_name_the_areas_of_groups_as_long_as_they_are_few():
    assert plain(pooling.caption_year(grouped())) == (
        "2023, Sozialraum\u00a02 und Sozialraum\u00a05 zusammengefasst"
    )
    assert plain(pooling.caption_year(grouped(fenster=2))) == (
        "2022 und 2023 zusammengefasst, ebenso Sozialraum\u00a02 und Sozialraum\u00a05"
    )
    two = sicht(2, names=["Nord", "Süd"], gruppen={"Nord": ("A", "B"), "Süd": ("C", "D")})
    assert plain(pooling.caption_year(two)) == "2023, A und B sowie C und D jeweils zusammengefasst"
    many = sicht(
        2, names=["Nord", "Zoo"], gruppen={"Nord": tuple(f"Stadtteil {i}" for i in range(9))}
    )
    assert plain(pooling.caption_year(many)) == "2023, einige Gebiete zusammengefasst"


def test_a_hidden_group_may_hide_only_a_part():
    text = plain(gaps.missing_values(grouped(hidden=[(None, SOUTH, 2023, ABSENDER_GESPERRT)])))
    assert text == (
        "Für Sozialräume\u00a02 und\u00a05 zusammen hat der Absender Angaben geheim gehalten."
    )


# ------------------------------------------------------------------------------ tables, pages


def test_a_table_for_every_list_of_areas():
    views = [sicht(3, kennzahl("a")), grouped(entry=kennzahl("b")), sicht(3, kennzahl("c"))]
    text = crosstable.overview(views, "sgb2").markdown
    first, second = text.split("{#tbl-sgb2-uebersicht}")
    assert ": Kennzahlen nach Sozialraum, 2023 " in first and SOUTH not in first
    assert first.splitlines()[0].count("SGB-II") == 2
    assert f"| {SOUTH} |" in second and "| Gebiet |" in second
    assert (
        ": Kennzahlen nach Gebiet, 2023: Sozialraum\u00a02 und Sozialraum\u00a05 zusammengefasst "
        "{#tbl-sgb2-uebersicht-2}"
    ) in second


def test_columns_name_their_years():
    views = [sicht(3, kennzahl("a")), sicht(3, kennzahl("b"), fenster=3)]
    lines = crosstable.overview(views, "sgb2").markdown.splitlines()
    assert lines[0].endswith(
        "| SGB-II-Quote unter 18 in\u00a0% | SGB-II-Quote unter 18 in\u00a0%, 2021–2023 |"
    )
    assert "Wo der Spaltenkopf einen Zeitraum nennt, sind dessen Jahre zusammengefasst." in lines
    assert ": Kennzahlen nach Sozialraum, 2023 {#tbl-sgb2-uebersicht}" in lines
    alone = crosstable.overview(views[1:], "sgb2").markdown
    assert ": Kennzahlen nach Sozialraum, 2021 bis 2023 {#tbl" in alone
    assert "Spaltenkopf" not in crosstable.overview(views[:1], "sgb2").markdown


def test_definitions_and_availability_name_what_is_pooled():
    entry = kennzahl(quelle="", rechtsgrundlage="")
    text = definitions({"sgb2": [grouped(entry=entry, fenster=3)]}).text
    assert "(Σ\u00a0drei Jahre; Sozialraum\u00a02 und Sozialraum\u00a05)" in text
    assert text.count("Die Anzahlen werden addiert") == 1
    for more, told in (
        ({"einmalig": True}, "drei Jahre, jede Person einmal)"),
        ({"art": "rate"}, "drei Jahre, Jahresdurchschnitt)"),
    ):
        other = kennzahl(quelle="", rechtsgrundlage="", **more)
        assert told in definitions({"sgb2": [sicht(3, other, fenster=3)]}).text
    assert "zusammengefasst" not in definitions({"sgb2": [sicht(3, entry)]}).text
    years = availability({"sgb2": [sicht(3, entry, fenster=3)]}).text
    assert "2018–2023 (je drei Jahre)" in years


def test_definitions_say_how_a_high_value_is_judged():
    def told(richtung):
        return definitions(
            {"sgb2": [sicht(3, kennzahl("a", richtung=richtung, quelle="", rechtsgrundlage=""))]}
        ).text

    assert "\tungünstig\t" in told("belastend") and "\tgünstig\t" in told("entlastend")
    assert "günstig" not in told("neutral")
