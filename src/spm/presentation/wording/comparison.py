"""Values of other places in words: what they are and where from, never whether they differ."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from spm.presentation.blocks import from_data
from spm.presentation.views import IndicatorView
from spm.presentation.wording import peers
from spm.presentation.wording.grammar import capitalised, in_place
from spm.text.numbers import join_words

if TYPE_CHECKING:
    from spm.published import ComparisonValue


LINES = 3
"""So many other places have a line in a bar chart; the others are in the table."""


def for_comparison(view: IndicatorView) -> str:
    """The values of other places, with year and source; empty if there is none.

    ``"Zum Vergleich: Im Kreis Lippe lag der Wert 2022 bei 14,1 % (Quelle: …)."``
    """
    alike = groupby(view.elsewhere, key=lambda value: (value.jahr, value.quelle))
    sentences = []
    for (year, quelle), values in alike:
        first, *others = values
        where = in_place(first.gebiet)
        texts = [f"{where} lag der Wert {year} bei {view.text(first.wert)}"]
        texts += [f"{in_place(v.gebiet)} bei {view.text(v.wert)}" for v in others]
        sentences.append(f"{capitalised(join_words(texts))} (Quelle: {source_phrase(quelle)}).")
    sentences += peers.sentences(view)
    return f"Zum Vergleich: {' '.join(sentences)}" if sentences else ""


def source_phrase(text: str) -> str:
    """A source as part of a sentence: without the full stop at its end."""
    return from_data(text.removesuffix("."))


def with_year(view: IndicatorView, value: ComparisonValue) -> str:
    """The name of a place beside its value, with the year if it is not the reporting year."""
    return value.gebiet if value.jahr == view.year else f"{value.gebiet} ({value.jahr})"
