"""Ungleiches ungleich behandeln: an allocation key beside the plain one per head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from spm.config.allocation import Verteilung
from spm.presentation.blocks import Block, from_data, heading, joined, paragraphs, table
from spm.presentation.judging import differs
from spm.presentation.tables.crosstable import row_name
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording.grammar import (
    MAX_NAMES,
    number_kept,
    plural,
    plural_dative,
    quoted,
    so_many_of,
)
from spm.published import GESAMT
from spm.synthesis.allocation import DRAWS, Indicator, apportioned, factors, ranges
from spm.text.numbers import EN_DASH, NBSP, format_number, join_words

if TYPE_CHECKING:
    from spm.presentation.places import Place

TITLE = "Ungleiches ungleich behandeln"

LIMITS = (
    "Der Schlüssel ist eine Entscheidungshilfe und kein gemessener Bedarf. Dass ein Kind "
    "höchstens zweimal zählt, ist eine Vereinbarung; welche Kennzahlen das Gewicht bestimmen, "
    "auch. Weil der Abstand vom günstigsten zum ungünstigsten Wert immer ganz ausgeschöpft "
    "wird, sagt das Gewicht nicht, wie groß er ist. Die Spanne zeigt, welche Beträge mit den "
    "Vertrauensintervallen der Kennzahlen vereinbar sind: Sie reicht über die mittleren "
    f"95{NBSP}% von {format_number(DRAWS)} durchgespielten Zufallsfällen. Jeder Wert schwankt "
    "dabei für sich; die Spanne ist eher zu breit als zu schmal."
)


def allocation(
    section: Verteilung | None, views: Mapping[str, IndicatorView], key: str = "gesamtbild"
) -> Block:
    """Share a sum or posts out by weighted numbers of children.

    Parameters
    ----------
    section : of the params file; None: the part is off.
    views : indicators that appear, by key.

    Returns
    -------
    Block
        The table ``@tbl-<key>-verteilung`` with its explanation, or why there is none: indicators
        that are not published for every area are left out, because a key with a gap would shift
        what all others get.
    """
    if section is None:
        return Block()
    asked = [views[name] for name in section.kennzahlen if name in views]
    children = views.get(section.kinder)
    if children is None or not _complete(children, children.areas):
        return _none(f"Die Zahl der Kinder ist nicht für {_everywhere(views)} veröffentlicht")
    used = [view for view in asked if _complete(view, children.areas)]
    if not used:
        return _none(
            f"Keine der gewählten Kennzahlen ist für {_everywhere(views)} einzeln veröffentlicht"
        )
    refused = [view for view in asked if view not in used]
    missing = len(section.kennzahlen) - len(asked)
    shown, unsure = _table(f"{key}-verteilung", section, children, used)
    remarks = [unsure, _refused(refused, missing, children.place), *_doubts(used)]
    return joined(
        heading(TITLE, 2, ".unnumbered"),
        paragraphs(_explained(section, used)),
        shown,
        paragraphs(" ".join(filter(None, remarks)), LIMITS),
    )


def _none(why: str) -> Block:
    text = f"{why}; ein Verteilungsschlüssel lässt sich deshalb nicht rechnen."
    return joined(heading(TITLE, 2, ".unnumbered"), paragraphs(text))


def _everywhere(views: Mapping[str, IndicatorView]) -> str:
    """All areas by what they are called, if anything is known of them."""
    view = next(iter(views.values()), None)
    return f"alle {plural(view.place)}" if view else "die ganze Kommune"


def _complete(view: IndicatorView, areas: Sequence[AreaRow]) -> bool:
    """Whether every single area has a published value."""
    return not view.groups and len(view.published) == len(areas) == len(view.areas)


def _explained(section: Verteilung, used: Sequence[IndicatorView]) -> str:
    names = _names(used)
    one = len(used) == 1
    return (
        f"**Rechenbeispiel:** So würden {_amount(section, section.parts)} "
        f"{from_data(section.einheit)} verteilt, wenn ein Kind je nach Lage dort, wo es lebt, ein- "
        f"bis zweifach zählt: umso mehr, je ungünstiger dort {names} {'ist' if one else 'sind'}"
        f"{'' if one else ' (jede Kennzahl gleich)'}. Daneben steht zum Vergleich die Verteilung "
        "nach Köpfen, bei der jedes Kind einmal zählt."
    )


def _table(
    key: str, section: Verteilung, children: IndicatorView, used: Sequence[IndicatorView]
) -> tuple[Block, str]:
    """The table, and where its ranges leave open whether weights make a difference."""
    numbers = np.array([row.zaehler for row in children.areas], dtype=float)
    found = [_indicator(view) for view in used]
    counted = factors(found)
    weighted = apportioned(section.parts, numbers * counted)
    plain = apportioned(section.parts, numbers)
    low, high = ranges(section.parts, numbers, found)
    body = [
        [
            from_data(row.name),
            format_number(numbers[i]),
            format_number(float(counted[i]), 2),
            _amount(section, plain[i]),
            _amount(section, weighted[i]),
            _amount(section, low[i])
            + (f"{EN_DASH}{_amount(section, high[i])}" if low[i] < high[i] else ""),
            _amount(section, weighted[i] - plain[i], signed=True),
        ]
        for i, row in enumerate(children.areas)
    ]
    total = _amount(section, section.parts)
    body.append(
        [row_name(GESAMT, children.place.name), format_number(numbers.sum()), "", total, total, "",
         ""]
    )  # fmt: skip
    unit = from_data(section.einheit)
    shown = table(
        key,
        [
            from_data(children.place.level),
            "Kinder",
            "Gewicht",
            f"nach Köpfen ({unit})",
            f"gewichtet ({unit})",
            "Spanne",
            "Unterschied",
        ],
        body,
        f"{_amount(section, section.parts)} {unit} nach gewichteten Kinderzahlen, "
        f"{children.period}",
        widths=[20, 10, 10, 15, 15, 24, 14],
        bold_last=True,
        note="Gewicht: so oft zählt jedes Kind. Unterschied: gewichtet gegenüber nach Köpfen. "
        f"{_rounded(section)} und ergeben zusammen {total}.",
    )
    open_to = [
        row.name
        for i, row in enumerate(children.areas)
        if low[i] <= plain[i] <= high[i] and low[i] < high[i]
    ]
    return shown, _unsure(open_to, children.place, len(children.areas))


def _rounded(section: Verteilung) -> str:
    if section.schritt == 1:
        return f"Beträge sind auf ganze {from_data(section.einheit)} gerundet"
    step = _amount(section, 1)
    return f"Beträge sind auf Teile zu {step} {from_data(section.einheit)} gerundet"


def _unsure(names: Sequence[str], place: Place, of: int) -> str:
    """Areas whose range holds what they would get by heads."""
    if not names:
        return ""
    who = (
        join_words([number_kept(name) for name in names])
        if len(names) <= MAX_NAMES
        else so_many_of(len(names), place, of, case="dat")
    )
    return (
        f"Bei {who} ist nicht sicher, ob dort gewichtet mehr oder weniger ankäme als nach Köpfen: "
        "Die Spanne enthält auch den Betrag nach Köpfen."
    )


def _indicator(view: IndicatorView) -> Indicator:
    """Smoothed values where there are any: small areas swing by chance."""
    around = np.array([row.shown for row in view.areas])
    values = [row.shown if row.geglaettet is None else row.geglaettet for row in view.areas]
    limits = [row.limits if row.has_interval else (row.shown, row.shown) for row in view.areas]
    return Indicator(
        values=np.array(values),
        adverse=view.indicator.richtung == "belastend",
        low=np.array([low for low, _ in limits]),
        high=np.array([high for _, high in limits]),
        around=around,
    )


def _refused(refused: Sequence[IndicatorView], missing: int, place: Place) -> str:
    """Which indicators were asked for and cannot be used."""
    if not refused and not missing:
        return ""
    names = [quoted(view.indicator.kurztitel) for view in refused]
    names += [f"{missing} weitere" if names else f"{missing} Kennzahlen"] if missing else []
    one = len(refused) + missing == 1
    verb = "ist" if one else "sind"
    return (
        f"Nicht verwendet {verb} {join_words(names)}: {'Der Wert' if one else 'Die Werte'} {verb} "
        f"nicht für alle {plural(place)} einzeln veröffentlicht."
    )


def _doubts(used: Sequence[IndicatorView]) -> list[str]:
    """What readers must know of the values behind the weights."""
    raw = [view for view in used if any(row.geglaettet is None for row in view.areas)]
    flat = [view for view in used if _indicator(view).is_flat]
    tested = [view for view in used if any(row.klasse for row in view.areas)]
    same = [view for view in tested if view not in flat and not differs(view)]
    smooth = [view for view in used if view not in raw]
    told = []
    if smooth:
        told.append(
            "Gerechnet ist mit geglätteten Werten, in denen der Zufall kleiner Zahlen gemindert ist"
            + (f"; bei {_names(raw)} mit den veröffentlichten." if raw else ".")
        )
    elif raw:
        told.append("Gerechnet ist mit den veröffentlichten Werten.")
    if flat:
        told.append(
            f"Kein Gewicht ergibt {_names(flat)}: Zwischen {plural_dative(flat[0].place)} ist kein "
            "Unterschied."
        )
    if same:
        told.append(
            f"Bei {_names(same)} ist zwischen {plural_dative(same[0].place)} kein Unterschied "
            "nachweisbar: Das Gewicht folgt dort vielleicht nur dem Zufall."
        )
    return told


def _names(views: Sequence[IndicatorView]) -> str:
    return join_words([quoted(view.indicator.kurztitel) for view in views])


def _amount(section: Verteilung, parts: float, *, signed: bool = False) -> str:
    """So many parts, with the decimals of the smallest one."""
    decimals = len(f"{section.schritt:.6f}".rstrip("0").partition(".")[2])
    return format_number(parts * section.schritt, decimals, signed=signed)
