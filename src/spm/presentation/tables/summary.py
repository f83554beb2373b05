"""The tables of the Kurzfassung."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spm.presentation.blocks import Block, from_data, table, tinted
from spm.presentation.differences import printed_difference
from spm.presentation.judging import GLEICH, SIGNS, WORDS, against
from spm.presentation.profile import BEDARF, STAERKE, AreaProfile, Entry
from spm.presentation.profile import GLEICH as LIKE
from spm.presentation.tables.crosstable import limits
from spm.presentation.views import IndicatorView
from spm.presentation.wording import accuracy, levels
from spm.presentation.wording.comparison import LINES, source_phrase
from spm.presentation.wording.estimates import explanation
from spm.presentation.wording.grammar import (
    NO_DIFFERENCE,
    explain_signs,
    for_municipality,
    plural,
    sign_of,
)
from spm.published import GESAMT
from spm.text.numbers import EN_DASH, NBSP, format_number, round_half_away

if TYPE_CHECKING:
    from spm.presentation.places import Place


def main_year(views: Sequence[IndicatorView]) -> int:
    """The year since which most of the changes are told; 0 without any."""
    years = sorted(c.von for view in views if (c := view.changes.get(GESAMT)))
    return max(years, key=years.count) if years else 0


def municipality(views: Sequence[IndicatorView], place: Place) -> Block:
    """Of each indicator value, interval and change, and the values of other places.

    The table is ``@tbl-kommune``.
    """
    if not views:
        return Block()
    since = main_year(views)
    places = list(dict.fromkeys(v.gebiet for view in views for v in view.elsewhere))[:LINES]
    head = ["Kennzahl", "Wert", f"Intervall{NBSP}(95{NBSP}%)"]
    if since:
        head.append(f"Veränderung seit{NBSP}{since}")
    rows = []
    for view in views:
        value = view.number(view.total.shown) if view.total.ok else sign_of(view.total.status)
        years = f", {view.short_years(view.year)}" if view.window > 1 else ""
        moved = [change_cell(view, since)] if since else []
        others = [_other(view, name) for name in places]
        name = from_data(f"{view.axis}{years}")
        rows.append([name, value, limits(view, view.total), *moved, *others])
    return table(
        "kommune",
        [*head, *map(from_data, places)],
        rows,
        f"Wichtige Kennzahlen {for_municipality(place)}, {views[0].year}"
        + (", und Werte anderer Gebiete" if places else ""),
        widths=[30, 10, 15, *[15] * bool(since), *[13] * len(places)],
        note=_note(views, places),
    )


def _other(view: IndicatorView, name: str) -> str:
    """The value of another place, and how the municipality's own stands beside it: "hier −"."""
    value = next((v for v in view.elsewhere if v.gebiet == name), None)
    if value is None:
        return ""
    judgement = against(view, value)
    year = str(value.jahr) if value.jahr != view.year else ""
    here = f"hier{NBSP}{SIGNS[judgement]}" if SIGNS[judgement] else ""
    beside = ", ".join(filter(None, [year, here]))
    return tinted(f"{view.number(value.wert)}{f' ({beside})' if beside else ''}", judgement)


def change_cell(view: IndicatorView, since: int) -> str:
    """A change of the municipality with its level; of a number of people the plain difference."""
    change, places = view.changes.get(GESAMT), view.indicator.nachkommastellen
    counted = levels.counted_change(view)
    if view.indicator.art == "anzahl" and counted:
        other = f"{NBSP}({counted.since})" if counted.since != since else ""
        return f"{format_number(counted.new - counted.old, signed=True)}{other}"
    if change is None or not view.total.ok:
        return ""
    arrow = levels.ARROWS.get(change.richtung, "")
    other = f"{NBSP}({change.von})" if change.von != since else ""
    by = format_number(printed_difference(view, GESAMT, change), places, signed=True)
    return f"{arrow}{NBSP * bool(arrow)}{by}{other}"


def _note(views: Sequence[IndicatorView], places: Sequence[str]) -> str:
    names = {against(view, v) for view in views for v in view.elsewhere if v.gebiet in places}
    used = [f"{SIGNS[name]}{NBSP}{WORDS[name]}" for name in WORDS if SIGNS[name] and name in names]
    beside = ""
    if used or GLEICH in names:
        beside = (
            ("hier: Wert der Kommune, verglichen mit dem anderen Gebiet, " if used else "")
            + ", ".join(used)
            + ("; " if used else "")
            + ("grau: kein Unterschied erkennbar" if GLEICH in names else "")
        ).rstrip("; ")
        beside += ", gemessen am Intervall der Kommune"
    sources = dict.fromkeys(
        source_phrase(v.quelle) for view in views for v in view.elsewhere if v.gebiet in places
    )
    signs = [
        explain_signs(sorted({view.total.status for view in views if not view.total.ok})),
        levels.arrows_explained(c.richtung for v in views if (c := v.changes.get(GESAMT))),
        "Zahlen von Personen sind gezählt und nicht geprüft"
        if any(levels.counted_change(view) for view in views)
        else "",
        "Veränderungen von Prozentwerten stehen in Prozentpunkten"
        if any(v.indicator.einheit == "%" and GESAMT in v.changes for v in views)
        else "",
        beside,
        accuracy.accuracy_explained(views).rstrip("."),
    ]
    told = f"Lesehilfe: {'; '.join(filter(None, signs))}." if any(signs) else ""
    return f"{told} {'Quellen: ' + '; '.join(sources) + '.' if sources else ''}".strip()


def lead_values(views: Sequence[IndicatorView], place: Place) -> Block:
    """Value, interval and change of each indicator, and the range of the areas.

    The table is ``@tbl-kernzahlen``.
    """
    if not views:
        return Block()
    since = main_year(views)
    head = [
        "Kennzahl",
        "Wert",
        f"Intervall{NBSP}(95{NBSP}%)",
        f"Veränderung seit{NBSP}{since}" if since else "Veränderung",
        f"Spanne der {plural(place)}",
    ]
    hidden = {s.total.status for s in views if not s.total.ok}
    signs = [
        explain_signs(sorted(hidden)),
        explanation(row for s in views for row in s.published),
        accuracy.accuracy_explained(views).rstrip("."),
        levels.arrows_explained(c.richtung for v in views if (c := v.changes.get(GESAMT))),
        "Spanne: niedrigster bis höchster veröffentlichter Wert",
    ]
    return table(
        "kernzahlen",
        head,
        [_lead(view, since) for view in views],
        f"Wichtige Kennzahlen {for_municipality(place)}, {views[0].year}",
        widths=[30, 10, 16, 14, 18],
        note=f"Lesehilfe: {'; '.join(filter(None, signs))}.",
    )


def _lead(view: IndicatorView, since: int) -> list[str]:
    row = view.total
    years = f", {view.short_years(view.year)}" if view.window > 1 else ""
    value = view.number(row.shown) if row.ok else sign_of(row.status)
    moved = change_cell(view, since)
    return [from_data(f"{view.axis}{years}"), value, limits(view, row), moved, _range(view)]


def _range(view: IndicatorView) -> str:
    """Lowest and highest published value of the areas."""
    if len(view.published) < 2:
        return ""
    values = [row.shown for row in view.published]
    low, high = min(values), max(values)
    between = (
        f" bis{NBSP}" if round_half_away(low, view.indicator.nachkommastellen) < 0 else EN_DASH
    )
    if view.signed:
        between = f" bis{NBSP}"
    return f"{view.number(low)}{between}{view.number(high)}"


def by_chapter(
    chosen: Sequence[AreaProfile], views: Sequence[IndicatorView], place: Place, which: str
) -> Block:
    """How many indicators differ favourably and unfavourably, area by chapter.

    The table is ``@tbl-unterschiede``.

    Parameters
    ----------
    which : of what kind the chosen areas are, behind the caption.
    """
    used = {a.view.indicator.kapitel for p in chosen for a in p.entries if is_judged(a)}
    chapters = {
        k.kapitel: k.chapter.column_head for k in (s.indicator for s in views) if k.kapitel in used
    }
    if not chosen or not chapters:
        return Block()
    return table(
        "unterschiede",
        [from_data(place.level), *map(from_data, chapters.values())],
        [[from_data(p.name), *(_cell(p, chapter) for chapter in chapters)] for p in chosen],
        f"Unterschiede zur übrigen Kommune nach {from_data(place.level)} und Kapitel, "
        f"{views[0].year}{which}",
        widths=[20, *[12] * len(chapters)],
        note="Zahl der Kennzahlen, deren Wert nachweisbar günstiger (+) oder ungünstiger (−) "
        f"ist als in der übrigen Kommune; 0: {NO_DIFFERENCE}; /: kein Vergleich möglich.",
    )


def is_judged(entry: Entry) -> bool:
    """Whether it is compared, and a difference would be favourable or not."""
    return entry.kind in (STAERKE, BEDARF) or (entry.kind == LIKE and entry.judged)


def _cell(profile: AreaProfile, chapter: str) -> str:
    found = [
        a.kind for a in profile.entries if a.view.indicator.kapitel == chapter and is_judged(a)
    ]
    if not found:
        return "/"
    counts = ((found.count(STAERKE), "+"), (found.count(BEDARF), "−"))
    return NBSP.join(f"{sign}{format_number(n)}" for n, sign in counts if n) or "0"
