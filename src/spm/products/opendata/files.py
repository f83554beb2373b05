"""A file that the open data offer."""

from __future__ import annotations

from typing import NamedTuple


class DataFile(NamedTuple):
    """Its name in the folder of the data, title and kind.

    Parameters
    ----------
    art : name in the EU's list of file types.
    medientyp : as registered with IANA.
    """

    name: str
    titel: str
    art: str
    medientyp: str
