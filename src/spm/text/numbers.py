"""German numbers and dates, without the process locale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

LOCALE = "de"
NBSP = "\u00a0"
MINUS = "\u2212"
EN_DASH = "–"

_WORDS: tuple[str, ...] = ("null", "eins", "zwei", "drei", "vier", "fünf", "sechs")
_WORDS += ("sieben", "acht", "neun", "zehn", "elf", "zwölf")


def round_half_away(x: float, decimals: int = 0) -> Decimal:
    """Round half away from zero, as German offices do; never minus zero.

    Everything that is compared in words (highest, ties, classes of a map) is compared after this
    rounding, so that a text never contradicts the numbers printed beside it.
    """
    exact = Decimal(repr(float(x))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return abs(exact) if exact == 0 else exact


def format_number(x: float, decimals: int = 0, *, signed: bool = False) -> str:
    """Format a number: ``zahl(1234) == "1.234"``, ``zahl(-2.5, 1) == "−2,5"``.

    Parameters
    ----------
    decimals : decimals, always shown.
    signed : also show the sign of a positive number.
    """
    value = round_half_away(x, decimals)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    digits = format_decimal(abs(value), format=pattern, locale=LOCALE)
    if value < 0:
        return MINUS + digits
    return "+" + digits if signed and value > 0 else digits


def format_value(x: float, unit: str, decimals: int, *, signed: bool = False) -> str:
    """Format a number with its unit: ``wert(15.661, "%", 2) == "15,66 %"`` (no-break space)."""
    return _with_unit(format_number(x, decimals, signed=signed), unit)


def format_interval(
    start: float, end: float, unit: str, decimals: int, *, signed: bool = False
) -> str:
    """Format an interval: ``"14,7–16,6 %"``; with "bis" where a sign would be misread."""
    between = f" bis{NBSP}" if signed or min(start, end) < 0 else EN_DASH
    low, high = (format_number(x, decimals, signed=signed) for x in (start, end))
    return _with_unit(f"{low}{between}{high}", unit)


def _with_unit(number: str, unit: str) -> str:
    return f"{number}{NBSP}{unit.replace(' ', NBSP)}" if unit else number


def number_word(n: int) -> str:
    """A whole number as a word up to twelve, then in digits: ``"sieben"``, ``"13"``."""
    return _WORDS[n] if 0 <= n < len(_WORDS) else format_number(n)


def join_words(parts: Sequence[str]) -> str:
    """Join words: ``"A, B und C"``."""
    return " und ".join(filter(None, (", ".join(parts[:-1]), parts[-1]))) if parts else ""


def format_years(years: Sequence[int]) -> str:
    """Name ascending years, runs shortened: ``"2018–2020, 2022 und 2023"``."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    parts = []
    for run in runs:
        if len(run) > 2:
            parts.append(f"{run[0]}{EN_DASH}{run[-1]}")
        else:
            parts += [str(year) for year in run]
    return join_words(parts)


def date_in_words(day: date) -> str:
    """A date in words: ``"30. September 2024"``."""
    return format_date(day, "d. MMMM y", locale=LOCALE)
