"""The public list of offers in Markdown: of one area by phase of life, and networks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from spm.config.indicator import LEBENSPHASEN
from spm.presentation.blocks import from_data, markdown
from spm.rawfiles.offers import ANGEBOT, Offer
from spm.text.numbers import NBSP, format_number, join_words, number_word

if TYPE_CHECKING:
    from spm.presentation.profile import AreaProfile

TITLE = "## Angebote vor Ort {.unnumbered}"


def described(offer: Offer) -> str:
    """``"**Babytreff**: Frühe Hilfen; Familienzentrum; 12 Plätze; offen für alle"``"""
    places = f"{format_number(offer.plaetze)}{NBSP}Plätze" if offer.plaetze is not None else ""
    if offer.plaetze == 1:
        places = f"1{NBSP}Platz"
    parts = [
        from_data(offer.thema),
        from_data(offer.traeger) if offer.traeger else "",
        places,
        f"Zielgruppe: {from_data(offer.zielgruppe)}" if offer.zielgruppe else "",
        f"offen für {from_data(offer.offen_fuer)}" if offer.offen_fuer else "",
    ]
    return f"**{from_data(offer.name)}**: {'; '.join(filter(None, parts))}"


def phases_of(offers: Iterable[Offer]) -> list[str]:
    """The phases of life that occur, along the chain of prevention."""
    found = {offer.lebensphase for offer in offers}
    return [phase for phase in LEBENSPHASEN if phase in found]


def profile_section(profile: AreaProfile) -> str:
    """Offers in an area, as its profile shows them: how many, and on web pages which; a PDF of one
    page has no room for them.

    Returns
    -------
    str
        Markdown; "" if the list has none there.
    """
    offers = [offer for offer in profile.offers if offer.art == ANGEBOT]
    if not offers:
        return ""
    counts = [
        f"{number_word(n)} für „{from_data(phase)}“"
        for phase in phases_of(offers)
        if (n := sum(offer.lebensphase == phase for offer in offers))
    ]
    told = f"{number_word(len(offers))} Angebote, {join_words(counts)}"
    told = markdown(f"Die Angebotsliste nennt hier {'ein Angebot' if len(offers) == 1 else told}.")
    where = "Welche, steht auf der Webseite des Profils."
    return "\n\n".join(
        [
            _only("html", "\n\n".join([TITLE, told, "\n".join(_items(offers))])),
            _only("typst", f"::: {{.anmerkung}}\n{told} {where}\n:::"),
        ]
    )


def _only(form: str, text: str) -> str:
    return f'::::: {{.content-visible when-format="{form}"}}\n{text}\n:::::'


def _items(offers: Sequence[Offer]) -> list[str]:
    lines = []
    for phase in phases_of(offers):
        lines.append(f"- {markdown(from_data(phase))}")
        here = [offer for offer in offers if offer.lebensphase == phase]
        lines += [f"    - {markdown(described(offer))}" for offer in here]
    return lines
