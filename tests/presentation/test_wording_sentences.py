"""Every kind of sentence, to be read like a reviewer: articles, cases, plurals, decimals, signs."""

import pytest

from spm.presentation.blocks import plain
from spm.presentation.wording import changes, gaps, sentences
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
    RATE,
    fell,
    rose,
    same,
    trend,
    view,
)

DU, U, W, N, DN = "deutlich_ueber", "ueber", "wie", "unter", "deutlich_unter"

TABLE = [
    (
        sentences.situation,
        view([1.0]),
        "In der Pilotkommune lag im Jahr 2023 der Anteil der Kinder mit Übergewicht bei "
        "10,0 % (100 von 1.000; 95-%-Vertrauensintervall 9,0–11,0 %).",
    ),
    (
        sentences.situation,
        view([1.0], turn=1, ort=LEMGO),
        "Der Anteil der Kinder mit Übergewicht lag in Lemgo im Jahr 2023 bei 10,0 % (100 "
        "von 1.000; 95-%-Vertrauensintervall 9,0–11,0 %).",
    ),
    (
        sentences.situation,
        view([1.0], turn=2, ort=LIPPE),
        "Im Jahr 2023 betrug der Anteil der Kinder mit Übergewicht im Kreis Lippe 10,0 % "
        "(100 von 1.000; 95-%-Vertrauensintervall 9,0–11,0 %).",
    ),
    (
        sentences.situation,
        view([1.0], ort=DETMOLD, entry=RATE, total=1234.56),
        "In der Stadt Detmold lag im Jahr 2023 die Häufigkeit der Hilfen bei 1.234,6 je "
        "1.000 (95-%-Vertrauensintervall 1.233,6–1.235,6).",
    ),
    (
        sentences.situation,
        view([1.0], entry=COUNT, total=20123.0, turn=2),
        "Im Jahr 2023 betrug die Zahl der Kinder in der Pilotkommune 20.123.",
    ),
    (
        sentences.situation,
        view([1.0], entry=AREA, total=42.0, turn=1),
        "Die Wohnfläche je Person lag in der Pilotkommune im Jahr 2023 bei 42 m².",
    ),
    (
        sentences.situation,
        view([1.0], entry=BALANCE, total=3.1),
        "In der Pilotkommune gab es im Jahr 2023 mehr Zuzüge als Fortzüge. Der "
        "Wanderungssaldo betrug +3,1 je 1.000 (95-%-Vertrauensintervall +2,1 bis +4,1).",
    ),
    (
        sentences.situation,
        view([1.0], entry=BALANCE, total=-3.1, turn=1),
        "Im Jahr 2023 gab es in der Pilotkommune mehr Fortzüge als Zuzüge. Der "
        "Wanderungssaldo betrug −3,1 je 1.000 (95-%-Vertrauensintervall −4,1 bis −2,1).",
    ),
    (
        sentences.situation,
        view([1.0], entry=BALANCE, total=0.04),
        "In der Pilotkommune hielten sich Zuzüge und Fortzüge im Jahr 2023 etwa die Waage. "
        "Der Wanderungssaldo betrug 0,0 je 1.000 (95-%-Vertrauensintervall −1,0 bis +1,0).",
    ),
    (
        sentences.situation,
        view([1.0], entry=CHANGE, total=-2.5),
        "Die Veränderung seit 2018 betrug in der Pilotkommune im Jahr 2023 −2,5 % "
        "(95-%-Vertrauensintervall −3,5 bis −1,5 %).",
    ),
    (
        sentences.situation,
        view([1.0], total=None),
        "Für die Pilotkommune insgesamt wird der Wert der Kennzahl „Kinder und Jugendliche "
        "in Bedarfsgemeinschaften nach SGB II“ im Jahr 2023 aus Gründen der Geheimhaltung "
        "nicht gezeigt.",
    ),
    (
        sentences.situation,
        view([1.0], total=None, states={"gesamt": "nicht_geliefert"}, ort=LIPPE),
        "Für den Kreis Lippe insgesamt gibt es zur Kennzahl „Kinder und Jugendliche in "
        "Bedarfsgemeinschaften nach SGB II“ im Jahr 2023 keinen veröffentlichten Wert.",
    ),
    (
        sentences.lowest_and_highest,
        view([5.0, 7.5]),
        "Die Werte der beiden Sozialräume reichen von 5,0 % (Sozialraum 1) bis 7,5 % "
        "(Sozialraum 2).",
    ),
    (
        sentences.lowest_and_highest,
        view([5.0, 7.5, 9.0], turn=1, ort=LIPPE, names=["Lage", "Lemgo", "Bad Salzuflen"]),
        "In den drei Gemeinden liegt der Anteil zwischen 5,0 % (Lage) und 9,0 % (Bad Salzuflen).",
    ),
    (
        sentences.lowest_and_highest,
        view([5.0, 5.0, 9.0, 9.0], turn=2),
        "Der niedrigste Wert beträgt 5,0 % (Sozialraum 1 und Sozialraum 2), der höchste 9,0"
        " % (Sozialraum 3 und Sozialraum 4).",
    ),
    (
        sentences.lowest_and_highest,
        view([5.0] * 5 + [9.0]),
        "Die Werte der sechs Sozialräume reichen von 5,0 % (fünf Sozialräume) bis 9,0 % "
        "(Sozialraum 6).",
    ),
    (
        sentences.lowest_and_highest,
        view([5.0, 5.0], ort=DETMOLD),
        "In beiden Quartieren beträgt der Wert gerundet 5,0 %.",
    ),
    (
        sentences.lowest_and_highest,
        view([5.0, 7.0, 9.0], ort=BEZIRKE, names=["A", "B", "C"], states={0: "gesperrt"}),
        "Die veröffentlichten Werte von zwei der drei Statistischen Bezirke reichen von 7,0"
        " % (B) bis 9,0 % (C).",
    ),
    (
        sentences.lowest_and_highest,
        view([5.0, 7.0, 9.0], turn=1, states={0: "gesperrt"}),
        "In den beiden Sozialräumen mit veröffentlichten Zahlen liegt der Anteil zwischen 7,0"
        " % (Sozialraum 2) und 9,0 % (Sozialraum 3).",
    ),
    (
        sentences.lowest_and_highest,
        view([5.0, 7.0], ort=LIPPE, names=["Lage", "Lemgo"], states={0: "gesperrt"}),
        "Veröffentlicht ist nur der Wert einer der beiden Gemeinden: 7,0 % (Lemgo).",
    ),
    (
        sentences.lowest_and_highest,
        view([-3.2, 4.0], entry=BALANCE),
        "Die Werte der beiden Sozialräume reichen von −3,2 (Sozialraum 1) bis +4,0 je 1.000"
        " (Sozialraum 2).",
    ),
    (
        sentences.lowest_and_highest,
        view(
            [float(i) for i in range(86)],
            ort=BEZIRKE,
            names=[f"Ort {i}" for i in range(86)],
            turn=1,
        ),
        "In den 86 Statistischen Bezirken liegt der Anteil zwischen 0,0 % (Ort 0) und 85,0 "
        "% (Ort 85).",
    ),
    (
        sentences.differences,
        view([20.0, 15.0, 5.0], classes=[DU, U, DN]),
        "Verglichen mit der jeweils übrigen Kommune ist der Anteil in Sozialraum 1 deutlich"
        " höher, in Sozialraum 2 höher und in Sozialraum 3 deutlich niedriger.",
    ),
    (
        sentences.differences,
        view([20.0, 10.0], classes=[U, W], turn=1, ort=LEMGO, names=["Westliche Höhe", "Mürwik"]),
        "Im Stadtteil Westliche Höhe liegt der Anteil über dem der übrigen Kommune. Für den"
        " Stadtteil Mürwik ist kein Unterschied nachweisbar.",
    ),
    (
        sentences.differences,
        view([20.0, 15.0, 5.0, 6.0], classes=[U, U, N, N], turn=2),
        "Höher als in der jeweils übrigen Kommune ist der Anteil in den Sozialräumen 1 und "
        "2; niedriger ist er in den Sozialräumen 3 und 4.",
    ),
    (
        sentences.differences,
        view([20.0, 5.0], classes=[DU, DN], turn=2, ort=LIPPE, names=["Lage", "Lemgo"]),
        "Deutlich höher als in der jeweils übrigen Kommune ist der Anteil in der Gemeinde "
        "Lage; deutlich niedriger ist er in der Gemeinde Lemgo.",
    ),
    (
        sentences.differences,
        view([20.0] * 6 + [5.0], classes=[U] * 6 + [W]),
        "Verglichen mit der jeweils übrigen Kommune ist der Anteil in sechs der sieben "
        "Sozialräume höher. Für Sozialraum 7 ist kein Unterschied nachweisbar.",
    ),
    (
        sentences.differences,
        view([9.0, 10.0, 11.0], classes=[W] * 3, ort=LIPPE),
        "In keiner der drei Gemeinden ist ein Unterschied zur jeweils übrigen Kommune "
        "nachweisbar, der über zufällige Schwankungen hinausgeht.",
    ),
    (
        sentences.differences,
        view([9.0, 10.0, 11.0], classes=[W, W, None], turn=1),
        "In keinem der beiden Sozialräume, für die ein Vergleich möglich ist, ist ein "
        "Unterschied zur jeweils übrigen Kommune nachweisbar, der über zufällige "
        "Schwankungen hinausgeht.",
    ),
    (
        sentences.differences,
        view([9.0, 10.0], classes=[W, None], ort=DETMOLD, names=["Nord", "Süd"]),
        "Für das Quartier Nord ist kein Unterschied zur übrigen Kommune nachweisbar.",
    ),
    (
        sentences.differences,
        view([9.0, 30.0], classes=[W, DU], entry=BALANCE),
        "Verglichen mit der übrigen Kommune ist der Saldo in Sozialraum 2 deutlich höher. "
        "Für Sozialraum 1 ist kein Unterschied nachweisbar.",
    ),
    (
        sentences.differences,
        view([9.0, 30.0], ort=BEZIRKE, names=["Statistischer Bezirk 4", "Mitte"], classes=[U, N]),
        "Verglichen mit der jeweils übrigen Kommune ist der Anteil im Statistischen Bezirk "
        "4 höher und im Statistischen Bezirk Mitte niedriger.",
    ),
    (
        gaps.missing_values,
        view([1.0, 2.0], states={0: "gesperrt"}),
        "Für Sozialraum 1 wird der Wert aus Gründen der Geheimhaltung nicht gezeigt.",
    ),
    (
        gaps.missing_values,
        view([1.0, 2.0, 3.0], states={0: "gesperrt", 2: "gesperrt"}, turn=1),
        "Aus Gründen der Geheimhaltung wird der Wert für die Sozialräume 1 und 3 nicht gezeigt.",
    ),
    (
        gaps.missing_values,
        view(
            [1.0, 2.0],
            states={0: "absender_gesperrt", 1: "nicht_berechenbar"},
            ort=LIPPE,
            names=["Lage", "Lemgo"],
        ),
        "Für die Gemeinde Lage hat der Absender den Wert geheim gehalten. Für die Gemeinde "
        "Lemgo ist kein Wert berechenbar.",
    ),
    (
        gaps.missing_values,
        view([1.0] * 6, states=dict.fromkeys(range(5), "nicht_geliefert")),
        "Für fünf Sozialräume wurde kein Wert geliefert.",
    ),
    (
        changes.development,
        view([1.0], first=14.0, changes={"gesamt": fell(-4.0, -6.1, -1.9)}),
        "In der Pilotkommune ist der Anteil von 14,0 % im Jahr 2018 auf 10,0 % im Jahr 2023"
        " gesunken, um 4,0 Prozentpunkte (95-%-Vertrauensintervall −6,1 bis −1,9 "
        "Prozentpunkte).",
    ),
    (
        changes.development,
        view([1.0], first=8.0, changes={"gesamt": rose(2.0, 0.5, 3.5)}, turn=1, ort=LIPPE),
        "Der Anteil hat sich im Kreis Lippe von 8,0 % im Jahr 2018 auf 10,0 % im Jahr 2023 "
        "erhöht, um 2,0 Prozentpunkte (95-%-Vertrauensintervall +0,5 bis +3,5 "
        "Prozentpunkte).",
    ),
    (
        changes.development,
        view([1.0], first=8.0, changes={"gesamt": rose(2.0, 0.5, 3.5)}, turn=2),
        "Zwischen 2018 und 2023 ist der Anteil in der Pilotkommune um 2,0 Prozentpunkte "
        "(95-%-Vertrauensintervall +0,5 bis +3,5 Prozentpunkte) auf 10,0 % gestiegen.",
    ),
    (
        changes.development,
        view([1.0], first=10.4, changes={"gesamt": same(-0.4)}),
        "In der Pilotkommune hat sich der Anteil nicht nachweisbar verändert: Er lag 2018 "
        "bei 10,4 %, 2023 bei 10,0 % (Unterschied −0,4 Prozentpunkte; "
        "95-%-Vertrauensintervall −1,0 bis +1,0 Prozentpunkte).",
    ),
    (
        changes.development,
        view(
            [1.0],
            first=12.4,
            changes={"gesamt": same(-2.4, -4.1, -0.7)._replace(richtung="hinweis_rueckgang")},
        ),
        "In der Pilotkommune gibt es einen Hinweis auf einen Rückgang: Der Anteil lag 2018 bei "
        "12,4 %, 2023 bei 10,0 % (Unterschied −2,4 Prozentpunkte; 95-%-Vertrauensintervall "
        "−4,1 bis −0,7 Prozentpunkte). Für sich betrachtet geht das über zufällige Schwankungen "
        "hinaus; unter allen Veränderungen der Kommune kann es trotzdem Zufall sein.",
    ),
    (
        changes.development,
        view([1.0], first=10.66, total=10.64, changes={"gesamt": same(-0.02)}),
        "In der Pilotkommune hat sich der Anteil nicht nachweisbar verändert: Er lag 2018 "
        "bei 10,7 %, 2023 bei 10,6 % (Unterschied −0,1 Prozentpunkte; "
        "95-%-Vertrauensintervall −1,0 bis +1,0 Prozentpunkte).",
    ),
    (
        changes.development,
        view([1.0], first=10.0, changes={"gesamt": same()}, turn=1, between=False),
        "Der Anteil lag in der Pilotkommune 2018 und 2023 gerundet bei 10,0 %. Eine "
        "Veränderung ist damit nicht nachweisbar (Unterschied 0,0 Prozentpunkte; "
        "95-%-Vertrauensintervall −1,0 bis +1,0 Prozentpunkte). Für vier Jahre dazwischen "
        "ist kein Wert veröffentlicht.",
    ),
    (
        changes.development,
        view([1.0], first=9.96, changes={"gesamt": rose(0.04, 0.01, 0.07)}),
        "In der Pilotkommune ist der Anteil gegenüber 2018 um weniger als 0,1 Prozentpunkte"
        " gestiegen (95-%-Vertrauensintervall 0,0 bis +0,1 Prozentpunkte); gerundet lag er "
        "beide Male bei 10,0 %.",
    ),
    (
        changes.development,
        view([1.0], entry=RATE, first=14.0, changes={"gesamt": fell(-4.0, -6.1, -1.9)}),
        "In der Pilotkommune ist der Wert von 14,0 im Jahr 2018 auf 10,0 je 1.000 im Jahr "
        "2023 gesunken, um 4,0 je 1.000 (95-%-Vertrauensintervall −6,1 bis −1,9 je 1.000).",
    ),
    (
        changes.development,
        view([1.0], entry=COUNT, total=20123.0, first=19000.0),
        "In der Pilotkommune ist die Zahl von 19.000 (2018) auf 20.123 (2023) gestiegen: +1.123 "
        "Personen.",
    ),
    (
        changes.development,
        view([1.0], entry=BALANCE, first=-1.2, total=3.1, turn=1),
        "Der Saldo lag in der Pilotkommune 2018 bei −1,2 je 1.000 und 2023 bei +3,1 je 1.000.",
    ),
    (
        changes.areas_changed,
        view(
            [1.0, 2.0, 3.0], changes={0: rose(1.0, 0.1, 2.0), 1: fell(-1.0, -2.0, -0.1), 2: same()}
        ),
        "Gegenüber 2018 ist der Anteil in Sozialraum 1 gestiegen und in Sozialraum 2 "
        "gesunken. In Sozialraum 3 ist keine Veränderung nachweisbar.",
    ),
    (
        changes.areas_changed,
        view([1.0, 2.0, 3.0], ort=LIPPE, changes={0: same(), 1: same(), 2: same()}),
        "In keiner der drei Gemeinden ist eine Veränderung gegenüber 2018 nachweisbar.",
    ),
    (
        changes.areas_changed,
        view([1.0, 2.0, 3.0], turn=1, changes={0: rose(1.0, 0.1, 2.0), 1: same(since=2020)}),
        "Der Anteil ist gegenüber dem jeweils ersten vergleichbaren Jahr in Sozialraum 1 "
        "gestiegen. In Sozialraum 2 ist keine Veränderung nachweisbar.",
    ),
    (
        changes.areas_changed,
        view([1.0] * 7, changes=dict.fromkeys(range(6), fell(-1.0, -2.0, -0.1))),
        "Gegenüber 2018 ist der Anteil in sechs der sieben Sozialräume gesunken.",
    ),
    (
        changes.trend,
        view(
            [1.0, 2.0],
            trends={"gesamt": trend("steigend"), 0: trend("steigend"), 1: trend("fallend")},
        ),
        "Über die sechs Werte von 2018 bis 2023 ist in der Pilotkommune ein steigender "
        "Trend nachweisbar. In Sozialraum 1 ist ebenfalls ein steigender Trend nachweisbar."
        " In Sozialraum 2 ist ein fallender Trend nachweisbar.",
    ),
    (
        changes.trend,
        view([1.0, 2.0], trends={"gesamt": trend("kein_trend")}, turn=1),
        "In der Pilotkommune ist von 2018 bis 2023 (sechs Werte) kein Trend nachweisbar.",
    ),
    (
        changes.trend,
        view(
            [1.0, 2.0],
            ort=LEMGO,
            names=["Nord", "Süd"],
            trends={0: trend("fallend"), 1: trend("kein_trend")},
        ),
        "Im Stadtteil Nord ist ein fallender Trend nachweisbar.",
    ),
    (
        changes.breaks,
        view([1.0], entry=kennzahl(brueche={2021: "Seit 2021 zählt das Amt anders."})),
        "Seit 2021 zählt das Amt anders. Die Werte vor 2021 sind deshalb nicht vergleichbar.",
    ),
]


@pytest.mark.parametrize(("make", "view", "expected"), TABLE, ids=[row[2][:40] for row in TABLE])
def test_sentences_read_like_this(make, view, expected):
    assert plain(make(view)).replace("\u00a0", " ") == expected


def test_the_table_is_long_enough_to_be_a_review():
    assert len(TABLE) >= 40 and len({row[0] for row in TABLE}) == 8


def test_what_could_not_be_tested_is_not_spoken_of():
    untested = rose(2.0, 0.5, 3.5)._replace(richtung="nicht_berechenbar")
    keys = ("gesamt", 0, 1)
    one = view(
        [1.0, 2.0],
        first=8.0,
        changes=dict.fromkeys(keys, untested),
        trends=dict.fromkeys(keys, trend("nicht_berechenbar")),
    )
    assert changes.trend(one) == "" and changes.areas_changed(one) == ""
    text = plain(changes.development(one)).replace("\u00a0", " ")
    assert text == "In der Pilotkommune lag der Anteil 2018 bei 8,0 % und 2023 bei 10,0 %."
