"""How much is placed right in real folders: at least 70 % of the columns, under 2 % wrong."""

import pytest

from tests.conftest import ROOT, SHARED
from tests.setup.places import PLACES
from tests.setup.score import RIGHT, WRONG

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("place", PLACES, ids=lambda p: p.name)
def test_columns_placed_right(place, request):
    if not place.folder.startswith("data/raw/"):
        request.getfixturevalue("shared")
    found = place.score(ROOT, SHARED)
    wrong = [column for column, verdict, _, _ in found.columns if verdict == WRONG]
    assert found.share(RIGHT) >= 70, found.counted
    assert found.share(WRONG) < 2, wrong
