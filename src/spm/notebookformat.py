"""nbformat, without the two seconds that its import takes where JupyterLab is installed.

JupyterLab brings a checker of international web addresses along, and jsonschema builds its grammar
whenever it is imported, by whomever; nbformat imports jsonschema for error messages only. While it
is imported here that checker counts as not installed, which jsonschema bears. Import this module
before papermill and nbclient, which import nbformat themselves.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _absent(name: str) -> Iterator[None]:
    """A module that is not loaded counts as not installed."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]  # Python's own sign for this
    try:
        yield
    finally:
        del sys.modules[name]


with _absent("rfc3987_syntax"):
    import nbformat
    from nbformat import NotebookNode

__all__ = ["NotebookNode", "nbformat"]
