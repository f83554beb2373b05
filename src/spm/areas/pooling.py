"""Which years and areas of an indicator are counted together, so that less must be suppressed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spm.areas.today import RESERVED
from spm.errors import SpmError, nearest

if TYPE_CHECKING:
    import pandas as pd

    from spm.config.catalogue import Kennzahl
    from spm.config.params import Params

NOT_BY_YEAR = {
    "anzahl": "Eine Anzahl über mehrere Jahre zählt dieselben Menschen mehrfach",
    "veraenderung": "Eine Veränderung vergleicht einzelne Jahre",
}
"""Kinds of indicators that say nothing over several years, and why."""


@dataclass(frozen=True)
class Pool:
    """How one indicator is pooled.

    Parameters
    ----------
    years : so many years together; the last one names them.
    rows : keys of the rows that the indicator has, in area order: a group's name stands where
        the first of its areas stood.
    groups : for every group among ``rows`` the keys of its areas, in area order.
    """

    years: int = 1
    rows: tuple[str, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def parts(self, raum: str) -> tuple[str, ...]:
        """The areas behind a row: those of a group, or the area itself."""
        return self.groups.get(raum, (raum,))


def resolve_pools(
    params: Params, areas: pd.DataFrame, catalogue: Mapping[str, Kennzahl]
) -> dict[str, Pool]:
    """How every indicator of the catalogue is pooled, by id.

    Parameters
    ----------
    areas : ``raum, name`` of all areas, in area order.

    Raises
    ------
    SpmError
        An unknown indicator, group or area; a group without two areas, with an area twice, called
        like an area, or part of itself; an area in two groups of one indicator; years for a kind of
        indicator that has no sum over years, or more than there are up to the reporting year.
    """
    names = dict(zip(areas["raum"], areas["name"], strict=True))
    groups = _Groups(params, names)
    for key in params.zusammenfassen:
        if key not in catalogue:
            raise SpmError(
                f"Es gibt keine Kennzahl «{key}».{nearest(key, catalogue)}",
                wo=f"{params.path}, zusammenfassen.{key}",
                tun="Bitte die Kennung aus dem Kennzahlenset nennen oder den Eintrag löschen.",
            )
    return {
        key: _pool(key, entry, params, groups, tuple(names)) for key, entry in catalogue.items()
    }


def _pool(
    key: str, entry: Kennzahl, params: Params, groups: _Groups, areas: tuple[str, ...]
) -> Pool:
    wanted = params.zusammenfassen.get(key)
    if wanted is None:
        return Pool(rows=areas)
    where = f"{params.path}, zusammenfassen.{key}"
    if wanted.jahre > 1:
        _check_years(wanted.jahre, entry, params, f"{where}.jahre")
    used = groups.used(wanted.raeume, f"{where}.raeume")
    group_of = {raum: name for name, members in used.items() for raum in members}
    rows = tuple(dict.fromkeys(group_of.get(raum, raum) for raum in areas))
    return Pool(wanted.jahre, rows, {name: used[name] for name in rows if name in used})


def _check_years(n: int, entry: Kennzahl, params: Params, where: str) -> None:
    if entry.art in NOT_BY_YEAR:
        raise SpmError(
            f"{NOT_BY_YEAR[entry.art]}: Die Kennzahl «{entry.id}» (Art «{entry.art}») lässt sich "
            "nicht über Jahre zusammenfassen.",
            wo=where,
            tun="Bitte jahre weglassen; Räume darf auch diese Kennzahl zusammenfassen.",
        )
    first, last = params.zeitreihe.von, params.bericht.berichtsjahr
    available = last - first + 1 - entry.years_before
    if n > available:
        because = " (ihr erstes hat keinen Wert: vorjahr)" if entry.years_before else ""
        raise SpmError(
            f"Die Kennzahl «{entry.id}» soll {n} Jahre zusammenfassen; bis zum Berichtsjahr {last} "
            f"hat die Zeitreihe ab {first} aber nur {available}{because}.",
            wo=where,
            tun="Bitte weniger Jahre nennen oder die Zeitreihe früher beginnen lassen.",
        )


class _Groups:
    """The groups of the params file, each as the areas that it is made of."""

    def __init__(self, params: Params, names: Mapping[str, str]) -> None:
        self._given, self._names = params.raeume.gruppen, names
        self._where = f"{params.path}, raeume.gruppen"
        self._check_names()
        order = list(names)
        self._members = {
            name: tuple(sorted(self._areas_of(name, []), key=order.index)) for name in self._given
        }

    def used(self, wanted: Iterable[str], where: str) -> dict[str, tuple[str, ...]]:
        """The groups that one indicator uses, with their areas."""
        found: dict[str, tuple[str, ...]] = {}
        for name in wanted:
            if name not in self._members:
                raise SpmError(
                    f"Es gibt keine Gruppe «{name}»."
                    + (nearest(name, self._members) or " In raeume.gruppen steht noch keine."),
                    wo=where,
                    tun="Bitte eine Gruppe nennen, die in raeume.gruppen steht.",
                )
            for other, members in found.items():
                common = [raum for raum in members if raum in self._members[name]]
                if common:
                    raise SpmError(
                        f"Der Raum «{common[0]}» gehört zu zwei Gruppen dieser Kennzahl: «{other}» "
                        f"und «{name}».",
                        wo=where,
                        tun="Bitte nur Gruppen nennen, die keinen Raum gemeinsam haben.",
                    )
            found[name] = self._members[name]
        return found

    def _check_names(self) -> None:
        for name in self._given:
            was = ""
            if name in RESERVED:
                was = f"Der Name «{name}» ist für SPM reserviert."
            elif name in self._names or name in self._names.values():
                was = f"Die Gruppe «{name}» heißt wie ein Raum."
            if was:
                raise SpmError(
                    was,
                    wo=f"{self._where}.{name}",
                    tun="Bitte der Gruppe einen eigenen Namen geben, zum Beispiel «Innenstadt und "
                    "Hafen».",
                )

    def _areas_of(self, name: str, inside: list[str]) -> list[str]:
        where = f"{self._where}.{name}"
        if name in inside:
            circle = [*inside[inside.index(name) :], name]
            raise SpmError(
                f"Gruppen gehen im Kreis: {' enthält '.join(f'«{n}»' for n in circle)}.",
                wo=where,
                tun="Eine Gruppe kann nicht Teil ihrer selbst sein; bitte einen der Namen "
                "streichen.",
            )
        found: list[str] = []
        for part in self._given[name]:
            members = [part] if part in self._names else self._group_inside(part, name, inside)
            double = [raum for raum in members if raum in found]
            if double:
                raise SpmError(
                    f"Der Raum «{double[0]}» steht zweimal in der Gruppe «{name}».",
                    wo=where,
                    tun="Bitte einmal streichen; auch eine Gruppe in der Gruppe bringt ihre Räume "
                    "mit.",
                )
            found += members
        if len(found) < 2:
            was = f"nur einen Raum («{found[0]}»)" if found else "keine Räume"
            raise SpmError(
                f"Die Gruppe «{name}» hat {was}.",
                wo=where,
                tun="Bitte mindestens zwei Räume nennen oder die Gruppe löschen.",
            )
        return found

    def _group_inside(self, part: str, name: str, inside: list[str]) -> list[str]:
        if part in self._given:
            return self._areas_of(part, [*inside, name])
        keys = [key for key, called in self._names.items() if called == part]
        meant = nearest(part, [*self._names, *self._given])
        hint = f" So heißt der Raum mit dem Schlüssel «{keys[0]}»." if keys else meant
        raise SpmError(
            f"Die Gruppe «{name}» nennt «{part}», das weder Schlüssel eines Raums noch Name einer "
            f"Gruppe ist.{hint}",
            wo=f"{self._where}.{name}",
            tun="Bitte den Schlüssel berichtigen oder streichen.",
        )


def check_pooled(
    published: pd.DataFrame, pools: Mapping[str, Pool], params: Params, missing: str
) -> None:
    """Numbers of single years must not be shown as those of several.

    Parameters
    ----------
    published : the published rows.
    missing : status of rows that nobody delivered.

    Raises
    ------
    SpmError
        Rows were prepared by another ``zusammenfassen`` than the params file has now.
    """
    rows = published[published.gruppe.isna()]
    shown = rows[["kennzahl", "raum"]].drop_duplicates()
    first = rows[rows.status != missing].groupby("kennzahl").jahr.min().to_dict()
    for key, areas in shown.groupby("kennzahl", sort=False).raum:
        if key not in pools:
            continue
        pool = pools[key]
        early = first.get(key, math.inf) < params.zeitreihe.von + pool.years - 1
        if set(areas) - {*RESERVED, *pool.rows} or early:
            raise SpmError(
                f"Die Kennzahl «{key}» ist anders aufbereitet, als sie zusammengefasst werden "
                "soll.",
                wo=f"{params.path}, zusammenfassen",
                tun="Die Params-Datei hat sich geändert: bitte «spm prepare "
                f"{params.address}» erneut ausführen.",
            )
