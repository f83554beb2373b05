"""What the server process of ``spm.chapters.kernels`` imports before it forks chapters.

Importing this module is slow on purpose: whatever is missing here, every chapter imports anew. It
must start no thread and open no socket.
"""

import gc
import os
from importlib import import_module

# As ipykernel sets it; matplotlib reads it while it is imported, which happens here.
os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
# A kernel imports its debugger, which would have much to say about how Python was started.
os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")

for name in (
    "geopandas",
    "ipykernel.debugger",
    "ipykernel.kernelapp",
    "matplotlib.backends.backend_svg",
    "pyarrow.dataset",
    "pyogrio",
    "seaborn",
    "spm.chapters.walls",
    "spm.chapters.watch",
    "spm.rawfiles.owntables",
    "spm.report",
):
    import_module(name)

from spm.presentation.figures import lettering  # noqa: E402  # after the backend is set
from spm.system.memory import collect_seldom  # noqa: E402

lettering.prepare()
collect_seldom()

# What is here stays, and nobody needs to look through it for garbage: a chapter that does would
# make these pages its own.
gc.collect()
gc.freeze()
