"""The one error a user meets: what is wrong, where, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

CLOSE = 12
"""Of 100: a word that is less similar than the nearest one by more than this is not meant."""


NEAR = 4
"""So many names are told that a misspelled key of an indicator may mean."""


class SpmError(Exception):
    """Something a user can mend.

    Parameters
    ----------
    was : what is wrong, one German sentence.
    wo : where: file, sheet, row, column or key.
    tun : what to do next, one German sentence.
    """

    def __init__(self, was: str, *, wo: str = "", tun: str = "") -> None:
        self.was, self.wo, self.tun = was, wo, tun
        super().__init__(was, wo, tun)

    def __reduce__(self) -> tuple[Callable[[], SpmError], tuple[()]]:
        return partial(SpmError, self.was, wo=self.wo, tun=self.tun), ()  # between processes

    def _render_traceback_(self) -> list[str]:
        """What Jupyter shows: the message, without the way through the program."""
        return [f"Fehler: {self}"]

    def __str__(self) -> str:
        lines = [self.was]
        if self.wo:
            lines.append(f"  Wo: {self.wo}")
        if self.tun:
            lines.append(f"  Was tun: {self.tun}")
        return "\n".join(lines)


def not_utf8(was: str, path: Path, error: UnicodeDecodeError) -> SpmError:
    """The error of a text file in another encoding, with the first line that shows it.

    Parameters
    ----------
    was : the file, "Die Params-Datei".
    """
    line = error.object[: error.start].count(b"\n") + 1
    return SpmError(
        f"{was} ist nicht als UTF-8 gespeichert.",
        wo=f"{path}, Zeile {line}",
        tun="Bitte im Editor mit der Kodierung «UTF-8» speichern.",
    )


def error_count(number: int) -> str:
    """How many errors, after a verb: „Die Satzdatei hat einen Fehler“, „hat 2 Fehler“."""
    return "einen Fehler" if number == 1 else f"{number} Fehler"


def error_list(whose: str, errors: Sequence[str], at_most: int | None = None) -> str:
    """Everything wrong with one file at once: how many errors it has, and each on its line.

    Parameters
    ----------
    whose : the file with its verb, "Die Satzdatei hat".
    errors : at least one, each a German sentence with its line and key.
    at_most : so many are listed, of the others only the number is told; None: all of them.

    Returns
    -------
    str
        The ``was`` of an `SpmError`.
    """
    lines = [f"{whose} {error_count(len(errors))}:", *(f"  - {text}" for text in errors[:at_most])]
    if at_most is not None and len(errors) > at_most:
        lines.append(f"  … und {len(errors) - at_most} weitere")
    return "\n".join(lines)


def nearest(word: str, known: Iterable[str], most: int = 1) -> str:
    """Name the known word nearest to a misspelled one, else list what is known.

    Parameters
    ----------
    most : so many near ones are named, of those that are hardly farther away.

    Returns
    -------
    str
        A German sentence beginning with a blank, to be appended to ``was`` or ``tun``.
    """
    from rapidfuzz import process  # only needed once something is wrong

    listed = sorted({str(b) for b in known})
    if not listed:
        return ""
    found = process.extract(str(word), listed, limit=most, score_cutoff=70)
    if found:
        near = [f"«{name}»" for name, score, _ in found if score >= found[0][1] - CLOSE]
        return f" Gemeint ist vielleicht {' oder '.join(near)}."
    shown = ", ".join(listed[:20]) + (", …" if len(listed) > 20 else "")
    return f" Bekannt sind: {shown}."
