"""How long the paths of a report will be, and whether this system can have them: said before the
build begins, and not by a file that cannot be written after some minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm.errors import SpmError
from spm.system import lengths
from spm.system.names import as_name

if TYPE_CHECKING:
    from spm.config.params import Params

LONGEST_BELOW = 200
"""Characters below the folder of the project that no report of ordinary names exceeds; only nearer
to the limit it is worth reading the catalogues."""

AROUND_KEY = len("_extensions/spm/rahmen/") + len("kapitel/") + len("/figures/-block-schmal.svg")
"""What stands around the key of an indicator in names of figures, of any kind."""
AROUND_TABLE = len("html/daten/tabellen/tbl--vergleich-raeume-99-excel.csv")
"""What stands around the key of an indicator, or of a chapter, in names of tables."""
AROUND_FILE = len("stand/rohdaten/.part")
"""What stands around the name of a file in the data folder while a run lasts."""


def check_lengths(params: Params) -> None:
    """Refuse a project in a folder of which the paths would be too long.

    Raises
    ------
    SpmError
        Telling how long the longest path will be, and how long the folder of the project may be.
    """
    limit, root = lengths.longest(), len(str(params.root))
    if root + LONGEST_BELOW <= limit:
        return
    below = longest_below(params)
    whole = root + 1 + below
    if whole <= limit:
        return
    room = limit - below - 1
    advice = (
        f"Bitte das Projekt in einen Ordner legen, dessen Pfad höchstens {room} Zeichen hat"
        if room >= lengths.SHORT
        else "Bitte Dateien, Kennzahlen und Kapitel kürzer nennen und das Projekt in einen Ordner "
        "mit kurzem Pfad legen"
    )
    raise SpmError(
        f"Die Pfade des Berichts würden zu lang: bis zu {whole} Zeichen, und dieser Rechner "
        f"erlaubt {limit}.",
        wo=str(params.root),
        tun=f"{advice}, unter Windows zum Beispiel C:\\spm. Oder die IT bitten, lange Pfade "
        "einzuschalten (LongPathsEnabled).",
    )


def longest_below(params: Params) -> int:
    """Characters of the longest path of a run, from the folder of the project."""
    from spm.config.catalogue import load_catalogue
    from spm.release.manifest import raw_names

    slug = len(params.slug)
    keys = max(map(len, load_catalogue(params)), default=0)
    notebooks = [path.stem for path in (params.root / "notebooks").glob("*.ipynb")]
    chapter = max(map(len, notebooks), default=0)
    delivery = max((len(as_name(key)) for key in params.lieferungen), default=0)
    confidential = len("data/processed/") + slug + 1
    # Where it is made, ".name.neu", is longer than where it will lie
    report = len("report/..neu/") + slug
    found = [
        confidential + chapter + keys + AROUND_KEY,
        report + max(keys, chapter) + AROUND_TABLE,
        report + chapter + len("book/_extensions/spm/rahmen/.html"),
        confidential + max(map(len, raw_names(params)), default=0) + AROUND_FILE,
        confidential + len("stufen/lieferung-/tabellen.json") + delivery,
    ]
    return max(found)
