"""What the chapter Ziele und Wirkungen says of targets, from published rows alone."""

from dataclasses import replace

import pytest

from spm.presentation.synthesis import targetfigure
from spm.presentation.synthesis.measured import measured
from spm.presentation.synthesis.targets import TargetChapter
from spm.presentation.synthesis.targetwords import (
    attainment_told,
    measures_told,
    state,
    targets_told,
    without_anything,
)
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
        "nicht umgesetzt (17 %). Ganz oder teilweise umgesetzt sind zusammen 83 %."
    )


def test_targets_in_words() -> None:
    rows = [row(wert=8.0), row(wert=13.5), row("gesperrt")]
    found = [measured(target(), view(row(wert=20.0), now), NAMES, 2018) for now in rows]
    assert targets_told(found).replace("\u00a0", " ") == (
        "Von drei Zielwerten für Kennzahlen ist einer erreicht, einer auf Kurs und einer nicht "
        "messbar."
    )


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (row(wert=15.5), "45 %"),
        (row(wert=17.5, half=2.6), "kein Fortschritt nachweisbar"),  # the interval holds the 20
        (row(wert=17.5, half=2.5), "kein Fortschritt nachweisbar"),  # at its end, too
        (row(wert=17.5, half=2.4), "25 %"),
        (row(wert=23.0), "−30 %"),
        (row(wert=8.0), "120 %"),
        (row("gesperrt"), ""),
    ],
)
def test_an_attainment_that_may_be_chance_is_no_number(now: AreaRow, said: str) -> None:
    found = measured(target(), view(row(wert=20.0), now), NAMES, 2018)
    assert attainment_told(found).replace("\u00a0", " ") == said
    text = chapter(target(), view(row(wert=20.0), now)).replace("\u00a0", " ")
    assert ("steht statt der Zielerreichung" in text) == said.startswith("kein")
    assert ("unter 0 % heißt" in text) == said.startswith("−")


def test_a_value_without_chance_has_come_as_far_as_it_is_printed() -> None:
    exact = [AreaRow("1", "Sozialraum 1", "ok", wert=x) for x in (19.997, 19.99)]
    found = [measured(target(), view(row(wert=20.0), now), NAMES, 2018) for now in exact]
    assert [entry.left_base for entry in found] == [False, True]


def test_where_no_progress_is_shown_is_counted() -> None:
    rows = [row(wert=8.0), row(wert=19.5), row(wert=23.0), row("gesperrt")]
    found = [measured(target(), view(row(wert=20.0), now), NAMES, 2018) for now in rows]
    none = "ist seit dem Ausgangsjahr kein Fortschritt nachweisbar."
    assert targets_told(found).endswith(f" Bei zwei der vier Zielwerte {none}")
    assert targets_told(found[1:3]).endswith(f" Bei allen {none}")


def test_goals_and_targets_are_not_the_same_count() -> None:
    assert without_anything(9, 1).endswith(
        "Von neun Teilzielen hat eines weder Maßnahme noch Zielwert."
    )


def test_measures_have_no_signs_of_targets() -> None:
    measures = tuple(measure(s, i) for i, s in enumerate(("umgesetzt", "teilweise", "offen")))
    ziele = TargetChapter(TargetTable((GOAL,), (), measures), view, NAMES, sicht(3).place, 2018)
    text = ziele.leitziele().markdown
    assert "| noch nicht umgesetzt |" in text and not set(text) & set("●○→")


def test_on_phones_a_number_in_place_of_a_cut_value_has_room_of_its_own() -> None:
    far, near = (
        measured(target(), view(row(wert=20.0), row(wert=x)), NAMES, 2018) for x in (35.0, 16.0)
    )
    heights = [targetfigure.draw([one], targetfigure.PHONE).height for one in (far, near)]
    assert heights[0] - heights[1] == pytest.approx(targetfigure.LABEL)


def test_what_the_file_says_of_a_protected_baseline_leaves_no_trace() -> None:
    """Not in the figures either: the same text for every baseline in the file."""
    shown = view(row("gesperrt"), row(wert=15.0))
    texts = {chapter(target(ausgangswert=x), shown) for x in (None, 19.87, 25.0)}
    assert len(texts) == 1


def test_names_from_the_file_stay_text() -> None:
    one = target()._replace(goal=Goal("<b>Ziel</b> | eins", "a|b *c* @fig-x"))
    text = chapter(one, view(row(wert=20.0), row(wert=15.0)))
    assert "<b>" not in text and "@fig-x" not in text.replace("\\@fig-x", "")
