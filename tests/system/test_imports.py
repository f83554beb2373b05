"""Every module of the program can be imported where there is no Unix."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow

CODE = r"""
import importlib, os, pkgutil, signal, sys
def every():
    import spm
    for module in pkgutil.walk_packages(spm.__path__, "spm."):
        if not module.name.endswith(".__main__"):
            importlib.import_module(module.name)
every()  # what belongs to others may ask for its own system, once
for name in [name for name in sys.modules if name.split(".")[0] == "spm"]:
    del sys.modules[name]
for name in ("fcntl", "grp", "posix_ipc", "pwd", "resource", "termios", "tty"):
    sys.modules[name] = None
for name in ("SIGKILL", "SIGHUP", "SIGALRM", "SIGPROF", "ITIMER_PROF", "setitimer"):
    if hasattr(signal, name):
        delattr(signal, name)
for name in ("fork", "setsid", "getuid", "geteuid", "register_at_fork", "O_NOFOLLOW", "O_NONBLOCK",
             "O_NOCTTY", "killpg", "getpgid", "mkfifo", "forkpty"):
    if hasattr(os, name):
        delattr(os, name)
sys.platform = "win32"  # with another os.name, pathlib makes no paths
every()
from spm.system import limits, processes, rights
assert not processes.CAN_FORK and not limits.time_is_counted()
limits.limit_own_memory(1_000_000)
limits.limit_own_time(1)
assert limits.limit_time_of(os.getpid(), 1) is False
processes.of_its_own()
print(len([name for name in sys.modules if name.startswith("spm")]))
"""


def test_without_the_modules_and_signals_of_unix():
    done = subprocess.run(
        [sys.executable, "-c", CODE], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=600
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) > 300
