"""Alt texts: what a figure shows, for readers who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import plain
from spm.presentation.numbers import zahl
from spm.presentation.views import (
    DEUTLICH_UEBER,
    DEUTLICH_UNTER,
    FALLEND,
    GESAMT,
    GESTIEGEN,
    GESUNKEN,
    KEIN_TREND,
    STEIGEND,
    UEBER,
    UNTER,
    UNVERAENDERT,
    WIE,
    Sicht,
    Zeile,
)
from spm.presentation.wording import estimates
from spm.presentation.wording.comparison import LINES, mit_jahr
from spm.presentation.wording.grammar import anzahl, mehrzahl_dativ, status_text
from spm.presentation.wording.pooling import unterschrift, unterschrift_reihe
from spm.presentation.wording.sentences import extremes

LIMIT = 300
TITLE = 90
"""Titles longer than this give way to the short ones."""

NAME = 40
"""Names longer than this are cut in alt texts."""


def karte(sicht: Sicht) -> str:
    """Alt text of the map."""
    return _fit(_heads("Karte", sicht, unterschrift(sicht)), *_reporting_year(sicht))


def balken(sicht: Sicht) -> str:
    """Alt text of the bar chart."""
    with_limits = any(row.hat_intervall for row in sicht.published)
    kind = "Balkendiagramm mit 95-%-Vertrauensintervallen" if with_limits else "Balkendiagramm"
    told = _reporting_year(sicht)
    return _fit(_heads(kind, sicht, unterschrift(sicht)), *told[:-1], _others(sicht), told[-1])


def _reporting_year(sicht: Sicht) -> tuple[str, ...]:
    return _range(sicht), _estimates(sicht), _total(sicht), _comparison(sicht), _gaps(sicht)


def zeitreihe(sicht: Sicht) -> str:
    """Alt text of the time series."""
    years = sicht.years_with()
    heads = _heads("Liniendiagramm", sicht, unterschrift_reihe(sicht, years))
    own = sicht.years_with(GESAMT)
    course = ""
    if own:
        first, last = sicht.zeile(GESAMT, own[0]), sicht.zeile(GESAMT, own[-1])
        course = f"{_short(sicht.ort.name)} insgesamt: {sicht.text(first.wert)}"
        course += f" ({sicht.kurze_jahre(own[0])})"
        if len(own) > 1:
            course += f", {sicht.text(last.wert)} ({sicht.kurze_jahre(own[-1])})"
        course += f".{_tested(sicht)}"
    values = [sicht.zeile(raum, y).wert for raum, _ in sicht.raeume for y in years]
    known = [v for v in values if v is not None]
    areas = ""
    if known:
        low, high = sicht.kurz(min(known)), sicht.text(max(known))
        areas = f"Werte der {sicht.ort.mehrzahl} zwischen {low} und {high}."
    missing = len(values) - len(known)
    gaps = f"{zahl(missing)} Werte fehlen." if missing > 1 else "Ein Wert fehlt." if missing else ""
    breaks = "".join(f"Werte vor {year} nicht vergleichbar." for year in [*sicht.brueche][-1:])
    estimated = estimates.alttext(sicht, estimates.geschaetzte_jahre(sicht))
    return _fit(heads, course, breaks, estimated, areas, gaps)


_CHANGES = {GESTIEGEN: "gestiegen", GESUNKEN: "gesunken", UNVERAENDERT: "nicht nachweisbar"}
_TRENDS = {STEIGEND: "steigend", FALLEND: "fallend", KEIN_TREND: "nicht nachweisbar"}


def _tested(sicht: Sicht) -> str:
    """What the tests say about the municipality."""
    change, trend = sicht.aenderungen.get(GESAMT), sicht.trends.get(GESAMT)
    text = ""
    if change and change.richtung in _CHANGES:
        since = sicht.kurze_jahre(change.von)
        text += f" Veränderung seit {since}: {_CHANGES[change.richtung]}."
    if trend and trend.richtung in _TRENDS:
        text += f" Trend: {_TRENDS[trend.richtung]}."
    return text


def _estimates(sicht: Sicht) -> str:
    n = sum(row.geschaetzt for row in sicht.areas)
    return f"{'Ein Wert' if n == 1 else f'{n} Werte'} {estimates.LEGENDE}." if n else ""


def _heads(kind: str, sicht: Sicht, when: str) -> list[str]:
    """What is shown, by its title and, if that is too long, by its short title."""
    n, k = len(sicht.areas), sicht.kennzahl
    where = (
        plain(anzahl(n, sicht.ort, case="dat"))
        if n < 13
        else (f"{n} {plain(mehrzahl_dativ(sicht.ort))}")
    )
    titles = [k.titel, k.kurztitel] if len(k.titel) <= TITLE else [k.kurztitel]
    heads = [f"{kind}: {title} in {where}, {plain(when)}" for title in titles]
    return [h[: LIMIT - 1].rstrip() + ("…" if len(h) >= LIMIT else ".") for h in heads]


def _range(sicht: Sicht) -> str:
    if not sicht.published:
        return ""
    low, high = extremes(sicht)
    if low == high:
        return f"Alle gezeigten Werte: {sicht.text(low[0].wert)}."
    return f"Niedrigster Wert {_one(sicht, low)}, höchster {_one(sicht, high)}."


def _one(sicht: Sicht, rows: list[Zeile]) -> str:
    names = (
        f"{len(rows)} {sicht.ort.mehrzahl}"
        if len(rows) > 2
        else " und ".join(_short(row.name) + " zusammen" * row.mehrere for row in rows)
    )
    return f"{sicht.text(rows[0].wert)} ({names})"


def _total(sicht: Sicht) -> str:
    row = sicht.gesamt
    return f"{_short(sicht.ort.name)} insgesamt {sicht.text(row.wert)}." if row.ok else ""


_CLASSES = {
    DEUTLICH_UEBER: "deutlich höher",
    UEBER: "höher",
    UNTER: "niedriger",
    DEUTLICH_UNTER: "deutlich niedriger",
}


def _comparison(sicht: Sicht) -> str:
    """How many areas differ from the rest of the municipality."""
    classes = [row.klasse for row in sicht.published]
    parts = [f"{classes.count(c)} {words}" for c, words in _CLASSES.items() if c in classes]
    if parts:
        return f"Gegenüber der übrigen Kommune: {', '.join(parts)}."
    return "Kein Unterschied zur übrigen Kommune nachweisbar." if WIE in classes else ""


def _others(sicht: Sicht) -> str:
    """The values of other places that the bar chart marks."""
    names = [
        f"{_short(mit_jahr(sicht, value))} {sicht.text(value.wert)}"
        for value in sicht.vergleichswerte[:LINES]
    ]
    return f"Zum Vergleich: {', '.join(names)}." if names else ""


def _gaps(sicht: Sicht) -> str:
    states = [row.status for row in sicht.areas if not row.ok]
    parts = [f"{states.count(s)} {status_text(s)}" for s in dict.fromkeys(states)]
    return f"Ohne Wert: {', '.join(parts)}." if parts else ""


def _short(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= NAME else name[: NAME - 1].rstrip() + "…"


def _fit(heads: Sequence[str], *parts: str) -> str:
    """Join sentences as long as they fit; the first ones matter most."""
    parts = tuple(filter(None, parts))
    texts = [" ".join([head, *parts]) for head in heads]
    whole = next((text for text in texts if len(text) <= LIMIT), "")
    if whole:
        return whole
    text = heads[-1]
    for part in parts:
        if len(text) + 1 + len(part) > LIMIT:
            break
        text = f"{text} {part}"
    return text
