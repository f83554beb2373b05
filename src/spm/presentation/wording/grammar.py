"""Small German grammar: articles, cases and plurals that the sentences need."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spm.presentation.blocks import from_data
from spm.presentation.places import Place
from spm.presentation.views import AreaRow
from spm.published import (
    ABSENDER_GESPERRT,
    DEUTLICH_UEBER,
    DEUTLICH_UNTER,
    GESPERRT,
    NICHT_BERECHENBAR,
    NICHT_GELIEFERT,
    UEBER,
    UNTER,
    WIE,
)
from spm.text.numbers import NBSP, join_words, number_word

MAX_NAMES = 4
"""More areas than this are counted, not named."""

_ARTICLES = {
    "der": re.compile(
        r"([\w-]+er )?(?!Kreisfreie)[\w-]*kreis\b"
        r"|(Regionalverband|Zweckverband|Landschaftsverband|Bund"
        r"|(Regierungs|Stadt)?bezirk)\b",
        re.IGNORECASE,
    ),
    "die": re.compile(
        r"(Stadt|Hansestadt|Landeshauptstadt|Kreisstadt|Gemeinde|Samtgemeinde|Verbandsgemeinde"
        r"|Städteregion|StädteRegion|Region|Kommune|Bundesrepublik)\b|\w+(kommune|gemeinde)$"
    ),
    "das": re.compile(r"(Land|Saarland|Amt|Ruhrgebiet|Bundesgebiet)\b"),
}
"""Beginnings of names that have an article in a sentence: «im Kreis Lippe», but «in Flensburg»."""

_SIGNS = {GESPERRT: "•", ABSENDER_GESPERRT: "x", NICHT_GELIEFERT: "…", NICHT_BERECHENBAR: "/"}
_STATUS = {
    GESPERRT: "aus Gründen der Geheimhaltung nicht gezeigt",
    ABSENDER_GESPERRT: "vom Absender geheim gehalten",
    NICHT_GELIEFERT: "nicht geliefert",
    NICHT_BERECHENBAR: "nicht berechenbar",
}


_NOTHING, _FOUND = "kein Unterschied", "nachweisbar"
NO_DIFFERENCE = f"{_NOTHING} {_FOUND}"
"""What the test says of an area like the others; never that it is the same."""


def no_difference(before: str = "", compared: str = "") -> str:
    """The same as a sentence without its stop.

    Parameters
    ----------
    before : for whom, as in "Für Sozialraum 7".
    compared : with what, as in "zur übrigen Kommune".
    """
    what = " ".join(filter(None, [_NOTHING, compared]))
    start = f"{before} ist {what}" if before else f"{capitalised(what)} ist"
    return f"{start} {_FOUND}"


CLASS_LABELS = {
    DEUTLICH_UEBER: "deutlich höher",
    UEBER: "höher",
    WIE: NO_DIFFERENCE,
    UNTER: "niedriger",
    DEUTLICH_UNTER: "deutlich niedriger",
}
"""Each in comparison with all other areas of the municipality together."""


def sign_of(status: str) -> str:
    """The sign in place of a number; as in official tables, a dash would mean zero."""
    return _SIGNS[status]


def status_text(status: str) -> str:
    """What the sign means."""
    return _STATUS[status]


def all_signs() -> list[tuple[str, str]]:
    """Every sign in place of a number, with what it means."""
    return [(_SIGNS[status], text) for status, text in _STATUS.items()]


def explain_signs(states: Sequence[str]) -> str:
    """Explain the signs that occur: ``"• aus Gründen …; … nicht geliefert"``."""
    return "; ".join(f"{_SIGNS[s]}{NBSP}{_STATUS[s]}" for s in _STATUS if s in states)


def in_municipality(place: Place) -> str:
    """``"in Lemgo"``, ``"im Kreis Lippe"``, ``"in der Stadt Lemgo"``."""
    return in_place(place.name, place.article)


def in_place(name: str, named: str = "") -> str:
    """The same for any place; without the article ``named`` the name tells whether it has one."""
    article = named or _article(name)
    start = {"der": "im ", "die": "in der ", "das": "im "}.get(article, "in ")
    return f"{start}{from_data(_inflected(name, article))}"


def for_municipality(place: Place) -> str:
    """``"für Lemgo"``, ``"für den Kreis Lippe"``, ``"für die Stadt Lemgo"``."""
    article = place.article or _article(place.name)
    start = {"der": "für den ", "die": "für die ", "das": "für das "}.get(article, "für ")
    name = _inflected(place.name, article) if article == "der" else place.name
    return f"{start}{from_data(name)}"


def _article(name: str) -> str:
    return next((article for article, names in _ARTICLES.items() if names.match(name)), "")


def _inflected(name: str, article: str) -> str:
    """Dative, and accusative of a masculine: "Märkischer Kreis" becomes "Märkischen Kreis"."""
    if article == "der":
        return re.sub(r"^(\w+)er (?=[\w-]*[Kk]reis\b)", r"\1en ", name)
    return name


_ADJECTIVE = re.compile(r"(?<=\w(?:al|ig))(?:er|es|e)$|(?<=(?:isch|lich))(?:er|es|e)$")
"""Ending of an adjective in the name of an area: "Statistischer Bezirk", but "Kölner Stadtteil"."""

_DEFINITE = {
    "nom": {"m": "der", "f": "die", "n": "das"},
    "akk": {"m": "den", "f": "die", "n": "das"},
    "dat": {"m": "dem", "f": "der", "n": "dem"},
}
_INDEFINITE = {
    "nom": {"m": "ein", "f": "eine", "n": "ein"},
    "akk": {"m": "einen", "f": "eine", "n": "ein"},
    "dat": {"m": "einem", "f": "einer", "n": "einem"},
}
_ALONE = {
    "nom": {"m": "einer", "f": "eine", "n": "eines"},
    "akk": {"m": "einen", "f": "eine", "n": "eines"},
    "dat": {"m": "einem", "f": "einer", "n": "einem"},
}
"""Of several: "einer der sieben"."""

_WEAK = {"nom": {"m": "e", "f": "e", "n": "e"}, "akk": {"m": "en", "f": "e", "n": "e"}}
_MIXED = {"nom": {"m": "er", "f": "e", "n": "es"}, "akk": {"m": "en", "f": "e", "n": "es"}}
"""Endings of an adjective after "der" and after "ein"; in the dative always "en"."""


def plural_dative(place: Place) -> str:
    """``"Sozialräumen"``, ``"Gemeinden"``, ``"Statistischen Bezirken"``."""
    *adjectives, noun = place.plural.split()
    adjectives = [a + "n" if a.endswith("e") else a for a in adjectives]
    noun += "" if noun.endswith(("n", "s")) else "n"
    return from_data(" ".join([*adjectives, noun]))


def plural(place: Place, case: str = "nom") -> str:
    """The areas after "die", "der", "den", "alle" or "beide": ``"Statistischen Bezirke"``."""
    if case == "dat":
        return plural_dative(place)
    return from_data(_with_endings(place.plural, "en"))


def with_article(place: Place, case: str = "nom") -> str:
    """``"der Stadtteil"``, ``"den Stadtteil"``, ``"dem Statistischen Bezirk"``."""
    ending = _WEAK.get(case, {}).get(place.gender, "en")
    return f"{_DEFINITE[case][place.gender]} {from_data(_with_endings(place.level, ending))}"


def _with_endings(words: str, ending: str) -> str:
    *adjectives, noun = words.split()
    return " ".join([*(_ADJECTIVE.sub(ending, a) for a in adjectives), noun])


def dative_of_one(place: Place) -> str:
    """Dative of "one" or "none" without its first letters: ``"einem"`` or ``"einer"``."""
    return _ALONE["dat"][place.gender]


def all_areas(n: int, place: Place, case: str = "gen") -> str:
    """All areas after an article: ``"beiden Gemeinden"``, ``"sieben Sozialräume"``."""
    return f"{'beiden' if n == 2 else number_word(n)} {plural(place, case)}"


def so_many_of(n: int, place: Place, of: int, *, case: str = "nom") -> str:
    """So many of the areas: ``"zwei der sieben Sozialräume"``, ``"alle drei Gemeinden"``.

    Parameters
    ----------
    n, of : how many of how many.
    case : ``nom``, ``akk`` or ``dat``.
    """
    if n == of and of > 1:
        ending = "n" if case == "dat" else ""
        all_of = f"beide{ending}" if of == 2 else f"alle{ending} {number_word(of)}"
        return f"{all_of} {plural(place, case)}"
    number = _ALONE[case][place.gender] if n == 1 else number_word(n)
    return f"{number} der {all_areas(of, place)}"


def so_many(n: int, place: Place, *, case: str = "nom") -> str:
    """So many areas: ``"ein Sozialraum"``, ``"einer Gemeinde"``, ``"sieben Sozialräumen"``."""
    if n == 1:
        ending = _MIXED.get(case, {}).get(place.gender, "en")
        noun = from_data(_with_endings(place.level, ending))
        return f"{_INDEFINITE[case][place.gender]} {noun}"
    return f"{number_word(n)} {plural_dative(place) if case == 'dat' else from_data(place.plural)}"


def join_names(rows: Sequence[AreaRow]) -> str:
    """Names joined: ``"Altstadt, Mürwik und Weiche"``; empty if there are too many.

    Groups called by their areas come last: ``"Weiche sowie Altstadt und Mürwik zusammen"``.
    """
    if len(rows) > MAX_NAMES:
        return ""
    single = join_words([number_kept(row.name) for row in rows if not row.plural])
    several = [f"{number_kept(row.name)} zusammen" for row in rows if row.plural]
    return " sowie ".join(filter(None, [single, *several]))


def number_kept(name: str) -> str:
    """A name from data; a number in it stays with its word: "Sozialraum 4" on one line."""
    return from_data(re.sub(r" (?=\d)", NBSP, name))


def named_or_counted(rows: Sequence[AreaRow], place: Place, *, case: str = "nom") -> str:
    """Areas by their names, or how many if there are too many: ``"fünf Stadtteile"``."""
    return join_names(rows) or so_many(len(rows), place, case=case)


def quoted(title: str) -> str:
    """A title in German quotation marks."""
    return f"„{from_data(title)}“"


def capitalised(sentence: str) -> str:
    """Capitalise the first letter of a sentence."""
    return re.sub(r"\w", lambda first: first[0].upper(), sentence, count=1)


def noun_phrase(sentence: str) -> str:
    """A noun phrase inside a sentence: an open relative clause is closed with a comma.

    A comma after a hyphen joins words: "zur Real-, Sekundar- oder Hauptschule".
    """
    return from_data(sentence) + ("," if sentence.replace("-,", "").count(",") % 2 else "")
