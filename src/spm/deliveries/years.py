"""The texts of the column of years: which year each means, and which day of it."""

from collections.abc import Callable, Iterable

import numpy as np

from spm.config.tables import Tabelle
from spm.deliveries.findings import HINWEIS, Finding, Source
from spm.rawfiles.cells import BadValue, refuse_foreign_digits
from spm.rawfiles.grid import Grid
from spm.text.times import (
    JAHR,
    MONAT,
    SCHULJAHR,
    TAG,
    Time,
    find_time,
    has_two_meanings,
    parse_day_of_year,
    parse_time,
    same_part,
)

EVENTS = 2
"""A list of persons with more days in a year holds dates of events, not reference dates."""


def reader(table: Tabelle) -> Callable[[str], int]:
    """Make the reader of a table's years.

    Returns
    -------
    function
        text -> year. A reference date counts for its year, a school year for the one that
        ``schuljahr`` says, a month or quarter only if ``zeitpunkt`` chooses it.
    """

    def read(text: str) -> int:
        refuse_foreign_digits(text)
        time = parse_time(text)
        if time is None:
            raise BadValue(
                "Das ist keine Jahreszahl.",
                "Eine vierstellige Jahreszahl eintragen oder den Wert unter werte.jahr zuordnen.",
            )
        if has_two_meanings(text) and not (table.zeitpunkt or table.schuljahr):
            raise BadValue(
                f"Die Angabe ist mehrdeutig: {time.within_year} {time.jahr} oder das Schuljahr "
                f"{time.jahr}/{(time.jahr + 1) % 100:02d}?",
                "Unter werte.jahr zuordnen, oder schuljahr: beginn (oder ende) eintragen.",
            )
        if time.art == SCHULJAHR or (has_two_meanings(text) and table.schuljahr):
            if table.schuljahr is None:
                raise BadValue(
                    f"Das ist ein Schul- oder Kitajahr: Zählt es als {time.jahr} oder als "
                    f"{time.jahr + 1}?",
                    "In der Params-Datei für diese Tabelle schuljahr: beginn oder schuljahr: ende "
                    "eintragen.",
                )
            return time.jahr + (table.schuljahr == "ende")
        if time.art not in (JAHR, TAG) and table.zeitpunkt is None:
            raise BadValue(
                f"Das ist kein Jahr, sondern ein Teil davon ({time.within_year} {time.jahr}).",
                f"Einen Zeitpunkt je Jahr wählen, zum Beispiel zeitpunkt: {time.within_year}, die "
                "Werte unter werte.jahr zuordnen oder Jahreswerte liefern lassen.",
            )
        return time.jahr

    return read


def chosen(table: Tabelle, texts: np.ndarray) -> np.ndarray:
    """Whether each text is a year or the part of one that ``zeitpunkt`` chooses."""
    wanted = parse_day_of_year(table.zeitpunkt or "")
    assert wanted is not None  # `Tabelle` has checked it
    keep = {}
    for text in set(texts):
        time = parse_time(text)
        keep[text] = time is None or time.art in (JAHR, SCHULJAHR) or same_part(time, wanted)
    return np.array([keep[text] for text in texts], dtype=bool)


def reference_dates(grid: Grid, table: Tabelle, source: Source, declared: str) -> list[Finding]:
    """Note reference dates that differ from each other, or from that of the delivery.

    Parameters
    ----------
    declared : ``stichtag`` of the delivery, "" if it has none.
    """
    header = table.spalten.get("jahr", "")
    name = grid.find(header) if header else None
    texts, rows = (grid.texts(name), grid.rows) if name else (np.array([]), grid.rows)
    times = {text: time for text in set(texts) if (time := parse_time(text))}
    dates = {time for time in times.values() if time.art in (TAG, MONAT)}
    fixed = [c.get("jahr", "") for c in (table.konstanten, *table.entpivotieren.values())]
    dates |= {time for text in fixed if (time := parse_time(text)) and time.art in (TAG, MONAT)}
    if not name:
        dates |= {
            time._replace(jahr=int(year))
            for head, cell in table.entpivotieren.items()
            if (year := cell.get("jahr", "")).isdigit()
            and (time := find_time(head))
            and time.art in (TAG, MONAT)
        }
    by_year: dict[int, set[str]] = {}
    for time in dates:
        by_year.setdefault(time.jahr, set()).add(time.within_year)
    several = {year: days for year, days in by_year.items() if len(days) > 1}
    if not dates or (table.zaehlen and any(len(days) > EVENTS for days in by_year.values())):
        return []
    plain = {time.jahr for time in times.values() if time.art == JAHR} - set(by_year)
    official = parse_day_of_year(declared)
    days = {time.within_year for time in dates}
    agreed = official is not None and all(same_part(time, official) for time in dates)
    if agreed or (len(days) == 1 and official is None and not plain):
        return []
    told = "; ".join(f"{_span(years)} am {day}" for day, years in _days(dates))
    told += f"; {_span(plain)} ohne Tag" if plain else ""
    strange = {t for t in dates if official is None or not same_part(t, official)}
    where = [row for row, text in zip(rows, texts, strict=False) if times.get(text) in strange]
    was = f"Die Stichtage passen nicht zusammen: gezählt ist {told}"
    was += f"; als stichtag der Lieferung steht «{declared}»." if official else "."
    was = was.replace("..", ".")
    if several:
        tun = "Ein Jahr braucht einen Stichtag: mit zeitpunkt den richtigen wählen."
    else:
        tun = (
            "Andere Stichtage sind nicht vergleichbar: die richtigen Zahlen anfordern, oder "
            "stichtag der Lieferung berichtigen und die Abweichung im Text nennen."
        )
    return [source.finding(was, tun, zeilen=where, spalte=header, schwere=HINWEIS)]


def _days(dates: Iterable[Time]) -> list[tuple[str, set[int]]]:
    """The years of every day, the commonest day first."""
    days: dict[str, set[int]] = {}
    for time in sorted(dates):
        days.setdefault(time.within_year, set()).add(time.jahr)
    return sorted(days.items(), key=lambda one: (-len(one[1]), one[0]))


def _span(years: Iterable[int]) -> str:
    """Years in words: "2018 bis 2021 und 2023"."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    words = [str(r[0]) if len(r) == 1 else f"{r[0]} bis {r[-1]}" for r in runs]
    return " und ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
