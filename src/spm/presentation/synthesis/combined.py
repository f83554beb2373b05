"""What single rows can say of the municipality's children: the same share in two groups of them, or
how many have several findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spm.presentation.blocks import Block, from_data, joined, paragraphs, table
from spm.presentation.synthesis.sections import section
from spm.presentation.views import IndicatorView
from spm.presentation.wording.grammar import in_municipality, quoted, sign_of
from spm.synthesis.twogroups import Apart, apart
from spm.text.numbers import (
    EN_DASH,
    format_interval,
    format_number,
    format_value,
    round_half_away,
)

if TYPE_CHECKING:
    from spm.config.synthesis import Synthese

TITLE = "Befunde, die zusammentreffen"
_LIMITS = (
    "**Grenzen:** Hier sind Angaben zu denselben Kindern verbunden, deshalb nur für die ganze "
    "Kommune."
)
_OF_PAIRS = (
    " Kinder beider Gruppen unterscheiden sich auch in anderem; dass ein Wert höher ist, nennt "
    "keine Ursache. Von Unterschieden, die es nicht gibt, erschiene etwa einer von 20 nachweisbar."
)
_OF_FINDINGS = (
    " Ein auffälliger Befund ist keine Diagnose. Kinder, bei denen einer der Tests fehlt, zählen "
    "nicht mit."
)


def combined(views: Sequence[IndicatorView], settings: Synthese) -> Block:
    """Shares and pairs of shares of the params file: the municipality's values, and how far those
    of a pair are apart."""
    by_key = {view.indicator.id: view for view in views}
    asked = [[by_key[k] for k in keys if k in by_key] for keys in settings.kombinationen]
    found = zip(asked, settings.kombinationen, strict=True)
    shown = [views for views, keys in found if len(views) == len(keys)]
    if not shown:
        return Block()
    limits = _LIMITS
    limits += _OF_FINDINGS if any(len(views) == 1 for views in shown) else ""
    limits += _OF_PAIRS if any(len(views) == 2 for views in shown) else ""
    return section(
        TITLE, *(_alone(*v) if len(v) == 1 else _pair(*v) for v in shown), paragraphs(limits)
    )


def _pair(first: IndicatorView, second: IndicatorView) -> Block:
    rows = []
    for view in (first, second):
        row, known = view.total, view.total.ok
        places = view.indicator.nachkommastellen
        limits = format_interval(*row.limits, "", places) if row.has_interval else EN_DASH
        rows.append(
            [
                from_data(view.axis),
                view.short_years(view.year),
                view.number(row.shown) if known else sign_of(row.status),
                limits,
            ]
        )
    key = f"gesamtbild-{first.indicator.id}".replace("_", "-")
    listed = table(
        key,
        ["Kennzahl", "Jahr", "Wert", "95-%-Intervall"],
        rows,
        f"Zwei Gruppen von Kindern {in_municipality(first.place)}",
        widths=[40, 14, 10, 16],
        numbers_from=2,
    )
    return joined(paragraphs(_told(first, second)), listed)


def _alone(view: IndicatorView) -> Block:
    """One share of the municipality, with the children behind it."""
    name, row = quoted(view.indicator.kurztitel), view.total
    if not row.has_interval:
        return paragraphs(f"Für {name} ist kein Wert veröffentlicht.")
    limits = format_interval(*row.limits, "", view.indicator.nachkommastellen)
    counted = ""
    if row.zaehler is not None and row.nenner is not None:
        counted = f", das sind {format_number(row.zaehler)} von {format_number(row.nenner)}"
    return paragraphs(
        f"{name} {in_municipality(view.place)}, {view.short_years(view.year)}: "
        f"{view.text(row.shown)}{counted} (95-%-Vertrauensintervall {limits}). Gezählt sind: "
        f"{from_data(view.indicator.definition)}"
    )


def _told(first: IndicatorView, second: IndicatorView) -> str:
    if not (first.total.has_interval and second.total.has_interval):
        names = " und ".join(quoted(v.indicator.kurztitel) for v in (first, second))
        return f"Für {names} sind nicht beide Werte veröffentlicht."
    a, b = first.total, second.total
    found = apart(a.shown, a.limits, b.shown, b.limits)
    names = (
        f"{quoted(first.indicator.kurztitel)} {first.text(a.shown)}, "
        f"{quoted(second.indicator.kurztitel)} {second.text(b.shown)}"
    )
    if not found.clear:
        return f"{names}: Ein Unterschied ist nicht nachweisbar ({_gap(first, second, found)})."
    level = "höher" if found.difference > 0 else "niedriger"
    return f"{names}: Der zweite Wert ist nachweisbar {level} ({_gap(first, second, found)})."


def _gap(first: IndicatorView, second: IndicatorView, found: Apart) -> str:
    """The difference of the printed values, with the limits of the exact ones."""
    places = first.indicator.nachkommastellen
    printed = [round_half_away(v.total.shown, places) for v in (first, second)]
    gap = format_value(float(printed[1] - printed[0]), "Prozentpunkte", places, signed=True)
    limits = format_interval(found.low, found.high, "", places, signed=True)
    return f"Unterschied {gap}, 95-%-Vertrauensintervall {limits}"
