"""What the columns of a table are: areas, years, ages, sexes, counts, shares, categories."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from spm.setup.agebands import single_ages
from spm.setup.areas import Areas, Matched, match
from spm.setup.column import (
    ANTEIL,
    BIS,
    JAHR,
    KENNUNG,
    LEER,
    RAUM,
    VON,
    ZAHL,
    Column,
)
from spm.setup.groups import ages, nationalities, sexes
from spm.setup.headers import SIGNS, Layout, is_number, is_year
from spm.setup.measures import is_share
from spm.setup.synonyms import synonyms
from spm.setup.words import folded, said

_YEAR_WORDS = re.compile(
    r"\b(?:jahr|year|stichtag|datum|zeit|time|berichtsmonat|berichtsjahr|monat|stand|schuljahr|"
    r"kitajahr|\w*jahr)\b"
)
_ID_WORDS = re.compile(r"\b(?:id|lfd|nr|nummer|kennung|schluessel|code|key|objectid|fid|oid)\b")
_AREA_WORD = re.compile(
    r"(?:stadt|orts|gemeinde)teil|bezirk|(?:sozial|planungs|lebens|bezugs)raum|viertel$|quartier"
)
_FROM = re.compile(r"\b(?:alter[s ]*von|von alter|age from|alter ab|von)\b")
_TO = re.compile(r"\b(?:alter[s ]*bis|bis alter|age to|bis)\b")
_OFFICIAL_KEY = re.compile(r"\d{5}|\d{8}|\d{12}")


def columns(layout: Layout, areas: Areas, place: str) -> list[Column]:
    """Classify every column of a table."""
    found = [
        Column(i, header, said(header), layout.column(i)) for i, header in enumerate(layout.header)
    ]
    for column in found[:2]:  # cells that are merged downwards stand in front
        column.filled_down = _fill_down(column)
    for column in found:
        _classify(column, areas, place)
    _no_counts_as_areas(found)
    single_ages(found)
    _only_one_year(found)
    _ages_in_two(found)
    return found


def _fill_down(column: Column) -> int:
    """Give empty cells the text above if each stands for equally many rows, which then it tells."""
    texts = column.texts
    if not texts or not texts[0] or all(texts) or any(map(is_number, texts)):
        return 0
    runs: list[int] = []
    for text in texts:
        if text:
            runs.append(1)
        else:
            runs[-1] += 1
    if len(runs) < 2 or len(set(runs)) > 1:
        return 0
    last = ""
    column.texts = [last := text or last for text in texts]
    return runs[0]


def _classify(column: Column, areas: Areas, place: str) -> None:
    filled = column.filled
    plain = folded(column.header)
    if not filled:
        column.kind, column.why = LEER, "leer"
        return
    if all(map(is_year, filled)) and (_YEAR_WORDS.search(plain) or _only_years(filled)):
        column.kind, column.why = JAHR, "Jahre"
        return
    if sexes(column) or nationalities(column):
        return
    if _is_area(column, plain, areas, place):
        column.kind = RAUM
        return
    if ages(column, plain):
        return
    numbers = [text for text in filled if is_number(text)]
    signs = [text for text in filled if not is_number(text)]
    if numbers and (len(signs) <= 3 and all(len(s) <= 4 or s in SIGNS for s in signs)):
        column.kind, column.why = _kind_of_numbers(column, numbers, plain)
    elif len(filled) == len(column.texts) and len(filled) > 5 and _ID_WORDS.search(plain):
        column.kind, column.why = KENNUNG, "in jeder Zeile eine andere Kennung"


def _only_years(filled: Sequence[str]) -> bool:
    return len(filled) > 1 or not filled[0].isdecimal() or 1990 <= int(filled[0]) <= 2035


def _kind_of_numbers(column: Column, numbers: Sequence[str], plain: str) -> tuple[str, str]:
    if is_share(column.header):
        return ANTEIL, "Anteil, Rate oder Mittelwert: SPM rechnet aus Anzahlen"
    decimals = [n for n in numbers if re.search(r"[.,]\d{1,2}$|[.,]\d{4,}$", n)]
    real = [n for n in decimals if not re.search(r"[.,]0+$", n)]
    if len(real) > 0.3 * len(numbers):
        return ANTEIL, "Kommazahlen: keine Anzahlen"
    whole = [n for n in numbers if n.isdecimal()]
    unique = len(column.filled) == len(column.texts) > 5
    if _ID_WORDS.search(plain) and (unique or len(whole) == len(numbers)):
        return KENNUNG, "eine Nummer, keine Anzahl"
    return ZAHL, ""


def _is_area(column: Column, plain: str, areas: Areas, place: str) -> bool:
    named = _names_areas(plain)
    texts = column.distinct
    if not areas.names:
        official = [t for t in texts if _OFFICIAL_KEY.fullmatch(t)]
        enough = len(official) > 0.7 * len(texts) and (len(texts) > 5 or named)
        counted = all(map(is_number, column.filled)) and not official
        column.why = "amtliche Schlüssel" if enough else "Überschrift nennt Räume"
        column.matched = Matched(direct=tuple(t for t in texts if t))
        return enough or (named and not counted)
    found = match(texts, areas, place)
    column.matched = found
    known = found.areas + len(found.whole) + len(found.nowhere)
    column.why = f"{found.areas} von {len(areas.names)} Räumen erkannt"
    if found.areas < min(2, len(areas.names)) or found.areas < 0.3 * len(areas.names):
        return False
    numeric = all(t.isdecimal() for t in column.filled)
    own_keys = any(len(key) >= EXACT_KEY for key in areas.names)
    if numeric and not named and not own_keys and not _balanced(column, found, len(areas.names)):
        return False
    return known >= 0.5 * len(texts) or own_keys or named


EXACT_KEY = 5
"""Digits of a key that no count has by chance."""


MOST_AREAS = 0.9
"""Of the areas have to be there, if nothing but their numbers tells them."""


def _balanced(column: Column, found: Matched, areas: int) -> bool:
    """Whether every area stands in equally many rows: counts do not."""
    often = Counter(column.texts)
    rows = {often[text] for text in (*found.direct, *found.translated)}
    return not found.rest and len(rows) == 1 and found.areas >= MOST_AREAS * areas


def _no_counts_as_areas(found: Sequence[Column]) -> None:
    """Numbers that only look like keys of areas, beside a column that surely names areas."""
    weak = [
        column
        for column in found
        if column.kind == RAUM
        and all(text.isdecimal() and len(text) < EXACT_KEY for text in column.filled)
        and not _names_areas(folded(column.header))
    ]
    if len(weak) < sum(column.kind == RAUM for column in found):
        for column in weak:
            numbers = column.filled
            column.kind, column.why = _kind_of_numbers(column, numbers, folded(column.header))


def _names_areas(plain: str) -> bool:
    words = set(re.findall(r"[a-z]+", plain))
    return bool(words & synonyms().places) or any(map(_AREA_WORD.search, words))


def _only_one_year(found: Sequence[Column]) -> None:
    """Of several columns of years the one that is called so, with the most years."""
    years = [column for column in found if column.kind == JAHR]
    if len(years) < 2:
        return
    best = max(
        years,
        key=lambda c: (bool(_YEAR_WORDS.search(folded(c.header))), len(c.filled), -c.number),
    )
    for column in years:
        if column is not best:
            column.kind, column.why = LEER, f"ein weiteres Jahr neben «{best.header}»"


def _ages_in_two(found: Sequence[Column]) -> None:
    """First and last age in two columns."""
    bare = [c for c in found if c.filled and all(t.isdecimal() for t in c.filled)]
    named = [c for c in bare if "alter" in folded(c.header) or "age" in folded(c.header)]
    firsts = [c for c in named if _FROM.search(folded(c.header))]
    lasts = [c for c in named if _TO.search(folded(c.header))]
    if len(firsts) == len(lasts) == 1 and firsts[0] is not lasts[0]:
        firsts[0].kind, lasts[0].kind = VON, BIS
        for column in (firsts[0], lasts[0]):
            column.values, column.why = {}, "erstes und letztes Alter"
