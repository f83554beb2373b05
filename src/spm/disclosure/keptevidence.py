"""The tables that proved the last published data: the next run need only verify them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from contextlib import suppress as ignored
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import scipy.sparse as sp

from spm.disclosure.evidence import Evidence
from spm.errors import SpmError
from spm.release.replacing import replacing

FILE = "beweise-vertraulich.npz"
"""In ``data/processed/<slug>/``: tables hold true numbers."""

MOST = 200_000_000
"""Bytes; a larger file is not read."""


def write_evidence(folder: Path | None, evidence: Evidence, variables: Sequence[Hashable]) -> None:
    """Keep tables for the next run, with the names of the variables; if that is not possible, the
    next run searches anew."""
    if folder is None:
        return
    changes, buffer = evidence.changes, BytesIO()
    np.savez_compressed(
        buffer,
        names=_names(variables),
        base=evidence.base,
        data=changes.data,
        indices=changes.indices.astype(np.int32),
        indptr=changes.indptr.astype(np.int64),
    )
    with ignored(OSError, SpmError), replacing(folder / FILE) as half:
        half.write_bytes(buffer.getvalue())


def read_evidence(folder: Path | None, variables: Sequence[Hashable]) -> Evidence | None:
    """What was kept, for these variables; None if there is nothing, or nothing that can be read.

    A variable that was not there gets a number that none has, so that no table with it is possible.
    """
    if folder is None:
        return None
    path = folder / FILE
    # Whatever is wrong with it: nothing is lost but time.
    with ignored(OSError, ValueError, KeyError, IndexError, TypeError, EOFError, BadZipFile):
        if path.stat().st_size > MOST:
            return None
        with np.load(path, allow_pickle=False) as kept:
            names, base = kept["names"].tolist(), kept["base"]
            parts = (kept["data"], kept["indices"], kept["indptr"])
        changes = sp.csr_array(parts, shape=(len(parts[2]) - 1, len(base)))
        changes.check_format()
        place = {name: at for at, name in enumerate(names)}
        at = np.array([place.get(name, len(base)) for name in _names(variables).tolist()], int)
        none = sp.csc_array((changes.shape[0], 1))
        changes = sp.hstack([changes, none], format="csc")[:, at].tocsr()
        return Evidence(np.append(base, -1.0)[at], changes)
    return None


def _names(variables: Sequence[Hashable]) -> np.ndarray:
    return np.array([str(v) for v in variables], dtype=str)
