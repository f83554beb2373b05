"""The certificate of disclosure control: what the audit of one published dataset found.

It is valid for one dataset only, named by the digest of its file, and only as long as the rules are
those that the dataset was published under. `spm.release.gate` reads it.

It is published, so nothing in it may depend on a suppressed number: it says what the published rows
say themselves, and the verdict. A loss, the split into primary and secondary rows, intervals or the
number of problems solved would tell about the numbers behind them; the confidential list has them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from spm.release.replacing import replace_text

CERTIFICATE = "geheimhaltung.json"
DATASET = "published.parquet"
DEVELOPMENT = "entwicklung.parquet"
"""Changes and trends; made from the dataset, so that they tell nothing else."""

PASSED = "bestanden"
FAILED = "nicht bestanden"
READERS = ("rechnend", "ganzzahlig", "regelkundig", "beteiligt", "subtrahierend")
"""The readers of the audit: plain, integer, threshold-aware, insider, difference."""


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
    """How many rows the published dataset shows and suppresses; whoever has it can count them.

    Parameters
    ----------
    insgesamt : rows with a value, shown or suppressed.
    gesperrt : for whatever reason.
    vom_absender_gesperrt : rows besides, whose numbers only the sender knows.
    """

    insgesamt: int
    veroeffentlicht: int
    gesperrt: int
    vom_absender_gesperrt: int


@dataclass(frozen=True)
class Pruefung:
    """The verdict.

    Parameters
    ----------
    leser : verdict by reader, see `READERS`.
    schutzfaktor : as in the params file.
    """

    leser: Mapping[str, str]
    schutzfaktor: float


@dataclass(frozen=True)
class Verfahren:
    """What solved the problems of suppression and audit."""

    loeser: str


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
    replace_text(path, text + "\n")
    return path
