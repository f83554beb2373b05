"""An indicator on half a page: the finding as heading, what is counted, two sentences, a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm.presentation.blocks import Block, boxed, from_data, heading, joined, paragraphs, plain
from spm.presentation.tables.crosstable import slug
from spm.presentation.views import IndicatorView
from spm.presentation.wording import accuracy, block, changes, gaps, own
from spm.presentation.wording.grammar import capitalised
from spm.presentation.wording.headline import finding
from spm.text.escape import escape_attribute

if TYPE_CHECKING:
    from collections.abc import Callable

    from spm.owntexts.texts import OwnTexts

KIND = "block"
"""Kind of the figure."""


def has_block(view: IndicatorView) -> bool:
    """Whether any value is published in the reporting year."""
    return bool(finding(view).text)


def caption_of(view: IndicatorView) -> str:
    """Caption of its figure; what is counted, and when, stands above the text already."""
    name = capitalised(from_data(view.indicator.kurztitel))
    return f"{name}: {from_data(view.place.plural)} im Vergleich"


def indicator_block(view: IndicatorView, texts: OwnTexts | None, figure: Block) -> Block:
    """The block of one indicator.

    Parameters
    ----------
    texts : own sentences take the place of ours; of kinds that we leave to the figure and the
        tables only own ones are there.
    figure : its figure; without one, text and tables say everything.
    """

    def said(patterns: dict[str, Callable[[IndicatorView], str]]) -> str:
        each = (own.own_or_ours(texts, kind, view, ours) for kind, ours in patterns.items())
        return " ".join(filter(None, each))

    found = own.own_or_ours(texts, "befund", view, lambda view: finding(view).text)
    title = found.rstrip(".") or from_data(view.indicator.titel)
    # The name stands for the finding where there is little room: contents, bookmarks.
    short = escape_attribute(plain(capitalised(from_data(view.indicator.kurztitel))))
    attributes = f'#kennzahl-{slug(view.indicator.id)} kurz="{short}"'
    remarks = said(_NOTES)
    return boxed(
        "kennzahl",
        joined(
            heading(title, 2, attributes),
            boxed("kennzeile", paragraphs(block.label(view))),
            paragraphs(said(_TEXT)),
            figure,
            boxed("anmerkung", paragraphs(remarks)),
        ),
    )


def _nothing(view: IndicatorView) -> str:
    return ""


_TEXT: dict[str, Callable[[IndicatorView], str]] = {
    "lage": block.level,
    "andere": _nothing,
    "spanne": _nothing,
    "vergleich": _nothing,
    "entwicklung": block.course,
    "raeume": _nothing,
    "trend": _nothing,
}
_NOTES: dict[str, Callable[[IndicatorView], str]] = {
    "luecken": gaps.missing_values,
    "schaetzung": block.notes,
    "rundung": accuracy.accuracy_note,
    "brueche": changes.breaks,
}
"""Kinds of sentences, in the order in which they stand; see `spm.owntexts.texts.SENTENCE_KINDS`."""
