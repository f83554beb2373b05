"""What published rows say of one target: its baseline, its value, its course, or why neither."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording.grammar import status_text
from spm.published import GESAMT, NICHT_GELIEFERT
from spm.rawfiles.targets import Target
from spm.synthesis.targets import NICHT_MESSBAR, Line, attainment, course, path
from spm.text.numbers import round_half_away


class Measured(NamedTuple):
    """A target as the report can measure it.

    Parameters
    ----------
    name : of the area.
    row : value of ``year``: the reporting year, or the target year if that is over.
    base : None where it may not be shown or nobody knows it.
    own_base : whether it is the report's own value.
    said_base : what the file says instead, if that is something else; else None.
    course : one of `spm.synthesis.targets.COURSES`.
    why : of one that cannot be measured, as part of a sentence; else "".
    line : None if it cannot be measured.
    """

    target: Target
    view: IndicatorView
    name: str
    row: AreaRow
    year: int
    base: float | None
    own_base: bool
    said_base: float | None
    course: str
    why: str
    line: Line | None

    @property
    def attained(self) -> float:
        """Share of the way, of one that can be measured."""
        assert self.line is not None
        return attainment(self.line, self.row.shown)

    @property
    def left_base(self) -> bool:
        """Whether the value can be told from its baseline, of one that can be measured.

        The baseline counts as fixed, as it does for the path; a value without chance is compared
        as it is printed.
        """
        assert self.line is not None
        if not self.row.has_interval:
            return _printed(self.view, self.row.shown) != _printed(self.view, self.line.base)
        low, high = self.row.limits
        return not low <= self.line.base <= high

    @property
    def due(self) -> float:
        """Where the value should be, of one that can be measured."""
        assert self.line is not None
        return path(self.line, self.year)


def measured(target: Target, view: IndicatorView, names: Mapping[str, str], first: int) -> Measured:
    """Measure a target by published rows alone.

    A baseline in a file could be one that the report has to protect. So what the file says of it is
    used, and shown, only of years before those of the report, or where nothing was delivered.

    Parameters
    ----------
    names : of all areas.
    first : first year of the report's series, whether the indicator has a value of it or not.
    """
    name = names.get(target.raum, target.raum)
    name = view.place.name if target.raum == GESAMT else name
    year = min(view.year, target.zieljahr)
    shown = target.raum == GESAMT or target.raum in dict(view.area_names)
    row = view.row(target.raum, year) if shown else AreaRow(target.raum, name)
    base, own, why_base = _base(target, view, first) if shown else (None, False, "")
    why = _pooled(target, view, name) if not shown else _timing(target, view, year)
    if not why and not row.ok:
        why = f"{view.years_of(year)} {status_text(row.status)}"
    why = why or why_base or _broken(target, view, year)
    line = None
    if base is not None and not why:
        line = Line(base, target.ausgangsjahr, target.zielwert, target.zieljahr)
        wanted = view.indicator.richtung == "entlastend"
        if _printed(view, base) == _printed(view, line.goal) or line.upwards != wanted:
            line, why = None, "der Zielwert ist nicht günstiger als der Ausgangswert des Berichts"
    said = target.ausgangswert if own and base is not None else None
    if said is not None and base is not None and _printed(view, said) == _printed(view, base):
        said = None
    found = NICHT_MESSBAR
    if line is not None:
        limits = row.limits if row.has_interval else None
        step = 10.0**-view.indicator.nachkommastellen
        found = course(line, row.shown, year, limits, step)
    return Measured(
        target=target,
        view=view,
        name=name,
        row=row,
        year=year,
        base=base,
        own_base=own,
        said_base=said,
        course=found,
        why=why,
        line=line,
    )


def _base(target: Target, view: IndicatorView, first: int) -> tuple[float | None, bool, str]:
    """The baseline, whether it is the report's own, and why there is none."""
    year = target.ausgangsjahr
    if year > view.year:
        return target.ausgangswert, False, ""
    if year >= first and year not in view.years:
        return None, False, f"für {year} weist der Bericht keinen Wert aus"
    row = view.row(target.raum, year)
    if year >= first and row.ok:
        return row.shown, True, ""
    if year >= first and row.status != NICHT_GELIEFERT:
        return None, False, f"Ausgangswert {view.years_of(year)} {status_text(row.status)}"
    if target.ausgangswert is None:
        return None, False, f"ein Ausgangswert {year} fehlt"
    return target.ausgangswert, False, ""


def _pooled(target: Target, view: IndicatorView, name: str) -> str:
    """Why a place has no row of its own."""
    group = next((key for key, names in view.groups.items() if name in names), "")
    if group:
        return f"nur in einem gemeinsamen Wert gezeigt ({group})"
    return "dieser Zuschnitt wird bei der Kennzahl nicht ausgewiesen"


def _timing(target: Target, view: IndicatorView, year: int) -> str:
    if target.ausgangsjahr > view.year:
        return f"beginnt erst {target.ausgangsjahr}"
    if year <= target.ausgangsjahr:
        return "nach dem Ausgangsjahr liegt noch kein Wert vor"
    if year not in view.years:
        return f"das Zieljahr {year} liegt vor den Werten des Berichts"
    return ""


def _broken(target: Target, view: IndicatorView, year: int) -> str:
    breaks = [at for at in view.indicator.brueche if target.ausgangsjahr < at <= year]
    return f"Werte vor {max(breaks)} sind nicht vergleichbar" if breaks else ""


def _printed(view: IndicatorView, x: float) -> object:
    return round_half_away(x, view.indicator.nachkommastellen)
