"""A process that reads what others wrote: its end is not the end of SPM.

Readers of workbooks take what a file says of itself for true: one letter in the last cell of a
sheet, and they ask for the memory of seventeen thousand million cells, which ends the process. So
they run in a second one, which may use a gigabyte and some seconds. It is started when the first
file needs it, waits for the next, and ends with this process.
"""

from __future__ import annotations

import atexit
import importlib
import os
import pickle
import subprocess
import sys
import threading
from typing import IO, Any

from spm.errors import SpmError
from spm.system import limits
from spm.system.processes import at_fork

MEMORY = 1_000_000_000
"""Bytes that the helper may ask the system for, where the system can limit that (not Windows)."""
SECONDS = 6.0
"""Of processor time for one call; where the system does not count it, of the clock."""
SECONDS_PER_MB = 2.0
"""More for a large file: nobody writes ten megabytes to stop a reader, a hundred bytes do."""
PATIENCE = 8.0
"""So many times longer by the clock: other programs want the processor, too."""

_SIZE = 8


class GaveUp(Exception):
    """The helper ended or was ended; ``why`` is the rest of a German sentence."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class _Helper:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, target: str, arguments: tuple[Any, ...], seconds: float) -> Any:
        with self._lock:
            process = self._running()
            assert process.stdin and process.stdout  # pipes, see below
            late = threading.Event()

            def end() -> None:
                late.set()
                process.kill()

            patience = PATIENCE if limits.time_is_counted() else 1
            timer = threading.Timer(seconds * patience, end)
            timer.start()
            try:
                _send(process.stdin, (target, arguments, seconds))
                answer = _receive(process.stdout)
            except (OSError, EOFError, pickle.UnpicklingError):
                code = self._ended()
                too_long = late.is_set() or code == limits.TIME_IS_UP
                raise GaveUp(_TOO_LONG if too_long else _TOO_MUCH) from None
            except BaseException:  # an interrupt: an answer may still be on its way
                self._ended()
                raise
            finally:
                timer.cancel()
        kind, content = answer
        if kind == "SpmError":
            was, wo, tun = content
            raise SpmError(was, wo=wo, tun=tun)
        if kind == "MemoryError":
            raise GaveUp(_TOO_MUCH)
        if kind == "Exception":
            raise GaveUp(f"ist beschädigt ({content})")
        return content

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._ended()
        if self._process is None:
            code = "from spm.foreign.helper import serve; serve()"
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", code],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # a reader that gives up writes pages for programmers
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        return self._process

    def _ended(self) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        process.kill()
        code = process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was not sent yet
                    continue
        return code

    def close(self) -> None:
        with self._lock:
            self._ended()


_TOO_LONG = "ist in vertretbarer Zeit nicht zu lesen"
_TOO_MUCH = "braucht beim Lesen zu viel Arbeitsspeicher"

_helper = _Helper()
atexit.register(_helper.close)


def _forget() -> None:
    """A forked process has a helper of its own: two cannot talk with one."""
    global _helper
    _helper = _Helper()


at_fork(_forget)


def call(target: str, *arguments: Any, size: int = 0, seconds: float = SECONDS) -> Any:
    """What a function returns that runs in the helper.

    Parameters
    ----------
    target : "module:function".
    arguments, result : what `pickle` can carry.
    size : bytes of the file; a large one gets more time.
    seconds : for a small one.

    Raises
    ------
    SpmError
        As the function raised it.
    GaveUp
        It took too long or too much memory, or it ended the helper.
    """
    return _helper.ask(target, arguments, seconds + SECONDS_PER_MB * size / 1_000_000)


def close() -> None:
    """End the helper, if there is one; the next call starts another."""
    _helper.close()


def _send(pipe: IO[bytes], content: Any) -> None:
    data = pickle.dumps(content, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(len(data).to_bytes(_SIZE, "little"))
    pipe.write(data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    head = pipe.read(_SIZE)
    if len(head) < _SIZE:
        raise EOFError
    return pickle.loads(pipe.read(int.from_bytes(head, "little")))


# ------------------------------------------------------------------------------- in the helper


def serve() -> None:
    """Answer calls until nobody asks any more."""
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl does without, and so faster
    asks, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    limits.limit_own_memory(MEMORY)
    while True:
        try:
            target, arguments, seconds = _receive(asks)
        except EOFError:
            return
        limits.limit_own_time(seconds)
        try:
            module, name = target.split(":")
            function = getattr(importlib.import_module(module), name)
            answer: tuple[str, Any] = "ok", function(*arguments)
        except SpmError as error:
            answer = "SpmError", (error.was, error.wo, error.tun)
        except MemoryError:
            answer = "MemoryError", None
        except KeyboardInterrupt:  # Ctrl+C reaches it as well
            return
        except BaseException as error:  # also what a library in Rust raises when it gives up
            answer = "Exception", type(error).__name__
        limits.limit_own_time(0)
        try:
            _send(answers, answer)
        except MemoryError:
            _send(answers, ("MemoryError", None))
