"""Every measure of several findings that a report counts, as its problem needs them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spm.config.selections import Auswahl
from spm.disclosure.inputs.everything import Inputs
from spm.disclosure.model.counts import Window
from spm.disclosure.model.joint import Joint
from spm.disclosure.model.known import Relations
from spm.disclosure.model.several import Together, together
from spm.disclosure.model.space import Space, Tally
from spm.disclosure.problem import Count
from spm.errors import SpmError
from spm.facts import is_facility


class Joints:
    """All of them.

    Parameters
    ----------
    printed : all selections of the report and of others whose numbers are known.
    elsewhere : what the numbers of others count.

    Raises
    ------
    SpmError
        Another report has published what this one could not keep apart from single tests.
    """

    def __init__(
        self,
        inputs: Inputs,
        space: Space,
        tally: Tally,
        printed: Sequence[Auswahl],
        elsewhere: Sequence[Window] = (),
    ) -> None:
        every = together(inputs.lists)
        homes = _homes(inputs, printed, every) if every else {}
        self._joints = []
        for found in every:
            linked = (
                _is_linked(found, homes)
                or _by_group(found, inputs, printed)
                or _by_facility(found, inputs, elsewhere)
                or _tells_everybody(inputs, elsewhere)
            )
            joint = Joint(found, space, tally, inputs, linked)
            self._joints.append(joint)
            for window in elsewhere:
                if found.of_children.intersection(window.wanted.merkmal) and joint.why(window):
                    raise _told_elsewhere(found)

    def why(self, *windows: Window | None) -> str:
        """Why a row must not be published that counts several findings; "" if it may."""
        found = (
            joint.why(window)
            for joint in self._joints
            for window in windows
            if window and joint.found.of_children.intersection(window.wanted.merkmal)
        )
        return next(filter(None, found), "")

    def relations(self) -> Relations:
        """What readers know of them."""
        return {name: r for joint in self._joints for name, r in joint.relations().items()}

    def cap(self, counts: list[Count]) -> None:
        """Nobody can be asked to believe more children with several findings than there are
        findings: changes what of such counts must stay possible, in place."""
        caps = {v: high for joint in self._joints for v, high in joint.caps().items()}
        for i, count in enumerate(counts):
            if count.need and count.parts and caps.keys() >= count.parts:
                high = min(count.need[1], sum(caps[v] for v in count.parts))
                counts[i] = replace(count, need=(count.need[0], high), sensitive=high > 0)


def _by_facility(found: Together, inputs: Inputs, elsewhere: Sequence[Window]) -> bool:
    """Whether single tests are published by facility, too: children of one may be of any area."""
    measures = {m for f, t in found.tests for m in (*f.merkmal, *t.merkmal)}
    frame = inputs.indicators
    shown = {
        key
        for key, entry in inputs.catalogue.items()
        if measures.intersection(m for s in entry.selections for m in s.merkmal)
    }
    if (frame["kennzahl"].isin(shown) & frame["gruppe"].notna()).any():
        return True
    return any(
        measures.intersection(w.wanted.merkmal) and any(map(is_facility, w.places))
        for w in elsewhere
    )


def _by_group(found: Together, inputs: Inputs, printed: Sequence[Auswahl]) -> bool:
    """Whether anything is told of boys and girls, say, by themselves: each are children of their
    own, with tables of their own."""
    measures = {m for s in found.selections for m in s.merkmal}
    known = [g for z in inputs.sums.values() for g in (z.summe, *z.teile, *z.abzueglich)]
    return any(
        measures.intersection(s.merkmal)
        and (s.alter or s.geschlecht or s.staatsangehoerigkeit or s.auspraegung)
        for s in (*printed, *known)
    )


def _tells_everybody(inputs: Inputs, elsewhere: Sequence[Window]) -> bool:
    """Whether another report says how many children there are at all (this one must not, see
    `spm.areas.combinations`)."""
    every = {
        name for t in inputs.lists for name, conditions in t.merkmale.items() if not conditions
    }
    return any(every.intersection(w.wanted.merkmal) for w in elsewhere)


def _told_elsewhere(found: Together) -> SpmError:
    return SpmError(
        f"Ein anderer Bericht nennt schon «{found.several.merkmal[0]}» oder "
        f"«{found.tested.merkmal[0]}», und zusammen mit einzelnen Befunden ließe sich daraus etwas "
        "ausrechnen.",
        wo="fruehere_berichte, andere_berichte; zaehlen.mehrfach",
        tun="Bitte mit der Stelle klären, ob die einzelnen Befunde entfallen können "
        "(kennzahlen), oder jener Bericht zurückgenommen wird.",
    )


def _homes(
    inputs: Inputs, printed: Iterable[Auswahl], every: Iterable[Together]
) -> dict[str, set[str]]:
    """Measures by those that anything published or known puts into one sum with them."""
    joined: list[set[str]] = [set(s.merkmal) for s in printed]
    joined += [set().union(*(s.merkmal for s in k.selections)) for k in inputs.catalogue.values()]
    for known in inputs.sums.values():
        members = (known.summe, *known.teile, *known.abzueglich)
        joined.append(set().union(*(g.merkmal for g in members)))
    joined += [{*s.merkmal, *inputs.rules.of(s).units} for s in printed]
    for found in every:
        joined += [{*f.merkmal, *t.merkmal} for f, t in found.tests]
        joined.append(set(found.of_children))
    homes: dict[str, set[str]] = {}
    for measures in joined:
        home = measures.union(*(homes.get(m, ()) for m in measures))
        homes |= dict.fromkeys(home, home)
    return homes


def _is_linked(found: Together, homes: dict[str, set[str]]) -> bool:
    """Whether two tests, or a test and all of them together, stand in one sum."""
    parts = [f.merkmal[0] for f, _ in found.tests] + [found.several.merkmal[0]]
    return len({id(homes[m]) for m in parts}) < len(parts)
