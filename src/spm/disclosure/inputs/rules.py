"""The rules that the deliveries agreed on, for any number made from them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from spm.config.delivery import Lieferung, Umfang, deviating_totals
from spm.config.selections import Auswahl, Once
from spm.errors import SpmError, nearest
from spm.facts import is_facility, senders

if TYPE_CHECKING:
    from spm.config.shown import Einrichtungen


@dataclass(frozen=True)
class Rule:
    """The strictest rule of all deliveries that a count is made from.

    Parameters
    ----------
    threshold : smaller counts are not published.
    zeros_shown : whether a counted 0 is.
    min_denominator : no value for a smaller denominator.
    rounding : counts are rounded to multiples of it instead of being suppressed; 1: exact. Whoever
        asks for that wants nobody to know a number below it, so the threshold is at least as high.
    suppress : a small count is suppressed; False if each sender involved has its numbers rounded
        instead, or has changed them itself and says that this is enough.
    deliveries : all that the count is made from, for rules besides (`spm.release.agreed`).
    units : measures whose counts say how many units (households, say) the people come from: if
        they are fewer than the threshold, the people are protected as if they were few.
    """

    threshold: int = 1
    zeros_shown: bool = True
    min_denominator: int = 0
    rounding: int = 1
    suppress: bool = True
    deliveries: tuple[Lieferung, ...] = ()
    units: tuple[str, ...] = ()


class Rules:
    """Rules by selection.

    Parameters
    ----------
    facts : the store of counts; tells which delivery counts a measure.
    deliveries : with their rules.
    facilities : what facilities must keep besides, if they are shown.
    """

    def __init__(
        self,
        facts: pd.DataFrame,
        deliveries: Mapping[str, Lieferung],
        facilities: Einrichtungen | None = None,
    ) -> None:
        self._senders, self._deliveries = senders(facts), deliveries
        none = facts[facts["anzahl"].eq(0).fillna(False)]
        self._zeros = set(zip(none["lieferung"], none["merkmal"], strict=True))
        self._facilities = facilities
        self.of = Once(self._of)
        """The strictest rule of all deliveries that a selection involves."""

    def at(self, wanted: Auswahl, places: Iterable[str]) -> Rule:
        """The rule for a number of some places: stricter if one of them is a facility."""
        rule, own = self.of(wanted), self._facilities
        if own is None or not any(is_facility(place) for place in places):
            return rule
        return replace(
            rule,
            threshold=max(rule.threshold, own.mindestfallzahl),
            min_denominator=max(rule.min_denominator, own.mindestnenner),
            suppress=True,
        )

    @property
    def errors(self) -> dict[str, float]:
        """By delivery, how far its numbers may be from the true ones."""
        given = {name: d.verfahren for name, d in self._deliveries.items()}
        return {name: float(how.abweichung) for name, how in given.items() if how}

    @property
    def totals(self) -> dict[str, Umfang]:
        """Measures whose total is not the sum of the areas, see `deviating_totals`."""
        return deviating_totals(self._deliveries.values())

    def withheld(self, wanted: Auswahl) -> tuple[float, float]:
        """Smallest and largest number that a cell may have that its sender suppressed for being
        small; every reader knows that rule. A sender that tells zeros suppresses none."""
        least, below = 1.0, 1
        for measure in wanted.merkmal:
            for sender in self._senders.get(measure, []):
                own = self._deliveries[sender]
                threshold = own.mindestfallzahl_absender or _threshold(own, measure, wanted)
                below = max(below, threshold)
                if not own.nullen_veroeffentlichen and (sender, measure) not in self._zeros:
                    least = 0.0
        return least, below - 1.0

    def _of(self, wanted: Auswahl) -> Rule:
        involved = [
            (self._deliveries[sender], measure)
            for measure in wanted.merkmal
            for sender in self._senders.get(measure, [])
        ]
        if not involved:
            return Rule()
        deliveries = [d for d, _ in involved]
        rounding = max(d.rundung or 1 for d in deliveries)
        units = {d.beitragende[m] for d, m in involved if m in d.beitragende}
        return Rule(
            threshold=max(rounding, *(_threshold(d, measure, wanted) for d, measure in involved)),
            zeros_shown=all(d.nullen_veroeffentlichen for d in deliveries),
            min_denominator=max(d.mindestnenner or 0 for d in deliveries),
            rounding=rounding,
            suppress=not all(d.rundung or d.protected_by_sender for d in deliveries),
            deliveries=tuple(deliveries),
            units=tuple(sorted(units)),
        )


def _threshold(delivery: Lieferung, measure: str, wanted: Auswahl) -> int:
    """The delivery's threshold, or the strictest of its own ones for such a table."""
    own = [
        a.mindestfallzahl
        for a in delivery.abweichend
        if (not a.merkmal or measure in a.merkmal)
        and (not a.nach or any(getattr(wanted, group) is not None for group in a.nach))
    ]
    return max(own, default=delivery.mindestfallzahl)


def check_rules(facts: pd.DataFrame, deliveries: Mapping[str, Lieferung], where: str) -> None:
    """Refuse a rule that protects nothing because its measure is not delivered.

    Raises
    ------
    SpmError
        Naming delivery, key and the nearest measure.
    """
    delivered = facts.groupby("lieferung")["merkmal"].unique().map(sorted).to_dict()
    everything = sorted(set(facts["merkmal"]))
    for name, delivery in deliveries.items():
        known = delivered.get(name, [])
        named = [
            (f"abweichend[{position}].merkmal", measure)
            for position, own in enumerate(delivery.abweichend)
            for measure in own.merkmal
        ]
        named += [(f"beitragende.{measure}", measure) for measure in delivery.beitragende]
        named += [(f"gesamtzahl.{measure}", measure) for measure in delivery.gesamtzahl]
        for key, measure in named:
            if measure not in known and known:
                raise SpmError(
                    f"Die Regel gilt für das Merkmal «{measure}», das die Lieferung «{name}» "
                    f"nicht enthält.{nearest(measure, known)}",
                    wo=f"{where}, lieferungen.{name}.{key}",
                    tun="Bitte den Namen berichtigen oder die Regel streichen.",
                )
        if delivery.dominanz and known and not _by_facility(facts, known):
            raise SpmError(
                f"Die Regel dominanz der Lieferung «{name}» braucht Zahlen nach Einrichtung; von "
                f"ihren Merkmalen ({', '.join(known[:5])}) gibt es keine. Sie schützt also nichts.",
                wo=f"{where}, lieferungen.{name}.dominanz",
                tun="Bitte die Zahlen nach Einrichtung liefern lassen (Spalte einrichtung, oder "
                "zaehlen.einrichtungen) oder die Regel streichen.",
            )
        for measure, unit in delivery.beitragende.items():
            if unit not in everything and everything:
                raise SpmError(
                    f"Das Merkmal «{unit}» ist nicht geliefert; niemand weiß also, aus wie vielen "
                    f"Einheiten die Personen stammen.{nearest(unit, everything)}",
                    wo=f"{where}, lieferungen.{name}.beitragende.{measure}",
                    tun="Bitte den Namen berichtigen, das Merkmal liefern lassen oder die Regel "
                    "streichen.",
                )


def _by_facility(facts: pd.DataFrame, measures: Collection[str]) -> bool:
    """Whether anything that contributors of these measures are known from is delivered."""
    there = facts["einrichtung"].notna() & facts["merkmal"].isin(measures)
    return bool(there.any())
