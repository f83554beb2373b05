"""Confidential data are their owner's alone, where the system has owners; reports are for all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from spm.system import rights

if TYPE_CHECKING:
    from spm.config.params import Params


@contextmanager
def owner_only(params: Params) -> Iterator[None]:
    """Whatever this process and its children write is readable for the owner only.

    So is the municipality's folder of confidential data with all that earlier versions wrote into
    it. What is to be published gets its rights from `for_readers`.
    """
    with rights.for_owner_only():
        params.processed.mkdir(parents=True, exist_ok=True)
        rights.take_from_others(params.processed)
        yield


def for_readers(folder: Path) -> None:
    """Give a folder the rights that the user's new files have."""
    rights.give_usual(folder)
