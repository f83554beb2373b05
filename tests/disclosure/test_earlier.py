"""The last report: what it showed is known, what it hid is preferably hidden again."""

import re
import shutil

import pandas as pd
import pytest

from spm.build import check, prepare
from spm.errors import SpmError
from spm.progress import steps
from spm.release.gate import read_certificate
from tests.certificate_example import read_overview
from tests.presentation_sample import areas
from tests.report_example import TITLES, entry

PARAMS = """
kommune: {{name: Musterstadt, ags: "05999000"}}
bericht: {{datum: 2024-09-30, berichtsjahr: 2023, herausgeber: Amt}}
zeitreihe: {{von: 2023, bis: 2023}}
datenordner: data/raw/muster
raeume: {{datei: raeume.geojson, schluessel: raum, name: name}}
geheimhaltung: {{{earlier}}}
lieferungen:
  amt:
    titel: Einwohner
    stelle: Amt
    tabellen:
      - datei: alle.csv
        spalten: {{raum: Raum, jahr: Jahr, anzahl: Zahl}}
        konstanten: {{merkmal: alle}}
  jobcenter:
    titel: Leistungen
    stelle: Jobcenter
    mindestfallzahl: {threshold}
    nullen_veroeffentlichen: ja
    tabellen:
      - datei: fall.csv
        spalten: {{raum: Raum, jahr: Jahr, anzahl: Zahl}}
        konstanten: {{merkmal: fall}}
"""
OLD = "bericht-alt.parquet"
PEOPLE = (500, 500, 500, 500)
KNOWN = "Schon bekannt und nicht mehr zu schützen"


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path)


@pytest.fixture(scope="module")
def old_report(tmp_path_factory):
    """The rows of a report that showed everything."""
    project = make_project(tmp_path_factory.mktemp("alt"))
    publish(project, (4, 40, 41, 60))
    return pd.read_parquet(project / "data/processed/muster/published.parquet")


def make_project(folder):
    """Four areas, one indicator, one year."""
    for name in ("params", "data/raw/muster"):
        (folder / name).mkdir(parents=True)
    (folder / "_quarto.yml").write_text("book: {chapters: []}", encoding="utf-8")
    catalogue = f"{TITLES}kennzahlen:{entry('quote', 'sgb2')}"
    (folder / "params/kennzahlen.yml").write_text(catalogue, encoding="utf-8")
    areas(4).to_file(folder / "data/raw/muster/raeume.geojson")
    return folder


def deliver(project, cases, people=PEOPLE, threshold=3, earlier=None):
    """Write deliveries and params file; numbers by area."""
    for name, numbers in (("fall", cases), ("alle", people)):
        lines = [f"{i};2023;{n}" for i, n in enumerate(numbers, start=1)]
        text = "\n".join(["Raum;Jahr;Zahl", *lines]) + "\n"
        (project / f"data/raw/muster/{name}.csv").write_text(text, encoding="utf-8")
    known = f"frueherer_bericht: {earlier}" if earlier else ""
    path = project / "params/muster.yml"
    path.write_text(PARAMS.format(threshold=threshold, earlier=known), encoding="utf-8")
    return path


def publish(project, cases, **options):
    """Areas that are suppressed, and the certificate."""
    with steps(quiet=True) as silent:
        folder = prepare(deliver(project, cases, **options), silent).processed
    rows = pd.read_parquet(folder / "published.parquet")
    return set(rows["raum"][rows["status"] == "gesperrt"]), read_certificate(folder)


def overview(project):
    """What only the confidential list says about the run."""
    return read_overview(project / "data/processed/muster")


def keep(project):
    """What was published becomes the report of last year."""
    shutil.copy(
        project / "data/processed/muster/published.parquet", project / "data/raw/muster" / OLD
    )
    return OLD


# ------------------------------------------------------------------------------ end to end


@pytest.mark.slow
def test_what_the_last_report_printed_cannot_be_protected_any_more(project):
    """Four cases were published; from now on, at least five are asked for."""
    cases = (4, 40, 41, 60)
    assert publish(project, cases)[0] == set()
    old = keep(project)
    assert publish(project, cases, threshold=5)[0] == {"1", "2"}
    assert overview(project)[KNOWN] == 0
    hidden, _ = publish(project, cases, threshold=5, earlier=old)
    assert hidden == {"1"}, "hiding another area would protect nobody"
    assert overview(project)[KNOWN] == 1 and overview(project)["Geschützte Zahlen"] == 0


@pytest.mark.slow
def test_what_the_last_report_printed_hides_nothing(project):
    """The small count is new. All other areas were published, so only the sum can hide it."""
    publish(project, (4, 40, 41, 60))
    old = keep(project)
    assert publish(project, (2, 40, 41, 60))[0] == {"1", "2"}
    hidden, certificate = publish(project, (2, 40, 41, 60), earlier=old)
    assert hidden == {"1", "gesamt"}
    assert certificate.bestanden and overview(project)[KNOWN] == 0


@pytest.mark.slow
def test_a_count_is_known_even_if_its_denominator_was_corrected(project):
    publish(project, (4, 40, 41, 60))
    old = keep(project)
    people = (500, 501, 500, 500)
    assert publish(project, (2, 40, 41, 60), people=people, earlier=old)[0] == {"1", "gesamt"}


@pytest.mark.slow
def test_what_has_changed_since_is_not_known(project):
    """Other numbers than those of the last report may be hidden; they are news."""
    publish(project, (4, 40, 41, 60))
    old = keep(project)
    assert publish(project, (2, 43, 44, 63), earlier=old)[0] == {"1", "2"}


@pytest.mark.slow
def test_the_gap_of_the_last_report_is_preferred(project):
    """Area 2 is the first of its kind; but readers of the last report know a gap at area 3."""
    assert publish(project, (2, 40, 41, 60))[0] == {"1", "2"}
    old = keep(project)
    path = project / "data/raw/muster" / old
    rows = pd.read_parquet(path)
    swapped = rows[rows["raum"].isin(["2", "3"])].assign(
        raum=rows["raum"].map({"2": "3", "3": "2"}),
        raeume=rows["raeume"].map({'["2"]': '["3"]', '["3"]': '["2"]'}),
    )
    rows.loc[swapped.index] = swapped
    rows.to_parquet(path)
    assert publish(project, (2, 45, 42, 61))[0] == {"1", "2"}
    assert publish(project, (2, 45, 42, 61), earlier=old)[0] == {"1", "3"}


# ------------------------------------------------------------------------------- bad files


def refused(project, rows=None, content=None):
    """What `spm check` says to an old report that was changed or is something else."""
    path = project / "data/raw/muster" / OLD
    if rows is not None:
        rows.to_parquet(path)
    elif content is not None:
        path.write_bytes(content)
    params = deliver(project, (2, 40, 41, 60), earlier=OLD)
    with steps(quiet=True) as silent, pytest.raises(SpmError) as caught:
        check(params, silent)
    assert caught.value.wo == str(path)
    assert "published.parquet" in caught.value.tun
    assert "geheimhaltung.frueherer_bericht" in caught.value.tun
    return str(caught.value)


@pytest.mark.slow
def test_a_file_that_is_missing(project):
    assert "fehlen" in refused(project)
    (project / "data/raw/muster" / OLD).mkdir()
    assert "fehlen" in refused(project)


@pytest.mark.parametrize("content", [b"", b"Raum;Jahr\n1;2023\n", b"PAR1", b"PAR1" + bytes(64)])
def test_a_file_that_is_no_parquet(project, content):
    assert "nicht lesbar" in refused(project, content=content)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: rows[:0], "haben keine Zeile"),
        (lambda rows: rows.drop(columns="status"), "fehlt die Spalte «status»"),
        (lambda rows: rows[["kennzahl"]], "fehlt die Spalte"),
        (lambda rows: rows.assign(jahr="2023/24"), "«jahr» der Daten .* hat keine Zahlen"),
        (lambda rows: rows.assign(zaehler="viele"), "«zaehler» der Daten .* hat keine Zahlen"),
        (lambda rows: rows.assign(jahr=float("nan")), "«jahr» .* nicht überall gefüllt"),
        (lambda rows: rows.assign(raum=None), "«raum» .* nicht überall gefüllt"),
        (lambda rows: rows.assign(raum="058" + rows["raum"]), "keinen Raum mit diesem gemeinsam"),
    ],
)
def test_a_file_that_no_build_of_this_municipality_has_published(project, old_report, change, said):
    assert re.search(said, refused(project, change(old_report)))


def test_a_file_outside_of_the_data_folder(project):
    params = deliver(project, (2, 40, 41, 60), earlier="../../../alt.parquet")
    with steps(quiet=True) as silent, pytest.raises(SpmError, match="Datenordner"):
        check(params, silent)


@pytest.mark.slow
def test_a_report_without_areas_of_its_own_is_read(project, old_report):
    """Only the municipality's totals were published then: they are known."""
    rows = old_report[old_report["raum"] == "gesamt"]
    rows.to_parquet(project / "data/raw/muster" / OLD)
    assert publish(project, (2, 40, 41, 62), earlier=OLD)[0] == {"1", "2"}
