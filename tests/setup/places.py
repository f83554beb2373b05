"""The places on which `spm neu` is measured, with what is as right as in their params files."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tests.setup.score import UNUSED, Score, score, truth


@dataclass(frozen=True)
class Place:
    """One of them.

    Attributes
    ----------
    name, folder, params : what it is called, where its raw files and its params file are.
    also : see `tests.setup.score.score`.
    """

    name: str
    folder: str
    params: str
    also: dict[tuple[str, str], str] = field(default_factory=dict)
    leave: tuple[str, ...] = ()

    def score(self, root: Path, shared: Path) -> Score:
        """Propose its mapping from nothing, and judge every column."""
        folder = (root if self.folder.startswith("data/raw/") else shared) / self.folder
        true = truth(root / self.params) if self.params else GENESIS
        return score(folder, self.name, true, self.also, self.leave)


_POPULATION = "anzahl merkmal=bevoelkerung"
GENESIS = {
    # In alphabetical order of the keys, as `score` writes them
    ("12411-05-01-4_bevoelkerung_kreise_latin1.csv", ""): {
        "Spalte 1": {"jahr"},
        "Spalte 2": {"raum"},
        "Insgesamt": {_POPULATION},
        "männlich": {"anzahl geschlecht=m, merkmal=bevoelkerung"},
        "weiblich": {"anzahl geschlecht=w, merkmal=bevoelkerung"},
    }
}

PLACES = [
    Place("Pilotkommune", "data/raw/pilotkommune", "params/pilotkommune.yml",
          leave=("vergleichswerte.csv",)),
    Place(
        "Flensburg",
        "data/flensburg",
        "tests/real/flensburg.yml",
        also={
            # Right, and only not needed by the report that was written by hand
            ("fl_age_groups_by_district.csv", "age_60_and_above"):
                "anzahl alter=60+, merkmal=bevoelkerung",
            ("fl_unemployed_residents_by_district.csv", "residents"): "anzahl merkmal=arbeitslose",
        },
    ),
    Place(
        "Köln",
        "data/koeln",
        "tests/real/koeln.yml",
        also={
            # The words of tab_id; sex beside age; rows of the table without any group
            ("bevoelkerung.csv", "tabelle"): "filter",
            ("bevoelkerung.csv", "tab_id"): UNUSED,
            ("bevoelkerung.csv", "zeile"): "geschlecht",
        },
    ),
    Place(
        "Lippe",
        "data/kreis-lippe-nrw",
        "tests/real/lippe.yml",
        also={
            ("zensus2022_gemeinden_nrw.csv", "ags"): "raum",
            ("zensus2022_gemeinden_nrw.csv", "einwohner"):
                "anzahl jahr=2022, merkmal=bevoelkerung",
            ("inkar_kreise_nrw_1995_2022.csv", "year"): "jahr",
            ("inkar_kreise_nrw_1995_2022.csv", "county_code"): UNUSED,
        },
    ),
    Place("Genesis", "data/genesis", ""),
]  # fmt: skip
