"""Files and folders that appear all at once, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from spm.errors import SpmError
from spm.system import files

if TYPE_CHECKING:
    import pandas as pd

    from spm.config.params import Params


@contextmanager
def only_one(params: Params) -> Iterator[None]:
    """Two runs for one municipality would write over one another."""
    from filelock import FileLock, Timeout

    params.report_folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(beside(params, "lock"), timeout=0):
            yield
    except Timeout:
        raise SpmError(
            f"Für «{params.slug}» läuft schon ein Bau.",
            wo=str(params.report_folder),
            tun="Bitte warten, bis er fertig ist.",
        ) from None
    except NotImplementedError as error:
        if "flock" not in str(error):
            raise
        raise SpmError(
            "Der Datenträger des Projekts kennt keine Sperren; zwei Läufe zugleich könnten sich "
            "stören.",
            wo=str(params.report_folder.parent),
            tun="Bitte das Projekt auf einen Datenträger dieses Rechners legen.",
        ) from None


def replace_parquet(frame: pd.DataFrame, path: Path) -> None:
    """Write a table; see `replacing`."""
    with replacing(path) as half:
        frame.to_parquet(half, index=False)


def replace_text(path: Path, text: str) -> None:
    """Write a text with the line ends of the program; see `replacing`."""
    with replacing(path) as half:
        half.write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Write beside the file and rename: a half-written file never has the final name.

    Yields
    ------
    Path
        Where to write. If that fails nothing is left there, and what had the name keeps it.
    """
    half = path.with_suffix(".part")
    try:
        yield half
        files.replace(half, path)
    except BaseException as error:
        with suppress(OSError):  # what went wrong first is what counts
            half.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename in (None, str(half)):
            error.filename, error.filename2 = str(path), None  # the name that a user knows
        raise


def beside(params: Params, kind: str) -> Path:
    """A hidden place on the same disk as the report, so that renaming is one step."""
    return params.report_folder.with_name(f".{params.slug}.{kind}")


def recover(params: Params) -> None:
    """Undo a swap that was cut off between its two renames."""
    old = beside(params, "alt")
    if old.exists() and not params.report_folder.exists():
        files.rename(old, params.report_folder)
    files.try_to_remove_folder(old)


def swap(new: Path, params: Params) -> None:
    target, old = params.report_folder, beside(params, "alt")
    try:
        if target.exists():
            files.rename(target, old)
        files.rename(new, target)
    except OSError as e:
        recover(params)
        raise SpmError(
            f"Der alte Bericht lässt sich nicht ersetzen ({e.strerror}).",
            wo=str(target),
            tun="Ist eine Datei daraus noch geöffnet, zum Beispiel das PDF? Bitte schließen und "
            "den Bau wiederholen.",
        ) from None
    files.try_to_remove_folder(old)
