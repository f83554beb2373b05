"""The public list of offers and networks.

Offers are no people, so the list passes no disclosure control. Who takes part is people: numbers of
participants come by a delivery, under its threshold, and a column of them is refused here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from spm.config.indicator import LEBENSPHASEN
from spm.errors import SpmError, nearest
from spm.rawfiles.publictables import (
    Called,
    Places,
    Row,
    Wrong,
    in_words,
    read_rows,
    refuse,
    wrong_text,
)

if TYPE_CHECKING:
    from spm.config.params import Params

CALLED = Called("Die Angebotsliste", "angebote.datei")

COLUMNS = (
    *("art", "name", "traeger", "thema", "lebensphase", "raum", "plaetze", "zielgruppe"),
    "offen_fuer",
)

ANGEBOT, NETZWERK = KINDS = ("angebot", "netzwerk")

PEOPLE = ("teilnehm", "besuch", "erreicht")
"""Beginnings of columns that count people."""

MOST_PLACES = 100_000
"""No offer has more."""

_WORDS = {
    "name": "Der Name",
    "traeger": "Der Träger",
    "thema": "Das Thema",
    "zielgruppe": "Die Zielgruppe",
    "offen_fuer": "Für wen es offen ist",
}


class Offer(NamedTuple):
    """An offer or a network; ``raum`` is "gesamt" where it is for the whole municipality, and
    ``plaetze`` None where the list does not say."""

    art: str
    name: str
    traeger: str
    thema: str
    lebensphase: str
    raum: str
    plaetze: int | None
    zielgruppe: str
    offen_fuer: str


def load_offers(params: Params, places: Sequence[tuple[str, str]]) -> tuple[Offer, ...]:
    """Read and check the list of offers.

    Parameters
    ----------
    places : key and name of every area.

    Returns
    -------
    tuple of Offer
        In the order of the file; empty if the params file names none.

    Raises
    ------
    SpmError
        File missing or unreadable, a column missing, a column of participants, or naming every
        wrong cell with its row.
    """
    if params.angebote is None:
        return ()
    rows, where = read_rows(params, params.angebote.datei, CALLED, COLUMNS, _no_people)
    known = Places(places, params)
    first: dict[Offer, int] = {}
    errors: list[str] = []
    for row in rows:
        offer, wrong = _offer(row, known)
        if offer and first.setdefault(offer, row.line) != row.line:
            wrong.append(("", f"Dasselbe steht schon in Zeile {first[offer]}."))
        errors += in_words(row.line, wrong)
    refuse(CALLED.die, errors, where)
    return tuple(first)


def _no_people(header: Sequence[str], where: str) -> None:
    for name in header:
        if name.strip().casefold().startswith(PEOPLE):
            raise SpmError(
                f"Die Spalte «{name}» zählt Menschen; die Angebotsliste wird veröffentlicht, wie "
                "sie ist.",
                wo=where,
                tun="Bitte die Spalte löschen und die Zahlen als Lieferung angeben: Dort gilt ihre "
                "Mindestfallzahl (docs/how-to/offers.md).",
            )


def _offer(row: Row, places: Places) -> tuple[Offer | None, list[Wrong]]:
    cells, wrong = row.cells, list(row.wrong)
    if cells["art"] not in KINDS:
        wrong.append(("art", f"«{cells['art']}» ist weder {ANGEBOT} noch {NETZWERK}."))
    for name in ("name", "thema"):
        if not cells[name]:
            wrong.append((name, f"{_WORDS[name]} fehlt."))
    for name, what in _WORDS.items():
        wrong += wrong_text(name, what, cells[name])
    phase = cells["lebensphase"]
    if (phase or cells["art"] == ANGEBOT) and phase not in LEBENSPHASEN:
        wrong.append(
            ("lebensphase", f"«{phase}» ist keine Lebensphase.{nearest(phase, LEBENSPHASEN)}")
        )
    raum, unknown = places.find(cells["raum"])
    wrong += unknown
    places_of, no_number = _places(cells["plaetze"])
    wrong += no_number
    if wrong:
        return None, wrong
    return Offer(
        art=cells["art"],
        name=cells["name"],
        traeger=cells["traeger"],
        thema=cells["thema"],
        lebensphase=phase,
        raum=raum,
        plaetze=places_of,
        zielgruppe=cells["zielgruppe"],
        offen_fuer=cells["offen_fuer"],
    ), wrong


def _places(text: str) -> tuple[int | None, list[Wrong]]:
    if not text:
        return None, []
    digits = text.replace(".", "") if text.count(".") == 1 and len(text) > 4 else text
    if not (digits.isascii() and digits.isdigit()) or int(digits) > MOST_PLACES:
        said = f"«{text}» ist keine Zahl von Plätzen (0 bis {MOST_PLACES})."
        return None, [("plaetze", f"{said} Ist sie unbekannt, bleibt die Zelle leer.")]
    return int(digits), []
