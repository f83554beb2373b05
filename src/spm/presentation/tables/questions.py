"""The questions of a chapter as a table, with room for who answers them and how far that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spm.presentation.blocks import Block, from_data, heading, joined, table
from spm.presentation.tables.crosstable import slug
from spm.presentation.views import IndicatorView
from spm.presentation.wording.questions import OPENING, questions

if TYPE_CHECKING:
    from spm.owntexts.questions import Question, Questions

TITLE = "Prüffragen"
OPEN = "offen"


def question_table(views: Sequence[IndicatorView], own: Questions | None, key: str) -> Block:
    """Questions that follow from the findings, or the municipality's own, then those of the last
    report; nothing if there is none.

    Parameters
    ----------
    views : every indicator of the chapter.
    own : what the municipality wrote about the chapter.
    key : chapter; the table is ``@tbl-<key>-prueffragen``.
    """
    if own is None or own.own is None:
        rows = [[question, OPEN, OPEN] for question in questions(views)]
    else:
        rows = [_row(question) for question in own.own]
    rows += [_row(question, "Vorbericht: ") for question in (own.earlier if own else ())]
    if not rows:
        return Block()
    return joined(
        heading(TITLE),
        table(
            f"{slug(key)}-prueffragen",
            ["Frage", "Zuständig", "Stand"],
            rows,
            f"{TITLE} für die Planung",
            widths=[60, 18, 18],
            numbers_from=3,
            note=OPENING,
        ),
    )


def _row(question: Question, before: str = "") -> list[str]:
    office, state = question.office or OPEN, question.state or OPEN
    return [f"{before}{from_data(question.text)}", from_data(office), from_data(state)]
