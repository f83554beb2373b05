"""The state of a sheet put onto its values: cells as a person sees them, and what to tell."""

from collections.abc import Collection, Sequence
from typing import Any

from spm.rawfiles.cells import clean
from spm.rawfiles.grid import Grid, Remark, cell_text
from spm.rawfiles.workbooks.formats import Meaning, meaning
from spm.rawfiles.workbooks.state import Place, SheetState, Span

_NUMBER = (int, float)
_SAVE = "Die Datei in Excel oder LibreOffice öffnen, prüfen und neu speichern."


def onto_cells(state: SheetState, rows: list[list]) -> list[tuple[Place, Remark]]:
    """Put what cells show in the place of what they hold; ``rows`` are changed.

    Returns
    -------
    list
        Cells and what to tell of them, if they are used.
    """
    told = []
    for place, text in state.texts.items():
        _set(rows, place, text)
    for place, text in state.plain.items():
        whole = clean(str(_at(rows, place)))
        _set(rows, place, text)
        told.append((place, _raised(whole, clean(text))))
    for place, pattern in state.formats.items():
        value = _at(rows, place)
        if place in state.texts or isinstance(value, bool):
            continue
        if isinstance(value, _NUMBER):
            remark = _formatted(rows, place, value, pattern)
        else:
            remark = _WITHOUT_YEAR if value and not isinstance(value, str) else None
        if remark:
            told.append((place, remark))
    return told


def _formatted(rows: list[list], place: Place, value: float, pattern: str) -> Remark | None:
    what, text = meaning(pattern, value)
    if what is Meaning.PERCENT:
        _set(rows, place, f"{cell_text(float(f'{value * 100:.12g}'))} %")
    elif what is Meaning.MASKED or (what is Meaning.EMPTY and value != 0):
        _set(rows, place, f"{text} (verdeckte Zahl)".strip())
    elif what is Meaning.EMPTY:
        return _EMPTY_ZERO
    elif what is Meaning.SCALED:
        return _SCALED
    return None


_WITHOUT_YEAR = Remark(
    "Zellen zeigen ein Datum ohne Jahr, zum Beispiel nur einen Monat ({n}); das Jahr darin sieht "
    "niemand.",
    "Das Jahr in der Datei prüfen.",
)
_EMPTY_ZERO = Remark(
    "Zellen zeigen nichts und enthalten eine 0 ({n}): sie zählt als 0.",
    "Die Zellen leeren lassen, wenn «nicht geliefert» gemeint ist.",
)
_SCALED = Remark(
    "Zellen zeigen Tausend oder Millionen und enthalten die ganze Zahl ({n}); gelesen ist die "
    "ganze.",
    "Prüfen, ob das gemeint ist.",
)


def _raised(whole: str, kept: str) -> Remark:
    return Remark(
        "Hoch- oder tiefgestellte Zeichen (Fußnoten) sind weggelassen ({n}): "
        f"«{whole}» ist als «{kept}» gelesen.",
        "Nichts, wenn das so gemeint ist. Sonst die Fußnote in eine eigene Spalte setzen lassen.",
    )


def onto_grid(
    state: SheetState,
    grid: Grid,
    rows: Sequence[Sequence],
    counts: Collection[str] | None,
    header_rows: Sequence[int],
) -> None:
    """Spread merged cells, and note on the grid what is hidden.

    Parameters
    ----------
    grid : its cells are changed, its remarks grow.
    rows : all rows of the sheet.
    counts : headers of columns whose numbers are counts; None: any number but a year may be one.
    """
    named = [
        any(i < len(rows[k - 1]) and cell_text(rows[k - 1][i]).strip() for k in header_rows)
        for i in range(len(grid.header))
    ]
    cells: list[list] | None = None
    for span in state.merged:
        top, left, bottom, right = span
        within = [i for i, number in enumerate(grid.rows.tolist()) if top <= number <= bottom]
        columns = [c for c in range(left - 1, min(right, len(named))) if named[c]]
        value = _at(rows, (top, left))
        if not within or top <= header_rows[-1] or not columns or cell_text(value) == "":
            continue
        count = _is_count(grid.header[left - 1], value, counts)
        if max(len(within), len(columns) if count else 1) < 2:
            continue
        cells = cells or [list(row) for row in grid.cells]
        if count and any(c.isdigit() for c in cell_text(value)):
            value = f"{cell_text(value)} (verbundene Zelle {_name(span)})"
        for i in within:
            for column in columns if count else columns[:1]:
                _set(cells, (i + 1, column + 1), value)
    if cells:
        grid.cells = cells
    grid.remarks += _of_sheet(state, grid)


def _is_count(header: str, value: Any, counts: Collection[str] | None) -> bool:
    if counts is not None:
        return header in counts
    return isinstance(value, _NUMBER) and not (value == int(value) and 1900 <= value <= 2100)


def _of_sheet(state: SheetState, grid: Grid) -> list[Remark]:
    remarks = []
    if state.hidden:
        remarks.append(
            Remark("Das Tabellenblatt ist ausgeblendet.", "Prüfen, ob es das richtige Blatt ist.")
        )
    hidden = [int(number) for number in grid.rows if number in state.hidden_rows]
    if hidden:
        why = " (ein Filter ist aktiv)" if state.filtered else ""
        remarks.append(
            Remark(
                f"Ausgeblendete Zeilen{why} sind mitgezählt ({{n}}); wer die Datei öffnet, sieht "
                "sie nicht.",
                "Gehören sie nicht dazu: beim Absender löschen lassen (Zeilen einer Lieferung auch "
                "mit nur oder ohne ausschließen).",
                rows=tuple(hidden),
            )
        )
    elif state.filtered:
        remarks.append(
            Remark(
                "Auf dem Blatt ist ein Filter gesetzt; gelesen sind alle Zeilen.",
                "Prüfen, ob der Absender nur die gefilterten meint.",
            )
        )
    remarks += [
        Remark(
            "Die Spalte ist ausgeblendet; wer die Datei öffnet, sieht sie nicht.",
            "Prüfen, ob es die richtige Spalte ist.",
            column=header,
        )
        for number, header in enumerate(grid.header, start=1)
        if number in state.hidden_columns
    ]
    if state.outdated:
        remarks.append(
            Remark(
                "Die Mappe soll beim Öffnen neu berechnet werden: die gespeicherten Ergebnisse "
                f"ihrer Formeln ({state.outdated}) sind vielleicht veraltet.",
                _SAVE,
            )
        )
    if state.hides_zeros and any(c == 0 and c is not False for row in grid.cells for c in row):
        remarks.append(
            Remark(
                "Das Blatt zeigt eine 0 als leere Zelle; gelesen ist die 0.",
                "Prüfen, ob «nicht geliefert» gemeint ist.",
            )
        )
    if state.unknown:
        remarks.append(Remark(state.unknown, "Die Datei als .xlsx speichern."))
    return remarks


def _at(rows: Sequence[Sequence], place: Place) -> Any:
    row, column = place
    if row > len(rows) or column > len(rows[row - 1]):
        return ""
    return rows[row - 1][column - 1]


def _set(rows: list[list], place: Place, value: Any) -> None:
    row, column = place
    if row <= len(rows):
        rows[row - 1] += [""] * (column - len(rows[row - 1]))
        rows[row - 1][column - 1] = value


def _name(span: Span) -> str:
    top, left, bottom, right = span
    return f"{_letters(left)}{top}:{_letters(right)}{bottom}"


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
