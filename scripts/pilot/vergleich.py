"""Values of the invented Kreis and Land around the Pilotkommune, and of places like it."""

from pathlib import Path

from pilot.files import write_csv

FILE = "vergleichswerte.csv"
SOURCE = "synthetisch, erfunden"
HEAD = ("kennzahl", "gebiet", "ebene", "jahr", "wert", "quelle", "gruppe")

# indicator -> (Kreis, Land) in 2023, German decimals
VALUES = {
    "anteil_u18": ("16,9", "16,6"),
    "haushalte_alleinerziehend": ("20,4", "21,2"),
    "sgb2_quote_u18": ("13,10", "14,60"),
    "betreuungsquote_u3": ("33,5", "32,0"),
    "hze_dichte": ("32,4", "35,1"),
    "seu_sprache": ("19,8", "21,5"),
}
# indicator -> the same of places that are like the Pilotkommune
PLACES = ("Beispielstadt", "Modellhausen", "Musterheim", "Probedorf")
ALIKE = {
    "sgb2_quote_u18": ("13,80", "17,90", "15,20", "19,40"),
    "betreuungsquote_u3": ("38,2", "33,9", "41,5", "36,0"),
    "hze_dichte": ("24,1", "30,4", "27,7", "29,2"),
    "empfehlung_gymnasium": ("41,3", "37,8", "44,0", "36,4"),
}
GROUP = "ähnliche Kommunen"
KREIS, LAND = ("Musterkreis", "Kreis"), ("Musterland", "Land")
LATE = {("seu_sprache", "Land"): 2022}
"""Where the value of the reporting year is not out yet."""


def write(folder: Path) -> None:
    """Write the file as Excel saves it ("CSV UTF-8")."""
    rows = [HEAD]
    for key, values in VALUES.items():
        for (name, level), value in zip((KREIS, LAND), values, strict=True):
            rows.append((key, name, level, LATE.get((key, level), 2023), value, SOURCE, ""))
    for key, values in ALIKE.items():
        for name, value in zip(PLACES, values, strict=True):
            rows.append((key, name, "Kommune", 2023, value, SOURCE, GROUP))
    write_csv(folder / FILE, rows, "utf-8-sig")
