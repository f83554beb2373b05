"""Work that is done in a process of its own: what comes back, and what if its end comes first."""

import os
import signal
import subprocess
import sys

import pytest

from spm import processes
from spm.book.refusals import set_apart
from spm.errors import SpmError

pytestmark = pytest.mark.skipif(not processes.CAN_FORK, reason="no server process here")


def number_of_process() -> int:
    return os.getpid()


def refuse(was: str) -> None:
    raise SpmError(was, wo="Zeile 3", tun="Bitte anders.")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def served(monkeypatch):
    monkeypatch.setattr(processes, "_serving", True)


def test_without_a_server_nothing_is_started():
    assert processes.apart(number_of_process) == os.getpid()


def test_with_a_server_it_is_another_process(served):
    assert processes.apart(number_of_process) != os.getpid()


def test_what_a_user_can_mend_comes_back_whole(served):
    with pytest.raises(SpmError) as refused:
        processes.apart(refuse, "Was falsch ist.")
    told = refused.value
    assert (told.was, told.wo, told.tun) == ("Was falsch ist.", "Zeile 3", "Bitte anders.")


def test_the_end_of_the_process_is_told(served):
    with pytest.raises(SpmError, match="Typst wurde vom Betriebssystem beendet"):
        set_apart(die)


def test_one_call_starts_the_server():
    code = (
        "import os; from spm import processes; processes.serve('spm.errors');"
        "print(processes.apart(os.getpid) != os.getpid())"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "True"
