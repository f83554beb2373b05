"""Domains in profile, and their index: figures, tables, sentences, limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from spm.presentation import judging
from spm.presentation.blocks import (
    Block,
    boxed,
    figure,
    from_data,
    heading,
    joined,
    listing,
    paragraphs,
    table,
    tinted,
)
from spm.presentation.figures import style
from spm.presentation.pages import companions
from spm.presentation.synthesis import compositewords as words
from spm.presentation.synthesis import indexwords as about
from spm.presentation.synthesis.composite import CLASSED, Composite
from spm.presentation.synthesis.spans import MOST, Column, Span, draw_spans
from spm.text.numbers import EN_DASH, NBSP, format_number, round_half_away

INDEX = "Index"

TITLE_OF_DOMAINS = "Themenfelder im Profil"
TITLE_OF_INDEX = "Index der Themenfelder und seine Unsicherheit"

MANY = 24
"""With more rows than this a table is set small."""

CLASSES = ((1.5, "sehr hoch"), (1.0, "hoch"), (-1.0, "mittel"))
"""Above these standard deviations the burden is called so; below the last one "niedrig"."""


def domain_block(made: Composite, folder: Path, fields: Mapping[str, int] | None = None) -> Block:
    """Where every area stands in every domain, and how sure that is.

    Parameters
    ----------
    fields : numbers of indicators by domain in the table above, if the chapter has one.
    """
    if not made.domains and not made.empty:
        return Block()
    title = heading(TITLE_OF_DOMAINS, 2, ".unnumbered")
    left_out = words.missing(made.choice, made.place, made.empty)
    if not made.possible:
        return joined(title, paragraphs(words.why_not(made), left_out))
    columns = [(name, i) for i, name in enumerate(made.names)]
    caption = f"Themenfelder nach {from_data(made.place.level)}, {made.views[0].year}"
    told = words.claims(made)
    sure = listing(words.claims_opening(made), told) if told else paragraphs(words.no_claim(made))
    return joined(
        title,
        paragraphs(words.lead(made), words.beside(made, fields or {})),
        sure,
        _spans(made, columns, "gesamtbild-themenfelder", caption, folder),
        boxed(
            "anmerkung", paragraphs(words.made_of(made), left_out, words.limits_of_domains(made))
        ),
    )


def index_block(made: Composite, folder: Path) -> Block:
    """The index of the domains with the span of every area, after the domains themselves."""
    if not made.has_index:
        return Block()
    caption = f"Index der Themenfelder nach {from_data(made.place.level)}, {made.views[0].year}"
    return joined(
        heading(TITLE_OF_INDEX, 2, ".unnumbered"),
        paragraphs(about.of_index(made), about.robust(made), about.progress(made)),
        _spans(made, [(INDEX, -1)], "gesamtbild-index", caption, folder),
        boxed("dicht", _table(made)) if made.n > MANY else _table(made),
        boxed("anmerkung", paragraphs(about.bounded(made), about.LIMITS_OF_INDEX)),
    )


def _shown(made: Composite) -> list[int]:
    """Areas with a row: all, or those of which most can be said, in area order."""
    if made.n <= MOST:
        return list(range(made.n))
    columns = [*range(len(made.domains)), -1]
    judged = [made.judged(column) for column in columns]
    said = [sum(bool(one[i]) for one in judged) for i in range(made.n)]
    return sorted(sorted(range(made.n), key=lambda i: (-said[i], i))[:MOST])


def _spans(
    made: Composite, columns: Sequence[tuple[str, int]], key: str, caption: str, folder: Path
) -> Block:
    shown = _shown(made)
    if len(shown) < made.n:
        caption += f" ({from_data(made.place.plural)}, über die sich am meisten sagen lässt)"
    drawn = []
    for name, column in columns:
        judged, ranges = made.judged(column), made.ranges
        spans = [
            Span(
                point=float(made.places[column, i]),
                first=int(ranges.first[column, i]),
                last=int(ranges.last[column, i]),
                judged=judged[i],
            )
            for i in shown
        ]
        drawn.append(Column(name, spans, numbers=len(columns) == 1))
    names = [made.choice.areas[i][1] for i in shown]
    path = folder / f"{key}.svg"
    for width, to in ((style.WIDTH, path), (style.PHONE, companions.phone_picture(path))):
        draw_spans(names, drawn, made.quarter, made.n, width).save(to)
    alt = " ".join(words.alt_text(made, column, name) for name, column in columns)
    return figure(key, path.as_posix(), alt, caption)


def _table(made: Composite) -> Block:
    """Spans in numbers, domains first; with ten areas and more also how far they lie apart."""
    classed = made.n >= CLASSED
    columns = [*range(len(made.domains)), -1]
    judged = {column: made.judged(column) for column in columns}
    rows = []
    for i in _shown(made):
        cells = [from_data(made.choice.areas[i][1])]
        cells += [_cell(made, column, i, judged[column][i]) for column in columns]
        if classed:
            value = float(made.standardised[i])
            cells += [format_number(value, 2, signed=True), class_of(value)]
        rows.append(cells)
    head = [from_data(made.place.level), *map(from_data, made.names), INDEX]
    head += ["Index in Standard\u00adabweichungen", "Belastung"] if classed else []
    found = {name for names in judged.values() for name in names}
    return table(
        "gesamtbild-index",
        head,
        rows,
        f"Stelle in der Reihenfolge der Belastung (1: höchste, {made.n}: niedrigste): Spanne in "
        f"{words.SHARE} der {words.DRAWS}, {made.views[0].year}",
        widths=[22, *[13] * (len(head) - 1)],
        note=_legend(made, found, classed),
    )


def class_of(value: float) -> str:
    """The burden in words, from standard deviations as they are printed."""
    printed = float(round_half_away(value, 2))
    if printed == CLASSES[-1][0]:
        return CLASSES[-1][1]
    return next((word for limit, word in CLASSES if printed > limit), "niedrig")


def _cell(made: Composite, column: int, i: int, name: str) -> str:
    first, last = int(made.ranges.first[column, i]), int(made.ranges.last[column, i])
    text = str(first) if first == last else f"{first}{EN_DASH}{last}"
    sign = judging.SIGNS[name]
    return tinted(f"{text}{NBSP}{sign}" if sign else text, name)


def _legend(made: Composite, found: set[str], classed: bool) -> str:
    parts = [
        f"{judging.SIGNS[name]}{NBSP}gehört in mindestens {words.SHARE} der {words.DRAWS} "
        f"{words.ends(made, word)} und ist in mindestens einer Kennzahl nachweisbar "
        f"{judging.WORDS[name]} als die übrige Kommune"
        for name, word in words.ENDS
        if name in found
    ]
    if classed:
        parts.append(
            "Belastung nach Standardabweichungen vom Mittel: niedrig unter −1, hoch über 1, sehr "
            "hoch über 1,5"
        )
    return f"Lesehilfe: {'; '.join(parts)}." if parts else ""
