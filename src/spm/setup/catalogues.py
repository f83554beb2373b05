"""What the catalogues of a project count, read without a params file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spm.config import yamltext
from spm.config.catalogue import LABEL
from spm.config.chaptertitles import NOTEBOOKS
from spm.config.indicator import FIRST_YEAR

COMMON = "kennzahlen.yml"
SLOTS = ("zaehler", "abzueglich", "nenner")


@dataclass(frozen=True)
class Indicator:
    """An indicator as people look for it.

    Attributes
    ----------
    key, title, chapter, file : what it is called and where it stands.
    counts : what its numerator and denominator count: measure -> groups asked for.
    text : everything that a search looks at.
    """

    key: str
    title: str
    chapter: str
    file: str
    counts: list[tuple[str, str]] = field(default_factory=list)
    text: str = ""


def indicators(folder: Path, *, extra: bool = True) -> list[Indicator]:
    """The indicators of params/kennzahlen.yml, and of the other catalogues beside it.

    Raises
    ------
    SpmError
        As `spm.config.yamltext.load`.
    """
    files = [folder / COMMON]
    if extra:
        files += sorted(p for p in folder.glob("kennzahlen-*.yml"))
    found = []
    for file in files:
        data, _ = yamltext.load(file, LABEL)
        for key, entry in (data.get("kennzahlen") or {}).items():
            if isinstance(entry, Mapping):
                found.append(_indicator(str(key), entry, file.name))
    return found


def _indicator(key: str, entry: Mapping[str, Any], file: str) -> Indicator:
    counts = []
    for slot in SLOTS:
        one = entry.get(slot)
        if isinstance(one, Mapping):
            measures = one.get("merkmal", [])
            groups = "; ".join(f"{k} {_listed(v)}" for k, v in one.items() if k != "merkmal")
            for measure in [measures] if isinstance(measures, str) else measures:
                counts.append((str(measure), groups))
    title = str(entry.get("titel", "")).replace(FIRST_YEAR, "dem ersten Jahr der Zeitreihe")
    words = [key, title, *(str(entry.get(k, "")) for k in ("kurztitel", "definition", "kapitel"))]
    return Indicator(
        key=key,
        title=title,
        chapter=str(entry.get("kapitel", "")),
        file=file,
        counts=counts,
        text=" ".join([*words, *(m for m, _ in counts)]),
    )


def _listed(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def by_chapter(found: Sequence[Indicator]) -> dict[str, list[str]]:
    """Chapter -> the measures that its indicators count, each once."""
    chapters: dict[str, list[str]] = {}
    for one in found:
        own = chapters.setdefault(one.chapter, [])
        own += [m for m in dict.fromkeys(m for m, _ in one.counts) if m not in own]
    return chapters


def chapter_titles(folder: Path) -> dict[str, str]:
    """Titles of the chapters of the common catalogue."""
    data, _ = yamltext.load(folder / COMMON, LABEL)
    chapters = data.get("kapitel") or {}
    return {
        str(key): str(entry.get("titel", key))
        for key, entry in chapters.items()
        if isinstance(entry, Mapping)
    }


def matching(text: str, word: str) -> bool:
    """Whether a text has a word somewhere, in whatever case and spelling of umlauts and laws."""
    plain = _plain(text)
    return all(part in plain for part in _plain(word).split())


_LAWS = (
    (re.compile(r"\bsgb ?(?:ii|2)\b"), "sgb2"),
    (re.compile(r"\bsgb ?(?:viii|8)\b"), "sgb8"),
)


def _plain(text: str) -> str:
    from spm.setup.words import folded

    plain = re.sub(r"[\s-]+", " ", folded(text))
    for written, short in _LAWS:
        plain = written.sub(short, plain)
    return plain


def needed_line(file: str, folder: Path) -> str:
    """The line of a params file that brings the indicators of a catalogue; "" if none is needed.

    Parameters
    ----------
    file : name of the catalogue in ``folder``, which is ``params/``.
    """
    if file == COMMON:
        return ""
    chapter = file.removeprefix("kennzahlen-").removesuffix(".yml")
    if any((folder.parent / NOTEBOOKS).glob(f"*-{chapter}.ipynb")):
        return f"zusatzkapitel: [{chapter}]"
    return f"kennzahlen: [params/{COMMON}, params/{file}]"
