"""Search the catalogues on the console: `spm kennzahlen WORT`, `spm merkmale WORT`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from spm.config.projectpaths import MARKER
from spm.errors import SpmError, nearest
from spm.setup.catalogues import Indicator, indicators, matching, needed_line
from spm.setup.synonyms import synonyms
from spm.setup.words import folded

PARAMS = "params"

MOST = 8
"""So many groups and indicators of a measure are named."""


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
        "Dieser Ordner gehört zu keinem SPM-Projekt.",
        wo=str(here),
        tun="Bitte in den Ordner des Projekts wechseln (den, in dem README.md, params/ und "
        f"{MARKER} liegen) und den Befehl dort wiederholen.",
    )


def show_indicators(word: str) -> list[str]:
    """Indicators with a word: id, title, and what they count."""
    folder = project(Path.cwd()) / PARAMS
    every = indicators(folder)
    counted = {one.key: one.counts[0][0] if one.counts else "" for one in every}  # numerators
    texts = {one.key: (one.text, _words_of(counted[one.key])) for one in every}
    wanted = _found(texts, word)
    found = [one for one in every if one.key in wanted]
    if not found:
        raise _nothing("Kennzahl", word, [one.key for one in every])
    lines = []
    for chapter in dict.fromkeys(one.chapter for one in found):
        lines.append(f"Kapitel {chapter}")
        for one in [i for i in found if i.chapter == chapter]:
            lines.append(f"  {one.key}: {one.title}")
            lines += [f"      braucht {name}" for name in dict.fromkeys(map(_needed, one.counts))]
            if line := needed_line(one.file, folder):
                lines.append(f"      nur mit der Zeile «{line}» in der Params-Datei")
    return lines


def _needed(count: tuple[str, str]) -> str:
    measure, groups = count
    return f"{measure} ({groups})" if groups else measure


def show_measures(word: str) -> list[str]:
    """Measures with a word: how offices call them, groups asked for, indicators."""
    folder = project(Path.cwd()) / PARAMS
    users: dict[str, list[tuple[Indicator, str]]] = {}
    for one in indicators(folder):
        for measure, groups in one.counts:
            users.setdefault(measure, []).append((one, groups))
    texts = {
        name: (
            " ".join([name, *_called(name)]),
            " ".join([_words_of(name), *(groups for _, groups in users[name])]),
        )
        for name in users
    }
    found = _found(texts, word)
    if not found:
        raise _nothing("Merkmal", word, users)
    lines = []
    for name in [one for one in users if one in found]:
        lines.append(name)
        if called := _called(name):
            lines.append(f"  heißt in Lieferungen: {', '.join(called)}")
        asked = list(dict.fromkeys(g for _, g in users[name] if g))
        if asked:
            lines.append(f"  gefragt: {_some(asked, ' | ')}")
        lines.append(f"  Kennzahlen: {_some(dict.fromkeys(i.key for i, _ in users[name]), ', ')}")
        lines.append(f"  zu schreiben: {_written(name, asked, word)}")
        needed = {needed_line(i.file, folder) for i, _ in users[name]}
        if "" not in needed:
            lines.append(f"  nur mit der Zeile «{min(needed)}» in der Params-Datei")
    return lines


def _some(texts: Iterable[str], between: str) -> str:
    """The first of many."""
    listed = list(texts)
    rest = len(listed) - MOST
    return between.join(listed[:MOST]) + (f" und {rest} weitere" if rest > 0 else "")


def _written(measure: str, groups: Iterable[str], word: str) -> str:
    """What stands for it in a mapping, with the group that the word is about."""
    asked = _asked(word) if word else []
    own = (g for text in groups for g in text.split("; ") if any(matching(g, a) for a in asked))
    kind, _, value = next(own, "").partition(" ")
    return f"merkmal: {measure}" + (f", {kind}: {value}" if value else "")


def _asked(word: str) -> list[str]:
    """A word, and those of the field for the same thing."""
    return [word, *synonyms().searched.get(folded(word).replace("-", " "), ())]


def _called(measure: str) -> list[str]:
    """How offices call a measure."""
    known = synonyms().measures.get(measure)
    return [" ".join(p).replace("*", "").replace("_", " ") for p in known.phrases] if known else []


def _words_of(measure: str) -> str:
    """Who delivers a measure, and how that delivery is called."""
    known = synonyms()
    if measure not in known.measures:
        return ""
    told = known.deliveries[known.measures[measure].delivery]
    return " ".join([told["titel"], told["stelle"], *_called(measure)])


def _found(texts: Mapping[str, tuple[str, str]], word: str) -> set[str]:
    """Keys whose own text has the word; else those whose other words have it, or a word of the
    field for the same thing.

    Parameters
    ----------
    texts : key -> its own text, and what else belongs to it.
    """
    own = {key for key, (text, _) in texts.items() if matching(text, word)}
    if own:
        return own
    return {
        key
        for key, both in texts.items()
        if any(matching(" ".join(both), one) for one in _asked(word))
    }


def _nothing(what: str, word: str, known: Iterable[str]) -> SpmError:
    # Part of a word will do for `nearest`; of words without anything in common none is meant
    near = nearest(word, get_close_matches(word.casefold(), list(known), 5))
    return SpmError(
        f"Zu «{word}» gibt es kein{'e' if what == 'Kennzahl' else ''} {what}."
        f"{near if near.startswith(' Gemeint') else ''}",
        wo="params/kennzahlen*.yml",
        tun="Ein anderes oder kürzeres Wort versuchen, oder ohne Wort alle zeigen.",
    )
