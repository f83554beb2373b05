"""How the report says that values of earlier areas were moved onto today's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spm.presentation.blocks import daten
from spm.presentation.views import Sicht, Zeile
from spm.presentation.wording.grammar import anzahl, benannt
from spm.text.numbers import NBSP, aufzaehlung, jahre

ZEICHEN = "≈"
LEGENDE = "auf heutige Räume umgerechnet (geschätzt)"


def geschaetzte_jahre(sicht: Sicht, *raeume: str) -> list[int]:
    """Years in which at least one of the areas (default: any) shows an estimate."""
    keys = raeume or tuple(raum for raum, _ in sicht.raeume)
    return [y for y in sicht.jahre if any(sicht.zeile(raum, y).geschaetzt for raum in keys)]


def mit_zeichen(row: Zeile, text: str) -> str:
    """A value, with the sign of estimates before it if it is one: ``"≈ 12,3"``."""
    return f"{ZEICHEN}{NBSP}{text}" if row.geschaetzt else text


def erklaerung(rows: Iterable[Zeile]) -> str:
    """What the sign means; empty if none of the rows bears it."""
    return f"{ZEICHEN} {LEGENDE}" if any(row.geschaetzt for row in rows) else ""


def ringe(sicht: Sicht) -> str:
    """What rings in a time series mean; empty if there are none."""
    return f"Ringe, gestrichelt: {LEGENDE}." if geschaetzte_jahre(sicht) else ""


def welche_jahre(sicht: Sicht, years: Sequence[int]) -> str:
    """``"2018 und 2019"``, ``"2018 bis 2020"``; of pooled years ``"2018–2020 und 2019–2021"``."""
    if sicht.fenster == 1:
        return jahre(years)
    return aufzaehlung([sicht.kurze_jahre(year) for year in years])


def hinweis(sicht: Sicht) -> str:
    """The sentence on estimates among the values of the reporting year; empty if there are none."""
    rows = [row for row in sicht.areas if row.geschaetzt]
    if not rows:
        return ""
    whose = f"für {benannt(rows, sicht.ort, case='akk')}"
    if len(rows) == len(sicht.areas):
        whose = f"der {daten(sicht.ort.mehrzahl)}"
    one = len(rows) == 1 and not rows[0].mehrere
    what = f"Der Wert {whose} enthält" if one else f"Die Werte {whose} enthalten"
    return (
        f"{what} Zahlen aus Jahren mit anderen Grenzen. Sie sind auf die heutigen Grenzen "
        "umgerechnet und deshalb geschätzt."
    )


def fruehere_jahre(sicht: Sicht, compared: Sequence[int]) -> str:
    """The sentence on estimates in a time series; empty if there are none.

    Parameters
    ----------
    compared : estimated years on which a change rests that the text before tells of.
    """
    years = geschaetzte_jahre(sicht)
    if not years:
        return ""
    n = sum(bool(geschaetzte_jahre(sicht, raum)) for raum, _ in sicht.raeume)
    whose = f"von {anzahl(n, sicht.ort, case='dat')}"
    if n == len(sicht.raeume):
        whose = f"der {daten(sicht.ort.mehrzahl)}"
    when = welche_jahre(sicht, years)
    if set(years) & set(compared):
        return (
            "Diese Veränderungen beruhen zum Teil auf geschätzten Werten: Für "
            f"{when} sind die Werte {whose} auf die heutigen Grenzen umgerechnet."
        )
    return (
        f"Für {when} sind die Werte {whose} auf die heutigen Grenzen umgerechnet und deshalb "
        "geschätzt."
    )


def alttext(sicht: Sicht, years: Sequence[int]) -> str:
    """The same for alt texts: of a time series, or of the reporting year."""
    return f"{welche_jahre(sicht, years)} {LEGENDE}." if years else ""
