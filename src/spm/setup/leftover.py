"""What could not be placed, as commented lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spm.setup.proposal import SHARES, Proposal
from spm.setup.synonyms import synonyms
from spm.setup.words import folded
from spm.setup.yamlwriting import inline, scalar


def left_over(proposals: Sequence[Proposal]) -> list[str]:
    """Tables that could not be placed, as commented lines with their headings."""
    lines: list[str] = []
    for one in proposals:
        if one.placed:
            continue
        sheet = f", Blatt {one.sheet}" if one.sheet else ""
        use = "; als Vergleich: docs/how-to/comparison-values.md" if one.problem == SHARES else ""
        use = use or _search(one)
        lines.append(f"  # {one.file}{sheet}: {one.problem or 'nicht erkannt'}{use}")
        if one.open:  # without one there is nothing to map
            lines += [f"  #   {text}" for text in _prefilled(one)]
    return lines


def _search(one: Proposal) -> str:
    """The word of a file's or sheet's name by which measures are found; "" if there is none."""
    known = synonyms()
    beside = known.fillers | known.persons | known.places | known.foreign
    for word in folded(f"{one.sheet} {one.file.rsplit('/', 1)[-1].rsplit('.', 1)[0]}").split():
        if len(word) < LETTERS or word in beside or word.isdecimal():
            continue
        fits = [
            name
            for name, measure in known.measures.items()
            if word in name.split("_") or any(word in phrase for phrase in measure.phrases)
        ]
        if fits:
            more = " …" if len(fits) > SUGGESTED else ""
            return f"; vielleicht {', '.join(fits[:SUGGESTED])}{more} (spm merkmale {word})"
    return ""


LETTERS, SUGGESTED = 3, 3
"""Letters of a word that says something, and measures that a comment suggests."""


def _prefilled(one: Proposal) -> list[str]:
    value: dict[str, Any] = {"datei": one.file}
    if one.sheet:
        value["blatt"] = one.sheet
    keys = ("zeichensatz", "trennzeichen", "kopfzeilen", "ende", "nur")
    value |= {key: one.mapping[key] for key in keys if key in one.mapping}
    constants = {"merkmal": "?"}
    whole = {} if "raum" in one.mapping.get("spalten", {}) else {"raum": "gesamt"}
    columns = {k: v for k, v in one.mapping.get("spalten", {}).items() if k != "anzahl"}
    headers = list(one.open)
    if "zaehlen" in one.mapping:
        value["spalten"] = columns
        counted = inline(one.mapping["zaehlen"])
        return [f"- {inline(value)[:-1]},", f"   zaehlen: {counted}}}"]
    if len(headers) == 1:
        value["spalten"] = columns | {"anzahl": headers[0]}
        value["konstanten"] = constants | whole
        return [f"- {inline(value)}"]
    value["spalten"] = columns
    value |= {"konstanten": whole} if whole else {}  # no column of areas: the municipality's own
    cells = inline({header: {"merkmal": "?"} for header in headers[:QUOTED]})
    more = f"  # und {len(headers) - QUOTED} weitere" if len(headers) > QUOTED else ""
    return [f"- {inline(value)[:-1]},", f"   entpivotieren: {cells}}}{more}"]


def headings(headers: Sequence[str]) -> str:
    shown = ", ".join(scalar(header) for header in headers[:QUOTED])
    return shown + (f" … und {len(headers) - QUOTED} weitere" if len(headers) > QUOTED else "")


QUOTED = 12
"""Headings that a comment names."""
