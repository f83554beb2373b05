"""The columns of published values, and what their words mean."""

from __future__ import annotations

from spm.presentation.wording.grammar import CLASS_LABELS, status_text
from spm.products.opendata.table import BOOLEAN, INTEGER, NUMBER, DataColumn
from spm.published import (
    ABSENDER_GESPERRT,
    AENDERUNG,
    FALLEND,
    GESPERRT,
    GESTIEGEN,
    GESUNKEN,
    HINWEIS_ANSTIEG,
    HINWEIS_RUECKGANG,
    KEIN_TREND,
    NICHT_BERECHENBAR,
    NICHT_GELIEFERT,
    OK,
    STEIGEND,
    TREND,
    UNVERAENDERT,
)

STATUS = {OK: "veröffentlicht"} | {
    status: status_text(status)
    for status in (GESPERRT, ABSENDER_GESPERRT, NICHT_GELIEFERT, NICHT_BERECHENBAR)
}
RICHTUNG = {
    GESTIEGEN: "gestiegen",
    GESUNKEN: "gesunken",
    HINWEIS_ANSTIEG: "Hinweis auf Anstieg",
    HINWEIS_RUECKGANG: "Hinweis auf Rückgang",
    UNVERAENDERT: "keine Veränderung nachweisbar",
    STEIGEND: "steigender Trend",
    FALLEND: "fallender Trend",
    KEIN_TREND: "kein Trend nachweisbar",
}
RAUM, GRUPPE, KOMMUNE, OHNE_RAUM = "raum", "gruppe", "kommune", "ohne_raum"
RAUMARTEN = {
    RAUM: "Raum",
    GRUPPE: "zusammengefasste Räume",
    KOMMUNE: "ganze Kommune",
    OHNE_RAUM: "keinem Raum zuzuordnen",
}

KENNZAHL = DataColumn("kennzahl", "Kennung der Kennzahl", required=True)
SCHLUESSEL = DataColumn(
    "raum",
    "Schlüssel des Raums; gesamt: die ganze Kommune; nz: keinem Raum zuzuordnen; bei "
    "zusammengefassten Räumen der Name der Gruppe",
    required=True,
)
NAME = DataColumn("raum_name", "Name des Raums", required=True)
EINHEIT = DataColumn("einheit", "Einheit des Werts; leer bei Zahlen ohne Einheit")
UNTEN = DataColumn("ki_unten", "untere Grenze des 95-%-Konfidenzintervalls", NUMBER)
OBEN = DataColumn("ki_oben", "obere Grenze des 95-%-Konfidenzintervalls", NUMBER)
ABZUEGLICH = DataColumn("abzueglich", "was vom Zähler abgezogen wird (Fortzüge)", NUMBER)

WERTE = (
    KENNZAHL,
    DataColumn("jahr", "Jahr; bei zusammengefassten Jahren das letzte", INTEGER, required=True),
    DataColumn(
        "zeitraum", "das Jahr oder die Jahre, die im Wert zusammengefasst sind", required=True
    ),
    SCHLUESSEL,
    NAME,
    DataColumn("zaehler", "Zähler: gezählte Fälle", NUMBER),
    ABZUEGLICH,
    DataColumn(
        "nenner",
        "Nenner: worauf der Zähler bezogen ist; wenn nach der Definition das Vorjahr, dessen Zahl",
        NUMBER,
    ),
    DataColumn(
        "wert", "Wert der Kennzahl in ihrer Einheit; leer, wenn keiner gezeigt wird", NUMBER
    ),
    UNTEN,
    OBEN,
    DataColumn("geglaettet", "geglätteter Wert (empirischer Bayes-Schätzer)", NUMBER),
    DataColumn(
        "klasse",
        "Vergleich des Raums mit der übrigen Kommune",
        words=CLASS_LABELS,
    ),
    DataColumn(
        "geschaetzt",
        "ob der Wert geschätzt ist, weil frühere Räume auf heutige umgerechnet sind",
        BOOLEAN,
    ),
    DataColumn(
        "status", "ob ein Wert gezeigt wird, und wenn nicht, warum", required=True, words=STATUS
    ),
    EINHEIT,
)
"""Of one indicator; of all together too."""

ENTWICKLUNG = (
    DataColumn(
        "art",
        "aenderung: Unterschied zweier Jahre; trend: Entwicklung über mindestens fünf Jahre",
        required=True,
        words={AENDERUNG: "Veränderung", TREND: "Trend"},
    ),
    KENNZAHL,
    SCHLUESSEL,
    NAME,
    DataColumn("von", "Jahr, von dem an verglichen wird", INTEGER, required=True),
    DataColumn("bis", "Jahr, bis zu dem verglichen wird", INTEGER, required=True),
    DataColumn("anzahl_werte", "wie viele Werte der Trend enthält", INTEGER),
    DataColumn("differenz", "Unterschied in der Einheit der Kennzahl", NUMBER),
    UNTEN,
    OBEN,
    DataColumn(
        "richtung",
        "was sich nachweisen lässt; ein Hinweis, nur für die ganze Kommune: das Intervall enthält "
        "die Null nicht, unter allen Veränderungen der Kommune kann das Zufall sein",
        required=True,
        words=RICHTUNG,
    ),
    EINHEIT,
)

KENNZAHLENSET = (
    KENNZAHL,
    DataColumn("kapitel", "Kürzel des Kapitels", required=True),
    DataColumn("kapitel_titel", "Titel des Kapitels", required=True),
    DataColumn("titel", "ausführliche Bezeichnung", required=True),
    DataColumn("kurztitel", "kurze Bezeichnung", required=True),
    DataColumn("definition", "was gezählt und worauf es bezogen wird", required=True),
    DataColumn(
        "art",
        "wie der Wert gebildet ist",
        required=True,
        words={
            "anteil": "Anteil",
            "rate": "Rate",
            "anzahl": "Anzahl",
            "quotient": "Quotient",
            "veraenderung": "Veränderung",
            "saldo": "Saldo",
            "mittelwert": "Mittelwert",
            "messwert": "Messwert",
        },
    ),
    DataColumn(
        "faktor", "Zähler geteilt durch Nenner mal Faktor ist der Wert", NUMBER, required=True
    ),
    EINHEIT,
    DataColumn("nachkommastellen", "Nachkommastellen im Bericht", INTEGER, required=True),
    DataColumn(
        "richtung",
        "ob ein hoher Wert auf Belastung hinweist",
        required=True,
        words={key: key for key in ("belastend", "entlastend", "neutral")},
    ),
    DataColumn("quelle", "wer die Zahlen hat"),
    DataColumn("rechtsgrundlage", "worauf die Leistung oder die Erhebung beruht"),
    DataColumn("lebensphasen", "Lebensphasen, mit | getrennt"),
    DataColumn("bereich", "Lebensbereich"),
    DataColumn(
        "brueche", "Jahre, vor denen Werte nicht vergleichbar sind, und warum, mit | getrennt"
    ),
    DataColumn("jahre_zusammen", "so viele Jahre sind in jedem Wert zusammengefasst", INTEGER),
    DataColumn("raeume_zusammen", "Gruppen von Räumen, die zusammengefasst sind, mit | getrennt"),
    DataColumn("datei", "Datei mit den Werten; leer, wenn keine vorliegen"),
)

RAEUME = (
    SCHLUESSEL,
    NAME,
    DataColumn("art", "was für ein Raum es ist", required=True, words=RAUMARTEN),
    DataColumn("besteht_aus", "Schlüssel der Räume einer Gruppe, mit | getrennt"),
    DataColumn("gehoert_zu", "Gruppen, zu denen der Raum gehört, mit | getrennt"),
)

LIEFERUNGEN = (
    DataColumn("lieferung", "was geliefert wurde", required=True),
    DataColumn("stelle", "wer es geliefert hat", required=True),
    DataColumn("stichtag", "worauf sich die Zählung bezieht"),
    DataColumn("mindestfallzahl", "von wie vielen Fällen an gezeigt wird", required=True),
)

VERGLEICHSWERTE = (
    KENNZAHL,
    DataColumn("gebiet", "wofür der Wert gilt", required=True),
    DataColumn("ebene", "was für ein Gebiet es ist"),
    DataColumn("gruppe", "zu welchen ähnlichen Gebieten es gehört"),
    DataColumn("jahr", "Jahr des Werts", INTEGER, required=True),
    DataColumn("wert", "Wert der Kennzahl in ihrer Einheit", NUMBER, required=True),
    EINHEIT,
    DataColumn("quelle", "wo der Wert veröffentlicht ist", required=True),
)
