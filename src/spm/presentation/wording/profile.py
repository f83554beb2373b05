"""One area in sentences: strengths before needs, and no difference without a test."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import from_data
from spm.presentation.profile import ANDERS, BEDARF, GLEICH, STAERKE, AreaProfile, Entry, in_turns
from spm.presentation.wording.areas import in_areas
from spm.presentation.wording.estimates import with_sign
from spm.presentation.wording.grammar import (
    NO_DIFFERENCE,
    capitalised,
    noun_phrase,
    number_kept,
    quoted,
)
from spm.presentation.wording.pooling import in_period
from spm.published import ABSENDER_GESPERRT, GESPERRT, GESTIEGEN
from spm.text.numbers import format_number, join_words, number_word

SHOWN = 12
"""Indicators that the table of a profile has room for in any case."""


def people(profile: AreaProfile) -> str:
    """Who lives there, from the indicators that begin a profile; empty if there is none."""
    clauses = []
    for entry in profile.entries:
        view, row, k = entry.view, entry.row, entry.view.indicator
        if not k.profilanfang or not row.ok or entry.others:
            continue
        subject = noun_phrase(k.satz)
        if k.art == "anzahl":
            clauses.append((f"betrug {subject}", with_sign(row, view.number(row.shown))))
        else:
            clauses.append((f"lag {subject} bei", f"{_value(entry)}{_counts(entry)}"))
    if not clauses:
        return ""
    first = profile.entries[0].view
    where, when = in_areas([profile.row], first), in_period(first)
    (verb, value), *others = clauses
    text = f"{capitalised(where)} {verb.replace(' ', f' {when} ', 1)} {value}"
    return "; ".join([text, *(f"dort {verb} {value}" for verb, value in others)]) + "."


def _counts(entry: Entry) -> str:
    view, row = entry.view, entry.row
    parts = []
    if view.indicator.art == "anteil" and row.zaehler is not None and row.nenner is not None:
        parts.append(f"{format_number(row.zaehler)} von {format_number(row.nenner)}")
    if view.total_is_yardstick:
        parts.append(f"{from_data(view.place.name)}: {view.short(view.total.shown)}")
    return f" ({'; '.join(parts)})" if parts else ""


def points(profile: AreaProfile, named: int, shown: int = SHOWN) -> list[str]:
    """What distinguishes the area, in up to six points, strengths first.

    Parameters
    ----------
    named : so many indicators are named in each point at most; the others are counted.
    shown : of the others only these first ones of `AreaProfile.order` are named: what the text
        names is in the table, however few rows a page has room for. Needs, and changes of judged
        indicators, are the area's own and named with their values wherever they stand.
    """
    known = set(profile.order[:shown])
    entries = [
        a._replace(named=a.view.indicator.id in known or a.kind == BEDARF) for a in profile.entries
    ]
    moved = [a._replace(named=a.named or a.judged) for a in entries if a.moved]
    found = {art: [a for a in entries if a.kind == art] for art in _ORDER}
    rest = "in der übrigen Kommune"
    return [
        text
        for text in (
            _point("Stärken", f"günstiger als {rest}", found[STAERKE], named),
            _needs(f"ungünstiger als {rest}", found[BEDARF], named),
            _same(found[GLEICH], named),
            _different(found[ANDERS], named),
            _changes(moved, named, any(a.judged and a.change for a in entries)),
            _hidden(profile),
        )
        if text
    ]


_ORDER = (STAERKE, BEDARF, GLEICH, ANDERS)


def _nameable(entries: Sequence[Entry], named: int) -> list[Entry]:
    return examples([a for a in entries if a.named], named)


def _point(title: str, how: str, entries: Sequence[Entry], named: int) -> str:
    if not entries:
        return ""
    told = _with_items(entries, _items(entries, named))
    return f"**{title}:** Nachweisbar {how} ist der Wert bei {told}."


def _needs(how: str, entries: Sequence[Entry], named: int) -> str:
    if not entries:
        return ""
    told, more = (
        f"{so_many_indicators(len(entries))}: {_items(entries, named)}",
        len(entries) - named,
    )
    if more > 0:
        told += f"; und {'eine' if more == 1 else number_word(more)} weitere"
    return f"**Bedarf:** Nachweisbar {how} ist der Wert bei {told}."


def _with_items(entries: Sequence[Entry], items: str) -> str:
    """After "bei": how many, and those that are named: ``"sieben Kennzahlen, darunter: …"``.

    Where none is named, as none is in the table, it says which chapters have them.
    """
    if not items:
        titles = dict.fromkeys(quoted(a.view.indicator.chapter.titel) for a in entries)
        chapters = join_words(list(titles))
        return f"{so_many_indicators(len(entries))} (siehe Kapitel {chapters})"
    shown = items.count("; ") + 1
    among = ", darunter" if len(entries) > shown else ""
    return f"{so_many_indicators(len(entries))}{among}: {items}"


def _different(entries: Sequence[Entry], named: int) -> str:
    """Indicators that describe without judging."""
    parts = []
    for up, word in ((True, "höher"), (False, "niedriger")):
        some = [a for a in entries if a.higher == up]
        if some:
            parts.append(f"{word} bei {_with_items(some, _items(some, named))}")
    if not parts:
        return ""
    return (
        "**Weitere Unterschiede, ohne Wertung:** Verglichen mit der übrigen Kommune ist der Wert "
        f"nachweisbar {'; '.join(parts)}."
    )


def _same(entries: Sequence[Entry], named: int) -> str:
    judged = [a for a in entries if a.judged]
    if not judged:
        return ""
    some = _nameable(judged, named)
    among = join_words([_name(a) for a in some])
    how_many = so_many_indicators(len(judged))
    text = f"**{capitalised(NO_DIFFERENCE)}:** bei {how_many} "
    if not some:
        return f"{text}mit Wertung."
    all_named = len(some) == len(judged)
    return f"{text}({among})." if all_named else f"{text}mit Wertung, darunter {among}."


def _changes(entries: Sequence[Entry], named: int, judged: bool) -> str:
    """What rose and fell; judged indicators first, as the others tell nothing of needs.

    ``judged``: whether a change of any judged one can be told, so that it is said if none is shown.
    """
    shown = any(a.judged for a in entries)
    parts = []
    for up, word in ((True, "gestiegen"), (False, "gesunken")):
        some = [a for a in entries if a.change and (a.change.richtung == GESTIEGEN) == up]
        if some:
            first = sorted(_nameable(some, len(some)), key=lambda a: not a.judged)
            items = "; ".join(_course(a, marked=shown) for a in first[:named])
            last = not any(a.judged for a in some)
            parts.append((last, f"{word} bei {_with_items(some, items)}"))
    told = "; ".join(text for _, text in sorted(parts, key=lambda part: part[0]))
    if shown:
        return f"**Veränderungen:** Nachweisbar {told}."
    none = "Bei Kennzahlen mit Wertung ist keine nachweisbar. " if judged else ""
    others = f"Ohne Wertung nachweisbar {told}." if told else ""
    return f"**Veränderungen:** {none}{others}".rstrip() if none or others else ""


def _course(entry: Entry, marked: bool) -> str:
    """``"Offener Ganztag (2018: 44,3 %, 2023: 52,4 %)"``; marked where it is not judged."""
    view, change = entry.view, entry.change
    assert change is not None  # else nothing is told of it
    then = view.row(entry.row.raum, change.von)
    shown = [
        f"{view.short_years(year)}: {with_sign(row, view.text(row.shown))}"
        for year, row in ((change.von, then), (change.bis, entry.row))
        if row.ok
    ]
    if marked and not entry.judged:
        shown.insert(0, "ohne Wertung")
    return f"{_name(entry)} ({', '.join(shown)})"


def _hidden(profile: AreaProfile) -> str:
    hidden = [a for a in profile.entries if a.row.status in (GESPERRT, ABSENDER_GESPERRT)]
    if not hidden:
        return ""
    if not any(a.row.ok for a in profile.entries):
        return "**Nicht gezeigt:** Alle Werte sind aus Gründen der Geheimhaltung nicht gezeigt."
    verb = "wird der Wert" if len(hidden) == 1 else "werden die Werte"
    return (
        f"**Nicht gezeigt:** Bei {so_many_indicators(len(hidden))} {verb} aus Gründen der "
        "Geheimhaltung nicht gezeigt."
    )


def so_many_indicators(n: int) -> str:
    """After "bei": ``"einer Kennzahl"``, ``"sieben Kennzahlen"``."""
    return "einer Kennzahl" if n == 1 else f"{number_word(n)} Kennzahlen"


def examples(entries: Sequence[Entry], named: int) -> list[Entry]:
    """Those to name: lead indicators first, then chapters in turns, clear differences first."""
    ranked = sorted(entries, key=lambda a: not a.clear)
    led = {a.view.indicator.kapitel for a in entries if a.view.indicator.leitkennzahl}

    def step(entry: Entry) -> int:
        k = entry.view.indicator
        return 1 if k.leitkennzahl else 3 if k.kapitel in led else 2

    return in_turns(ranked, step)[:named]


def _items(entries: Sequence[Entry], named: int) -> str:
    return "; ".join(f"{_name(a)} ({_compared(a)})" for a in _nameable(entries, named))


def _name(entry: Entry) -> str:
    k = entry.view.indicator
    return capitalised(from_data(k.kurztitel)) + together_with(entry, " ")


def together_with(entry: Entry, before: str = ", ") -> str:
    """``", gemeinsam mit Sozialraum 5"``; empty for an area that is shown by itself."""
    if not entry.others:
        return ""
    return f"{before}gemeinsam mit {join_words([number_kept(name) for name in entry.others])}"


def _value(entry: Entry) -> str:
    return with_sign(entry.row, entry.view.text(entry.row.shown))


def _compared(entry: Entry) -> str:
    view = entry.view
    if not view.total_is_yardstick:
        return _value(entry)
    return f"{_value(entry)}, {from_data(view.place.name)} {view.short(view.total.shown)}"
