"""From rows of ``published.parquet`` to the view of one indicator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from spm.presentation.places import GEBIET, Place
from spm.presentation.views import AreaRow, Change, IndicatorView, Trend
from spm.published import OK

if TYPE_CHECKING:
    import pandas as pd

    from spm.config.catalogue import Kennzahl

SHOWN = ["zaehler", "nenner", "wert", "ki_unten", "ki_oben", "geglaettet"]
"""Numbers of a row that figures, tables and sentences may show."""


def build_view(
    kennzahl: Kennzahl,
    rows: pd.DataFrame,
    raeume: Iterable[tuple[str, str]],
    ort: Place,
    jahr: int,
    jahre: Iterable[int],
    fenster: int = 1,
    gruppen: Mapping[str, tuple[str, ...]] | None = None,
    aenderungen: Mapping[str, Change] | None = None,
    trends: Mapping[str, Trend] | None = None,
) -> IndicatorView:
    """Make a view from the published rows of one indicator and one group.

    Parameters
    ----------
    rows : columns of ``published.parquet`` (raum, jahr, zaehler, …, status).
    jahre : all years of the series; the first ``fenster`` - 1 of them begin no value.
    fenster, gruppen : how the indicator is pooled, see `IndicatorView`.
    """
    areas, groups = tuple(raeume), dict(gruppen or {})
    names = dict(areas)
    numbers = rows.reindex(columns=SHOWN).astype(float).to_dict("records")
    estimated = rows.reindex(columns=["geschaetzt"]).astype(float)["geschaetzt"]
    zeilen = {}
    for raum, year, status, klasse, guess, cells in zip(
        rows.raum, rows.jahr, rows.status, rows.klasse, estimated, numbers, strict=True
    ):
        zeilen[raum, int(year)] = AreaRow(
            raum=raum,
            name=names.get(raum, ort.name),
            status=status,
            klasse=klasse if isinstance(klasse, str) else None,
            mehrere=raum in groups and _names_several(raum, ort),
            geschaetzt=status == OK and guess == 1,
            **{column: None if x != x else x for column, x in cells.items()},
        )
    return IndicatorView(
        kennzahl=kennzahl,
        ort=replace(ort, **GEBIET) if groups else ort,
        jahr=jahr,
        jahre=tuple(jahre)[fenster - 1 :],
        raeume=areas,
        zeilen=zeilen,
        fenster=fenster,
        gruppen=groups,
        aenderungen=aenderungen or {},
        trends=trends or {},
    )


def _names_several(name: str, ort: Place) -> bool:
    """Whether a group is called by its areas, in the plural."""
    return name.startswith(f"{ort.mehrzahl} ") or bool(re.search(r"\bund\b|[,/+&]", name))
