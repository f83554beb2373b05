"""Search the catalogues on the console: `spm kennzahlen WORT`, `spm merkmale WORT`."""

from __future__ import annotations

from pathlib import Path

from spm.config.projectpaths import MARKER
from spm.errors import SpmError, nearest
from spm.setup.catalogues import Indicator, indicators, matching
from spm.setup.synonyms import synonyms

PARAMS = "params"


def project(here: Path) -> Path:
    """The project that a folder belongs to.

    Raises
    ------
    SpmError
        There is none.
    """
    for folder in (here, *here.parents):
        if (folder / MARKER).is_file():
            return folder
    raise SpmError(
        f"Hier ist kein SPM-Projekt (kein {MARKER} in den Ordnern darüber).",
        wo=str(here),
        tun="Bitte in den Ordner des Projekts wechseln und den Befehl dort wiederholen.",
    )


def show_indicators(word: str) -> list[str]:
    """Indicators with a word: id, title, and what they count."""
    every = indicators(project(Path.cwd()) / PARAMS)
    found = [one for one in every if matching(one.text, word)]
    if not found:
        raise _nothing("Kennzahl", word, [one.key for one in every])
    lines = []
    for chapter in dict.fromkeys(one.chapter for one in found):
        lines.append(f"Kapitel {chapter}")
        for one in [i for i in found if i.chapter == chapter]:
            lines.append(f"  {one.key}: {one.title}")
            lines += [f"      braucht {name}" for name in dict.fromkeys(map(_needed, one.counts))]
    return lines


def _needed(count: tuple[str, str]) -> str:
    measure, groups = count
    return f"{measure} ({groups})" if groups else measure


def show_measures(word: str) -> list[str]:
    """Measures with a word: how offices call them, groups asked for, indicators."""
    every = indicators(project(Path.cwd()) / PARAMS)
    users: dict[str, list[tuple[Indicator, str]]] = {}
    for one in every:
        for measure, groups in one.counts:
            users.setdefault(measure, []).append((one, groups))
    known = synonyms().measures
    found = []
    for name in users:
        called = (
            [" ".join(p).replace("*", "") for p in known[name].phrases] if name in known else []
        )
        if matching(" ".join([name, *called]), word):
            found.append((name, called))
    if not found:
        raise _nothing("Merkmal", word, users)
    lines = []
    for name, called in found:
        lines.append(name)
        if called:
            lines.append(f"  heißt in Lieferungen: {', '.join(called)}")
        asked = dict.fromkeys(g for _, g in users[name] if g)
        if asked:
            lines.append(f"  gefragt: {' | '.join(asked)}")
        lines.append(f"  Kennzahlen: {', '.join(dict.fromkeys(i.key for i, _ in users[name]))}")
    return lines


def _nothing(what: str, word: str, known: object) -> SpmError:
    return SpmError(
        f"Zu «{word}» gibt es kein{'e' if what == 'Kennzahl' else ''} {what}."
        f"{nearest(word, known)}",  # type: ignore[arg-type]
        wo="params/kennzahlen*.yml",
        tun="Ein anderes oder kürzeres Wort versuchen, oder ohne Wort alle zeigen.",
    )
