"""One name for how a value stands out, whatever the figure or table."""

from dataclasses import replace

import pytest

from spm.presentation.judging import (
    NAMES,
    NONE,
    SIGNS,
    UNJUDGED,
    WORDS,
    differs,
    judged,
    judgement,
)
from spm.published import DEUTLICH_UEBER, DEUTLICH_UNTER, KLASSEN, UEBER, UNTER, WIE
from tests.presentation_sample import kennzahl, sicht


def of(direction: str, klasse: str | None, **row) -> str:
    view = sicht(3, kennzahl(richtung=direction))
    return judgement(view, view.row("1")._replace(klasse=klasse, **row))


@pytest.mark.parametrize(
    ("direction", "klasse", "name"),
    [
        ("belastend", DEUTLICH_UEBER, "unguenstig2"),
        ("belastend", UEBER, "unguenstig"),
        ("belastend", UNTER, "guenstig"),
        ("belastend", DEUTLICH_UNTER, "guenstig2"),
        ("entlastend", DEUTLICH_UEBER, "guenstig2"),
        ("entlastend", UNTER, "unguenstig"),
        ("entlastend", DEUTLICH_UNTER, "unguenstig2"),
        ("neutral", UEBER, "hoeher"),
        ("neutral", DEUTLICH_UNTER, "niedriger2"),
        ("neutral", WIE, "gleich"),
        ("belastend", WIE, "gleich"),
        ("belastend", None, ""),
    ],
)
def test_the_catalogue_says_what_high_means(direction, klasse, name):
    assert of(direction, klasse) == name


def test_what_is_not_judged_never_takes_a_judging_name():
    found = {of("neutral", klasse) for klasse in KLASSEN}
    assert found == {*UNJUDGED, "gleich"}


def test_a_row_without_a_number_has_no_name():
    assert of("belastend", UEBER, status="gesperrt", wert=None) == NONE


def test_every_name_has_a_sign_and_a_word():
    assert set(SIGNS) == set(WORDS) == {*NAMES, NONE}
    told = [SIGNS[name] for name in NAMES if name != "gleich"]
    assert len(set(told)) == len(told) and all(told)
    assert len(set(WORDS.values())) == len(WORDS)


def test_a_view_differs_if_any_published_area_does():
    view = sicht(3)
    rows = {key: row._replace(klasse=WIE) for key, row in view.rows.items()}
    assert not differs(replace(view, rows=rows))
    rows["2", 2023] = rows["2", 2023]._replace(klasse=UNTER)
    assert differs(replace(view, rows=rows))
    assert judged(view) == (view.indicator.richtung != "neutral")
