"""Words and table of the concentration: where those live whom an indicator counts."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import Block, from_data, table
from spm.presentation.figures.shares import percent, places
from spm.presentation.synthesis.concentrating import Concentration, Together
from spm.presentation.tables.heat import MANY
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording import accuracy
from spm.presentation.wording.abbreviations import abbreviations
from spm.presentation.wording.areas import in_areas
from spm.presentation.wording.estimates import explanation, with_sign
from spm.presentation.wording.grammar import number_kept, so_many, so_many_of
from spm.text.numbers import NBSP, format_number


def people(view: IndicatorView) -> str:
    """Of whom the base consists, in the genitive: ``"aller unter 18-Jährigen"``."""
    wanted = view.indicator.nenner
    first, last = (wanted.ages if wanted else None) or (0, None)
    if last is None:
        return "aller Kinder, auf die sich die Kennzahl bezieht"
    return (
        f"aller unter {last + 1}-Jährigen" if not first else f"aller {first}- bis {last}-Jährigen"
    )


def counted(view: IndicatorView, article: str = "der") -> str:
    """Whom the upper number of an indicator counts: ``"der gezählten Kinder"``, or cases.

    Parameters
    ----------
    article : with "den" it is the dative.
    """
    noun = "Fälle" if view.indicator.art == "rate" else "Kinder"
    return f"{article} gezählten {noun}{'n' * (article == 'den')}"


def sentence(found: Concentration) -> str:
    """The areas of high burden together, in absolute numbers; empty if none differs.

    ``"**Kinder mit …:** 56 % der gezählten Kinder (555 von 993) leben in Sozialraum 4, aber …"``
    """
    view, those = found.view, found.together
    if those is None:
        return ""
    when = f", {view.period}" if view.window > 1 else ""
    live = "gibt es" if view.indicator.art == "rate" else "leben"
    exact = _decimals(view, those)
    return (
        f"**{from_data(view.indicator.titel)}{when}:** {percent(those.burden, exact)} "
        f"{counted(view)} ({_of(those.top, view.total.zaehler)}) {live} "
        f"{in_areas(those.rows, view)}, aber nur {percent(those.base, exact)} {people(view)} "
        f"({_of(those.bottom, view.total.nenner)})."
    )


def half(found: Concentration) -> str:
    """In how few areas half of those counted live; empty where not all areas are published, or
    where it is a single one: the chapter has begun with it."""
    if found.half is None or found.half[0] == 1:
        return ""
    n, base, burden = found.half
    where = so_many_of(n, found.view.place, len(found.parts), case="dat")
    verb = "ist" if found.view.indicator.art == "rate" else "lebt"
    return (
        f"In {where} zusammen {verb} mindestens "
        f"die Hälfte {counted(found.view)}: {percent(burden)}, bei {percent(base)} "
        f"{people(found.view)}."
    )


def reading(found: Concentration) -> str:
    """How the figure is read, and what it leaves out."""
    view = found.view
    hidden = any(part.burden is None for part in found.parts)
    groups = f"; {from_data(view.place.plural)} ohne veröffentlichte Werte bleiben offen" * hidden
    return (
        f"Oberer Balken: welcher Teil {people(view)} dort lebt; unterer: welcher Teil "
        f"{counted(view)}, also derer, die „{from_data(view.indicator.kurztitel)}“ zählt. Wären "
        f"diese so verteilt wie alle, so wären überall beide Balken gleich lang{groups}."
    )


def _decimals(view: IndicatorView, those: Together) -> int:
    """Enough of them to tell both shares apart, and small ones from nothing."""
    alike = percent(those.base) == percent(those.burden)
    return max(int(alike), places(view) if len(those.rows) == 1 else 0)


def _of(part: float | None, whole: float | None) -> str:
    assert part is not None and whole is not None
    return f"{format_number(part)} von{NBSP}{format_number(whole)}"


def overview(found: Sequence[Concentration], year: int) -> Block:
    """Areas that are demonstrably worse in an indicator, with both shares and counts.

    The table is ``@tbl-gesamtbild-konzentration``; with too many rows each indicator has one, its
    areas together. If all rows are of one area, the caption names it and no column does.
    """
    lines = [(made, _alone(made, i)) for made in found for i in range(len(made.above))]
    if len(lines) > MANY:
        lines = [(made, those) for made in found if (those := made.together)]
    if not lines:
        return Block()
    views = list({made.view.indicator.id: made.view for made, _ in lines}.values())
    one, rows = _only(lines), [_line(made, those) for made, those in lines]
    noun = "Kinder oder Fälle" if any(view.indicator.art == "rate" for view in views) else "Kinder"
    caption = "Wo mehr der gezählten Kinder leben, als nach der Zahl aller Kinder zu erwarten"
    head = ["Kennzahl", from_data(found[0].view.place.level)]
    if one:
        head, rows = head[:1], [[row[0], *row[2:]] for row in rows]
        caption = f"Welcher Teil der gezählten und aller Kinder {in_areas([one], views[0])} lebt"
    told = [
        f"Gezählte: {noun}, auf die die Kennzahl zutrifft; alle Kinder: die, auf die sie sich "
        "bezieht",
        abbreviations(views),
        explanation(row for _, those in lines for row in those.rows),
        accuracy.accuracy_explained(views).rstrip("."),
    ]
    return table(
        "gesamtbild-konzentration",
        [*head, "von den Gezählten", "von allen Kindern", "Zahl der Gezählten"],
        rows,
        f"{caption}, {year}",
        widths=[30, *([] if one else [20]), 14, 12, 18],
        numbers_from=len(head),
        note=f"Lesehilfe: {'; '.join(filter(None, told))}.",
    )


def _only(lines: Sequence[tuple[Concentration, Together]]) -> AreaRow | None:
    """The area of all rows, if they are of one alone."""
    areas = {row.name: row for _, those in lines for row in those.rows}
    return next(iter(areas.values())) if len(areas) == 1 else None


def _alone(made: Concentration, i: int) -> Together:
    part = made.above[i]
    assert part.base is not None and part.burden is not None
    assert part.row.zaehler is not None and part.row.nenner is not None
    return Together([part.row], part.row.zaehler, part.row.nenner, part.base, part.burden)


def _line(made: Concentration, those: Together) -> list[str]:
    view, first = made.view, those.rows[0]
    years = f", {view.short_years(view.year)}" if view.window > 1 else ""
    exact = _decimals(view, those)
    where = so_many(len(those.rows), view.place) if len(those.rows) > 1 else number_kept(first.name)
    return [
        f"{from_data(view.indicator.kurztitel)}{years}",
        where,
        with_sign(first, percent(those.burden, exact)),
        percent(those.base, exact),
        _of(those.top, view.total.zaehler),
    ]
