"""What the atlas shows, as data: published rows, German texts and outlines.

Numbers are those that the report prints, rounded alike, and every text is made here, so that the
script in the browser only looks up and places. A row without a published number is nothing but the
number of its status.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from spm.presentation import judging
from spm.presentation.blocks import plain
from spm.presentation.figures import classes
from spm.presentation.figures.marks import form_of, marks_of
from spm.presentation.figures.scale import Scale
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording import accuracy, alttext, pooling
from spm.presentation.wording.comparison import for_comparison
from spm.presentation.wording.estimates import LEGEND, SIGN, rings_note
from spm.presentation.wording.grammar import capitalised, sign_of, status_text
from spm.products.atlas.colours import class_colours
from spm.products.atlas.geometry import outlines
from spm.published import (
    ABSENDER_GESPERRT,
    GESAMT,
    GESPERRT,
    NICHT_BERECHENBAR,
    NICHT_GELIEFERT,
)
from spm.text.numbers import EN_DASH, NBSP, round_half_away

if TYPE_CHECKING:
    from spm.report import Report

STATES = (NICHT_GELIEFERT, GESPERRT, ABSENDER_GESPERRT, NICHT_BERECHENBAR)

Number = int | float
Texts = dict[str, dict[str, str]]
"""By decimals and sign: number as JavaScript writes it -> number as the report prints it."""


def payload(report: Report, pages: Mapping[str, str], profiles: Mapping[str, str]) -> dict:
    """Everything that the page needs.

    Parameters
    ----------
    pages : chapter key -> its web page.
    profiles : area key -> web page of its profile, as far as there are any.
    """
    views = [report.view(key) for key in report.catalogue]
    views = [view for view in views if _shown_years(view)]
    maps: dict[Any, int] = {}
    drawn: list[dict] = []
    entries = []
    texts: Texts = {}
    for view in views:
        if view.area_names not in maps:
            maps[view.area_names] = len(maps)
            drawn.append(outlines(report.shapes(view), view.area_names))
        entries.append(_entry(view, maps[view.area_names], texts))
    for area in (area for one in drawn for area in one["raeume"]):
        if area["raum"] in profiles:
            area["profil"] = profiles[area["raum"]]
    chapters = {view.indicator.kapitel: view.indicator.chapter.titel for view in views}
    return {
        "kommune": report.place.name,
        "beginn": _first(views),
        "jahr": report.params.bericht.berichtsjahr,
        "status": [
            {"name": s, "zeichen": sign_of(s), "text": status_text(s)} for s in STATES
        ],
        "klassen": [
            {"name": n, "text": judging.WORDS[n], "marken": marks_of(n), "form": form_of(n)}
            for n in judging.NAMES
        ],
        "geschaetzt": {"zeichen": SIGN, "text": LEGEND},
        "kapitel": [
            {"id": key, "titel": title, "seite": pages.get(key, "")}
            for key, title in chapters.items()
        ],
        "karten": drawn,
        "texte": texts,
        "kennzahlen": entries,
    }  # fmt: skip


def _first(views: Sequence[IndicatorView]) -> str:
    """What the page begins with: a leading indicator that is more than a count, if there is one."""
    leading = [view.indicator for view in views if view.indicator.leitkennzahl]
    telling = [k for k in leading if k.richtung == "belastend"]
    return next((k.id for k in (*telling, *leading, *(v.indicator for v in views))), "")


def _entry(view: IndicatorView, number: int, every: Texts) -> dict[str, Any]:
    """One indicator. Indicators that print numbers alike share the texts of these."""
    k, years = view.indicator, _shown_years(view)
    keys = [*(raum for raum, _ in view.area_names), GESAMT]
    table = [[view.row(raum, year) for raum in keys] for year in years]
    kind = f"{k.nachkommastellen}{'+' * view.signed}"
    texts = every.setdefault(kind, {})
    limits = classes.of_view(view)
    rows = [[_row(view, row, limits, texts) for row in line] for line in table]
    per_cent = f"{NBSP}%" if k.einheit == "%" else ""
    notes = [
        pooling.definition(view),
        accuracy.accuracy_note(view),
        pooling.points_note(view),
        rings_note(view),
    ]
    notes += [f"Ab {year}: {reason.rstrip('.')}; Werte davor und danach sind nicht vergleichbar."
              for year, reason in view.breaks.items()]  # fmt: skip
    return {
        "id": k.id,
        "kapitel": k.kapitel,
        "titel": capitalised(view.heading),
        "kurz": capitalised(k.kurztitel),
        "achse": view.axis,
        "definition": k.definition,
        "raumebene": view.place.level,
        "mehrzahl": view.place.plural,
        "karte": number,
        "jahre": [{"jahr": year, "text": view.short_years(year)} for year in years],
        "zeilen": rows,
        "texte": kind,
        "einheit": f"{NBSP}{k.einheit.replace(' ', NBSP)}" if k.einheit else "",
        "prozent": per_cent,
        "bis": [EN_DASH, f" bis{NBSP}"],
        "vorzeichen": view.signed,
        "farben": class_colours(limits),
        "legende": _legend(view, limits, table, per_cent),
        "balken": _axis(view, [x for line in table for r in line for x in _ends(view, r)]),
        "reihe": _axis(view, _heights(view, table), zero=False),
        "linie": k.art != "anzahl",
        "brueche": list(view.breaks),
        "hinweise": [plain(note) for note in notes if note],
        "vergleich": {view.year: plain(for_comparison(view))},
        "bilder": [_alt_texts(view, year) for year in years],
        "reihenbild": alttext.of_series(view),
    }


def _shown_years(view: IndicatorView) -> list[int]:
    """Years in which there is a number or a reason why there is none."""
    keys = [*(raum for raum, _ in view.area_names), GESAMT]
    return [
        year
        for year in view.years
        if any(view.row(raum, year).status != NICHT_GELIEFERT for raum in keys)
    ]


def _row(
    view: IndicatorView, row: AreaRow, limits: Sequence[float], texts: dict[str, str]
) -> int | list[Number | None]:
    """Value, interval, colour, comparison class, estimate; or only the number of the status."""
    if not row.ok or row.wert is None:
        return STATES.index(row.status)
    places = view.indicator.nachkommastellen
    judged = judging.judgement(view, row)
    cells: list[Number | None] = [_number(view, row.wert, texts)]
    cells += [
        _number(view, x, texts) if row.has_interval else None for x in (row.ki_unten, row.ki_oben)
    ]
    cells += [
        classes.class_of(row.wert, limits, places),
        judging.NAMES.index(judged) if judged else None,
        1 if row.geschaetzt else None,
    ]
    while cells[-1] is None:
        cells.pop()
    return cells


def _number(view: IndicatorView, x: float | None, texts: dict[str, str]) -> Number:
    """The number as printed; its text is noted under the name that JavaScript gives the number."""
    assert x is not None
    rounded = float(round_half_away(x, view.indicator.nachkommastellen))
    number = int(rounded) if rounded.is_integer() else rounded
    if repr(number) not in texts:  # formatting is slow, and most numbers come more than once
        texts[repr(number)] = view.number(x)
    return number


def _legend(
    view: IndicatorView, limits: Sequence[float], table: Sequence[Sequence[AreaRow]], per_cent: str
) -> list[str]:
    """Labels of the map's classes, from low to high."""
    labels = classes.labels(limits, per_cent.strip())
    only = next((row.wert for line in table for row in line[:-1] if row.ok), None)
    return labels or ([] if only is None else [view.short(only)])


def _ends(view: IndicatorView, row: AreaRow) -> list[float]:
    """The numbers of a row that must fit into the bar chart."""
    if row.raum == GESAMT:
        shown = row.ok and view.indicator.art != "anzahl"
        return [row.wert] if shown and row.wert is not None else []
    return [x for x in (row.wert, row.ki_unten, row.ki_oben) if x is not None]


def _heights(view: IndicatorView, table: Sequence[Sequence[AreaRow]]) -> list[float]:
    rows = [row for line in table for row in line if row.ok]
    shown = [r.wert for r in rows if r.raum != GESAMT or view.indicator.art != "anzahl"]
    return [value for value in shown if value is not None]


def _axis(view: IndicatorView, values: Sequence[float], *, zero: bool = True) -> dict[str, Any]:
    """One axis for all years, so that bars and lines can be compared from year to year."""
    scale = Scale(values, 0.0, 1.0, zero=zero)
    labels = [text for _, text in scale.labels(signed=view.signed)]
    return {
        "von": scale.low,
        "bis": scale.high,
        "striche": scale.ticks,
        "texte": labels,
        "titel": f"{view.axis}{scale.note()}",
    }


def _alt_texts(view: IndicatorView, year: int) -> list[str]:
    """What map and bars show in a year. What is told of the reporting year alone is left out."""
    seen = view
    if year != view.year:
        seen = replace(view, year=year, elsewhere=(), changes={}, trends={})
    return [alttext.of_map(seen), alttext.of_bars(seen)]
