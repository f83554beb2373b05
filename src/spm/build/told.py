"""What `spm check` says of deliveries on the console: errors by cause, and first of all."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from spm.build.doubtful import UNCHECKED
from spm.deliveries.findings import HINWEIS, Finding, Source
from spm.foreign import door
from spm.verdict import errors_among

if TYPE_CHECKING:
    import geopandas
    import pandas as pd

    from spm.config.catalogue import Kennzahl
    from spm.config.params import Params

LONGEST = 100
"""So much of a text is quoted for a character in it."""

CAUSES, NOTES, PLACES = 10, 5, 3
"""So many causes of errors and of notes, and places of each, are printed; all of them are in the
check report."""

MEASURES = 5
"""So many measures that nobody delivers are named per chapter."""

GUESSES = 12
"""So many lines of the params file that nobody has looked at yet are named."""

_VARIABLE = re.compile(rf"(?<={UNCHECKED}).*|«[^»]*»|\(Ebenso [^)]*\)|\([^)]*\d[^)]*\)|\d[\d.,]*")


def errors_by_cause(findings: Iterable[Finding]) -> list[str]:
    """Errors as lines to print: one block per cause with its number, first places and advice."""
    return _by_cause(errors_among(findings), "Fehler", CAUSES)


def notes_by_cause(findings: Iterable[Finding]) -> list[str]:
    """The same of notes."""
    notes = [finding for finding in findings if finding.schwere == HINWEIS]
    return _by_cause(notes, "Hinweis", NOTES)


def _by_cause(findings: Iterable[Finding], kind: str, most: int) -> list[str]:
    causes: dict[str, list[Finding]] = {}
    for finding in findings:
        causes.setdefault(_VARIABLE.sub("…", finding.was), []).append(finding)
    lines = []
    for alike in list(causes.values())[:most]:
        first = alike[0]
        if first.was.startswith(UNCHECKED) and len(alike) > 1:
            lines += _unchecked(alike, kind)
            continue
        often = f" ({len(alike)}-mal)" if len(alike) > 1 else ""
        lines.append(f"{kind}{often}: {first.was}")
        lines += [f"  Wo: {one.lieferung}: {one.wo}" for one in alike[:PLACES]]
        if len(alike) > PLACES:
            lines.append(f"      … und {len(alike) - PLACES} weitere Stellen")
        if first.tun:
            lines.append(f"  Was tun: {first.tun}")
    if rest := sum(map(len, list(causes.values())[most:])):
        word = kind if kind == "Fehler" or rest == 1 else f"{kind}e"
        lines.append(f"… und {rest} {word} aus anderen Gründen (Prüfprotokoll)")
    return lines


def _unchecked(alike: Sequence[Finding], kind: str) -> list[str]:
    """Lines of the params file that are guessed: one place to look at, so one list."""
    named = [
        f"{one.zeile} ({one.spalte})" if one.spalte else str(one.zeile) for one in alike[:GUESSES]
    ]
    more = f" und {len(alike) - GUESSES} weitere" if len(alike) > GUESSES else ""
    return [
        f"{kind} ({len(alike)}-mal): {UNCHECKED}.",
        f"  Wo: {alike[0].lieferung}: {alike[0].datei}, Zeilen {', '.join(named)}{more}",
        f"  Was tun: {alike[0].tun}",
    ]


def verdict(findings: Sequence[Finding]) -> str:
    """The number of errors and notes in one line."""
    errors = len(errors_among(findings))
    notes = len(findings) - errors
    return f"Prüfung: {errors} Fehler, {notes} Hinweis{'e' * (notes != 1)}"


def missing(facts: pd.DataFrame, catalogue: Mapping[str, Kennzahl], params: Params) -> list[str]:
    """Per chapter one line of the measures that nobody delivers.

    Before these, what is delivered and not shown, and what indicators need and delivered groups do
    not make up. A near miss is named
    only if no indicator counts it: another measure that happens to be called alike is none.
    """
    from spm.build.catalogued import elsewhere, lacking, not_shown
    from spm.errors import nearest
    from spm.statistics.answerable import undelivered

    asked = {m for entry in catalogue.values() for s in entry.selections for m in s.merkmal}
    known = sorted(set(facts["merkmal"]) - asked - elsewhere(facts, catalogue, params).keys())
    lacks = undelivered(facts, catalogue)
    # One word is one measure misspelled: of those that are missing the nearest
    hints = {own: nearest(own, lacks) for own in known}
    meant = {
        measure: own
        for own, hint in hints.items()
        for measure in lacks
        if hint == f" Gemeint ist vielleicht «{measure}»."
    }
    chapters: dict[str, dict[str, str]] = {}
    for measure, keys in lacks.items():
        hint = f"geliefert ist «{meant[measure]}»: verschrieben?" if measure in meant else ""
        for key in keys:
            chapters.setdefault(catalogue[key].kapitel, {})[measure] = hint
    return (
        not_shown(facts, catalogue, params)
        + lacking(facts, catalogue)
        + [
            f"Nicht geliefert (Kapitel {chapter}): {_measures(own)}"
            for chapter, own in chapters.items()
        ]
    )


def _measures(own: Mapping[str, str]) -> str:
    """Measures with what may be meant, those first; of many the first ones."""
    order = sorted(own, key=lambda name: not own[name])
    named = [f"{name} ({own[name]})" if own[name] else name for name in order]
    rest = len(named) - MEASURES
    return ", ".join(named[:MEASURES]) + (f" und {rest} weitere" if rest > 0 else "")


def next_step(findings: Sequence[Finding], asked: Collection[str], params: str, page: str) -> str:
    """What to do next, in one line: the last one.

    Parameters
    ----------
    asked : offices in whose copy an error is marked: a wrong mapping is no office's business.
    params, page : the params file, and the check report, as they are to be typed.
    """
    if errors_among(findings):
        whom = ", ".join(asked)
        # The report itself is about all deliveries: no office is to read of another's.
        to = f"; die Kopie aus rueckfragen/ schicken an: {whom}" if whom else ""
        return f"Als Nächstes: {page} lesen{to}; sind die Fehler behoben, «spm check {params}»."
    if findings:
        return f"Als Nächstes: die Hinweise in {page} prüfen, dann «spm build {params}»."
    return f"Als Nächstes: «spm build {params}»."


def unprintable(
    params: Params,
    areas: geopandas.GeoDataFrame,
    catalogue: Mapping[str, Kennzahl],
    facilities: Iterable[str] = (),
) -> list[Finding]:
    """Characters that the font of the PDF does not have: told before any chapter runs.

    Parameters
    ----------
    facilities : their names in deliveries, if pages show them.
    """
    from spm.owntexts.texts import text_files

    texts = {f"Räume, {params.raeume.datei}": list(areas["name"].astype(str))}
    own = params.model_dump(exclude={"geheimhaltung", "gestaltung", "zeitreihe"})
    texts[params.file.name] = list(_texts(own))
    texts["Kennzahlensets"] = list(_texts([c.model_dump() for c in catalogue.values()]))
    texts["Einrichtungen"] = sorted(facilities)
    for path in text_files(params):
        texts[f"{params.texte}/{path.name}"] = door.text(path).splitlines()
    return without_shape(texts)


def without_shape(texts: Mapping[str, Sequence[str]]) -> list[Finding]:
    """The same, of texts by the place where they are written."""
    from fontTools.ttLib import TTFont

    from spm.book.fonts import CUTS, FOLDER

    strange = {c for own in texts.values() for text in own for c in text if ord(c) > 0x17F}
    if not strange:
        return []
    with TTFont(FOLDER / CUTS[0], lazy=True) as font:
        known = set(font.getBestCmap())
    lacking = {c for c in strange if ord(c) not in known and not c.isspace()}
    found = []
    for place, written in texts.items():
        for character in sorted(lacking):
            text = next((text for text in written if character in text), None)
            if text is not None:
                found.append(
                    Source("Schrift", place).finding(
                        f"Das Zeichen «{character}» (U+{ord(character):04X}) fehlt in der Schrift "
                        "des Berichts; steht der Text im PDF, lässt es sich nicht setzen.",
                        "Durch Buchstaben oder Worte ersetzen.",
                        wert=text if len(text) <= LONGEST else text[:LONGEST] + " …",
                        schwere=HINWEIS,
                    )
                )
    return found


def _texts(section: object) -> Iterable[str]:
    """All texts of a section that may be printed; patterns and raw values are not among them."""
    if isinstance(section, str):
        yield section
    elif isinstance(section, dict):
        for key, value in section.items():
            if key != "tabellen":
                yield from _texts(value)
    elif isinstance(section, list | tuple):
        for value in section:
            yield from _texts(value)
