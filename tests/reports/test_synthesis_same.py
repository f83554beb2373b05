"""What all numbers mean together is made of published rows alone: true numbers behind suppressed
ones change nothing of it, and would if anything looked at them."""

import inspect
from contextlib import chdir

import pandas as pd
import pytest

from spm import Report
from spm.presentation.blocks import Block
from spm.presentation.views import AreaRow
from spm.published import GESPERRT, NUMBERS

CHANGED = 7.0
"""Added to suppressed numbers: what is made of them is another one then."""


@pytest.fixture(scope="module")
def params(demo):
    return demo / "params" / "pilotkommune.yml"


def with_true_numbers(report, more=0.0):
    """The report, its suppressed rows with the numbers that they would have, or others."""
    rows = report._published.copy()
    true = pd.read_parquet(report.params.processed / "indicators.parquet")
    gone = rows["status"].eq(GESPERRT).to_numpy()
    assert gone.sum() > 100 and true.loc[gone, "zaehler"].notna().any()
    rows.loc[gone, NUMBERS] = true.loc[gone, NUMBERS].to_numpy() + more
    report._published = rows
    return report


def shown(report, folder):
    """All blocks of both chapters as text, by call, and the figures that they write."""
    folder.mkdir()
    found = {}
    with chdir(folder):
        for name, chapter in (("gesamtbild", report.gesamtbild()), ("ziele", report.ziele())):
            calls = [n for n in dir(chapter) if not n.startswith("_")]
            for call in calls:
                method = getattr(chapter, call)
                if callable(method) and not inspect.signature(method).parameters:
                    block = method()
                    if isinstance(block, Block):
                        found[f"{name}.{call}"] = (block.markdown, block.text)
    files = {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    return found, files


def test_no_suppressed_number_changes_what_all_numbers_mean(params, tmp_path):
    expected, figures = shown(Report(params), tmp_path / "veröffentlicht")
    assert {
        f"gesamtbild.{part}"
        for part in ("index", "verteilung", "segregation", "gefaelle", "konzentration")
    } <= {call for call, (markdown, _) in expected.items() if markdown}
    assert expected["ziele.leitziele"][0] and figures
    for more in (0.0, CHANGED):
        found = shown(with_true_numbers(Report(params), more), tmp_path / f"andere-{more:g}")
        assert found == (expected, figures)


def test_a_synthesis_that_read_them_would_show(params, tmp_path, monkeypatch):
    """Once rows with any number pass for published ones, the chapters differ."""
    expected, _ = shown(Report(params), tmp_path / "veröffentlicht")
    monkeypatch.setattr(AreaRow, "ok", property(lambda row: row.wert is not None))
    unharmed, _ = shown(Report(params), tmp_path / "gleich")
    assert unharmed == expected
    found, _ = shown(with_true_numbers(Report(params)), tmp_path / "gelesen")
    red = {call for call in expected if found[call] != expected[call]}
    assert red >= {f"gesamtbild.{part}" for part in ("werte", "index", "domaenen", "gefaelle")}
