"""Why a municipality failed, in words that may leave the machine that builds it.

Some errors quote a cell of a delivery or a count. They stay in the folder of confidential data of
their municipality; what travels, and stands in the summary, says where to read them.
"""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from spm.errors import SpmError

if TYPE_CHECKING:
    from spm.config.params import Params

OPEN = (
    *("spm.areas", "spm.batch", "spm.book", "spm.chapters", "spm.config", "spm.faults"),
    *("spm.formats", "spm.owntexts", "spm.presentation", "spm.products", "spm.rawfiles.comparison"),
    *("spm.release", "spm.report", "spm.text"),
    *("spm.disclosure.inputs.rules", "spm.statistics.answerable"),  # names of keys alone
)
"""Rooms whose errors never quote a delivery: they see the params file, geometry, texts or
published data. Errors of every other one, and every exception that is no `SpmError`, stay."""

KEPT = "fehlermeldung.txt"
"""In ``data/processed/<slug>/``: the whole message, with traceback."""

LONGEST = 2000
"""Characters of one part of a message."""


def cause(error: Exception, params: Params | None) -> SpmError:
    """The error as it may be told; the whole one is kept with the confidential data.

    Parameters
    ----------
    params : of the municipality; None if they could not be read.
    """
    from spm.faults import explained
    from spm.verdict import Refused

    known = explained(error)
    if known is not None and known is not error:
        return _told(known, params)
    if isinstance(error, SpmError) and not isinstance(error, Refused) and _is_open(error):
        return _told(error, params)
    kept = _keep(error, params)
    if isinstance(error, Refused):
        return _told(error.without_findings, params)
    where = kept or _last_frame(error)
    if isinstance(error, SpmError):
        return _told(
            SpmError(
                "Zu den Lieferungen gibt es eine Fehlermeldung, die Rohdaten nennen kann und "
                "deshalb nur bei den vertraulichen Daten steht.",
                wo=where,
                tun="Bitte dort lesen, was zu tun ist.",
            ),
            params,
        )
    return _told(
        SpmError(
            f"Der Bau ist mit einem unerwarteten Fehler abgebrochen ({type(error).__name__} in "
            f"{_last_frame(error)}).",
            wo=where,
            tun="Bitte die Meldung dort an die Entwicklung geben, nachdem geprüft ist, dass sie "
            "keine Rohdaten enthält.",
        ),
        params,
    )


def _is_open(error: Exception) -> bool:
    """Whether the innermost own module on the way to the error is one of `OPEN`."""
    room = _own_frames(error)[-1].f_globals["__name__"]
    return any(room == name or room.startswith(f"{name}.") for name in OPEN)


def _own_frames(error: Exception) -> list[FrameType]:
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return [f for f in frames if f.f_globals.get("__name__", "").partition(".")[0] == "spm"]


def _last_frame(error: Exception) -> str:
    frames = [*traceback.walk_tb(error.__traceback__)]
    own = [(f, n) for f, n in frames if f.f_globals.get("__name__", "").startswith("spm.")]
    frame, line = (own or frames)[-1]
    return f"{frame.f_globals.get('__name__', '?')}, Zeile {line}"


def _keep(error: Exception, params: Params | None) -> str:
    """Write the whole message; its path, or "" where there is no place for it."""
    if params is None:
        return ""
    from spm.release.owneronly import owner_only
    from spm.release.replacing import replace_text

    path = params.processed / KEPT
    try:
        with owner_only(params):
            replace_text(path, f"{error}\n\n{''.join(traceback.format_exception(error))}")
    except OSError:  # a full disk may be what the error is about
        return ""
    return str(path)


def _told(error: SpmError, params: Params | None) -> SpmError:
    """With paths from the project's folder, and of a length that a table holds."""

    def shown(text: str) -> str:
        if params is not None:
            text = text.replace(f"{params.root}{os.sep}", "")
        return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"

    return SpmError(shown(error.was), wo=shown(error.wo), tun=shown(error.tun))


def forget(params: Params) -> None:
    """Remove the message of an earlier failure: this time it went well."""
    Path(params.processed / KEPT).unlink(missing_ok=True)
