"""One file with the rows of several municipalities: each gets its own, and nobody's are told."""

import pytest

from spm.areas.today import load_areas
from spm.config.params import load_params
from spm.deliveries import read_deliveries
from spm.deliveries.findings import FEHLER
from spm.deliveries.unlisted import unlisted
from spm.rawfiles.ownrows import digest_of_rows
from spm.release.ownparts import raw_digest
from tests.batch.joint_example import AGS, make_joint

AGS_BY_NAME = [(slug.capitalize(), AGS[slug]) for slug in ("aheim", "bheim")]


@pytest.fixture
def kreis(tmp_path):
    return make_joint(tmp_path / "p", "aheim", "bheim") / "params/kreis.yml"


def change(path, old, new, count=-1):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def read(address):
    params = load_params(address)
    return read_deliveries(params, load_areas(params))


def errors(address):
    return [finding for finding in read(address)[1] if finding.schwere == FEHLER]


def test_each_gets_its_own_rows(kreis):
    facts, findings = read(kreis / "bheim")
    assert not findings
    assert set(facts["raum"]) == {"05999002-1", "05999002-2", "05999002-3"}
    first = facts[(facts["raum"] == "05999002-1") & (facts["alter_von"] == 0)]
    assert first["anzahl"].tolist() == [240 + 2 + 7, 240 + 3 + 7]  # 2022, 2023; second of the Kreis


def test_a_value_that_no_row_has_is_an_error(kreis):
    change(kreis, "    name: Bheim\n", "    name: Bheim\n    filter: {Gemeinde: [Bhaim]}\n")
    (wrong,) = errors(kreis / "bheim")
    assert wrong.was == (
        "Der Wert «Bhaim» unter filter kommt in der Spalte nicht vor. Gemeint ist vielleicht "
        "«Bheim»."
    )
    assert "gilt_fuer" in wrong.tun
    assert not errors(kreis / "aheim")
    change(kreis, "[Bhaim]", "[Bheim, Bhaim]")
    assert [e.was for e in errors(kreis / "bheim")] == [wrong.was]  # one of two is lost, too


def test_a_key_that_lost_its_zero_is_told(kreis):
    raw = kreis.parents[1] / "roh/einwohner.csv"
    change(raw, "Aheim;", "5999001;")
    change(raw, "Bheim;", "5999002;")
    change(kreis, 'filter: {Gemeinde: "{name}"}', 'filter: {Gemeinde: "{ags}"}')
    (wrong,) = errors(kreis / "bheim")
    assert wrong.was.endswith(
        "Dort steht «5999002», ohne führende Null: das heißt {ags_ohne_null}."
    )
    change(kreis, 'filter: {Gemeinde: "{ags}"}', 'filter: {Gemeinde: "{ags_ohne_null}"}')
    assert not errors(kreis / "bheim")


def test_a_row_per_person(kreis):
    raw = kreis.parents[1] / "roh/kinder.csv"
    rows = [f"{name};{ags}-1;2022" for name, ags in AGS_BY_NAME for _ in range(5)]
    raw.write_text("\n".join(["Gemeinde;Ort;Jahr", *rows, "Zheim;x;2022"]), encoding="utf-8")
    counted = """
  amt:
    titel: Untersuchungen
    stelle: Gesundheitsamt
    tabellen:
      - datei: kinder.csv
        spalten: {raum: Ort, jahr: Jahr}
        zaehlen: {merkmale: {kinder: {}}}
"""
    kreis.write_text(kreis.read_text(encoding="utf-8") + counted.lstrip("\n"), encoding="utf-8")
    facts, findings = read(kreis / "bheim")
    assert not [finding for finding in findings if finding.schwere == FEHLER]
    kinder = facts[facts["merkmal"].eq("kinder") & facts["anzahl"].gt(0)]
    assert kinder[["raum", "anzahl"]].values.tolist() == [["05999002-1", 5]]
    every = [load_params(kreis / slug) for slug in ("aheim", "bheim")]
    assert unlisted(every) == [  # never a cell about a person
        "Untersuchungen (kinder.csv): 1 Zeile gehört zu keiner Kommune der Params-Datei."
    ]
    change(kreis, "    name: Bheim\n", "    name: Bheim\n    filter: {Gemeinde: Bhaim}\n")
    assert "Zheim" not in str([finding.was for finding in errors(kreis / "bheim")[-1:]])


def test_another_spelling_is_an_error_and_no_lost_row(kreis):
    change(kreis.parents[1] / "roh/einwohner.csv", "Bheim;", "BHEIM;", 1)
    (wrong,) = errors(kreis / "bheim")
    assert "«BHEIM» (1 Zeilen) steht nicht unter filter; «Bheim» steht dort" in wrong.was


def test_without_the_column_there_is_an_error_and_no_row_of_others(kreis):
    change(kreis.parents[1] / "roh/einwohner.csv", "Gemeinde;", "Gmd;")
    facts, findings = read(kreis / "bheim")
    assert [f.was[:30] for f in findings if f.schwere == FEHLER] == [
        "Die Spalte «Gemeinde» fehlt. B"
    ]
    assert "filter in der Params-Datei" in findings[0].tun
    assert not facts["anzahl"].notna().any()
    assert "05999001" not in str([(f.was, f.wert) for f in findings])


def test_a_merged_cell_names_the_municipality_of_the_rows_below(kreis):
    raw = kreis.parents[1] / "roh/einwohner.csv"
    seen, lines = set(), []
    for line in raw.read_text(encoding="utf-8").splitlines():
        name, rest = line.split(";", 1)
        lines.append(f"{'' if name in seen else name};{rest}")
        seen.add(name)
    whole = read(kreis / "bheim")[0]
    raw.write_text("\n".join(lines) + "\n", encoding="utf-8")
    change(kreis, "        spalten:", "        auffuellen: [Gemeinde]\n        spalten:")
    assert read(kreis / "bheim")[0].equals(whole)


def test_beginnings_of_area_keys(kreis):
    whole = read(kreis / "bheim")[0]
    change(kreis, "        spalten:", '        filter: {nr: "{ags}-*"}\n        spalten:')
    facts, findings = read(kreis / "bheim")
    assert not findings
    assert facts.equals(whole)


def test_rows_and_areas_of_nobody_are_counted_once(kreis):
    every = [load_params(kreis / slug) for slug in ("aheim", "bheim")]
    assert unlisted(every) == []
    raw = kreis.parents[1] / "roh"
    change(raw / "einwohner.csv", "Bheim;05999002-3", "Cheim;05999003-1")
    change(raw / "ortsteile.geojson", '"ags": "05999002"', '"ags": "05999003"', 1)
    assert unlisted(every) == [
        "ortsteile.geojson: 1 Fläche gehört zu keiner Kommune der Params-Datei; ags: «05999003» "
        "(1).",
        "Einwohnerbestand (einwohner.csv): 6 Zeilen gehören zu keiner Kommune der Params-Datei; "
        "Gemeinde: «Cheim» (6).",
    ]
    change(kreis, "        spalten:", "        ohne: {Gemeinde: [Cheim]}\n        spalten:")
    every = [load_params(kreis / slug) for slug in ("aheim", "bheim")]
    assert len(unlisted(every)) == 1  # sums of the Kreis for instance, which the file leaves out


def test_a_column_for_each_municipality(kreis):
    raw = kreis.parents[1] / "roh/breit.csv"
    raw.write_text("Jahr;Aheim;Bheim\n2022;20;30\n2023;21;31\n", encoding="utf-8")
    wide = """
  schule:
    titel: Schulen
    stelle: Schulamt
    tabellen:
      - datei: breit.csv
        spalten: {jahr: Jahr}
        konstanten: {merkmal: schulen}
        entpivotieren: {"{name}": {raum: gesamt}}
"""
    kreis.write_text(kreis.read_text(encoding="utf-8") + wide.lstrip("\n"), encoding="utf-8")
    params = load_params(kreis / "bheim")
    facts, findings = read(kreis / "bheim")
    assert not [finding for finding in findings if finding.schwere == FEHLER]
    assert facts.loc[facts["merkmal"] == "schulen", "anzahl"].tolist() == [30, 31]
    before = raw_digest(params, "breit.csv")
    change(raw, "20;30", "25;30")
    assert raw_digest(params, "breit.csv") == before
    change(raw, "25;30", "25;33")
    assert raw_digest(params, "breit.csv") != before


def test_the_digest_of_the_geometry_is_about_ones_own_areas(kreis):
    raw, params = kreis.parents[1] / "roh/ortsteile.geojson", load_params(kreis / "aheim")
    before = raw_digest(params, "ortsteile.geojson")
    change(raw, '"05999002-3", "name": "Ortsteil 3"', '"05999002-3", "name": "Ortsteil 9"')
    assert raw_digest(params, "ortsteile.geojson") == before
    change(raw, '"05999001-3", "name": "Ortsteil 3"', '"05999001-3", "name": "Ortsteil 9"')
    assert raw_digest(params, "ortsteile.geojson") != before


def test_the_digest_is_about_ones_own_rows(kreis):
    raw, params = kreis.parents[1] / "roh/einwohner.csv", load_params(kreis / "aheim")
    tables = params.lieferungen["einwohner"].tabellen
    before = digest_of_rows(tables, params)
    change(raw, "Bheim;05999002-3", "Cheim;05999003-1")
    assert digest_of_rows(tables, params) == before
    change(raw, "Aheim;05999001-1;2022;0-17;242", "Aheim;05999001-1;2022;0-17;243")
    assert digest_of_rows(tables, params) != before
