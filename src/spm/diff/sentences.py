"""Which sentences of the chapters differ. A sentence that only moved is not a change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

from spm.book import outputs
from spm.diff.finished import Finished
from spm.errors import SpmError
from spm.notebookformat import nbformat
from spm.text.escape import unescape_markdown

NUR_ZAHLEN = "nur Zahlen"
WORTLAUT = "anderer Wortlaut"
NEU = "neu"
ENTFALLEN = "entfallen"

ALIKE = 0.6
"""Share of common words from which on two sentences are the same one, reworded."""

HIDDEN = "[…]"
_NUMBER = re.compile(r"[−+-]?\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ„(\d])")
_OPEN_END = re.compile(r"(?:\b(?:[A-Za-z]|bzw|ca|vgl|Nr|Abs|Art|Dr|St|etc|usw)|(?<!\d)\d{1,2})\.$")
"""No sentence ends after a single letter («z. B.»), these words or the day of a date."""


class Sentence(NamedTuple):
    """One difference: chapter (file name without suffix), kind, both wordings."""

    chapter: str
    art: str
    old: str
    new: str


def changed_sentences(
    old: Finished, new: Finished, hide: bool, names: Iterable[str]
) -> list[Sentence]:
    """Every sentence that differs, by chapter of the newer report.

    Parameters
    ----------
    hide : the newer report hides numbers that the older one showed; its sentences may hold them.
        Then all numbers of older sentences are left out except years and those in names.
    names : of areas.

    Raises
    ------
    SpmError
        A chapter is no readable notebook.
    """
    before, after = _chapters(old), _chapters(new)
    everywhere = {
        side: Counter(s for found in chapters.values() for s in found)
        for side, chapters in (("alt", before), ("neu", after))
    }
    gone, came = everywhere["alt"] - everywhere["neu"], everywhere["neu"] - everywhere["alt"]
    mask = _Mask(names) if hide else None
    found = []
    for stem in dict.fromkeys([*after, *before]):
        removed = _taken(before.get(stem, []), gone)
        added = _taken(after.get(stem, []), came)
        for a, b in _pairs(removed, added):
            art = _kind(a, b)
            found.append(Sentence(stem, art, mask.apply(a) if mask else a, b))
    return found


def _kind(a: str, b: str) -> str:
    if not a or not b:
        return NEU if b else ENTFALLEN
    return NUR_ZAHLEN if _NUMBER.sub("0", a) == _NUMBER.sub("0", b) else WORTLAUT


def _taken(sentences: list[str], which: Counter[str]) -> list[str]:
    """Those that are counted in ``which``, each as often as there, in the order of the text."""
    found = []
    for sentence in reversed(sentences):
        if which[sentence] > 0:
            which[sentence] -= 1
            found.append(sentence)
    return found[::-1]


def _pairs(removed: list[str], added: list[str]) -> list[tuple[str, str]]:
    """Old and new wording of one sentence together; "" where there is no counterpart."""
    open_old, pairs = list(removed), []
    for b in added:
        best, most = None, ALIKE
        for a in open_old:
            matcher = SequenceMatcher(None, a.split(), b.split(), autojunk=False)
            if matcher.quick_ratio() > most and (ratio := matcher.ratio()) > most:
                best, most = a, ratio
        if best is not None:
            open_old.remove(best)
        pairs.append((best or "", b))
    return [*pairs, *((a, "") for a in open_old)]


class _Mask:
    """Leaves numbers out of a sentence, except years and those in names of areas."""

    def __init__(self, names: Iterable[str]) -> None:
        numbered = sorted({n for n in names if re.search(r"\d", n)}, key=len, reverse=True)
        kept = [rf"{re.escape(name)}(?![.,]?\d)" for name in numbered]
        self._tokens = re.compile("|".join([*kept, _NUMBER.pattern]))
        self._names = set(numbered)

    def apply(self, sentence: str) -> str:
        return self._tokens.sub(self._shown, sentence)

    def _shown(self, found: re.Match[str]) -> str:
        text = found[0]
        return text if text in self._names or _YEAR.fullmatch(text) else HIDDEN


def _chapters(report: Finished) -> dict[str, list[str]]:
    """Sentences of every chapter, by the name of its notebook."""
    chapters = {}
    for path in sorted((report.folder / "book").glob("*.ipynb")):
        try:
            notebook = nbformat.read(path, as_version=4)
            text = outputs.markdown(notebook)
        except (OSError, ValueError, KeyError, AttributeError, nbformat.ValidationError):
            raise SpmError(
                "Ein Kapitel des Berichts ist nicht lesbar.",
                wo=str(path),
                tun="Bitte den Bericht unverändert aus der Ablage holen oder neu bauen.",
            ) from None
        chapters[path.stem] = list(sentences(text))
    return chapters


def sentences(markdown: str) -> Iterable[str]:
    """The sentences of a chapter, without headings, tables, figures and markup."""
    text = re.sub(r"^(:{3,}) *\{#(?:fig|tbl)-.*?^\1\s*$", "", markdown, flags=re.M | re.S)
    for paragraph in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in paragraph.splitlines()]
        kept = [line for line in lines if not re.match(r"#|\||:::|```|: .*\{#tbl-|!\[", line)]
        items = "\n".join(kept)
        for item in re.split(r"\n(?=[-*] )|\n(?=:\s{3})", items):
            yield from _split(_plain(item))


def _plain(text: str) -> str:
    text = re.sub(r"^[-*] |^:\s{3}", "", text)
    text = re.sub(r"\s*\((?:siehe|vgl\.) [^()]*@[^()]*\)", "", text)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)(\{[^}]*\})?", r"\1", text)
    text = re.sub(r"(?<!\\)\*\*|(?<![\\\w])\*(?=\S)|(?<=\S)(?<!\\)\*(?!\w)|(?<!\\)`", "", text)
    return " ".join(unescape_markdown(text).split())


def _split(text: str) -> Iterable[str]:
    start = 0
    for end in _END.finditer(text):
        part = text[start : end.start()]
        if not _OPEN_END.search(part):
            yield part
            start = end.end()
    if text[start:]:
        yield text[start:]
