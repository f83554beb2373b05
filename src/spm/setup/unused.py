"""Files of the data folder that a params file does not name: one may be what is missing."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from spm.config import yamltext
from spm.config.params import LABEL
from spm.config.rawformats import FORMAT_OF_SUFFIX, is_packed
from spm.config.yearly import YEAR
from spm.errors import SpmError
from spm.foreign import door
from spm.nextyear.previous import FOLDER
from spm.setup.adding import named
from spm.setup.folder import file_names
from spm.setup.otherformats import OUTLINES

if TYPE_CHECKING:
    from spm.config.params import Params

_YEARS = re.compile(r"[-_ ]*(?:19|20)\d\d|[-_ ]+(?=\.)")

_READ_ME = re.compile(r"(?:lies[-_ ]?mich|read[-_ ]?me)[^/]*$", re.I)


def unused(params: Params) -> list[str]:
    """Tables, and packed files, that the params file names nowhere, not even in a comment.

    Returns
    -------
    list of str
        Their names; those first that are called like a file that is used but for the years, with
        its name behind.
    """
    folder = params.raw_file(".")
    try:
        text = door.text(params.path)
        data, _ = yamltext.load(params.path, LABEL)
        names = file_names(folder) if folder.is_dir() else []
    except SpmError:
        return []
    used = named(text, data)
    plain = unicodedata.normalize("NFC", text)
    left = []
    for name in names:
        suffix = "." + name.lower().rpartition(".")[2]
        tables = suffix not in OUTLINES and (suffix in FORMAT_OF_SUFFIX or is_packed(name))
        if not tables or _READ_ME.search(name) or name.startswith(f"{FOLDER}/"):
            continue
        if unicodedata.normalize("NFC", name) not in plain and not used.has_file(name):
            left.append(name)
    alike = {_without_years(file): file for file, _ in sorted(used.pairs)}
    known = [(name, alike.get(_without_years(name), "")) for name in left]
    known.sort(key=lambda one: not one[1])
    return [f"{name} (heißt wie {other})" if other else name for name, other in known]


def _without_years(name: str) -> str:
    return _YEARS.sub("", name.replace(YEAR, ""))
