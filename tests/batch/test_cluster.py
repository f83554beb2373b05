"""How municipalities get to workers, and what happens if a worker or the caller ends."""

import os
import pickle
import signal
import subprocess
import sys
import time
from contextlib import suppress

import psutil
import pytest

from spm.batch import cluster, municipality, recap, run
from spm.batch.records import FEHLER, GEBAUT, OFFEN, read_state
from spm.errors import SpmError
from spm.progress import steps
from tests.batch.fake_builds import begun, build, make_project
from tests.conftest import ROOT, run_spm

pytestmark = pytest.mark.slow

distributed = pytest.importorskip("distributed", reason="the extra batch is not installed")

FAKED = (
    # Who starts the tests in the background has interrupts ignored, which is inherited.
    "import signal as s; s.signal(s.SIGINT, s.default_int_handler)\n"
    "from spm.batch import municipality; from tests.batch.fake_builds import build\n"
    "municipality.build_one = build\n"
    "from spm.cli import main\n"
    "if __name__ == '__main__': main()"
)


@pytest.mark.slow
def test_a_worker_that_dies_takes_no_other_along(tmp_path, monkeypatch):
    monkeypatch.setattr(municipality, "build_one", build)
    sent = []
    submit = distributed.Client.submit

    def watched(self, function, *arguments, **options):
        sent.append(pickle.dumps((function, arguments)))
        listening = set()
        for process in [psutil.Process(), *psutil.Process().children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):  # the worker that dies, between list and look
                listening |= {
                    address.laddr.ip
                    for address in process.net_connections(kind="inet")
                    if address.status == psutil.CONN_LISTEN
                }
        assert listening == {"127.0.0.1"}
        assert self.scheduler.address.startswith("tls://")
        return submit(self, function, *arguments, **options)

    monkeypatch.setattr(distributed.Client, "submit", watched)
    slugs = ("a", "b", "c", "d", "stirbt", "wirft")
    project = make_project(tmp_path / "projekt", *slugs)
    with steps(quiet=True) as shown:
        done = run([str(project / "params/*.yml")], shown, workers=2)
    by_slug = {record.slug: record for record in done.records}
    assert {s: r.status for s, r in by_slug.items()} == {
        **dict.fromkeys("abcd", GEBAUT),
        "stirbt": FEHLER,
        "wirft": FEHLER,
    }
    assert begun(project).count("stirbt") == 1
    assert "abgestürzt" in by_slug["stirbt"].was
    assert "ModuleNotFoundError: kein SPM hier" in by_slug["wirft"].was
    *_, last = recap(done)
    assert last == "6 Kommunen: 4 gebaut, 2 gescheitert"
    # Two words, a path and a version: nothing of a delivery.
    assert len(sent) == 6
    assert max(map(len, sent)) < 300 + len(str(project))


def test_without_workers_a_batch_does_not_wait_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr("spm.batch.handout.LOOK", 0.01)
    monkeypatch.setattr("spm.batch.handout.PATIENCE", 0.05)
    monkeypatch.setattr(distributed.Client, "nthreads", lambda self: {})
    project = make_project(tmp_path / "projekt", "a")
    with steps(quiet=True) as shown, pytest.raises(SpmError, match="kein Worker mehr"):
        run([str(project / "params/a.yml")], shown, workers=1)
    page = (project / "report/kommunen.html").read_text(encoding="utf-8")
    assert "Eine Kommune ist offen" in page


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_an_interrupted_batch_ends_soon_and_keeps_what_is_done(tmp_path):
    project = make_project(tmp_path / "projekt", "a", "b", "schlaeft", "z")
    process = subprocess.Popen(
        [sys.executable, "-c", FAKED, "batch", "params/*.yml", "--workers", "1"],
        cwd=project,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        while "schlaeft" not in (begun(project) if (project / "begonnen.txt").exists() else []):
            assert process.poll() is None, process.stderr.read()
            time.sleep(0.2)
        family = psutil.Process(process.pid).children(recursive=True)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does it: to all of them
        _, told = process.communicate(timeout=120)
    finally:
        if process.poll() is None:
            process.kill()
    assert process.returncode not in (0, 1)
    assert "Abgebrochen: 2 von 4 Kommunen sind fertig." in told
    assert "Traceback" not in told
    assert not psutil.wait_procs(family, timeout=60)[1]
    state = {slug: record.status for slug, record in read_state(project / "report").items()}
    assert state == {"a": GEBAUT, "b": GEBAUT, "schlaeft": OFFEN, "z": OFFEN}
    page = (project / "report/kommunen.html").read_text(encoding="utf-8")
    assert "2 Kommunen sind offen" in page


def test_only_one_batch_at_a_time(tmp_path):
    from filelock import FileLock

    project = make_project(tmp_path / "projekt", "a")
    (project / "report").mkdir()
    with FileLock(project / "report/.kommunen.lock"), steps(quiet=True) as shown:  # noqa: SIM117
        with pytest.raises(SpmError, match="läuft schon"):
            run([str(project / "params/a.yml")], shown)


def test_without_dask_the_error_says_what_to_install(tmp_path):
    project = make_project(tmp_path / "projekt", "a")
    script = "import sys; sys.modules['distributed'] = None; from spm.cli import main; main()"
    done = run_spm("batch", "params/a.yml", cwd=project, script=script)
    assert done.returncode == 1
    assert 'pip install "spm[batch]"' in done.stderr
    assert "Traceback" not in done.stderr


def test_other_commands_do_not_load_dask():
    script = "import sys, spm.cli, spm.batch; print({'dask', 'distributed'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8")
    assert done.stdout.strip() == "set()", done.stderr


def test_a_scheduler_that_does_not_answer(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT", "1s")
    project = make_project(tmp_path / "projekt", "a")
    with steps(quiet=True) as shown, pytest.raises(SpmError, match="kein Scheduler") as caught:
        run([str(project / "params/a.yml")], shown, scheduler="tcp://127.0.0.1:9")
    assert caught.value.wo == "--scheduler tcp://127.0.0.1:9"


def test_workers_by_cores_and_memory(monkeypatch):
    import dask.system
    import distributed.system

    monkeypatch.setattr(dask.system, "CPU_COUNT", 64)
    monkeypatch.setattr(distributed.system, "MEMORY_LIMIT", 16 * 2**30)
    assert cluster.usual_workers() == 10
    monkeypatch.setattr(distributed.system, "MEMORY_LIMIT", 2**30)
    assert cluster.usual_workers() == 1
    monkeypatch.setattr(distributed.system, "MEMORY_LIMIT", 2**40)
    assert cluster.usual_workers() == 64
