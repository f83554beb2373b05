"""A certificate for published data that a test wrote by hand."""

from dataclasses import replace
from pathlib import Path

from spm.certificate import (
    DATASET,
    PASSED,
    READERS,
    Certificate,
    Datensatz,
    Pruefung,
    Verfahren,
    Zahlen,
    write_certificate,
)
from spm.digest import sha256

CERTIFICATE = Certificate(
    bestanden=True,
    datensatz=Datensatz(DATASET, "0" * 64),
    zahlen=Zahlen(1200, 1000, 150, 50, 3, 812.5, 0.041667),
    pruefung=Pruefung(140, dict.fromkeys(READERS, PASSED), 4, 1.0, 0),
    verfahren=Verfahren("exakt", "HiGHS (scipy 1.17.1)", 2345),
)
"""For numbers that nobody counted: tests that need true ones build a report."""


def certify(folder: Path, certificate: Certificate = CERTIFICATE, **changes: object) -> Path:
    """Certify the ``published.parquet`` of a folder as it is."""
    data = Datensatz(DATASET, sha256(folder / DATASET))
    return write_certificate(folder, replace(certificate, datensatz=data, **changes))
