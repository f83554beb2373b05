"""What a process may take of processor and memory, as far as the system can limit it."""

from __future__ import annotations

import signal
from importlib import import_module
from typing import Any

TIME_IS_UP = -27
"""What a process ends with that `limit_own_time` ended: SIGPROF."""


def time_is_counted() -> bool:
    """Whether the system counts processor time; else the clock decides."""
    return hasattr(signal, "setitimer")


def limit_own_time(seconds: float) -> None:
    """From now on so many seconds of processor time are left to this process; 0: no limit."""
    if time_is_counted():
        signal.setitimer(signal.ITIMER_PROF, seconds)  # ends the process, as nobody listens


def limit_own_memory(size: int) -> None:
    """This process may ask for so many bytes."""
    resource = _resource()
    try:
        if resource is not None:
            resource.setrlimit(resource.RLIMIT_AS, (size, size))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):  # a system that cannot
        return


def limit_time_of(process: int, seconds: int) -> bool:
    """Limit the processor time of another process; whether the system can: only Linux does."""
    resource = _resource()
    if not hasattr(resource, "prlimit"):
        return False
    try:
        resource.prlimit(process, resource.RLIMIT_CPU, (seconds, seconds))
    except OSError:  # it has ended already
        return True
    return True


def _resource() -> Any:
    try:
        return import_module("resource")
    except ImportError:  # Windows
        return None
