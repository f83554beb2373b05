"""Whether ``synthese.index`` and ``synthese.status`` fit the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from spm.config.composite import DOMAENEN, Gebietsstand, Index
from spm.errors import SpmError, nearest

if TYPE_CHECKING:
    from spm.config.indicator import Kennzahl
    from spm.config.params import Params

UNJUDGED = "neutral"


def domains_of(index: Index, catalogue: Mapping[str, Kennzahl]) -> dict[str, list[str]]:
    """Indicators of every domain: as the params file says, else by ``domaene`` of the catalogue.

    Returns
    -------
    dict
        Domain -> ids, in the order of the params file, or of `DOMAENEN` and the catalogue; of the
        latter all domains, also those without an indicator, if any has one.
    """
    if index.domaenen:
        return dict(index.domaenen)
    found = {
        name: [key for key, entry in catalogue.items() if entry.domaene == name]
        for name in DOMAENEN
    }
    return found if any(found.values()) else {}


def status_indicators(status: Gebietsstand, catalogue: Mapping[str, Kennzahl]) -> list[str]:
    """Indicators of the status: those of the params file, else all with a ``domaene``."""
    return status.kennzahlen or [key for key, entry in catalogue.items() if entry.domaene]


def check_synthesis(params: Params, catalogue: Mapping[str, Kennzahl]) -> None:
    """Refuse sections that the catalogue, or the series, does not bear.

    Raises
    ------
    SpmError
        With file, line and key: an unknown indicator, one without direction, one of which there is
        only a number of people, one in two domains, a domain without indicators, a weight of an
        unknown domain or not above 0, years outside the series.
    """
    index, status = params.synthese.index, params.synthese.status
    if index is not None:
        _check_index(index, params, catalogue)
    if status is not None:
        _check_status(status, params, catalogue)


def _check_index(index: Index, params: Params, catalogue: Mapping[str, Kennzahl]) -> None:
    domains = domains_of(index, catalogue)
    if not domains:
        raise SpmError(
            "Der Index hat kein Themenfeld: Keine Kennzahl des Kennzahlensets nennt eine domaene.",
            wo=place(params, "synthese", "index"),
            tun="Bitte unter domaenen die Kennzahlen jedes Themenfelds nennen.",
        )
    seen: dict[str, str] = {}
    for name, ids in index.domaenen.items():
        at = ("synthese", "index", "domaenen", name)
        if not ids:
            raise SpmError(
                f"Das Themenfeld «{name}» hat keine Kennzahl.",
                wo=place(params, *at),
                tun="Bitte mindestens eine Kennung nennen oder das Themenfeld löschen.",
            )
        _check_indicators(ids, at, params, catalogue)
        for position, key in enumerate(ids):
            if key in seen:
                raise SpmError(
                    f"Die Kennzahl «{key}» steht in zwei Themenfeldern: «{seen[key]}» und "
                    f"«{name}».",
                    wo=place(params, *at, position),
                    tun="Bitte nur in einem der beiden nennen; sonst zählt sie doppelt.",
                )
            seen[key] = name
    for name, weight in index.gewichte.items():
        at = ("synthese", "index", "gewichte", name)
        if name not in domains:
            raise SpmError(
                f"Es gibt kein Themenfeld «{name}», das ein Gewicht haben könnte."
                f"{nearest(name, domains)}",
                wo=place(params, *at),
                tun="Bitte den Namen berichtigen oder das Gewicht löschen.",
            )
        if weight <= 0:
            raise SpmError(
                f"Das Gewicht von «{name}» ist {weight:g}.",
                wo=place(params, *at),
                tun="Bitte eine Zahl über 0 nennen; ein Themenfeld ohne Gewicht unter domaenen "
                "weglassen.",
            )
    first, last = params.zeitreihe.von, params.bericht.berichtsjahr
    if index.basisjahr is not None and not first <= index.basisjahr < last:
        raise SpmError(
            f"Das Basisjahr {index.basisjahr} liegt nicht zwischen dem Beginn der Zeitreihe "
            f"({first}) und dem Jahr vor dem Berichtsjahr ({last - 1}).",
            wo=place(params, "synthese", "index", "basisjahr"),
            tun="Bitte ein früheres Jahr der Zeitreihe nennen oder basisjahr löschen.",
        )
    _check_population(index, "index", params, catalogue)


def _check_status(status: Gebietsstand, params: Params, catalogue: Mapping[str, Kennzahl]) -> None:
    at = ("synthese", "status")
    _check_indicators(status.kennzahlen, (*at, "kennzahlen"), params, catalogue)
    if not status_indicators(status, catalogue):
        raise SpmError(
            "Stand und Entwicklung haben keine Kennzahl: Keine des Kennzahlensets nennt eine "
            "domaene.",
            wo=place(params, *at),
            tun="Bitte unter kennzahlen die Kennungen nennen.",
        )
    first, last = params.zeitreihe.von, params.bericht.berichtsjahr
    if last - status.jahre < first:
        raise SpmError(
            f"Die Entwicklung über {status.jahre} Jahre bis {last} beginnt vor der Zeitreihe "
            f"({first}).",
            wo=place(params, *at, "jahre"),
            tun="Bitte weniger Jahre nennen oder die Zeitreihe früher beginnen lassen.",
        )
    _check_population(status, "status", params, catalogue)


def _check_indicators(
    ids: Iterable[str],
    at: tuple[str, ...],
    params: Params,
    catalogue: Mapping[str, Kennzahl],
) -> None:
    for position, key in enumerate(ids):
        if key not in catalogue:
            raise SpmError(
                f"Es gibt keine Kennzahl «{key}».{nearest(key, catalogue)}",
                wo=place(params, *at, position),
                tun="Bitte die Kennung aus dem Kennzahlenset nennen oder den Eintrag löschen.",
            )
        entry = catalogue[key]
        if entry.richtung == UNJUDGED:
            raise SpmError(
                f"Die Kennzahl «{key}» hat keine Richtung: Ob ein hoher Wert Belastung heißt, "
                "sagt das Kennzahlenset nicht.",
                wo=place(params, *at, position),
                tun="Bitte eine Kennzahl mit richtung belastend oder entlastend nennen.",
            )
        if entry.art == "anzahl":
            raise SpmError(
                f"Die Kennzahl «{key}» ist eine Anzahl: Große Räume haben immer mehr.",
                wo=place(params, *at, position),
                tun="Bitte einen Anteil oder eine Rate nennen.",
            )


def _check_population(
    section: Index | Gebietsstand, name: str, params: Params, catalogue: Mapping[str, Kennzahl]
) -> None:
    if not section.mindestbevoelkerung:
        return
    entry = catalogue.get(section.bevoelkerung)
    counts = [key for key, known in catalogue.items() if known.art == "anzahl"]
    if entry is None or entry.art != "anzahl":
        raise SpmError(
            f"«{section.bevoelkerung}» ist keine Kennzahl, die Menschen zählt."
            f"{nearest(section.bevoelkerung, counts)}",
            wo=place(params, "synthese", name, "bevoelkerung"),
            tun="Bitte die Kennung einer Kennzahl der Art anzahl nennen.",
        )


def place(params: Params, *at: str | int) -> str:
    """Where a key of the params file stands: file, line and key."""
    lines = params.lines
    row = next((lines[at[:n]] for n in range(len(at), 0, -1) if at[:n] in lines), None)
    key = ".".join(str(part) for part in at if isinstance(part, str))
    return f"{params.path}, {f'Zeile {row}, ' if row else ''}{key}"
