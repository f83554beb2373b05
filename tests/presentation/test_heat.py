"""Heat tables: what a colour says, the sign and the legend say as well."""

from dataclasses import replace

from spm.presentation.blocks import plain
from spm.presentation.tables.heat import MANY, MAX_COLUMNS, heat_table
from spm.published import GESAMT
from tests.presentation_sample import NASTY, kennzahl, sicht


def lines(block):
    return [line for line in block.markdown.splitlines() if line.startswith("|")]


def cells(line):
    return [cell.strip(" ") for cell in line.strip("|").split("|")]


def classed(view, **classes):
    """The view with these classes in the reporting year, "wie" elsewhere."""
    rows = {
        (raum, year): row._replace(klasse=classes.get(f"r{raum}", "wie"))
        for (raum, year), row in view.rows.items()
    }
    return replace(view, rows=rows)


def test_colour_and_sign_say_the_same():
    burden = classed(sicht(3), r1="deutlich_ueber", r2="unter")
    neutral = classed(sicht(3, kennzahl("neutral", richtung="neutral")), r1="ueber")
    block = heat_table("sgb2-heat", [burden, neutral], "Kennzahlen")
    _, _, one, two, three, total = lines(block)
    assert cells(one)[1].endswith("\u00a0−−]{.unguenstig2}")
    assert cells(one)[2].endswith("\u00a0▲]{.hoeher}")
    assert cells(two)[1].endswith("\u00a0+\u2007]{.guenstig}")
    assert cells(three)[1].endswith("\u00a0\u2007\u2007]{.gleich}")
    assert total.startswith("| **Musterstadt insgesamt**") and "{." not in total
    told = plain(block.markdown.split("anmerkung")[1]).replace("\u00a0", " ")
    for text in ("+ günstiger", "−− deutlich ungünstiger", "▲ höher, ohne Wertung", "grau ohne"):
        assert text in told
    assert "++" not in told and "▼" not in told
    assert "{#tbl-sgb2-heat}" in block.markdown
    assert "{." not in block.text and "{." not in block.html


def test_a_suppressed_area_has_its_sign_and_no_colour():
    view = classed(sicht(3, hidden=[(None, "2", 2023, "gesperrt")]), r1="ueber")
    hidden = replace(view, rows=view.rows | {("2", 2023): view.row("2")._replace(klasse=None)})
    two = cells(lines(heat_table("x", [hidden], "K"))[3])
    assert two[1].strip("\u00a0\u2007") == "•"


def test_what_is_not_compared_has_neither():
    count = sicht(2, kennzahl("kinder", art="anzahl", einheit="Personen", nachkommastellen=0))
    found = heat_table("x", [count], "Kinder").markdown
    assert "{." not in found and "Lesehilfe" not in found


def test_too_many_indicators_make_two_tables():
    many = [classed(sicht(2, kennzahl(f"k{i}"), seed=i)) for i in range(MAX_COLUMNS + 3)]
    found = heat_table("x", many, "Kennzahlen").markdown
    assert "Teil 1 von 2" in found and "{#tbl-x-2}" in found and "{#tbl-x-3}" not in found


def test_of_many_areas_those_that_differ_are_shown():
    view = classed(sicht(MANY + 20), r40="ueber", r3="unter")
    found = heat_table("x", [view], "Kennzahlen")
    named = [cells(line)[0] for line in lines(found)[2:]]
    assert len(named) == MANY + 1 and "Sozialraum 40" in named and "Sozialraum 3" in named
    assert "mit den meisten Unterschieden" in found.markdown
    assert named.index("Sozialraum 3") < named.index("Sozialraum 40")


def test_a_group_of_areas_stands_with_each_of_them():
    single = classed(sicht(3))
    group = {"g": ("Sozialraum 2", "Sozialraum 3")}
    pooled = classed(sicht(2, kennzahl("selten"), names=["Sozialraum 1", "g"], gruppen=group))
    block = heat_table("x", [single, pooled], "Kennzahlen")
    one, two, three = (cells(line)[2] for line in lines(block)[2:5])
    assert two == three and two.startswith("[(") and "(" not in one
    assert "gemeinsamer Wert" in block.markdown


def test_abbreviations_are_those_that_definitions_explain():
    entry = kennzahl(
        "bg", kurztitel="BG mit SGB", definition="Nicht *alle* Gemeinschaften (BG) je 100."
    )
    found = heat_table("x", [classed(sicht(2, entry)), classed(sicht(2))], "K").markdown
    assert "BG:\u00a0Nicht \\*alle\\* Gemeinschaften" in found and "SGB:" not in found


def test_names_are_escaped():
    source = heat_table("x", [classed(sicht(5, names=NASTY))], "K").markdown
    assert "A\\|B" in source and "<script>" not in source


def test_nothing_published_no_table():
    assert not heat_table("x", [], "K")
    assert not heat_table("x", [sicht(3, hidden=[(None, None, None, "nicht_geliefert")])], "K")


def test_of_many_areas_with_one_indicator_the_farthest_are_shown():
    view = sicht(MANY + 6)
    rows = {
        key: row._replace(klasse="ueber") if key[0] != GESAMT else row
        for key, row in view.rows.items()
    }
    view = replace(view, rows=rows)
    far = sorted(view.areas, key=lambda row: -abs(row.shown - view.total.shown))[:4]
    text = heat_table("x", [view], "x", most=4).markdown
    assert all(f"| {row.name} |" in text.replace("\u00a0", " ") for row in far)
