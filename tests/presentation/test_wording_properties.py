"""What holds for every sentence and alt text, whatever the values, names and places."""

import ast
import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from spm.presentation.blocks import Block, paragraphs, plain
from spm.presentation.views import Change, Place, Trend
from spm.presentation.wording import alttext, changes, gaps, sentences
from spm.presentation.wording.grammar import MAX_NAMES, status_text
from tests.presentation_sample import NASTY, kennzahl
from tests.wording_sample import (
    AREA,
    BALANCE,
    BEZIRKE,
    CHANGE,
    COUNT,
    DETMOLD,
    LEMGO,
    LIPPE,
    PILOT,
    RATE,
    SHARE,
    view,
)

CLASSES = ["deutlich_ueber", "ueber", "wie", "unter", "deutlich_unter", None]
STATES = ["ok", "ok", "ok", "gesperrt", "absender_gesperrt", "nicht_geliefert", "nicht_berechenbar"]
WAYS = ["gestiegen", "gesunken", "unveraendert", "nicht_berechenbar"]
TRENDS = ["steigend", "fallend", "kein_trend", "nicht_berechenbar"]
BROKEN = kennzahl(brueche={2021: "Seit 2021 zählt das Amt anders."}, nachkommastellen=0)
PLACES = [LEMGO, LIPPE, PILOT, DETMOLD, BEZIRKE, Place("<b>A|B</b> $x$ @fig-y", "Ort", "Orte")]
NOW = (
    sentences.situation,
    sentences.lowest_and_highest,
    sentences.differences,
    gaps.missing_values,
)
SINCE = (changes.development, changes.areas_changed, changes.trend, changes.breaks)
ALT = (alttext.of_map, alttext.of_bars, alttext.of_series)

STIGMA = r"Brennpunkt|Problem|(?<!ge)schlecht|Risiko|auffällig|prekär"
HIGHER = r"höher\b|\bübers?\b|darüber"
LOWER = r"niedriger\b|\bunter\b|darunter"
MOVED = r"gestiegen|gesunken|erhöht|verringert|\bstieg|\bsank|zugenommen|abgenommen"
TREND = r"ein (steigender|fallender) Trend|Trend: (steigend|fallend)"

often = settings(max_examples=70, deadline=None)
numbers = st.floats(-99.0, 9999.0, allow_nan=False)
names = st.one_of(
    st.sampled_from([*NASTY, "Sozialraum 4", "Stadtteil Nord", "Bezirk IV", "Westliche Höhe"]),
    # Hypothesis draws words of our source, too: an area called "None" would look like a mistake.
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=90).filter(
        lambda name: not re.search("None|nan", name, re.IGNORECASE)
    ),
)


@st.composite
def views(draw, classes=CLASSES, ways=WAYS, trends=TRENDS, most=40, naming=names):
    n = draw(st.one_of(st.integers(1, 4), st.integers(5, most)))
    several = {"min_size": n, "max_size": n}

    def some(make):
        areas = draw(st.sets(st.integers(0, n - 1), max_size=8))
        whole = ["gesamt"] if draw(st.booleans()) else []
        return {key: make(draw) for key in [*whole, *sorted(areas)]}

    def change(draw):
        by, half = draw(numbers), draw(st.floats(0, 50))
        since = draw(st.sampled_from([2018, 2020]))
        return Change(since, 2023, by, by - half, by + half, draw(st.sampled_from(ways)))

    def trend(draw):
        return Trend(2018, 2023, 6, draw(st.sampled_from(trends)))

    tied = draw(st.lists(numbers, min_size=1, max_size=3))
    return view(
        draw(st.lists(st.one_of(numbers, st.sampled_from(tied)), **several)),
        ort=draw(st.sampled_from(PLACES)),
        names=draw(st.lists(naming, **several)),
        entry=draw(st.sampled_from([SHARE, RATE, COUNT, AREA, BALANCE, CHANGE, BROKEN])),
        total=draw(st.one_of(st.none(), numbers)),
        first=draw(st.one_of(st.none(), numbers)),
        classes=draw(st.lists(st.sampled_from(classes), **several)),
        states=dict(enumerate(draw(st.lists(st.sampled_from(STATES), **several)))),
        changes=some(change),
        trends=some(trend),
        turn=draw(st.integers(0, 5)),
        between=draw(st.booleans()),
        fenster=draw(st.sampled_from([1, 1, 3])),
    )


def text_of(view, *kinds):
    return plain(" ".join(filter(None, (make(view) for make in kinds))))


def found(pattern, text):
    """Claims, apart from the words in names and titles."""
    text = re.sub(r"„.*?“|unter 18|über zufällige|Über die (?=\w+ Werte)", "", text)
    return re.findall(pattern, text, re.IGNORECASE)


@pytest.mark.slow
@often
@given(views())
def test_every_sentence_is_whole(view):
    for make in (*NOW, *SINCE):
        text = plain(make(view))
        assert text == "" or text.endswith("."), text
        assert "None" not in text and "nan" not in re.sub(r"\w*nan\w+|\w+nan", "", text.lower())
        assert "{" not in text or any("{" in row.name for row in view.areas)
    block = paragraphs(*(make(view) for make in (*NOW, *SINCE)))
    assert isinstance(block, Block) and "\ue001" not in block.markdown


@pytest.mark.slow
@often
@given(views(naming=st.sampled_from(["Nord", "Süd", "Sozialraum 4", "Sozialraum 5"])))
def test_blanks_and_stops_are_single(view):
    for make in (*NOW, *SINCE):
        text = plain(make(view))
        assert not re.search(r"  | [,.;:)]|\(\s|\.\.|,,", text), text
        assert not re.search(r"\d-\d|\d\.\d(?!\d\d)", text), "minus signs, decimal commas"


@pytest.mark.slow
@often
@given(views(classes=["wie", None], naming=st.just("Nord")))
def test_without_a_class_nothing_is_called_higher_or_lower(view):
    text = text_of(view, *NOW, alttext.of_map, alttext.of_bars)
    assert not found(HIGHER, text) and not found(LOWER, text), text
    assert "deutlich" not in text


@pytest.mark.slow
@often
@given(views(classes=["ueber", "wie", None], naming=st.just("Nord")))
def test_higher_is_not_clearly_higher_and_nobody_is_lower(view):
    text = text_of(view, *NOW, alttext.of_map, alttext.of_bars)
    assert "deutlich" not in text and not found(LOWER, text), text
    higher = any(row.klasse == "ueber" for row in view.areas)
    assert bool(found(HIGHER, text_of(view, sentences.differences))) == higher


@pytest.mark.slow
@often
@given(views(ways=["unveraendert", "nicht_berechenbar"], naming=st.just("Nord")))
def test_without_a_tested_change_nothing_rose_or_fell(view):
    assume(view.indicator.art != "anzahl")  # what is counted, not sampled, is told as it is
    text = text_of(view, *NOW, *SINCE, *ALT)
    assert not found(MOVED, text), text


@pytest.mark.slow
@often
@given(views(trends=["kein_trend", "nicht_berechenbar"], naming=st.just("Nord")))
def test_without_a_tested_trend_there_is_none(view):
    text = text_of(view, *SINCE, *ALT)
    assert not re.search(TREND, text), text
    if not any(t.richtung == "kein_trend" for t in view.trends.values()):
        assert "Trend" not in text


@pytest.mark.slow
@often
@given(views(naming=st.just("Nord")))
def test_measured_sizes_and_counts_know_no_chance(sicht):
    if sicht.indicator.art in ("anzahl", "messwert"):
        bare = view([1.0, 2.0], entry=sicht.indicator, total=5.0, first=4.0, turn=1)
        text = text_of(bare, *NOW, *SINCE, *ALT)
        assert not re.search("zufällig|Vertrauen|nachweisbar", text), text


@pytest.mark.slow
@often
@given(views())
def test_alt_texts_are_short_and_whole(view):
    for make in ALT:
        text = make(view)
        assert 20 < len(text) <= alttext.LIMIT, (len(text), text)
        assert text.endswith((".", "…")) and "\n" not in text


@pytest.mark.slow
@often
@given(views(naming=st.sampled_from(["Nord", "Sozialraum 4", "Westliche Höhe"])))
def test_alt_texts_name_the_range_the_municipality_and_what_is_missing(view):
    for make in (alttext.of_map, alttext.of_bars):
        text = make(view)
        if view.published:
            for row in (low[0] for low in sentences.extremes(view)):
                assert view.text(row.wert) in text, text
        whole = view.total
        value = view.text(whole.wert) if whole.ok else status_text(whole.status)
        assert f"{view.place.name} insgesamt {value}." in text
        missing = sum(not row.ok for row in view.areas)
        assert ("hne Wert" in text) == bool(missing), text
        if any(row.klasse for row in view.published):
            assert "übrigen Kommune" in text or len(text) > 200, text


def test_alt_texts_with_too_little_room_tell_numbers_before_how_many_differ():
    head, total, bounds = "Karte: " + "k" * 80, "Lemgo: " + "l" * 70, "Werte von " + "w" * 50
    differing = "Gegenüber " + "g" * 200, "Gegenüber " + "g" * 90
    gaps = "Ohne Wert: 21 aus Gründen der Geheimhaltung nicht gezeigt.", "21 ohne Wert."
    text = alttext._fit([head], differing, total, bounds, "Zum Vergleich: " + "v" * 30, gaps=gaps)
    assert text.startswith(f"{head} {total} {bounds}") and text.endswith(gaps[1])
    with_room = alttext._fit([head[:40]], differing, total, bounds, "v" * 60, gaps=gaps)
    assert with_room == " ".join((head[:40], differing[1], total, bounds, gaps[1]))


@pytest.mark.slow
@often
@given(views())
def test_alt_texts_never_leave_out_that_values_are_missing(view):
    for make in (alttext.of_map, alttext.of_bars):
        assert ("hne Wert" in make(view)) >= any(not row.ok for row in view.areas)
    gone = [
        raum for raum, _ in view.area_names for y in view.years_with() if not view.row(raum, y).ok
    ]
    text = alttext.of_series(view)
    assert not gone or re.search(r"(\d Werte fehlen|Ein Wert fehlt)\.$", text), text


@pytest.mark.slow
@often
@given(views(naming=st.sampled_from(["Nord", "Sozialraum 4"])))
def test_alt_texts_of_series_tell_course_range_and_trend(view):
    text, own = alttext.of_series(view), view.years_with("gesamt")
    if own:
        for year in (own[0], own[-1]):
            value = view.text(view.row("gesamt", year).wert)
            assert f"{value} ({view.short_years(year)})" in text, text
    trend = view.trends.get("gesamt")
    if own and trend and trend.richtung in ("steigend", "fallend"):
        assert f"Trend: {trend.richtung}." in text
    known = [view.row(raum, y).wert for raum, _ in view.area_names for y in view.years]
    known = [value for value in known if value is not None]
    for value in (min(known), max(known)) if known else ():
        assert view.number(value) in text or len(text) > 220, text
    assert ("Kleine Liniendiagramme" in text) == (len(view.area_names) > 8)


@pytest.mark.slow
@often
@given(views(), st.sampled_from(STATES[3:]))
def test_what_is_not_published_has_no_number(sicht, status):
    hidden = view([7.123456] * 3, states=dict.fromkeys(range(3), status), total=None)
    text = text_of(hidden, *NOW, *SINCE, *ALT)
    named = "für einzelne Sozialräume" if hidden.whole_only else "für die Sozialräume"
    assert "7,1" not in text and named in text.replace("Für", "für")


def test_stigma_has_no_word():
    """In no piece of text that a sentence may be made of."""
    for path in sorted(Path(sentences.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not re.search(STIGMA, node.value), (path.name, node.lineno)


@pytest.mark.parametrize("n", range(1, 91))
@pytest.mark.parametrize("ort", [LEMGO, LIPPE, DETMOLD, BEZIRKE], ids=lambda ort: ort.gender)
def test_any_number_of_areas_is_counted_in_its_gender(n, ort):
    places = [f"{ort.level} {chr(65 + i % 26)}{i}x" for i in range(n)]
    values = [float(i) for i in range(n)]
    for turn in range(3):
        sicht = view(values, ort=ort, names=places, classes=["wie"] * n, turn=turn)
        text = text_of(sicht, *NOW)
        singular = "keiner der" if ort.gender == "f" else "keinem der"
        assert (singular in text) == (n > 1), text
        wrong = "keinem der" if ort.gender == "f" else "keiner der"
        assert wrong not in text
        number = {1: "", 2: "beiden ", 3: "drei ", 12: "zwölf ", 13: "13 ", 86: "86 "}.get(n, "")
        assert number in text and "zwei " not in text.replace("Zweifel", "")
        assert n > MAX_NAMES or all(
            name.split()[-1] in text for name in (places[0], places[-1]) if n > 1
        )


def test_neighbouring_sections_do_not_repeat_one_shape():
    for make, changed in (
        (sentences.situation, 3),
        (sentences.lowest_and_highest, 3),
        (sentences.differences, 3),
    ):
        texts = {
            plain(make(view([20.0, 5.0], classes=["ueber", "wie"], turn=turn))) for turn in range(3)
        }
        assert len(texts) == changed
