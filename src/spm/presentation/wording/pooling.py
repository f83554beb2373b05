"""How the text says that years or areas are counted together."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import daten
from spm.presentation.views import Sicht
from spm.presentation.wording.grammar import gross, mit_nummer
from spm.text.numbers import aufzaehlung, zahlwort

LONGEST = 70
"""Areas of groups are named as long as their names take no more letters than this."""


def im_zeitraum(sicht: Sicht, jahr: int | None = None) -> str:
    """``"im Jahr 2023"``, ``"im Zeitraum 2021 bis 2023"``."""
    return f"im {_when(sicht, jahr)}"


def fuer_zeitraum(sicht: Sicht, jahr: int | None = None) -> str:
    """``"für das Jahr 2023"``, ``"für den Zeitraum 2021 bis 2023"``."""
    return f"für {'das' if sicht.fenster == 1 else 'den'} {_when(sicht, jahr)}"


def _when(sicht: Sicht, jahr: int | None) -> str:
    jahr = sicht.jahr if jahr is None else jahr
    if sicht.fenster == 1:
        return f"Jahr {jahr}"
    return f"Zeitraum {von_bis(sicht, jahr)}"


def von_bis(sicht: Sicht, jahr: int) -> str:
    """``"2021 bis 2023"``, of two years too: after the word "Zeitraum"."""
    return f"{jahr - sicht.fenster + 1} bis {jahr}"


def je_jahre(sicht: Sicht) -> str:
    """``"drei Jahre"``: how many are counted together."""
    return f"{zahlwort(sicht.fenster)} Jahre"


def unterschrift(sicht: Sicht) -> str:
    """The reporting year in a caption, or ``"2021 bis 2023 zusammengefasst"``."""
    return _together(sicht, sicht.zeitraum, f"{sicht.zeitraum} zusammengefasst")


def unterschrift_reihe(sicht: Sicht, years: Sequence[int]) -> str:
    """All years of a time series: ``"2018 bis 2023, je drei Jahre zusammengefasst"``.

    Parameters
    ----------
    years : those with a value.
    """
    if not years:
        return ""
    ends = dict.fromkeys((years[0] - sicht.fenster + 1, years[-1]))
    span = " bis ".join(map(str, ends))
    return _together(sicht, span, f"{span}, je {je_jahre(sicht)} zusammengefasst")


def _together(sicht: Sicht, years: str, pooled: str) -> str:
    if not sicht.gruppen:
        return pooled if sicht.fenster > 1 else years
    areas = zusammengefasste(sicht)
    if sicht.fenster > 1:
        return f"{pooled}, ebenso {areas}"
    return f"{years}, {areas} {'jeweils ' if len(sicht.gruppen) > 1 else ''}zusammengefasst"


def zusammengefasste(sicht: Sicht) -> str:
    """The areas that are counted together, group by group, or that there are some.

    ``"Sozialraum 2 und Sozialraum 5"``; of two groups ``"A und B sowie C und D"``.
    """
    groups = sicht.gruppen.values()
    if sum(len(name) for names in groups for name in names) > LONGEST:
        return f"einige {daten(sicht.ort.mehrzahl)}"
    return " sowie ".join(aufzaehlung([mit_nummer(name) for name in names]) for names in groups)


def hinweis(sicht: Sicht) -> str:
    """The sentence that tells what is counted together, and what for; empty if nothing is."""
    what = [f"die Zahlen der Jahre {sicht.zeitraum}"] if sicht.fenster > 1 else []
    what += [zusammengefasste(sicht)] if sicht.gruppen else []
    if not what:
        return ""
    text = ", ebenso ".join([f"{what[0]} zusammengefasst", *what[1:]])
    return f"Damit mehr Werte gezeigt werden können, sind {text}."


def punkte(sicht: Sicht) -> str:
    """What a point of a time series stands for; empty if for one year."""
    n = sicht.fenster
    if n == 1:
        return ""
    which, shared = ("zweite", "ein Jahr") if n == 2 else ("letzte", f"{zahlwort(n - 1)} Jahre")
    return (
        f"Jeder Punkt fasst {je_jahre(sicht)} zusammen; die Jahreszahl nennt das {which}. "
        f"Benachbarte Punkte haben {shared} gemeinsam."
    )


def definition(sicht: Sicht) -> str:
    """How the indicator is pooled, for the page that defines all of them; empty if it is not."""
    parts = []
    if sicht.fenster > 1:
        parts.append(
            f"Je {je_jahre(sicht)} sind zusammengefasst: Die Anzahlen der einzelnen Jahre werden "
            "addiert, bevor der Wert berechnet wird; wer in mehreren dieser Jahre gezählt wurde, "
            "zählt mehrfach."
        )
    if sicht.gruppen:
        areas = zusammengefasste(sicht)
        parts.append(f"{gross(areas)} sind zusammengefasst: Ihre Anzahlen werden addiert.")
    return " ".join(parts)
