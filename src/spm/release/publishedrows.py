"""What published rows look like, checked before they get their certificate.

From then on the certificate's digest stands for it: `spm.release.gate` lets nothing pass but the
very bytes that were checked. To load pandera takes a second, which no chapter need wait for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spm.errors import SpmError
from spm.published import (
    AENDERUNG,
    AENDERUNGEN,
    COLUMNS,
    DEVELOPMENT_COLUMNS,
    FALLEND,
    KEIN_TREND,
    KLASSEN,
    MAY_BE_EMPTY,
    NUMBERS,
    OK,
    STATEMENTS,
    STATUS,
    STEIGEND,
    TREND,
)

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
    _check(frame, _rows(), path)
    told = [*NUMBERS, *STATEMENTS]
    hidden = frame.loc[frame["status"] != OK, told].notna().any()
    if hidden.any():
        was = f"Die aufbereiteten Daten nennen in der Spalte «{hidden.idxmax()}» gesperrte Werte."
        raise _impossible(was, path)


DIRECTIONS = {
    AENDERUNG: AENDERUNGEN,
    TREND: (STEIGEND, FALLEND, KEIN_TREND),
}
"""What a development may be said to do, by its kind."""


def check_development(frame: pd.DataFrame, path: Path) -> None:
    """Refuse changes and trends that are not what `spm.published` says.

    Parameters
    ----------
    frame : the rows of ``entwicklung.parquet``.
    path : as in `check_published`.

    Raises
    ------
    SpmError
        A column is missing, holds another kind of data, or says of a change what only a trend does;
        two rows tell of the same.
    """
    _check(frame, _developments(), path)
    for art, known in DIRECTIONS.items():
        if not frame.loc[frame["art"] == art, "richtung"].isin(known).all():
            raise _impossible(f"Eine Entwicklung der Art «{art}» hat eine andere Richtung.", path)
    twice = frame[frame.duplicated(["art", "kennzahl", "raum"])]
    if len(twice):
        raise _impossible(f"Zwei Entwicklungen sagen etwas zu «{twice['kennzahl'].iloc[0]}».", path)


def _check(frame: pd.DataFrame, schema: Any, path: Path) -> None:
    from pandera.errors import SchemaErrors

    missing = [name for name in schema.columns if name not in frame.columns]
    if missing:
        raise _impossible(f"Den aufbereiteten Daten fehlt die Spalte «{missing[0]}».", path)
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as e:
        column = next(str(name) for name in e.failure_cases["column"])
        was = f"Die aufbereiteten Daten haben in der Spalte «{column}» unmögliche Werte."
        raise _impossible(was, path) from None


@cache
def _rows() -> Any:
    return _schema(COLUMNS, MAY_BE_EMPTY, {"status": STATUS, "klasse": KLASSEN})


@cache
def _developments() -> Any:
    empty = {name for name, kind in DEVELOPMENT_COLUMNS.items() if kind is float}
    return _schema(DEVELOPMENT_COLUMNS, empty, {"art": (AENDERUNG, TREND)})


def _schema(
    known: Mapping[str, type], empty: Collection[str], words: Mapping[str, Sequence[str]]
) -> Any:
    """Columns, which of them may be empty, and the words that some of them may hold."""
    import pandera.pandas as pa
    from pandas.api import types

    kinds = {
        str: lambda s: types.is_object_dtype(s) or types.is_string_dtype(s),
        int: types.is_integer_dtype,
        float: types.is_float_dtype,
        bool: types.is_bool_dtype,
    }
    columns = {}
    for name, kind in known.items():
        # The kind, not the exact dtype: libraries keep texts in several.
        checks = [pa.Check(kinds[kind], name=kind.__name__)]
        if name in words:
            checks.append(pa.Check.isin(list(words[name])))
        columns[name] = pa.Column(None, checks, nullable=name in empty)
    return pa.DataFrameSchema(columns)


def _impossible(was: str, path: Path) -> SpmError:
    return SpmError(
        was,
        wo=str(path),
        tun="Das ist ein Fehler von SPM: Es wurde nichts veröffentlicht. Bitte melden.",
    )
