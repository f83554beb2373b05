"""What kind of area each is, in words: by how many domains differ, and what chance would give."""

from __future__ import annotations

import math
from collections.abc import Sequence

from spm.presentation.blocks import Block, from_data, listing, paragraphs
from spm.presentation.places import Place
from spm.presentation.synthesis.domains import (
    EINZELNE,
    GUENSTIGER,
    KINDS,
    MEHRERE,
    OHNE,
    ZU_WENIG,
    Picture,
    Standing,
)
from spm.presentation.views import AreaRow
from spm.presentation.wording.areas import in_areas
from spm.presentation.wording.grammar import (
    all_areas,
    capitalised,
    number_kept,
    so_many,
)
from spm.synthesis.burden import CORRELATION
from spm.text.numbers import NBSP, format_number, format_value, join_words, number_word

NAMES = {
    MEHRERE: "Bedarf in mehreren Bereichen",
    EINZELNE: "Bedarf in einzelnen Bereichen",
    GUENSTIGER: "günstigere Werte, in keinem Bereich ungünstigere",
    OHNE: "kein Bereich nachweisbar anders",
    ZU_WENIG: "zu wenige Vergleiche für eine Aussage",
}
"""What texts call the kinds of areas."""

FEW = 16
"""With more areas than this only those with needs in several domains have them named; the table
shows those of the others."""

LISTED = 12
"""Areas of a kind that are named, in area order; the others are counted."""


def headline(picture: Picture, place: Place) -> str:
    """Where burdens meet, in one sentence with its catchword."""
    found = picture.of_kind(MEHRERE)
    every = len(picture.names)
    of = f"der {number_word(every)} vergleichbaren Bereiche"
    if not found:
        who = capitalised(f"k{so_many(1, place)}")
        some = bool(picture.of_kind(EINZELNE))
        text = (
            f"{who} ist in so vielen Bereichen ungünstiger als die übrige Kommune, dass Zufall "
            "ausscheidet"
            if some
            else f"{who} ist in einem {of} nachweisbar ungünstiger als die übrige Kommune"
        )
        return f"**Mehrere Bereiche zugleich:** {text}."
    many = sorted({area.worse for area in found})
    count = " bis ".join(number_word(n) for n in dict.fromkeys((many[0], many[-1]))) + f" {of}"
    if many == [every]:
        count = f"alle {number_word(every)} vergleichbaren Bereiche"
    who = in_areas([AreaRow(area.raum, area.name) for area in found], picture.view)
    each, rest = ("jeweils ", "jeweils übrigen") if len(found) > 1 else ("", "übrigen")
    which = f": {_words(picture, found[0])}" if len(found) == 1 else ""
    return (
        f"**Mehrere Bereiche zugleich:** {capitalised(who)} sind {each}{count} ungünstiger als in "
        f"der {rest} Kommune{which}."
    )


def kinds(picture: Picture) -> Block:
    """Every kind of area that occurs, with its areas and their domains."""
    items = []
    for kind in KINDS:
        found = picture.of_kind(kind)
        if found:
            told = [_one(picture, area, kind) for area in found[:LISTED]]
            left = len(found) - LISTED
            more = f"; {'ein weiteres' if left == 1 else f'{number_word(left)} weitere'}"
            listed = ("; " if _shows_domains(picture, kind) else ", ").join(told)
            items.append(f"**{capitalised(NAMES[kind])}:** {listed}{more * (left > 0)}")
    opening = f"Nach der Zahl der Bereiche unterscheiden sich die {_areas(picture)} so:"
    return listing(opening, items)


def rule(picture: Picture) -> str:
    """When a domain counts, and from how many on they are several."""
    text = (
        "Ein Bereich zählt als ungünstiger, wenn dort mehr Kennzahlen nachweisbar ungünstiger als "
        "günstiger sind als in der übrigen Kommune; umgekehrt zählt er als günstiger."
    )
    if picture.several is None:
        return (
            f"{text} Von Bedarf in mehreren Bereichen ist hier nirgends die Rede: Bei so wenigen "
            "Bereichen ließe es sich vom Zufall nicht unterscheiden."
        )
    return f"{text} Mehrere Bereiche heißt hier: mindestens {number_word(picture.several)}."


def chance(picture: Picture) -> str:
    """How likely any area has so many domains if nothing differs, beside the claim."""
    if picture.several is None:
        return ""
    _, anywhere = picture.chance(picture.several)
    return (
        f"Durch Zufall allein fänden sich so viele in irgendeinem der {_areas(picture)} mit einer "
        f"Wahrscheinlichkeit von {at_most(anywhere)}."
    )


def counting(picture: Picture) -> str:
    """What that chance rests on, for those who want to know."""
    if picture.several is None:
        return ""
    one, _ = picture.chance(picture.several)
    many = number_word(picture.several)
    return (
        f"Die Schwelle von {many} Bereichen ist die kleinste, die ohne jeden Unterschied in "
        f"höchstens jedem zwanzigsten Bericht ein Gebiet erreicht. Ein einzelnes Gebiet erreicht "
        f"sie dann mit einer Wahrscheinlichkeit von {at_most(one)}, wenn die Zufallsausschläge der "
        f"Bereiche mäßig zusammenhängen (Korrelation {format_number(CORRELATION, 1)}), und von "
        f"{at_most(picture.ceiling(picture.several))}, wie eng sie auch zusammenhängen."
    )


def at_most(share: float) -> str:
    """A chance that is never printed too small: ``"höchstens 0,5 %"``, ``"weniger als 0,1 %"``."""
    if share < 0.001:
        return f"weniger als {format_value(0.1, '%', 1)}"
    places = 1 if share < 0.1 else 0
    up = math.ceil(share * 100 * 10**places - 1e-9) / 10**places
    return f"höchstens {format_value(up, '%', places)}"


def _areas(picture: Picture) -> str:
    return all_areas(len(picture.areas), picture.view.place)


def _shows_domains(picture: Picture, kind: str) -> bool:
    return kind == MEHRERE or (kind not in (OHNE, ZU_WENIG) and len(picture.areas) <= FEW)


def _one(picture: Picture, area: Standing, kind: str) -> str:
    name = number_kept(area.name)
    if not _shows_domains(picture, kind):
        return name
    worse, better = (_listed(picture.named(area, worse=w)) for w in (True, False))
    if kind == GUENSTIGER:
        return f"{name} ({better})"
    strengths = f"; günstiger: {better}" if better else ""
    return f"{name} ({worse}{strengths})"


def _words(picture: Picture, area: Standing) -> str:
    return _listed(picture.named(area, worse=True))


def _listed(names: Sequence[str]) -> str:
    return join_words([from_data(name.replace(" ", NBSP)) for name in names])


def paragraph(picture: Picture) -> Block:
    """The rule and its chance, as one paragraph."""
    return paragraphs(" ".join(filter(None, (rule(picture), chance(picture)))))


LIMITS = (
    "Gezählt werden nur Bereiche, deren Kennzahlen das Kennzahlenset als belastend oder entlastend "
    "bewertet und die sich in diesem Gebiet vergleichen lassen; ein Wert, der nur für mehrere "
    "Gebiete zusammen gezeigt wird, zählt für keines von ihnen. Wo wenig veröffentlicht ist, ist "
    "auch wenig zu finden: „kein Bereich nachweisbar anders“ heißt nicht „ohne Bedarf“.",
    "Die Zahl der Bereiche ist keine Note und keine Rangfolge. Sie sagt, wo mehrere Fachstellen "
    "zugleich hinsehen sollten, nicht warum die Werte sich unterscheiden und nicht, wie es einem "
    "einzelnen Kind dort geht.",
)
"""What the chapter cannot say."""
