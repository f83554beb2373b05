"""Values that a listed value probably means, though they are spelled otherwise."""

import re
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches

import numpy as np
import pandas as pd

from spm.config.counting import Zaehlen
from spm.deliveries.findings import HINWEIS, Finding, Source
from spm.rawfiles.cells import clean
from spm.rawfiles.grid import Grid

SHOWN = 10
"""Values named in one note, the commonest first."""

COMMON = 3
"""A value of fewer persons is named only if it looks like a listed one: it may be about one."""

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def folded(text: str) -> str:
    """A text without what spellings differ in: case, umlauts, blanks, signs.

    Examples
    --------
    >>> folded("Auffällig ") == folded("AUFFAELLIG")
    True
    """
    return re.sub(r"\W|_", "", text.casefold().translate(_UMLAUTS))


def alike(text: str, listed: Iterable[str]) -> str | None:
    """The listed value that a text is another spelling of, None if there is none."""
    own = folded(text)
    return next((value for value in listed if own and folded(value) == own), None)


def respelled(
    texts: np.ndarray,
    listed: Collection[str],
    rows: np.ndarray,
    key: str,
    place: tuple[Source, str],
) -> list[Finding]:
    """Notes on values that a key of the params file probably means as well.

    Parameters
    ----------
    texts, rows : a column and its row numbers.
    listed : values under ``key``.
    place : source and header.
    """
    source, name = place
    known = [clean(value) for value in listed]
    found = []
    for text in dict.fromkeys(texts):
        if text in known or (meant := alike(text, known)) is None:
            continue
        found.append(
            source.finding(
                f"Der Wert «{text}» ({np.sum(texts == text)} Zeilen) steht nicht unter {key}; "
                f"«{meant}» steht dort. Ist er auch gemeint?",
                f"Dann auch «{text}» unter {key} aufnehmen.",
                zeilen=rows[texts == text],
                spalte=name,
                wert=text,
                schwere=HINWEIS,
            )
        )
    return found


def unmatched(grid: Grid, spec: Zaehlen, source: Source) -> list[Finding]:
    """Notes on values of persons that fulfil no condition of their column, ranked by rows.

    A column whose valid values are all listed (``gueltig``) has none.
    """
    conditions: dict[str, list[str]] = {}
    for columns in spec.merkmale.values():
        for column, values in columns.items():
            conditions.setdefault(column, []).extend(clean(value) for value in values)
    found = []
    for column, listed in conditions.items():
        name = grid.find(column)
        if name is None or column in spec.gueltig:
            continue
        texts = pd.Series(grid.texts(name))
        other = ~texts.isin(listed)
        if other.any():
            values = texts[other].value_counts()
            # Of equal numbers the first by the alphabet: value_counts keeps no promise
            ranked = dict(sorted(values.items(), key=lambda one: (-one[1], one[0])))
            found.append(
                source.finding(
                    f"{other.sum()} von {len(texts)} Zeilen erfüllen in dieser Spalte keine "
                    f"Bedingung unter zaehlen.merkmale: {_ranked(ranked, listed)}.",
                    "Andere Schreibweisen bei den Merkmalen ergänzen, oder unter "
                    f"zaehlen.gueltig.{column} alle Werte nennen, die vorkommen dürfen.",
                    zeilen=grid.rows[other.to_numpy()],
                    spalte=name,
                    schwere=HINWEIS,
                )
            )
    return found


def _ranked(values: Mapping[str, int], listed: Collection[str]) -> str:
    """The values with their rows; what may be about one person only as a number."""
    named: list[str] = []
    unnamed = 0
    for text, number in values.items():
        meant = alike(text, listed) or _close(text, listed)
        if len(named) == SHOWN or (number < COMMON and meant is None and text):
            unnamed += number
            continue
        hint = f", gemeint «{meant}»?" if meant else ""
        named.append(f"{f'«{text}»' if text else 'leer'} ({number} Zeilen{hint})")
    if unnamed:
        named.append(f"andere Werte ({unnamed} Zeilen)")
    return ", ".join(named)


def _close(text: str, listed: Collection[str]) -> str | None:
    short = {folded(value): value for value in listed}
    close = get_close_matches(folded(text), list(short), n=1, cutoff=0.75)
    begun = [key for key in short if len(folded(text)) > 3 and key.startswith(folded(text))]
    return short[(close or begun)[0]] if close or begun else None
