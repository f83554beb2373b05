"""Programs that read what others wrote: with an end in any case."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from spm.foreign.helper import PATIENCE, GaveUp
from spm.system.limits import limit_time_of

SECONDS = 3
"""Of processor time; a long text takes half a second."""

_TOO_LONG = "ist in vertretbarer Zeit nicht zu lesen"


def run(
    command: Sequence[str], text: bytes, seconds: int = SECONDS
) -> subprocess.CompletedProcess[bytes]:
    """Run a program on a text.

    Parameters
    ----------
    seconds : of processor time; where the system cannot limit that, twice as long by the clock.

    Raises
    ------
    GaveUp
        It takes too long.
    """
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        limited = limit_time_of(process.pid, seconds)
        try:
            out, err = process.communicate(text, seconds * (PATIENCE if limited else 2))
        except subprocess.TimeoutExpired:
            process.kill()
            raise GaveUp(_TOO_LONG) from None
        except BaseException:  # an interrupt: it ends with us
            process.kill()
            raise
    if process.returncode < 0:
        raise GaveUp(_TOO_LONG)
    return subprocess.CompletedProcess(command, process.returncode, out, err)
