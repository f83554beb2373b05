"""One state: whatever happens to the inputs while a build runs, its report tells of one of them."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from spm.build.digests import Digests
from spm.build.snapshot import FOLDER, Snapshot
from spm.config.held import VARIABLE
from spm.config.params import load_params
from spm.errors import SpmError
from tests.build.small import change, make
from tests.conftest import run_spm
from tests.locked_example import lock

PARAMS = "params/kleinau.yml"


@pytest.fixture
def project(tmp_path):
    return make(tmp_path / "projekt")


def test_a_copy_of_everything_that_is_read(project):
    params = load_params(project / PARAMS)
    with Snapshot(params, Digests(params)) as snapshot:
        snapshot.hold()
        held = params.held
        for name in ("params/kennzahlen.yml", "params/texte/kleinau/sgb2.md", "_quarto.yml"):
            assert params.project_file(name).is_relative_to(held.project)
            assert params.project_file(name).read_bytes() == (project / name).read_bytes()
            assert params.original(params.project_file(name)) == project / name
        assert (params.source / "notebooks/index.ipynb").is_file()
        raw = params.raw_file(params.raeume.datei)
        assert raw.read_bytes() == (project / "roh" / params.raeume.datei).read_bytes()
        change(project / PARAMS, "name: ", "name: Anders")
        inner = load_params(project / PARAMS)  # as a kernel of a chapter does
        assert inner.kommune.name == params.kommune.name and inner.path == params.path
        assert inner.processed == held.published and inner.root == project
    assert params.held is None and VARIABLE not in os.environ
    assert not (params.processed / FOLDER).exists()
    assert load_params(project / PARAMS).kommune.name.startswith("Anders")


@pytest.mark.parametrize("what", ["params/kennzahlen.yml", "roh/einwohner.csv", PARAMS])
@pytest.mark.parametrize("how", ["written", "deleted"])
def test_a_file_that_changes_before_it_is_copied(project, what, how):
    params = load_params(project / PARAMS)
    digests = Digests(params)
    snapshot = Snapshot(params, digests)
    path = project / what
    digests.file(path)
    if how == "deleted":
        path.unlink()
    elif what == PARAMS:
        change(path, "name: ", "name: Anders")
    else:
        path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(SpmError, match="während des Laufs geändert") as caught, snapshot:
        snapshot.hold()
    assert caught.value.wo == str(path)


def test_a_file_that_excel_has_locked(project, monkeypatch):
    params = load_params(project / PARAMS)
    (project / "roh/~$sgb2.csv").touch()
    lock(monkeypatch, "sgb2.csv")
    with pytest.raises(SpmError) as caught, Snapshot(params, Digests(params)) as snapshot:
        snapshot.hold()
    assert caught.value.was == (
        "«sgb2.csv» ist in Excel geöffnet und lässt sich deshalb nicht lesen."
    )
    assert caught.value.wo == str(project / "roh/sgb2.csv")


def test_a_link_beside_a_file_is_not_copied_from_elsewhere(project):
    """A reader of shapefiles would take the copy of a secret table for a part of the shapefile."""
    (project.parent / "secret.dbf").write_bytes(b"x")
    (project / "roh" / "raeume.dbf").symlink_to(project.parent / "secret.dbf")
    file = load_params(project / PARAMS).raeume.datei
    change(project / PARAMS, file, "raeume.shp")
    params = load_params(project / PARAMS)
    with pytest.raises(SpmError, match="hinaus"), Snapshot(params, Digests(params)) as snapshot:
        snapshot.hold()


def test_a_touch_or_the_same_content_anew_is_no_change(project):
    params = load_params(project / PARAMS)
    digests = Digests(params)
    path = project / "params/kennzahlen.yml"
    digests.file(path)
    new = path.with_suffix(".neu")
    new.write_bytes(path.read_bytes())
    os.replace(new, path)
    with Snapshot(params, digests) as snapshot:
        snapshot.hold()


def test_errors_name_the_users_files(project):
    params = load_params(project / PARAMS)
    raw = project / "roh" / params.raeume.datei
    with pytest.raises(SpmError) as caught, Snapshot(params, Digests(params)) as snapshot:
        snapshot.hold()
        where = params.project_file("params/kennzahlen.yml")
        raise SpmError(f"{where}", wo=f"{params.raw_file(raw.name)}, Zeile 3")
    assert caught.value.was == str(project / "params/kennzahlen.yml")
    assert caught.value.wo == f"{raw}, Zeile 3"


def test_published_data_that_were_exchanged_are_not_handed_out(project):
    params = load_params(project / PARAMS)
    params.processed.mkdir(parents=True)
    names = ("published.parquet", "entwicklung.parquet", "geheimhaltung.json")
    for name in names:
        (params.processed / name).write_text(name)
    digests = Digests(params)
    made = {name: digests.file(params.processed / name) for name in names}
    (params.processed / names[0]).write_text("other")
    with pytest.raises(SpmError, match="während des Laufs"), Snapshot(params, digests) as snapshot:
        snapshot.hold()
        snapshot.hand_out(made)


def _meanwhile(project, act):
    """Build, and act when the first chapter runs, and again when it has."""
    script = "from spm.cli import main; main()"
    command = [sys.executable, "-c", script, "build", PARAMS, "--to", "html"]
    process = subprocess.Popen(
        [*command, "--renderer", "embedded"],
        cwd=project,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    seen, times = "", 0
    for line in process.stderr:
        seen += line
        if "Kapitel ausf" in line or line.startswith("  index"):
            act(times)
            times += 1
    assert process.wait() == 0 and times == 2, seen


@pytest.mark.slow
def test_whatever_changes_meanwhile_is_not_in_the_report(project):
    """Params, delivery, catalogue, text and notebook are exchanged, changed back, deleted.

    And nothing in the report tells where on the machine they are.
    """
    kept = {}
    share = project.parent / "laufwerk-mueller"
    (project / "roh").rename(share)
    change(project / PARAMS, "datenordner: roh", f"datenordner: {share.as_posix()}")

    def act(times):
        if times:  # changed back, or gone
            for path in kept:
                path.write_bytes(kept[path]) if "texte" not in str(path) else path.unlink()
            return
        for name in ("params/kleinau.yml", "params/kennzahlen.yml", share / "einwohner.csv",
                     "params/texte/kleinau/sgb2.md", "notebooks/03-sgb2.ipynb"):  # fmt: skip
            path = project / name
            kept[path] = path.read_bytes()
            path.write_bytes(kept[path].replace(b"Kleinau", b"Andersdorf") + b"\nAndersdorf\n")

    _meanwhile(project, act)
    report = project / "report/kleinau"
    pages = [p.read_text(encoding="utf-8") for p in (report / "html").glob("*.html")]
    assert pages and not any("Andersdorf" in page for page in pages)
    assert "Ein Text." in "".join(pages)
    for path in (path for path in report.rglob("*") if path.is_file()):
        content = path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                content += b"".join(map(book.read, book.namelist()))
        for told in ("laufwerk-mueller", str(project.parent), str(Path.home()) + "/", FOLDER + "/"):
            assert told.encode() not in content, path
    full = json.loads((project / "data/processed/kleinau/manifest-vertraulich.json").read_text())
    params = load_params(project / PARAMS)
    digests = Digests(params)
    for name in ("params/kleinau.yml", "params/kennzahlen.yml"):
        assert full["eingaben"][name] == digests.file(project / name)
    assert not (params.processed / FOLDER).exists()
    if os.name == "posix":
        usual = (project / PARAMS).stat().st_mode
        assert {p.stat().st_mode for p in report.rglob("*") if p.is_file()} == {usual}
        assert not any(p.stat().st_mode & 0o077 for p in params.processed.rglob("*"))
    # What had been read is what is recorded: the deleted text is a change, nothing else is.
    (project / "params/texte/kleinau/sgb2.md").write_bytes(b"Ein Text.\n")
    again = run_spm("build", PARAMS, "--to", "html", "--renderer", "embedded", cwd=project)
    assert "Nichts hat sich geändert" in again.stdout, again.stdout + again.stderr
