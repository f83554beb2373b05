"""Memory that is no longer needed."""

from __future__ import annotations

import gc
import sys
from contextlib import suppress


def collect_seldom() -> None:
    """Look for garbage seldom, in this process and those forked from it: a twelfth of a build was
    spent looking through tables and models that are still needed."""
    gc.set_threshold(50_000, 20, 100)


def give_back() -> None:
    """Return what this process has freed to the system.

    The C library of Linux and pyarrow keep pieces for later; after the tables of all deliveries
    these are a third of the process, while Typst sets pages beside it. Others need no call.
    """
    gc.collect()
    if arrow := sys.modules.get("pyarrow"):  # keeps its own
        arrow.default_memory_pool().release_unused()
    if sys.platform == "linux":
        import ctypes  # the command line answers without it

        with suppress(OSError, AttributeError):  # another C library than glibc
            ctypes.CDLL(None).malloc_trim(0)
