"""Geometry from strangers: what names another file, a server or a program is refused unread."""

import json
import socket
import sqlite3
import zipfile

import pytest

from spm.areas.geometrysource import geometry_source
from spm.errors import SpmError
from tests.areas.test_geometry import NAMES, frame, load, refused, written

SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
FEATURE = {"type": "Feature", "properties": {"raum_id": "1"}, "geometry": SQUARE}


@pytest.fixture
def server():
    """An address of this computer that nobody may ask."""
    with socket.create_server(("127.0.0.1", 0)) as heard:
        heard.setblocking(False)
        yield f"http://127.0.0.1:{heard.getsockname()[1]}/wfs"
        with pytest.raises(BlockingIOError):
            heard.accept()


def collection(**members):
    return json.dumps({"type": "FeatureCollection", "features": [FEATURE]} | members)


DESCRIPTIONS = [
    "<OGRWFSDataSource><URL>{url}</URL></OGRWFSDataSource>",
    "<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/vsicurl/{url}</SrcDataSource>"
    "</OGRVRTLayer></OGRVRTDataSource>",
    "{url}",
    "WFS:{url}",
    "/vsicurl/{url}",
    '{{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read {url}"}}',
    '{{"type": "Topology", "objects": {{"a": "{url}"}}}}',
]


@pytest.mark.parametrize("name", ["raeume.geojson", "raeume.json", "raeume.gpkg", "raeume.shp"])
@pytest.mark.parametrize("text", DESCRIPTIONS, ids=range(len(DESCRIPTIONS)))
def test_a_description_of_a_server_is_no_geometry(tmp_path, server, name, text):
    path = tmp_path / name
    path.write_text(text.format(url=server), encoding="utf-8")
    for suffix in (".shx", ".dbf") if name.endswith("shp") else ():
        path.with_suffix(suffix).write_text(text.format(url=server), encoding="utf-8")
    assert "GeoJSON" in refused(path)


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "link", "properties": {"href": "{url}", "type": "proj4"}},
        {"type": "name", "properties": {"name": "{url}"}},
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:{url}"}},
        {"type": "name", "properties": {"name": "+proj=utm +nadgrids={url}"}},
        "{url}",
    ],
)
def test_a_system_of_coordinates_is_a_number(tmp_path, server, crs):
    path = tmp_path / "raeume.geojson"
    path.write_text(collection(crs=crs).replace("{url}", server), encoding="utf-8")
    assert "EPSG-Nummer" in refused(path)


@pytest.mark.parametrize(
    "name",
    ["EPSG:25832", "urn:ogc:def:crs:EPSG::25832", "http://www.opengis.net/def/crs/EPSG/0/25832"],
)
def test_usual_ways_to_say_a_system_are_read(tmp_path, name):
    path = written(tmp_path, frame(), name="raeume.geojson")
    content = json.loads(path.read_text(encoding="utf-8"))
    content["crs"]["properties"]["name"] = name
    path.write_text(json.dumps(content), encoding="utf-8")
    assert list(load(path)["name"]) == NAMES


@pytest.mark.parametrize("name", ["raeume.vrt", "raeume.gml", "raeume.zip", "raeume.fgb"])
def test_no_other_format_is_read(tmp_path, name):
    (tmp_path / name).write_text("<a/>", encoding="utf-8")
    assert "keine Datei, die gelesen wird" in refused(tmp_path / name)


def test_a_packed_file_with_another_name_is_refused(tmp_path):
    path = tmp_path / "raeume.geojson"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("raeume.geojson", collection())
    assert "nicht" in refused(path)


@pytest.mark.parametrize(
    ("statements", "was"),
    [
        (["ALTER TABLE raeume RENAME TO a", "CREATE VIEW raeume AS SELECT * FROM a"], "Sicht"),
        (["ALTER TABLE raeume ADD b TEXT GENERATED ALWAYS AS (zeroblob(9))"], "berechnete"),
        (
            ["CREATE VIRTUAL TABLE b USING fts5(a)"],
            "liegt anderswo",
        ),
        (["DROP TABLE gpkg_contents"], "nicht lesbar"),
    ],
)
def test_programs_in_a_geopackage_are_refused(tmp_path, statements, was):
    path = written(tmp_path, frame())
    with sqlite3.connect(path) as database:
        for name, kind in database.execute(
            "SELECT name, type FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            database.execute(f'DROP {kind} "{name}"')
        for statement in statements:
            database.execute(statement)
    database.close()
    with pytest.raises(SpmError, match=was):
        geometry_source(path, None)


def test_a_geopackage_of_qgis_is_read_unless_changes_lie_beside_it(tmp_path):
    path = written(tmp_path, frame())
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA journal_mode = WAL")
    database.close()
    assert path.read_bytes()[18] == 2
    assert list(load(path)["name"]) == NAMES
    path.with_name("raeume.gpkg-wal").write_bytes(b"x" * 40)
    assert "geöffnet" in refused(path)


def test_parts_of_a_shapefile_do_not_lead_elsewhere(tmp_path):
    (tmp_path / "a").mkdir()
    path = written(tmp_path / "a", frame(), name="raeume.shp")
    dbf, prj = path.with_suffix(".dbf"), path.with_suffix(".prj")
    prj.write_bytes(prj.read_bytes().replace(b"PARAMETER", b"+nadgrids=/etc/x PARAMETER", 1))
    assert "grids" in refused(path)
    prj.unlink()
    content = dbf.read_bytes()
    dbf.write_bytes(content[:4] + b"\xff\xff\xff\x7f" + content[8:])  # two thousand million rows
    assert "nicht lesbar" in refused(path)
    dbf.rename(tmp_path / "b.dbf")
    dbf.symlink_to(tmp_path / "b.dbf")
    assert "außerhalb" in refused(path)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 3_000_000,
        collection(a=json.loads("[" * 100 + "]" * 100)),
        collection().replace('"1"', "9" * 5_000),
        collection(features=[FEATURE | {"properties": {str(n): n for n in range(5_000)}}]),
        '{"a": ' * 100_000,
    ],
    ids=["open", "deep", "digits", "columns", "objects"],
)
def test_geometry_that_would_not_end_is_refused(tmp_path, text):
    path = tmp_path / "raeume.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SpmError):
        geometry_source(path, None)
