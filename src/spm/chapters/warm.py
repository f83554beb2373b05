"""What the server process of ``spm.chapters.kernels`` imports before it forks chapters.

Importing this module is slow on purpose. It must start no thread and open no socket.
"""

import os

# As ipykernel sets it; matplotlib reads it while it is imported, which happens here.
os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")


import mapclassify  # noqa: F401
import seaborn  # noqa: F401

import spm.chapters.kernels
import spm.chapters.watch
import spm.report  # noqa: F401
from spm.presentation.figures import lettering

lettering.prepare()
