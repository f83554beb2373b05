"""``spm`` in processes that are forked from one that has imported everything.

Half of what the build of a small municipality costs are imports: of the process itself, and of the
server from which its chapters are forked. Here one process imports once what either needs, and
every call of ``spm`` is a fork of it: with memory, arguments, folder and streams of its own, and an
end of its own. What it does not show is how ``spm`` starts; whole reports start it as users do.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import pickle
import pkgutil
import signal
import socket
import subprocess
import sys
import tempfile
import types
from multiprocessing import util
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 1200
"""Seconds, against hanging; a busy machine takes its time."""

LIBRARIES = (
    *("brotli", "fontTools.ttLib", "jinja2", "lxml.html", "openpyxl", "pandera.pandas"),
    *("papermill", "PIL.Image", "pypandoc", "python_calamine", "rich.progress", "scipy.special"),
    *("sqlalchemy", "typst", "uharfbuzz", "xlsxwriter"),
)
"""What ``spm`` imports only where it is needed."""

SCRIPT = "from spm.cli import main; main()"


class Server:
    """The process that is forked, as the tests see it."""

    def __init__(self) -> None:
        self._env = _environment()
        self._ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.forked", str(theirs.fileno())],
                cwd=ROOT,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        self._ours.settimeout(PATIENCE)
        atexit.register(self.close)

    @property
    def knows(self) -> bool:
        """Whether it has the variables of this process, which imports may have looked at."""
        return self._env == _environment()

    def run(
        self, arguments: list[str], cwd: Path, env: dict[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Call ``spm`` in a fork; ``env`` are variables that no import looks at."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            asked = pickle.dumps((arguments, str(cwd), os.environ | env))
            streams = [out.fileno(), err.fileno()]
            socket.send_fds(self._ours, [len(asked).to_bytes(8, "little")], streams)
            self._ours.sendall(asked)
            pid = self._number()
            try:
                code = self._number()
            except BaseException as ended:  # also an interrupt: nothing runs on
                os.kill(pid, signal.SIGKILL)
                self._number()
                if isinstance(ended, TimeoutError):
                    raise subprocess.TimeoutExpired(["spm", *arguments], PATIENCE) from None
                raise
            texts = []
            for stream in (out, err):
                stream.seek(0)
                texts.append(stream.read().decode("utf-8").replace("\r\n", "\n"))
        return subprocess.CompletedProcess(["spm", *arguments], code, *texts)

    def _number(self) -> int:
        """The next one that it says: the process that it has forked, and how that ended."""
        return int.from_bytes(self._ours.recv(8), "little", signed=True)

    def close(self) -> None:
        """It ends when nobody can ask any more."""
        self._ours.close()
        self._process.wait(PATIENCE)


def _environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if k != "PYTEST_CURRENT_TEST"}


def _import() -> dict[str, str]:
    """Everything that a build imports; the variables that this has set."""
    before = dict(os.environ)
    import spm

    names = [m.name for m in pkgutil.walk_packages(spm.__path__, "spm.")]
    for name in [*LIBRARIES, *(n for n in names if not n.startswith("spm.batch"))]:
        importlib.import_module(name)
    set_now = {k: v for k, v in os.environ.items() if before.get(k) != v}
    os.environ.clear()
    os.environ.update(before)
    return set_now


def _serve(asked: socket.socket) -> dict[str, Any] | None:
    """Answer until nobody asks any more; in a fork: what to be."""
    set_by_imports = _import()
    gc.collect()
    gc.freeze()
    interrupted = signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        head, streams, *_ = socket.recv_fds(asked, 8, 2)
        if not head:
            return None
        size, content = int.from_bytes(head, "little"), b""
        while len(content) < size:
            content += asked.recv(size - len(content))
        pid = os.fork()
        if not pid:
            asked.close()
            signal.signal(signal.SIGINT, interrupted)
            for number, stream in enumerate(streams, 1):
                os.dup2(stream, number)
                os.close(stream)
            arguments, folder, env = pickle.loads(content)
            os.chdir(folder)
            os.environ.clear()
            os.environ.update(env)
            return {"arguments": arguments, "set": set_by_imports}
        for stream in streams:
            os.close(stream)
        asked.sendall(pid.to_bytes(8, "little", signed=True))
        _, status = os.waitpid(pid, 0)
        asked.sendall(os.waitstatus_to_exitcode(status).to_bytes(8, "little", signed=True))


def _keep_ahead(set_by_imports: dict[str, str]) -> None:
    """Fork the servers of a build now, while there is one thread; they wait until they are wanted:
    that of the chapters, and that of what is typeset.

    `multiprocessing` starts each with a line of Python, in a new interpreter.
    """
    ahead = [_server(set_by_imports) for _ in range(2)]
    start = util.spawnv_passfds

    def started(path: Any, args: Any, passed: Any) -> int:
        if not ahead or not args[-1].startswith("from multiprocessing.forkserver import main"):
            return start(path, args, passed)
        ours, pid = ahead.pop()
        with ours:
            asked = pickle.dumps((args[-1], list(passed), dict(os.environ)))
            socket.send_fds(ours, [asked], list(passed))
        return pid

    util.spawnv_passfds = started


def _server(set_by_imports: dict[str, str]) -> tuple[socket.socket, int]:
    """One that waits, and where it is told what to be."""
    import fcntl  # which Windows does not have

    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid:
        theirs.close()
        return ours, pid
    ours.close()
    asked, given, *_ = socket.recv_fds(theirs, 1 << 20, 8)
    if not asked:  # nobody wanted it
        os._exit(0)
    theirs.close()
    line, wanted, env = pickle.loads(asked)
    apart = [fcntl.fcntl(number, fcntl.F_DUPFD, 100 + max(wanted)) for number in given]
    for number in given:
        os.close(number)
    for number, place in zip(apart, wanted, strict=True):
        os.dup2(number, place)
        os.close(number)
    os.environ.clear()
    os.environ.update(set_by_imports | env)
    exec(line, {})
    os._exit(0)


if __name__ == "__main__":
    be = _serve(socket.socket(fileno=int(sys.argv[1])))
    if be is not None:
        _keep_ahead(be["set"])
        sys.argv, sys.path[0] = ["-c", *be["arguments"]], ""
        main = sys.modules["__main__"] = types.ModuleType("__main__")
        exec(SCRIPT, vars(main))
