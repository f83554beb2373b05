"""JSON deliveries: records, nested ones, columns, sheets, lines."""

import json

import pytest

from tests.deliveries_example import LONG, counts, errors, only_error, read

RECORDS = [{"Raum": str(a), "Jahr": 2020, "Anzahl": 10 * a} for a in (1, 2, 3)]
RIGHT = {"1": 10, "2": 20, "3": 30}


def read_json(tmp_path, content, name="kinder.json", **mapping):
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read(tmp_path, LONG | {"datei": name} | mapping)


NESTED = [
    {"gebiet": {"nr": str(a), "name": "x"}, "zeit": {"jahr": 2020}, "wert": 10 * a}
    for a in (1, 2, 3)
]
INSIDE = [{"Raum": str(a), "werte": [{"Jahr": 2020, "Anzahl": 10 * a}]} for a in (1, 2, 3)]


@pytest.mark.parametrize(
    ("content", "mapping"),
    [
        (RECORDS, {}),
        ({"stand": "2021-01-01", "daten": RECORDS}, {}),
        ({"stand": 1, "antwort": {"daten": RECORDS}}, {}),
        ({"a": RECORDS, "b": RECORDS[:1]}, {"datensaetze": "a"}),
        ({k: [r[k] for r in RECORDS] for k in RECORDS[0]}, {}),
        ([list(RECORDS[0]), *(list(r.values()) for r in RECORDS)], {}),
        (
            {r["Raum"]: {"Jahr": 2020, "Anzahl": r["Anzahl"]} for r in RECORDS},
            {"spalten": {"raum": "Schlüssel", "jahr": "Jahr", "anzahl": "Anzahl"}},
        ),
        (
            NESTED,
            {"spalten": {"raum": "gebiet | nr", "jahr": "zeit | jahr", "anzahl": "wert"}},
        ),
        (
            INSIDE,
            {"spalten": {"raum": "Raum", "jahr": "werte | Jahr", "anzahl": "werte | Anzahl"}},
        ),
        (
            [{"Raum": str(a), "je": {"2020": 10 * a}} for a in (1, 2, 3)],
            {"spalten": {"raum": "Raum"}, "entpivotieren": {"je | 2020": {"jahr": "2020"}}},
        ),
    ],
)
def test_all_shapes_give_the_same_numbers(tmp_path, content, mapping):
    facts, findings = read_json(tmp_path, content, **mapping)
    assert (counts(facts, "raum"), findings) == (RIGHT, [])


def test_one_record_per_line(tmp_path):
    lines = "\n".join(json.dumps(record) for record in RECORDS) + "\n\n"
    facts, findings = read_json(tmp_path, lines, "kinder.jsonl")
    assert (counts(facts, "raum"), findings) == (RIGHT, [])
    assert ".jsonl" in only_error(read_json(tmp_path, lines)[1]).tun


def test_properties_of_geojson(tmp_path):
    features = [{"type": "Feature", "properties": r, "geometry": None} for r in RECORDS]
    content = {"type": "FeatureCollection", "features": features}
    spalten = {c: f"properties | {h}" for c, h in LONG["spalten"].items()}
    facts, findings = read_json(tmp_path, content, "kinder.geojson", spalten=spalten)
    assert (counts(facts, "raum"), findings) == (RIGHT, [])


def test_errors_name_the_record(tmp_path):
    wrong = [*RECORDS[:2], {"Raum": "3", "Jahr": 2020, "Anzahl": "viele"}]
    error = only_error(read_json(tmp_path, wrong)[1])
    assert (error.zeile, error.spalte, error.wert) == (3, "Anzahl", "viele")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('[{"Raum": "1", "Raum": "2"}]', "«Raum» zweimal"),
        ('[{"Raum": "1", "Anzahl": NaN}]', "NaN"),
        ('[{"Raum": "1", "Anzahl": Infinity}]', "Infinity"),
        ('[{"Raum": "1"', "kein gültiges JSON (Zeile 1"),
        ('{"a": [{"x": 1}], "b": [{"x": 1}]}', "mehrere Listen: a, b"),
        ('[{"a": [{"x": 1}], "b": [{"x": 1}]}]', "mehrere Listen: a, b"),
        ("[1, 2, 3]", "keine Liste von Datensätzen"),
        ("[]", "ist leer"),
        ("5", "keine Liste von Datensätzen"),
    ],
)
def test_what_is_no_table(tmp_path, content, told):
    assert told in errors(read_json(tmp_path, content)[1])[0].was


def test_a_wrong_path_names_the_nearest(tmp_path):
    error = only_error(read_json(tmp_path, {"daten": RECORDS}, datensaetze="Daten")[1])
    assert "«Daten» nicht" in error.was
    assert "daten" in error.was


def test_a_null_or_missing_field_is_never_zero(tmp_path):
    content = [RECORDS[0], RECORDS[1] | {"Anzahl": None}, {"Raum": "3", "Jahr": 2020}]
    facts, findings = read_json(tmp_path, content)
    assert counts(facts, "raum") == {"1": 10, "2": None, "3": None}
    assert findings[0].zeile == 2
