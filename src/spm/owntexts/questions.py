"""Questions for planning, and what became of those of the last report: ``prueffragen.yml``."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from spm.config import yamltext
from spm.errors import SpmError, error_list, nearest

QUESTIONS = "prueffragen.yml"
LABEL = "Prüffragendatei"
OWN, EARLIER = "fragen", "vorbericht"
QUESTION, OFFICE, STATE = "frage", "zustaendig", "stand"


class Question(NamedTuple):
    """One question: who is to answer it, and how far that is; both may be empty."""

    text: str
    office: str = ""
    state: str = ""


@dataclass(frozen=True)
class Questions:
    """Questions of one chapter.

    Parameters
    ----------
    own : instead of those that follow from the findings; None: these stand.
    earlier : of the last report.
    """

    own: tuple[Question, ...] | None = None
    earlier: tuple[Question, ...] = ()


def read_questions(path: Path, chapters: Collection[str]) -> dict[str, Questions]:
    """Questions by chapter.

    Raises
    ------
    SpmError
        An unknown chapter or key, or something else than a text; all of it at once, with lines.
    """
    data, lines = yamltext.load(path, LABEL)
    found: dict[str, Questions] = {}
    wrong: list[str] = []
    for chapter, parts in data.items():
        line = f"Zeile {lines[(chapter,)]}, {chapter}"
        if chapter not in chapters:
            wrong.append(f"{line}: Dieses Kapitel gibt es nicht.{nearest(chapter, chapters)}")
        elif not isinstance(parts, dict) or set(parts) - {OWN, EARLIER}:
            wrong.append(f"{line}: Hier wird {OWN} oder {EARLIER} erwartet.")
        else:
            read = {
                kind: _questions(entries, f"{line}.{kind}", wrong)
                for kind, entries in parts.items()
            }
            found[chapter] = Questions(read.get(OWN), read.get(EARLIER, ()))
    if wrong:
        raise SpmError(
            error_list(f"Die {LABEL} hat", wrong),
            wo=str(path),
            tun=f"Bitte berichtigen. Aufbau: Kapitel, darunter {OWN} oder {EARLIER}, darunter je "
            f"Frage ein Strich mit {QUESTION}, {OFFICE} und {STATE}.",
        )
    return found


def _questions(entries: object, where: str, wrong: list[str]) -> tuple[Question, ...]:
    if not isinstance(entries, list):
        wrong.append(f"{where}: Hier wird eine Liste erwartet.")
        return ()
    questions = []
    for entry in entries:
        known = isinstance(entry, dict) and not set(entry) - {QUESTION, OFFICE, STATE}
        if not known or not isinstance(entry.get(QUESTION), str):
            wrong.append(
                f"{where}: Jeder Eintrag braucht {QUESTION}; {OFFICE} und {STATE} dürfen fehlen."
            )
        elif not all(isinstance(text, str) for text in entry.values()):
            wrong.append(f"{where}: Hier werden Texte erwartet.")
        else:
            texts = (" ".join(entry.get(key, "").split()) for key in (QUESTION, OFFICE, STATE))
            questions.append(Question(*texts))
    return tuple(questions)
