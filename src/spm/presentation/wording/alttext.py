"""Alt texts: what a figure shows, for readers who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import plain
from spm.presentation.views import MAX_LINES, AreaRow, IndicatorView
from spm.presentation.wording import estimates
from spm.presentation.wording.comparison import LINES, with_year
from spm.presentation.wording.grammar import CLASS_LABELS, plural_dative, so_many, status_text
from spm.presentation.wording.pooling import caption_series, caption_year
from spm.presentation.wording.sentences import extremes
from spm.published import (
    FALLEND,
    GESAMT,
    GESTIEGEN,
    GESUNKEN,
    KEIN_TREND,
    STEIGEND,
    UNVERAENDERT,
    WIE,
)
from spm.text.numbers import format_number
from spm.text.permitted import ALT_LONGEST as LIMIT

TITLE = 90
"""Titles longer than this give way to the short ones."""

NAME = 40
"""Names longer than this are cut in alt texts."""


def of_map(sicht: IndicatorView) -> str:
    """Alt text of the map."""
    told = _reporting_year(sicht)
    return _fit(_heads("Karte", sicht, caption_year(sicht)), *told, gaps=_gaps(sicht))


def of_bars(sicht: IndicatorView) -> str:
    """Alt text of the bar chart."""
    with_limits = any(row.hat_intervall for row in sicht.published)
    kind = "Balkendiagramm mit 95-%-Vertrauensintervallen" if with_limits else "Balkendiagramm"
    told = (*_reporting_year(sicht), _others(sicht))
    return _fit(_heads(kind, sicht, caption_year(sicht)), *told, gaps=_gaps(sicht))


def of_funnel(sicht: IndicatorView, outside: str) -> str:
    """Alt text of the funnel plot.

    Parameters
    ----------
    outside : which areas lie outside the limits.
    """
    heads = _heads("Trichterdiagramm", sicht, caption_year(sicht))
    return _fit(heads, outside, _total(sicht), _range(sicht), gaps=_gaps(sicht))


def _reporting_year(sicht: IndicatorView) -> tuple[str, ...]:
    return _range(sicht), _total(sicht), _comparison(sicht), _estimates(sicht)


def of_series(sicht: IndicatorView) -> str:
    """Alt text of the time series."""
    years = sicht.years_with()
    kind = "Kleine Liniendiagramme" if len(sicht.raeume) > MAX_LINES else "Liniendiagramm"
    heads = _heads(kind, sicht, caption_series(sicht, years))
    rows = [sicht.zeile(raum, year) for raum, _ in sicht.raeume for year in years]
    missing = sum(not row.ok for row in rows)
    gaps = (
        f"{format_number(missing)} Werte fehlen."
        if missing > 1
        else "Ein Wert fehlt."
        if missing
        else ""
    )
    breaks = "".join(f"Werte vor {year} nicht vergleichbar." for year in [*sicht.brueche][-1:])
    estimated = estimates.alt_text(sicht, estimates.estimated_years(sicht))
    told = (_course(sicht), breaks, estimated, _span(sicht, years))
    return _fit(heads, *told, gaps=(gaps, gaps))


def _course(sicht: IndicatorView) -> str:
    """The municipality at both ends of the series, and what the tests say about it."""
    own = sicht.years_with(GESAMT)
    if not own:
        return ""
    ends = [
        f"{sicht.text(sicht.zeile(GESAMT, year).gezeigt)} ({sicht.kurze_jahre(year)})"
        for year in dict.fromkeys((own[0], own[-1]))
    ]
    return f"{_short(sicht.ort.name)} insgesamt: {', '.join(ends)}.{_tested(sicht)}"


def _span(sicht: IndicatorView, years: Sequence[int]) -> tuple[str, str]:
    """The lowest and the highest value of any area in any year, with and without whose it is."""
    rows = [(sicht.zeile(raum, year), year) for raum, _ in sicht.raeume for year in years]
    known = sorted(
        ((row.gezeigt, row.name, year) for row, year in rows if row.ok), key=lambda x: x[0]
    )
    if not known:
        return "", ""
    texts = [sicht.text(value) for value, _, _ in known]
    low, high, areas = texts[0], texts[-1], sicht.ort.mehrzahl
    if low == high:
        return (f"Alle Werte der {areas}: {low}.",) * 2
    (_, first, early), (_, last, late) = known[0], known[-1]
    named = [
        f"{text} ({_short(name)}, {sicht.kurze_jahre(year)})" if texts.count(text) == 1 else text
        for text, name, year in ((low, first, early), (high, last, late))
    ]
    start = f"Werte der {areas} zwischen"
    bare = f"{start} {sicht.kurz(known[0][0])} und {high}."
    return f"{start} {named[0]} und {named[1]}.", bare


_CHANGES = {GESTIEGEN: "gestiegen", GESUNKEN: "gesunken", UNVERAENDERT: "nicht nachweisbar"}
_TRENDS = {STEIGEND: "steigend", FALLEND: "fallend", KEIN_TREND: "nicht nachweisbar"}


def _tested(sicht: IndicatorView) -> str:
    """What the tests say about the municipality."""
    change, trend = sicht.aenderungen.get(GESAMT), sicht.trends.get(GESAMT)
    text = ""
    if change and change.richtung in _CHANGES:
        since = sicht.kurze_jahre(change.von)
        text += f" Veränderung seit {since}: {_CHANGES[change.richtung]}."
    if trend and trend.richtung in _TRENDS:
        text += f" Trend: {_TRENDS[trend.richtung]}."
    return text


def _estimates(sicht: IndicatorView) -> str:
    n = sum(row.geschaetzt for row in sicht.areas)
    return f"{'Ein Wert' if n == 1 else f'{n} Werte'} {estimates.LEGEND}." if n else ""


def _heads(kind: str, sicht: IndicatorView, when: str) -> list[str]:
    """What is shown, by its title and, if that is too long, by its short title."""
    n, k = len(sicht.areas), sicht.kennzahl
    where = (
        plain(so_many(n, sicht.ort, case="dat"))
        if n < 13
        else (f"{n} {plain(plural_dative(sicht.ort))}")
    )
    titles = [k.titel, k.kurztitel] if len(k.titel) <= TITLE else [k.kurztitel]
    heads = [f"{kind}: {title} in {where}, {plain(when)}" for title in titles]
    return [h[: LIMIT - 1].rstrip() + ("…" if len(h) >= LIMIT else ".") for h in heads]


def _range(sicht: IndicatorView) -> str:
    if not sicht.published:
        return ""
    low, high = extremes(sicht)
    if low == high:
        return f"Alle gezeigten Werte: {sicht.text(low[0].gezeigt)}."
    return f"Niedrigster Wert {_one(sicht, low)}, höchster {_one(sicht, high)}."


def _one(sicht: IndicatorView, rows: list[AreaRow]) -> str:
    names = (
        f"{len(rows)} {sicht.ort.mehrzahl}"
        if len(rows) > 2
        else " und ".join(_short(row.name) + " zusammen" * row.mehrere for row in rows)
    )
    return f"{sicht.text(rows[0].gezeigt)} ({names})"


def _total(sicht: IndicatorView) -> str:
    row = sicht.gesamt
    value = sicht.text(row.gezeigt) if row.ok else status_text(row.status)
    return f"{_short(sicht.ort.name)} insgesamt {value}."


def _comparison(sicht: IndicatorView) -> str:
    """How many areas differ from the rest of the municipality."""
    classes = [row.klasse for row in sicht.published]
    counts = {c: classes.count(c) for c in CLASS_LABELS if c != WIE}
    parts = [f"{n} {CLASS_LABELS[c]}" for c, n in counts.items() if n]
    if parts:
        return f"Gegenüber der übrigen Kommune: {', '.join(parts)}."
    return "Kein Unterschied zur übrigen Kommune nachweisbar." if WIE in classes else ""


def _others(sicht: IndicatorView) -> str:
    """The values of other places that the bar chart marks."""
    names = [
        f"{_short(with_year(sicht, value))} {sicht.text(value.wert)}"
        for value in sicht.vergleichswerte[:LINES]
    ]
    return f"Zum Vergleich: {', '.join(names)}." if names else ""


def _gaps(sicht: IndicatorView) -> tuple[str, str]:
    """How many areas have no value: why, and in short."""
    told = without_value(sicht)
    missing = len(sicht.areas) - len(sicht.published)
    return (f"{told}.", f"{missing} ohne Wert.") if told else ("", "")


def without_value(sicht: IndicatorView) -> str:
    """How many areas have no value, and why; empty if all have one."""
    states = [row.status for row in sicht.areas if not row.ok]
    parts = [f"{states.count(s)} {status_text(s)}" for s in dict.fromkeys(states)]
    return f"Ohne Wert: {', '.join(parts)}" if parts else ""


def _short(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= NAME else name[: NAME - 1].rstrip() + "…"


def _fit(heads: Sequence[str], *parts: str | tuple[str, str], gaps: tuple[str, str]) -> str:
    """Join sentences as long as they fit; the first ones matter most.

    Parameters
    ----------
    heads : what is shown, in full and in short.
    parts : sentences; of a pair the second is the shorter one.
    gaps : what is missing, in full and in short; it is never left out.
    """
    pairs = [(part, part) if isinstance(part, str) else part for part in (*parts, gaps)]
    texts = [" ".join(filter(None, (head, *(full for full, _ in pairs)))) for head in heads]
    whole = next((text for text in texts if len(text) <= LIMIT), "")
    if whole:
        return whole
    room = LIMIT - len(gaps[1]) - bool(gaps[1])
    text = heads[-1] if len(heads[-1]) <= room else f"{heads[-1][: room - 1].rstrip()}…"
    for pair in pairs[:-1]:
        fitting = (part for part in pair if part and len(text) + 1 + len(part) <= room)
        text = f"{text} {next(fitting, '')}".rstrip()
    longer = f"{text} {gaps[0]}"
    return longer if gaps[0] and len(longer) <= LIMIT else f"{text} {gaps[1]}".rstrip()
