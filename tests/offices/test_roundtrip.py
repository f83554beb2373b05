"""A template that an office filled in gives the facts that its own files gave."""

import shutil

import pandas as pd
import pytest

from spm.config.params import load_params
from spm.facts import FACT_COLUMNS
from spm.offices.templates import write_templates
from spm.published import NICHT_GELIEFERT
from tests.offices.offices_example import (
    areas_of,
    copy_list,
    counts_of,
    facts_of,
    fill,
    project,
    with_templates,
)

pytestmark = pytest.mark.slow

LISTS = {
    "schuleingang": ("schuleingangsuntersuchung.xlsx", "Untersuchungen", 1),
    "angebote": ("angebote.xlsx", "Bestand", 1),
}
"""Lists of persons or cases: file, sheet and row of the headings."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    path = project(tmp_path_factory.mktemp("vorlagen"))
    params = load_params(path)
    facts, _ = facts_of(params)
    done = write_templates(params)
    areas = areas_of(params)
    names = dict(zip(areas["name"], areas["raum"], strict=True))
    raw = path.parents[1] / "data/raw/pilotkommune"
    counts, files = counts_of(facts), {}
    for office, template in done.files.items():
        sheets = done.sheets[office]
        target = raw / f"zurueck-{template.name}"
        shutil.copy(template, target)
        fill(target, sheets, counts, names)
        for sheet in sheets:
            files[sheet.delivery] = target.name
            if sheet.delivery in LISTS:
                name, blatt, head = LISTS[sheet.delivery]
                copy_list(target, sheet, raw / name, blatt, head)
    return path, facts, done, files


def comparable(facts: pd.DataFrame) -> pd.DataFrame:
    """Counts that were delivered, in one order."""
    own = facts[facts["status"] != NICHT_GELIEFERT]
    return own.sort_values(FACT_COLUMNS[:-1], na_position="first").reset_index(drop=True)


def test_every_delivery_of_the_demo_can_be_a_template(filled):
    path, _, done, files = filled
    assert done.refused == []
    assert set(files) == set(load_params(path).lieferungen)


def test_the_same_facts_come_back(filled):
    path, facts, _, files = filled
    params = with_templates(path, files)
    again, findings = facts_of(params)
    assert [f for f in findings if f.schwere == "Fehler"] == []
    pd.testing.assert_frame_equal(comparable(again), comparable(facts))


def test_what_was_read_is_kept_and_comes_back(filled, tmp_path):
    from spm.deliveries.kept import keep, load
    from spm.deliveries.pipeline import read_delivery

    path, _, _, files = filled
    params = with_templates(path, files)
    read = read_delivery("sgb2", params, areas_of(params))
    assert len(read) == 3
    keep(read, tmp_path)
    again = load(params.lieferungen["sgb2"].tabellen, tmp_path)
    assert [one.table for one in again] == [one.table for one in read]
    assert all(a.rows.equals(b.rows) for a, b in zip(again, read, strict=True))


def test_templates_are_the_same_bytes_each_time(filled, tmp_path_factory):
    _, _, done, _ = filled
    other = write_templates(load_params(project(tmp_path_factory.mktemp("noch"))))
    assert [p.read_bytes() for p in done.files.values()] == [
        p.read_bytes() for p in other.files.values()
    ]
