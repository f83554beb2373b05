"""Cases of `shared/cases` that are about the areas."""

import pytest

from spm.errors import SpmError
from tests.cases_example import case, checked


@pytest.mark.parametrize(
    ("name", "told"), [("achsen-grad", "x und y sind vertauscht"), ("zonenkennung", "EPSG:4647")]
)
def test_areas_outside_of_germany_are_refused(shared, tmp_path, name, told):
    with pytest.raises(SpmError) as caught:
        checked(case(shared, tmp_path, name))
    assert told in caught.value.tun


def test_overlapping_areas_are_a_note(shared, tmp_path):
    (note,) = checked(case(shared, tmp_path, "flaechen-ueberlappen")).findings
    assert note.schwere == "Hinweis"
    assert "«1» und «2» überschneiden sich" in note.was
    assert "100 %" in note.was


def test_a_shapefile_in_utf8_without_cpg(shared, tmp_path):
    done = checked(case(shared, tmp_path, "shp-utf8-ohne-cpg"))
    assert list(done.areas["name"]) == ["Grünau", "Süd", "Größe", "Ährenhof"]
    assert done.findings == []
