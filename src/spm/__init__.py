"""SPM: Sozialräumliches Präventionsmonitoring."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spm.report import Report as Report

__version__ = version("spm")
__all__ = ["Report", "__version__"]


def __getattr__(name: str) -> object:
    # The command line must answer at once; what draws figures is imported when it is asked for.
    if name == "Report":
        from spm.report import Report

        return Report
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
