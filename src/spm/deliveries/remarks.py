"""What a reader noticed about a raw table, as notes for its sender: only of what is used."""

from collections.abc import Iterable

from spm.deliveries.findings import HINWEIS, Finding
from spm.deliveries.mapping import TableMapper
from spm.rawfiles.grid import in_words


def remarks(mapper: TableMapper) -> list[Finding]:
    """One note for every remark that is about columns and rows that the mapping uses."""
    grid, used = mapper.grid, _used(mapper)
    kept = set(grid.rows.tolist())
    found = []
    for remark in grid.remarks:
        rows = [row for row in remark.rows if row in kept]
        if (remark.column and remark.column not in used) or (remark.rows and not rows):
            continue
        found.append(
            mapper.source.finding(
                in_words(remark, len(rows)),
                remark.tun,
                zeilen=rows,
                spalte=remark.column,
                schwere=HINWEIS,
            )
        )
    return found + _unseen(mapper, used)


def _unseen(mapper: TableMapper, used: Iterable[str | None]) -> list[Finding]:
    """Columns with marks of direction and characters without width, which were left out."""
    rows = {name: mapper.grid.unseen(name) for name in sorted(filter(None, used))}
    return [
        mapper.source.finding(
            "In Zellen stehen Zeichen, die niemand sieht (ohne Breite, Schreibrichtung); sie sind "
            "weggelassen.",
            "Die Texte ansehen: Steht dort, was gemeint ist?",
            zeilen=numbers,
            spalte=name,
            schwere=HINWEIS,
        )
        for name, numbers in rows.items()
        if numbers
    ]


def _used(mapper: TableMapper) -> set[str | None]:
    table = mapper.table
    headers = [*table.spalten.values(), *table.entpivotieren, *table.nur, *table.ohne]
    headers += table.zaehlen.raw_columns if table.zaehlen else []
    return {mapper.grid.find(header) for header in headers}
