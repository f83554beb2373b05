"""What stands below a headline adds to it, in two sentences at most."""

from dataclasses import replace

import pytest

from spm.presentation.blocks import plain
from spm.presentation.wording import block
from spm.published import ComparisonValue
from tests.wording_sample import BALANCE, COUNT, RATE, fell, rose, same, trend, view

W, DU = "wie", "deutlich_ueber"
KREIS = ComparisonValue("Kreis Lippe", 2022, 14.1, "Statistik", "Kreis")


def text(words):
    return plain(words).replace("\u00a0", " ")


LEVELS = [
    (
        view([1.0] * 3, classes=[DU, W, W]),
        "In der Pilotkommune insgesamt liegt er bei 10,0 % (100 von 1.000).",
    ),
    (view([1.0] * 3, classes=[W, W, W]), "Das sind 100 von 1.000."),
    (
        replace(view([1.0] * 3, classes=[DU, W, W]), elsewhere=(KREIS,)),
        "In der Pilotkommune insgesamt liegt er bei 10,0 % (100 von 1.000) und im Kreis Lippe bei "
        "14,1 % (2022).",
    ),
    (
        replace(view([1.0] * 3, classes=[W, W, W]), elsewhere=(KREIS,)),
        "Das sind 100 von 1.000; zum Vergleich: im Kreis Lippe bei 14,1 % (2022).",
    ),
    (view([1.0] * 3, classes=[W, W, W], entry=RATE), ""),
    (
        view([1.0] * 3, classes=[DU, W, W], total=None),
        "Für die Pilotkommune insgesamt wird kein Wert gezeigt.",
    ),
    (
        view([1.0] * 2, entry=BALANCE, total=3.1, classes=[W, W]),
        "In der Pilotkommune insgesamt beträgt er +3,1 je 1.000.",
    ),
    (view([1.0] * 2, entry=COUNT, total=5000.0), ""),
]


@pytest.mark.parametrize(("given", "expected"), LEVELS)
def test_level(given, expected):
    assert text(block.level(given)) == expected


def moved(change, **more):
    return view([1.0] * 3, classes=[DU, W, W], first=8.0, changes={"gesamt": change}, **more)


HINT = same()._replace(richtung="hinweis_anstieg")
COURSES = [
    (moved(rose(2.0, 1.0, 3.0)), "2018 lag er noch bei 8,0 %; seitdem ist er gestiegen."),
    (moved(fell(-2.0, -3.0, -1.0)), "2018 lag er noch bei 8,0 %; seitdem ist er gesunken."),
    (moved(same()), "Gegenüber 2018 (8,0 %) ist keine Veränderung erkennbar."),
    (
        moved(same(), trends={"gesamt": trend("fallend")}),
        "Gegenüber 2018 (8,0 %) ist keine Veränderung erkennbar; über alle sechs Werte hinweg "
        "zeigt sich aber ein fallender Trend.",
    ),
    (moved(HINT), "Gegenüber 2018 (8,0 %) gibt es einen Hinweis auf einen Anstieg."),
    (
        moved(HINT, trends={"gesamt": trend("steigend")}),
        "Gegenüber 2018 (8,0 %) gibt es einen Hinweis auf einen Anstieg; über alle sechs Werte "
        "hinweg bestätigt das ein steigender Trend.",
    ),
    (
        view(
            [1.0] * 3,
            classes=[W, W, W],
            first=8.0,
            changes={"gesamt": rose(2.0, 1.0, 3.0), 0: rose(3.0, 1.0, 5.0), 1: fell(-3, -5, -1)},
        ),
        "Er lag 2018 bei 8,0 %, 2023 bei 10,0 %; ebenso in Sozialraum 1; für sich genommen ist er "
        "in Sozialraum 2 gesunken.",
    ),
    (view([1.0] * 3, classes=[DU, W, W], years=(2023,)), ""),
]


@pytest.mark.parametrize(("given", "expected"), COURSES)
def test_course(given, expected):
    assert text(block.course(given)) == expected


def test_pooled_values_have_a_sign_and_their_years():
    given = view([1.0], fenster=3)
    assert text(block.label(given)).endswith("2021–2023 Σ")
    assert "Σ" not in block.label(view([1.0]))
