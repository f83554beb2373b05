"""The municipality's own texts: Markdown by chapter, and sentences in place of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from spm.config import yamltext
from spm.errors import SpmError, error_list, nearest, not_utf8
from spm.foreign import door
from spm.owntexts.markdown import check_markdown
from spm.owntexts.questions import QUESTIONS, Questions, read_questions

if TYPE_CHECKING:
    from spm.config.catalogue import Kennzahl
    from spm.config.params import Params

SENTENCES = "saetze.yml"
LABEL = "Satzdatei"
GLOSSARY = "glossar.yml"
"""Terms of its own; `spm.owntexts.glossary` reads them."""

LETTER = "anschreiben.md"
"""The municipality's letter to the offices; `spm.offices.letters` reads it."""

INDEX = "index"
"""Chapter of the introduction."""
KURZFASSUNG = "kurzfassung"
"""Chapter with the most important of all others."""

GESAMTBILD = "gesamtbild"
"""Chapter of what all numbers mean together."""

LEICHTE_SPRACHE = "leichte-sprache"
"""Chapter in plain language."""

FOREWORD = "vorwort"
"""A page of its own, only where there is such a text."""

SENTENCE_KINDS = {
    "befund": "Überschrift: was sich zeigt",
    "lage": "Wert der Kommune im Berichtsjahr",
    "spanne": "niedrigster und höchster Wert",
    "vergleich": "Unterschiede zur übrigen Kommune",
    "luecken": "Räume ohne Wert",
    "andere": "Werte anderer Gebiete zum Vergleich",
    "entwicklung": "Veränderung in der Kommune",
    "raeume": "Veränderung in den Räumen",
    "trend": "Trends",
    "brueche": "Jahre, ab denen Werte nicht vergleichbar sind",
}
"""Kinds of sentences that can be replaced, and what they tell."""

PLACEHOLDERS = {
    "wert": "Wert der Kommune im Berichtsjahr, mit Einheit",
    "intervall": "sein 95-%-Vertrauensintervall",
    "jahr": "Berichtsjahr, oder die zusammengefassten Jahre",
    "kommune": "Name der Kommune",
    "hoechster": "höchster veröffentlichter Wert der Räume, mit Namen",
    "niedrigster": "niedrigster veröffentlichter Wert der Räume, mit Namen",
}
"""What a sentence may ask for in curly brackets."""


@dataclass(frozen=True)
class OwnSentence:
    """One own sentence; ``where``: file, line and key, for messages."""

    text: str
    where: str


@dataclass(frozen=True)
class OwnTexts:
    """All own texts.

    Parameters
    ----------
    sentences : by indicator and kind of sentence; an empty text removes ours.
    chapters : Markdown by chapter, checked.
    questions : questions for planning, by chapter.
    """

    sentences: Mapping[tuple[str, str], OwnSentence] = field(default_factory=dict)
    chapters: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, Questions] = field(default_factory=dict)


def text_files(params: Params) -> list[Path]:
    """Every file in the folder of own texts, in order; without what systems and editors leave.

    Raises
    ------
    SpmError
        The folder is named and missing, or it or a file in it lies outside the project.
    """
    if not params.texte:
        return []
    folder = params.project_file(params.texte)
    if not folder.is_dir():
        raise SpmError(
            "Den Ordner mit den eigenen Texten gibt es nicht.",
            wo=f"{params.path}, texte: {params.texte}",
            tun=f"Bitte den Ordner «{folder}» anlegen oder den Schlüssel texte löschen.",
        )
    return door.files(folder, params.source)


def has_foreword(params: Params) -> bool:
    """Whether the municipality wrote a foreword; an empty file says nothing."""
    files = [path for path in text_files(params) if path.name == f"{FOREWORD}.md"]
    return any(_read(path).strip() for path in files)


def load_texts(params: Params, catalogue: Mapping[str, Kennzahl]) -> OwnTexts:
    """Read the folder that the params file names under ``texte``.

    Parameters
    ----------
    catalogue : indicator by id; they say which chapters there are.

    Raises
    ------
    SpmError
        A file without a chapter, an unknown indicator, kind of sentence or placeholder, or Markdown
        that cannot be taken into the report; with file, line and what to do.
    """
    every = dict.fromkeys(entry.kapitel for entry in catalogue.values())
    chapters = dict.fromkeys([INDEX, FOREWORD, KURZFASSUNG, GESAMTBILD, LEICHTE_SPRACHE, *every])
    sentences: Mapping[tuple[str, str], OwnSentence] = {}
    questions: Mapping[str, Questions] = {}
    texts: dict[str, str] = {}
    for path in text_files(params):
        if path.name == SENTENCES:
            sentences = _sentences(path, catalogue)
        elif path.name == QUESTIONS:
            questions = read_questions(path, every)
        elif path.suffix == ".md" and path.stem in chapters:
            texts[path.stem] = check_markdown(_read(path), path).strip()
        elif path.name not in (GLOSSARY, LETTER):
            known = [SENTENCES, GLOSSARY, QUESTIONS, LETTER, *(f"{key}.md" for key in chapters)]
            raise SpmError(
                f"Die Datei «{path.name}» gehört zu keinem Kapitel.{nearest(path.name, known)}",
                wo=str(path),
                tun=f"Bitte umbenennen oder aus dem Ordner nehmen: Texte heißen wie ihr Kapitel, "
                f"eigene Sätze stehen in {SENTENCES}, eigene Begriffe in {GLOSSARY}, Prüffragen in "
                f"{QUESTIONS}, das Anschreiben an die Stellen in {LETTER}.",
            )
    return OwnTexts(sentences, {key: text for key, text in texts.items() if text}, questions)


def _read(path: Path) -> str:
    try:
        return door.text(path)
    except UnicodeDecodeError as e:
        raise not_utf8("Der Text", path, e) from None


def _sentences(path: Path, catalogue: Iterable[str]) -> dict[tuple[str, str], OwnSentence]:
    data, lines = yamltext.load(path, LABEL)
    found: dict[tuple[str, str], OwnSentence] = {}
    wrong: list[str] = []
    for key, entries in data.items():
        line = lines[(key,)]
        if key not in catalogue:
            wrong.append(
                f"Zeile {line}, {key}: Diese Kennzahl gibt es nicht.{nearest(key, catalogue)}"
            )
        elif not isinstance(entries, dict):
            wrong.append(f"Zeile {line}, {key}: Hier wird eine eingerückte Satzart erwartet.")
        else:
            for kind, text in entries.items():
                at = f"Zeile {lines[key, kind]}, {key}.{kind}"
                problem = _problem(kind, text)
                if problem:
                    wrong.append(f"{at}: {problem}")
                else:
                    found[key, kind] = OwnSentence(" ".join(text.split()), f"{path}, {at}")
    if wrong:
        raise SpmError(
            error_list(f"Die {LABEL} hat", wrong),
            wo=str(path),
            tun='Bitte berichtigen. Aufbau: Kennzahl, darunter Satzart: "Satz". Satzarten: '
            f"{', '.join(SENTENCE_KINDS)}. Platzhalter: "
            f"{', '.join(f'{{{name}}}' for name in PLACEHOLDERS)}.",
        )
    return found


def _problem(kind: str, text: object) -> str:
    if kind not in SENTENCE_KINDS:
        return f"Diese Satzart gibt es nicht.{nearest(kind, SENTENCE_KINDS)}"
    if not isinstance(text, str):
        return "Hier wird ein Text erwartet."
    for name in re.findall(r"\{([^{}]*)\}", text):
        if name not in PLACEHOLDERS:
            return f"Den Platzhalter «{{{name}}}» gibt es nicht.{nearest(name, PLACEHOLDERS)}"
    return ""
