"""Canonical rows: checked by a schema, all at once, with the raw cell in every finding."""

import numpy as np
import pandas as pd

from spm.config.canonical import CLOSED_VALUES, MEASURE_NAME
from spm.config.tables import Tabelle
from spm.deliveries.findings import HINWEIS, Finding, Source, capped

DECIMAL, NEGATIVE, HUGE = "Nachkommastellen", "negativ", "zu groß"

LARGEST = 100_000_000
"""More people than live in Germany: no municipality counts that many of them."""

LARGEST_SIZE = 10**15
"""Of areas, lengths and sums of money: beyond it, not every whole number has a float."""

SIZES = r"(?:^|_)(?:m|km|m2|qm|km2|qkm|ha|m3|eur|euro|cent|kwh|t)$|flaeche|laenge"
"""In the name of a measure whose numbers count no people."""

_ADVICE = {
    NEGATIVE: (
        "Die Anzahl ist negativ.",
        "Anzahlen sind 0 oder größer. Die Zahl beim Absender berichtigen lassen.",
    ),
    DECIMAL: (
        "Die Anzahl hat Nachkommastellen.",
        "Gezählt werden ganze Menschen und Fälle: steht hier ein Anteil? Sind es Hektar oder "
        "Kilometer: faktor in der Zuordnung setzen. Sonst dezimal und tausender prüfen.",
    ),
    HUGE: (
        "Die Anzahl ist unmöglich groß.",
        f"Mehr als {LARGEST // 1_000_000} Millionen Menschen zählt keine Kommune: fehlt ein "
        "Dezimalzeichen, oder ist eine Kennung in die Spalte geraten? Merkmale, die keine Menschen "
        "zählen, haben ihre Einheit im Namen: gruenflaeche_m2, ausgaben_euro.",
    ),
    "geschlecht": (
        "Der Wert ist für geschlecht nicht bekannt.",
        "Erlaubt sind m, w, d. Andere Schreibweisen unter werte.geschlecht zuordnen.",
    ),
    "staatsangehoerigkeit": (
        "Der Wert ist für staatsangehoerigkeit nicht bekannt.",
        "Erlaubt sind deutsch, nichtdeutsch. Andere Schreibweisen unter "
        "werte.staatsangehoerigkeit zuordnen.",
    ),
    "merkmal": (
        "Das ist kein Name eines Merkmals.",
        "Nur Kleinbuchstaben a–z, Ziffern und Unterstriche; Rohwerte unter werte.merkmal zuordnen.",
    ),
}


def check_rows(
    rows: pd.DataFrame, table: Tabelle, source: Source, series: tuple[int, int]
) -> tuple[pd.DataFrame, list[Finding]]:
    """Check canonical rows against the schema and keep the right ones.

    Parameters
    ----------
    rows : columns of ``mapping.KEY`` (those that the table has), ``_zeile``, ``_ok``, and, for
        counts, anzahl, ``_spalte``, ``_wert``. Rows of persons have no anzahl.
    table, source : the mapping, for the raw header of each column, and the place.
    series : first and last year of the series.

    Returns
    -------
    rows, findings
        The rows that are ``_ok`` and without a failure, and one finding per wrong value.
    """
    rows, findings = _ignore_years(rows.reset_index(drop=True), table, source, series)
    failures = _failures(rows, series)
    for (column, check), failed in failures.groupby(["column", "check"], sort=True):
        was, tun = _ADVICE.get(check) or _ADVICE.get(column) or _year_advice(series)
        cells = rows.loc[failed["index"].astype(int)]
        places = pd.DataFrame(
            {
                "spalte": _headers(column, cells, table),
                "wert": cells["_wert"] if column == "anzahl" else cells[column].astype("str"),
                "zeile": cells["_zeile"],
            }
        )
        found = [
            source.finding(was, tun, zeilen=numbers, spalte=str(column), wert=str(cell))
            for (column, cell), numbers in places.groupby(["spalte", "wert"], sort=False)["zeile"]
        ]
        findings += capped(found)
    wrong = failures["index"].astype(int).unique()
    right = rows.drop(index=wrong)
    return right[right["_ok"]].drop(columns="_ok").reset_index(drop=True), findings


def _ignore_years(
    rows: pd.DataFrame, table: Tabelle, source: Source, series: tuple[int, int]
) -> tuple[pd.DataFrame, list[Finding]]:
    """Drop rows outside the series where the table says so, with one note."""
    if table.jahre_ausserhalb != "ignorieren" or "jahr" not in rows:
        return rows, []
    outside = ~rows["jahr"].between(*series).fillna(True).to_numpy(dtype=bool)
    if not outside.any():
        return rows, []
    years = ", ".join(str(year) for year in sorted(rows.loc[outside, "jahr"].unique()))
    note = source.finding(
        f"Jahre außerhalb der Zeitreihe {series[0]} bis {series[1]} werden nicht verwendet: "
        f"{years}.",
        "Nichts, wenn das so gewollt ist (jahre_ausserhalb: ignorieren).",
        schwere=HINWEIS,  # of no cell: nobody has to ask the office about it
    )
    return rows[~outside].reset_index(drop=True), [note]


def _failures(rows: pd.DataFrame, series: tuple[int, int]) -> pd.DataFrame:
    """Columns column, check, index of every failing cell."""
    import pandera.pandas as pa

    columns = {
        "jahr": pa.Column(checks=pa.Check.in_range(*series), nullable=True, required=False),
        "merkmal": pa.Column(checks=pa.Check(_is_measure), nullable=True, required=False),
        "anzahl": pa.Column(
            checks=[
                pa.Check.ge(0, error=NEGATIVE),
                pa.Check(lambda numbers: numbers % 1 == 0, error=DECIMAL),
            ],
            nullable=True,
            required=False,
        ),
    }
    for column, allowed in CLOSED_VALUES.items():
        columns[column] = pa.Column(checks=pa.Check.isin(allowed), nullable=True, required=False)
    huge = _huge(rows)
    try:
        pa.DataFrameSchema(columns).validate(rows, lazy=True)
    except pa.errors.SchemaErrors as error:
        return pd.concat([error.failure_cases[["column", "check", "index"]], huge])
    return huge


def _huge(rows: pd.DataFrame) -> pd.DataFrame:
    """Failures of numbers that are too large for what their measure counts."""
    if "anzahl" not in rows or "merkmal" not in rows:
        return pd.DataFrame({"column": [], "check": [], "index": []})
    sizes = rows["merkmal"].astype("str").str.contains(SIZES, na=False)
    above = rows["anzahl"].gt(sizes.map({True: LARGEST_SIZE, False: LARGEST})).fillna(False)
    return pd.DataFrame({"column": "anzahl", "check": HUGE, "index": rows.index[above]})


def _is_measure(names: pd.Series) -> pd.Series:
    """Whether each name is lowercase ASCII snake_case; every distinct name is read once."""
    distinct = pd.Series(names.unique(), dtype="str")
    return names.isin(distinct[distinct.str.fullmatch(MEASURE_NAME)])


def _headers(column: str, cells: pd.DataFrame, table: Tabelle) -> pd.Series | np.ndarray:
    """The raw header, or the key of the params file, that each cell of a column came from."""
    if column in table.spalten and column != "anzahl":
        return np.full(len(cells), table.spalten[column], dtype=object)
    unpivoted = any(column in cell for cell in table.entpivotieren.values())
    if column == "anzahl" or unpivoted:
        return cells["_spalte"]
    return np.full(len(cells), f"konstanten.{column}", dtype=object)


def _year_advice(series: tuple[int, int]) -> tuple[str, str]:
    return (
        f"Das Jahr liegt außerhalb der Zeitreihe {series[0]} bis {series[1]}.",
        "Das Jahr berichtigen. Ist ein neues Jahr dazugekommen: «spm jahr» macht die Params-Datei "
        f"für {series[1] + 1}; die alte kennt es nicht. Sonst in der Params-Datei zeitreihe "
        "erweitern, oder für diese Tabelle jahre_ausserhalb: ignorieren setzen.",
    )
