"""A certificate for published data that a test wrote by hand."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd

from spm.config.catalogue import load_catalogue, load_sums
from spm.config.params import load_params
from spm.disclosure.certify import AUDIT_LIST
from spm.published import DEVELOPMENT_COLUMNS
from spm.release.certificate import (
    DATASET,
    DEVELOPMENT,
    PASSED,
    READERS,
    Certificate,
    Datensatz,
    Pruefung,
    Regeln,
    Verfahren,
    Zahlen,
    write_certificate,
)
from spm.release.digest import sha256
from spm.release.rules import published_rules

CERTIFICATE = Certificate(
    bestanden=True,
    datensatz=Datensatz(DATASET, "0" * 64),
    entwicklung=Datensatz(DEVELOPMENT, "2" * 64),
    regeln=Regeln(*["1" * 64] * 5),
    zahlen=Zahlen(1200, 1000, 200, 3),
    pruefung=Pruefung(dict.fromkeys(READERS, PASSED), 1.0),
    verfahren=Verfahren("HiGHS (scipy 1.17.1)"),
)
"""For numbers that nobody counted: tests that need true ones build a report."""


def rules_of(params_file: Path) -> Regeln:
    """The rules of a params file and its catalogue as they are now."""
    params = load_params(params_file)
    return published_rules(params, load_catalogue(params), load_sums(params))


def certify(folder: Path, certificate: Certificate = CERTIFICATE, **changes: object) -> Path:
    """Certify the ``published.parquet`` of a folder as it is.

    In a project, under the rules of its params file; without one, under those of the example.
    """
    params_file = folder.parents[2] / "params" / f"{folder.name}.yml"
    if params_file.exists():
        changes = {"regeln": rules_of(params_file)} | changes
    if not (folder / DEVELOPMENT).exists():
        pd.DataFrame(columns=list(DEVELOPMENT_COLUMNS)).to_parquet(folder / DEVELOPMENT)
    parts = {
        key: Datensatz(name, sha256(folder / name))
        for key, name in (("datensatz", DATASET), ("entwicklung", DEVELOPMENT))
    }
    return write_certificate(folder, replace(certificate, **parts | changes))


def read_overview(folder: Path) -> dict[str, object]:
    """What the confidential list of ``data/processed/<slug>/`` says about the run as a whole."""
    sheet = openpyxl.load_workbook(folder / AUDIT_LIST)["Überblick"]
    return {str(what): value for what, value in sheet.iter_rows(values_only=True) if what}
