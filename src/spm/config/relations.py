"""Whether indicators that are looked at together fit together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from spm.config import yamltext
from spm.config.overlaps import Overlaps
from spm.errors import SpmError, error_list, nearest

if TYPE_CHECKING:
    from spm.config.catalogue import Kennzahl
    from spm.config.params import Params
    from spm.config.selections import Zusammenhang
    from spm.config.together import Gefaelle

WITH_EVENTS = ("anteil", "rate")
"""Kinds of indicators whose values are uncertain as shares or rates are."""


def check_relations(
    params: Params, catalogue: Mapping[str, Kennzahl], sums: Mapping[str, Zusammenhang]
) -> None:
    """Refuse indicators that are not known, or do not fit together.

    Raises
    ------
    SpmError
        An indicator that the catalogue does not have or whose kind does not fit; a pair that counts
        the same people twice. Every error with its line.
    """
    found = list(_wrong(params, catalogue, Overlaps(params, sums)))
    if not found:
        return
    raise SpmError(
        error_list("Die Params-Datei hat", [_placed(params.lines, at, text) for at, text in found]),
        wo=str(params.path),
        tun="Bitte die genannten Einträge berichtigen oder löschen; "
        "docs/explanation/zusammenhaenge.md erklärt die Regeln.",
    )


def _placed(lines: Mapping[yamltext.Pfad, int], at: yamltext.Pfad, text: str) -> str:
    row = next((lines[at[:n]] for n in range(len(at), -1, -1) if at[:n] in lines), 1)
    return f"Zeile {row}, {'.'.join(map(str, at))}: {text}"


def _wrong(
    params: Params, catalogue: Mapping[str, Kennzahl], overlaps: Overlaps
) -> Iterator[tuple[yamltext.Pfad, str]]:
    wanted, at = params.synthese, ("synthese",)
    seen: set[frozenset[str]] = set()
    for i, pair in enumerate(wanted.zusammenhaenge):
        here = (*at, "zusammenhaenge", i)
        entries = [catalogue.get(key) for key in pair]
        yield from _unknown(pair, catalogue, here)
        if None in entries:
            continue
        first, second = (catalogue[key] for key in pair)
        if frozenset(pair) in seen:
            yield here, "Dieses Paar steht schon da."
        seen.add(frozenset(pair))
        if counts := [e.id for e in (first, second) if e.art == "anzahl"]:
            yield (
                here,
                f"«{counts[0]}» ist eine Anzahl: Sie hängt zuerst von der Größe der Räume ab.",
            )
        elif shared := overlaps.between(first.selections, second.selections):
            yield (
                here,
                f"«{first.id}» und «{second.id}» zählen zum Teil dasselbe ({shared}); sie hingen "
                "schon dadurch zusammen.",
            )
    if slope := wanted.gefaelle:
        yield from _wrong_gradient(slope, catalogue, overlaps, (*at, "gefaelle"))
    for i, pair in enumerate(wanted.kombinationen):
        here = (*at, "kombinationen", i)
        yield from _unknown(pair, catalogue, here)
        if all(key in catalogue for key in pair):
            yield from _wrong_combination([catalogue[key] for key in pair], overlaps, here)
    for i, key in enumerate(wanted.segregation):
        here = (*at, "segregation", i)
        yield from _unknown([key], catalogue, here)
        if key in catalogue and catalogue[key].art != "anteil":
            yield here, f"«{key}» ist kein Anteil (art: {catalogue[key].art})."


def _wrong_combination(
    entries: Sequence[Kennzahl], overlaps: Overlaps, at: yamltext.Pfad
) -> Iterator[tuple[yamltext.Pfad, str]]:
    for entry in entries:
        if entry.art != "anteil":
            yield at, f"«{entry.id}» ist kein Anteil (art: {entry.art})."
    if len({entry.id for entry in entries}) < len(entries):
        yield at, f"«{entries[0].id}» steht zweimal da."
    for first, second in pairwise(entries):
        if shared := overlaps.between(first.selections, second.selections):
            yield at, f"Die beiden Gruppen haben zum Teil dieselben Menschen ({shared})."


def _wrong_gradient(
    slope: Gefaelle, catalogue: Mapping[str, Kennzahl], overlaps: Overlaps, at: yamltext.Pfad
) -> Iterator[tuple[yamltext.Pfad, str]]:
    yield from _unknown([slope.armut], catalogue, (*at, "armut"))
    order = catalogue.get(slope.armut)
    if order and order.art == "anzahl":
        yield (*at, "armut"), f"«{order.id}» ist eine Anzahl: Sie ordnet Räume nach ihrer Größe."
    for i, key in enumerate(slope.kennzahlen):
        here = (*at, "kennzahlen", i)
        yield from _unknown([key], catalogue, here)
        entry = catalogue.get(key)
        if entry is None or order is None:
            continue
        if entry.art not in WITH_EVENTS:
            yield here, f"«{key}» ist weder Anteil noch Rate (art: {entry.art})."
            continue
        # Both may refer to the same people; neither may count whom the other counts.
        shared = overlaps.between([entry.zaehler], order.selections) or overlaps.between(
            entry.selections, [order.zaehler]
        )
        if shared:
            yield (
                here,
                f"«{key}» und «{order.id}» zählen zum Teil dasselbe ({shared}); ein Gefälle ergäbe "
                "sich schon daraus.",
            )


def _unknown(
    keys: list[str], catalogue: Mapping[str, Kennzahl], at: yamltext.Pfad
) -> Iterator[tuple[yamltext.Pfad, str]]:
    for key in keys:
        if key not in catalogue:
            yield at, f"Es gibt keine Kennzahl «{key}».{nearest(key, catalogue)}"
