"""Known licences of open data with the addresses that name them; no request is ever made."""

from __future__ import annotations

import re
from typing import NamedTuple


class Licence(NamedTuple):
    """A licence.

    Parameters
    ----------
    short : identifier in a data package (of Open Definition where it has one).
    address : of its text; empty if the licence is unknown.
    dcat : its name in the vocabulary of DCAT-AP.de; empty likewise.
    attribution : whoever uses the data must name the publisher.
    """

    name: str
    short: str = ""
    address: str = ""
    dcat: str = ""
    attribution: bool = False


_KNOWN = (
    Licence(
        "CC0 1.0",
        "CC0-1.0",
        "https://creativecommons.org/publicdomain/zero/1.0/",
        "http://dcat-ap.de/def/licenses/cc-zero",
    ),
    Licence(
        "CC BY 4.0",
        "CC-BY-4.0",
        "https://creativecommons.org/licenses/by/4.0/",
        "http://dcat-ap.de/def/licenses/cc-by/4.0",
        True,
    ),
    Licence(
        "dl-de/by-2-0",
        "dl-de-by-2.0",
        "https://www.govdata.de/dl-de/by-2-0",
        "http://dcat-ap.de/def/licenses/dl-by-de/2.0",
        True,
    ),
    Licence(
        "dl-de/zero-2-0",
        "dl-de-zero-2.0",
        "https://www.govdata.de/dl-de/zero-2-0",
        "http://dcat-ap.de/def/licenses/dl-zero-de/2.0",
    ),
)


def licence(text: str) -> Licence | None:
    """The licence that ``bericht.lizenz`` names, however it is spelled; None if it is empty."""
    if not text.strip():
        return None
    known = {_letters(entry.name): entry for entry in _KNOWN}
    return known.get(_letters(text), Licence(" ".join(text.split())))


def _letters(text: str) -> str:
    """``"dl-de/by-2-0"``, ``"DL-DE BY 2.0"`` -> the same."""
    return re.sub(r"[^a-z0-9]", "", text.lower())
