"""What headings say: ages, sexes, nationalities, years; and what only looks like it."""

import pytest

from spm.setup.words import said


@pytest.mark.parametrize(
    ("heading", "age"),
    [
        ("EW_0_U3", (0, 2)),
        ("ew_3_u6", (3, 5)),
        ("Alter von 3 bis unter 6 Jahren", (3, 5)),
        ("unter 3 Jahre", (0, 2)),
        ("Kinder U3", (0, 2)),
        ("65 und älter", (65, None)),
        ("EW_65_MEHR", (65, None)),
        ("80 J. u. ä.", (80, None)),
        ("65plus", (65, None)),
        ("ab 75 Jahre", (75, None)),
        ("00 - < 03", (0, 2)),
        ("0-17", (0, 17)),
        ("15 bis 24", (15, 24)),
        ("3-jährige", (3, 3)),
        ("age_18_to_under_30", (18, 29)),
        ("age_65_and_above", (65, None)),
        ("Hilfen unter 18", (0, 17)),
    ],
)
def test_ages(heading, age):
    assert said(heading).ages == [age]


@pytest.mark.parametrize(
    "heading",
    [
        "BG mit Kindern unter 18 Jahren",  # of the children, not of who is counted
        "4 Jahre und länger",
        "3 und mehr Kinder",
        "Betreuungsumfang 45 Stunden",
        "Haltestelle bis 300 m",
        "Gefährdungseinschätzungen (§ 8a)",
        "§ 27 Abs. 2",
        "Klassen 1 bis 4",
        "L_DEN über 65 dB(A)",
        "12411-05-01-4_bevoelkerung",
        "Stand 31.12.2023",
        "2018/19",
    ],
)
def test_numbers_that_are_no_ages(heading):
    assert said(heading).ages == []


def test_two_ages_are_both_told():
    assert said("unter 3 Jahre und 3 bis unter 6 Jahre").ages == [(3, 5), (0, 2)]


@pytest.mark.parametrize(
    ("heading", "sexes", "nationalities"),
    [
        ("dar. weiblich", ["w"], []),
        ("Einwohner männlich", ["m"], []),
        ("ausländische Bevölkerung", [], ["nichtdeutsch"]),
        ("ohne deutsche Staatsangehörigkeit", [], ["nichtdeutsch"]),
        ("Deutsche", [], ["deutsch"]),
        ("non-Germans", [], ["nichtdeutsch"]),
    ],
)
def test_sexes_and_nationalities(heading, sexes, nationalities):
    found = said(heading)
    assert (found.sexes, found.nationalities) == (sexes, nationalities)


@pytest.mark.parametrize(
    ("heading", "year"),
    [("2018", 2018), ("31.12.2018 | 1 Kind", 2018), ("Bev 2022 männl.", 2022), ("2018/19", 2018)],
)
def test_years(heading, year):
    found = said(heading)
    assert found.time is not None
    assert (found.time.jahr, found.times) == (year, 1)


def test_what_is_left_are_words():
    assert said("AnzahlKinder_2022").words == ["anzahl", "kinder"]
    assert said("SGB II-Quote").words == ["sgb", "ii", "quote"]
