"""What is counted child by child is published for the municipality alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from spm.errors import SpmError

if TYPE_CHECKING:
    from spm.areas.pooling import Pool
    from spm.config.catalogue import Kennzahl
    from spm.config.counting import Zaehlen
    from spm.config.params import Params


def check_combinations(
    params: Params, catalogue: Mapping[str, Kennzahl], pools: Mapping[str, Pool]
) -> None:
    """Refuse to publish what is counted child by child for single areas, or beside numbers of
    which disclosure control does not know how they hang together.

    Raises
    ------
    SpmError
        An indicator of ``synthese.kombinationen``, or of several findings (``zaehlen.mehrfach``),
        would have rows of areas. Several findings are counted of children by earlier areas, from a
        changed list, in two ways, or beside the number of all children.
    """
    for i, pair in enumerate(params.synthese.kombinationen):
        for key in pair:
            _check_rows(key, pools, f"{params.path}, synthese.kombinationen.{i}")
    counted = {measure for _, measures, _ in _several(params) for measure in measures}
    for key, entry in catalogue.items():
        if any(counted.intersection(s.merkmal) for s in entry.selections):
            _check_rows(key, pools, f"{params.path}, zusammenfassen")
    _check_lists(params, catalogue)


def _check_rows(key: str, pools: Mapping[str, Pool], where: str) -> None:
    if len(pools[key].rows) != 1:
        raise SpmError(
            f"Die Kennzahl «{key}» verbindet Angaben je Kind und würde nach Räumen veröffentlicht.",
            wo=where,
            tun=f"Bitte unter zusammenfassen.{key}.raeume eine Gruppe aller Räume nennen.",
        )


def _check_lists(params: Params, catalogue: Mapping[str, Kennzahl]) -> None:
    shown = {m for entry in catalogue.values() for s in entry.selections for m in s.merkmal}
    kept: dict[str, object] = {}
    for where, measures, counted in _several(params):
        if not shown.intersection(measures):
            continue
        everybody = [name for name, conditions in counted.merkmale.items() if not conditions]
        reasons = {
            f"Veröffentlicht wird auch, wie viele es insgesamt sind ({', '.join(everybody)}).": (
                shown.intersection(everybody)
            ),
            "Ein Teil der Jahre ist nach früheren Räumen geliefert.": any(
                earlier.bis >= params.zeitreihe.von for earlier in params.raeume.fruehere
            ),
            "Die Stelle hat ihre Zahlen verändert (verfahren).": any(
                where.startswith(f"{params.path}, lieferungen.{key}.") and delivery.verfahren
                for key, delivery in params.lieferungen.items()
            ),
            "Eine andere Tabelle zählt sie anders.": any(
                kept.setdefault(name, several) != several
                for name, several in counted.mehrfach.items()
            ),
        }
        for reason, holds in reasons.items():
            if holds:
                raise SpmError(
                    f"«{measures[0]}» zählt mehrere Befunde derselben Person. {reason} Was daraus "
                    "zusammen folgt, kann die Geheimhaltung nicht prüfen.",
                    wo=where,
                    tun="Bitte mehrfach löschen und die Kennzahlen dazu weglassen, oder die andere "
                    "Angabe.",
                )


def _several(params: Params) -> Iterator[tuple[str, list[str], Zaehlen]]:
    """Where several findings are counted, as which measures."""
    for key, delivery in params.lieferungen.items():
        for i, table in enumerate(delivery.tabellen):
            if table.zaehlen and table.zaehlen.mehrfach:
                measures = [m for m in table.zaehlen.measures if m not in table.zaehlen.merkmale]
                yield (
                    f"{params.path}, lieferungen.{key}.tabellen.{i}.zaehlen.mehrfach",
                    measures,
                    table.zaehlen,
                )
