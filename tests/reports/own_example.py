"""What an analyst adds without Python, in a place whose names look like markup."""

import json
from pathlib import Path

import openpyxl

from tests.conftest import make_project
from tests.reports.smaller import drop_indicators, keep_chapters, keep_deliveries

PLACE = "Bad <script>alert(1)</script> & Söhne"
PUBLISHER = 'Amt "Zitat" | # Titel *fett* $x$ @sec-amt'
OFFICE = "Amt <b>für</b> A|B [Link](x)"
KITA = "Kita <i>Süd</i> | _u_ @tbl-x"
AREAS = {
    "1": "<script>alert(1)</script>",
    "2": "A|B {#id}",
    "3": "@fig-x $x$",
    "4": "_u_ *fett* 'x' \"y\"",
    "5": '# Titel "Zitat"',
    "6": r"[Link](x) \alpha\ ^2^ `c`",
    "7": "Siedlung zwischen Bahndamm, Kanal und ehemaligem Güterbahnhof am östlichen Rand 3",
}
LEAST, LEAST_BASE = 10, 25
"""Children in a facility below which the page by facility shows nothing."""

CATALOGUE = """
kennzahlen:
  jugendliche_anteil:
    kapitel: jugendarbeit
    titel: Anteil der 10- bis 17-Jährigen an den unter 18-Jährigen
    kurztitel: 10 bis 17 Jahre
    satz: der Anteil der 10- bis 17-Jährigen an den unter 18-Jährigen
    definition: Personen von 10 bis unter 18 Jahren je 100 Personen unter 18 Jahren.
    art: anteil
    zaehler: {merkmal: bevoelkerung, alter: 10-17}
    nenner: {merkmal: bevoelkerung, alter: 0-17}
    faktor: 100
    einheit: "%"
    nachkommastellen: 1
    lebensphase: Sekundarstufe
"""


def make_own(folder: Path) -> None:
    """Every additional chapter, one of its own, the page by facility; hostile names everywhere."""
    make_project(folder)
    keep_deliveries(
        folder,
        *("einwohner", "sgb2", "schuleingang", "wohnen", "mobilitaet", "angebote"),
        zusatzkapitel=["wohnen", "mobilitaet", "angebote", "jugendarbeit"],
        einrichtungen={"mindestfallzahl": LEAST, "mindestnenner": LEAST_BASE},
        zusammenfassen={},
        change=_rename,
    )
    # One indicator by facility is enough to tell where names stand and what is too small to show.
    drop_indicators(folder, "schuleingang", "seu_sprache")
    keep_chapters(
        folder,
        *("index", "kurzfassung", "01-", "03-", "methoden", "geheimhaltung", "datenquellen"),
        *("begleitend", "tabellenanhang", "glossar", "impressum"),
    )
    (folder / "params/kennzahlen-jugendarbeit.yml").write_text(CATALOGUE, encoding="utf-8")
    _own_chapter(folder / "notebooks")
    workbook = folder / "data/raw/pilotkommune/schuleingangsuntersuchung.xlsx"
    book = openpyxl.load_workbook(workbook)
    for row in book["Untersuchungen"].iter_rows(min_col=5, max_col=5):
        if row[0].value == "Kita Am Park":
            row[0].value = KITA
    book.save(workbook)


def _rename(params: dict) -> None:
    params["kommune"]["name"] = PLACE
    params["bericht"]["herausgeber"] = PUBLISHER
    params["lieferungen"]["sgb2"]["stelle"] = OFFICE
    params["raeume"]["namen"] = AREAS


def _own_chapter(notebooks: Path) -> None:
    """The head of a shipped chapter, and three calls."""
    notebook = json.loads((notebooks / "09-mobilitaet.ipynb").read_text(encoding="utf-8"))
    calls = [
        {
            "cell_type": "code", "execution_count": None, "id": kind, "metadata": {},
            "outputs": [], "source": [f'kapitel.{kind}("jugendliche_anteil")'],
        }
        for kind in ("karte", "balken", "aussagen")
    ]  # fmt: skip
    notebook["cells"] = [*notebook["cells"][:3], *calls]
    notebook["cells"][0]["source"] = ["# Jugendarbeit {#sec-jugendarbeit}"]
    notebook["cells"][2]["source"] = [
        "from spm import Report\n", "\n", "bericht = Report(params)\n",
        'kapitel = bericht.kapitel("jugendarbeit")',
    ]  # fmt: skip
    (notebooks / "11-jugendarbeit.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
