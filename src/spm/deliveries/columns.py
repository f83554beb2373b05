"""What is wrong when a header of the mapping does not lead to exactly one raw column."""

from spm.config.tables import Tabelle
from spm.rawfiles.cells import BadValue, clean, meant
from spm.rawfiles.grid import Grid

_SEPARATORS = ";,\t|"


def missing(header: str, grid: Grid, key: str) -> BadValue:
    """A header that the grid does not have.

    Parameters
    ----------
    key : where the params file names the header.
    """
    only = grid.header[0]
    separator = next((s for s in _SEPARATORS if len(grid.header) == 1 and s in only), None)
    was = f"Die Spalte «{clean(header)}» fehlt."
    if separator:
        return BadValue(
            was, f"Vermutlich ist das Trennzeichen «{separator}»: trennzeichen anpassen."
        )
    return BadValue(
        was + meant(clean(header), grid.header),
        f"Die Überschrift wiederherstellen oder {key} in der Params-Datei anpassen.",
    )


def ambiguous(name: str, grid: Grid, table: Tabelle) -> BadValue | None:
    """A header that stands above two columns with different cells, of which nobody chose one."""
    second = f"{name} (2)"
    if second not in grid.header or second in _mentioned(table):
        return None
    if (grid.texts(name) == grid.texts(second)).all():
        return None
    return BadValue(
        f"Die Überschrift «{name}» steht über zwei verschiedenen Spalten.",
        f"Die überzählige Spalte entfernen lassen, oder in der Params-Datei «{name} (1)» oder "
        f"«{second}» schreiben.",
    )


def _mentioned(table: Tabelle) -> set[str]:
    counting = table.zaehlen.raw_columns if table.zaehlen else []
    keys = (table.spalten.values(), table.entpivotieren, table.nur, table.ohne, counting)
    return {clean(header) for headers in keys for header in headers}
