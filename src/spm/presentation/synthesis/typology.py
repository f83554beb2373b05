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
    dative_of_one,
    number_kept,
    so_many,
)
from spm.synthesis.burden import CORRELATION, REPORT
from spm.text.numbers import NBSP, format_number, format_value, join_words, number_word

NAMES = {
    MEHRERE: "Bedarf in mehreren Bereichen",
    EINZELNE: "Bedarf in einzelnen Bereichen",
    GUENSTIGER: "günstigere Werte, in keinem Bereich ungünstigere",
    OHNE: "kein Bereich nachweisbar anders",
    ZU_WENIG: "zu wenige Vergleiche für eine Aussage",
}
"""What texts call the kinds of areas."""

HOWEVER = "wie eng die Bereiche auch zusammenhängen"
"""Of a bound that needs no assumption."""

TITLE_OF_LIMITS = "Was das Gesamtbild nicht sagt"

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
            "allein unwahrscheinlich wäre"
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
        "günstiger sind als in der übrigen Kommune; dafür reicht eine einzige Kennzahl. Umgekehrt "
        "zählt er als günstiger."
    )
    if picture.several is None:
        return (
            f"{text} Von Bedarf in mehreren Bereichen ist hier nirgends die Rede: Bei so wenigen "
            "Bereichen ließe es sich vom Zufall nicht unterscheiden."
        )
    return f"{text} Mehrere Bereiche heißt hier: mindestens {number_word(picture.several)}."


def chance(picture: Picture) -> str:
    """How likely any area has so many domains if nothing differs, beside the claim.

    Where the bound that needs no assumption is small enough, it alone; else the one with the
    assumption that it rests on.
    """
    if picture.several is None:
        return ""
    _, anywhere = picture.chance(picture.several)
    _, ceiling = picture.ceiling(picture.several)
    on = (
        f"{at_most(ceiling)}, {HOWEVER}"
        if ceiling <= REPORT
        else f"{at_most(anywhere)}, wenn die Bereiche höchstens mäßig zusammenhängen; siehe "
        f"„{TITLE_OF_LIMITS}“"
    )
    who = _anywhere(picture)
    return f"Dass der Zufall allein so viele {who} ergibt, ist unwahrscheinlich ({on})."


def counting(picture: Picture) -> str:
    """What that chance rests on, for those who want to know."""
    if picture.several is None:
        return ""
    chances, ceilings = picture.chance(picture.several), picture.ceiling(picture.several)
    many = number_word(picture.several)
    why = (
        f"Warum mindestens {many} Bereiche? Auch wenn sich die {_areas(picture, 'nom')} in nichts "
        f"unterschieden, fielen durch Zufall einzelne Bereiche auf. {capitalised(many)} oder mehr "
        "gäbe es dann in höchstens einem von 20 Berichten,"
    )
    if ceilings[1] <= REPORT:
        return f"{why} {HOWEVER}: {_both(picture, ceilings)}."
    alone, anywhere = ceilings  # in the order of `_both`, where both are there
    without = f"{at_most(anywhere)} und {at_most(alone)}" if anywhere < 1 else None
    return (
        f"{why} wenn die Zufallsausschläge der Bereiche höchstens mäßig zusammenhängen "
        f"(Korrelation bis {format_number(CORRELATION, 1)}): {_both(picture, chances)}. Ohne diese "
        f"Annahme sind es {without or _both(picture, ceilings)}."
    )


def at_most(share: float) -> str:
    """A chance that is never printed too small: ``"höchstens 0,5 %"``, ``"weniger als 0,1 %"``."""
    if share < 0.001:
        return f"weniger als {format_value(0.1, '%', 1)}"
    places = 1 if share < 0.1 else 0
    up = math.ceil(share * 100 * 10**places - 1e-9) / 10**places
    return f"höchstens {format_value(up, '%', places)}"


def _both(picture: Picture, chances: tuple[float, float]) -> str:
    """The chance of one area, and that of any of them."""
    place, (one, anywhere) = picture.view.place, chances
    alone = f"{at_most(one)} in {dative_of_one(place)} allein"
    if anywhere >= 1:
        return f"{alone}; für alle zusammen lässt sich dann keine Grenze nennen"
    return f"{at_most(anywhere)} {_anywhere(picture)}, {alone}"


def _anywhere(picture: Picture) -> str:
    """``"in irgendeinem der sieben Sozialräume"``."""
    return f"in irgend{dative_of_one(picture.view.place)} der {_areas(picture)}"


def _areas(picture: Picture, case: str = "gen") -> str:
    return all_areas(len(picture.areas), picture.view.place, case)


def _shows_domains(picture: Picture, kind: str) -> bool:
    return kind == MEHRERE or (kind not in (OHNE, ZU_WENIG) and len(picture.areas) <= FEW)


def _one(picture: Picture, area: Standing, kind: str) -> str:
    name = number_kept(area.name)
    if kind in (OHNE, ZU_WENIG):
        return f"{name}{_compared(picture, area)}"
    if not _shows_domains(picture, kind):
        return name
    worse, better = (_listed(picture.named(area, worse=w)) for w in (True, False))
    if kind == GUENSTIGER:
        return f"{name} ({better})"
    strengths = f"; günstiger: {better}" if better else ""
    return f"{name} ({worse}{strengths})"


def _compared(picture: Picture, area: Standing) -> str:
    """In how many indicators an area in which nothing was found can be compared, if not in all."""
    tested = sum(tally.tested for tally in area.tallies)
    every = sum(len(views) for views in picture.domains.values())
    if tested == every:
        return ""
    few = f"{format_number(tested)} von{NBSP}{format_number(every)}"
    return f" (nur {few} Kennzahlen vergleichbar)"


def _words(picture: Picture, area: Standing) -> str:
    return _listed(picture.named(area, worse=True))


def _listed(names: Sequence[str]) -> str:
    return join_words([from_data(name.replace(" ", NBSP)) for name in names])


def paragraph(picture: Picture) -> Block:
    """The rule and its chance, as one paragraph."""
    return paragraphs(" ".join(filter(None, (rule(picture), chance(picture)))))


def limits(place: Place) -> tuple[str, str]:
    """What the chapter cannot say."""
    none = f"k{dative_of_one(place)}"
    return (
        "Gezählt werden nur Bereiche, deren Kennzahlen das Kennzahlenset als belastend oder "
        "entlastend bewertet und die sich dort vergleichen lassen; ein Wert, der nur für mehrere "
        f"{from_data(place.plural)} zusammen gezeigt wird, zählt bei {none} davon. Wo wenig "
        f"veröffentlicht ist, ist auch wenig zu finden: „{NAMES[OHNE]}“ heißt nicht „ohne Bedarf“.",
        "Die Zahl der Bereiche ist keine Note und keine Rangfolge. Sie sagt, wo mehrere "
        "Fachstellen zugleich hinsehen sollten, nicht warum die Werte sich unterscheiden und "
        "nicht, wie es einem einzelnen Kind dort geht.",
    )
