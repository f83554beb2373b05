"""Bad params files, catalogues, geometries and calls: a plain message and exit code 1."""

import copy

import geopandas
import pytest

from tests.reports.damage import PARAMS, Project

pytestmark = pytest.mark.slow


@pytest.fixture
def hze(project, monkeypatch, capsys) -> Project:
    """A project with only the smallest delivery."""
    return Project(project, monkeypatch, capsys).only("hze")


# ------------------------------------------------------------------------------ params file


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("untertitel:", "untertittel:", "untertittel: Diesen Schlüssel gibt es nicht. Gemeint ist "
         "vielleicht «untertitel»."),
        ("mindestfallzahl: 3", "mindestfalzahl: 3", "hze.mindestfalzahl: Diesen Schlüssel"),
        ('"05999000"', "5999000", "«5999000» hat 7 Ziffern"),
        ('"05999000"', "0599900a", "nur Ziffern, und davon 8"),
        ("berichtsjahr: 2023", "berichtsjahr: 2024", "bericht.berichtsjahr: Das Berichtsjahr 2024"),
        ("datum: 2024-09-30", "datum: 30.09.2024", "kein Datum der Form JJJJ-MM-TT"),
        ("datum: 2024-09-30", "datum: 0", "«0» ist kein Datum"),
        ("mindestfallzahl: 3", "mindestfallzahl: 2,5", "«2,5» ist keine ganze Zahl."),
        ("kopfzeilen: [1]", "kopfzeilen: []", "Hier fehlt mindestens ein Eintrag."),
        ("zeichensatz: utf-8-sig", "zeichensatz: hex", "Den Zeichensatz «hex» gibt es nicht."),
        ("zeichensatz: utf-8-sig", 'trennzeichen: ";;"', "«;;» ist zu lang"),
        ("  name: Pilotkommune", "\tname: Pilotkommune", "oder ein Tabulator"),
        ("  bis: 2023", "\tbis: 2023", "ein Tabulator, wo Leerzeichen"),
        ("name: Pilotkommune", "name: Pilot: kommune", "ein Doppelpunkt zu viel"),
        ("name: Pilotkommune", 'name: "Pilot', "Anführungszeichen wird nicht geschlossen"),
        ("name: Pilotkommune", 'name: "Pilot\\aKommune"', "steht ein Steuerzeichen"),
        ("  hinweis: >-", "  hinweis: &a [*a]\n  lizenz: >-", "in dem Abschnitt, den er einsetzt"),
        ("  hinweis: >-", "  ? [a, b]\n  : x\n  hinweis: >-", "wo ein Schlüssel erwartet wird"),
        ("- params/kennzahlen.yml", "- ../../geheim.yml", "führt aus dem Projekt hinaus"),
        ("- params/kennzahlen.yml", "- params/kennzahln.yml", "vielleicht «kennzahlen.yml»"),
        ("- params/kennzahlen.yml", "- params", "Die Kennzahlendatei ist ein Ordner."),
        ("datenordner: data/raw/pilot", "datenordner: data/raw/", "Den Ordner der Geometrie"),
        ("sozialraeume.geojson", "geo/x.geojson", "Den Ordner der Geometrie gibt es nicht."),
        ("sozialraeume.geojson", "sozialraum.geojson", "vielleicht «sozialraeume.geojson»"),
        ("sozialraeume.geojson", "../../../_quarto.yml", "führt aus dem Datenordner hinaus"),
    ],
)  # fmt: skip
def test_a_wrong_params_file(hze, old, new, message):
    hze.set(old, new)
    assert message in hze.refused().text


def test_a_wrong_name_in_a_folder_that_is_there(hze):
    """Inputs are copied for a run: beside the copy of the params file lies no such folder."""
    (hze.raw / "geo").mkdir()
    (hze.raw / "sozialraeume.geojson").rename(hze.raw / "geo/sozialraeume_epsg25832.geojson")
    hze.set("sozialraeume.geojson", "geo/sozialraeume.geojson")
    text = hze.refused().text
    assert "Die Geometrie der Räume fehlt. Gemeint ist vielleicht «sozialraeume_epsg" in text
    assert "Ordner der Geometrie" not in text


@pytest.mark.parametrize("content", ["", "# nur ein Kommentar\n", "- a\n- b\n"])
def test_a_params_file_without_keys(hze, content):
    hze.params.write_text(content, encoding="utf-8")
    assert "enthält keine Schlüssel" in hze.refused().text


def test_a_params_file_that_is_a_folder_or_missing(hze):
    hze.params.rename(hze.params.with_name("pilotkommunen.yml"))
    assert "Gemeint ist vielleicht «pilotkommunen.yml»" in hze.refused().text
    hze.params.mkdir()
    assert "Die Params-Datei ist ein Ordner." in hze.refused().text


@pytest.mark.slow
def test_a_params_file_in_the_encoding_of_windows(hze):
    text = hze.params.read_text(encoding="utf-8")
    hze.params.write_bytes(text.encode("cp1252", "replace"))
    assert "als UTF-8" in hze.refused().text
    hze.params.write_text(f"\ufeff{text}", encoding="utf-8")
    assert hze.spm("check", PARAMS).code == 0, "a byte order mark is no error"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("art: anzahl", "art: anzal", "«anzal» ist nicht erlaubt; erlaubt sind: anteil"),
        ("{merkmal: bevoelkerung}", "{merkmal: Bevölkerung}", "kein Name für ein Merkmal"),
        ("{merkmal: bevoelkerung}", "{merkmal: bevoelkerung, alter: 17-0}", "endet, bevor"),
        ("{merkmal: bevoelkerung}", "{merkmal: bevoelkerung, geschlecht: weiblich}", "m, w, d"),
        ("kurztitel: Einwohner", f"kurztitel: {'E' * 41}", "ist zu lang"),
        ("  einwohner:\n", "  Einwohner-Zahl:\n", "nur Kleinbuchstaben"),
    ],
)
def test_a_wrong_catalogue(hze, old, new, message):
    hze.edit(hze.catalogue, old, new)
    outcome = hze.refused()
    assert message in outcome.text and "params/kennzahlen.yml" in outcome.text


def test_an_empty_catalogue(hze):
    hze.catalogue.write_text("kennzahlen: {}\n", encoding="utf-8")
    assert "Hier fehlt mindestens ein Eintrag." in hze.refused().text


# ------------------------------------------------------------------------------ geometry


def with_properties(position, **properties):
    return lambda content: content["features"][position]["properties"].update(properties)


def with_shape(shape):
    return lambda content: content["features"][0].update(geometry=shape)


def add_area(content):
    content["features"].append(copy.deepcopy(content["features"][0]))
    content["features"][-1]["properties"] |= {"raum_id": "8", "name": "Neuland"}
    [outline] = content["features"][-1]["geometry"]["coordinates"]
    outline[:] = [[x + 20_000, y] for x, y in outline]  # not the outline of another area


BOW_TIE = {"type": "Polygon", "coordinates": [[[0, 0], [9, 9], [9, 0], [0, 9], [0, 0]]]}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (with_shape(BOW_TIE), "Die Fläche des Raums «Sozialraum 1» (1) ist ungültig"),
        (with_shape(None), "Der Raum «Sozialraum 1» (1) hat keine Fläche."),
        (with_shape({"type": "Point", "coordinates": [1, 2]}), "keine Fläche (Point)"),
        (with_properties(1, raum_id="1"), "Der Raum «1» steht zweimal in der Geometrie."),
        (with_properties(1, raum_id=None), "hat keinen Schlüssel"),
        (with_properties(1, name=None), "Der Raum «2» hat keinen Namen."),
        (with_properties(1, name=""), "Der Raum «2» hat keinen Namen."),
        (with_properties(1, name="1"), "heißt «1» wie der Schlüssel eines anderen Raums"),
        (lambda content: content.pop("crs"), "Die Geometrie nennt kein Koordinatensystem."),
        (lambda content: content.update(features=[]), "Die Geometrie der Räume ist leer."),
    ],
)
def test_a_wrong_geometry(hze, change, message):
    hze.geometry(change)
    outcome = hze.refused()
    assert message in outcome.text and "sozialraeume.geojson" in outcome.text


@pytest.mark.slow
def test_metres_without_a_system_are_no_degrees(hze):
    hze.geometry(lambda content: content.pop("crs"))
    hze.set("# crs: EPSG:25832", "crs: EPSG:25832")
    assert hze.spm("check", PARAMS).code == 0


@pytest.mark.slow
def test_an_area_that_only_deliveries_know(hze):
    hze.geometry(lambda content: content["features"].pop(0))  # the one in no group of areas
    error = hze.refused().error(Datei="hze.csv", Spalte="Sozialraum", Wert="1")
    assert "fehlt er in der Geometrie" in error["Was ist zu tun?"]


@pytest.mark.slow
def test_an_area_that_only_the_geometry_knows(project, monkeypatch, capsys):
    spm = Project(project, monkeypatch, capsys).only("einwohner")
    spm.geometry(add_area)
    error = spm.refused().error(Art="Fehler", Datei="sozialraeume.geojson", Wert="8")
    assert "kommt in keiner Lieferung vor" in error["Was ist falsch?"]
    spm.set('# liste: ["1", "2", "3"] ', 'liste: ["1", "2", "3", "4", "5", "6", "7", "8"] ')
    assert spm.spm("check", PARAMS).code == 0, "said to be right"


def test_an_incomplete_geometry_against_the_list(hze):
    hze.set('# liste: ["1", "2", "3"] ', 'liste: ["1", "2", "3", "9"] ')
    text = hze.refused().text
    assert "in der Geometrie fehlt: 9; die Geometrie hat zusätzlich: 4, 5, 6, 7" in text


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("r.geojson", "{", "ist nicht lesbar"),
        ("r.geojson", "", "ist nicht lesbar"),
        ("hze.csv", None, "keine Datei, die gelesen wird"),
        ("gibt-es-nicht.geojson", None, "Die Geometrie der Räume fehlt."),
        (".", None, "ist ein Ordner"),
    ],
)
def test_a_file_that_is_no_geometry(hze, name, content, message):
    if content is not None:
        (hze.raw / name).write_text(content, encoding="utf-8")
    hze.set("sozialraeume.geojson", f'"{name}"')
    text = hze.refused().text
    assert message in text and "GDAL" not in text


@pytest.mark.slow
@pytest.mark.parametrize("name", ["r.shp", "r.gpkg"])
def test_other_formats_and_heights_are_read(hze, name):
    areas = geopandas.read_file(hze.raw / "sozialraeume.geojson")
    areas["geometry"] = areas.geometry.force_3d(12.5)
    areas["raum_id"] = areas["raum_id"].astype(float)
    areas.to_file(hze.raw / name)
    hze.set("sozialraeume.geojson", name)
    assert hze.spm("check", PARAMS).code == 0


def test_a_shapefile_without_its_table(hze):
    geopandas.read_file(hze.raw / "sozialraeume.geojson").to_file(hze.raw / "r.shp")
    (hze.raw / "r.dbf").unlink()
    hze.set("sozialraeume.geojson", "r.shp")
    assert "Zum Shapefile fehlt die Datei «r.dbf»." in hze.refused().text


def test_a_file_with_several_layers_needs_a_choice(hze):
    areas = geopandas.read_file(hze.raw / "sozialraeume.geojson")
    areas.iloc[:3].to_file(hze.raw / "r.gpkg", layer="alt")
    areas.to_file(hze.raw / "r.gpkg", layer="neu")
    hze.set("sozialraeume.geojson", "r.gpkg")
    assert "mehrere Ebenen: alt, neu" in hze.refused().text
    hze.set("# ebene: stadtteile", "ebene: neuu")
    assert "keine Ebene «neuu». Gemeint ist vielleicht «neu»" in hze.refused().text


# ------------------------------------------------------------------------------ command line


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--to", "odt"], "Format «odt» gibt es nicht. Bekannt sind: docx, html, pdf."),
        (["--to", ""], "Format «» gibt es nicht."),
        (["--renderer", "foo"], "Renderer «foo» gibt es nicht."),
    ],
)
def test_an_unknown_option_value(hze, arguments, message):
    assert message in hze.refused("build", PARAMS, *arguments).text


def test_a_name_longer_than_any_file_may_have(hze):
    assert "Schreiben oder Lesen ist nicht möglich" in hze.refused("check", "x" * 300).text


def test_a_file_where_the_reports_belong(hze):
    (hze.folder / "report").rename(hze.folder / "berichte")
    (hze.folder / "report").write_text("", encoding="utf-8")
    outcome = hze.spm("build", PARAMS)
    assert outcome.code == 1 and "Schreiben oder Lesen ist nicht möglich" in outcome.text


@pytest.mark.parametrize("arguments", [["build"], ["buil"]])
def test_a_call_without_what_it_needs_names_its_help(hze, arguments):
    outcome = hze.spm(*arguments)
    assert outcome.code == 2 and "--help» zeigt, was dieser Aufruf erwartet." in outcome.text


def test_a_call_without_a_command_tells_how_the_project_stands(hze):
    outcome = hze.spm()
    assert outcome.code == 0 and "params/pilotkommune.yml (Pilotkommune): " in outcome.text


@pytest.mark.slow
def test_a_delivery_may_use_no_name_that_two_areas_share(project, monkeypatch, capsys):
    spm = Project(project, monkeypatch, capsys).only("einwohner")
    spm.geometry(with_properties(1, name="Sozialraum 1"))
    found = {f["Wert"]: f["Was ist falsch?"] for f in spm.refused().findings}
    assert found["Sozialraum 1"].startswith("So heißen mehrere Räume (1, 2).")
