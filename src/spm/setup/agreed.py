"""The head of a delivery: what it is, who sends it, and what was agreed with that office."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from spm.setup.proposal import ASK
from spm.setup.synonyms import synonyms
from spm.setup.words import folded
from spm.setup.yamlwriting import inline, scalar

LEAST = "3"
"""``mindestfallzahl`` where the list of words says nothing else."""

CENSUS = "15.05."
"""§ 1 (1) Zensusgesetz 2022."""


class Agreed:
    """What was agreed with an office stands once, where it sends several deliveries.

    Only the office and its threshold are shared: a permission given for one delivery (to show
    zeros, to round) must never hold for another one unasked.

    Parameters
    ----------
    keys : of the deliveries, in their order; one that is there twice counts twice.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._often = Counter(_terms(key) for key in keys)
        self._named: set[tuple[str, str]] = set()

    def head(self, key: str, files: Sequence[str], *, whole: bool) -> list[str]:
        """The lines before the tables.

        Parameters
        ----------
        files : of its tables.
        whole : whether it counts the municipality as a whole.
        """
        told, (office, least) = synonyms().deliveries[key], _terms(key)
        title = told["titel"] + (" (ganze Kommune)" if whole else "")
        lines = [f"    titel: {scalar(title, flow=False)}"]
        if self._often[office, least] < 2:
            lines.append(f"    stelle: {scalar(office, flow=False)}  # {ASK}: wer liefert")
        if any("zensus" in folded(file) for file in files):
            lines.append(f"    stichtag: {CENSUS}  # {ASK}: Tag des Zensus 2022; 2011: 09.05.")
        elif "stichtag" in told:
            day = scalar(told["stichtag"], flow=False)
            lines.append(f"    stichtag: {day}  # {ASK}: so üblich")
        if self._often[office, least] < 2:
            lines.append(
                f"    mindestfallzahl: {least}  # {ASK}: was mit der Stelle vereinbart ist"
            )
        else:
            lines.insert(0, self._shared(office, least))
        return [*lines, "    tabellen:"]

    def _shared(self, office: str, least: str) -> str:
        name = re.sub(r"[^a-z]+", "", folded(office)) + ("" if least == LEAST else least)
        if (office, least) in self._named:
            return f"    <<: *{name}"
        self._named.add((office, least))
        terms = inline({"stelle": office, "mindestfallzahl": least})
        return (
            f"    <<: &{name} {terms}  # {ASK}: wer liefert, und was mit der Stelle vereinbart ist"
        )


def _terms(key: str) -> tuple[str, str]:
    told = synonyms().deliveries[key]
    return told["stelle"], told.get("mindestfallzahl", LEAST)
