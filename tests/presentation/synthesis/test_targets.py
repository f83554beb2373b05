"""What the chapter Ziele und Wirkungen says of targets, from published rows alone."""

from dataclasses import replace

import pytest

from spm.presentation.synthesis.measured import measured
from spm.presentation.synthesis.targets import TargetChapter
from spm.presentation.synthesis.targetwords import measures_told, state, targets_told
from spm.presentation.views import AreaRow
from spm.rawfiles.targets import Goal, Measure, Target, TargetTable
from tests.presentation_sample import kennzahl, sicht

NAMES = {"1": "Sozialraum 1", "2": "Sozialraum 2", "3": "Sozialraum 3"}
GOAL = Goal("Leitziel", "Teilziel")


def target(**changes) -> Target:
    values = {
        "goal": GOAL,
        "kennzahl": "sgb2_quote_u18",
        "raum": "1",
        "ausgangsjahr": 2018,
        "ausgangswert": None,
        "zieljahr": 2028,
        "zielwert": 10.0,
        "line": 2,
    }
    return Target(**(values | changes))


def row(status: str = "ok", wert: float | None = None, half: float = 1.0) -> AreaRow:
    if status != "ok":
        return AreaRow("1", "Sozialraum 1", status)
    return AreaRow("1", "Sozialraum 1", "ok", None, None, wert, wert - half, wert + half)


def view(base: AreaRow, now: AreaRow, entry=None, **more):
    """An indicator with one area's row of 2018 and of 2023."""
    found = sicht(3, entry)
    return replace(found, rows={("1", 2018): base, ("1", 2023): now}, **more)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (row(wert=15.5), "○ offen"),  # the path is at 15 in 2023
        (row(wert=13.5), "+ auf Kurs"),
        (row(wert=17.0), "− hinter Plan"),
        (row(wert=8.0), "● erreicht"),
        (row("gesperrt"), "/ nicht messbar: 2023 aus Gründen der Geheimhaltung nicht gezeigt"),
        (row("absender_gesperrt"), "/ nicht messbar: 2023 vom Absender geheim gehalten"),
        (row("nicht_geliefert"), "/ nicht messbar: 2023 nicht geliefert"),
    ],
)
def test_a_value_is_compared_with_the_path_or_the_reason_is_said(now: AreaRow, said: str) -> None:
    found = measured(target(), view(row(wert=20.0), now), NAMES, 2018)
    assert state(found).replace("\u00a0", " ") == said


def chapter(one: Target, shown) -> str:
    matrix = TargetTable((one.goal,), (one,), ())
    ziele = TargetChapter(matrix, lambda key: shown, NAMES, shown.place, 2018)
    return ziele.leitziele().markdown + ziele.auf_einen_blick().markdown


@pytest.mark.parametrize("status", ["gesperrt", "absender_gesperrt", "nicht_berechenbar"])
def test_a_baseline_that_the_report_protects_is_not_printed_from_the_file(status: str) -> None:
    text = chapter(target(ausgangswert=19.87), view(row(status), row(wert=15.0)))
    assert "messbar: Ausgangswert 2018" in text
    assert "19,87" not in text and "Zieltabelle" not in text


def test_a_baseline_of_a_year_hidden_by_pooling_is_not_printed_either() -> None:
    pooled = view(row(wert=20.0), row(wert=15.0), window=3, years=(2020, 2021, 2022, 2023))
    text = chapter(target(ausgangswert=19.87, ausgangsjahr=2019), pooled)
    assert "für 2019 weist der Bericht keinen Wert aus" in text and "19,87" not in text


def test_a_baseline_from_before_the_report_is_that_of_the_file() -> None:
    text = chapter(
        target(ausgangswert=19.87, ausgangsjahr=2013), view(row(wert=1.0), row(wert=8.0))
    )
    assert "| 19,87* |" in text and "2013 bis 2028" in text and "laut Zieltabelle" in text


def test_another_baseline_than_the_reports_own_is_told() -> None:
    text = chapter(target(ausgangswert=22.0), view(row(wert=20.0), row(wert=15.0)))
    assert "| 20,00 |" in text
    assert "Die Zieltabelle nennt als Ausgangswert 22,00\u00a0%, der Bericht weist 20,00" in text


@pytest.mark.parametrize(
    ("changes", "entry", "why"),
    [
        ({"zielwert": 21.0}, None, "der Zielwert ist nicht günstiger als der Ausgangswert des"),
        ({"ausgangsjahr": 2023}, None, "nach dem Ausgangsjahr liegt noch kein Wert vor"),
        ({"ausgangsjahr": 2025}, None, "beginnt erst 2025"),
        ({"raum": "Nord"}, None, "dieser Zuschnitt wird bei der Kennzahl nicht ausgewiesen"),
        ({}, {"brueche": {2020: "anders gezählt"}}, "Werte vor 2020 sind nicht vergleichbar"),
        ({"ausgangsjahr": 2012, "zieljahr": 2016}, None, "das Zieljahr 2016 liegt vor"),
        ({"ausgangsjahr": 2012}, None, "ein Ausgangswert 2012 fehlt"),
    ],
)
def test_what_cannot_be_measured_says_why(changes, entry, why: str) -> None:
    shown = view(row(wert=20.0), row(wert=15.0), kennzahl(**entry) if entry else None)
    found = measured(target(**changes), shown, NAMES, 2018)
    assert found.course == "nicht_messbar" and found.why.startswith(why)


def test_an_area_shown_only_together_with_others_is_named_so() -> None:
    group = "Sozialräume 1 und 2"
    shown = sicht(
        2, names=[group, "Sozialraum 3"], gruppen={group: ("Sozialraum 1", "Sozialraum 2")}
    )
    found = measured(target(), shown, NAMES, 2018)
    assert found.why == f"nur in einem gemeinsamen Wert gezeigt ({group})"
    assert measured(target(raum=group), shown, NAMES, 2018).row.raum == group


def test_a_target_that_is_over_is_measured_in_its_own_year() -> None:
    shown = view(row(wert=20.0), row(wert=5.0))
    shown = replace(shown, rows={**shown.rows, ("1", 2021): row(wert=12.0)})
    found = measured(target(zieljahr=2021), shown, NAMES, 2018)
    assert (found.year, found.row.wert, found.course) == (2021, 12.0, "hinter_plan")


def measure(stand: str, number: int) -> Measure:
    return Measure(
        goal=GOAL,
        massnahme=f"Maßnahme {number}",
        wirkungsannahme="",
        stelle="",
        stand=stand,
        line=number,
    )


def test_measures_in_words_as_the_kekiz_network_counted_them() -> None:
    states = ["umgesetzt"] * 173 + ["teilweise"] * 55 + ["offen"] * 47
    told = measures_told([measure(stand, i) for i, stand in enumerate(states)])
    assert told.replace("\u00a0", " ") == (
        "Von 275 Maßnahmen sind 173 umgesetzt (63 %), 55 teilweise umgesetzt (20 %) und 47 noch "
        "offen (17 %). Ganz oder teilweise umgesetzt sind zusammen 83 %."
    )


def test_targets_in_words() -> None:
    rows = [row(wert=8.0), row(wert=13.5), row("gesperrt")]
    found = [measured(target(), view(row(wert=20.0), now), NAMES, 2018) for now in rows]
    assert targets_told(found).replace("\u00a0", " ") == (
        "Von drei Zielen mit einer Kennzahl ist eines erreicht, eines auf Kurs und eines nicht "
        "messbar."
    )


def test_what_the_file_says_of_a_protected_baseline_leaves_no_trace() -> None:
    """Not in the figures either: the same text for every baseline in the file."""
    shown = view(row("gesperrt"), row(wert=15.0))
    texts = {chapter(target(ausgangswert=x), shown) for x in (None, 19.87, 25.0)}
    assert len(texts) == 1


def test_names_from_the_file_stay_text() -> None:
    one = target()._replace(goal=Goal("<b>Ziel</b> | eins", "a|b *c* @fig-x"))
    text = chapter(one, view(row(wert=20.0), row(wert=15.0)))
    assert "<b>" not in text and "@fig-x" not in text.replace("\\@fig-x", "")
