"""The certificate of disclosure control: what the audit of one published dataset found.

It is valid for one dataset only, named by the digest of its file, and only as long as the rules are
those that the dataset was published under. `spm.gate` reads it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

CERTIFICATE = "geheimhaltung.json"
DATASET = "published.parquet"
DEVELOPMENT = "entwicklung.parquet"
"""Changes and trends; made from the dataset, so that they tell nothing else."""

PASSED = "bestanden"
FAILED = "nicht bestanden"
READERS = ("rechnend", "ganzzahlig", "regelkundig", "beteiligt", "subtrahierend")
"""The readers of the audit: plain, integer, threshold-aware, insider, difference."""

METHODS = ("exakt", "exakt und heuristisch", "heuristisch")


@dataclass(frozen=True)
class Datensatz:
    """The file that was audited."""

    datei: str
    sha256: str


@dataclass(frozen=True)
class Regeln:
    """Digests of the rules that the dataset was published under, by what of the params file holds
    them (``kennzahlen``: the catalogue)."""

    geheimhaltung: str
    kennzahlen: str
    lieferungen: str
    raeume_gruppen: str
    zusammenfassen: str


@dataclass(frozen=True)
class Zahlen:
    """How many rows of the report are shown or suppressed.

    Parameters
    ----------
    insgesamt : rows that could be printed: published, primary and secondary ones.
    vom_absender_gesperrt : rows besides, whose numbers only the sender knows.
    verlust : cost of the secondary rows, in the units of the suppressor.
    verlust_anteil : secondary rows per row that could be printed (0 to 1).
    """

    insgesamt: int
    veroeffentlicht: int
    primaer_gesperrt: int
    sekundaer_gesperrt: int
    vom_absender_gesperrt: int
    verlust: float
    verlust_anteil: float


@dataclass(frozen=True)
class Pruefung:
    """What the audit found.

    Parameters
    ----------
    geschuetzte_zahlen : sensitive counts that were attacked.
    leser : verdict by reader, see `READERS`.
    engstes_intervall : largest minus smallest value that stay possible for a reader of whole
        numbers, where that is least; None if nothing bounds any of the numbers from above.
    schutzfaktor : as in the params file.
    bereits_bekannt : counts that could not be protected because an earlier report shows them.
    """

    geschuetzte_zahlen: int
    leser: Mapping[str, str]
    engstes_intervall: int | None
    schutzfaktor: float
    bereits_bekannt: int


@dataclass(frozen=True)
class Verfahren:
    """How the pattern was found (one of `METHODS`), with what, and in how many problems solved."""

    sperrung: str
    loeser: str
    aufgaben: int


@dataclass(frozen=True)
class Certificate:
    """The content of ``geheimhaltung.json``; the fields are its keys."""

    bestanden: bool
    datensatz: Datensatz
    entwicklung: Datensatz
    regeln: Regeln
    zahlen: Zahlen
    pruefung: Pruefung
    verfahren: Verfahren


def write_certificate(folder: Path, certificate: Certificate) -> Path:
    """Write ``geheimhaltung.json``: same content, same bytes.

    Returns
    -------
    Path
        The file.
    """
    path = folder / CERTIFICATE
    text = json.dumps(asdict(certificate), ensure_ascii=False, indent=2, sort_keys=True)
    half = path.with_suffix(".part")  # a half-written file never has the final name
    half.write_text(text + "\n", encoding="utf-8", newline="\n")
    os.replace(half, path)
    return path
