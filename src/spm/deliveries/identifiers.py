"""The identifier of persons: by row only, itself it stays unnamed."""

from collections.abc import Sequence

import pandas as pd

from spm.deliveries.findings import Finding, capped
from spm.deliveries.mapping import TableMapper

YEAR = "jahr"
"""In the list of columns: the year of the row, however it is written."""

_BETWEEN = "\x1f"


def check_identifiers(
    mapper: TableMapper, columns: Sequence[str], persons: pd.DataFrame
) -> list[Finding]:
    """Repeated or missing identifiers.

    Parameters
    ----------
    mapper : of a table of persons.
    columns : headers that identify a person together; `YEAR` among them, unless there is such a
        header.
    persons : the rows as `TableMapper.keys` reads them.
    """
    grid, parts, names = mapper.grid, [], []
    year = persons[YEAR].astype("str").fillna("") if YEAR in persons else None
    for column in columns:
        if column == YEAR and grid.find(column) is None and year is not None:
            parts.append(year)
        elif (name := mapper.find(column, "zaehlen.kennung")) is not None:
            parts.append(pd.Series(grid.texts(name)))
            names.append(name)
    if len(parts) < len(columns):
        return []  # a column is missing, that has been told
    source, rows, header = mapper.source, pd.Series(grid.rows), ", ".join(names)
    empty = pd.concat([part.eq("") for part in parts], axis=1).any(axis=1)
    found = []
    if empty.any():
        was = "Die Kennung fehlt."
        found.append(source.finding(was, "Nachtragen.", zeilen=rows[empty], spalte=header))
    identifiers = pd.Series(_BETWEEN.join(row) for row in zip(*parts, strict=True))
    repeated = identifiers.duplicated(keep=False) & ~empty
    if not repeated.any():
        return found
    if year is not None and not (identifiers + _BETWEEN + year)[~empty].duplicated().any():
        listed = ", ".join([YEAR, *columns])
        found.append(
            source.finding(
                f"Die Kennung ist nur innerhalb eines Jahres eindeutig: "
                f"{identifiers[repeated].nunique()} Werte stehen in mehreren Jahren.",
                f"Beginnt die Zählung jedes Jahr neu, kennung: [{listed}] eintragen. Sonst die "
                "Kennung berichtigen.",
                zeilen=rows[repeated],
                spalte=header,
            )
        )
        return found
    for _, numbers in rows[repeated].groupby(identifiers[repeated], sort=False):
        found.append(
            source.finding(
                f"Dieselbe Kennung steht in {len(numbers)} Zeilen; sie muss eindeutig sein.",
                "Doppelte Zeilen streichen oder die Kennung berichtigen. Kennzeichnen erst mehrere "
                "Spalten zusammen eine Person, sie als Liste nennen: kennung: [Kita, Nr].",
                zeilen=numbers,
                spalte=header,
            )
        )
    return capped(found)
