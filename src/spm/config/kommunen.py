"""A params file that stands for several municipalities: what only such a file has.

``params/kreis.yml/detmold`` is the address of one of them: the file, and behind it the key under
``kommunen``, which names the folders of its report. `spm.config.expansion` makes of the file what a
params file of that municipality alone would say; nobody behind it knows the difference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from spm.config import yamltext
from spm.config.selections import TextOrList
from spm.config.slugs import check_slug
from spm.errors import SpmError, nearest
from spm.foreign import door

SECTION = "kommunen"
NO_FILTER = "keiner"
"""Instead of columns: every row counts, for each municipality that the table is for."""

MOST_NAMED = 20
"""So many municipalities are named in a message."""

_JOINT = re.compile(rb"^(\xef\xbb\xbf)?[\"']?kommunen[\"']?\s*:", re.MULTILINE)


def _columns(value: object) -> object:
    return {} if value == NO_FILTER else value


def _some(values: list[str]) -> list[str]:
    if not values:
        raise ValueError("Hier fehlt mindestens ein Wert.")
    return values


Filter = dict[str, Annotated[TextOrList, AfterValidator(_some)]]
"""Column -> values of the rows, or areas, of a municipality."""

FilterOrNone = Annotated[Filter | None, BeforeValidator(_columns)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True, frozen=True)


class Bereich(_Part):
    """A section or table, as far as it says whose rows it has. None: as the whole file says."""

    filter: FilterOrNone = None
    gilt_fuer: TextOrList | None = None


class GemeinsameLieferung(Bereich):
    tabellen: list[Bereich] = []


class GemeinsameRaeume(Bereich):
    fruehere: list[Bereich] = []


class Eintrag(_Part):
    """One municipality; every other key is a section that is otherwise for it."""

    model_config = ConfigDict(extra="allow")

    name: str | None = None
    ags: str | None = None
    filter: Filter = {}

    @property
    def sections(self) -> dict[str, Any]:
        """What is otherwise for it, as written."""
        return dict(self.model_extra or {})


class Gemeinsam(_Part):
    """The whole file, as far as it tells municipalities apart."""

    kommunen: dict[str, Eintrag] = Field(min_length=1)
    filter: Filter = {}
    raeume: GemeinsameRaeume = GemeinsameRaeume()
    ziele: Bereich | None = None
    angebote: Bereich | None = None
    lieferungen: dict[str, GemeinsameLieferung] = {}


def split(path: Path) -> tuple[Path, str]:
    """The file, and the key of the municipality that is meant; "" if the path has none."""
    if not path.is_file() and path.parent.is_file():
        return path.parent, path.name
    return path, ""


def is_joint(file: Path) -> bool:
    """Whether a file says that it stands for several municipalities; it may still be wrong."""
    try:
        return bool(_JOINT.search(door.content(file, door.LARGEST_TEXT)))
    except (OSError, SpmError):
        return False


def read(data: Mapping[str, Any], lines: Mapping[yamltext.Pfad, int], file: Path) -> Gemeinsam:
    """The municipalities of a file.

    Raises
    ------
    SpmError
        An entry or a filter is not written as it has to be; a key that cannot name folders.
    """
    try:
        found = Gemeinsam.model_validate(data)
    except ValidationError as e:
        raise yamltext.explain(e, file, dict(lines), "Params-Datei", {}, EXPLAINED) from None
    for key in found.kommunen:
        try:
            check_slug(Path(f"{key}.yml"), f"Kommune «{key}»")
        except SpmError as error:
            where = f"{file}, Zeile {lines.get((SECTION, key), 1)}, {SECTION}.{key}"
            raise SpmError(
                f"Das Kürzel einer Kommune wird zum Ordnernamen: «{key}» kann keiner sein.",
                wo=where,
                tun="Bitte Kleinbuchstaben (ohne Umlaute), Ziffern, «-» und «_» nehmen, zum "
                "Beispiel bad-salzuflen.",
            ) from error
    return found


EXPLAINED = "docs/how-to/several-municipalities.md"


def chosen(found: Gemeinsam, key: str, file: Path) -> Eintrag:
    """The entry of one municipality; SpmError, naming all keys, if it is not there or not named."""
    if key in found.kommunen:
        return found.kommunen[key]
    keys = list(found.kommunen)
    shown = ", ".join(keys[:MOST_NAMED]) + (" …" if len(keys) > MOST_NAMED else "")
    example = f"params/{file.name}/{keys[0]}"
    if key:
        was = f"Die Params-Datei hat keine Kommune «{key}».{nearest(key, keys)}"
    else:
        was = f"Diese Params-Datei steht für {len(keys)} Kommunen; welche ist gemeint?"
    raise SpmError(
        was,
        wo=f"{file}, {SECTION}: {shown}",
        tun=f"Bitte die Kommune dahinter nennen, zum Beispiel «{example}»; alle nacheinander prüft "
        f"«spm check params/{file.name}», alle baut «spm batch params/{file.name}».",
    )


def addresses(file: Path) -> list[Path]:
    """What a params file stands for: its municipalities, or itself.

    Raises
    ------
    SpmError
        It stands for several, and their section is wrong.
    """
    if not is_joint(file):
        return [file]
    data, lines = yamltext.load(file, "Params-Datei")
    return [file / key for key in read(data, lines, file).kommunen]


def named(root: Path, slug: str) -> str:
    """How commands name the municipality of a project whose folders are called ``slug``."""
    own = f"params/{slug}.yml"
    if (root / own).is_file():
        return own
    for file in sorted((root / "params").glob("*.yml")):
        try:
            keys = [path.name for path in addresses(file) if path != file]
        except SpmError:
            continue
        if slug in keys:
            return f"params/{file.name}/{slug}"
    return own
