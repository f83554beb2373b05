"""What stages are made from, as digests. Nothing heavy is imported here: with these alone a build
finds out that nothing has changed."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spm.release.digest import sha256
from spm.release.manifest import own_requirements
from spm.stages import UNKNOWN
from spm.system.names import in_order

if TYPE_CHECKING:
    from spm.config.params import Params

MISSING = "fehlt"

PRESENTATION: dict[str, Any] = {
    "gestaltung": True,
    "synthese": True,
    "texte": True,
    "ziele": True,
    "angebote": True,
    "bericht": {"titel", "untertitel", "herausgeber", "kontakt", "hinweis", "lizenz", "adresse"},
}
"""Of a params file: what no number and no finding in a delivery depends on."""


class Digests:
    """Digests of one build: a file that changes meanwhile counts as what it was at first."""

    def __init__(self, params: Params) -> None:
        self._params = params
        self._known: dict[Path, str] = {}
        self._raw: dict[str, dict[str, str]] = {}

    def file(self, path: Path) -> str:
        """Of a file, or of all files in a folder that is one data set."""
        path = self._params.original(path)
        if path not in self._known:
            self._known[path] = content_digest(path)
        return self._known[path]

    def files(self, paths: Iterable[Path]) -> dict[str, str]:
        """Of files, by their place in the project or, outside of it, by their whole path."""
        return {self._name(path): self.file(path) for path in paths}

    def raw(self, *names: str | None) -> dict[str, str]:
        """Of files in the data folder, with what belongs to them; None is no file."""
        found: dict[str, str] = {}
        for name in filter(None, names):
            if name not in self._raw:  # as it was before a copy was made, which may lack a link
                self._raw[name] = {
                    f"{name} ({path.name})" if path.name != Path(name).name else name: self.file(
                        path
                    )
                    for path in companions(self._params.raw_file(name))
                }
            found |= self._raw[name]
        return found

    def _name(self, path: Path) -> str:
        root, path = self._params.root, self._params.original(path)
        return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def params_digest(params: Params, presentation: bool = True, delivery: str | None = None) -> str:
    """Digest of what a params file says; comments and the order of keys say nothing.

    Parameters
    ----------
    presentation : whether what only the pages show counts as well; see `PRESENTATION`.
    delivery : of all deliveries only this one.
    """
    content: dict[str, Any] = params.model_dump(
        mode="json", exclude=None if presentation else PRESENTATION
    )
    if delivery is not None:
        content["lieferungen"] = content["lieferungen"][delivery]
    # The order of deliveries, groups and catalogues says something.
    return text_digest(json.dumps([params.slug, content], ensure_ascii=False))


def neighbours_digest(params: Params) -> dict[str, str]:
    """Of the areas of other municipalities in the same params file; nothing if there are none."""
    if not params.neighbours:
        return {}
    text = json.dumps(params.neighbours, ensure_ascii=False, sort_keys=True)
    return {"Räume der anderen Kommunen": text_digest(text)}


def text_digest(text: str) -> str:
    """Of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


SHOWING = (
    *("batch", "book", "chapters", "cli.py", "console", "diff", "explain", "nextyear"),
    *("offices", "presentation", "preview", "products", "report", "setup", "synthesis"),
)
"""Rooms above the data: no number depends on them, since imports go downwards only."""

CHECKED_WITH = ("book/cache.py", "book/fonts.py", "book/project.py")
"""Of these rooms what checking the deliveries asks all the same."""


@cache
def program_digest(showing: bool = True) -> str:
    """Of every file of the program, of Python and of the libraries it stands on.

    Parameters
    ----------
    showing : whether the rooms that only show published data count as well; see `SHOWING`.
    """
    root = Path(__file__).parents[1]
    known = hashlib.sha256(sys.version.encode())
    for library in sorted(own_requirements()):
        known.update(f"{library} {metadata.version(library)}\n".encode())
    for path in sorted(root.rglob("*"), key=in_order):
        name = path.relative_to(root)
        counts = showing or name.parts[0] not in SHOWING or name.as_posix() in CHECKED_WITH
        if counts and path.is_file() and "__pycache__" not in path.parts:
            known.update(f"{name.as_posix()} {sha256(path)}\n".encode())
    return known.hexdigest()


def companions(path: Path) -> list[Path]:
    """A file and those that a reader opens with it: parts of a shapefile, journals of databases."""
    if path.suffix.lower() in (".csv", ".xlsx", ".xls", ".ods", ".parquet", ".geojson", ".json"):
        return [path]
    beside = path.parent.glob(f"{_escaped(path.stem)}*") if path.parent.is_dir() else ()
    return [path, *sorted(p for p in beside if p != path)]


def _escaped(text: str) -> str:
    return "".join(f"[{c}]" if c in "[*?" else c for c in text)


def content_digest(path: Path) -> str:
    """Of a file, or of a folder that is one data set; `MISSING`, or `UNKNOWN` if unreadable."""
    try:
        if path.is_dir():  # a file geodatabase
            inner = sorted((p for p in path.rglob("*") if p.is_file()), key=in_order)
            return text_digest(
                "\n".join(f"{p.relative_to(path).as_posix()} {sha256(p)}" for p in inner)
            )
        return sha256(path)
    except FileNotFoundError:
        return MISSING
    except OSError:
        return UNKNOWN
