"""Which published numbers differ between two reports, and why they do as far as the data tell.

A number that the older report shows and the newer one hides is never repeated: the list and the
note made from it may be published.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from spm.diff.finished import KEYS, NUMBERS, OPTIONAL, Finished
from spm.published import GESPERRT, NICHT_BERECHENBAR, NICHT_GELIEFERT, OK

KORRIGIERT = "korrigiert"
UMGESTELLT = "anders zusammengefasst"
ANDERE_GRENZEN = "andere Grenzen"
INTERVALL = "nur Intervall oder Glättung anders"
EINORDNUNG = "nur Einordnung anders"
JETZT_GESPERRT = "war veröffentlicht, jetzt gesperrt"
NICHT_MEHR_BERECHENBAR = "war veröffentlicht, jetzt nicht berechenbar"
FEHLT_JETZT = "war veröffentlicht, fehlt jetzt"
FREIGEGEBEN = "war gesperrt, jetzt veröffentlicht"
NACHGELIEFERT = "nachgeliefert"
NEUES_JAHR = "neues Jahr"
NEU_GESPERRT = "neu, aber gesperrt"
NEUE_KENNZAHL = "neue Kennzahl"
NEUER_RAUM = "neuer Raum"
OHNE_KENNZAHL = "Kennzahl entfallen"
OHNE_RAUM = "Raum entfallen"
VOR_DER_REIHE = "Jahr nicht mehr in der Zeitreihe"
ANDERER_GRUND = "weiter ohne Zahl, aus anderem Grund"

VERBORGEN = (
    UMGESTELLT,
    ANDERE_GRENZEN,
    JETZT_GESPERRT,
    NICHT_MEHR_BERECHENBAR,
    FEHLT_JETZT,
    OHNE_KENNZAHL,
    OHNE_RAUM,
)
"""The newer report no longer shows the older number, in this form or at all: it is not repeated.

Years and areas are often pooled because single ones have to be suppressed; and two outlines of one
area tell about the piece between them.
"""

ARTEN = (
    KORRIGIERT,
    UMGESTELLT,
    ANDERE_GRENZEN,
    JETZT_GESPERRT,
    NICHT_MEHR_BERECHENBAR,
    FEHLT_JETZT,
    FREIGEGEBEN,
    NACHGELIEFERT,
    EINORDNUNG,
    INTERVALL,
    NEUES_JAHR,
    NEU_GESPERRT,
    NEUE_KENNZAHL,
    NEUER_RAUM,
    OHNE_KENNZAHL,
    OHNE_RAUM,
    VOR_DER_REIHE,
    ANDERER_GRUND,
)
"""In the order in which they are told."""

SAME = 1e-9
"""Relative difference up to which two numbers are the same: what two machines may compute."""

COUNTED = ("zaehler", "abzueglich", "nenner", "wert")


class Published(NamedTuple):
    """A published number; every one is None unless ``status`` is "ok"."""

    status: str
    klasse: str | None
    zaehler: float | None
    nenner: float | None
    wert: float | None
    ki_unten: float | None
    ki_oben: float | None
    abzueglich: float | None
    geglaettet: float | None

    @property
    def ok(self) -> bool:
        """Whether there is a number."""
        return self.status == OK and self.wert is not None


class Number(NamedTuple):
    """One difference. ``old`` and ``new`` are None where there is nothing to be told."""

    kennzahl: str
    jahr: int
    raum: str
    art: str
    old: Published | None
    new: Published | None

    @property
    def other_class(self) -> bool:
        """Whether the comparison with the other areas says something else than before."""
        if self.old is None or self.new is None:
            return False
        return self.old.klasse != self.new.klasse


def changed_numbers(old: Finished, new: Finished, redrawn: Collection[str] = ()) -> list[Number]:
    """Every difference, in the order of the newer report; what it no longer has comes last.

    Parameters
    ----------
    redrawn : keys of areas that have other outlines now.
    """
    before, after = _rows(old), _rows(new)
    found = _Context(old, new, before, after, redrawn)
    keys = [*after, *(key for key in before if key not in after)]
    return [number for key in keys for number in found.differences(key)]


def _rows(report: Finished) -> dict[tuple[str, int, str], Published]:
    frame = report.values
    numbers = frame[[*NUMBERS, *OPTIONAL]].astype(float).to_dict("records")
    rows = {}
    for key, status, klasse, cells in zip(
        frame[KEYS].itertuples(index=False, name=None),
        frame["status"],
        frame["klasse"],
        numbers,
        strict=True,
    ):
        shown = status == OK
        rows[str(key[0]), int(key[1]), str(key[2])] = Published(
            status=str(status),
            klasse=klasse if shown and isinstance(klasse, str) else None,
            **{column: None if not shown or math.isnan(x) else x for column, x in cells.items()},
        )
    return rows


class _Context:
    """What the kind of a difference depends on."""

    def __init__(
        self,
        old: Finished,
        new: Finished,
        before: Mapping,
        after: Mapping,
        redrawn: Collection[str],
    ) -> None:
        self.old, self.new, self.before, self.after = old, new, before, after
        groups = {k: set(row.get("besteht_aus", "").split(" | ")) for k, row in new.areas.items()}
        self.redrawn = {*redrawn, *(k for k in groups if groups[k] & set(redrawn))}
        self.old_keys, self.new_keys = ({key for key, _, _ in rows} for rows in (before, after))
        self.old_areas, self.new_areas = (
            {(key, raum) for key, _, raum in rows} for rows in (before, after)
        )

    def differences(self, key: tuple[str, int, str]) -> Iterator[Number]:
        a, b = self.before.get(key), self.after.get(key)
        if a and a.ok and b and b.ok:
            art = self._of_two(key, a, b)
            if art:
                yield _number(key, art, None if art in VERBORGEN else a, b)
        elif b and b.ok:
            yield _number(key, self._appeared(key, a), new=b)
        elif a and a.ok:
            yield _number(key, self._vanished(key, b))
        elif b and b.status == GESPERRT and (a is None or a.status == NICHT_GELIEFERT):
            yield _number(key, NEU_GESPERRT)
        elif a and b and a.status != b.status:
            yield _number(key, ANDERER_GRUND)

    def _of_two(self, key: tuple[str, int, str], a: Published, b: Published) -> str:
        kennzahl, _, raum = key
        if any(_differ(getattr(a, name), getattr(b, name)) for name in COUNTED):
            if _pool(self.old, kennzahl) != _pool(self.new, kennzahl):
                return UMGESTELLT
            return ANDERE_GRENZEN if raum in self.redrawn else KORRIGIERT
        if a.klasse != b.klasse:
            return EINORDNUNG
        rest = ("ki_unten", "ki_oben", "geglaettet")
        return INTERVALL if any(_differ(getattr(a, n), getattr(b, n)) for n in rest) else ""

    def _appeared(self, key: tuple[str, int, str], a: Published | None) -> str:
        kennzahl, year, raum = key
        if a and a.status not in (NICHT_GELIEFERT, NICHT_BERECHENBAR):
            return FREIGEGEBEN
        if kennzahl not in self.old_keys:
            return NEUE_KENNZAHL
        if (kennzahl, raum) not in self.old_areas:
            return NEUER_RAUM
        return NEUES_JAHR if year > self.old.reporting_year else NACHGELIEFERT

    def _vanished(self, key: tuple[str, int, str], b: Published | None) -> str:
        kennzahl, year, raum = key
        if b and b.status == NICHT_BERECHENBAR:
            return NICHT_MEHR_BERECHENBAR
        if b and b.status != NICHT_GELIEFERT:
            return JETZT_GESPERRT
        if kennzahl not in self.new_keys:
            return OHNE_KENNZAHL
        if (kennzahl, raum) not in self.new_areas:
            return OHNE_RAUM
        return VOR_DER_REIHE if b is None and year < self.new.first_year else FEHLT_JETZT


def _number(
    key: tuple[str, int, str], art: str, old: Published | None = None, new: Published | None = None
) -> Number:
    kennzahl, year, raum = key
    return Number(kennzahl=kennzahl, jahr=year, raum=raum, art=art, old=old, new=new)


def _pool(report: Finished, kennzahl: str) -> object:
    """How an indicator is pooled: years, names of groups and what belongs to them."""
    section = report.rules.get("zusammenfassen")
    entry = section.get(kennzahl) if isinstance(section, dict) else None
    pool = {"jahre": 1, "raeume": []} | (entry if isinstance(entry, dict) else {})
    groups = (report.rules.get("raeume") or {}).get("gruppen")
    return pool, groups if pool["raeume"] else None


def _differ(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return (a is None) != (b is None)
    return not math.isclose(a, b, rel_tol=SAME, abs_tol=SAME)
