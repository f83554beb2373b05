"""Another report whose numbers are known: an earlier one, that of the Kreis or of a Gemeinde."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from spm.disclosure.inputs.counted import read_places
from spm.published import COUNTED, GESAMT, NICHT_ZUORDENBAR


@dataclass(frozen=True)
class Report:
    """The published rows of another report.

    Parameters
    ----------
    name : what messages call it; unique.
    rows : as ``published.parquet``; those of an older SPM lack the columns ``COUNTED``.
    whole : its area that is our whole municipality (the report of a Kreis).
    part : our area that is its whole municipality (the report of a Gemeinde).
    """

    name: str
    rows: pd.DataFrame
    whole: str | None = None
    part: str | None = None

    @property
    def own(self) -> bool:
        """Whether it is about the same municipality."""
        return self.whole is None and self.part is None

    @cached_property
    def says_what_it_counts(self) -> bool:
        """Whether its rows say so themselves."""
        return all(c in self.rows.columns for c in COUNTED)

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """Its base areas."""
        found, rows = set(), self.rows
        if self.says_what_it_counts:
            pairs = rows[["raum", "raeume"]].drop_duplicates().itertuples(index=False)
            for name, text in pairs:
                members = read_places(text)
                found |= {name} if len(members) == 1 else {*members}
        else:
            found = set(rows["raum"])
        return tuple(sorted(found - {GESAMT, NICHT_ZUORDENBAR}))

    def local(self, place: str) -> str:
        """One of its areas as a place of its own (no facility: these have a colon and a space)."""
        return f"{self.name}|{place}"
