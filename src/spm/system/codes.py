"""Numbers of errors that Windows gives and that Python turns into the wrong one of POSIX."""

from __future__ import annotations

import errno

from spm.system import lengths

_MEANT = {
    15: "ENODEV",  # ERROR_INVALID_DRIVE
    19: "EROFS",  # ERROR_WRITE_PROTECT
    21: "ENODEV",  # ERROR_NOT_READY
    32: "EBUSY",  # ERROR_SHARING_VIOLATION
    33: "EBUSY",  # ERROR_LOCK_VIOLATION
    39: "ENOSPC",  # ERROR_HANDLE_DISK_FULL
    51: "EHOSTDOWN",  # ERROR_REM_NOT_LIST
    53: "EHOSTDOWN",  # ERROR_BAD_NETPATH
    54: "EHOSTDOWN",  # ERROR_NETWORK_BUSY
    59: "EHOSTDOWN",  # ERROR_UNEXP_NET_ERR
    64: "ESTALE",  # ERROR_NETNAME_DELETED
    67: "ENODEV",  # ERROR_BAD_NET_NAME
    121: "ETIMEDOUT",  # ERROR_SEM_TIMEOUT
    206: "ENAMETOOLONG",  # ERROR_FILENAME_EXCED_RANGE
    1224: "EBUSY",  # ERROR_USER_MAPPED_FILE
    1231: "EHOSTDOWN",  # ERROR_NETWORK_UNREACHABLE
    1295: "EDQUOT",  # ERROR_DISK_QUOTA_EXCEEDED
    1455: "ENOMEM",  # ERROR_COMMITMENT_LIMIT
    1921: "ELOOP",  # ERROR_CANT_RESOLVE_FILENAME
}
"""Of Windows -> of POSIX. Numbers: System Error Codes, learn.microsoft.com."""


def number_of(error: BaseException) -> int | None:
    """The number of POSIX that an error means; None if it has none.

    Windows calls a path that is too long one that does not exist.
    """
    by_windows = _MEANT.get(getattr(error, "winerror", None) or 0)
    if by_windows:
        return numbered(by_windows)
    number = getattr(error, "errno", None)
    if number == errno.ENOENT and any(map(lengths.too_long, _names(error))):
        return errno.ENAMETOOLONG
    return number if isinstance(number, int) else None


def numbered(name: str) -> int:
    """The number of an error by its name in POSIX; one that no error has, where this system does
    not know it."""
    return getattr(errno, name, -1)


def _names(error: BaseException) -> list[str]:
    names = (getattr(error, name, None) for name in ("filename", "filename2"))
    return [str(name) for name in names if name is not None]
