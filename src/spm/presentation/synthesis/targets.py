"""The chapter Ziele und Wirkungen as its notebook uses it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from spm.presentation.blocks import (
    Block,
    figure,
    from_data,
    heading,
    joined,
    paragraphs,
    table,
    tinted,
)
from spm.presentation.pages import companions
from spm.presentation.synthesis import targetfigure, targetwords
from spm.presentation.synthesis.measured import Measured, measured
from spm.presentation.views import IndicatorView
from spm.presentation.wording.estimates import explanation, with_sign
from spm.presentation.wording.grammar import number_kept, sign_of
from spm.rawfiles.targets import Goal, Measure, TargetTable
from spm.text.numbers import NBSP, format_interval

if TYPE_CHECKING:
    from spm.presentation.places import Place

MOST = 16
"""Targets in one figure."""

GIVEN = "*"
"""Behind a baseline that comes from the file of targets."""


class TargetChapter:
    """What the municipality aims at and does, and what published numbers say of it.

    Every method gives a block; without a file of targets it is empty.

    Parameters
    ----------
    matrix : targets and measures.
    view : gives an indicator.
    names : of all areas by their keys.
    first : first year of the report's series.
    folder : where figures go, relative to the notebook's working folder.
    """

    def __init__(
        self,
        matrix: TargetTable,
        view: Callable[[str], IndicatorView],
        names: Mapping[str, str],
        place: Place,
        first: int,
        folder: Path = Path("figures"),
    ) -> None:
        self._matrix, self._place, self._folder = matrix, place, folder
        self._found = [
            measured(target, view(target.kennzahl), names, first) for target in matrix.targets
        ]

    def auf_einen_blick(self) -> Block:
        """How many targets are where, how many measures are done, what has neither."""
        goals = self._matrix.goals
        busy = {t.goal for t in self._matrix.targets} | {m.goal for m in self._matrix.measures}
        return paragraphs(
            targetwords.targets_told(self._found),
            targetwords.measures_told(self._matrix.measures),
            targetwords.without_anything(len(goals), len([g for g in goals if g not in busy])),
        )

    def abbildung(self) -> Block:
        """How far every target that can be measured has come, beside where it should be."""
        found = [entry for entry in self._found if entry.line is not None]
        parts = -(-len(found) // MOST)
        bounds = [round(i * len(found) / parts) for i in range(parts + 1)] if parts else []
        blocks = []
        for number, (start, end) in enumerate(pairwise(bounds), start=1):
            key = "ziele-stand" if number == 1 else f"ziele-stand-{number}"
            path = self._folder / f"{key}.svg"
            shown = found[start:end]
            targetfigure.draw(shown).save(path)
            targetfigure.draw(shown, targetfigure.PHONE).save(companions.phone_picture(path))
            caption = "Wie weit Ziele erreicht sind, und wo sie nach ihrem Pfad wären"
            caption += f" (Teil {number} von {parts})" if parts > 1 else ""
            alt = targetfigure.alt_text(shown)
            blocks.append(figure(key, path.as_posix(), alt, caption))
        return joined(*blocks)

    def leitziele(self) -> Block:
        """Every Leitziel with its targets and its measures."""
        blocks = []
        leads = list(dict.fromkeys(goal.leitziel for goal in self._matrix.goals))
        for number, lead in enumerate(leads, start=1):
            targets = [entry for entry in self._found if entry.target.goal.leitziel == lead]
            measures = [m for m in self._matrix.measures if m.goal.leitziel == lead]
            busy = {entry.target.goal for entry in targets} | {m.goal for m in measures}
            bare = [g for g in self._matrix.goals if g.leitziel == lead and g not in busy]
            blocks += [
                heading(from_data(lead), 2, ".unnumbered"),
                _targets(f"ziele-{number}", targets, lead),
                _measures(f"massnahmen-{number}", measures, lead),
                paragraphs(_bare(bare)),
            ]
        return joined(*blocks)

    def grenzen(self) -> Block:
        """What the numbers do not say."""
        if not self._found:
            return Block()
        return joined(
            heading("Was diese Zahlen nicht sagen", 2, ".unnumbered"),
            paragraphs(*targetwords.LIMITS),
        )


def _targets(key: str, found: Sequence[Measured], lead: str) -> Block:
    if not found:
        return Block()
    body = [
        [
            _name(entry),
            tinted(targetwords.state(entry), targetwords.GROUNDS[entry.course]),
            _base(entry),
            _value(entry),
            _interval(entry),
            entry.view.number(entry.due) if entry.line else "",
            entry.view.number(entry.target.zielwert),
            targetwords.attainment_told(entry),
        ]
        for entry in found
    ]
    courses, year = [entry.course for entry in found], found[0].view.year
    notes = [
        "Der Pfad ist die gerade Linie vom Ausgangswert zum Zielwert; Zielerreichung ist der "
        "Anteil dieses Wegs, der zurückgelegt ist."
        if any(entry.line for entry in found) else "",
        f"{targetwords.explained(courses)}." if targetwords.explained(courses) else "",
        *targetwords.attainment_explained(found),
        f"{GIVEN}{NBSP}laut Zieltabelle." if any(_is_given(entry) for entry in found) else "",
        *(_differs(entry) for entry in found if entry.said_base is not None),
        f"{explanation(entry.row for entry in found)}."
        if any(entry.row.geschaetzt for entry in found)
        else "",
    ]  # fmt: skip
    return table(
        key,
        ["Teilziel und Kennzahl", "Stand", "Ausgangswert", f"Wert {year}",
         f"Intervall (95{NBSP}%)", "Pfad", "Ziel", "Zielerreichung"],
        body,
        f"Ziele mit Kennzahlen: {from_data(lead)}",
        widths=[28, 16, 12, 9, 14, 8, 8, 13],
        numbers_from=2,
        note=" ".join(filter(None, notes)),
    )  # fmt: skip


def _name(entry: Measured) -> str:
    target = entry.target
    return (
        f"{from_data(target.goal.teilziel)}: {from_data(entry.view.axis)}, "
        f"{number_kept(entry.name)}, {target.ausgangsjahr} bis {target.zieljahr}"
    )


def _base(entry: Measured) -> str:
    if entry.base is None:
        return ""
    return entry.view.number(entry.base) + (GIVEN if _is_given(entry) else "")


def _is_given(entry: Measured) -> bool:
    return entry.base is not None and not entry.own_base


def _value(entry: Measured) -> str:
    row = entry.row
    if not row.ok:
        return sign_of(row.status)
    text = with_sign(row, entry.view.number(row.shown))
    return text if entry.year == entry.view.year else f"{text} ({entry.year})"


def _interval(entry: Measured) -> str:
    decimals = entry.view.indicator.nachkommastellen
    return format_interval(*entry.row.limits, "", decimals) if entry.row.has_interval else ""


def _differs(entry: Measured) -> str:
    """The report's own value counts; readers see that the file says another one."""
    assert entry.said_base is not None and entry.base is not None
    return (
        f"{from_data(entry.view.indicator.kurztitel)}, {number_kept(entry.name)}: Die Zieltabelle "
        f"nennt als Ausgangswert {entry.view.text(entry.said_base)}, der Bericht weist "
        f"{entry.view.text(entry.base)} aus."
    )


def _measures(key: str, measures: Sequence[Measure], lead: str) -> Block:
    if not measures:
        return Block()
    body = [
        [
            from_data(m.goal.teilziel),
            from_data(m.massnahme),
            from_data(m.wirkungsannahme) if m.wirkungsannahme else "nicht genannt",
            from_data(m.stelle) if m.stelle else "nicht genannt",
            targetwords.DONE_WORDS[m.stand],
        ]
        for m in measures
    ]
    return table(
        key,
        ["Teilziel", "Maßnahme", "Wirkungsannahme", "Zuständig", "Stand"],
        body,
        f"Maßnahmen: {from_data(lead)}",
        widths=[22, 24, 28, 16, 14],
        numbers_from=5,
    )


def _bare(goals: Sequence[Goal]) -> str:
    if not goals:
        return ""
    names = "; ".join(from_data(goal.teilziel) for goal in goals)
    return f"Noch ohne Maßnahme und Zielwert: {names}."
