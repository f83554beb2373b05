"""The copy of all inputs that a run works on: whoever reads while it lasts reads this one state.

`spm.build.snapshot` makes it. The kernels of the chapters learn of it by an environment variable,
so that a notebook names its params file as always.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

VARIABLE = "SPM_STAND"
"""Names the folder of the copy to child processes."""

_PARAMS = "params.txt"
"""In it: the params file that it is a copy for."""


@dataclass(frozen=True)
class Held:
    """A copy.

    Parameters
    ----------
    folder : resolved.
    slug : of the municipality.
    origins : the file that each was copied from.
    chapters : whether for those who see published data only.
    """

    folder: Path
    slug: str
    origins: Mapping[Path, Path] = field(default_factory=dict)
    chapters: bool = False

    @property
    def project(self) -> Path:
        """Files of the project, at their places."""
        return self.folder / "projekt"

    @property
    def raw(self) -> Path:
        """Files of the data folder."""
        return self.folder / "rohdaten"

    @property
    def published(self) -> Path:
        """The published data with their certificate."""
        return self.folder / "daten" / self.slug

    def announce(self, params_file: Path) -> None:
        """Let child processes that read this params file find the copy."""
        text = str(params_file)
        (self.folder / _PARAMS).write_text(
            text, encoding="utf-8", errors="surrogateescape", newline="\n"
        )
        os.environ[VARIABLE] = str(self.folder)


def announced(params_file: Path) -> Held | None:
    """The copy that chapters have to read instead of this params file and all that it names."""
    name = os.environ.get(VARIABLE)
    if not name:
        return None
    folder = Path(name)
    try:
        told = (folder / _PARAMS).read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    return Held(folder, params_file.stem, chapters=True) if told == str(params_file) else None
