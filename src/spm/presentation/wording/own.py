"""Sentences and texts that the municipality writes itself, in place of ours or beside them."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape as escape_html
from typing import TYPE_CHECKING

from spm.errors import SpmError
from spm.owntexts.texts import FOREWORD, INDEX, KURZFASSUNG
from spm.presentation.blocks import Block, daten, heading, joined
from spm.presentation.views import Sicht, Zeile
from spm.presentation.wording.sentences import extremes, grenzen, with_names
from spm.published import ABSENDER_GESPERRT, GESPERRT

if TYPE_CHECKING:
    from spm.owntexts.texts import Satz, Texte

TITLE = "Einordnung der Kommune"
"""Heading of a text that does not begin with one of its own."""

UNNUMBERED = (INDEX, KURZFASSUNG)
"""Chapters whose headings have no number."""


def satz(texte: Texte | None, kind: str, sicht: Sicht, ours: Callable[[Sicht], str]) -> str:
    """The municipality's own sentence of this kind, if it wrote one, else ours.

    Raises
    ------
    SpmError
        The own sentence asks for a number that is not published.
    """
    found = texte.saetze.get((sicht.kennzahl.id, kind)) if texte else None
    if found is None:
        return ours(sicht)
    words, *others = re.split(r"( *\{\w+\} *)", found.text)
    text = _marked(words)
    for asked, words in zip(others[::2], others[1::2], strict=True):
        name = asked.strip(" {}")  # the blanks stay: escaping takes them off the ends of a text
        text += asked.replace(f"{{{name}}}", _VALUES[name](sicht, found)) + _marked(words)
    return text


def _marked(words: str) -> str:
    return daten(words) if words else ""


def _total(sicht: Sicht, satz: Satz, name: str) -> Zeile:
    row = sicht.gesamt
    if not row.ok:
        hidden = row.status in (GESPERRT, ABSENDER_GESPERRT)
        raise _missing(name, satz, "ist gesperrt" if hidden else "liegt nicht vor")
    return row


def _value(sicht: Sicht, satz: Satz) -> str:
    return sicht.text(_total(sicht, satz, "wert").gezeigt)


def _interval(sicht: Sicht, satz: Satz) -> str:
    row = _total(sicht, satz, "intervall")
    if not row.hat_intervall:
        raise _missing("intervall", satz, "gibt es bei dieser Kennzahl nicht")
    return grenzen(sicht, row)


def _extreme(name: str, last: bool) -> Callable[[Sicht, Satz], str]:
    def text(sicht: Sicht, satz: Satz) -> str:
        if not sicht.published:
            hidden = any(row.status in (GESPERRT, ABSENDER_GESPERRT) for row in sicht.areas)
            raise _missing(name, satz, "ist gesperrt" if hidden else "liegt nicht vor")
        rows = extremes(sicht)[-1 if last else 0]
        return with_names(rows, sicht.text(rows[0].gezeigt), sicht)

    return text


_VALUES: dict[str, Callable[[Sicht, Satz], str]] = {
    "wert": _value,
    "intervall": _interval,
    "jahr": lambda sicht, satz: sicht.zeitraum,
    "kommune": lambda sicht, satz: daten(sicht.ort.name),
    "hoechster": _extreme("hoechster", True),
    "niedrigster": _extreme("niedrigster", False),
}
"""Every placeholder; ``spm.owntexts.texts.PLATZHALTER`` says what it stands for."""


def _missing(name: str, satz: Satz, why: str) -> SpmError:
    return SpmError(
        f"Die Zahl für den Platzhalter «{{{name}}}» {why}.",
        wo=satz.wo,
        tun="Bitte den Satz ohne diesen Platzhalter formulieren; veröffentlicht wird nur, was die "
        "Geheimhaltung zulässt.",
    )


def kapiteltext(texte: Texte | None, key: str) -> Block:
    """The municipality's text on a chapter, under a heading; empty if there is none.

    The foreword has a page of its own and needs none.
    """
    source = texte.kapitel.get(key, "") if texte else ""
    if not source:
        return Block()
    paragraphs = "".join(f"<p>{escape_html(part)}</p>" for part in re.split(r"\n\s*\n", source))
    text = Block(source, paragraphs, source)
    if source.startswith("#") or key == FOREWORD:
        return text
    return joined(heading(TITLE, 2, ".unnumbered" if key in UNNUMBERED else ""), text)
