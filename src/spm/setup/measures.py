"""Which measure a column counts: its heading against the synonyms of the field.

Wrong is far worse than open: a heading with a word that nothing explains, or with two measures that
fit equally well, gives no measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spm.setup.synonyms import Measure, meets, parts, synonyms
from spm.setup.words import Said, folded, said

HEADING, TITLE, SHEET, FILE = 100, 9, 6, 4
"""What a word weighs where it stands."""


@dataclass(frozen=True)
class Context:
    """What stands around the columns of a table.

    Attributes
    ----------
    title : lines above the header, and columns that say the same in every row.
    sheet : name of the sheet.
    file : name of the file without its ending.
    place : words of the municipality's name.
    """

    title: Said
    sheet: Said
    file: Said
    place: frozenset[str] = frozenset()

    @property
    def layers(self) -> list[tuple[list[str], int]]:
        """Words by where they stand, with their weight."""
        return [(self.title.words, TITLE), (self.sheet.words, SHEET), (self.file.words, FILE)]


@dataclass(frozen=True)
class Guess:
    """A measure and how it was found.

    Attributes
    ----------
    sure : whether the heading or the title says so by itself.
    why : in German, for the comment in the params file.
    """

    measure: Measure
    sure: bool
    why: str


@dataclass
class _Candidate:
    measure: Measure
    score: int
    in_heading: int
    words: list[str] = field(default_factory=list)
    weak: bool = False


def context(title: Iterable[str], sheet: str, file: str, place: str = "") -> Context:
    """Read what stands around a table."""
    stem = re.sub(r"\.\w+$", "", file.rsplit("/", 1)[-1])
    words = frozenset(re.findall(r"[a-z]+", folded(place)))
    return Context(said(" ; ".join(title)), said(sheet), said(stem), words)


def is_share(heading: str, unit_row: bool = True) -> bool:
    """Whether a heading says that its numbers are no counts: shares, rates, means."""
    words = re.findall(r"[a-zäöüß.]+|%", folded(heading))
    shares = synonyms().shares
    if any(word.strip(".") in shares or word in shares for word in words):
        return True
    compounds = r"(?:quote|quoten|anteil|anteile|rate|dichte|quotient|prozent|durchschnitt\w*)\b"
    # "Landrate" is no word of the field, "Geburtenrate" is
    return bool(
        re.search(rf"[a-z]{{3,}}{compounds}", folded(heading))
        or re.search(
            r"\b(?:je|pro|per) (?:\d|1\.000|tsd|tausend|kopf|einwohner|ew|qkm|km)", folded(heading)
        )
    )


def foreign_topic(heading: Said) -> str:
    """The word of a heading by which it counts what no catalogue has; "" if there is none."""
    return next((word for word in heading.words if _is_foreign(word)), "")


def guess(heading: Said, around: Context) -> Guess | None:
    """The measure that a column counts, None if nothing is certain enough."""
    known = synonyms()
    own = [word for word in heading.words if word not in known.fillers and not _area(word)]
    if any(_is_foreign(word) for word in own):
        return None
    found: list[_Candidate] = []
    for measure in known.measures.values():
        found += _candidates(measure, heading.words, own, around)
    if not found:
        return None
    best = max(c.score for c in found)
    leaders = {c.measure.name: c for c in found if c.score == best}
    if len(leaders) > 1:
        return None
    (chosen,) = leaders.values()
    if chosen.weak and not _nothing_else(chosen.measure, around):
        return None
    if not chosen.in_heading and _other_topic(chosen, around):
        return None
    where = "Überschrift" if chosen.in_heading else "Titel oder Name der Tabelle"
    sure = not chosen.weak and (chosen.in_heading > 0 or _in_title(chosen, around))
    return Guess(chosen.measure, sure, f"{where} «{' '.join(chosen.words)}»")


def _candidates(
    measure: Measure, heading: Sequence[str], own: Sequence[str], around: Context
) -> Iterable[_Candidate]:
    everything = [*heading, *around.title.words, *around.sheet.words]
    excluded = [w for w in measure.not_with if any(meets(word, w) for word in heading)]
    if excluded:
        return
    known = synonyms()
    vocabulary = measure.vocabulary()
    for weak, phrases in ((False, measure.phrases), (True, measure.weak)):
        for phrase in phrases:
            score, in_heading, words = 0, 0, []
            for wanted in phrase:
                hit = _hit(wanted, heading, around)
                if hit is None:
                    break
                word, weight = hit
                score += weight + len(wanted.strip("*"))
                in_heading += weight == HEADING
                words.append(word)
            else:
                explained = [*(word for wanted in phrase for word in parts(wanted)), *vocabulary]
                extra = known.persons if measure.of_persons else frozenset()
                if any(
                    not any(meets(word, w) for w in explained) and word not in extra for word in own
                ):
                    continue
                if not in_heading and any(
                    meets(word, w) for w in measure.not_with for word in everything
                ):
                    continue
                # A person's word in the heading is no topic: "residents" among the unemployed
                if weak:
                    score = sum(1 for _ in phrase)
                yield _Candidate(measure, score, in_heading, words, weak)


def _hit(wanted: str, heading: Sequence[str], around: Context) -> tuple[str, int] | None:
    own = parts(wanted)
    for words, weight in [(heading, HEADING), *around.layers]:
        for start in range(len(words) - len(own) + 1):
            found = words[start : start + len(own)]
            if all(map(meets, found, own)):
                return " ".join(found), weight
    return None


def _in_title(candidate: _Candidate, around: Context) -> bool:
    return all(word in around.title.words for word in candidate.words)


def _area(word: str) -> bool:
    return word in synonyms().places


def _is_foreign(word: str) -> bool:
    return any(meets(word, topic) for topic in synonyms().foreign)


def _nothing_else(measure: Measure, around: Context) -> bool:
    """Whether every word around is explained: a weak word means whatever the title is about."""
    known, vocabulary = synonyms(), measure.vocabulary()
    for words, _ in around.layers:
        for word in words:
            plain = word in known.fillers or word in known.persons or word in known.places
            short = len(word) <= 2 or not re.search(r"[a-z]{3}", word)
            named = word in around.place
            if not (plain or short or named or any(meets(word, w) for w in vocabulary)):
                return False
    return True


def _other_topic(candidate: _Candidate, around: Context) -> bool:
    """Whether what gives the measure also names another topic; a file's name alone must be all
    explained."""
    if any(_is_foreign(word) for words, _ in around.layers for word in words):
        return True
    given = [words for words, _ in around.layers if set(candidate.words) & set(words)]
    if given and given[0] is around.file.words:
        return not _nothing_else(candidate.measure, around)
    return False


def group_of(text: str, measure: Measure) -> str | None:
    """The group of a measure that a text names, if it is one of its names and nothing more."""
    plain = _plain(text)
    hits = [
        group
        for group, known in measure.groups.items()
        if any(plain == _plain(name) for name in known)
    ]
    return hits[0] if len(hits) == 1 else None


_DROPPED = {"davon", "darunter", "dar", "dav", "insgesamt", "anzahl", "hilfen"}


def _plain(text: str) -> str:
    words = re.findall(r"[a-z0-9§]+", folded(text).replace("-", " "))
    kept = [word for word in words if word not in _DROPPED and word not in ("sgb", "viii", "im")]
    return " ".join(kept or words)
