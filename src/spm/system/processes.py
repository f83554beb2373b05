"""What all helper processes of a build have in common."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

VARIABLE = "SPM_SPAWN"
"""Set on Linux, helper processes are started as on Windows and macOS."""

CAN_FORK = sys.platform == "linux" and not os.environ.get(VARIABLE)
"""Whether a server process that has imported everything can be forked. macOS can, but its own
libraries do not bear it."""

Result = TypeVar("Result")

_serving = ""


def serve(module: str) -> None:
    """Begin to import a module in a server process, where one can be forked. Call early.

    There is one server: one with another module ends.
    """
    global _serving
    if CAN_FORK and module != _serving:
        from multiprocessing import forkserver

        if _serving:
            stop_serving()
        multiprocessing.set_forkserver_preload([module])
        forkserver.ensure_running()
        _serving = module


def stop_serving() -> None:
    """End that server, whatever it is doing; the next helper process starts a new one."""
    global _serving
    _serving = ""
    found = sys.modules.get("multiprocessing.forkserver")
    server = getattr(found, "_forkserver", None)
    if pid := getattr(server, "_forkserver_pid", None):
        kill(pid)
        with suppress(OSError, AttributeError):  # it has no public way to end before its parent
            server._stop()  # type: ignore[union-attr]


def context() -> Any:
    """How helper processes are started here."""
    return multiprocessing.get_context("forkserver" if CAN_FORK else "spawn")


def apart(function: Callable[..., Result], *arguments: object) -> Result:
    """What a function returns, from a process of its own if one can be forked from a server.

    What it takes of memory is given back then, and its end is not the end of this process.

    Parameters
    ----------
    function, arguments : picklable, as are the result and whatever is raised.

    Raises
    ------
    BrokenProcessPool
        The process was ended from outside, for want of memory for instance.
    """
    if not _serving:
        return function(*arguments)
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(1, context(), alone) as pool:
        return awaited(pool.submit(function, *arguments))


def awaited(future: Future[Result]) -> Result:
    """The result of what others work at.

    An interrupt at the keyboard is heard within a second. A wait without an end does not hear it on
    Windows, and elsewhere not if it comes in the moment in which the wait begins.
    """
    from concurrent.futures import wait

    while not wait([future], timeout=1).done:
        pass
    return future.result()


def alone() -> None:
    """In a helper process: leave interrupts to the parent, and end when it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()


def at_fork(function: Callable[[], None]) -> None:
    """Call a function first of all in processes that are forked from this one, where any is."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=function)


def signal_to(number: int, signum: int) -> None:
    """Send a signal to another process, where processes have them: to forked ones."""
    os.kill(number, signum)


def kill(number: int) -> None:
    """End another process, whatever it is doing; it may have ended already."""
    with suppress(OSError):  # SIGTERM ends a process of Windows at once
        os.kill(number, getattr(signal, "SIGKILL", signal.SIGTERM))


def of_its_own() -> None:
    """An interrupt at the keyboard no longer reaches this process, where it can be cut off."""
    if hasattr(os, "setsid"):
        os.setsid()


def end_with_parent() -> None:
    """In a helper process: from now on, end when the parent is gone, even if it was killed."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
