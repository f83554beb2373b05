"""Write the template of every office: ``spm vorlagen``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from spm.config.counting import Zaehlen
from spm.errors import SpmError, nearest
from spm.offices.names import offices
from spm.release.replacing import replacing

if TYPE_CHECKING:
    from spm.config.params import Params
    from spm.offices.sheets import Sheet

FOLDER = "vorlagen"
"""In ``data/processed/<slug>/``."""


@dataclass
class Written:
    """What was written.

    Parameters
    ----------
    files : by office the workbook.
    sheets : by office its sheets.
    kept : workbooks that are there already and differ: somebody may have filled them in.
    refused : tables that cannot be templates, and why.
    """

    files: dict[str, Path] = field(default_factory=dict)
    sheets: dict[str, list[Sheet]] = field(default_factory=dict)
    kept: list[Path] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def write_templates(
    params: Params, years: Collection[int] = (), only: Collection[str] = ()
) -> Written:
    """Write one workbook for every office that delivers.

    Groups are those that an office has delivered until now; of one that has not delivered yet,
    those that its mapping names or that indicators need.

    Parameters
    ----------
    years : that are asked for; none: all of the series.
    only : offices; none: all.

    Raises
    ------
    SpmError
        Areas or catalogue are wrong; a year outside of the series; an office that does not deliver.
    """
    from spm.areas.divisions import load_divisions
    from spm.areas.today import load_areas
    from spm.config.catalogue import load_catalogue
    from spm.deliveries.pipeline import read_delivery
    from spm.offices.explanation import lines
    from spm.offices.places import Places
    from spm.offices.sheets import Planner
    from spm.offices.workbook import workbook

    asked = _years(params, years)
    wanted = _offices(params, only)
    catalogue = load_catalogue(params)
    areas = load_areas(params)
    earlier = load_divisions(params, areas)
    places = Places(areas, earlier)
    folder = params.processed / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    done = Written()
    for office, (name, keys) in wanted.items():
        planner = Planner(places, asked, catalogue)
        sheets = [
            sheet
            for key in keys
            for sheet in planner.of_delivery(
                key, params.lieferungen[key], read_delivery(key, params, areas, earlier)
            )
        ]
        done.refused += planner.refused
        if not sheets:
            continue
        year = f"-{asked[0]}" if years and len(asked) == 1 else ""
        path = folder / f"{name}{year}.xlsx"
        explained = lines(params, office, sheets, asked, catalogue)
        content = workbook(params, sheets, explained)
        done.sheets[office] = sheets
        if path.exists() and path.read_bytes() != content:
            done.kept.append(path)
            continue
        with replacing(path) as half:
            half.write_bytes(content)
        done.files[office] = path
    return done


def _years(params: Params, years: Collection[int]) -> list[int]:
    series = params.zeitreihe.years
    for year in years:
        if year not in series:
            raise SpmError(
                f"Das Jahr {year} liegt nicht in der Zeitreihe {series[0]} bis {series[-1]}.",
                wo="--jahr",
                tun="Ein Jahr der Zeitreihe nennen, oder mit «spm jahr» die Params-Datei des "
                "nächsten Jahres anlegen.",
            )
    return sorted(set(years)) or series


def _offices(params: Params, only: Collection[str]) -> dict[str, tuple[str, list[str]]]:
    every = offices(params)
    for office in only:
        if office not in every:
            raise SpmError(
                f"Die Stelle «{office}» liefert nicht.{nearest(office, every)}",
                wo="--stelle",
                tun="Den Namen so schreiben, wie er in der Params-Datei unter stelle steht.",
            )
    return {office: every[office] for office in every if not only or office in only}


def told(
    done: Written, params: Params, shown: Sequence[str], years: Collection[int] = ()
) -> list[str]:
    """What was written, what could not be, and what to write into the params file, as lines.

    Parameters
    ----------
    shown : the paths of ``done.files`` as a user would type them.
    years : as of `write_templates`.
    """
    found = [f"Vorlage: {path}  ({office})" for office, path in zip(done.files, shown, strict=True)]
    found += [
        f"Nicht ersetzt, weil schon verändert oder aus einem früheren Lauf: {path.name} (bitte "
        "umbenennen oder löschen und den Aufruf wiederholen)"
        for path in done.kept
    ]
    found += [f"Keine Vorlage: {where} ({why})" for where, why in done.refused]
    if done.files:
        folder = f"{params.datenordner}{f'/{params.slug}' if _shared(params) else ''}"
        found.append(
            f"Ausgefüllt zurück? Die Dateien in den Datenordner legen ({folder}) und so unter "
            "lieferungen eintragen, an Stelle der bisherigen Tabellen der Lieferung, oder dazu:"
        )
        for office in done.files:
            found += [f"  {line}" for line in entry(done, params, office, years).splitlines()]
    return found


def _shared(params: Params) -> bool:
    """Whether its params file is that of other municipalities as well: each has its own files."""
    return params.file != params.path


def entry(done: Written, params: Params, office: str, years: Collection[int]) -> str:
    """How the deliveries of an office name their template in the params file.

    Parameters
    ----------
    years : that were asked for; of a single one, those of other years have files of their own.
    """
    name = done.files[office].name
    if len(years) == 1:
        name = name.replace(f"-{next(iter(years))}.xlsx", "-{jahr}.xlsx")
    if _shared(params):
        name = f"{{kommune}}/{name}"
    lines = []
    for key in dict.fromkeys(sheet.delivery for sheet in done.sheets[office]):
        own = [sheet for sheet in done.sheets[office] if sheet.delivery == key]
        groups = [group for sheet in own for meant in sheet.meaning.values() for group in meant]
        lists = [sheet.mapping["zaehlen"] for sheet in own if not sheet.numbers]
        counted = {name for list_ in lists for name in Zaehlen.model_validate(list_).measures}
        measures = {group.merkmal for group in groups} | counted
        lines += [
            f"{key}:",
            f"  merkmale: [{', '.join(sorted(measures))}]",
            "  tabellen:",
            f'    - {{datei: "{name}", vorlage: ja}}',
        ]
    return "\n".join(lines)
