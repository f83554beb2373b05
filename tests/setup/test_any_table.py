"""Whatever a table holds: no error, and what is written can be read as a params file."""

import random

import pytest
import yaml

from spm.config import yamltext
from spm.config.delivery import Lieferung
from spm.setup.assembling import _series
from spm.setup.contradicting import without_contradictions
from spm.setup.folder import RawTable
from spm.setup.headers import layout
from spm.setup.joining import joined, once
from spm.setup.known import Known
from spm.setup.leftover import left_over
from spm.setup.proposal import Proposal
from spm.setup.tables import propose
from spm.setup.writing import deliveries
from tests.setup.example import AREAS

HEADINGS = [
    "Stadtteil", "Raum: Nr", "Jahr", "Stichtag", "Alter", "Altersgruppe von", "Altersgruppe bis",
    "Geschlecht", "Staatsangehörigkeit", "Anzahl", "Wert", "Einwohner", "EW_0_U3", "EW 65+", "",
    "Quote in %", "Lebendgeborene", "2020", "2021", "2019/20", "31.12.2020 | 1 Kind", "# Kinder",
    "BG insgesamt", "darunter: Alleinerziehende", "- offen", "'x'", "[a, b]", "{c}", "a: b", "&x",
    "*y", "Hilfeart", "Angabe", "Einwohner, davon weiblich", "Bemerkung \"alt\"", "Tabelle",
]  # fmt: skip
TEXTS = [
    ["1", "2", "3"], ["Altstadt", "Neustadt", "Hafen", "Insgesamt"], ["SR 1", "SR 2", "SR 3", ""],
    ["2020", "2021"], ["31.12.2020", "31.12.2021"], ["Dezember 2020", "Juni 2020"],
    ["2019/20", "2020/21"], ["unter 3", "3 bis unter 6", "65 und älter"], ["u3", "65plus"],
    ["männlich", "weiblich", "insgesamt"], ["deutsch", "Ausländer"], ["12", "7", "1.234", "*"],
    ["4,5", "7,25"], ["12.0", "7.0"], ["-", ".", "9"], ["x", "/", "3"], ["", "", "5"],
    ["ambulant", "stationär"], ["Geburten", "Zuzüge"], ["ja", "nein"], ["Einwohner nach Alter",
    "Einwohner nach Geschlecht"], ["0", "17"], ["A1", "A2", "A3", "A4"], ["«»", "a: b", "# c"],
]  # fmt: skip
TITLES = ["Einwohnerbestand nach Stadtteilen", "Hilfen zur Erziehung", "Stand: 31.12.2021", "",
          "Bedarfsgemeinschaften (BG)", "Betreute Kinder unter 3 Jahren"]  # fmt: skip


def some_table(draw: random.Random, number: int) -> RawTable:
    """A table of columns that do not have to fit."""
    width = draw.randint(1, 7)
    columns = [draw.choice(TEXTS) for _ in range(width)]
    rows = [[draw.choice(TITLES)] for _ in range(draw.randint(0, 2))]
    rows += [draw.choices(HEADINGS, k=width) for _ in range(draw.randint(1, 2))]
    rows += [[draw.choice(texts) for texts in columns] for _ in range(draw.randint(0, 14))]
    rows += [["Quelle: Amt"]] if draw.random() < 0.3 else []
    name = draw.choice(
        [f"t{number}.csv", f"einwohner_{2018 + number % 4}.csv", f"a b{number}.xlsx"]
    )
    return RawTable(name, draw.choice(["", "2020", "Blatt: 1"]), rows, typed=name.endswith("x"))


@pytest.mark.parametrize("seed", range(40))
def test_no_error_and_a_file_that_can_be_read(seed, tmp_path):
    draw = random.Random(seed)
    known = Known(areas=AREAS, place="Musterstadt")
    tables: list[Proposal] = []
    for number in range(12):
        cut = layout(some_table(draw, number))
        tables += propose(cut, known) if cut else []
    tables = once(joined(tables))
    without_contradictions(tables)
    _series(tables)
    written = tmp_path / "any.yml"
    written.write_text("\n".join(["lieferungen:", *deliveries(tables)]), encoding="utf-8")
    read = yamltext.load(written, "Datei")[0].get("lieferungen") or {}
    placed = [one for one in tables if one.placed]
    assert sum(len(own["tabellen"]) for own in read.values()) == len(placed)
    for own in read.values():
        Lieferung.model_validate(own)
    for line in left_over(tables):
        assert line.startswith("  #")


def test_commented_lines_are_yaml_too():
    draw = random.Random(7)
    known = Known(areas=AREAS, place="Musterstadt")
    tables: list[Proposal] = []
    for number in range(60):
        cut = layout(some_table(draw, number))
        tables += propose(cut, known) if cut else []
    left = left_over(tables)
    text = "\n".join(line.removeprefix("  #   ") for line in left if line.startswith("  #   "))
    assert yaml.load(text, yaml.BaseLoader)
