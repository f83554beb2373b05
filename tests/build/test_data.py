"""The stages up to the published data: skipped while nothing changes, never to be trusted."""

import json
import shutil

import pandas as pd
import pytest

from spm.build import build, check, data, prepare
from spm.disclosure.suppress import memory
from spm.errors import SpmError
from spm.progress import steps
from spm.release.certificate import CERTIFICATE, DATASET
from spm.release.digest import sha256
from spm.release.keyed import KEY, Keyed
from spm.stages import FILE, Reason
from tests.build.small import KEPT, SLUG, change, make

pytestmark = pytest.mark.slow

FACTS, DISCLOSURE = data.FACTS, data.DISCLOSURE


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    project = make(tmp_path_factory.mktemp("klein") / "projekt")
    run(project)
    return project


@pytest.fixture
def project(prepared, tmp_path):
    return shutil.copytree(prepared, tmp_path / "projekt")


def run(project, command=prepare, **options):
    """Why each stage ran or not."""
    told = {}
    with steps(quiet=True) as silent:
        command(project / f"params/{SLUG}.yml", silent, told=told.__setitem__, **options)
    return told


def ran(told):
    return [name for name, why in told.items() if why != Reason.UNCHANGED.value]


def test_nothing_has_changed(project):
    before = {p: p.stat().st_mtime_ns for p in project.rglob("*") if p.is_file()}
    told = run(project)
    assert list(told) == ["Angaben", "Lieferung einwohner", "Lieferung sgb2", FACTS, DISCLOSURE]
    assert ran(told) == []
    assert {p: p.stat().st_mtime_ns for p in project.rglob("*") if p.is_file()} == before
    assert len(ran(run(project, force=True))) == len(told)


def test_one_cell_of_one_delivery(project, monkeypatch):
    read = []
    from spm.deliveries import pipeline

    single = pipeline._read
    monkeypatch.setattr(pipeline, "_read", lambda key, *a: read.append(key) or single(key, *a))
    change(project / "roh/sgb2.csv", "01;2023;43", "01;2023;44")
    told = run(project)
    assert told["Lieferung sgb2"] == "Eingabe geändert: sgb2.csv"
    assert told[FACTS] == told[DISCLOSURE] == "frühere Stufe lief neu: Lieferung sgb2"
    assert ran(told) == ["Lieferung sgb2", FACTS, DISCLOSURE] and read == ["sgb2"]
    rows = pd.read_parquet(project / KEPT / DATASET).set_index(["kennzahl", "jahr", "raum"])
    assert rows.loc[("sgb2_quote_u18", 2023, "01"), "zaehler"] == 44


def test_a_delivery_that_says_the_same_is_read_and_no_more(project):
    path = project / "roh/sgb2.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    assert ran(run(project)) == ["Lieferung sgb2"]


def test_check_and_build_share_what_was_read(project):
    change(project / "roh/sgb2.csv", "01;2023;43", "01;2023;44")
    with steps(quiet=True) as silent:
        checked, _ = check(project / f"params/{SLUG}.yml", silent)
    assert checked.inputs is not None
    assert ran(run(project)) == [FACTS, DISCLOSURE]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("herausgeber: SPM-Testbericht", "herausgeber: Amt", ["Angaben"]),
        ("mindestfallzahl: 3\n    tabellen:\n      - datei: sgb2",
         "mindestfallzahl: 4\n    tabellen:\n      - datei: sgb2",
         ["Angaben", "Lieferung sgb2", FACTS, DISCLOSURE]),
        ("berichtsjahr: 2023", "berichtsjahr: 2022",
         ["Angaben", "Lieferung einwohner", "Lieferung sgb2", FACTS, DISCLOSURE]),
    ],
)  # fmt: skip
def test_params(project, old, new, expected):
    change(project / f"params/{SLUG}.yml", old, new)
    told = run(project)
    assert ran(told) == expected
    assert told["Angaben"] == f"Params geändert: {SLUG}.yml"


def test_a_comment_in_the_params_file_changes_no_data(project):
    change(project / f"params/{SLUG}.yml", "kommune:", "# Hinweis\nkommune:")
    assert ran(run(project)) == []


def test_catalogue_and_geometry(project):
    change(project / "params/kennzahlen.yml", "art: anteil", "richtung: neutral\n    art: anteil")
    with pytest.raises(SpmError):  # given twice
        run(project)
    change(project / "params/kennzahlen.yml", "richtung: neutral\n    art: anteil", "art: anteil")
    assert ran(run(project)) == []
    change(project / "params/kennzahlen.yml", "definition: ", "definition: Neu. ")
    assert ran(run(project)) == ["Angaben", FACTS, DISCLOSURE]
    change(project / "roh/ortsteile.geojson", "Kirchdorf", "Kirchhof")
    told = run(project)
    assert told["Lieferung sgb2"] == "Eingabe geändert: ortsteile.geojson"
    assert DISCLOSURE in ran(told)


def test_an_earlier_report_is_an_input(project):
    shutil.copy(project / KEPT / DATASET, project / "roh/frueher.parquet")
    change(
        project / f"params/{SLUG}.yml",
        "lieferungen:",
        "geheimhaltung: {fruehere_berichte: [frueher.parquet]}\nlieferungen:",
    )
    assert DISCLOSURE in ran(run(project))
    assert ran(run(project)) == []
    frame = pd.read_parquet(project / "roh/frueher.parquet")
    frame.iloc[:-1].to_parquet(project / "roh/frueher.parquet")
    assert run(project)[DISCLOSURE] == "Eingabe geändert: frueher.parquet"


# ------------------------------------------------------------------------ nobody is believed


def show_another_number(project):
    path = project / KEPT / DATASET
    frame = pd.read_parquet(path)
    frame.loc[frame["status"].eq("ok"), "zaehler"] += 1
    frame.to_parquet(path, index=False)


def certify_it(project):
    """A certificate that fits the changed data."""
    show_another_number(project)
    path = project / KEPT / CERTIFICATE
    content = json.loads(path.read_text(encoding="utf-8"))
    content["datensatz"]["sha256"] = sha256(project / KEPT / DATASET)
    path.write_text(json.dumps(content), encoding="utf-8")


def record_it(project, key):
    """A record by which the changed data are what disclosure control made."""
    path = project / KEPT / FILE
    kept = json.loads(path.read_text(encoding="utf-8"))["stufen"]
    made = kept[DISCLOSURE]["ausgaben"]
    for name in (DATASET, CERTIFICATE):
        made[name] = sha256(project / KEPT / name)
    seal = key.of(f"Stufen {json.dumps(kept, sort_keys=True)}".encode())
    path.write_text(json.dumps({"stufen": kept, "siegel": seal}), encoding="utf-8")


def with_a_record(project):
    certify_it(project)
    (project / "anders").mkdir()
    record_it(project, Keyed(project / "anders"))


def with_a_record_of_data_without_certificate(project):
    """Even under the municipality's own key."""
    show_another_number(project)
    record_it(project, Keyed(project / KEPT))


def truncate(project):
    path = project / KEPT / DATASET
    path.write_bytes(path.read_bytes()[:-100])


def no_certificate(project):
    (project / KEPT / CERTIFICATE).unlink()


def a_failed_certificate(project):
    change(project / KEPT / CERTIFICATE, '"bestanden": true', '"bestanden": false')


def another_key(project):
    (project / KEPT / KEY).unlink()


def no_record(project):
    (project / KEPT / FILE).unlink()


@pytest.mark.parametrize(
    "tamper",
    [show_another_number, certify_it, with_a_record, with_a_record_of_data_without_certificate,
     truncate, no_certificate, a_failed_certificate, another_key, no_record],
)  # fmt: skip
def test_data_that_are_not_those_that_were_audited_are_made_anew(project, prepared, tamper):
    tamper(project)
    told = run(project)
    assert DISCLOSURE in ran(told)
    for name in (DATASET, CERTIFICATE):
        assert (project / KEPT / name).read_bytes() == (prepared / KEPT / name).read_bytes()


def test_the_gate_is_passed_even_if_everything_is_skipped(project, monkeypatch):
    """The stage's own look at the certificate is not what the report relies on."""
    show_another_number(project)
    record_it(project, Keyed(project / KEPT))
    monkeypatch.setattr(data.Data, "_certified", lambda self: True)
    with pytest.raises(SpmError, match="nicht die, deren Geheimhaltung geprüft wurde"):
        run(project)
    with pytest.raises(SpmError, match="nicht die, deren Geheimhaltung geprüft wurde"):
        run(project, build)


def test_a_changed_pattern_of_the_suppressor_changes_nothing(project, prepared):
    path = project / KEPT / memory.FILE
    kept = json.loads(path.read_text(encoding="utf-8"))
    for entry in kept.values():
        entry["hidden"] = []
    path.write_text(json.dumps(kept), encoding="utf-8")
    assert ran(run(project)) == []
    run(project, force=True)
    assert (project / KEPT / DATASET).read_bytes() == (prepared / KEPT / DATASET).read_bytes()


def test_kept_rows_that_were_changed_are_read_again(project):
    path = project / KEPT / "stufen/lieferung-sgb2/0.parquet"
    frame = pd.read_parquet(path)
    frame["anzahl"] += 1
    frame.to_parquet(path, index=False)
    told = run(project)
    assert told["Lieferung sgb2"].startswith(Reason.OUTPUT.value)
    assert ran(told) == ["Lieferung sgb2"], "and they say what they said"


def test_an_error_in_a_delivery_is_said_every_time(project):
    change(project / "roh/sgb2.csv", "01;2023;43", "01;2023;viele")
    for _ in range(2):
        with pytest.raises(SpmError, match="viele"):
            run(project)
