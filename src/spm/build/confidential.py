"""The last look at chapters before anything is published: do they tell a suppressed count?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from spm.chapters.toldcounts import Listener, Suppressed, Told
from spm.errors import SpmError, error_count
from spm.published import GESAMT, GESPERRT
from spm.release.certificate import DATASET

if TYPE_CHECKING:
    from spm.config.catalogue import Kennzahl
    from spm.config.params import Params

MOST = 10
"""Places that are named."""


def check_told(
    params: Params, catalogue: Mapping[str, Kennzahl], notebooks: Iterable[Path]
) -> None:
    """Refuse chapters that tell a count which is suppressed, see `spm.chapters.toldcounts`.

    Parameters
    ----------
    notebooks : as they were run.

    Raises
    ------
    SpmError
        Naming chapter, cell, indicator, year and area of each, but not the number.
    """
    listener = _listener(params, catalogue)
    found = [(path.name, told) for path in notebooks for told in listener.notebook(path)]
    if not found:
        return
    places = [_place(name, told) for name, told in found[:MOST]]
    more = f"\n  … und {len(found) - MOST} weitere" if len(found) > MOST else ""
    raise SpmError(
        f"Die Kapitel haben {error_count(len(found))}: eine gesperrte Zahl steht neben dem Namen "
        "ihres Raums:\n" + "\n".join(places) + more,
        wo=str(params.root / "notebooks"),
        tun="Bitte die Zahl aus dem Text oder der Ausgabe nehmen: Sie ist gesperrt, weil sie etwas "
        "über einzelne Menschen verrät. Der letzte fertige Bericht ist unverändert.",
    )


def _place(name: str, told: Told) -> str:
    what = told.what
    return f"  - {name}, Zelle {told.cell}: {what.indicator}, {what.year}, {what.area}"


def _listener(params: Params, catalogue: Mapping[str, Kennzahl]) -> Listener:
    import pandas as pd

    from spm.areas.today import load_areas

    folder = params.processed
    true = pd.read_parquet(folder / "indicators.parquet")
    shown = pd.read_parquet(folder / DATASET)
    key = ["kennzahl", "jahr", "raum", "gruppe"]
    both = shown[[*key, "status", "zaehler", "nenner"]].merge(
        true[[*key, "zaehler", "nenner"]], on=key, suffixes=("", "_true")
    )
    areas = load_areas(params)
    titles = dict(zip(areas["raum"], areas["name"], strict=True)) | {GESAMT: params.kommune.name}
    keys = {area: (area,) for area in areas["raum"]} | {GESAMT: (GESAMT, "Insgesamt")}
    names = {name: _names(entry) for name, entry in catalogue.items()}
    published: dict[str, set[int]] = {}
    suppressed = []
    for row in both.itertuples():
        where = row.gruppe if isinstance(row.gruppe, str) else str(row.raum)
        area = titles.get(where, where)
        published.setdefault(area, set()).update(_whole(row.zaehler, row.nenner))
        if row.status == GESPERRT and row.kennzahl in names:
            for count in _whole(row.zaehler_true):
                suppressed.append(
                    Suppressed(
                        indicator=str(row.kennzahl),
                        names=names[str(row.kennzahl)],
                        area=area,
                        keys=keys.get(where, ()),
                        year=int(str(row.jahr)),
                        count=count,
                    )
                )
    return Listener(suppressed, published, names, params.bericht.berichtsjahr)


def _whole(*numbers: object) -> list[int]:
    return [int(n) for n in numbers if isinstance(n, float) and n == n and n.is_integer()]


def _names(entry: Kennzahl) -> tuple[str, ...]:
    """What an indicator is called in texts and tables; the measure alone means many."""
    found = (entry.id, entry.titel, entry.kurztitel, entry.satz, entry.satz.partition(" ")[2])
    return tuple(dict.fromkeys(name for name in found if len(name) > 3))
