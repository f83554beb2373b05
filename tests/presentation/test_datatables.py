"""Behind every figure stands a table with its numbers, and with nothing that is suppressed."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spm.book.document import read_texts
from spm.errors import SpmError
from spm.presentation.blocks import figure, with_values
from spm.presentation.tables.crosstable import cell
from spm.presentation.tables.datatables import MAX_YEARS, appendix, data_table, has_table, name_of
from spm.published import GESAMT, NICHT_ZUORDENBAR
from tests.presentation_sample import NASTY, kennzahl, sicht

COUNT = kennzahl("einwohner", art="anzahl", einheit="Personen", nachkommastellen=0)
CHANGE = kennzahl("zuwachs", art="veraenderung", nachkommastellen=1)
STATES = ["gesperrt", "absender_gesperrt", "nicht_geliefert", "nicht_berechenbar"]


def lines(block):
    """Cells of every row below the head, of all tables of a block."""
    found = []
    for part in re.split(r"\n\n: [^\n]*\n*", block.markdown):
        rows = [line for line in part.split("\n") if line.startswith("| ")]
        found += [[c.strip(" *") for c in row[1:-1].split("|")] for row in rows[2:]]
    return found


def head(block):
    return block.markdown.split("\n")[0].strip("| ").split(" | ")


def printed(view, raum, years):
    return [cell(view, view.row(raum, year)) for year in years]


hidden = st.lists(
    st.tuples(
        st.none(),
        st.sampled_from(["1", "2", "3", "4", GESAMT, NICHT_ZUORDENBAR, None]),
        st.sampled_from([*range(2018, 2024), None]),
        st.sampled_from(STATES),
    ),
    max_size=8,
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(hidden, st.sampled_from([kennzahl(), COUNT, CHANGE]), st.sampled_from([1, 3]))
def test_a_table_holds_exactly_what_is_published(gone, entry, fenster):
    view = sicht(4, entry, fenster=fenster, hidden=gone)
    if not has_table(view):
        assert not appendix([[view]])
        return
    block = data_table(view)
    named = () if view.whole_only else view.area_names
    raeume = [*(raum for raum, _ in named), NICHT_ZUORDENBAR, GESAMT]
    came = {
        (raum, year)
        for raum in raeume
        for year in view.years
        if view.row(raum, year).status != "nicht_geliefert"
    }
    years = sorted({year for _, year in came})
    shown = [raum for raum in raeume if raum != NICHT_ZUORDENBAR or raum in {r for r, _ in came}]
    assert head(block)[1 : len(years) + 1] == [view.short_years(year) for year in years]
    for raum, row in zip(shown, lines(block), strict=True):
        assert row[1 : len(years) + 1] == printed(view, raum, years), raum
    intervals = {row[len(years) + 1] for row in lines(block) if len(row) > len(years) + 1}
    expected = {
        view.number(r.ki_unten) + "–" + view.number(r.ki_oben)
        for r in map(view.row, shown)
        if r.has_interval
    }
    assert intervals - {""} == expected


def test_a_suppressed_cell_is_a_sign_and_the_sign_is_explained():
    view = sicht(4, hidden=[(None, "2", 2023, "gesperrt"), (None, "3", 2020, "absender_gesperrt")])
    block = data_table(view)
    assert lines(block)[1][-2:] == ["•", ""] and lines(block)[2][3] == "x"
    signs = "•\u00a0aus Gründen der Geheimhaltung nicht gezeigt; x\u00a0vom Absender"
    found = appendix([[view, replace(view, indicator=kennzahl("zweite"))]]).markdown
    assert found.count(signs) == 1 and signs not in block.markdown, "once above all tables"


def test_a_long_series_goes_on_in_a_second_table():
    years, view = tuple(range(2005, 2024)), sicht(3)
    rows = {(raum, year): view.row(raum) for raum in "123" for year in years}
    block = data_table(replace(view, years=years, rows=rows))
    assert "{#tbl-sgb2-quote-u18-daten}" in block.markdown
    assert "{#tbl-sgb2-quote-u18-daten-2}" in block.markdown
    heads = [line for line in block.markdown.split("\n") if line.startswith("| Sozialraum |")]
    found = [re.findall(r"\| (20\d\d)(?= )", line) for line in heads]
    assert sorted(year for part in found for year in part) == [str(year) for year in years]
    assert all(len(part) <= MAX_YEARS for part in found) and "2023" in found[0]
    assert sum("Intervall" in line for line in heads) == 1


def test_estimates_and_breaks_are_told():
    view = sicht(3, kennzahl(brueche={2021: "Erhebung *neu* geordnet."}))
    view.rows["1", 2018] = view.row("1", 2018)._replace(geschaetzt=True)
    block = data_table(view)
    assert lines(block)[0][1].startswith("≈\u00a0")
    assert "≈ auf heutige Räume" in appendix([[view]]).markdown
    assert r"Werte vor 2021 sind nicht vergleichbar: Erhebung \*neu\* geordnet." in block.markdown


def test_captions_refer_to_the_table_in_the_report_only(tmp_path):
    caption = with_values("Quote, 2023", name_of("sgb2_quote_u18"))
    block = figure("a-karte", "figures/a.svg", "Karte", caption)
    assert "Quote, 2023 [(Werte in\u00a0@tbl-sgb2-quote-u18-daten)]{.werte}" in block.markdown
    for shown in (block.html, block.text):
        assert "Quote, 2023" in shown and "@" not in shown and "Werte" not in shown


def texts(tmp_path, names=None):
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures/a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9pt" height="9pt"/>', encoding="utf-8"
    )
    view = sicht(5, names=names)
    caption = with_values("Quote, 2023", name_of(view.indicator.id))
    block = figure("a-karte", "figures/a.svg", "Karte", caption)
    return {
        "01-a": f"# A {{#sec-a}}\n\n{block.markdown}\n",
        "anhang": f"# Anhang {{#sec-b .unnumbered}}\n\n{appendix([[view]]).markdown}\n",
    }


def test_the_reference_leads_to_the_table_in_both_formats(tmp_path):
    chapter, annex = read_texts(texts(tmp_path, NASTY), tmp_path)
    link = '(Werte in\u00a0<a href="anhang.html#tbl-sgb2-quote-u18-daten">Tabelle\u00a01</a>)'
    assert link in chapter.html
    assert 'id="tbl-sgb2-quote-u18-daten"' in annex.html
    assert "tbl-sgb2-quote-u18-daten" in chapter.typst and "Tabelle" in chapter.typst
    assert "&lt;script&gt;" in annex.html


def test_without_the_appendix_the_error_says_what_to_add(tmp_path):
    given = texts(tmp_path)
    del given["anhang"]
    with pytest.raises(SpmError) as caught:
        read_texts(given, tmp_path)
    assert "@tbl-sgb2-quote-u18-daten hat kein Ziel" in caught.value.was
    assert "tabellenanhang.ipynb" in caught.value.tun and "_quarto.yml" in caught.value.tun


def test_every_figure_of_the_demo_has_its_table(demo):
    pages = {
        p.name: p.read_text("utf-8") for p in (demo / "report/pilotkommune/html").glob("*.html")
    }
    annex = pages["tabellenanhang.html"]
    figures = [
        (name, key)
        for name, page in pages.items()
        for key in re.findall(r'<figure class="abbildung" id="fig-([\w-]+)"', page)
    ]
    assert len(figures) > 40
    for name, key in figures:
        indicator, _, kind = key.rpartition("-")
        if kind == "block":
            target = f"tbl-{indicator}-daten"
            assert f'href="tabellenanhang.html#{target}"' in pages[name], key
            assert f'id="{target}"' in annex, key


def test_tables_of_few_years_stand_side_by_side_though_names_are_longer():
    names = ["Roggendorf/Thenhoven", "Altstadt/Süd"]
    assert (
        "::: {.spalten}" in appendix([[sicht(2, names=names, years=(2021, 2022, 2023))]]).markdown
    )
    assert "::: {.spalten}" not in appendix([[sicht(2, names=names)]]).markdown


def test_an_appendix_without_any_value_does_not_speak_of_one_year():
    hidden = sicht(2, hidden=[(None, None, None, "gesperrt")])
    assert not appendix([[hidden]])
    assert "zeigt ein Jahr" in appendix([[sicht(2, years=(2023,))]]).text
