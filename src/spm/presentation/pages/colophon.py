"""How the report came about: reference dates, program, protection, rights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spm.presentation.blocks import Block, from_data, terms
from spm.release.certificate import CERTIFICATE
from spm.text.numbers import join_words

if TYPE_CHECKING:
    from spm.config.delivery import Lieferung
    from spm.config.params import Params
    from spm.release.certificate import Certificate

SHORT = 12
"""So many characters of a digest are enough to tell two datasets apart by eye."""

GROUP = 16
"""The digest is set in groups of so many characters, so that lines can break between them."""

MANIFEST = "manifest.json"
RULES = {
    "geheimhaltung": "Geheimhaltung",
    "lieferungen": "Lieferungen",
    "zusammenfassen": "Zusammenfassungen",
    "raeume_gruppen": "Gruppen von Räumen",
    "kennzahlen": "Kennzahlenset",
}
"""Rules that the certificate names by their digests."""


def page(
    params: Params, used: Sequence[Lieferung], certificate: Certificate, version: str
) -> Block:
    """What the report was made from, and with what; never when, so that it can be made again.

    Parameters
    ----------
    used : deliveries of which an indicator is published.
    version : of SPM.
    """
    series = params.zeitreihe
    years = f"{series.von} bis {series.bis}" if series.von < series.bis else f"{series.bis}"
    rules = [f"{name} `{getattr(certificate.regeln, key)[:SHORT]}`" for key, name in RULES.items()]
    made = (
        f"SPM {version}, gesetzt aus der Schrift Lato. Alle beteiligten Programme mit ihren "
        f"Versionen, die Regeln und die Prüfsummen aller Ergebnisse nennt die Datei `{MANIFEST}`, "
        "die zu diesem Bericht gehört. Die Lieferungen sind vertraulich; sie stehen darin nur mit "
        "Prüfsummen, die ohne einen geheimen Schlüssel nichts über sie sagen (HMAC). Aus denselben "
        "Eingaben entsteht derselbe Bericht."
    )
    proof = (
        f"Prüfung bestanden, bescheinigt in der Datei `{CERTIFICATE}`. Gerechnet hat "
        f"{from_data(certificate.verfahren.loeser)}. Die Prüfsumme (SHA-256) des Datensatzes "
        f"lautet, hier in Gruppen gesetzt: `{_grouped(certificate.datensatz.sha256)}`. Die der "
        f"Regeln beginnen so: {', '.join(rules)}."
    )
    rows = [
        ("Berichtsjahr und Zeitreihe", f"{params.bericht.berichtsjahr}; {years}"),
        ("Stichtage der Daten", _dates(used)),
        ("Erstellt mit", made),
        ("Bescheinigung", proof),
    ]
    return terms([(label, text) for label, text in rows if text])


def _grouped(digest: str) -> str:
    return " ".join(digest[i : i + GROUP] for i in range(0, len(digest), GROUP))


def _dates(used: Sequence[Lieferung]) -> str:
    """«31. Dezember: Bevölkerung und Haushalte; 1. März: Kindertagesbetreuung»."""
    by_date: dict[str, list[str]] = {}
    for entry in used:
        if entry.stichtag:
            by_date.setdefault(entry.stichtag, []).append(from_data(entry.titel))
    return "; ".join(f"{from_data(day)}: {join_words(titles)}" for day, titles in by_date.items())
