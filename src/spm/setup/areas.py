"""The areas: which geometry, key and name, and which texts of a column are which area."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from spm.areas.geometryfile import read_geometry
from spm.areas.keys import text_of
from spm.areas.repairing import valid_polygons
from spm.errors import SpmError
from spm.setup.words import folded

WHOLE = re.compile(
    r"(?:stadt |kreis |gemeinde |kommune )?(?:insgesamt|gesamt|zusammen|summe|total|alle "
    r"(?:\w+raeume|stadtteile|gemeinden|bezirke))(?: ?(?:stadt|kreis|kommune|ergebnis|summe))?|"
    r"(?:gesamt|ganze |gesamte )(?:stadt|kommune|kreis)|stadt gesamt|gesamtergebnis"
)
NOWHERE = re.compile(
    r"(?:ohne|keine?|nicht|un)\W*(?:angabe|zuordnung|zuordenbar|zuzuordnen|zugeordnet|bekannt|"
    r"wohnsitz|festen wohnsitz)\w*(?: moeglich)?(?: zuordenbar| zugeordnet)?|k\.? ?a\.?|sonstige|"
    r"ausserhalb|nz|nicht zuordnenbar|unbekannter? \w+|not assigned|unknown"
)
_KEYS = re.compile(r"schluessel|key|id\b|nr\b|num\b|kennz|code|ags|stt_?nr|gen_?id", re.I)
_TECHNICAL = re.compile(r"(?:ogc_)?fid|objectid|gml_?id|id", re.I)
"""Numbers that a program gives; an office has its own."""
_MEASURED = re.compile(r"-?\d+[.,]\d+")
_NAMES = re.compile(r"name|bez|titel|gen\b|label", re.I)


@dataclass(frozen=True)
class Areas:
    """The areas of a geometry file.

    Attributes
    ----------
    file : its name in the folder; "" if there is none.
    key, name : its columns.
    names : key -> name.
    others : other geometry files that were not taken.
    problem : why it is not certain, in German; "" if it is.
    """

    file: str = ""
    key: str = ""
    name: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    others: Sequence[str] = ()
    problem: str = ""


@dataclass(frozen=True)
class Matched:
    """The texts of a column of areas.

    Attributes
    ----------
    direct : texts that SPM reads as they are.
    translated : text -> key.
    whole, nowhere : texts for the municipality, and for people without an area.
    rest : what is no area.
    loose : whether the translation rests on a number alone.
    """

    direct: tuple[str, ...] = ()
    translated: Mapping[str, str] = field(default_factory=dict)
    whole: tuple[str, ...] = ()
    nowhere: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    loose: bool = False

    @property
    def areas(self) -> int:
        """How many texts are areas."""
        return len(self.direct) + len(self.translated)


def geometry(folder: Path, files: Iterable[str], columns: Sequence[set[str]], place: str) -> Areas:
    """The geometry whose keys or names most columns of the tables hold.

    Parameters
    ----------
    files : names of geometry files in ``folder``.
    columns : distinct texts of the columns of all tables.
    place : the municipality's name; a file that is called by it goes before.
    """
    found: list[tuple[tuple[int, float, int, str], Areas]] = []
    problems = []
    for name in files:
        try:
            options = _readings(folder / name)
        except SpmError as error:
            problems.append(f"{name}: {error.was}")
            continue
        for key, label, names in options:
            cover = max((_cover(names, own) for own in columns), default=0.0)
            called = bool(set(_letters(place)) & set(_letters(name.rsplit("/", 1)[-1])))
            rank = (int(called), round(cover, 3), _metric(name), name)
            areas = Areas(file=name, key=key, name=label, names=names)
            found.append((rank, areas))
    if not found:
        return Areas(problem="; ".join(problems))
    covered = [one for one in found if one[0][1] >= 0.6]
    rank, best = max(covered or found, key=lambda one: (one[0][0], one[0][1], one[0][2]))
    others = sorted({areas.file for _, areas in found} - {best.file})
    problem = "" if rank[1] >= 0.6 else "keine Spalte der Tabellen nennt diese Schlüssel oder Namen"
    wrong = [problem, _wrong_outline(folder / best.file, best)]
    return replace(best, others=others, problem="; ".join(filter(None, wrong)))


def _wrong_outline(path: Path, areas: Areas) -> str:
    """Why the first outline that stops `spm check` is none; "" if all of them can be used."""
    frame = read_geometry(path, None)
    for column, names in (("raum", areas.key), ("name", areas.name)):
        frame[column] = [text_of(v) for v in frame[names]]
    try:
        valid_polygons(frame, str(path))
    except SpmError as error:
        return error.was.rstrip(".")
    return ""


def _metric(name: str) -> int:
    return int("25832" in name or "25833" in name) - int("wgs84" in name.lower())


def _letters(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z]+", folded(text)) if len(word) > 3]


def _readings(path: Path) -> list[tuple[str, str, dict[str, str]]]:
    """Every pair of a key and a name column that a geometry file can have."""
    frame = read_geometry(path, None)
    texts = {str(c): [text_of(v) for v in frame[c]] for c in frame.columns if str(c) != "geometry"}
    unique = {c: v for c, v in texts.items() if all(v) and len(set(v)) == len(v)}
    worded = [
        c for c, v in texts.items() if all(v) and any(re.search("[A-Za-zÄÖÜ]{3}", t) for t in v)
    ]
    labels = sorted(worded, key=lambda c: (not _NAMES.search(c), list(texts).index(c)))
    if not unique:
        return []
    keys = {c: own for c, own in unique.items() if not any(map(_MEASURED.fullmatch, own))}
    named = {c: own for c, own in keys.items() if _KEYS.search(c)}
    wordless = {c: own for c, own in keys.items() if c not in worded}
    chosen = named or wordless or keys
    found = []
    for key, own in chosen.items():
        label = next((c for c in labels if c != key), key)
        found.append((key, label, dict(zip(own, texts[label], strict=True))))
    return sorted(found, key=lambda one: bool(_TECHNICAL.fullmatch(one[0])))


def _cover(names: Mapping[str, str], texts: set[str]) -> float:
    """The share of the areas that a column names, by key; by name it counts a little less."""
    keys = len(set(names) & texts) / len(names)
    labels = len(set(names.values()) & texts) / len(names)
    padded = len({k.lstrip("0") for k in names} & {t.lstrip("0") for t in texts}) / len(names)
    last = {m[1].lstrip("0") for t in texts if (m := re.search(r"(\d+)$", t))}
    ends = len({k.lstrip("0") for k in names} & last) / len(names) if len(names) > 2 else 0
    return max(keys, labels * 0.99, padded * 0.9, ends * 0.7)


def match(texts: Iterable[str], areas: Areas, place: str) -> Matched:
    """Say of every text of a column which area it is."""
    by_name: dict[str, list[str]] = {}
    for key, name in areas.names.items():
        for spelled in {_spelled(name), _spelled(name.split(",")[0])}:
            by_name.setdefault(spelled, []).append(key)
    direct, translated, whole, nowhere, rest = [], {}, [], [], []
    names = set(areas.names.values())
    numbered = _numbered(texts := list(dict.fromkeys(texts)), areas)
    loose = False
    for text in texts:
        plain = folded(text)
        if text in areas.names or text in names:
            direct.append(text)
        elif (
            len(found := by_name.get(_spelled(text), by_name.get(_spelled(text.split(",")[0]), [])))
            == 1
        ):
            translated[text] = found[0]
        elif text == "" or NOWHERE.fullmatch(plain):
            nowhere.append(text)
        elif WHOLE.fullmatch(plain) or (place and _is_place(text, place)):
            whole.append(text)
        elif composed := _composed(text, areas, by_name):
            translated[text] = composed
        elif text in numbered:
            translated[text], loose = numbered[text], True
        else:
            rest.append(text)
    return Matched(
        direct=tuple(direct),
        translated=translated,
        whole=tuple(whole),
        nowhere=tuple(nowhere),
        rest=tuple(rest),
        loose=loose,
    )


def _spelled(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", folded(name))


def _is_place(text: str, place: str) -> bool:
    bare = re.sub(r"^(?:stadt|kreis|landkreis|gemeinde) ", "", folded(text).split(",")[0])
    return bare == re.sub(r"^(?:stadt|kreis|landkreis|gemeinde) ", "", folded(place))


def _composed(text: str, areas: Areas, by_name: Mapping[str, list[str]]) -> str | None:
    """ "01 Altstadt", "Altstadt (1)", "001": key and name together, or with leading zeros."""
    if text.isdecimal():
        hits = [key for key in areas.names if key.isdecimal() and int(key) == int(text)]
        return hits[0] if len(hits) == 1 else None
    for form, code, name in (
        (r"\(?(\w+)\)?[ .:–-]+(.+)", 1, 2),
        (r"(.+?)[ –-]+\(?(\w+)\)?", 2, 1),
    ):
        if found := re.fullmatch(form, text):
            keys = by_name.get(_spelled(found[name]), [])
            same = [k for k in keys if k.lstrip("0") == found[code].lstrip("0")]
            if same:
                return same[0]
            if len(keys) == 1 and found[code].isdecimal():
                return keys[0]
    return None


def _numbered(texts: Sequence[str], areas: Areas) -> dict[str, str]:
    """ "SR 1", "SR 2": one short word and a number, if each is the key of an area of its own."""
    found = {t: m for t in texts if (m := re.fullmatch(r"([A-Za-zÄÖÜäöü.-]+)[ -]?0*(\d+)", t))}
    by_number = {key.lstrip("0"): key for key in areas.names if key.isdecimal()}
    words = {m[1] for m in found.values()}
    if len(words) != 1 or not all(m[2] in by_number for m in found.values()):
        return {}
    if len(found) < max(2, len(areas.names) // 2):
        return {}
    return {text: by_number[m[2]] for text, m in found.items()}
