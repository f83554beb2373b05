"""Where the municipality stands among places that are like it."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import Block, from_data, paragraphs, table
from spm.presentation.synthesis.sections import section
from spm.presentation.views import IndicatorView
from spm.presentation.wording import peers
from spm.presentation.wording.grammar import capitalised, in_municipality, quoted
from spm.published import GESAMT
from spm.text.numbers import EN_DASH, join_words, number_word

TITLE = "Vergleichbare Orte"
PLACED = {
    peers.LIKE: "wie vergleichbare Orte",
    peers.UNCLEAR: "kein Unterschied zur Mitte nachweisbar",
    peers.HIGHER: "höher",
    peers.LOWER: "niedriger",
    "": EN_DASH,
}

_LIMITS = (
    "**Grenzen:** „Wie vergleichbare Orte“ heißt: Der eigene Wert liegt zwischen denen der Gruppe, "
    "und ihre Mitte (der Median) liegt in seinem 95-%-Vertrauensintervall; „höher“ oder "
    "„niedriger“: Die Mitte liegt außerhalb. Etwa einer von 20 Werten läge auch dann außerhalb, "
    "wenn nichts verschieden wäre. Welche Orte vergleichbar sind, hat die Kommune festgelegt; was "
    "dort anders gezählt oder angeboten wird, sagt der Vergleich nicht."
)


def placed(views: Sequence[IndicatorView]) -> Block:
    """Every indicator with values of a group of places: its own value, their middle and range."""
    found = [(view, group) for view in views for group in peers.groups(view)]
    if not found:
        return Block()
    several = len({group.name for _, group in found}) > 1
    rows = [
        [
            from_data(f"{view.axis} ({group.name})" if several else view.axis),
            _placed(view, group),
            view.number(view.row(GESAMT, group.year).shown),
            view.number(group.middle),
            peers.span(view, group, unit=False),
            str(group.year),
        ]
        for view, group in found
    ]
    where = in_municipality(found[0][0].place)
    listed = table(
        "gesamtbild-vergleichbar",
        ["Kennzahl", "Einordnung", "Hier", "Mitte", "Spanne", "Jahr"],
        rows,
        f"Werte {where} und in vergleichbaren Orten",
        widths=[30, 28, 8, 8, 13, 7],
        numbers_from=2,
    )
    return section(TITLE, paragraphs(_opening(found)), listed, paragraphs(_LIMITS))


def _opening(found: Sequence[tuple[IndicatorView, peers.Peers]]) -> str:
    """Which groups, and for how many indicators the municipality is like them."""
    sizes: dict[str, set[str]] = {}
    for _, group in found:
        sizes.setdefault(group.name, set()).update(value.gebiet for value in group.values)
    named = [
        f"der Gruppe {quoted(name)} ({number_word(len(members))} Orte)"
        for name, members in sizes.items()
    ]
    ways = [peers.against(view, group) for view, group in found]
    where = in_municipality(found[0][0].place)
    opening = f"Verglichen wird mit {join_words(named)}."
    counted = [
        (ways.count(way), words)
        for way, words in (
            (peers.LIKE, "wie in vergleichbaren Orten"),
            (peers.HIGHER, "höher als in deren Mitte"),
            (peers.LOWER, "niedriger als in deren Mitte"),
        )
        if way in ways
    ]
    told = []
    if counted:
        verb = "ist" if counted[0][0] == 1 else "sind"
        parts = [f"{number_word(n) if n > 1 else 'einer'} {words}" for n, words in counted]
        told.append(f"Von den {number_word(len(ways))} Werten {where} {verb} {join_words(parts)}")
        if len(ways) == 1:
            told = [f"Der Wert {where} ist {counted[0][1]}"]
    if unclear := ways.count(peers.UNCLEAR):
        n = "einem" if unclear == 1 else number_word(unclear)
        told.append(f"bei {n} ist kein Unterschied zur Mitte nachweisbar")
    if not told:
        return opening
    return f"{opening} {capitalised('; '.join(told))}."


def _placed(view: IndicatorView, group: peers.Peers) -> str:
    """Where its value lies, and if so that it lies outside the whole range."""
    text, outside = PLACED[peers.against(view, group)], peers.beyond(view, group)
    if not outside or text == EN_DASH:
        return text
    everybody = "beide" if len(group.values) == 2 else f"alle {number_word(len(group.values))}"
    if text == outside:
        return f"{text} (als {everybody})"
    return f"{text} ({outside} als {everybody})"
