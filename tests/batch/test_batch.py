"""Municipalities built for real: on a cluster of this machine, and on one that runs already."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from spm.batch import run
from spm.batch.records import FEHLER, GEBAUT, OHNE_AENDERUNG, read_state
from spm.progress import steps
from tests.batch.batch_example import make_land
from tests.conftest import ROOT, run_spm

pytest.importorskip("distributed", reason="the extra batch is not installed")
pytestmark = pytest.mark.slow

HTML = ("--to", "html", "--renderer", "embedded")
RAW = "rund siebenundvierzig"
"""What somebody wrote into a cell for numbers."""

WATCHED = """
import json, os, pickle
import distributed
from spm.cli import main

def note(kind, content):
    with open("unterwegs.jsonl", "a", encoding="utf-8") as file:
        file.write(json.dumps([kind, content]) + "\\n")

submit, result = distributed.Client.submit, distributed.Future.result

def submitted(self, function, *arguments, **options):
    note("hin", repr(arguments) + repr(pickle.dumps((function, arguments))))
    return submit(self, function, *arguments, **options)

def returned(self, *arguments, **options):
    content = result(self, *arguments, **options)
    note("zurück", json.dumps(content))
    return content

if __name__ == "__main__":
    distributed.Client.submit, distributed.Future.result = submitted, returned
    main()
"""


@pytest.fixture(scope="module")
def land(tmp_path_factory) -> tuple[Path, subprocess.CompletedProcess]:
    """Three municipalities after a batch; the delivery of one has an error."""
    land = make_land(tmp_path_factory.mktemp("land") / "projekt", "aheim", "bheim", "cheim")
    raw = land / "roh/cheim/einwohner.csv"
    text = re.sub(r"(02;2022;0-17;)\d+", rf"\g<1>{RAW}", raw.read_text(encoding="utf-8"))
    raw.write_text(text, encoding="utf-8")
    arguments = ["params/*.yml", "--workers", "2", *HTML]
    return land, run_spm("batch", *arguments, cwd=land, script=WATCHED)


def test_one_that_fails_stops_no_other(land):
    project, done = land
    assert done.returncode == 1, done.stderr
    told = done.stdout.replace(os.sep, "/")
    assert "cheim: Die Lieferungen haben einen Fehler" in told
    assert "Wo: data/processed/cheim/pruefprotokoll-cheim.html" in told
    assert "3 Kommunen: 2 gebaut, 1 gescheitert" in told
    assert "Überblick: report/kommunen.html" in told
    for slug in ("aheim", "bheim"):
        assert (project / f"report/{slug}/html/index.html").is_file()
        assert f"  {slug}: gebaut" in done.stderr
    assert not (project / "report/cheim").exists()
    copies = project.glob("data/processed/*/rueckfragen/*.xlsx")  # nobody calls `spm check` for it
    assert [path.relative_to(project / "data/processed").as_posix() for path in copies] == [
        "cheim/rueckfragen/einwohnermeldeamt-einwohner.xlsx"
    ]
    state = read_state(project / "report")
    assert [state[slug].status for slug in sorted(state)] == [GEBAUT, GEBAUT, FEHLER]
    figures = state["aheim"].eckzahlen
    assert (figures.raeume, figures.kennzahlen, figures.von, figures.bis) == (3, 1, 2022, 2023)
    assert (figures.gezeigt, figures.gesperrt) == (8, 0)


def test_paths_and_small_records_travel_and_nothing_of_a_delivery(land):
    project, done = land
    lines = (project / "unterwegs.jsonl").read_text(encoding="utf-8").splitlines()
    travelled = [json.loads(line) for line in lines]
    assert sorted(kind for kind, _ in travelled) == ["hin"] * 3 + ["zurück"] * 3
    assert all(len(content) < 2000 for _, content in travelled)
    told = [text for _, text in travelled]
    told += [done.stdout, done.stderr]
    told += [(project / f"report/kommunen.{kind}").read_text("utf-8") for kind in ("html", "json")]
    assert all(RAW not in text for text in told)
    kept = project / "data/processed/cheim/fehlermeldung.txt"
    assert RAW in kept.read_text(encoding="utf-8")


def test_the_published_bytes_are_those_of_a_single_build(land, tmp_path):
    project, _ = land
    alone = make_land(tmp_path / "projekt", "aheim")
    key = "data/processed/aheim/schluessel-vertraulich.txt"
    (alone / key).parent.mkdir(parents=True)
    shutil.copy(project / key, alone / key)
    done = run_spm("build", "params/aheim.yml", *HTML, cwd=alone)
    assert done.returncode == 0, done.stderr
    assert _files(alone / "report/aheim") == _files(project / "report/aheim")


def test_the_same_command_goes_on(land):
    """Reports stay as they are, and what had failed is built once its delivery is right."""
    project, _ = land
    before, state = _files(project / "report/aheim"), read_state(project / "report")
    raw = project / "roh/cheim/einwohner.csv"
    right = raw.read_text(encoding="utf-8").replace(RAW, "250")
    raw.write_text(right, encoding="utf-8")
    done = run_spm("batch", "params/*.yml", "--workers", "1", *HTML, cwd=project)
    assert done.returncode == 0, done.stderr
    assert "3 Kommunen: 1 gebaut, 2 unverändert (früher gebaut)" in done.stdout
    now = read_state(project / "report")
    assert [now[slug].status for slug in sorted(now)] == [OHNE_AENDERUNG, OHNE_AENDERUNG, GEBAUT]
    assert now["aheim"] == replace(state["aheim"], status=OHNE_AENDERUNG)  # seconds of its build
    assert _files(project / "report/aheim") == before
    assert not (project / "data/processed/cheim/fehlermeldung.txt").exists()


def _files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.skipif(sys.platform == "win32", reason="processes end by signals here")
def test_a_cluster_that_runs_already_is_used(land, tmp_path):
    """Its workers are daemons, which may not have children as multiprocessing starts them."""
    project, _ = land
    report = project / "report/bheim"
    before = _files(report)
    shutil.rmtree(report)
    address = tmp_path / "scheduler.json"
    loopback = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(address)]
    dask = [sys.executable, "-m", "dask"]
    options = {
        "cwd": tmp_path,
        "env": os.environ | {"PYTHONPATH": str(ROOT / "src")},
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
    }
    started = [subprocess.Popen([*dask, "scheduler", "--port", "0", *loopback], **options)]
    try:
        worker = [*dask, "worker", "--nthreads", "2", *loopback]
        started.append(subprocess.Popen(worker, **options))
        while not address.exists():
            time.sleep(0.2)
        known = json.loads(address.read_text(encoding="utf-8"))["address"]
        with steps(quiet=True) as shown:
            done = run(
                [str(project / "params/bheim.yml")],
                shown,
                ("html",),
                "embedded",
                scheduler=known,
                out=tmp_path / "überblick",
            )
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(60)
    assert [(r.status, r.was) for r in done.records] == [(GEBAUT, "")]
    assert _files(report) == before
    assert (tmp_path / "überblick/kommunen.html").is_file()
