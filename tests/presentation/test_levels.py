"""How sure a change is, in words that never contradict each other."""

from dataclasses import replace

import pytest

from spm.presentation.blocks import plain
from spm.presentation.views import Change, Trend
from spm.presentation.wording import changes, levels
from spm.published import AENDERUNGEN, GESAMT
from tests.presentation_sample import kennzahl, sicht


def told(direction, low=0.5, high=2.5, trend=None, areas=()):
    """A view whose municipality, and these areas, changed so and have that trend."""
    keys = (GESAMT, *areas)
    made = {key: Change(2018, 2023, (low + high) / 2, low, high, direction) for key in keys}
    trends = {key: Trend(2018, 2023, 6, trend) for key in keys} if trend else {}
    return replace(sicht(3), changes=made, trends=trends)


def text(view):
    return plain(f"{changes.development(view)} {changes.trend(view)}").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("direction", "noun"),
    [("hinweis_anstieg", "einen Anstieg"), ("hinweis_rueckgang", "einen Rückgang")],
)
def test_a_hint_says_that_it_may_be_chance(direction, noun):
    said = text(told(direction))
    assert f"gibt es einen Hinweis auf {noun}: Der" in said
    assert "kann es trotzdem Zufall sein" in said and "nachweisbar" not in said
    assert "95-%-Vertrauensintervall" in said


def test_every_level_has_words():
    assert set(levels.LEVELS) == set(AENDERUNGEN)


@pytest.mark.parametrize("way", ["steigend", "fallend"])
def test_no_change_and_a_trend_are_reconciled(way):
    said = text(told("unveraendert", -1, 1, trend=way))
    assert "erst alle sechs Werte zusammen zeigen die Richtung" in said
    assert "erst alle" not in text(told("gestiegen", trend="steigend"))
    assert "erst alle" not in text(told("unveraendert", -1, 1, trend="kein_trend"))


def test_a_trend_supports_a_hint_of_the_same_way():
    assert "Das stützt den Hinweis" in text(told("hinweis_anstieg", trend="steigend"))
    assert "Das stützt" not in text(told("hinweis_anstieg", trend="fallend"))
    assert "nicht gleichmäßig" in text(told("gestiegen", trend="fallend"))


def test_areas_are_reconciled_too():
    said = text(told("unveraendert", -1, 1, trend="fallend", areas=["2"]))
    assert "In Sozialraum 2 ist ebenfalls ein fallender Trend nachweisbar. Der Unterschied" in said


def test_a_count_is_a_fact():
    count = sicht(3, kennzahl("kinder", art="anzahl", einheit="Kinder", nachkommastellen=0))
    rows = dict(count.rows)
    for year, n in ((2018, 5102.0), (2023, 5248.0)):
        rows[GESAMT, year] = rows[GESAMT, year]._replace(wert=n, zaehler=n)
    view = replace(count, rows=rows)
    said = text(view)
    assert said.strip() == (
        "In Musterstadt ist die Zahl von 5.102 (2018) auf 5.248 (2023) gestiegen: +146 Kinder."
    )
    rows[GESAMT, 2023] = rows[GESAMT, 2018]
    assert "dieselbe: 5.102 Kinder" in text(replace(view, rows=rows))


def test_arrows_are_explained_where_they_stand():
    explained = levels.arrows_explained
    assert explained([]) == ""
    assert explained(["unveraendert"]) == "keine der Veränderungen ist nachweisbar"
    assert "in Klammern" not in explained(["gestiegen", "unveraendert"])
    assert "in Klammern" in explained(["hinweis_anstieg"])
