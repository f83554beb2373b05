"""What single rows can say: the same share in two groups of children of the municipality."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spm.presentation.blocks import Block, from_data, joined, paragraphs, table
from spm.presentation.synthesis.sections import section
from spm.presentation.views import IndicatorView
from spm.presentation.wording.grammar import in_municipality, quoted, sign_of
from spm.synthesis.twogroups import Apart, apart
from spm.text.numbers import EN_DASH, format_interval, format_value, round_half_away

if TYPE_CHECKING:
    from spm.config.synthesis import Synthese

TITLE = "Befunde, die zusammentreffen"
_LIMITS = (
    "**Grenzen:** Hier sind Angaben zu denselben Kindern verbunden, deshalb nur für die ganze "
    "Kommune. Kinder beider Gruppen unterscheiden sich auch in anderem; dass ein Wert höher ist, "
    "nennt keine Ursache. Von Unterschieden, die es nicht gibt, erschiene etwa einer von 20 "
    "nachweisbar."
)


def combined(views: Sequence[IndicatorView], settings: Synthese) -> Block:
    """Pairs of shares of the params file: the municipality's values and how far they are apart."""
    by_key = {view.indicator.id: view for view in views}
    pairs = [[by_key[key] for key in pair if key in by_key] for pair in settings.kombinationen]
    blocks = [_pair(*pair) for pair in pairs if len(pair) == 2]
    return section(TITLE, *blocks, paragraphs(_LIMITS)) if blocks else Block()


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
