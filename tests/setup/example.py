"""Small raw tables, as offices write them."""

from spm.setup.areas import Areas
from spm.setup.folder import RawTable
from spm.setup.headers import Layout, layout
from spm.setup.known import Known
from spm.setup.proposal import Proposal
from spm.setup.tables import propose

AREAS = Areas(
    file="raeume.geojson",
    key="nr",
    name="name",
    names={"1": "Altstadt", "2": "Neustadt", "3": "Hafen"},
)


def raw(text: str, file: str = "tabelle.csv", sheet: str = "") -> RawTable:
    """A table written as lines with ";"."""
    rows = [line.strip().split(";") for line in text.strip("\n").split("\n")]
    return RawTable(file, sheet, rows, typed=bool(sheet))


def cut(text: str, file: str = "tabelle.csv", sheet: str = "") -> Layout:
    """The same, cut into header and data."""
    found = layout(raw(text, file, sheet))
    assert found is not None
    return found


def mapped(text: str, file: str = "tabelle.csv", sheet: str = "", **known) -> Proposal:
    """The proposal for one table of a town called Musterstadt."""
    options = {"areas": AREAS, "place": "Musterstadt"} | known
    (one,) = propose(cut(text, file, sheet), Known(**options))
    return one
