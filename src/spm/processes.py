"""What all helper processes of a build have in common."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading

CAN_FORK = sys.platform == "linux"
"""Whether a server process that has imported everything can be forked. macOS can, but its own
libraries do not bear it."""


def end_with_parent() -> None:
    """In a helper process: from now on, end when the parent is gone, even if it was killed."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
