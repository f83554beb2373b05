"""The page in plain language: generated sentences, and the municipality's own text around them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape as escape_html
from typing import TYPE_CHECKING

from spm.owntexts.texts import LEICHTE_SPRACHE
from spm.presentation.blocks import Block, heading, joined, markdown, plain
from spm.presentation.wording.plainlanguage import Section, sections

if TYPE_CHECKING:
    from spm.config.reporting import Bericht
    from spm.owntexts.texts import OwnTexts
    from spm.presentation.places import Place
    from spm.presentation.views import IndicatorView

OURS = "{saetze}"
"""A line of the own text in whose place the generated sentences stand; without it they give way."""


def page(
    views: Sequence[IndicatorView], place: Place, report: Bericht, texts: OwnTexts | None
) -> Block:
    """The page below its title: every sentence on a line of its own.

    Parameters
    ----------
    views : all indicators, in catalogue order.
    texts : what the municipality writes itself; its text replaces ours, or surrounds it.
    """
    ours = joined(
        *(
            _section(part)
            for part in sections(
                views, place, report.berichtsjahr, report.herausgeber, report.kontakt
            )
        )
    )
    source = texts.chapters.get(LEICHTE_SPRACHE, "") if texts else ""
    if not source:
        return ours
    before, sign, after = source.partition(OURS)
    return joined(_own(before), ours if sign else Block(), _own(after))


def _own(source: str) -> Block:
    source = source.strip()
    return Block(source, f"<p>{escape_html(source)}</p>", source) if source else Block()


def _section(section: Section) -> Block:
    title, sentences = section
    told = [sentence for sentence in sentences if sentence]
    lines = [plain(sentence) for sentence in told]
    text = Block(
        "\\\n".join(map(markdown, told)),
        f"<p>{'<br>'.join(map(escape_html, lines))}</p>",
        "\n".join(lines),
    )
    return joined(heading(title, classes=".unnumbered"), text)
