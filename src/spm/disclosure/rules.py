"""The rules that the deliveries agreed on, for any number made from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from spm.catalogue import Auswahl
from spm.deliveries.delivery import Dominanz, Lieferung
from spm.errors import SpmError, naechster
from spm.facts import is_facility, senders

if TYPE_CHECKING:
    from spm.params import Einrichtungen


@dataclass(frozen=True)
class Rule:
    """The strictest rule of all deliveries that a count is made from.

    Parameters
    ----------
    threshold : smaller counts are not published.
    zeros_shown : whether a counted 0 is.
    min_denominator : no value for a smaller denominator.
    rounding : counts are rounded to multiples of it instead of being suppressed; 1: exact.
    dominance : (n,k) rules for counts whose contributors are known.
    """

    threshold: int = 1
    zeros_shown: bool = True
    min_denominator: int = 0
    rounding: int = 1
    dominance: tuple[Dominanz, ...] = ()


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
        self._facilities = facilities

    def at(self, wanted: Auswahl, places: Iterable[str]) -> Rule:
        """The rule for a number of some places: stricter if one of them is a facility."""
        rule, own = self.of(wanted), self._facilities
        if own is None or not any(is_facility(place) for place in places):
            return rule
        return replace(
            rule,
            threshold=max(rule.threshold, own.mindestfallzahl),
            min_denominator=max(rule.min_denominator, own.mindestnenner),
        )

    def of(self, wanted: Auswahl) -> Rule:
        """The strictest rule of all deliveries involved."""
        involved = [
            (self._deliveries[sender], measure)
            for measure in wanted.merkmal
            for sender in self._senders.get(measure, [])
        ]
        if not involved:
            return Rule()
        deliveries = [d for d, _ in involved]
        return Rule(
            max(_threshold(d, measure, wanted) for d, measure in involved),
            all(d.nullen_veroeffentlichen for d in deliveries),
            max(d.mindestnenner or 0 for d in deliveries),
            max(d.rundung or 1 for d in deliveries),
            tuple(d.dominanz for d in deliveries if d.dominanz),
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
    for name, delivery in deliveries.items():
        known = delivered.get(name, [])
        for position, own in enumerate(delivery.abweichend):
            unknown = [m for m in own.merkmal if m not in known]
            if unknown and len(known):
                raise SpmError(
                    f"Die Regel gilt für das Merkmal «{unknown[0]}», das die Lieferung «{name}» "
                    f"nicht enthält.{naechster(unknown[0], known)}",
                    wo=f"{where}, lieferungen.{name}.abweichend[{position}].merkmal",
                    tun="Bitte den Namen berichtigen oder die Regel streichen.",
                )
