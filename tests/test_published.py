"""Published rows are what `spm.published` says, and its words stand nowhere else."""

import ast
from pathlib import Path

import pandas as pd
import pytest

from spm import published
from spm.errors import SpmError
from spm.release.publishedrows import check_development, check_published

FILE = Path("data/processed/muster/published.parquet")
EMPTY = {str: None, int: 0, float: float("nan"), bool: False}


def rows(**changes):
    """Two rows, the second suppressed; each column of a change as the list of its two values."""
    text = {name: ["x", "x"] for name, kind in published.COLUMNS.items() if kind is str}
    number = {"zaehler": [1.0, None], "wert": [2.0, None], "geglaettet": [2.0, None]}
    frame = pd.DataFrame({name: [EMPTY[kind]] * 2 for name, kind in published.COLUMNS.items()})
    given = {"gruppe": [None, None], "klasse": ["ueber", None], "status": ["ok", "gesperrt"]}
    return frame.assign(**(text | number | given | changes))


def test_rows_with_and_without_numbers_pass():
    check_published(rows(), FILE)


def test_rows_read_back_from_the_file_pass(tmp_path):
    rows().to_parquet(tmp_path / FILE.name)
    check_published(pd.read_parquet(tmp_path / FILE.name), FILE)


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("status", ["ok", "geheim"]),
        ("klasse", ["hoch", None]),
        ("jahr", ["2023", "2023"]),
        ("wert", ["2,0", None]),
        ("geschaetzt", [0, 1]),
        ("raum", ["1", None]),
    ],
)
def test_what_no_row_holds_is_refused(column, values):
    with pytest.raises(SpmError, match=f"«{column}» unmögliche"):
        check_published(rows(**{column: values}), FILE)


@pytest.mark.parametrize("column", ["zaehler", "ki_oben", "geglaettet"])
def test_a_number_of_a_suppressed_row_is_refused(column):
    with pytest.raises(SpmError, match=f"«{column}» gesperrte"):
        check_published(rows(**{column: [1.0, 1.0]}), FILE)


def test_a_class_of_a_suppressed_row_is_refused():
    with pytest.raises(SpmError, match="«klasse» gesperrte"):
        check_published(rows(klasse=["ueber", "wie"]), FILE)


def test_a_missing_column_is_named():
    with pytest.raises(SpmError, match="«einteilung»"):
        check_published(rows().drop(columns="einteilung"), FILE)


@pytest.mark.slow
def test_no_other_module_gives_the_words_a_name():
    """An assignment like ``GESPERRT = "gesperrt"`` elsewhere would be a second definition."""
    names = {n for n, value in vars(published).items() if n.isupper() and isinstance(value, str)}
    again = []
    source = Path(published.__file__).parent
    for path in sorted(source.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and path.name != "published.py":
                stored = [n for n in ast.walk(node) if isinstance(n, ast.Name)]
                found = {n.id for n in stored if isinstance(n.ctx, ast.Store)} & names
                again += [f"{path.relative_to(source)}: {name}" for name in sorted(found)]
    assert again == []


def developments(**changes):
    """A change and a trend as `spm.statistics.development` tells them."""
    columns = {
        name: [1.0, 1.0] for name, kind in published.DEVELOPMENT_COLUMNS.items() if kind is float
    }
    columns |= {"art": ["aenderung", "trend"], "kennzahl": ["quote"] * 2, "raum": ["1"] * 2}
    columns |= {"von": [2018] * 2, "bis": [2023] * 2, "richtung": ["gestiegen", "kein_trend"]}
    return pd.DataFrame(columns | {"n": [None, 6.0]} | changes).astype({"n": float})


def test_developments_are_what_changes_and_trends_can_say():
    check_development(developments(), FILE)
    check_development(developments().iloc[:0], FILE)


@pytest.mark.parametrize(
    ("column", "values", "said"),
    [
        ("art", ["aenderung", "Trend"], "«art»"),
        ("von", [2018.5, 2018.5], "«von»"),
        ("differenz", ["1", "2"], "«differenz»"),
        ("raum", ["1", None], "«raum»"),
        ("richtung", ["gestiegen", "gesunken"], "der Art «trend»"),
        ("richtung", ["kein_trend", "kein_trend"], "der Art «aenderung»"),
        ("art", ["trend", "trend"], "der Art «trend»"),
    ],
)
def test_a_development_that_nobody_can_tell_is_refused(column, values, said):
    with pytest.raises(SpmError, match=said):
        check_development(developments(**{column: values}), FILE)


def test_two_rows_that_tell_of_the_same_are_refused():
    rows = developments()
    with pytest.raises(SpmError, match="Zwei Entwicklungen"):
        check_development(pd.concat([rows, rows]), FILE)
