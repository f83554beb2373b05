"""Which number is meant: by key, year and area, or by a permanent address of the report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from spm.errors import SpmError, nearest
from spm.published import GESAMT, NICHT_ZUORDENBAR

if TYPE_CHECKING:
    from spm.config.catalogue import Kennzahl
    from spm.report import Report

_ADDRESS = re.compile(r"(?:kennzahl|fig|tbl)-(.+)")
_PROFILE = re.compile(r"raum-(.+?)\.html$")
NOBODY = ("nz", "nicht zuordenbar", "ohne raum")


@dataclass(frozen=True)
class Question:
    """One row of the published data; ``instead`` says in whose place a group of areas stands."""

    kennzahl: str
    jahr: int
    raum: str
    gruppe: str | None = None
    instead: str = ""


def question(words: tuple[str, str, str], report: Report) -> Question:
    """Resolve what was asked.

    Parameters
    ----------
    words : key or address, year, area; "" where nothing is given: the reporting year, the whole
        municipality.

    Raises
    ------
    SpmError
        An unknown indicator, year or area: with the nearest known one.
    """
    what, year, area = (word.strip() for word in words)
    if "#" in what or "kennzahl=" in what:
        told = _of_address(what, report.catalogue)
        what, year, area = told[0], year or told[1], area or told[2]
    key = _key(what, report.catalogue)
    raum, group = _area(area, key, report)
    instead = ""
    pool = report.pools[key]
    for name, members in pool.groups.items():
        if raum in members:
            instead, raum = raum, name
    return Question(key, _year(year, key, report), raum, group, instead)


def _of_address(address: str, catalogue: Mapping[str, Kennzahl]) -> tuple[str, str, str]:
    """Key, year and area of ``atlas.html#kennzahl=…&jahr=…&raum=…`` and of ids of the report."""
    page, _, anchor = address.rpartition("#")
    if "kennzahl=" in anchor:
        parts = parse_qs(anchor)
        return parts["kennzahl"][0], parts.get("jahr", [""])[0], parts.get("raum", [""])[0]
    area = _PROFILE.search(page)
    match = _ADDRESS.fullmatch(anchor)
    told = match[1] if match else anchor
    fitting = [k for k in catalogue if (told + "-").startswith(k.replace("_", "-") + "-")]
    if not fitting:
        raise SpmError(
            f"Die Adresse «{address}» führt zu keiner einzelnen Kennzahl."
            + nearest(told.replace("-", "_"), catalogue),
            wo="erstes Wort hinter der Params-Datei",
            tun="Bitte die Kennzahl, das Jahr und den Raum nennen, oder eine Adresse wie "
            "«atlas.html#kennzahl=…&jahr=…&raum=…», «#kennzahl-…», «#fig-…» oder «#tbl-…-daten».",
        )
    return max(fitting, key=len), "", area[1] if area else ""


def _key(word: str, catalogue: Mapping[str, Kennzahl]) -> str:
    if word in catalogue:
        return word
    titles = {
        title.casefold(): key
        for key, entry in catalogue.items()
        for title in (entry.kurztitel, entry.titel)
    }
    if word.casefold() in titles:
        return titles[word.casefold()]
    raise SpmError(
        f"Es gibt keine Kennzahl «{word}».{nearest(word, catalogue)}",
        wo="erstes Wort hinter der Params-Datei",
        tun="Bitte die Kennung aus dem Kennzahlenset nennen.",
    )


def _year(word: str, key: str, report: Report) -> int:
    if not word:
        return report.params.bericht.berichtsjahr
    years = report.params.zeitreihe.years
    *_, last = re.split(r"[-–/]", word)
    if last.strip().isdigit() and int(last) in years:
        return int(last)
    raise SpmError(
        f"Das Jahr «{word}» gehört nicht zur Zeitreihe {years[0]} bis {years[-1]}.",
        wo="Jahr",
        tun="Bitte ein Jahr der Zeitreihe nennen; von zusammengefassten Jahren das letzte.",
    )


def _area(word: str, key: str, report: Report) -> tuple[str, str | None]:
    """Key of an area or group, or "gesamt" and a facility."""
    place = report.params.kommune.name
    if not word or word.casefold() in (GESAMT, "insgesamt", place.casefold()):
        return GESAMT, None
    if word.casefold() in NOBODY:
        return NICHT_ZUORDENBAR, None
    pool = report.pools[key]
    known = {str(raum): str(raum) for raum in report.areas["raum"]}
    for column in ("geometriename", "name"):
        known |= {
            str(name).casefold(): str(raum)
            for raum, name in zip(report.areas["raum"], report.areas[column], strict=True)
        }
    known |= {name.casefold(): name for name in pool.groups}
    if word in known or word.casefold() in known:
        return known.get(word) or known[word.casefold()], None
    frame = report.published
    facilities = sorted({g for g in frame.loc[frame.kennzahl == key, "gruppe"].dropna()})
    for name in facilities:
        if word.casefold() in (name.casefold(), name.partition(": ")[2].casefold()):
            return GESAMT, name
    names = [*report.areas["raum"], *report.areas["name"], *pool.groups, *facilities, place]
    raise SpmError(
        f"Es gibt keinen Raum «{word}».{nearest(word, names)}",
        wo="Raum",
        tun=f"Bitte Schlüssel oder Namen des Raums nennen, oder «{GESAMT}».",
    )
