"""A file that the open data offer."""

from __future__ import annotations

from typing import NamedTuple


class DataFile(NamedTuple):
    """Its name in the folder of the data, title and kind.

    Parameters
    ----------
    kind : name in the EU's list of file types.
    media_type : as registered with IANA.
    """

    name: str
    title: str
    kind: str
    media_type: str
