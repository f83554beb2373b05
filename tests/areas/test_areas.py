"""The areas: keys, names and polygons, and every way in which they can be wrong."""

from types import SimpleNamespace

import geopandas
import pytest
from shapely.geometry import Point, Polygon, box

from spm.areas.keys import natural
from spm.areas.today import load_areas
from spm.config.params import Raeume
from spm.errors import SpmError

X, Y = 480_000, 5_750_000
"""A place in Lippe, EPSG:25832."""

SQUARES = {"2": box(X, Y, X + 1000, Y + 1000), "10": box(X + 1000, Y, X + 2000, Y + 1000)}
BOW_TIE = Polygon([(X, Y), (X + 1000, Y + 1000), (X + 1000, Y), (X, Y + 1000)])


def frame(shapes=SQUARES, crs="EPSG:25832", **columns):
    data = {"raum_id": list(shapes), "name": [f"Raum {k}" for k in shapes]} | columns
    return geopandas.GeoDataFrame(data, geometry=list(shapes.values()), crs=crs)


@pytest.fixture
def load(tmp_path):
    def load(table, **section):
        path = tmp_path / "raeume.gpkg"
        if table is not None:
            table.to_file(path, layer="raeume")
        params = SimpleNamespace(
            raeume=Raeume.model_validate({"datei": path.name} | section),
            raw_file=lambda name: tmp_path / name,
            original=lambda path: path,
            path=tmp_path / "x.yml",
            kommune=SimpleNamespace(ags="05766000"),
        )
        return load_areas(params)

    return load


def test_areas_come_in_natural_order(load):
    areas = load(frame())
    assert list(areas["raum"]) == ["2", "10"]
    assert list(areas.columns) == ["raum", "name", "geometriename", "geometry"]
    assert areas.crs.to_epsg() == 25832


def test_other_systems_are_projected(load):
    areas = load(frame(crs="EPSG:25832").to_crs("EPSG:4326"))
    assert areas.area.sum() == pytest.approx(2_000_000, rel=1e-6)


def test_names_can_be_given_in_the_params_file(load):
    assert list(load(frame(), namen={"2": "Altstadt"})["name"]) == ["Altstadt", "Raum 10"]


def test_natural_order_of_mixed_keys():
    assert sorted(["b2", "a10", "10", "a2", "9"], key=natural) == ["a2", "a10", "b2", "9", "10"]


@pytest.mark.parametrize(
    ("table", "section", "expected"),
    [
        (None, {}, "fehlt"),
        (frame(), {"schluessel": "raumid"}, "«raum_id»"),
        (frame(), {"liste": ["2", "10", "11"]}, "in der Geometrie fehlt: 11"),
        (frame(), {"liste": ["2"]}, "zusätzlich: 10"),
        (frame(), {"namen": {"12": "X"}}, "unbekannten Raum «12»"),
        (frame(raum_id=["2", "2"]), {}, "steht zweimal"),
        (frame(raum_id=["2", None]), {}, "hat keinen Schlüssel"),
        (frame(raum_id=["2", "gesamt"]), {}, "reserviert"),
        (frame({"2": BOW_TIE}), {}, "ungültig: Self-intersection"),
        (frame({"2": None, "10": SQUARES["10"]}), {}, "keine Fläche"),
        (frame({"2": Point(0, 0)}), {}, "keine Fläche (Point)"),
        (frame(crs=None), {}, "kein Koordinatensystem"),
        (frame(crs=None), {"crs": "EPSG:1"}, "«EPSG:1» ist unbekannt"),
    ],
)
def test_wrong_geometry(load, table, section, expected):
    with pytest.raises(SpmError) as caught:
        load(table, **section)
    assert expected in str(caught.value)
    assert "raeume.gpkg" in str(caught.value) or "x.yml" in str(caught.value)


def test_a_missing_crs_can_be_given(load):
    assert load(frame(crs=None), crs="EPSG:25832").crs.to_epsg() == 25832


def test_a_file_that_is_no_geometry(load, tmp_path):
    (tmp_path / "raeume.gpkg").write_text("kein Geopackage")
    with pytest.raises(SpmError, match="nicht lesbar"):
        load(None)


def test_real_municipalities_and_the_one_invalid_polygon(shared, tmp_path):
    params = SimpleNamespace(
        raeume=Raeume(datei="gemeinden_nrw_epsg25832.geojson", schluessel="ags"),
        raw_file=lambda name: shared / "data/kreis-lippe-nrw" / name,
        original=lambda path: path,
        path=tmp_path,
        kommune=SimpleNamespace(ags="05766"),
    )
    with pytest.raises(SpmError, match="ungültig"):
        load_areas(params)
    own = params.raeume.model_copy(update={"nur": {"ags": ["05766*"]}})
    params.raeume = own  # the invalid polygon is another municipality's
    assert len(load_areas(params)) == 16
    lippe = params.raeume.model_copy(update={"datei": "gemeinden_lippe_epsg25832.geojson"})
    params.raeume = lippe
    areas = load_areas(params)
    assert len(areas) == 16
    assert all(len(k) == 8 and k.startswith("05766") for k in areas["raum"])
