"""The one error a user meets: what is wrong, where, and what to do next."""

from collections.abc import Iterable


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
