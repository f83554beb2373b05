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
        (frame({"2": BOW_TIE}), {}, "«Raum 2» (2) ist ungültig: der Umriss kreuzt sich"),
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


def outline(*corners):
    return Polygon([(X + x, Y + y) for x, y in corners])


TOUCHES = outline(
    (0, 0), (500, 0), (400, 100), (600, 100), (500, 0), (1000, 0), (1000, 1000), (0, 1000)
)  # fmt: skip
SPIKE = outline(
    (0, 0), (1000, 0), (1000, 1000), (0, 1000), (0, 500), (500, 500), (500, 0), (0, 0)
)  # fmt: skip
TWICE = outline(
    (0, 0), (1000, 0), (1000, 600), (400, 600), (400, 200), (600, 200), (600, 1000), (0, 1000)
)  # fmt: skip
"""A ring that touches itself in a point; one that goes to a corner and back; one that goes around a
part twice, of which nobody knows whether it belongs to the area."""


def test_an_outline_that_touches_itself_is_repaired_and_told(load):
    from spm.areas.fitting import notes_on

    assert not TOUCHES.is_valid
    areas = load(frame({"2": TOUCHES, "10": SQUARES["10"]}))
    assert areas.is_valid.all()
    assert areas.area[0] == pytest.approx(TOUCHES.area, rel=1e-9)
    (note,) = [one for one in notes_on(areas, "05766000") if "berichtigt" in one.was]
    assert "«Raum 2» (2): der Umriss berührt sich selbst (bei 480500 / 5750000)" in note.was
    assert not [one for one in notes_on(load(frame()), "05766000") if "berichtigt" in one.was]


def test_a_line_of_no_width_is_taken_off(load):
    assert not SPIKE.is_valid
    (shape, _) = load(frame({"2": SPIKE, "10": SQUARES["10"]})).geometry
    assert shape.is_valid and shape.geom_type == "Polygon"
    assert shape.area == pytest.approx(750_000)


@pytest.mark.parametrize("shape", [BOW_TIE, TWICE])
def test_an_outline_that_could_mean_several_areas_is_not_repaired(load, shape):
    assert not shape.is_valid
    with pytest.raises(SpmError, match="SPM berichtigt nur, was die Fläche nicht ändert"):
        load(frame({"2": shape, "10": SQUARES["10"]}))


def test_what_is_wrong_with_an_outline_is_told_in_german():
    from spm.areas.repairing import reason

    hole = [(X + 5000, Y), (X + 5100, Y), (X + 5100, Y + 100)]
    outside = Polygon(SQUARES["2"].exterior.coords, [hole])
    assert reason(outside).startswith("ein Loch liegt außerhalb der Fläche (bei ")


def test_the_stadtteile_of_koeln_are_repaired(shared, tmp_path):
    params = SimpleNamespace(
        raeume=Raeume(
            datei="Stadtteil.shp", schluessel="STT_NR", name="STT_NAME", crs="EPSG:25832"
        ),
        raw_file=lambda name: shared / "data/koeln/geo" / name,
        original=lambda path: path,
        path=tmp_path,
        kommune=SimpleNamespace(ags="05315000"),
    )
    areas = load_areas(params)
    assert len(areas) == 86 and areas.is_valid.all()
    assert areas.attrs["berichtigt"] == [
        "«Marienburg» (202): der Umriss berührt sich selbst (bei 2357379.2963 / 5641201.1448)"
    ]


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
