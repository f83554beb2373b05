"""The new report beside the old one: what is not made anew is taken from there."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from spm.release.owneronly import for_readers
from spm.release.replacing import beside, recover, swap
from spm.system.files import remove_folder, try_to_remove_folder

if TYPE_CHECKING:
    from spm.config.params import Params


class Assembly:
    """A folder that becomes the report. It is made when the first stage asks for it."""

    def __init__(self, params: Params) -> None:
        self._params = params
        self._work = beside(params, "neu")
        self._taken: list[str] = []
        self.begun = False
        recover(params)

    @cached_property
    def folder(self) -> Path:
        """The folder, with all that was taken over so far."""
        remove_folder(self._work)  # what is there was left by a run that was cut off
        self._work.mkdir(parents=True)
        self.begun = True
        for name in self._taken:
            self._copy(name)
        return self._work

    def take(self, names: Iterable[str]) -> None:
        """Take files over from the report that is there; it is known that they are as made."""
        for name in names:
            self._taken.append(name)
            if self.begun:
                self._copy(name)

    def written(self, write: Callable[[], object]) -> list[str]:
        """Names of the files that a function writes into the folder, and that were not there."""
        before = set(files(self.folder))
        write()
        return sorted(set(files(self.folder)) - before)

    def finish(self) -> None:
        """Put the folder in the place of the report."""
        for_readers(self.folder)
        swap(self.folder, self._params)

    def clear(self) -> None:
        """Leave nothing half-made."""
        try_to_remove_folder(self._work)

    def _copy(self, name: str) -> None:
        target = self._work / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self._params.report_folder / name, target)


def files(folder: Path) -> list[str]:
    """Names of all files in a folder and its folders."""
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def as_one(outputs: Mapping[str, str]) -> str:
    """Digests of several files as one text."""
    return " ".join(f"{name}={digest}" for name, digest in sorted(outputs.items()))
