"""The texts of the notebooks are true in every Land and for every municipality."""

import re

import nbformat
import pytest

from tests.conftest import ROOT

PLACES = (
    "Baden-Württemberg|Bayern|Berlin|Brandenburg|Bremen|Hamburg|Hessen|Mecklenburg|Niedersachsen|"
    "Nordrhein-Westfalen|NRW|Rheinland-Pfalz|Saarland|Sachsen|Schleswig-Holstein|Thüringen"
)
OF_ONE_LAND = "SOPESS|KiBiz|SchulG|AO-GS"
MADE_UP = "Pilotkommune|Musterstadt"


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda p: p.stem)
def test_no_text_is_true_of_one_land_only(path):
    cells = nbformat.read(path, as_version=4).cells
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    found = re.findall(rf"\b(?:{PLACES}|{OF_ONE_LAND}|{MADE_UP})\b", " ".join(texts))
    assert not found
