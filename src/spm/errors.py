"""The one error a user meets: what is wrong, where, and what to do next."""

from collections.abc import Iterable, Sequence
from pathlib import Path


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

    def __str__(self) -> str:
        lines = [self.was]
        if self.wo:
            lines.append(f"  Wo: {self.wo}")
        if self.tun:
            lines.append(f"  Was tun: {self.tun}")
        return "\n".join(lines)


def kein_utf8(was: str, path: Path, error: UnicodeDecodeError) -> SpmError:
    """The error of a text file in another encoding, with the first line that shows it.

    Parameters
    ----------
    was : the file, "Die Params-Datei".
    """
    line = path.read_bytes()[: error.start].count(b"\n") + 1
    return SpmError(
        f"{was} ist nicht als UTF-8 gespeichert.",
        wo=f"{path}, Zeile {line}",
        tun="Bitte im Editor mit der Kodierung «UTF-8» speichern.",
    )


def fehlerzahl(anzahl: int) -> str:
    """How many errors, after a verb: „Die Satzdatei hat einen Fehler“, „hat 2 Fehler“."""
    return "einen Fehler" if anzahl == 1 else f"{anzahl} Fehler"


def fehlerliste(wer: str, fehler: Sequence[str], hoechstens: int | None = None) -> str:
    """Everything wrong with one file at once: how many errors it has, and each on its line.

    Parameters
    ----------
    wer : the file with its verb, "Die Satzdatei hat".
    fehler : at least one, each a German sentence with its line and key.
    hoechstens : so many are listed, of the others only the number is told; None: all of them.

    Returns
    -------
    str
        The ``was`` of an `SpmError`.
    """
    lines = [f"{wer} {fehlerzahl(len(fehler))}:", *(f"  - {text}" for text in fehler[:hoechstens])]
    if hoechstens is not None and len(fehler) > hoechstens:
        lines.append(f"  … und {len(fehler) - hoechstens} weitere")
    return "\n".join(lines)


def naechster(wort: str, bekannte: Iterable[str]) -> str:
    """Name the known word nearest to a misspelled one, else list what is known.

    Returns
    -------
    str
        A German sentence beginning with a blank, to be appended to ``was`` or ``tun``.
    """
    from rapidfuzz import process  # only needed once something is wrong

    bekannt = sorted({str(b) for b in bekannte})
    if not bekannt:
        return ""
    treffer = process.extractOne(str(wort), bekannt, score_cutoff=70)
    if treffer:
        return f" Gemeint ist vielleicht «{treffer[0]}»."
    gezeigt = ", ".join(bekannt[:20]) + (", …" if len(bekannt) > 20 else "")
    return f" Bekannt sind: {gezeigt}."
