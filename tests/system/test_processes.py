"""Work that is done in a process of its own: what comes back, and what if its end comes first."""

import os
import signal
import subprocess
import sys

import pytest

from spm.book.refusals import set_apart
from spm.disclosure.suppress.ahead import Ahead
from spm.errors import SpmError
from spm.system import processes

pytestmark = pytest.mark.slow

forking = pytest.mark.skipif(not processes.CAN_FORK, reason="no server process here")


def number_of_process() -> int:
    return os.getpid()


def refuse(was: str) -> None:
    raise SpmError(was, wo="Zeile 3", tun="Bitte anders.")


class Part:
    """As large a problem as it says."""

    def __init__(self, size: int) -> None:
        self.counts = range(size)


def decided(part: Part, start: frozenset[int]) -> tuple[int, list[int], int]:
    return len(part.counts) * 2, sorted(start), os.getpid()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def served(monkeypatch):
    monkeypatch.setattr(processes, "_serving", "spm.errors")


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """Whatever ran in this process before: nothing is served."""
    monkeypatch.setattr(processes, "_serving", "")


def test_without_a_server_nothing_is_started():
    assert processes.apart(number_of_process) == os.getpid()


@forking
def test_with_a_server_it_is_another_process(served):
    assert processes.apart(number_of_process) != os.getpid()


@forking
def test_what_a_user_can_mend_comes_back_whole(served):
    with pytest.raises(SpmError) as refused:
        processes.apart(refuse, "Was falsch ist.")
    told = refused.value
    assert (told.was, told.wo, told.tun) == ("Was falsch ist.", "Zeile 3", "Bitte anders.")


@forking
def test_the_end_of_the_process_is_told(served):
    with pytest.raises(SpmError, match="Typst wurde vom Betriebssystem beendet"):
        set_apart(die)


@forking
def test_one_call_starts_the_server():
    code = (
        "import os; from spm.system import processes; processes.serve('spm.errors');"
        "print(processes.apart(os.getpid) != os.getpid())"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "True"


def has_imported(name: str) -> bool:
    return name in sys.modules


@forking
def test_another_server_takes_the_place_of_the_first():
    """What it has imported leaves the memory; the same one is not started twice."""
    code = (
        "from multiprocessing import forkserver\n"
        "from spm.system.processes import apart, serve\n"
        "from tests.system.test_processes import has_imported\n"
        "for name in ('colorsys', 'colorsys', 'stringprep'):\n"
        "    serve(name)\n"
        "    print(forkserver._forkserver._forkserver_pid, apart(has_imported, 'colorsys'))\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    (first, imported), again, (last, no_more) = [x.split() for x in told.stdout.splitlines()]
    assert again == [first, imported] and last != first
    assert (imported, no_more) == ("True", "False")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_an_interrupt_that_wakes_nobody_is_heard():
    """It comes as the wait begins, or to another thread: here the main one is deaf to it."""
    code = (
        "import os, signal, threading, time\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from spm.system.processes import awaited\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "work = ThreadPoolExecutor(1).submit(time.sleep, 600)\n"
        "signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})\n"
        "threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "try:\n"
        "    awaited(work)\n"
        "except KeyboardInterrupt:\n"
        "    print('heard', flush=True)\n"
        "    os._exit(0)\n"
    )
    command = [sys.executable, "-c", code]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert told.stdout.strip() == "heard"


def test_what_sets_pages_imports_little():
    """Its process comes on top of that of the build, and is the largest."""
    heavy = "'pandas', 'numpy', 'matplotlib', 'pydantic', 'bs4', 'pypandoc', 'yaml'"
    code = f"import sys, spm.book.typesetting; print({{{heavy}}} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


@pytest.fixture
def spawning(monkeypatch):
    """As on Windows and macOS."""
    monkeypatch.setattr(processes, "CAN_FORK", False)


def test_where_nothing_is_forked_processes_are_spawned(spawning):
    processes.serve("spm.errors")
    assert processes.context().get_start_method() == "spawn"
    assert processes.apart(number_of_process) == os.getpid(), "no server, so in this process"


def test_parts_are_decided_alike_in_spawned_processes(spawning):
    questions = [(n, Part(n), frozenset({n})) for n in (3, 5)]
    with Ahead(decided, workers=2) as ahead:
        ahead.begin(questions)
        answers = [ahead.answer(n) for n in (3, 5)]
    assert [answer[:2] for answer in answers if answer] == [(6, [3]), (10, [5])]
    assert os.getpid() not in {answer[2] for answer in answers if answer}
