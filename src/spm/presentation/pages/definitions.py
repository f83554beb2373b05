"""What every indicator counts, close together: one table for each chapter."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from spm.presentation.blocks import Block, boxed, from_data, joined, paragraphs, table
from spm.presentation.pages.deviating import other_day
from spm.presentation.pages.matter import chapter_title, others
from spm.presentation.tables.crosstable import slug
from spm.presentation.views import IndicatorView
from spm.presentation.wording.accuracy import accuracy_note
from spm.presentation.wording.block import TOGETHER
from spm.presentation.wording.pooling import AVERAGE, EVENTS, pooled_areas, years_each
from spm.text.numbers import NBSP

if TYPE_CHECKING:
    from spm.config.delivery import Lieferung

WERTUNG = {"belastend": "ungünstig", "entlastend": "günstig"}
"""What a high value is called where the report judges; a neutral indicator is never judged."""

POOLED = (
    f"{TOGETHER}: mehrere Jahre oder Räume zusammengefasst, damit mehr Werte gezeigt werden "
    "können. Die Anzahlen werden addiert, bevor der Wert berechnet wird. Wo „Jahresdurchschnitt“ "
    "steht, ist durch die Zahl der Jahre geteilt; wo „jede Person einmal“ steht, ist niemand in "
    "zwei Jahren gezählt. Sonst zählt mehrfach, wer in mehreren dieser Jahre gezählt wurde."
)
"""What the sign of pooled values means, once for the whole report."""


def definitions(
    chapters: Mapping[str, Sequence[IndicatorView]], deliveries: Collection[Lieferung] = ()
) -> Block:
    """Every indicator with data: definition, what a high value means, legal basis.

    Sources stand with the years that are available.

    Parameters
    ----------
    chapters : the views of every chapter, in order; the tables are ``@tbl-<chapter>-definitionen``.
    deliveries : those of another day than a definition says are named beside it.
    """
    blocks = []
    for key, views in chapters.items():
        rows = [_row(view, deliveries) for view in views if view.appears]
        if rows:
            blocks.append(
                table(
                    f"{slug(key)}-definitionen",
                    ["Kennzahl", "Definition", "Hoher Wert", "Rechtsgrundlage"],
                    rows,
                    f"Definitionen: {chapter_title(views)}",
                    widths=[26, 46, 12, 26],
                    numbers_from=4,
                )
            )
    pooled = any(_together(view) for views in chapters.values() for view in views)
    return joined(
        paragraphs(POOLED if pooled else ""),
        boxed("dicht", joined(*blocks)),
        paragraphs(others(chapters)),
    )


def _row(view: IndicatorView, deliveries: Collection[Lieferung]) -> list[str]:
    k = view.indicator
    return [
        from_data(k.titel) + (f" ({_together(view)})" if _together(view) else ""),
        " ".join(
            filter(None, [from_data(k.definition), other_day(k, deliveries), accuracy_note(view)])
        ),
        WERTUNG.get(k.richtung, ""),
        from_data(k.rechtsgrundlage.removesuffix(".")),
    ]


def _together(view: IndicatorView) -> str:
    """The sign with what is counted together: ``"Σ drei Jahre; Sozialräume 2 und 5"``."""
    what = [f"{years_each(view)}{_who_counts(view)}"] if view.window > 1 else []
    what += [pooled_areas(view)] if view.groups else []
    return f"{TOGETHER}{NBSP}{'; '.join(what)}" if what and view.appears else ""


def _who_counts(view: IndicatorView) -> str:
    """What a sum over years means for a single person, where it is not counted several times."""
    if view.indicator.art in EVENTS:
        return f", {AVERAGE}"
    return ", jede Person einmal" if view.indicator.einmalig else ""
