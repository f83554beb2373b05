"""The finding of an indicator as a heading: every case in German, and nothing without a test."""

from dataclasses import replace

import pytest

from spm.presentation.blocks import plain
from spm.presentation.exactness import Exactness
from spm.presentation.wording.headline import finding
from tests.presentation_sample import kennzahl
from tests.wording_sample import (
    AREA,
    BALANCE,
    BEZIRKE,
    CHANGE,
    COUNT,
    DETMOLD,
    LEMGO,
    LIPPE,
    SHARE,
    rose,
    same,
    trend,
    view,
)

DU, U, W, N, DN = "deutlich_ueber", "ueber", "wie", "unter", "deutlich_unter"
GOOD = kennzahl(
    nachkommastellen=1, richtung="entlastend", satz="der Anteil der Kinder, die eine Kita besuchen"
)
PLACES = kennzahl(
    art="messwert",
    einheit="je 100",
    nachkommastellen=1,
    satz="die Zahl der Plätze je 100 Kinder",
)

TABLE = [
    (
        view([1.0, 2.0, 3.0], classes=[DU, W, W]),
        "In Sozialraum 1 ist der Anteil der Kinder mit Übergewicht höher als in der übrigen "
        "Kommune",
    ),
    (
        view([1.0, 2.0, 3.0], classes=[N, U, W]),
        "In Sozialraum 2 ist der Anteil der Kinder mit Übergewicht höher als in der übrigen "
        "Kommune, in Sozialraum 1 niedriger",
    ),
    (
        view([1.0] * 7, classes=[DU, U, DN, N, N, W, W]),
        "In den Sozialräumen 1 und 2 ist der Anteil der Kinder mit Übergewicht höher als in der "
        "übrigen Kommune, in drei weiteren niedriger",
    ),
    (
        view([1.0] * 7, classes=[DU, N, N, U, DN, N, N]),
        "In den Sozialräumen 1 und 4 ist der Anteil der Kinder mit Übergewicht höher als in der "
        "übrigen Kommune, in den übrigen fünf niedriger",
    ),
    (
        view(
            [1.0] * 4,
            classes=[N, W, U, W],
            entry=GOOD,
            ort=LEMGO,
            names=["Nord", "Ost", "Süd", "W"],
        ),
        "Im Stadtteil Nord ist der Anteil der Kinder, die eine Kita besuchen, niedriger als in der "
        "übrigen Kommune, im Stadtteil Süd höher",
    ),
    (
        view([1.0] * 5, classes=[DU, DU, U, W, W], ort=BEZIRKE, names=list("ABCDE")),
        "In drei der fünf Statistischen Bezirke ist der Anteil der Kinder mit Übergewicht höher "
        "als in der übrigen Kommune",
    ),
    (
        view([1.0] * 99, classes=[U] * 14 + [W] * 75 + [N] * 10, ort=LEMGO),
        "In 14 der 99 Stadtteile ist der Anteil der Kinder mit Übergewicht höher als in der "
        "übrigen Kommune, in zehn weiteren niedriger",
    ),
    (
        view([1.0] * 3, classes=[W, W, W]),
        "Der Anteil der Kinder mit Übergewicht liegt in der Pilotkommune bei 10,0 %; keiner der "
        "drei Sozialräume weicht erkennbar ab",
    ),
    (
        view([1.0] * 2, classes=[W, W], ort=LIPPE),
        "Der Anteil der Kinder mit Übergewicht liegt im Kreis Lippe bei 10,0 %; keine der beiden "
        "Gemeinden weicht erkennbar ab",
    ),
    (
        view([1.0] * 3, classes=[W, W, None], states={2: "gesperrt"}, ort=DETMOLD),
        "Der Anteil der Kinder mit Übergewicht liegt in der Stadt Detmold bei 10,0 %; keines der "
        "beiden vergleichbaren Quartiere weicht erkennbar ab",
    ),
    (
        view([1.0] * 2, classes=[W, None], states={1: "gesperrt"}),
        "Der Anteil der Kinder mit Übergewicht liegt in der Pilotkommune bei 10,0 %; für "
        "Sozialraum 1 ist kein Unterschied erkennbar",
    ),
    (
        view([1.0] * 3, classes=[W, W, W], total=None),
        "Der Anteil der Kinder mit Übergewicht: keiner der drei Sozialräume weicht erkennbar ab",
    ),
    (
        view([1.0] * 3, classes=[W, W, W], first=8.0, changes={"gesamt": rose(2.0, 1.0, 3.0)}),
        "Der Anteil der Kinder mit Übergewicht ist in der Pilotkommune seit 2018 gestiegen; keiner "
        "der drei Sozialräume weicht erkennbar ab",
    ),
    (
        view(
            [1.0] * 3, first=8.0, changes={"gesamt": same()}, trends={"gesamt": trend("steigend")}
        ),
        "Der Anteil der Kinder mit Übergewicht liegt in der Pilotkommune bei 10,0 %",
    ),
    (
        view([1.0] * 2, states={0: "gesperrt", 1: "gesperrt"}),
        "Der Anteil der Kinder mit Übergewicht liegt in der Pilotkommune bei 10,0 %",
    ),
    (view([1.0] * 2, states={0: "gesperrt", 1: "gesperrt"}, total=None), ""),
    (
        view([1.0], names=["Alles"], classes=[W]),
        "Der Anteil der Kinder mit Übergewicht liegt in der Pilotkommune bei 10,0 %",
    ),
    (
        view([20.0, 40.0, 30.0], entry=AREA, total=31.0),
        "Die Wohnfläche je Person reicht von 20 (Sozialraum 1) bis 40 m² (Sozialraum 2)",
    ),
    (
        view([20.0, 20.0], entry=AREA, total=20.0),
        "Die Wohnfläche je Person liegt überall gerundet bei 20 m²",
    ),
    (
        view([27.9, 36.9], entry=PLACES, total=30.0),
        "Die Zahl der Plätze je 100 Kinder reicht von 27,9 (Sozialraum 1) bis 36,9 (Sozialraum 2)",
    ),
    (
        view([1.0, 2.0], entry=BALANCE, total=3.1, classes=[W, W]),
        "In der Pilotkommune gab es im Jahr 2023 mehr Zuzüge als Fortzüge; keiner der beiden "
        "Sozialräume weicht erkennbar ab",
    ),
    (
        view([1.0, 2.0], entry=CHANGE, total=3.1),
        "Die Veränderung seit 2018 beträgt in der Pilotkommune +3,1 %",
    ),
    (
        view([1.0, 2.0], entry=COUNT, total=5248.0, first=5102.0),
        "Die Zahl der Kinder ist in der Pilotkommune seit 2018 um 146 auf 5.248 gestiegen",
    ),
    (
        view([1.0, 2.0], entry=COUNT, total=5102.0, first=5248.0),
        "Die Zahl der Kinder ist in der Pilotkommune seit 2018 um 146 auf 5.102 gesunken",
    ),
    (
        view([1.0, 2.0], entry=COUNT, total=5102.0, first=5102.0),
        "Die Zahl der Kinder liegt in der Pilotkommune wie 2018 bei 5.102",
    ),
    (
        view([1.0, 2.0], entry=COUNT, total=5102.0, years=(2023,)),
        "Die Zahl der Kinder liegt in der Pilotkommune bei 5.102",
    ),
]


@pytest.mark.parametrize(("given", "expected"), TABLE)
def test_the_headline(given, expected):
    assert plain(finding(given).text).replace("\u00a0", " ") == expected


@pytest.mark.parametrize(("given", "expected"), TABLE)
def test_it_has_no_stop_and_no_word_of_its_own_for_what_is_shown(given, expected):
    text = finding(given).text
    assert not text.endswith(".") and "nachweisbar" not in text


def test_what_it_says_of_the_municipality_is_noted():
    level = finding(view([1.0] * 3, classes=[W, W, W]))
    assert (level.level, level.move) == (True, False)
    moved = view([1.0] * 3, first=8.0, changes={"gesamt": rose(2.0, 1.0, 3.0)})
    assert finding(moved)[1:] == (False, True)
    assert finding(view([1.0] * 3, classes=[DU, W, W]))[1:] == (False, False)


def test_a_count_that_is_rounded_or_changed_has_no_exact_difference():
    given = view([1.0, 2.0], entry=COUNT, total=5250.0, first=5100.0)
    for found in (Exactness(5), Exactness(changed_by=2)):
        text = finding(replace(given, exactness=found)).text
        assert "gestiegen" not in text and text.endswith("bei 5.250")


def test_suppressed_rows_change_no_word():
    """Nothing published may depend on a number that is not: the class of such a row is not read."""
    hidden = view([1.0, 2.0, 3.0], classes=[DU, W, W], states={2: "gesperrt"})
    other = view([1.0, 2.0, 9.0], classes=[DU, W, DU], states={2: "gesperrt"})
    assert finding(hidden) == finding(other)


def test_without_a_number_of_the_municipality_the_areas_are_the_finding():
    found = finding(view([1.0, 2.0, 3.0], total=None)).text
    assert " reicht von " in found and "1" in found and "3" in found
    assert finding(view([1.0], states={0: "gesperrt"}, total=None)).text == ""


def test_groups_are_named_as_areas_together():
    given = view([1.0, 2.0], classes=[N, W], names=["Sozialräume 2 und 5", "Sozialraum 1"])
    given.rows["0", 2023] = given.row("0")._replace(plural=True)
    assert finding(given).text.startswith("Im Gebiet „")
    assert SHARE.richtung == "belastend"
