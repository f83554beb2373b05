"""What published rows look like, checked before they get their certificate.

From then on the certificate's digest stands for it: `spm.release.gate` lets nothing pass but the
very bytes that were checked. To load pandera takes a second, which no chapter need wait for.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spm.errors import SpmError
from spm.published import COLUMNS, KLASSEN, MAY_BE_EMPTY, NUMBERS, OK, STATEMENTS, STATUS

if TYPE_CHECKING:
    import pandas as pd


def check_published(frame: pd.DataFrame, path: Path) -> None:
    """Refuse rows that are not what `spm.published` says.

    Parameters
    ----------
    frame : the rows of ``published.parquet``.
    path : the file that they are to be written to, for the message.

    Raises
    ------
    SpmError
        A column is missing, holds another kind of data, an unknown status or class, or is empty
        where it must not be; or a row that is not "ok" carries a number: that one would show what
        must not be shown.
    """
    from pandera.errors import SchemaErrors

    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise _impossible(f"Den aufbereiteten Daten fehlt die Spalte «{missing[0]}».", path)
    try:
        _schema().validate(frame, lazy=True)
    except SchemaErrors as e:
        column = next(str(name) for name in e.failure_cases["column"])
        was = f"Die aufbereiteten Daten haben in der Spalte «{column}» unmögliche Werte."
        raise _impossible(was, path) from None
    told = [*NUMBERS, *STATEMENTS]
    hidden = frame.loc[frame["status"] != OK, told].notna().any()
    if hidden.any():
        was = f"Die aufbereiteten Daten nennen in der Spalte «{hidden.idxmax()}» gesperrte Werte."
        raise _impossible(was, path)


@cache
def _schema() -> Any:
    import pandera.pandas as pa
    from pandas.api import types

    kinds = {
        str: lambda s: types.is_object_dtype(s) or types.is_string_dtype(s),
        int: types.is_integer_dtype,
        float: types.is_float_dtype,
        bool: types.is_bool_dtype,
    }
    words = {"status": list(STATUS), "klasse": list(KLASSEN)}
    columns = {}
    for name, kind in COLUMNS.items():
        # The kind, not the exact dtype: libraries keep texts in several.
        checks = [pa.Check(kinds[kind], name=kind.__name__)]
        if name in words:
            checks.append(pa.Check.isin(words[name]))
        columns[name] = pa.Column(None, checks, nullable=name in MAY_BE_EMPTY)
    return pa.DataFrameSchema(columns)


def _impossible(was: str, path: Path) -> SpmError:
    return SpmError(
        was,
        wo=str(path),
        tun="Das ist ein Fehler von SPM: Es wurde nichts veröffentlicht. Bitte melden.",
    )
