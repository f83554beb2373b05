"""From rows of ``published.parquet`` to the view of one indicator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from spm.presentation.places import GEBIET, Place
from spm.presentation.views import AreaRow, Change, IndicatorView, Trend
from spm.published import GESAMT, NICHT_GELIEFERT, OK

if TYPE_CHECKING:
    import pandas as pd

    from spm.config.catalogue import Kennzahl

SHOWN = ["zaehler", "nenner", "wert", "ki_unten", "ki_oben", "geglaettet"]
"""Numbers of a row that figures, tables and sentences may show."""


def build_view(
    indicator: Kennzahl,
    rows: pd.DataFrame,
    area_names: Iterable[tuple[str, str]],
    place: Place,
    reporting_year: int,
    years: Iterable[int],
    window: int = 1,
    groups: Mapping[str, tuple[str, ...]] | None = None,
    changes: Mapping[str, Change] | None = None,
    trends: Mapping[str, Trend] | None = None,
) -> IndicatorView:
    """Make a view from the published rows of one indicator and one group.

    Parameters
    ----------
    rows : columns of ``published.parquet`` (raum, jahr, zaehler, …, status).
    years : all years of the series; the first ``window`` - 1 of them begin no value.
    window, groups : how the indicator is pooled, see `IndicatorView`.
    """
    named, pooled = tuple(area_names), groups or {}
    names = dict(named)
    numbers = rows.reindex(columns=SHOWN).astype(float).to_dict("records")
    estimated = rows.reindex(columns=["geschaetzt"]).astype(float)["geschaetzt"]
    shown = {}
    for raum, year, status, klasse, guess, cells in zip(
        rows.raum, rows.jahr, rows.status, rows.klasse, estimated, numbers, strict=True
    ):
        shown[raum, int(year)] = AreaRow(
            raum=raum,
            name=names.get(raum, place.name),
            status=status,
            klasse=klasse if isinstance(klasse, str) else None,
            plural=raum in pooled and _names_several(raum, place),
            geschaetzt=status == OK and guess == 1,
            **{column: None if x != x else x for column, x in cells.items()},
        )
    return IndicatorView(
        indicator=indicator,
        place=replace(place, **GEBIET) if pooled else place,
        year=reporting_year,
        years=tuple(years)[window - 1 :],
        area_names=named,
        rows=shown,
        window=window,
        groups=dict(pooled),
        changes=changes or {},
        trends=trends or {},
    )


def facility_rows(frame: pd.DataFrame, single: IndicatorView) -> dict[str, AreaRow]:
    """Published rows of an indicator in the reporting year by facility ("Kita: Name").

    Parameters
    ----------
    frame : all published rows.
    single : the indicator in the whole municipality.
    """
    rows = frame[
        (frame.kennzahl == single.indicator.id)
        & (frame.jahr == single.year)
        & (frame.raum == GESAMT)
        & (frame.status != NICHT_GELIEFERT)
        & frame.gruppe.notna()
    ]
    views = {
        str(group): build_view(single.indicator, part, (), single.place, single.year, [single.year])
        for group, part in rows.groupby("gruppe", sort=True)
    }
    return {group: view.total for group, view in views.items()}


def _names_several(name: str, place: Place) -> bool:
    """Whether a group is called by its areas, in the plural."""
    return name.startswith(f"{place.plural} ") or bool(re.search(r"\bund\b|[,/+&]", name))
