"""Domains and index as chapters show them."""

import re
from dataclasses import replace

import numpy as np
import pytest

from spm.config.composite import Index
from spm.config.synthesis import Synthese
from spm.presentation import judging
from spm.presentation.blocks import Block
from spm.presentation.synthesis import overall
from spm.presentation.synthesis.composing import class_of, domain_block, index_block
from spm.presentation.synthesis.overall import Gesamtbild
from tests.presentation_sample import NASTY
from tests.synthesis_sample import YEAR, YEARS, index_of, municipality

pytestmark = pytest.mark.slow


def plain(block):
    """The text of a block with plain blanks."""
    return block.text.replace("\u00a0", " ")


def cells(block):
    """The cells of a table by area."""
    lines = [line for line in block.markdown.splitlines() if line.startswith("| Stadtteil ")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0]: row[1:] for row in rows if row[0] != "Stadtteil"}


@pytest.fixture(scope="module")
def seven():
    """A municipality of seven areas."""
    return municipality(7, seed=3)


@pytest.fixture(scope="module")
def forty():
    """A municipality of forty areas."""
    return municipality(40)


def test_domains_first_then_the_index(seven, tmp_path):
    made = index_of(*seven)
    assert made.names == ["Ökonomie", "Integration/Sprache", "Gesundheit", "Bildung"]
    domains, index = domain_block(made, tmp_path), index_block(made, tmp_path)
    assert "#fig-gesamtbild-themenfelder" in domains.markdown
    assert "Vier Themenfelder fassen sieben Kennzahlen zusammen." in domains.markdown
    head = next(line for line in index.markdown.splitlines() if line.startswith("| Stadtteil |"))
    assert head == "| Stadtteil | Ökonomie | Integration/Sprache | Gesundheit | Bildung | Index |"
    assert list(cells(index)) == [f"Stadtteil {i}" for i in range(1, 8)]
    for name in ("gesamtbild-themenfelder", "gesamtbild-index"):
        assert (tmp_path / f"{name}.svg").is_file()
        assert (tmp_path / f"{name}-schmal.svg").is_file()


def test_fewer_than_ten_areas_have_an_order_and_no_classes(seven, forty, tmp_path):
    few = plain(index_block(index_of(*seven), tmp_path))
    assert "Klassen wie „hoch“ oder „niedrig“ gibt es erst ab zehn Stadtteilen." in few
    assert "Standardabweichungen vom Mittel: niedrig" not in few
    many = index_block(index_of(*forty), tmp_path)
    assert "Klassen wie" not in many.text
    assert {row[-1] for row in cells(many).values()} <= {"niedrig", "mittel", "hoch", "sehr hoch"}


def test_a_class_never_contradicts_its_number():
    printed = {1.004: "mittel", 1.005: "hoch", 1.504: "hoch", 1.51: "sehr hoch"}
    printed |= {-1.004: "mittel", -1.006: "niedrig", 0.0: "mittel"}
    assert {value: class_of(value) for value in printed} == printed


def test_words_colours_and_spans_say_the_same(forty, tmp_path):
    made = index_of(*forty)
    quarter = made.quarter
    for column in (*range(4), -1):
        for i, name in enumerate(made.judged(column)):
            first, last = made.ranges.first[column, i], made.ranges.last[column, i]
            assert first <= made.places[column, i] <= last
            if name == judging.UNGUENSTIG:
                assert last <= quarter
            if name == judging.GUENSTIG:
                assert first > made.n - quarter
    assert judging.UNGUENSTIG in made.judged(-1)
    found = cells(index_block(made, tmp_path))
    for (_, name), judged in zip(made.choice.areas, made.judged(-1), strict=True):
        sign = judging.SIGNS[judged] if judged else ""
        assert (f"{{.{judged}}}" in found[name][4]) == bool(judged)
        assert found[name][4].strip("[]").split("]")[0].endswith(sign)


def test_a_suppressed_indicator_is_left_out_and_named(tmp_path):
    made = index_of(*municipality(12, hidden=[("gewicht", "5", YEAR)]))
    assert [view.indicator.id for view in made.views] == [
        *("armut", "arbeit", "deutsch", "impfung", "kita", "abschluss")
    ]
    text = domain_block(made, tmp_path).text
    assert "weil nicht überall veröffentlicht: „Kennzahl gewicht“." in text


def test_a_domain_without_any_indicator_is_named(tmp_path):
    hidden = [("gewicht", "5", YEAR), ("impfung", "1", YEAR)]
    made = index_of(*municipality(12, hidden=hidden))
    assert made.empty == ("Gesundheit", "Umwelt/Wohnen")
    text = domain_block(made, tmp_path).text
    assert "Ohne Kennzahl bleiben die Themenfelder „Gesundheit“ und „Umwelt/Wohnen“." in text


def test_nothing_depends_on_a_number_that_is_not_published(tmp_path):
    """Numbers that a suppressed row should not have, but has, change no byte."""
    told = []
    for factor in (1.0, 3.0):
        views, place = municipality(12, hidden=[("gewicht", "5", YEAR)])
        at = next(i for i, view in enumerate(views) if view.indicator.id == "gewicht")
        rows = dict(views[at].rows)
        row = rows["5", YEAR]._replace(zaehler=7.0 * factor, nenner=70.0, wert=10.0 * factor)
        rows["5", YEAR] = row
        views[at] = replace(views[at], rows=rows)
        made = index_of(views, place)
        told.append(domain_block(made, tmp_path).markdown + index_block(made, tmp_path).markdown)
        told[-1] += (tmp_path / "gesamtbild-index.svg").read_text(encoding="utf-8")
    assert told[0] == told[1]


def test_the_same_rows_give_the_same_bytes(seven, tmp_path):
    made = [index_block(index_of(*seven), tmp_path).markdown for _ in range(2)]
    assert made[0] == made[1]


def test_areas_with_few_people_are_not_placed(tmp_path):
    views, place = municipality(12, hidden=[("gewicht", "5", YEAR)])
    people = {raum: views[0].row(raum).shown for raum, _ in views[0].area_names}
    rows = dict(views[0].rows)
    rows["5", YEAR] = rows["5", YEAR]._replace(wert=120.0)
    views[0] = replace(views[0], rows=rows)
    made = index_of(views, place, mindestbevoelkerung=int(min(people.values())))
    assert made.choice.small == (("5", "Stadtteil 5"),)
    assert len(made.views) == 7  # what is missing for that area alone enters
    text = plain(domain_block(made, tmp_path))
    assert "Wegen zu kleiner Bevölkerung nicht eingeordnet: Stadtteil 5." in text
    assert "Stadtteil 5" not in cells(index_block(made, tmp_path))


def test_an_area_whose_number_of_people_is_suppressed_is_not_placed():
    views, place = municipality(12, hidden=[("einwohner", "3", YEAR)])
    made = index_of(views, place, mindestbevoelkerung=1)
    assert made.choice.small == (("3", "Stadtteil 3"),)


def test_the_progress_of_all_against_a_base_year(tmp_path):
    worse = index_of(*municipality(15, drift=0.1), basisjahr=YEARS[0])
    text = index_block(worse, tmp_path).text
    assert f"Mittel und Streuung sind die des Jahres {YEARS[0]}." in text
    assert "die Belastung ist insgesamt gestiegen" in text
    same = index_block(index_of(*municipality(15), basisjahr=YEARS[0]), tmp_path).text
    assert "ob sie sich verändert hat, ist nicht nachweisbar" in same
    assert "Mittel und Streuung" not in index_block(index_of(*municipality(15)), tmp_path).text


def test_what_was_counted_otherwise_in_the_base_year_is_left_out():
    made = index_of(*municipality(12, breaks=["armut"]), basisjahr=YEARS[0])
    assert [(one.view.indicator.id, one.reason) for one in made.choice.left_out] == [
        ("armut", "zwischen beiden Jahren anders erhoben")
    ]
    hidden = [("kita", "1", YEARS[0])]
    made = index_of(*municipality(12, hidden=hidden), basisjahr=YEARS[0])
    assert [one.reason for one in made.choice.left_out] == ["nicht für beide Jahre veröffentlicht"]


def test_domains_are_told_from_those_of_the_table(seven, tmp_path):
    made = index_of(*seven)
    fields = {"Bildung": 5, "Familie": 2}
    text = plain(domain_block(made, tmp_path, fields))
    assert "Das Themenfeld „Bildung“ besteht hier aus zwei Kennzahlen, der Bereich" in text
    assert "Themenfelder sind nicht die Bereiche" in plain(domain_block(made, tmp_path, {"X": 1}))
    assert "Themenfelder sind nicht" not in plain(domain_block(made, tmp_path))


@pytest.mark.parametrize("n", [4, 7, 40])
def test_places_are_counted_not_called_quarters(n, tmp_path):
    made = index_of(*municipality(n, seed=3, moved=[(0, 3.0)], tested=True))
    text = plain(domain_block(made, tmp_path)) + plain(index_block(made, tmp_path))
    assert "Viertel" not in text and "Ziehung" not in text and "Gebiet" not in text
    assert "1.000 Zufallsfälle durchgespielt" in text
    svg = (tmp_path / "gesamtbild-index.svg").read_text(encoding="utf-8")
    assert "Viertel" not in svg and "Ziehung" not in svg
    ends = {4: "an die Stelle", 7: "zu den zwei Stadtteilen", 40: "zu den zehn Stadtteilen"}[n]
    assert f"{ends} mit der höchsten" in text


def test_own_domains_and_weights(seven, tmp_path):
    domains = {"Geld": ["armut"], "Rest": ["kita", "gewicht"]}
    made = index_of(*seven, domaenen=domains, gewichte={"Geld": 3.0})
    assert made.names == ["Geld", "Rest"]
    expected = (3 * made.scores.domains[0] + made.scores.domains[1]) / 4
    assert made.scores.index == pytest.approx(expected)
    assert "gewichtet (Gewichte: Geld 3, Rest 1)" in index_block(made, tmp_path).text


def test_one_domain_is_no_index(seven, tmp_path):
    made = index_of(*seven, domaenen={"Geld": ["armut"]})
    assert domain_block(made, tmp_path)
    assert not index_block(made, tmp_path)


def test_too_few_areas_or_no_indicator_are_one_sentence(tmp_path):
    few = index_of(*municipality(3))
    assert "mindestens vier" in domain_block(few, tmp_path).text
    assert not index_block(few, tmp_path)
    none = index_of(*municipality(12, hidden=[(None, "1", None)]))
    assert "keine Kennzahl" in domain_block(none, tmp_path).text
    assert not index_block(none, tmp_path)


def test_the_order_of_areas_changes_nothing(tmp_path):
    views, place = municipality(12, seed=5)
    turned = [replace(view, area_names=view.area_names[::-1]) for view in views]
    first, second = (cells(index_block(index_of(v, place), tmp_path)) for v in (views, turned))
    assert first == second
    assert list(first) == list(second)[::-1]


def test_names_from_data_stay_text(tmp_path):
    made = index_of(*municipality(len(NASTY), names=NASTY))
    source = index_block(made, tmp_path).markdown + domain_block(made, tmp_path).markdown
    source = re.sub(r'fig-alt=".*?(?<!\\)"', "", source)  # an attribute is text anyway
    assert "<script>" not in source
    assert "A|B" not in source


def test_off_means_that_nothing_is_computed(seven, monkeypatch, tmp_path):
    def never(*_):
        raise AssertionError

    monkeypatch.setattr(overall, "composite_of", never)
    views, place = seven
    picture = Gesamtbild([], views, place, Synthese(), folder=tmp_path)
    for block in (picture.domaenen(), picture.index(), picture.status()):
        assert isinstance(block, Block)
        assert not block
    assert not list(tmp_path.iterdir())


def test_the_chapter_shows_them(seven, tmp_path):
    views, place = seven
    picture = Gesamtbild([], views, place, Synthese(index="ja", status="ja"), folder=tmp_path)
    assert picture.domaenen().markdown.startswith("## Themenfelder im Profil {.unnumbered}")
    assert picture.index().markdown.startswith("## Index der Themenfelder")
    assert "mindestens zehn" in picture.status().text


@pytest.mark.slow
def test_without_true_differences_hardly_any_report_names_an_area():
    """Spans alone would name an area in every fourth of them: see `Composite.judged`."""
    named = spans = 0
    for seed in range(20):
        made = index_of(*municipality(40, spread=0.0, seed=seed, tested=True))
        named += any(made.judged(-1))
        spans += any(inside[-1].any() for inside in made.ranges.within(made.quarter))
    assert named <= 1
    assert spans >= 4


def test_an_area_burdened_everywhere_is_named():
    found = 0
    for seed in range(10):
        views, place = municipality(12, spread=0.1, seed=seed, moved=[(4, 1.0)], tested=True)
        found += index_of(views, place).judged(-1)[4] == judging.UNGUENSTIG
    assert found >= 9


def test_no_sign_of_a_league_table(forty, tmp_path):
    text = index_block(index_of(*forty), tmp_path).text
    assert not re.search(r"\bRang\b|Platz|Schlusslicht|Brennpunkt", text)
    assert np.all(np.diff([int(name.split()[1]) for name in cells_in_order(text)]) > 0)


def cells_in_order(text):
    """Names of the rows of a table, from a terminal."""
    return [line.split("\t")[0] for line in text.splitlines() if re.match(r"Stadtteil \d+\t", line)]


def test_settings_in_one_word():
    assert Synthese(index="ja").index == Index()
    assert Synthese(index="nein").index is None
