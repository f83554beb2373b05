"""Files that another program has locked, as Windows says it."""

import errno

import pytest

from spm.foreign import door


def lock(monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    """Whoever opens a file whose name ends so is refused."""
    real = door.open_safely

    def locked(name, flags):
        if name.endswith(ending):
            raise PermissionError(errno.EACCES, "Permission denied", name)
        return real(name, flags)

    monkeypatch.setattr(door, "open_safely", locked)
