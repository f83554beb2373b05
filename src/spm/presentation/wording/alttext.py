"""Alt texts: what a figure shows, for readers who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import plain
from spm.presentation.views import MAX_LINES, AreaRow, IndicatorView
from spm.presentation.wording import estimates
from spm.presentation.wording.comparison import LINES, with_year
from spm.presentation.wording.grammar import CLASS_LABELS, plural_dative, so_many, status_text
from spm.presentation.wording.levels import LEVELS
from spm.presentation.wording.pooling import caption_series, caption_year
from spm.presentation.wording.sentences import extremes
from spm.published import (
    FALLEND,
    GESAMT,
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


def of_map(view: IndicatorView) -> str:
    """Alt text of the map."""
    told = _reporting_year(view)
    return _fit(_heads("Karte", view, caption_year(view)), *told, gaps=_gaps(view))


def of_bars(view: IndicatorView) -> str:
    """Alt text of the bar chart."""
    with_limits = any(row.has_interval for row in view.published)
    kind = "Balkendiagramm mit 95-%-Vertrauensintervallen" if with_limits else "Balkendiagramm"
    told = (*_reporting_year(view), _others(view))
    return _fit(_heads(kind, view, caption_year(view)), *told, gaps=_gaps(view))


def of_funnel(view: IndicatorView, outside: str) -> str:
    """Alt text of the funnel plot.

    Parameters
    ----------
    outside : which areas lie outside the limits.
    """
    heads = _heads("Trichterdiagramm", view, caption_year(view))
    return _fit(heads, outside, _total(view), _range(view), gaps=_gaps(view))


def _reporting_year(view: IndicatorView) -> tuple[str | tuple[str, str], ...]:
    return _comparison(view), _total(view), _range(view), _estimates(view)


def of_series(view: IndicatorView) -> str:
    """Alt text of the time series."""
    years = view.years_with()
    kind = "Kleine Liniendiagramme" if len(view.area_names) > MAX_LINES else "Liniendiagramm"
    heads = _heads(kind, view, caption_series(view, years))
    rows = [view.row(raum, year) for raum, _ in view.area_names for year in years]
    missing = sum(not row.ok for row in rows)
    gaps = (
        f"{format_number(missing)} Werte fehlen."
        if missing > 1
        else "Ein Wert fehlt."
        if missing
        else ""
    )
    breaks = "".join(f"Werte vor {year} nicht vergleichbar." for year in [*view.breaks][-1:])
    estimated = estimates.alt_text(view, estimates.estimated_years(view))
    told = (_course(view), breaks, estimated, _span(view, years))
    return _fit(heads, *told, gaps=(gaps, gaps))


def _course(view: IndicatorView) -> str:
    """The municipality at both ends of the series, and what the tests say about it."""
    own = view.years_with(GESAMT)
    if not own:
        return ""
    ends = [
        f"{view.text(view.row(GESAMT, year).shown)} ({view.short_years(year)})"
        for year in dict.fromkeys((own[0], own[-1]))
    ]
    return f"{_short(view.place.name)} insgesamt: {', '.join(ends)}.{_tested(view)}"


def _span(view: IndicatorView, years: Sequence[int]) -> tuple[str, str]:
    """The lowest and the highest value of any area in any year, with and without whose it is."""
    rows = [(view.row(raum, year), year) for raum, _ in view.area_names for year in years]
    known = sorted(
        ((row.shown, row.name, year) for row, year in rows if row.ok), key=lambda x: x[0]
    )
    if not known:
        return "", ""
    texts = [view.text(value) for value, _, _ in known]
    low, high, areas = texts[0], texts[-1], view.place.plural
    if low == high:
        return (f"Alle Werte der {areas}: {low}.",) * 2
    (_, first, early), (_, last, late) = known[0], known[-1]
    named = [
        f"{text} ({_short(name)}, {view.short_years(year)})" if texts.count(text) == 1 else text
        for text, name, year in ((low, first, early), (high, last, late))
    ]
    start = f"Werte der {areas} zwischen"
    bare = f"{start} {view.short(known[0][0])} und {high}."
    return f"{start} {named[0]} und {named[1]}.", bare


_CHANGES = LEVELS | {UNVERAENDERT: "nicht nachweisbar"}
_TRENDS = {STEIGEND: "steigend", FALLEND: "fallend", KEIN_TREND: "nicht nachweisbar"}


def _tested(view: IndicatorView) -> str:
    """What the tests say about the municipality."""
    change, trend = view.changes.get(GESAMT), view.trends.get(GESAMT)
    text = ""
    if change and change.richtung in _CHANGES:
        since = view.short_years(change.von)
        text += f" Veränderung seit {since}: {_CHANGES[change.richtung]}."
    if trend and trend.richtung in _TRENDS:
        text += f" Trend: {_TRENDS[trend.richtung]}."
    return text


def _estimates(view: IndicatorView) -> str:
    n = sum(row.geschaetzt for row in view.areas)
    return f"{'Ein Wert' if n == 1 else f'{n} Werte'} {estimates.LEGEND}." if n else ""


def _heads(kind: str, view: IndicatorView, when: str) -> list[str]:
    """What is shown, by its title and, if that is too long, by its short title."""
    n, k = len(view.areas), view.indicator
    where = (
        plain(so_many(n, view.place, case="dat"))
        if n < 13
        else (f"{n} {plain(plural_dative(view.place))}")
    )
    titles = [k.titel, k.kurztitel] if len(k.titel) <= TITLE else [k.kurztitel]
    heads = [f"{kind}: {title} in {where}, {plain(when)}" for title in titles]
    return [h[: LIMIT - 1].rstrip() + ("…" if len(h) >= LIMIT else ".") for h in heads]


def _range(view: IndicatorView) -> tuple[str, str]:
    """The lowest and the highest value, with and without whose they are."""
    if not view.published:
        return "", ""
    low, high = extremes(view)
    if low == high:
        return (f"Alle gezeigten Werte: {view.text(low[0].shown)}.",) * 2
    bare = f"Werte von {view.text(low[0].shown)} bis {view.text(high[0].shown)}."
    return f"Niedrigster Wert {_one(view, low)}, höchster {_one(view, high)}.", bare


def _one(view: IndicatorView, rows: list[AreaRow]) -> str:
    names = (
        f"{len(rows)} {view.place.plural}"
        if len(rows) > 2
        else " und ".join(_short(row.name) + " zusammen" * row.plural for row in rows)
    )
    return f"{view.text(rows[0].shown)} ({names})"


def _total(view: IndicatorView) -> str:
    row = view.total
    value = view.text(row.shown) if row.ok else status_text(row.status)
    return f"{_short(view.place.name)} insgesamt {value}."


def _comparison(view: IndicatorView) -> tuple[str, str]:
    """Which areas differ from the rest of the municipality, and in short how many."""
    rows = {c: [r for r in view.published if r.klasse == c] for c in CLASS_LABELS if c != WIE}
    found = {CLASS_LABELS[c]: some for c, some in rows.items() if some}
    if not found:
        none = any(row.klasse == WIE for row in view.published)
        return ("Kein Unterschied zur übrigen Kommune nachweisbar." if none else "",) * 2
    start = "Gegenüber der übrigen Kommune"
    named = "; ".join(f"{label}: {_names(some)}" for label, some in found.items())
    counted = ", ".join(f"{len(some)} {label}" for label, some in found.items())
    return f"{start} {named}.", f"{start}: {counted}."


def _names(rows: Sequence[AreaRow]) -> str:
    """``"Altstadt, Berg"``; a word before a number is said once: ``"Sozialraum 2, 3, 5"``."""
    names = [_short(row.name) for row in rows]
    first, _, number = names[0].rpartition(" ")
    if first and all(name.rpartition(" ")[0] == first for name in names) and number.isdigit():
        return f"{first} {', '.join(name.rpartition(' ')[2] for name in names)}"
    return ", ".join(names)


def _others(view: IndicatorView) -> str:
    """The values of other places that the bar chart marks."""
    names = [
        f"{_short(with_year(view, value))} {view.text(value.wert)}"
        for value in view.elsewhere[:LINES]
    ]
    return f"Zum Vergleich: {', '.join(names)}." if names else ""


def _gaps(view: IndicatorView) -> tuple[str, str]:
    """How many areas have no value: why, and in short."""
    told = without_value(view)
    missing = len(view.areas) - len(view.published)
    return (f"{told}.", f"{missing} ohne Wert.") if told else ("", "")


def without_value(view: IndicatorView) -> str:
    """How many areas have no value, and why; empty if all have one."""
    states = [row.status for row in view.areas if not row.ok]
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
    for short in range(len(pairs) + 1):  # from the end: names of areas that differ go last
        tails = [pair[i >= len(pairs) - short] for i, pair in enumerate(pairs)]
        for head in heads:
            text = " ".join(filter(None, (head, *tails)))
            if len(text) <= LIMIT:
                return text
    room = LIMIT - len(gaps[1]) - bool(gaps[1])
    head = heads[-1] if len(heads[-1]) <= room else f"{heads[-1][: room - 1].rstrip()}…"
    left, chosen = room - len(head), [""] * (len(pairs) - 1)
    # The two numbers after it say more than how many areas differ.
    for i in sorted(range(len(chosen)), key=lambda i: i + 2.5 * (len(set(pairs[i])) > 1)):
        chosen[i] = next((part for part in pairs[i] if part and len(part) < left), "")
        left -= len(chosen[i]) + bool(chosen[i])
    text = " ".join(filter(None, (head, *chosen)))
    longer = f"{text} {gaps[0]}"
    return longer if gaps[0] and len(longer) <= LIMIT else f"{text} {gaps[1]}".rstrip()
