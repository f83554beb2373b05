"""Small German grammar: articles, cases and plurals that the sentences need."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spm.presentation.blocks import daten
from spm.presentation.numbers import NBSP, aufzaehlung, zahlwort
from spm.presentation.views import (
    ABSENDER,
    GESPERRT,
    NICHT_BERECHENBAR,
    NICHT_GELIEFERT,
    Ort,
    Zeile,
)

MAX_NAMES = 4
"""More areas than this are counted, not named."""

_MASCULINE = re.compile(r"(Kreis|Landkreis|Regionalverband|Bezirk|Landschaftsverband)\b")
_FEMININE = re.compile(
    r"(Stadt|Hansestadt|Landeshauptstadt|Gemeinde|Samtgemeinde|Verbandsgemeinde|Städteregion"
    r"|StädteRegion|Region|Kommune)\b|\w+(kommune|gemeinde)$"
)

_ZEICHEN = {GESPERRT: "•", ABSENDER: "x", NICHT_GELIEFERT: "…", NICHT_BERECHENBAR: "/"}
_STATUS = {
    GESPERRT: "aus Gründen der Geheimhaltung nicht gezeigt",
    ABSENDER: "vom Absender geheim gehalten",
    NICHT_GELIEFERT: "nicht geliefert",
    NICHT_BERECHENBAR: "nicht berechenbar",
}


def zeichen(status: str) -> str:
    """The sign in place of a number; as in official tables, a dash would mean zero."""
    return _ZEICHEN[status]


def status_text(status: str) -> str:
    """What the sign means."""
    return _STATUS[status]


def zeichenerklaerung(states: Sequence[str]) -> str:
    """Explain the signs that occur: ``"• aus Gründen …; … nicht geliefert"``."""
    return "; ".join(f"{_ZEICHEN[s]} {_STATUS[s]}" for s in _STATUS if s in states)


def in_kommune(ort: Ort) -> str:
    """``"in Lemgo"``, ``"im Kreis Lippe"``, ``"in der Stadt Lemgo"``."""
    if _MASCULINE.match(ort.name):
        return f"im {daten(ort.name)}"
    return f"in {_der(ort)}{daten(ort.name)}"


def fuer_kommune(ort: Ort) -> str:
    """``"für Lemgo"``, ``"für den Kreis Lippe"``, ``"für die Stadt Lemgo"``."""
    article = "den " if _MASCULINE.match(ort.name) else "die " if _der(ort) else ""
    return f"für {article}{daten(ort.name)}"


def _der(ort: Ort) -> str:
    return "der " if _FEMININE.match(ort.name) else ""


def mehrzahl_dativ(ort: Ort) -> str:
    """``"Sozialräumen"``, ``"Gemeinden"``, ``"Statistischen Bezirken"``."""
    *adjectives, noun = ort.mehrzahl.split()
    adjectives = [a + "n" if a.endswith("e") else a for a in adjectives]
    noun += "" if noun.endswith(("n", "s")) else "n"
    return daten(" ".join([*adjectives, noun]))


def einem(ort: Ort) -> str:
    """Dative of "one" or "none" without its first letters: ``"einem"`` or ``"einer"``."""
    return "einer" if ort.geschlecht == "f" else "einem"


def anzahl_von(n: int, ort: Ort, of: int, *, case: str = "nom") -> str:
    """So many of the areas: ``"zwei der sieben Sozialräume"``, ``"alle drei Gemeinden"``.

    Parameters
    ----------
    n, of : how many of how many.
    case : ``nom``, ``akk`` or ``dat``.
    """
    if n == of and of > 1:
        noun = mehrzahl_dativ(ort) if case == "dat" else daten(ort.mehrzahl)
        ending = "n" if case == "dat" else ""
        return f"beide{ending} {noun}" if of == 2 else f"alle{ending} {zahlwort(of)} {noun}"
    return f"{_ein(n, ort, case)} der {zahlwort(of)} {daten(ort.mehrzahl)}"


def _ein(n: int, ort: Ort, case: str) -> str:
    if n != 1:
        return zahlwort(n)
    forms = {
        "nom": {"m": "einer", "f": "eine", "n": "eines"},
        "akk": {"m": "einen", "f": "eine", "n": "eines"},
        "dat": {"m": "einem", "f": "einer", "n": "einem"},
    }
    return forms[case][ort.geschlecht]


def anzahl(n: int, ort: Ort, *, case: str = "nom") -> str:
    """So many areas: ``"ein Sozialraum"``, ``"einer Gemeinde"``, ``"sieben Sozialräumen"``."""
    if n == 1:
        forms = {
            "nom": {"m": "ein", "f": "eine", "n": "ein"},
            "akk": {"m": "einen", "f": "eine", "n": "ein"},
            "dat": {"m": "einem", "f": "einer", "n": "einem"},
        }
        return f"{forms[case][ort.geschlecht]} {daten(ort.raumebene)}"
    return f"{zahlwort(n)} {mehrzahl_dativ(ort) if case == 'dat' else daten(ort.mehrzahl)}"


def namen(rows: Sequence[Zeile]) -> str:
    """Names joined: ``"Altstadt, Mürwik und Weiche"``; empty if there are too many.

    Groups called by their areas come last: ``"Weiche sowie Altstadt und Mürwik zusammen"``.
    """
    if len(rows) > MAX_NAMES:
        return ""
    single = aufzaehlung([mit_nummer(row.name) for row in rows if not row.mehrere])
    several = [f"{mit_nummer(row.name)} zusammen" for row in rows if row.mehrere]
    return " sowie ".join(filter(None, [single, *several]))


def mit_nummer(name: str) -> str:
    """A name from data; a number in it stays with its word: "Sozialraum 4" on one line."""
    return daten(re.sub(r" (?=\d)", NBSP, name))


def benannt(rows: Sequence[Zeile], ort: Ort, *, case: str = "nom") -> str:
    """Areas by their names, or how many if there are too many: ``"fünf Stadtteile"``."""
    return namen(rows) or anzahl(len(rows), ort, case=case)


def genannt(title: str) -> str:
    """A title in German quotation marks."""
    return f"„{daten(title)}“"


def gross(sentence: str) -> str:
    """Capitalise the first letter of a sentence."""
    return re.sub(r"\w", lambda first: first[0].upper(), sentence, count=1)


def satzteil(satz: str) -> str:
    """A noun phrase inside a sentence: an open relative clause is closed with a comma."""
    return daten(satz) + ("," if satz.count(",") % 2 else "")
