"""The project file ``_quarto.yml``: which chapters there are, and what differs by municipality."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from spm.config.chaptertitles import key_of
from spm.config.design import Gestaltung
from spm.errors import SpmError, nearest
from spm.foreign import door, yamlnodes
from spm.owntexts.texts import has_foreword
from spm.system.names import in_order
from spm.text.colours import is_hex
from spm.text.escape import escape_markdown, unescape_markdown

if TYPE_CHECKING:
    from spm.config.params import Params

PROJECT_FILE = "_quarto.yml"
FACILITIES = "einrichtungen.ipynb"
"""The page by Kita and Grundschule."""

OPTIONAL: Mapping[str, Callable[[Params], bool]] = {
    "gesamtbild.ipynb": lambda params: params.synthese.gesamtbild,
    "ziele.ipynb": lambda params: params.ziele is not None,
}
"""Listed chapters that a municipality may do without: whether it has them."""

START, FOREWORD_PAGE = "index.ipynb", "vorwort.ipynb"

ASSETS = Path(__file__).parent / "assets"


@dataclass(frozen=True)
class Project:
    """What a renderer needs to know of a staged ``_quarto.yml``. All texts are plain text."""

    chapters: tuple[str, ...]
    title: str
    subtitle: str
    publisher: str
    municipality: str
    contact: str
    note: str
    date: date
    date_in_words: str
    colour: str
    accent: str
    logo: str
    logo_text: str


class _Text(str):
    """A text that YAML must never read as anything else; written between double quotes."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    pass


_Dumper.add_representer(
    _Text, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), '"')
)


def _load(path: Path) -> dict[str, Any]:
    if door.within(path.parent, path.name) is None:
        raise _elsewhere(path)
    try:
        text = door.text(path)
        yamlnodes.composed(text, "Projektdatei")
        config = yaml.safe_load(text)
        if isinstance(config["book"]["chapters"], list):
            return config
    except FileNotFoundError:
        raise SpmError(
            "Die Projektdatei _quarto.yml gibt es nicht.",
            wo=str(path),
            tun="Bitte den Befehl im Projektordner aufrufen.",
        ) from None
    except SpmError as e:
        raise SpmError(e.was, wo=f"{path}, {e.wo}", tun=e.tun) from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as e:
        mark = getattr(e, "problem_mark", None)
        raise SpmError(
            "Die Projektdatei ist kein gültiges YAML.",
            wo=f"{path}, Zeile {mark.line + 1}" if mark else str(path),
            tun="Bitte Einrückung und Anführungszeichen dort prüfen oder eine frühere Fassung "
            "zurückholen.",
        ) from None
    except (KeyError, TypeError):
        pass
    raise SpmError(
        "In der Projektdatei fehlt die Liste der Kapitel.",
        wo=f"{path}, book: chapters:",
        tun="Bitte dort jedes Kapitel mit seinem Dateinamen aufführen.",
    )


def _chapters(config: dict[str, Any], path: Path) -> tuple[str, ...]:
    for entry in config["book"]["chapters"]:
        plain = isinstance(entry, str) and Path(entry).suffix == ".ipynb"
        if not plain or Path(entry).name != entry:
            raise SpmError(
                f"«{entry}» in der Liste der Kapitel ist kein Notebook.",
                wo=f"{path}, book: chapters:",
                tun="Bitte den Dateinamen ohne Ordner angeben, z. B. 03-sgb2.ipynb.",
            )
    return tuple(config["book"]["chapters"])


def chapter_files(project_quarto_yml: Path, params: Params) -> tuple[str, ...]:
    """Name the notebooks of the report in reading order.

    The additional chapters of a municipality, and its page by facility, follow the numbered ones;
    its foreword, if it wrote one, follows the introduction.

    Raises
    ------
    SpmError
        The file is missing, not YAML, or lists anything but notebooks; an additional chapter has no
        notebook, or several; a notebook is a link that leads elsewhere.
    """
    listed = _chapters(_load(project_quarto_yml), project_quarto_yml)
    folder = project_quarto_yml.parent / "notebooks"
    extra = [_notebook_of(key, folder, params) for key in params.zusatzkapitel]
    extra += [FACILITIES] if params.einrichtungen else []
    new = tuple(name for name in extra if name not in listed)
    after = max((i for i, name in enumerate(listed, 1) if name[:2].isdigit()), default=len(listed))
    names = [*listed[:after], *new, *listed[after:]]
    if has_foreword(params) and FOREWORD_PAGE not in names:
        names.insert(names.index(START) + 1 if START in names else 0, FOREWORD_PAGE)
    names = [name for name in names if name not in OPTIONAL or OPTIONAL[name](params)]
    for name in names:
        if door.within(folder, name) is None:
            raise _elsewhere(folder / name)
    return tuple(names)


def _elsewhere(path: Path) -> SpmError:
    return SpmError(
        f"«{path.name}» ist ein Verweis aus dem Ordner hinaus.",
        wo=str(path),
        tun="Bitte die Datei selbst in den Ordner kopieren.",
    )


def _notebook_of(key: str, folder: Path, params: Params) -> str:
    """The one notebook NN-key.ipynb."""
    every = sorted(folder.glob("*.ipynb"), key=in_order)
    found = [path.name for path in every if key_of(path) == key]
    if len(found) == 1:
        return found[0]
    keys = [key_of(path) for path in every]
    was = (
        f"Zum Kapitel «{key}» gibt es mehrere Notebooks: {', '.join(found)}."
        if found
        else f"Zum Kapitel «{key}» gibt es kein Notebook.{nearest(key, keys)}"
    )
    raise SpmError(
        was,
        wo=f"{params.path}, zusatzkapitel",
        tun=f"Bitte genau ein Notebook notebooks/NN-{key}.ipynb anlegen (NN: zwei Ziffern für die "
        "Reihenfolge) oder das Kürzel streichen.",
    )


def fill(project_quarto_yml: Path, params: Params) -> str:
    """Return the project file's YAML with the texts of one municipality.

    Quarto reads these texts as Markdown, so they are escaped; names stay names.
    """

    def text(value: object) -> _Text:
        return _Text(escape_markdown(value))

    config = _load(project_quarto_yml)
    section, book = params.bericht, config["book"]
    book["chapters"] = list(chapter_files(project_quarto_yml, params))
    book["title"] = text(section.titel)
    book["subtitle"] = text(section.untertitel)
    book["author"] = text(section.herausgeber)
    book["date"] = _Text(section.datum.isoformat())
    book["output-file"] = _Text(params.slug)
    config["lang"] = "de"
    config["spm"] = {
        "kommune": text(params.kommune.name),
        "kontakt": text(section.kontakt),
        "hinweis": text(section.hinweis),
        "farbe": _Text(params.gestaltung.farbe[1:]),
        "akzentfarbe": _Text(params.gestaltung.akzentfarbe[1:]),
        "logo": _Text(staged_logo(params)),
        "logo-text": text(params.gestaltung.logo_text),
    }
    return yaml.dump(config, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000)


def read_project(book: Path) -> Project:
    """Read the project file of a staged book.

    Raises
    ------
    SpmError
        The folder holds no staged book.
    """
    from babel.dates import format_date  # nothing else here needs it, and it takes its time

    path = book / PROJECT_FILE
    config = _load(path)
    front, own = config["book"], config.get("spm") or {}
    try:
        day = date.fromisoformat(str(front["date"]))
    except (KeyError, ValueError):
        raise SpmError(
            "Der Projektdatei des Buchs fehlt das Datum des Berichts.",
            wo=f"{path}, book: date:",
            tun="Bitte das Buch mit «spm build» neu erzeugen.",
        ) from None

    def plain(section: dict[str, Any], key: str) -> str:
        return unescape_markdown(str(section.get(key) or ""))

    return Project(
        chapters=_chapters(config, path),
        title=plain(front, "title"),
        subtitle=plain(front, "subtitle"),
        publisher=plain(front, "author"),
        municipality=plain(own, "kommune"),
        contact=plain(own, "kontakt"),
        note=plain(own, "hinweis"),
        date=day,
        date_in_words=format_date(day, format="long", locale="de_DE"),
        colour=_colour(own, "farbe"),
        accent=_colour(own, "akzentfarbe"),
        logo=plain(own, "logo"),
        logo_text=plain(own, "logo-text"),
    )


def staged_logo(params: Params) -> str:
    """Where the logo lies in a staged book; empty if there is none."""
    logo = params.gestaltung.logo
    return f"assets/logo{Path(logo).suffix.lower()}" if logo else ""


def _colour(own: dict[str, Any], key: str) -> str:
    """A colour of the project file, or ours in a book staged without one."""
    given = f"#{own.get(key) or ''}"  # without # in the file, where it would be markup
    return given if is_hex(given) else str(Gestaltung.model_fields[key].default)
