"""Sentences and texts that the municipality writes itself, in place of ours or beside them."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape as escape_html
from typing import TYPE_CHECKING

from spm.errors import SpmError
from spm.owntexts.texts import FOREWORD, GESAMTBILD, INDEX, KURZFASSUNG
from spm.presentation.blocks import Block, from_data, heading, joined
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording.sentences import extremes, limits_text, with_names
from spm.published import ABSENDER_GESPERRT, GESPERRT

if TYPE_CHECKING:
    from spm.owntexts.texts import OwnSentence, OwnTexts

TITLE = "Einordnung der Kommune"
"""Heading of a text that does not begin with one of its own."""

UNNUMBERED = (INDEX, KURZFASSUNG, GESAMTBILD)
"""Chapters whose headings have no number."""


def own_or_ours(
    texts: OwnTexts | None, kind: str, view: IndicatorView, ours: Callable[[IndicatorView], str]
) -> str:
    """The municipality's own sentence of this kind, if it wrote one, else ours.

    Raises
    ------
    SpmError
        The own sentence asks for a number that is not published.
    """
    found = texts.sentences.get((view.indicator.id, kind)) if texts else None
    if found is None:
        return ours(view)
    words, *others = re.split(r"( *\{\w+\} *)", found.text)
    text = _marked(words)
    for asked, words in zip(others[::2], others[1::2], strict=True):
        name = asked.strip(" {}")  # the blanks stay: escaping takes them off the ends of a text
        text += asked.replace(f"{{{name}}}", _VALUES[name](view, found)) + _marked(words)
    return text


def _marked(words: str) -> str:
    return from_data(words) if words else ""


def _total(view: IndicatorView, own: OwnSentence, name: str) -> AreaRow:
    row = view.total
    if not row.ok:
        hidden = row.status in (GESPERRT, ABSENDER_GESPERRT)
        raise _missing(name, own, "ist gesperrt" if hidden else "liegt nicht vor")
    return row


def _value(view: IndicatorView, own: OwnSentence) -> str:
    return view.text(_total(view, own, "wert").shown)


def _interval(view: IndicatorView, own: OwnSentence) -> str:
    row = _total(view, own, "intervall")
    if not row.has_interval:
        raise _missing("intervall", own, "gibt es bei dieser Kennzahl nicht")
    return limits_text(view, row)


def _extreme(name: str, last: bool) -> Callable[[IndicatorView, OwnSentence], str]:
    def text(view: IndicatorView, own: OwnSentence) -> str:
        if not view.published:
            hidden = any(row.status in (GESPERRT, ABSENDER_GESPERRT) for row in view.areas)
            raise _missing(name, own, "ist gesperrt" if hidden else "liegt nicht vor")
        rows = extremes(view)[-1 if last else 0]
        return with_names(rows, view.text(rows[0].shown), view)

    return text


_VALUES: dict[str, Callable[[IndicatorView, OwnSentence], str]] = {
    "wert": _value,
    "intervall": _interval,
    "jahr": lambda view, own: view.period,
    "kommune": lambda view, own: from_data(view.place.name),
    "hoechster": _extreme("hoechster", True),
    "niedrigster": _extreme("niedrigster", False),
}
"""Every placeholder; ``spm.owntexts.texts.PLACEHOLDERS`` says what it stands for."""


def _missing(name: str, own: OwnSentence, why: str) -> SpmError:
    return SpmError(
        f"Die Zahl für den Platzhalter «{{{name}}}» {why}.",
        wo=own.where,
        tun="Bitte den Satz ohne diesen Platzhalter formulieren; veröffentlicht wird nur, was die "
        "Geheimhaltung zulässt.",
    )


def chapter_text(texts: OwnTexts | None, key: str) -> Block:
    """The municipality's text on a chapter, under a heading; empty if there is none.

    The foreword has a page of its own and needs none.
    """
    source = texts.chapters.get(key, "") if texts else ""
    if not source:
        return Block()
    paragraphs = "".join(f"<p>{escape_html(part)}</p>" for part in re.split(r"\n\s*\n", source))
    text = Block(source, paragraphs, source)
    if source.startswith("#") or key == FOREWORD:
        return text
    return joined(heading(TITLE, 2, ".unnumbered" if key in UNNUMBERED else ""), text)
