"""A finished report as its folder tells it: only what is published is read."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
from pandas.api.types import is_numeric_dtype

from spm.errors import SpmError
from spm.release.certificate import CERTIFICATE, DATASET, DEVELOPMENT
from spm.release.digest import sha256
from spm.release.manifest import MANIFEST
from spm.release.rules import told_rules
from spm.text.numbers import number_word

KEYS = ["kennzahl", "jahr", "raum"]
NUMBERS = ["zaehler", "nenner", "wert", "ki_unten", "ki_oben"]
OPTIONAL = ["abzueglich", "geglaettet"]
"""Numbers that the reports of an older SPM may lack."""

NEEDED = [*KEYS, "gruppe", *NUMBERS, "klasse", "status"]
SECTIONS = ("regeln", "eingaben", "vertraulich", "ausgaben", "spm")
MANIFEST_KEYS = ("ags", "kommune", "bericht", "datum", *SECTIONS)
SHARED = re.compile(r"^_quarto\.yml$|^notebooks/|^params/(kennzahlen|glossar)[^/]*\.yml$")
"""What the manifest of an older SPM names of files that all municipalities share."""

ADVICE = "Bitte den Ordner eines fertigen Berichts angeben, zum Beispiel report/musterstadt."
FETCH = "Bitte den Bericht unverändert aus der Ablage holen oder neu bauen."
REBUILD = "Bitte den Bericht neu bauen."


@dataclass(frozen=True)
class Finished:
    """A finished report.

    Parameters
    ----------
    values : the published rows (of areas, never of facilities), with the columns of ``NEEDED`` and
        ``OPTIONAL``.
    development : changes and trends; None if the folder does not hold them.
    """

    folder: Path
    manifest: dict[str, Any]
    values: pd.DataFrame
    development: pd.DataFrame | None

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name

    @property
    def day(self) -> date:
        """Date of the report."""
        return date.fromisoformat(self.manifest["datum"])

    @property
    def rules(self) -> dict[str, Any]:
        """The rules of its params file, as `spm.release.rules.told_rules` tells them."""
        return self.manifest["regeln"]

    @property
    def reporting_year(self) -> int:
        """The year that its maps and tables show."""
        return int(self.rules["bericht"]["berichtsjahr"])

    @property
    def first_year(self) -> int:
        """First year of the series."""
        return int(self.rules["zeitreihe"]["von"])

    @cached_property
    def indicators(self) -> dict[str, dict[str, str]]:
        """Definitions by indicator; empty if the report comes without open data."""
        return {row["kennzahl"]: row for row in self._table("kennzahlenset")}

    @cached_property
    def areas(self) -> dict[str, dict[str, str]]:
        """Name and kind of every area by key; likewise."""
        return {row["raum"]: row for row in self._table("raeume")}

    def _table(self, name: str) -> list[dict[str, str]]:
        path = self.folder / "html" / "daten" / f"{name}.csv"
        if not path.is_file():
            return []
        try:
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            key = {"kennzahlenset": "kennzahl", "raeume": "raum"}[name]
            return [row for row in rows if row.get(key)]
        except (OSError, ValueError, csv.Error):
            raise SpmError(
                "Eine Datei der offenen Daten ist nicht lesbar.", wo=str(path), tun=FETCH
            ) from None


def read_finished(path: Path) -> Finished:
    """Read a finished report.

    Parameters
    ----------
    path : its folder, or the manifest in it.

    Raises
    ------
    SpmError
        No finished report there, a file unreadable, or missing though the report itself names it,
        published data that are not those of its certificate, or of a format that lacks a column.
    """
    folder = path.parent if path.name == MANIFEST else path
    if not folder.is_dir():
        raise SpmError("Diesen Bericht gibt es nicht.", wo=str(path), tun=ADVICE)
    folder = folder.resolve()
    manifest = _manifest(folder)
    certified = _certificate(folder)
    if certified.get("bestanden") is not True:
        raise SpmError(
            "Die Daten des Berichts haben die Prüfung der Geheimhaltung nicht bestanden.",
            wo=str(folder / CERTIFICATE),
            tun=ADVICE,
        )
    values = _published(folder / DATASET, certified)
    developed = [DEVELOPMENT] if certified.get("entwicklung") else []
    _check_complete(folder, [*manifest["ausgaben"], *developed])
    development = None
    if (folder / DEVELOPMENT).is_file():
        development = _certified(folder / DEVELOPMENT, certified.get("entwicklung"))
        _check_columns(development, ["art", *KEYS[::2], "von", "bis", "richtung"], folder)
    return Finished(folder, manifest, values, development)


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.is_file():
        raise SpmError(
            f"In diesem Ordner liegt kein fertiger Bericht: {MANIFEST} fehlt.",
            wo=str(folder),
            tun=ADVICE,
        )
    content = _as_today(_json(path))
    missing = [key for key in MANIFEST_KEYS if key not in content]
    missing += [key for key in SECTIONS if not isinstance(content.get(key), dict)]
    if missing:
        raise SpmError(
            f"Dem Nachweis des Berichts fehlt die Angabe «{missing[0]}».",
            wo=str(path),
            tun="Er ist von einer älteren SPM-Fassung oder verändert: Bitte den Bericht mit dieser "
            "Fassung neu bauen.",
        )
    try:
        date.fromisoformat(content["datum"])
        int(content["regeln"]["bericht"]["berichtsjahr"])
        int(content["regeln"]["zeitreihe"]["von"])
    except (KeyError, TypeError, ValueError):
        raise SpmError(
            "Der Nachweis des Berichts nennt Datum, Berichtsjahr oder Zeitreihe nicht richtig.",
            wo=str(path),
            tun=REBUILD,
        ) from None
    return content


def _as_today(content: dict[str, Any]) -> dict[str, Any]:
    """The manifest of an older SPM held the whole params file, and digests of deliveries that
    nothing of today compares with."""
    params, inputs = content.get("params"), content.get("eingaben")
    if "regeln" in content or not isinstance(params, dict) or not isinstance(inputs, dict):
        return content
    shared = {name: inputs[name] for name in inputs if SHARED.search(name)}
    return content | {"regeln": told_rules(params), "eingaben": shared, "vertraulich": {}}


def _certificate(folder: Path) -> dict[str, Any]:
    path = folder / CERTIFICATE
    if not path.is_file():
        raise SpmError("Die Bescheinigung der Geheimhaltung fehlt.", wo=str(path), tun=ADVICE)
    return _json(path)


def _check_complete(folder: Path, named: Iterable[str]) -> None:
    """What a copy of a report lacks is no difference: it would count as removed, or as the same."""
    missing = [name for name in dict.fromkeys(named) if not (folder / name).is_file()]
    if missing:
        more = len(missing) - 1
        others = "eine weitere Datei" if more == 1 else f"{number_word(more)} weitere Dateien"
        raise SpmError(
            f"Der Bericht ist unvollständig. Es fehlt, was {MANIFEST} oder {CERTIFICATE} nennt: "
            f"«{missing[0]}»{f' und {others}' if more else ''}.",
            wo=str(folder),
            tun="Bitte den ganzen Ordner aus der Ablage holen oder den Bericht neu bauen.",
        )


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise SpmError("Die Datei ist nicht lesbar.", wo=str(path), tun=ADVICE)
    return content


def _published(path: Path, certified: dict[str, Any]) -> pd.DataFrame:
    if not path.is_file():
        raise SpmError("Die veröffentlichten Daten des Berichts fehlen.", wo=str(path), tun=ADVICE)
    frame = _certified(path, certified.get("datensatz"))
    _check_columns(frame, NEEDED, path)
    gaps = [name for name in (*KEYS, "status") if frame[name].isna().any()]
    if gaps:
        raise SpmError(
            f"Die Spalte «{gaps[0]}» der Daten ist nicht überall gefüllt.",
            wo=str(path),
            tun=REBUILD,
        )
    texts = [name for name in ("jahr", *NUMBERS) if not is_numeric_dtype(frame[name])]
    if texts:
        raise SpmError(
            f"Die Spalte «{texts[0]}» der Daten hat keine Zahlen.", wo=str(path), tun=REBUILD
        )
    frame = frame[frame["gruppe"].isna()]
    return frame.reindex(columns=[*NEEDED, *OPTIONAL]).astype({name: float for name in OPTIONAL})


def _certified(path: Path, named: object) -> pd.DataFrame:
    """A file that the certificate names with its digest."""
    frame = _parquet(path)
    if not isinstance(named, dict) or named.get("sha256") != sha256(path):
        raise SpmError(
            "Die Daten des Berichts sind nicht die, deren Geheimhaltung bescheinigt ist: Sie "
            "wurden danach geändert oder ausgetauscht.",
            wo=str(path),
            tun=FETCH,
        )
    return frame


def _parquet(path: Path) -> pd.DataFrame:
    try:
        return pd.read_parquet(path)
    except (OSError, ValueError):  # pyarrow's errors are ValueErrors
        raise SpmError(
            "Die Daten des Berichts sind nicht lesbar.", wo=str(path), tun=FETCH
        ) from None


def _check_columns(frame: pd.DataFrame, needed: list[str], path: Path) -> None:
    missing = [name for name in needed if name not in frame.columns]
    if missing:
        raise SpmError(
            f"Den Daten des Berichts fehlt die Spalte «{missing[0]}».",
            wo=str(path),
            tun="Er ist von einer älteren SPM-Fassung: Bitte ihn mit dieser Fassung neu bauen.",
        )
