"""Tables of which there is one per year: {jahr} in the name of a file or sheet."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from spm.config.delivery import Lieferung
from spm.config.tables import Tabelle

YEAR = "{jahr}"
"""In the name of a file or sheet: one for each year of the series."""


def by_year(
    deliveries: Mapping[str, Lieferung], years: Iterable[int], raw_file: Callable[[str], Path]
) -> dict[str, Lieferung]:
    """The deliveries with one table per year where a file or sheet is called by it.

    Of files only those that are there, if any is: for the other years nothing was delivered.

    Parameters
    ----------
    raw_file : the path of a file by its name in the params file.
    """
    years = list(years)
    found = {}
    for key, delivery in deliveries.items():
        if any(map(is_per_year, delivery.tabellen)):
            tables: list[Tabelle] = []
            for table in delivery.tabellen:
                each = [of_year(table, year) for year in years] if is_per_year(table) else [table]
                there = [one for one in each if one.datei and raw_file(one.datei).exists()]
                tables += there or each
            delivery = delivery.model_copy(update={"tabellen": tables})
        found[key] = delivery
    return found


def is_per_year(table: Tabelle) -> bool:
    """Whether a table stands for one table per year."""
    return any(YEAR in (text or "") for text in (table.datei, table.blatt))


def of_year(table: Tabelle, year: int) -> Tabelle:
    """The table of one year: ``{jahr}`` filled in, and the year given if no column tells it.

    Also in the headings that it asks for, which may name the year.
    """

    def filled(text: str) -> str:
        return text.replace(YEAR, str(year))

    told = {*table.spalten, *table.konstanten}
    told.update(column for cell in table.entpivotieren.values() for column in cell)
    fixed = {} if "jahr" in told or table.vorlage else {"jahr": str(year)}
    own = table.model_copy(
        update={
            "datei": filled(table.datei) if table.datei else None,
            "blatt": filled(table.blatt) if table.blatt else None,
            "konstanten": table.konstanten | fixed,
            "spalten": {column: filled(head) for column, head in table.spalten.items()},
            "entpivotieren": {filled(h): cell for h, cell in table.entpivotieren.items()},
        }
    )
    own._one_of_several = True
    return own


def mark_own_rows(
    deliveries: Mapping[str, Lieferung], columns: Mapping[str, list[frozenset[str]]]
) -> None:
    """Let the tables of a municipality that delivers together with others know their filters."""
    for key, each in columns.items():
        for table, own in zip(deliveries[key].tabellen, each, strict=True):
            table._own_rows = own
