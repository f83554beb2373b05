"""Sentences and alt texts: grammar, truth, escaping."""

import re
from dataclasses import replace

import pytest

from spm.presentation.blocks import (
    Block,
    figure,
    from_data,
    listing,
    markdown,
    paragraphs,
    plain,
    referring,
    table,
    terms,
)
from spm.presentation.views import AreaRow, IndicatorView, Place
from spm.presentation.wording import alttext, changes, gaps, overview, sentences
from spm.presentation.wording.choice import placed
from spm.presentation.wording.grammar import (
    for_municipality,
    in_municipality,
    join_names,
    noun_phrase,
    plural_dative,
    so_many,
    so_many_of,
)
from spm.published import ABSENDER_GESPERRT, GESPERRT, NICHT_GELIEFERT
from tests.presentation_sample import NASTY, kennzahl, sicht

STADT = Place("Lemgo", "Stadtteil", "Stadtteile", "m")
KREIS = Place("Kreis Lippe", "Gemeinde", "Gemeinden", "f")
QUARTIERE = Place("Stadt Detmold", "Quartier", "Quartiere", "n")


def view(values, total=10.0, ort=STADT, klassen=None, states=None, entry=None, first=None):
    """A view with given values: one year, or two if ``first`` gives those of 2018."""
    names = ["Altstadt", "Berg", "Chaussee", "Damm", "Eck", "Feld", "Garten"][: len(values)]
    rows = {}
    for i, (name, value) in enumerate(zip(names, values, strict=True)):
        status = (states or {}).get(name, "ok")
        number = value if status == "ok" else None
        klasse = klassen[i] if klassen else None
        rows[name, 2023] = AreaRow(name, name, status, wert=number, klasse=klasse)
        if first:
            rows[name, 2018] = AreaRow(name, name, "ok", wert=first[i])
    rows["gesamt", 2023] = AreaRow("gesamt", ort.name, "ok", 100.0, 1000.0, total, 9.0, 11.0)
    if first:
        rows["gesamt", 2018] = AreaRow("gesamt", ort.name, "ok", 140.0, 1000.0, 14.0, 12.0, 16.0)
    return IndicatorView(
        entry or kennzahl(nachkommastellen=1),
        ort,
        2023,
        tuple(range(2018, 2024)),
        tuple((n, n) for n in names),
        rows,
    )


def test_places_take_their_article():
    assert plain(in_municipality(STADT)) == "in Lemgo"
    assert plain(in_municipality(KREIS)) == "im Kreis Lippe"
    assert plain(in_municipality(QUARTIERE)) == "in der Stadt Detmold"
    assert plain(for_municipality(KREIS)) == "für den Kreis Lippe"
    assert plain(for_municipality(Place("Pilotkommune"))) == "für die Pilotkommune"


@pytest.mark.parametrize(
    ("plural", "dative"),
    [
        ("Sozialräume", "Sozialräumen"),
        ("Gemeinden", "Gemeinden"),
        ("Quartiers", "Quartiers"),
        ("Stadtviertel", "Stadtvierteln"),
        ("Statistische Bezirke", "Statistischen Bezirken"),
    ],
)
def test_dative_plural(plural, dative):
    assert plain(plural_dative(Place("X", plural=plural))) == dative


def test_counted_areas_agree_in_gender_and_case():
    assert plain(so_many(1, KREIS, case="dat")) == "einer Gemeinde"
    assert plain(so_many(1, STADT, case="akk")) == "einen Stadtteil"
    assert plain(so_many(1, QUARTIERE)) == "ein Quartier"
    assert plain(so_many(3, STADT, case="dat")) == "drei Stadtteilen"
    assert plain(so_many_of(1, KREIS, 16)) == "eine der 16 Gemeinden"
    assert plain(so_many_of(2, STADT, 2, case="dat")) == "beiden Stadtteilen"
    assert plain(so_many_of(7, STADT, 7)) == "alle sieben Stadtteile"


def test_an_open_relative_clause_is_closed():
    assert (
        plain(noun_phrase("der Anteil der Kinder, die lesen"))
        == "der Anteil der Kinder, die lesen,"
    )
    assert plain(noun_phrase("der Anteil der Kinder")) == "der Anteil der Kinder"
    whole = "der Anteil der Kinder, die lesen, an allen Kindern"
    assert plain(noun_phrase(whole)) == whole


def test_the_municipality_is_named_with_counts_and_interval():
    text = plain(sentences.situation(view([5.0, 10.0, 15.0])))
    assert "Lemgo" in text and "10,0\u00a0%" in text
    assert "100 von 1.000; 95-%-Vertrauensintervall 9,0–11,0\u00a0%" in text


def test_range_names_ties_as_printed():
    text = plain(sentences.lowest_and_highest(placed(view([5.01, 5.04, 15.0]), 0)))
    assert text == (
        "Die Werte der drei Stadtteile reichen von 5,0\u00a0% (Altstadt und Berg) bis 15,0\u00a0% "
        "(Chaussee)."
    )
    equal = plain(sentences.lowest_and_highest(view([5.0, 5.0])))
    assert equal == "In beiden Stadtteilen beträgt der Wert gerundet 5,0\u00a0%."
    assert sentences.lowest_and_highest(view([5.0])) == ""


def test_range_speaks_only_of_what_is_shown():
    hidden = view([1.0, 10.0, 15.0], states={"Altstadt": GESPERRT})
    text = plain(sentences.lowest_and_highest(placed(hidden, 0)))
    assert text.startswith(
        "Die veröffentlichten Werte von zwei der drei Stadtteile reichen von 10,0"
    )
    one = view([1.0, 10.0], states={"Altstadt": GESPERRT}, ort=KREIS)
    assert plain(sentences.lowest_and_highest(one)) == (
        "Veröffentlicht ist nur der Wert einer der beiden Gemeinden: 10,0\u00a0% (Berg)."
    )


def test_gaps_give_their_reason():
    states = {"Altstadt": GESPERRT, "Berg": ABSENDER_GESPERRT, "Chaussee": NICHT_GELIEFERT}
    text = plain(gaps.missing_values(placed(view([1, 2, 3, 4], states=states), 0)))
    assert text == (
        "Für den Stadtteil Altstadt wird der Wert aus Gründen der Geheimhaltung nicht gezeigt. "
        "Für den Stadtteil Berg hat der Absender den Wert geheim gehalten. "
        "Für den Stadtteil Chaussee wurde kein Wert geliefert."
    )


def test_a_chapter_without_delivery_is_one_sentence():
    empty = sicht(hidden=[(None, None, None, NICHT_GELIEFERT)])
    assert overview.opening_paragraphs([empty]) == ["Für dieses Kapitel liegt keine Lieferung vor."]
    assert "keine passenden Angaben" in plain(gaps.no_value(empty))


def test_a_chapter_of_what_came_in_other_groups_is_not_called_undelivered():
    empty = replace(sicht(hidden=[(None, None, None, NICHT_GELIEFERT)]), named=True)
    (said,) = overview.opening_paragraphs([empty])
    assert said == "Für dieses Kapitel liegen keine passenden Angaben vor."


@pytest.mark.parametrize("n", [1, 3, 7, 86])
@pytest.mark.parametrize("make", [alttext.of_map, alttext.of_bars, alttext.of_series])
def test_alt_texts_fit_and_name_the_municipality(make, n):
    text = make(
        sicht(n, names=["Ein sehr langer Name eines Gebiets Nr. " + str(i) for i in range(n)])
    )
    assert 40 < len(text) <= 300
    assert "Musterstadt insgesamt" in text
    assert text.endswith(".")


@pytest.mark.parametrize("make", [alttext.of_map, alttext.of_bars])
def test_alt_texts_name_the_areas_that_differ(make):
    s = sicht(7)
    classes = {"2": "unter", "3": "unter", "4": "deutlich_ueber"}
    rows = {at: r._replace(klasse=classes.get(at[0], "wie")) for at, r in s.rows.items()}
    text = make(replace(s, rows=rows))
    assert "deutlich höher: Sozialraum 4; niedriger: Sozialraum 2, 3." in text
    assert "Musterstadt insgesamt" in text and "Niedrigster Wert" in text and len(text) <= 300
    many = sicht(60, names=[f"Ein langer Name eines Stadtteils {i}" for i in range(60)])
    told = {at: r._replace(klasse="ueber") for at, r in many.rows.items()}
    text = make(replace(many, rows=told))
    assert "60 höher" in text and "Musterstadt insgesamt" in text and len(text) <= 300


def test_hidden_values_appear_nowhere():
    s = sicht(7, hidden=[(None, "2", None, GESPERRT)])
    rows = {year: sicht(7).row("2", year) for year in s.years}
    text = " ".join(
        [
            *(
                f(s)
                for f in (sentences.lowest_and_highest, sentences.differences, changes.development)
            ),
            alttext.of_map(s),
            alttext.of_series(s),
        ]
    )
    assert not any(s.text(row.wert) in text for row in rows.values())


def test_names_are_escaped_once_and_only_names():
    s = sicht(5, names=NASTY, ort=Place("<b>A|B</b> $x$ @fig-y", "Bezirk", "Bezirke"))
    texts = [sentences.situation(s), sentences.lowest_and_highest(s), sentences.differences(s)]
    source = paragraphs(*texts).markdown
    assert "<script" not in re.sub(r"\\<", "", source)
    assert not re.search(r"(?<!\\)[|$@<]", source)
    assert "\ue001" not in source and "\ue002" not in source
    html = paragraphs(*texts).html
    assert "<script" not in html and "<b>" not in html


def test_numbers_in_names_keep_their_blanks():
    assert markdown(from_data("5\u00a0%")) == "5\u00a0%"


def test_lists_and_terms():
    block = listing("Es gilt:", [f"{from_data('A|B')}: **5,0**"])
    assert block.markdown == "Es gilt:\n\n- A\\|B: **5,0**"
    assert block.text == "Es gilt:\n- A|B: 5,0" and "<li>A|B: 5,0</li>" in block.html
    assert not listing("", [])
    assert terms([("Amt", "Rathaus")]).markdown == "Amt\n\n:   Rathaus"


def test_a_chapter_opens_with_the_municipality():
    views = [view([5, 6, 7], entry=kennzahl(f"k{i}", titel=f"Titel {i}")) for i in range(8)]
    opening, items = overview.first_values(views)
    assert plain(opening) == "Werte für Lemgo insgesamt im Jahr 2023:"
    assert plain(items[0]) == "Titel 0: 10,00\u00a0%" and len(items) == 6
    assert "Tabelle am Ende des Kapitels" in overview.opening_paragraphs(views)[0]
    per_head = kennzahl(einheit="je 1.000", titel="Hilfen je 1.000 Kinder")
    assert plain(overview.first_values([view([5, 6], entry=per_head)])[1][0]).endswith(": 10,00")


def test_a_change_is_no_place_to_lie():
    entry = kennzahl(art="veraenderung", satz="die Veränderung", nachkommastellen=1)
    text = plain(sentences.situation(placed(view([5, -6], entry=entry), 0)))
    assert text == (
        "Die Veränderung betrug in Lemgo im Jahr 2023 +10,0\u00a0% (95-%-Vertrauensintervall "
        "+9,0 bis\u00a0+11,0\u00a0%)."
    )


def test_numbers_and_paragraph_signs_stay_with_their_words():
    rows = [AreaRow(str(i), f"Bezirk {i}") for i in (1, 2)]
    assert plain(join_names(rows)) == "Bezirk\u00a01 und Bezirk\u00a02"
    assert plain(from_data("§ 35a und §§ 22 bis 24")) == "§\u00a035a und §§\u00a022 bis 24"


def test_references_reach_only_the_report():
    block = paragraphs(referring("Der Wert ist hoch.", ["a-karte", "a-balken"]))
    assert block.markdown == "Der Wert ist hoch (siehe @fig-a-karte und @fig-a-balken)."
    assert block.text == "Der Wert ist hoch."
    assert referring("", ["a"]) == ""


def test_blocks_have_the_agreed_form():
    block = figure("a-b-karte", "figures/a_b-karte.svg", 'Ein "Alt"-Text', "Titel")
    assert block.markdown == (
        "::: {#fig-a-b-karte}\n"
        '![](figures/a_b-karte.svg){fig-alt="Ein \\"Alt\\"-Text"}\n\nTitel\n:::'
    )
    pipes = table(
        "a",
        ["Raum", "%"],
        [["A", "1"], ["Alle", "2"]],
        "Werte",
        widths=[5, 5],
        bold_last=True,
        note="Zeichen: •",
    )
    assert pipes.markdown.splitlines() == [
        "| Raum | % |",
        "| ------ | -----: |",
        "| A | 1 |",
        "| **Alle** | **2** |",
        "",
        ": Werte {#tbl-a}",
        "",
        "::: {.anmerkung}",
        "Zeichen: •",
        ":::",
    ]
    assert set(block._repr_mimebundle_()) == {"text/markdown", "text/html", "text/plain"}
    assert not Block() and Block().markdown == ""
