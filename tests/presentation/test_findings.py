"""What opens and closes a chapter: findings, the order of its blocks, questions for planning."""

from types import SimpleNamespace

import pytest

from spm.owntexts.questions import Question, Questions
from spm.owntexts.texts import OwnSentence, OwnTexts
from spm.presentation.blocks import plain
from spm.presentation.chapter import Kapitel
from spm.presentation.indicatorblock import indicator_block
from spm.presentation.ranking import by_relevance
from spm.presentation.tables.questions import question_table
from spm.presentation.wording.findings import absent, findings
from spm.presentation.wording.questions import MOST, questions
from tests.presentation_sample import kennzahl, sicht
from tests.wording_sample import AREA, rose, same, view

DU, U, W, N, DN = "deutlich_ueber", "ueber", "wie", "unter", "deutlich_unter"


def entry(key, **more):
    more = {"nachkommastellen": 1, "satz": f"der Anteil {key}", "kurztitel": key, **more}
    return kennzahl(key, **more)


A = view([1.0] * 4, classes=[W, W, W, U], entry=entry("a"))
B = view([1.0] * 4, classes=[DU, U, W, W], entry=entry("b"))
C = view([1.0] * 4, classes=[W, W, W, W], entry=entry("c", leitkennzahl=True))
D = view(
    [1.0] * 4,
    classes=[N, DU, W, DN],
    entry=entry("d"),
    first=8.0,
    changes={"gesamt": rose(2, 1, 3)},
)
NOTHING = view([1.0], states={0: "gesperrt"}, total=None, entry=entry("e"))


def words(text):
    return plain(text).replace("\u00a0", " ")


def test_lead_indicators_come_first_then_those_that_differ_most():
    assert [v.indicator.id for v in by_relevance([A, B, C, D])] == ["c", "d", "b", "a"]


def test_three_findings():
    found = [words(text) for text in findings([A, B, C, D])]
    assert found == [
        "Stand: Der Anteil c liegt in der Pilotkommune bei 10,0 %.",
        "Räume: In Sozialraum 2 sind zwei der vier bewerteten Kennzahlen ungünstiger als in der "
        "übrigen Kommune; in den Sozialräumen 1 und 4 jeweils eine günstiger.",
        "Entwicklung: Gestiegen: D (von 8,0 % auf 10,0 % seit 2018).",
    ]


def test_a_report_of_one_year_has_no_finding_on_change_and_nothing_published_none():
    assert not any("Entwicklung" in text for text in findings([A, B]))
    assert findings([NOTHING]) == []


def test_where_nothing_differs_and_nothing_moved_this_is_the_finding():
    still = view([1.0] * 3, classes=[W] * 3, first=9.0, changes={"gesamt": same()})
    found = [words(text) for text in findings([still])]
    assert found[1] == "Räume: Bei keiner Kennzahl weicht einer der drei Sozialräume erkennbar ab."
    assert found[2].endswith("bei der einen vergleichbaren Kennzahl keine Veränderung erkennbar.")


def test_what_is_missing_is_said_once():
    missing = view([], entry=entry("f"))
    object.__setattr__(missing, "rows", {})
    assert "„" in absent([A, missing]) and absent([A]) == ""
    assert absent([missing]) == "Für dieses Kapitel liegt keine Lieferung vor."


def test_of_much_that_is_missing_some_is_named():
    missing = [view([], entry=entry(key)) for key in "fghijk"]
    for one in missing:
        object.__setattr__(one, "rows", {})
    text = absent([A, *missing])
    assert "zu sechs der sieben Kennzahlen, darunter „" in text and text.count("„") == 3
    assert absent([A, *missing[:5]]).count("„") == 5


def test_one_compared_indicator_is_not_counted_as_one_of_one():
    text = words(findings([view([1.0] * 3, classes=[U, U, W], entry=entry("a"))])[1])
    assert text.startswith("Räume: In den Sozialräumen 1 und 2 ist die eine vergleichbare Kennzahl")


def test_questions_ask_about_needs_changes_and_supply():
    supply = view([20.0, 40.0], entry=AREA, total=30.0)
    found = [words(text) for text in questions([A, D, supply])]
    assert found[0].startswith("Was trägt dazu bei, dass in Sozialraum 2 der Anteil d höher ist")
    assert len(found) == MOST and all(text.endswith("?") for text in found)
    assert words(questions([supply])[0]) == (
        "Wie passt es zum Bedarf, dass die Wohnfläche je Person von 20 (Sozialraum 1) bis "
        "40 m² (Sozialraum 2) reicht?"
    )
    assert questions([C]) == []


def test_questions_on_what_is_not_judged_ask_about_both_sides():
    open_one = view(
        [1.0] * 7, classes=[W, N, N, DU, DN, N, N], entry=entry("u", richtung="neutral")
    )
    low = view([1.0] * 3, classes=[W, N, W], entry=entry("v", richtung="neutral"))
    rest = view([1.0] * 5, classes=[U, N, N, N, N], entry=entry("w", richtung="neutral"))
    found = [words(text) for text in questions([open_one, rest, low])]
    start, end = (
        "Was folgt für Angebote und Plätze daraus, dass in",
        "ist als in der übrigen Kommune?",
    )
    assert found == [
        f"{start} Sozialraum 4 der Anteil u höher und in fünf weiteren niedriger {end}",
        f"{start} Sozialraum 1 der Anteil w höher und in den übrigen vier niedriger {end}",
        f"{start} Sozialraum 2 der Anteil v niedriger {end}",
    ]


def test_own_questions_stand_in_place_of_ours_and_those_of_the_last_report_below():
    own = Questions(
        (Question("Wer *fragt*?", "Jugendamt"),), (Question("Und nun?", "", "erledigt"),)
    )
    block = question_table([D], own, "sgb2")
    assert "Wer \\*fragt\\*? | Jugendamt | offen" in block.markdown
    assert "Vorbericht: Und nun? | offen | erledigt" in block.markdown
    assert "Was trägt" not in block.markdown and "{#tbl-sgb2-prueffragen}" in block.markdown
    assert not question_table([C], None, "sgb2"), "no heading without a question"


def test_own_sentences_take_their_place_in_a_block():
    texts = OwnTexts(
        {
            ("d", "befund"): OwnSentence("Hier ist etwas los.", "saetze.yml"),
            ("d", "lage"): OwnSentence("", "saetze.yml"),
            ("d", "spanne"): OwnSentence("Die Spanne ist groß.", "saetze.yml"),
        }
    )
    block = indicator_block(D, texts, SimpleNamespace(markdown="", html="", text="", __bool__=bool))
    assert '## Hier ist etwas los\\. {#kennzahl-d kurz="D"}' in block.markdown.replace(
        "los {", "los\\. {"
    )
    assert "Die Spanne ist groß" in block.markdown and "insgesamt" not in block.markdown


def test_blocks_are_ordered_and_those_without_value_left_out(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    views = {v.indicator.id: v for v in (A, B, C, D, NOTHING)}
    chapter = Kapitel("sgb2", list(views.values()), views.__getitem__, None, None)
    monkeypatch.setattr(
        chapter, "_figure", lambda *_: SimpleNamespace(markdown="", html="", text="")
    )
    monkeypatch.setattr(
        "spm.presentation.chapter.indicator_block",
        lambda view, texts, figure: SimpleNamespace(markdown=view.indicator.id, html="", text=""),
    )
    assert chapter.kennzahlen("a", "b", "c", "e").markdown.split() == ["c", "b", "a"]
    assert chapter.kennzahlen("e").markdown.split() == ["c", "d", "b"], "others than the named ones"


@pytest.mark.parametrize(("years", "told"), [((2023,), False), ((2022, 2023), True)])
def test_a_series_of_one_year_does_not_miss_a_change(years, told):
    gone = [(None, None, None, "nicht_geliefert")]
    change = kennzahl("zuwachs", art="veraenderung", titel="Veränderung seit 2022")
    views = [sicht(4, years=years), sicht(4, change, years=years, hidden=gone)]
    assert ("Veränderung seit 2022" in plain(absent(views))) == told
