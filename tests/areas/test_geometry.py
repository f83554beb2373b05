"""What a geometry file says else than its plain coordinates and texts: place, encoding, parts."""

import json
from types import SimpleNamespace

import geopandas
import pytest
from shapely import affinity
from shapely.geometry import box

from spm.areas.encoding import mended
from spm.areas.fitting import notes_on
from spm.areas.today import load_areas
from spm.config.params import Raeume
from spm.errors import SpmError

X, Y = 480_000, 5_750_000
"""A place in Lippe, EPSG:25832."""
NAMES = ["Grünau", "Süd", "Größe", "Ährenhof"]


def squares(*corners, size=1000):
    """Squares by their south-west corner in kilometres from (X, Y)."""
    return [box(X + 1000 * a, Y + 1000 * b, X + 1000 * a + size, Y + 1000 * b + size)
            for a, b in corners]  # fmt: skip


def frame(shapes=None, keys=None, **columns):
    shapes = shapes or squares((0, 0), (1, 0), (0, 1), (1, 1))
    keys = keys or [str(i) for i in range(1, len(shapes) + 1)]
    data = {"raum_id": keys, "name": NAMES[: len(shapes)]} | columns
    return geopandas.GeoDataFrame(data, geometry=shapes, crs="EPSG:25832")


def load(path, ags="05766000", **section):
    params = SimpleNamespace(
        raeume=Raeume.model_validate({"datei": path.name} | section),
        raw_file=lambda name: path.parent / name,
        original=lambda path: path,
        path=path.parent / "x.yml",
        kommune=SimpleNamespace(ags=ags),
    )
    return load_areas(params)


def refused(path, **section):
    with pytest.raises(SpmError) as caught:
        load(path, **section)
    return str(caught.value)


def written(tmp_path, table, crs=None, name="raeume.gpkg"):
    table = table.set_crs(crs, allow_override=True) if crs else table
    table.to_file(tmp_path / name)
    return tmp_path / name


def swapped(table):
    return table.set_geometry(
        [affinity.affine_transform(shape, [0, 1, 1, 0, 0, 0]) for shape in table.geometry]
    )


# ----------------------------------------------------------------------------------------- place


@pytest.mark.parametrize("true", ["EPSG:4326", "EPSG:25832", "EPSG:31467", "EPSG:3857"])
def test_swapped_axes_are_refused_and_named(tmp_path, true):
    table = swapped(frame().to_crs(true))
    message = refused(written(tmp_path, table, true))
    assert "nicht in Deutschland" in message
    assert "x und y sind vertauscht" in message


@pytest.mark.parametrize(
    ("true", "told"),
    [
        ("EPSG:4647", "EPSG:25832"),
        ("EPSG:31467", "EPSG:25832"),
        ("EPSG:31466", "EPSG:25832"),
        ("EPSG:3857", "EPSG:25832"),
        ("EPSG:25832", "EPSG:3857"),
        ("EPSG:5650", "EPSG:25833"),
    ],
)
def test_a_wrong_system_is_refused_and_the_right_one_named(tmp_path, true, told):
    path = written(tmp_path, frame().to_crs(true), told)
    message = refused(path)
    assert "nicht in Deutschland" in message
    assert f"Vermutlich: {true} (" in message
    areas = load(path, crs=true)  # the advice helps
    assert areas.total_bounds == pytest.approx([X, Y, X + 2000, Y + 2000], abs=3)


@pytest.mark.parametrize("true", ["EPSG:31467", "EPSG:3857", "EPSG:4647", "EPSG:25832"])
def test_a_file_without_a_system_gets_the_likely_one_named(tmp_path, true):
    table = frame().to_crs(true).set_crs(None, allow_override=True)
    table.to_file(tmp_path / "raeume.gpkg")
    message = refused(tmp_path / "raeume.gpkg")
    assert "kein Koordinatensystem" in message
    assert f"Vermutlich: {true} (" in message


def test_areas_in_another_land_than_the_key_says_are_a_note(tmp_path):
    path = written(tmp_path, frame(), "EPSG:25833")  # six degrees to the east
    areas = load(path)
    (note,) = notes_on(areas, "05766000")
    assert "nicht in Nordrhein-Westfalen" in note.was
    assert notes_on(areas.assign(geometry=frame().geometry), "05766000") == []


def test_areas_elsewhere_without_an_explanation_are_a_note(tmp_path):
    shapes = [box(1000 * i, 0, 1000 * i + 1000, 1000) for i in range(4)]
    (note,) = notes_on(load(written(tmp_path, frame(shapes))), "05766000")
    assert "liegen bei 4,53° Ost, 0,00° Nord, nicht in Deutschland" in note.was


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999"])
def test_coordinates_that_are_no_numbers_are_refused(tmp_path, number):
    path = written(tmp_path, frame(), name="raeume.geojson")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("480000.0", number), encoding="utf-8")
    assert "keine Zahlen" in refused(path)


# -------------------------------------------------------------------------------------- encoding


@pytest.mark.parametrize("said", [None, "UTF-8", "ISO-8859-1", "1252", "CP850", "Unsinn"])
def test_a_shapefile_in_utf8_is_read_so_whatever_is_said(tmp_path, said):
    path = written(tmp_path, frame(), name="raeume.shp")
    path.with_suffix(".cpg").unlink()
    if said:
        path.with_suffix(".cpg").write_text(said)
    assert list(load(path)["name"]) == NAMES


def shapefile_in(tmp_path, encoding, said):
    path = tmp_path / "raeume.shp"
    frame().to_file(path, encoding=encoding)
    path.with_suffix(".cpg").unlink()
    if said:
        path.with_suffix(".cpg").write_text(said)
    return path


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("cp1252", "UTF-8"), ("cp850", "UTF-8"), ("cp850", None), ("cp850", "ISO-8859-1"),
     ("cp850", "1252"), ("cp1252", "CP850")],
)  # fmt: skip
def test_a_lying_or_missing_cpg_is_refused_and_the_key_helps(tmp_path, encoding, said):
    path = shapefile_in(tmp_path, encoding, said)
    assert "raeume.zeichensatz" in refused(path)
    assert list(load(path, zeichensatz=encoding)["name"]) == NAMES


@pytest.mark.parametrize("said", [None, "ISO-8859-1", "1252", "Unsinn"])
def test_a_shapefile_of_windows_is_read(tmp_path, said):
    assert list(load(shapefile_in(tmp_path, "cp1252", said))["name"]) == NAMES


def test_a_name_that_its_column_cuts_off_inside_of_a_letter(tmp_path):
    path = written(tmp_path, frame(), name="raeume.shp")
    content = path.with_suffix(".dbf").read_bytes()
    path.with_suffix(".dbf").write_bytes(content.replace("Ährenhof".encode(), b"xAhrenho\xc3"))
    path.with_suffix(".cpg").unlink()
    with pytest.raises(SpmError, match="nicht in UTF-8"):
        load(path)  # never «AhrenhoÃ»


def test_geojson_in_latin1_needs_the_key(tmp_path):
    path = written(tmp_path, frame(), name="raeume.geojson")
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))
    assert "raeume.zeichensatz" in refused(path)
    assert list(load(path, zeichensatz="cp1252")["name"]) == NAMES


def test_names_encoded_twice_are_refused_in_any_format(tmp_path):
    twice = frame(name=[name.encode().decode("cp1252") for name in ["Grünau", "Süd", "A", "B"]])
    assert "gemeint ist wohl «Grünau»" in refused(written(tmp_path, twice))
    areas = load(tmp_path / "raeume.gpkg", namen={"1": "Grünau", "2": "Süd"})
    assert list(areas["name"])[:2] == ["Grünau", "Süd"]


@pytest.mark.parametrize("text", ["Grünau", "Saarbrücken-Málstatt", "Ærø", "St. Jürgen (Süd)", "Œ"])
def test_right_names_are_left_alone(text):
    assert mended(text) is None


# ------------------------------------------------------------------------------- overlaps, gaps


def test_an_area_within_another_is_a_note(tmp_path):
    shapes = [*squares((0, 0)), box(X, Y, X + 1100, Y + 1000), *squares((0, 1), (1, 1))]
    (note,) = notes_on(load(written(tmp_path, frame(shapes))), "05766000")
    assert "«1» und «2» überschneiden sich" in note.was
    assert "100 %" in note.was


def test_small_overlaps_are_drawing_and_larger_ones_are_ranked(tmp_path):
    shapes = [*squares((0, 0), (0.995, 0)), *squares((0, 1), (0.9, 1.0))]
    notes = notes_on(load(written(tmp_path, frame(shapes))), "05766000")
    assert [n.was.split(" überschneiden")[0] for n in notes if "überschn" in n.was] == [
        "Die Räume «3» und «4»"
    ]


def test_a_hole_between_areas_is_a_note():
    ring = squares(*((a, b) for a in range(3) for b in range(3) if (a, b) != (1, 1)))
    areas = frame(ring, name=[f"R{i}" for i in range(8)]).rename(columns={"raum_id": "raum"})
    (note,) = notes_on(areas, "05766000")
    assert "Lücke von 100,0 ha" in note.was
    filled = frame(squares(*((a, b) for a in range(2) for b in range(2))))
    assert notes_on(filled.rename(columns={"raum_id": "raum"}), "05766000") == []


# -------------------------------------------------------------------------- which areas there are


def test_own_areas_are_taken_out_of_a_larger_file(tmp_path):
    path = written(tmp_path, frame(kreis=["05766", "05766", "05770", "05770"], nr=[1, 2, 3, 4]))
    assert list(load(path, nur={"kreis": ["05766"]})["raum"]) == ["1", "2"]
    assert list(load(path, nur={"kreis": ["0577*"], "nr": ["3", "4"]})["raum"]) == ["3", "4"]
    assert "«05767» gibt es in der Spalte «kreis»" in refused(path, nur={"kreis": ["05767"]})
    assert "keine Spalte «Kreis»" in refused(path, nur={"Kreis": ["05766"]})


def test_features_of_one_key_are_dissolved_only_when_asked(tmp_path):
    path = written(tmp_path, frame(keys=["1", "1", "2", "3"], name=["A", "A", "B", "C"]))
    assert "raeume.aufloesen: ja" in refused(path)
    areas = load(path, aufloesen="ja")
    assert list(areas["raum"]) == ["1", "2", "3"]
    assert areas.area.tolist() == pytest.approx([2e6, 1e6, 1e6])


def test_features_of_one_key_with_two_names_are_refused(tmp_path):
    path = written(tmp_path, frame(keys=["1", "1", "2", "3"]))
    assert "heißen verschieden: Grünau, Süd" in refused(path, aufloesen="ja")
    assert load(path, aufloesen="ja", namen={"1": "Auen"})["name"][0] == "Auen"


def test_several_areas_become_one(tmp_path):
    path = written(tmp_path, frame())
    areas = load(path, verbinden={"Nord": ["3", "4"]}, namen={"Nord": "Nordstadt"})
    assert list(areas["raum"]) == ["Nord", "1", "2"]
    assert list(areas["name"]) == ["Nordstadt", "Grünau", "Süd"]
    assert areas.area.tolist() == pytest.approx([2e6, 1e6, 1e6], rel=1e-3)
    assert areas["teile"][0] == (("3", "Größe"), ("4", "Ährenhof"))
    assert "unbekannten Raum «5»" in refused(path, verbinden={"Nord": ["3", "5"]})


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ({"N": ["1"]}, "keine zwei Räume"),
        ({"N": ["1", "2"], "M": ["2", "3"]}, "gehört zu zwei Räumen"),
        ({"1": ["1", "2"]}, "Schlüssel eines Teils"),
    ],
)
def test_what_cannot_be_joined(groups, expected):
    with pytest.raises(ValueError, match=expected):
        Raeume.model_validate({"datei": "x.gpkg", "verbinden": groups})


def test_open_data_outlines_hold_finite_numbers_only(tmp_path):
    areas = load(written(tmp_path, frame(), name="raeume.geojson"))
    text = areas.to_crs("EPSG:4326").to_json()
    json.loads(text, parse_constant=lambda word: pytest.fail(word))


# --------------------------------------------------------------------------------------- nonsense


def told(table, ags="05766000", town="Kleinstadt"):
    own = table.rename(columns={"raum_id": "raum"})
    return " ".join(note.was for note in notes_on(own, ags, town))


def test_areas_that_are_usual_are_not_told():
    assert told(frame()) == ""


@pytest.mark.parametrize("size", [0.001, 9, 1_000_000])
def test_areas_of_a_size_that_cannot_be_are_refused(tmp_path, size):
    table = frame(squares((0, 0), size=size))
    assert "Das kann nicht sein" in refused(written(tmp_path, table))


def test_two_areas_of_one_outline_are_refused(tmp_path):
    first, *_ = shapes = squares((0, 0), (1, 0), (0, 1))
    shapes[1] = first.reverse().segmentize(100)
    assert "«1» und «2» haben denselben Umriss" in refused(written(tmp_path, frame(shapes)))


@pytest.mark.parametrize("name", ["\u200b", "\u0301\u0301", "Nord\u202estadt", "x" * 10_000])
def test_names_that_nobody_can_read_are_refused(tmp_path, name):
    path = written(tmp_path, frame(name=[name, *NAMES[1:]]))
    assert "Der Name des Raums «1»" in refused(path)
    assert load(path, namen={"1": "Grünau"}).name[0] == "Grünau", "unless the params file has one"
    keyed = written(tmp_path, frame(keys=[name[:300], "2", "3", "4"]), name="keys.gpkg")
    assert "Der Schlüssel von Raum Nr. 1" in refused(keyed)


@pytest.mark.parametrize("name", ["Süd", "SÜD", "Su\u0308d", "Ｓüd"])
def test_names_that_nobody_can_tell_apart_are_told(name):
    assert "«1», «2» haben denselben Namen" in told(frame(name=[name, *NAMES[1:]]))


def test_an_area_that_is_called_like_the_municipality_is_told():
    assert "heißt wie die ganze Kommune" in told(frame(), town="grünau")


def test_one_area_far_from_all_others_is_told():
    shapes = squares((0, 0), (1, 0), (0, 1), (60, 1))
    assert "«4» liegt 58 km von allen anderen" in told(frame(shapes))
    assert "liegt" not in told(frame(squares((0, 0), (1, 0), (0, 1), (9, 1)))), "an island"


def test_small_and_wide_areas_are_told():
    assert "«1» ist nur 0,2 ha groß" in told(frame(squares((0, 0), size=50)))
    wide = frame(squares((-200, -50), (-100, -50), size=90_000), name=NAMES[:2])
    assert "mehr als jeder Kreis" in told(wide)


def test_gemeinden_of_another_kreis_are_told():
    keys = ["05766004", "05766008", "05770004", "05766012"]
    assert "1 von 4 Räumen gehören" in told(frame(keys=keys), ags="05766")
    assert told(frame(keys=[*keys[:2], "05766016", keys[3]]), ags="05766") == ""
