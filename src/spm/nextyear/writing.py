"""Write next year's params file beside this year's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from spm.config.kommunen import addresses, is_joint, split
from spm.config.params import LABEL, load_params
from spm.config.reporting import LAST_YEAR
from spm.errors import SpmError
from spm.foreign import door, yamlnodes
from spm.nextyear.edits import CHECK, Document
from spm.nextyear.previous import name_previous
from spm.nextyear.rolling import Rolling
from spm.release.replacing import replace_text

if TYPE_CHECKING:
    from spm.config.params import Params

LONGEST_SERIES = 30


@dataclass(frozen=True)
class Rolled:
    """The params file of the new year.

    Parameters
    ----------
    path, params : of the new one.
    new : whether it was written now; it is never overwritten.
    asked : what somebody has to look at.
    previous : what became of the last report.
    """

    path: Path
    params: Params
    new: bool
    asked: list[str]
    previous: str = ""


def roll(params: Params, year: int, *, skip: bool = False) -> Rolled:
    """Make the params file of a later year out of one; the old one stays as it is.

    Parameters
    ----------
    skip : whether years between may be without a report of their own.

    Raises
    ------
    SpmError
        The year is none that can follow, or years would be skipped unasked; the new file would have
        an error.
    """
    refuse_joint(params.path, year)
    last = params.zeitreihe.bis
    path = params.path.with_name(f"{new_slug(params.slug, year)}.yml")
    if not last < year <= min(last + LONGEST_SERIES, LAST_YEAR):
        raise SpmError(
            f"Das Jahr {year} folgt nicht auf die Zeitreihe, die bis {last} reicht.",
            wo=str(params.path),
            tun=f"Das nächste ist {last + 1}: spm jahr {params.address} {last + 1}",
        )
    if path.exists():
        return Rolled(path, load_params(path), False, [])
    if year > last + 1 and not skip:
        between = [str(y) for y in range(last + 1, year)]
        raise SpmError(
            f"Die Zeitreihe reicht bis {last}: {', '.join(between)} "
            f"käme{'n' if len(between) > 1 else ''} in die Zeitreihe, ohne eigenen Bericht.",
            wo=str(params.path),
            tun=f"Das nächste Jahr: spm jahr params/{params.path.name} {last + 1}. Ist {year} "
            f"gemeint: spm jahr params/{params.path.name} {year} --ueberspringen",
        )
    text = door.text(params.path)
    yamlnodes.composed(text, LABEL)  # refuses what is too deep or too large
    document = Document(text)

    def there(name: str) -> bool:
        try:
            return params.raw_file(name).exists()
        except SpmError:
            return False

    Rolling(document, params, year, there).roll()
    previous = name_previous(document, params)
    first, line, rest = document.edited().partition("\n")
    if not first.startswith("# yaml-language-server"):  # editors look for it in the first line
        first, line, rest = "", "", first + line + rest
    replace_text(path, first + line + _head(params, year) + rest)
    try:
        new = load_params(path)
    except SpmError as error:
        path.unlink()
        raise SpmError(
            f"Aus {params.path.name} lässt sich die Params-Datei für {year} nicht machen: "
            f"{error.was}",
            wo=error.wo,
            tun=f"Bitte {params.path.name} unter dem Namen {path.name} speichern und von Hand "
            "anpassen.",
        ) from None
    return Rolled(path, new, True, document.asked, previous)


def refuse_joint(file: Path, year: int) -> None:
    """A file for several municipalities: their keys would have to change with its name, or the new
    reports would take the folders of those that they are compared with.

    Raises
    ------
    SpmError
        With what to do instead.
    """
    file, _ = split(file)
    if not is_joint(file):
        return
    keys = [path.name for path in addresses(file)]
    new = f"{new_slug(file.stem, year)}.yml"
    raise SpmError(
        "«spm jahr» kann eine Params-Datei, die für mehrere Kommunen steht, nicht selbst "
        "fortschreiben.",
        wo=str(file),
        tun=f"Bitte die Datei als params/{new} speichern und darin anpassen: jedes Kürzel unter "
        f"kommunen (aus {keys[0]} wird {new_slug(keys[0], year)}), zeitreihe.bis, "
        "bericht.berichtsjahr, bericht.datum und, soweit sie kein {jahr} haben, die Namen der "
        f"Dateien; dann «spm check params/{new}».",
    )


def new_slug(slug: str, year: int) -> str:
    """The name of a later year's params file.

    Examples
    --------
    >>> new_slug("musterstadt", 2024), new_slug("musterstadt-2024", 2025)
    ('musterstadt-2024', 'musterstadt-2025')
    """
    return f"{re.sub(r'[-_](?:19|20)[0-9][0-9]$', '', slug)}-{year}"


def _head(params: Params, year: int) -> str:
    return (
        f"# Für {year} aus {params.path.name} gemacht (spm jahr). Was SPM nicht entscheiden kann, "
        f"steht unter\n# einem Kommentar «{CHECK}:»; danach den Kommentar löschen.\n"
    )
