"""Status and dynamics as chapters show them."""

import numpy as np
import pytest

from spm.presentation.synthesis.statusblock import status_block
from spm.synthesis.status import DYNAMIK, STATUS, cross_table
from tests.synthesis_sample import YEAR, municipality, standing

MOVED = [(3, 1.2), (10, -1.2)]


@pytest.fixture(scope="module")
def forty():
    """Forty areas, of which one became more burdened and one less."""
    return municipality(40, moved=MOVED)


def test_four_by_three(forty):
    made = standing(*forty)
    table = cross_table(made.classes, made.course)
    assert table.sum() == 40
    assert made.course[3] == "negativ"
    assert made.course[10] == "positiv"
    block = status_block(made)
    head = next(line for line in block.markdown.splitlines() if "Dynamik positiv" in line)
    assert [cell.strip() for cell in head.strip("|").split("|")][1:] == [
        f"Dynamik {way}" for way in DYNAMIK
    ]
    first = [line.split("|")[1].strip() for line in block.markdown.splitlines() if "|" in line]
    assert first[first.index("Status") + 2 :][:4] == list(STATUS)
    assert block.text.count("Stadtteil 4\t") == 1


def test_index_has_the_scale_that_its_classes_ask_for(forty):
    made = standing(*forty)
    assert np.std(made.index) == pytest.approx(1)
    assert np.mean(made.index) == pytest.approx(0, abs=1e-9)
    for value, level in zip(made.index, made.classes, strict=True):
        printed = round(float(value), 2)
        assert level == (
            "hoch"
            if printed < -1
            else "mittel"
            if printed <= 1
            else "niedrig"
            if printed <= 1.5
            else "sehr niedrig"
        )
    for level, (first, last) in zip(made.classes, made.spans, strict=True):
        assert STATUS.index(first) <= STATUS.index(level) <= STATUS.index(last)


def test_only_what_the_test_of_the_report_bears_out_counts_as_changed():
    """Where nothing changed, sums of changes lie outside their limits all the same."""
    made = standing(*municipality(40))
    assert set(made.computed) == set(DYNAMIK)
    assert set(made.course) == {"stabil"}
    text = status_block(made).text
    assert "steht dort „stabil“" in text


def test_what_cannot_tell_a_change_is_left_out_of_it(forty):
    made = standing(*municipality(12, breaks=["armut"], hidden=[("kita", "2", YEAR - 2)]))
    assert len(made.choice.views) == 7
    assert [(one.view.indicator.id, one.reason) for one in made.moving.left_out] == [
        ("armut", "zwischen beiden Jahren anders erhoben"),
        ("kita", "nicht für beide Jahre veröffentlicht"),
    ]
    assert "Kennzahlen der Dynamik" in status_block(made).text


def test_without_earlier_values_there_is_the_status_alone():
    made = standing(*municipality(12, hidden=[(None, "2", YEAR - 2)]))
    block = status_block(made)
    assert made.course == []
    assert "lässt sich daraus nicht in allen Stadtteilen bilden" in block.text
    assert "Dynamik positiv" not in block.text


def test_own_indicators_and_years():
    made = standing(*municipality(12), kennzahlen=["armut", "deutsch"], jahre=4)
    assert [view.indicator.id for view in made.choice.views] == ["armut", "deutsch"]
    assert made.earlier == YEAR - 4


def test_fewer_than_ten_areas_have_no_classes():
    block = status_block(standing(*municipality(9)))
    assert "mindestens zehn eingeordneten Stadtteilen" in block.text
    assert "neun" in block.text
    assert "tbl-" not in block.markdown


def test_nothing_published_for_all_areas_is_one_sentence():
    block = status_block(standing(*municipality(12, hidden=[(None, "2", YEAR)])))
    assert "tbl-" not in block.markdown
    assert "nicht überall veröffentlicht" in block.text


def test_of_very_many_areas_the_middle_is_left_out():
    made = standing(*municipality(60, moved=MOVED))
    text = status_block(made).text
    assert "ohne Stadtteile mit mittlerem Status und stabiler Dynamik" in text
    rows = [line.split("\t") for line in text.splitlines() if line.startswith("Stadtteil ")]
    rows = [row for row in rows if len(row) == 6 and row[0] != "Stadtteil"]
    assert 0 < len(rows) < 60
    assert all((row[2], row[5]) != ("mittel", "stabil") for row in rows)
