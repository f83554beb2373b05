"""What of the published data this process has asked for: what a chapter is made from.

`spm.report` notes it down; whoever runs a chapter reads it when the chapter has ended.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

EVERYTHING = "*"
"""All rows."""
CERTIFICATE = "§"
"""The certificate, which depends on all of them."""

_asked: set[str] = set()
_known: list[None] = []
_deliveries: set[str] = set()


def note(what: str) -> None:
    """Note down an indicator, `EVERYTHING` or `CERTIFICATE`."""
    _asked.add(what)


def asked() -> list[str]:
    """What was noted down, in order."""
    return sorted(_asked)


@contextmanager
def known() -> Iterator[None]:
    """Files that are opened in the block need no note: every chapter counts as made from them, or
    from what is noted down of them."""
    _known.append(None)
    try:
        yield
    finally:
        _known.pop()


def is_known() -> bool:
    """Whether this is such a block."""
    return bool(_known)


def delivered(paths: Iterable[str | os.PathLike[str]]) -> None:
    """Note down files of deliveries: from now on a chapter must not open them."""
    _deliveries.update(os.path.realpath(path) for path in paths)


def deliveries() -> set[str]:
    """Their paths."""
    return _deliveries
