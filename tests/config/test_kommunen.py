"""A params file for several municipalities: each is read as if it had a file of its own."""

import pytest

from spm.config.kommunen import addresses, named
from spm.config.params import load_params
from spm.config.schema import params_schema
from spm.errors import SpmError
from tests.batch.joint_example import COMMON, entries

TWO = entries("aheim", "bheim")


@pytest.fixture
def write(tmp_path):
    (tmp_path / "_quarto.yml").touch()
    (tmp_path / "params").mkdir()
    (tmp_path / "params/kennzahlen-klein.yml").write_text("kennzahlen: {}\n", encoding="utf-8")

    def put(text):
        path = tmp_path / "params/kreis.yml"
        path.write_text(text, encoding="utf-8")
        return path

    return put


def table(path):
    return load_params(path).lieferungen["einwohner"].tabellen[0]


def failing(path) -> str:
    with pytest.raises(SpmError) as caught:
        load_params(path)
    return str(caught.value)


def test_the_path_with_the_key_behind_it_is_one_municipality(write):
    file = write(TWO + COMMON)
    params = load_params(file / "bheim")
    assert (params.slug, params.kommune.name, params.kommune.ags) == ("bheim", "Bheim", "05999002")
    assert params.kommune.raumebene == "Ortsteil"
    assert params.report_folder == file.parents[1] / "report/bheim"
    assert params.raeume.nur == {"ags": ["05999002"]}
    assert params.lieferungen["einwohner"].tabellen[0].nur == {"Gemeinde": ["Bheim"]}
    assert (params.file, params.address) == (file, "params/kreis.yml/bheim")
    assert list(params.neighbours) == ["aheim"]


def test_it_says_the_same_as_a_file_of_its_own(write):
    file = write(TWO + COMMON)
    joint = load_params(file / "aheim").model_dump(mode="json")
    own = COMMON.replace('filter: {Gemeinde: "{name}"}\n', "")
    own = own.replace('filter: {ags: "{ags}"}', 'nur: {ags: ["05999001"]}')
    own = own.replace("kommune: {", 'kommune: {name: Aheim, ags: "05999001", ')
    own = own.replace("        spalten:", "        nur: {Gemeinde: [Aheim]}\n        spalten:")
    alone = file.with_name("aheim.yml")
    alone.write_text(own, encoding="utf-8")
    assert load_params(alone).model_dump(mode="json") == joint


def test_without_a_key_it_says_which_there_are(write):
    file = write(TWO + COMMON)
    told = failing(file)
    assert "steht für 2 Kommunen" in told
    assert "kommunen: aheim, bheim" in told
    assert "params/kreis.yml/aheim" in told
    assert "Gemeint ist vielleicht «bheim»" in failing(file / "beheim")
    alone = file.with_name("x.yml")
    alone.write_text(COMMON.replace("filter: {Gem", "x: {Gem"), encoding="utf-8")
    assert "kommunen: Dieser Schlüssel fehlt" in failing(alone / "aheim")


def test_values_of_a_municipality_go_before(write):
    file = write(TWO + "    filter: {Gemeinde: [Bheim, B.-Heim]}\n" + COMMON)
    assert table(file / "bheim").nur == {"Gemeinde": ["Bheim", "B.-Heim"]}
    assert table(file / "aheim").nur == {"Gemeinde": ["Aheim"]}
    assert table(file / "bheim").own_rows == {"Gemeinde"}


def test_without_a_common_filter_each_has_its_own(write):
    own = TWO.replace('ags: "05999001"', 'ags: "05999001"\n    filter: {Gemeinde: A}')
    file = write(own + "    filter: {Gemeinde: B}\n" + COMMON.replace("filter: {Gem", "#"))
    assert table(file / "aheim").nur == {"Gemeinde": ["A"]}
    assert table(file / "bheim").nur == {"Gemeinde": ["B"]}


def test_a_section_of_one_municipality(write):
    more = "    bericht: {herausgeber: Stadt Bheim}\n    zeitreihe: {von: 2023}\n"
    file = write(TWO + more + COMMON)
    own, other = load_params(file / "bheim"), load_params(file / "aheim")
    assert (own.bericht.herausgeber, own.bericht.berichtsjahr) == ("Stadt Bheim", 2023)
    assert (own.zeitreihe.von, own.zeitreihe.bis) == (2023, 2023)
    assert (other.bericht.herausgeber, other.zeitreihe.von) == ("Amt", 2022)


@pytest.mark.parametrize(
    "line, nur",
    [
        ('filter: {AGS: "{ags_ohne_null}"}', {"AGS": ["5999001"]}),
        ("filter: keiner", {}),
        ('filter: {nr: "{ags}*"}', {"nr": ["05999001*"]}),
        ("nur: {art: [x]}", {"art": ["x"], "Gemeinde": ["Aheim"]}),
    ],
)
def test_a_table_says_otherwise(write, line, nur):
    file = write(TWO + COMMON.replace("spalten:", f"{line}\n        spalten:"))
    assert table(file / "aheim").nur == nur


@pytest.mark.parametrize(
    "old, new, found",
    [
        ("datei: einwohner.csv", "datei: einwohner-{kommune}.csv", "einwohner-aheim.csv"),
        ("datei: einwohner.csv", 'datei: x.xlsx\n        blatt: "{name}"', "x.xlsx"),
        ("datenordner: roh", "datenordner: roh/{ags}", "einwohner.csv"),
        (
            "datei: einwohner.csv",
            "datei: k.sqlite\n        abfrage: select * from e where ags = '{ags}'",
            "k.sqlite",
        ),
    ],
)
def test_what_is_the_municipalitys_own_needs_no_filter(write, old, new, found):
    own = table(write(TWO + COMMON.replace(old, new)) / "aheim")
    assert (own.datei, own.nur, own.own_rows) == (found, {}, frozenset())


def test_a_layer_of_the_geometry_needs_no_filter(write):
    text = COMMON.replace('  filter: {ags: "{ags}"}\n', '  ebene: "{kommune}"\n')
    areas = load_params(write(TWO + text) / "aheim").raeume
    assert (areas.ebene, areas.nur) == ("aheim", {})


def test_a_column_of_the_municipality_needs_no_filter(write):
    wide = 'entpivotieren: {"{name}": {raum: gesamt}}'
    text = COMMON.replace(", anzahl: anzahl}", "}").replace("{raum: nr, ", "{")
    own = table(write(TWO + text.replace("konstanten:", f"{wide}\n        konstanten:")) / "bheim")
    assert own.entpivotieren == {"Bheim": {"raum": "gesamt"}}
    assert own.nur == {}


def test_each_file_of_a_year_is_filtered(write):
    file = write(TWO + COMMON.replace("datei: einwohner.csv", "datei: einwohner-{jahr}.csv"))
    tables = load_params(file / "aheim").lieferungen["einwohner"].tabellen
    assert [(t.datei, t.nur, t.own_rows) for t in tables] == [
        (f"einwohner-{year}.csv", {"Gemeinde": ["Aheim"]}, {"Gemeinde"}) for year in (2022, 2023)
    ]


def test_tables_and_deliveries_of_some(write):
    first = "- {datei: alt.csv, gilt_fuer: aheim, filter: keiner, spalten: {raum: r, jahr: j}}\n"
    text = COMMON.replace("      - datei: einwohner", f"      {first}      - datei: einwohner")
    text += "  schule:\n    titel: S\n    stelle: S\n    gilt_fuer: [aheim]\n    tabellen:\n"
    file = write(TWO + text + "      - {datei: s.csv}\n")
    own, other = load_params(file / "aheim"), load_params(file / "bheim")
    files = {p.slug: [t.datei for d in p.lieferungen.values() for t in d.tabellen]
             for p in (own, other)}  # fmt: skip
    assert files == {"aheim": ["alt.csv", "einwohner.csv", "s.csv"], "bheim": ["einwohner.csv"]}


@pytest.mark.parametrize(
    "old, new, expected",
    [
        ("  bheim:", "  Bheim:", "Zeile 5, kommunen.Bheim"),
        ('ags: "05999002"', 'ags: "0599900"', "Zeile 7, kommune.ags: «0599900» hat 7 Ziffern"),
        ('ags: "05999002"', 'ags: "05999001"', "Zeile 7, kommunen.bheim.ags: Denselben"),
        ("name: Bheim", "name: Aheim", "«Aheim» (Gemeinde) in einwohner.csv gehört zu «bheim»"),
        ("name: Bheim", "Name: Bheim", "Zeile 6, Name: Diesen Schlüssel gibt es nicht."),
        ('{ags: "{ags}"}', "keiner", "Alles in ortsteile.geojson gehört zu «bheim» und"),
        ('{ags: "{ags}"}', '{ags: ["05999*", "{ags}"]}', "«05999*» (ags) in ortsteile"),
        ('filter: {Gemeinde: "{name}"}', "", "Zeile 26, lieferungen.einwohner.tabellen.0: Hier"),
        ('{Gemeinde: "{name}"}', "Gemeinde", "Zeile 9, filter: Hier werden eingerückte"),
        ('"{name}"}', "[]}", "filter.Gemeinde: Hier fehlt mindestens ein Wert."),
        ("spalten:", "gilt_fuer: [bhaim]\n        spalten:", "gilt_fuer: Eine Kommune «bhaim»"),
        ("spalten:", "nur: {Gemeinde: [x]}\n        spalten:", "steht unter filter und unter nur"),
        ("spalten:", "sparten:", "Zeile 27, lieferungen.einwohner.tabellen.0.sparten: Diesen"),
        ("name: Bheim", "name: Bheim\n    filter: {Gemiende: B}", "Gemeint ist vielleicht «Gemei"),
        ("zeitreihe:", "ziele: {datei: ziele.csv}\nzeitreihe:", "ziele.datei: Diese Tabelle würde"),
        ("zeitreihe:", "geheimhaltung: {frueherer_bericht: p.parquet}\nzeitreihe:", "Ein Bericht"),
    ],
)  # fmt: skip
def test_wrong_entries_name_line_and_municipality(write, old, new, expected):
    text = TWO + COMMON
    assert old in text
    told = failing(write(text.replace(old, new, 1)) / "bheim")
    assert expected in told
    assert "kreis.yml" in told
    of_all = ("Zeile 9, filter", "kommunen.Bheim")  # the whole file is wrong, not one entry
    assert "bheim" in told or any(place in told for place in of_all)


def test_a_wrong_entry_is_nobody_elses_problem(write):
    text = (TWO + COMMON).replace('ags: "05999002"', "ags: x\n    berihct: {}")
    assert load_params(write(text) / "aheim").slug == "aheim"


def test_lines_of_tables_behind_one_that_is_not_for_all(write):
    first = "- {datei: alt.csv, gilt_fuer: aheim, filter: keiner}\n"
    text = COMMON.replace("      - datei: einwohner", f"      {first}      - datei: einwohner")
    told = failing(write(TWO + text.replace("spalten:", "sparten:")) / "bheim")
    assert "Zeile 28, lieferungen.einwohner.tabellen.0.sparten" in told


def test_a_template_is_filled_in_by_each(write):
    text = COMMON[: COMMON.index("        spalten:")].replace("einwohner.csv", "amt.xlsx")
    told = failing(write(TWO + text + "        vorlage: ja\n") / "aheim")
    assert "Eine Vorlage füllt jede Kommune für sich aus" in told
    own = text.replace("amt.xlsx", '"amt-{kommune}.xlsx"') + "        vorlage: ja\n"
    assert table(write(TWO + own) / "aheim").datei == "amt-aheim.xlsx"


def test_addresses_and_names(write):
    file = write(TWO + COMMON)
    assert addresses(file) == [file / "aheim", file / "bheim"]
    root = file.parents[1]
    assert named(root, "bheim") == "params/kreis.yml/bheim"
    assert named(root, "cheim") == "params/cheim.yml"


def test_an_editor_finds_no_fault():
    jsonschema = pytest.importorskip("jsonschema")
    import yaml

    text = TWO + "    bericht: {titel: x}\n" + COMMON.replace("2024-09-30", "'2024-09-30'")
    data = yaml.safe_load(text)
    jsonschema.validate(data, params_schema())
    data["lieferungen"]["einwohner"]["tabellen"][0]["gilt_fuer"] = ["aheim"]
    jsonschema.validate(data, params_schema())
    del data["kommunen"]
    with pytest.raises(jsonschema.ValidationError, match="'name' is a required property"):
        jsonschema.validate(data, params_schema())
