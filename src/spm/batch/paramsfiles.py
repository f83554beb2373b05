"""Which params files a batch is about."""

from __future__ import annotations

import glob
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from spm.config.kommunen import addresses, split
from spm.config.projectpaths import find_file, project_root
from spm.errors import SpmError

OWN = re.compile(rb"^(\xef\xbb\xbf)?[\"']?(kommunen?|lieferungen)[\"']?\s*:", re.MULTILINE)
"""A key that every params file has, and no catalogue or glossary."""


@dataclass(frozen=True)
class Paramsfiles:
    """The params files of a batch, by name.

    Attributes
    ----------
    root : the project that all of them belong to.
    files : the municipalities: params files, of one for several each of its municipalities
        (``params/kreis.yml/detmold``, see `spm.config.kommunen`).
    joint : the files that stand for several.
    others : YAML files that the patterns match as well and that are no params files.
    """

    root: Path
    files: tuple[Path, ...]
    joint: tuple[Path, ...]
    others: tuple[Path, ...]


def find(patterns: Sequence[str]) -> Paramsfiles:
    """Expand patterns like ``params/*.yml``, which not every shell does.

    A file that is no params file, for ``params/`` holds catalogues and the glossary too, is passed
    over; one that cannot be read as what it is stays, and its municipality fails.

    Raises
    ------
    SpmError
        Nothing found, or files of several projects or of one name.
    """
    found = {path: None for pattern in patterns for path in _matching(pattern)}
    named = [path for path in found if OWN.search(split(path)[0].read_bytes())]
    own = sorted({one: None for path in named for one in _each(path)}, key=lambda p: p.stem)
    if not own:
        raise SpmError(
            "Unter diesen Dateien ist keine Params-Datei.",
            wo=", ".join(patterns),
            tun="Bitte ein Muster wie params/*.yml angeben.",
        )
    root = project_root(own[0])
    for path in own:
        if project_root(path) != root:
            raise SpmError(
                "Die Params-Dateien gehören zu mehreren Projekten.",
                wo=f"{own[0]} und {path}",
                tun="Bitte je Projekt einen Aufruf von «spm batch».",
            )
    joint = sorted({split(path)[0] for path in own if split(path)[1]})
    for one, other in pairwise(own):
        if one.stem == other.stem:
            raise SpmError(
                f"{'Zwei Kommunen' if joint else 'Zwei Params-Dateien'} heißen «{one.stem}»; ihre "
                "Berichte kämen in denselben Ordner.",
                wo=f"{one} und {other}",
                tun="Bitte eine der beiden umbenennen oder weglassen.",
            )
    return Paramsfiles(root, tuple(own), tuple(joint), tuple(sorted(set(found) - set(named))))


def _each(path: Path) -> list[Path]:
    """The municipalities of a file; one whose section ``kommunen`` is wrong fails as a whole."""
    try:
        return addresses(path)
    except SpmError:
        return [path]


def _matching(pattern: str) -> list[Path]:
    as_named = find_file(Path(pattern))
    if as_named.is_file() or split(as_named)[1]:
        return [as_named]
    paths = [path for path in map(Path, glob.glob(pattern, recursive=True)) if path.is_file()]
    if not paths:
        raise SpmError(
            "Zu diesem Namen oder Muster gibt es keine Datei.",
            wo=pattern,
            tun="Bitte Schreibweise und Ordner prüfen; gesucht wird ab dem aktuellen Ordner.",
        )
    return [path.resolve() for path in paths]
