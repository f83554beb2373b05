"""The Zielmatrix of the Pilotkommune: invented targets, and what is done for them."""

from pathlib import Path

from pilot.files import write_csv

FILE = "ziele.csv"
HEAD = (
    "leitziel", "teilziel", "massnahme", "wirkungsannahme", "kennzahl", "raum", "ausgangswert",
    "ausgangsjahr", "zielwert", "zieljahr", "stelle", "stand",
)  # fmt: skip

GESUND = "Kinder wachsen gesund auf"
SICHER = "Familien sind materiell abgesichert"
BILDUNG = "Bildung beginnt früh und lässt niemanden zurück"
BETEILIGT = "Kinder und Jugendliche reden mit"

NONE = ("",) * 6
"""A row without a target of its own."""

# An empty baseline is the value that the report shows of that year.
ROWS = [
    (GESUND, "Masernschutz vor der Einschulung", "Impfsprechstunde in Kitas",
     "Wer Beratung ohne Weg erhält, holt fehlende Impfungen eher nach.",
     "seu_masern", "gesamt", "", "2020", "95,0", "2025", "Gesundheitsamt", "umgesetzt"),
    (GESUND, "Masernschutz vor der Einschulung", "Erinnerungsschreiben nach der U7a",
     "Eine Erinnerung kommt rechtzeitig vor der zweiten Impfung.",
     *NONE, "Gesundheitsamt", "teilweise"),
    (GESUND, "Sprachentwicklung vor der Einschulung", "Alltagsintegrierte Sprachbildung",
     "Wer täglich in kleinen Gruppen spricht, lernt die Sprache früher.",
     "seu_sprache", "gesamt", "", "2018", "22,0", "2026", "Jugendamt", "teilweise"),
    (GESUND, "Sprachentwicklung vor der Einschulung", "Elterncafés in Familienzentren",
     "Eltern, die sich kennen, nutzen Angebote häufiger.",
     "seu_sprache", "Sozialraum 1", "", "2019", "24,0", "2026", "Familienzentren", "umgesetzt"),
    (SICHER, "Kürzerer Leistungsbezug", "Lotsin für Familien im Jobcenter",
     "Eine feste Ansprechperson verkürzt Wege zu Arbeit und Kinderbetreuung.",
     "sgb2_langzeit", "gesamt", "", "2018", "44,0", "2026", "Jobcenter", "umgesetzt"),
    (SICHER, "Weniger Kinder im Leistungsbezug", "Beratung zu Wohngeld und Kinderzuschlag",
     "Vorrangige Leistungen werden häufiger beantragt.",
     "sgb2_quote_u18", "Sozialraum 4", "", "2018", "25,0", "2028", "Sozialamt", "teilweise"),
    (SICHER, "Weniger Kinder im Leistungsbezug", "Stadtteilbüro im Sozialraum 4", "",
     *NONE, "Sozialamt", "offen"),
    (BILDUNG, "Plätze für die Jüngsten", "Neubau einer Kita mit zwei Gruppen",
     "Mehr Plätze verkürzen Wartelisten.",
     "kita_plaetze_u3", "gesamt", "", "2019", "40,0", "2025", "Jugendamt", "teilweise"),
    (BILDUNG, "Plätze für die Jüngsten", "Gewinnung von Kindertagespflegepersonen",
     "Kleine Gruppen in der Nähe senken die Hürde.",
     "betreuungsquote_u3", "gesamt", "", "2019", "38,0", "2027", "Jugendamt", "umgesetzt"),
    (BILDUNG, "Ganztag für alle, die ihn brauchen", "Ausbau des offenen Ganztags",
     "Mit mehr Plätzen nehmen mehr Kinder teil.",
     "ogs_teilnahme", "gesamt", "", "2018", "49,0", "2024", "Schulamt", "umgesetzt"),
    (BILDUNG, "Alle erreichen einen Abschluss", "Schulsozialarbeit in der Sekundarstufe",
     "Wer früh begleitet wird, verlässt die Schule seltener ohne Abschluss.",
     "abgaenge_ohne_abschluss", "gesamt", "6,4", "2016", "4,0", "2026", "Schulamt", "umgesetzt"),
    (BETEILIGT, "Kinder planen ihren Spielplatz mit", "Beteiligung vor jedem Umbau",
     "Was Kinder mitplanen, wird genutzt.", *NONE, "Grünflächenamt", "offen"),
    (BETEILIGT, "Ein Jugendrat für alle Sozialräume", "", "", *NONE, "", ""),
]  # fmt: skip


def write(folder: Path) -> None:
    """Write the file as Excel saves it ("CSV UTF-8")."""
    write_csv(folder / FILE, [HEAD, *ROWS], "utf-8-sig")
