"""The same cells mapped by two tables of the params file: no office can mend that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from spm.deliveries.findings import Finding, Source

PARAMS_FILE = "Params-Datei"
"""In the place of a delivery: whose mistake it is."""


def is_mapped_twice(first: Mapping, other: Mapping, sources: Sequence[Source]) -> bool:
    """Whether two tables of the params file take two equal counts from one sheet of one file.

    Two columns of one row that mean the same are a matter of the mapping as well.
    """
    if first["_tabelle"] == other["_tabelle"]:
        if any(pd.isna(one[key]) for one in (first, other) for key in ("_zeile", "_spalte")):
            return False  # a sum of several rows
        return bool(first["_zeile"] == other["_zeile"] and first["_spalte"] != other["_spalte"])
    before, here = sources[first["_tabelle"]], sources[other["_tabelle"]]
    return (before.datei, before.blatt) == (here.datei, here.blatt)


def mapped_twice(
    twice: Sequence[tuple[Mapping, Mapping, str]], sources: Sequence[Source], file: str
) -> list[Finding]:
    """One error at the params file for every two tables that read the same sheet.

    Parameters
    ----------
    twice : first and second count, and how the second is described.
    file : name of the params file.
    """
    found: dict[tuple[int, int], list[tuple[Mapping, Mapping, str]]] = {}
    for one in twice:
        found.setdefault((one[0]["_tabelle"], one[1]["_tabelle"]), []).append(one)
    return [_finding(own, sources, file) for _, own in sorted(found.items())]


def _finding(
    own: Sequence[tuple[Mapping, Mapping, str]], sources: Sequence[Source], file: str
) -> Finding:
    first, other, described = own[0]
    before, here = sources[first["_tabelle"]], sources[other["_tabelle"]]
    sheet = f", Blatt «{here.blatt}»," if here.blatt else ""
    more = f" und {len(own) - 1} weitere" if len(own) > 1 else ""
    what = f"({described}{more})"
    deliveries = " und ".join(dict.fromkeys([before.lieferung, here.lieferung]))
    if first["_tabelle"] == other["_tabelle"]:
        was = (
            f"«{here.datei}»{sheet} ist so zugeordnet, dass zwei Spalten dasselbe zählen: "
            f"«{first['_spalte']}» und «{other['_spalte']}» {what}."
        )
        tun = "Eine der Spalten aus der Zuordnung nehmen, oder sagen, worin sie sich unterscheiden."
    else:
        was = f"«{here.datei}»{sheet} ist in zwei Tabellen zugeordnet, die dasselbe zählen {what}."
        tun = (
            "In der Params-Datei eine der Tabellen streichen; ein Blatt je Jahr braucht nur eine, "
            'mit blatt: "{jahr}". Sind verschiedene Dinge gemeint, fehlt eine Gruppe (alter, '
            "geschlecht, auspraegung …) in der Zuordnung."
        )
    place = Source(PARAMS_FILE, file)
    return place.finding(was, tun, spalte=f"lieferungen: {deliveries}")
