"""Deliveries that are open in another program while they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm.release.manifest import raw_names
from spm.system.names import opened_in

if TYPE_CHECKING:
    from spm.config.params import Params


def notes_on_open_files(params: Params) -> list[str]:
    """What to know of files of the data folder that somebody is just working on.

    No finding: it has nothing to do with what the file says, and is over in a moment.
    """
    found = []
    for name in raw_names(params):
        if program := opened_in(params.original(params.raw_file(name))):
            found.append(
                f"{name} ist gerade in {program} geöffnet; gelesen wird der gespeicherte Stand"
            )
    return found
