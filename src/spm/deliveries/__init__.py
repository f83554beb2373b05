"""Raw deliveries -> facts: read, map and check everything, and report it to the sender.

>>> facts, findings = read_deliveries(params, areas)  # doctest: +SKIP
>>> write_check_report(findings, params, folder)  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from spm.areas.division import Division
    from spm.config.params import Params
    from spm.deliveries.findings import Finding
    from spm.deliveries.pipeline import Recall


def read_deliveries(
    params: Params,
    areas_df: pd.DataFrame,
    progress: Callable[[str], None] | None = None,
    earlier: Sequence[Division] = (),
    recall: Recall = lambda key: None,
    breaks: Mapping[str, Collection[int]] = MappingProxyType({}),
) -> tuple[pd.DataFrame, list[Finding]]:
    """Read all tables of all deliveries, see :func:`spm.deliveries.pipeline.read_deliveries`."""
    from spm.deliveries.pipeline import read_deliveries

    return read_deliveries(params, areas_df, progress, earlier, recall, breaks)


def write_check_report(
    findings: list[Finding], params: Params, folder: str | Path
) -> tuple[Path, Path]:
    """Write the check report, see :func:`spm.deliveries.checkreport.write_check_report`."""
    from spm.deliveries.checkreport import write_check_report

    return write_check_report(findings, params, folder)
