"""Parts that are decided side by side, in processes: the same pattern, whoever decides it."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from spm.disclosure.audit.search import Searches
from spm.disclosure.suppress import ahead, suppression
from spm.disclosure.suppress.ahead import Ahead
from spm.disclosure.suppress.memory import Memory
from spm.disclosure.suppress.suppression import suppress
from spm.system import processes
from tests.conftest import ROOT
from tests.disclosure.test_memory import years

pytestmark = pytest.mark.slow

CHANGED = ({"b": 41}, {"c": 9}, {"d": 80})


@pytest.fixture
def answered(monkeypatch):
    """Every part counts as large; whether a process has decided it, part by part."""
    monkeypatch.setattr(suppression, "heavy", lambda problem: True)
    found = []

    def answer(self, key, asked=Ahead.answer):
        result = asked(self, key)
        found.append(result is not None)
        return result

    monkeypatch.setattr(Ahead, "answer", answer)
    return found


@pytest.mark.parametrize("forks", [processes.CAN_FORK, False], ids=["as here", "spawned"])
def test_the_pattern_does_not_depend_on_the_number_of_processes(answered, monkeypatch, forks):
    monkeypatch.setattr(processes, "CAN_FORK", forks)
    problem = years(*CHANGED)
    alone = suppress(problem)
    assert not any(answered)
    assert suppress(problem, workers=2) == alone
    assert sum(answered) > 2


def test_what_processes_have_solved_comes_back(answered):
    alone, together = Searches(), Searches()
    suppress(years(*CHANGED), searches=alone)
    suppress(years(*CHANGED), searches=together, workers=2)
    assert sum(answered) > 2
    assert set(together.blocks) == set(alone.blocks) != set()
    for content, search in together.blocks.items():
        assert search.block.content == content and search.block.agrees(search.tables).all()


def test_parts_that_are_known_start_no_process(tmp_path, answered, monkeypatch):
    with Memory(tmp_path) as memory:
        suppress(years(*CHANGED), recall=memory.part)
    monkeypatch.setattr(ahead, "ProcessPoolExecutor", None)
    with Memory(tmp_path) as memory:
        suppress(years(*CHANGED), recall=memory.part, knows=memory.knows, workers=2)


def die(problem, start):
    os._exit(3)


def test_if_a_process_dies_the_part_is_decided_here(answered, monkeypatch):
    problem = years(*CHANGED)
    alone = suppress(problem)
    monkeypatch.setattr(suppression, "_decided", die)
    assert suppress(problem, workers=2) == alone
    assert not any(answered)


def sleep(problem, start):
    time.sleep(60)


SCRIPT = """
from tests.disclosure.test_ahead import sleep
from tests.disclosure.test_memory import years
from spm.disclosure.suppress.ahead import Ahead

if __name__ == "__main__":
    with Ahead(sleep, 2) as ahead:
        problem = years({})
        ahead.begin((key, problem, problem.primaries) for key in "ab")
        print("begun", flush=True)
        ahead.answer("a")
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_running(tmp_path, how):
    script = tmp_path / "skript.py"
    script.write_text(f"import signal\nsignal.signal(2, signal.default_int_handler)\n{SCRIPT}")
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    process = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": paths},
        encoding="utf-8",
    )
    assert process.stdout.readline() == "begun\n"
    deadline = time.monotonic() + 60
    while len(started := psutil.Process(process.pid).children(recursive=True)) < 3:
        assert time.monotonic() < deadline, "two, and the one that starts them"
        time.sleep(0.1)
    process.send_signal(how)
    errors = process.stderr.read()  # ends when all that inherited it have ended
    process.wait(timeout=30)
    assert process.returncode != 0
    assert errors.count("Traceback") <= 1, "that of the interrupted script itself"
    _, alive = psutil.wait_procs(started, timeout=30)
    assert not alive
