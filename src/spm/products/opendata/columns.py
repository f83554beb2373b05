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

KENNZAHL = DataColumn("kennzahl", "Kennung der Kennzahl", pflicht=True)
SCHLUESSEL = DataColumn(
    "raum",
    "Schlüssel des Raums; gesamt: die ganze Kommune; nz: keinem Raum zuzuordnen; bei "
    "zusammengefassten Räumen der Name der Gruppe",
    pflicht=True,
)
NAME = DataColumn("raum_name", "Name des Raums", pflicht=True)
EINHEIT = DataColumn("einheit", "Einheit des Werts; leer bei Zahlen ohne Einheit")
UNTEN = DataColumn("ki_unten", "untere Grenze des 95-%-Konfidenzintervalls", NUMBER)
OBEN = DataColumn("ki_oben", "obere Grenze des 95-%-Konfidenzintervalls", NUMBER)
ABZUEGLICH = DataColumn("abzueglich", "was vom Zähler abgezogen wird (Fortzüge)", NUMBER)

WERTE = (
    KENNZAHL,
    DataColumn("jahr", "Jahr; bei zusammengefassten Jahren das letzte", INTEGER, pflicht=True),
    DataColumn(
        "zeitraum", "das Jahr oder die Jahre, die im Wert zusammengefasst sind", pflicht=True
    ),
    SCHLUESSEL,
    NAME,
    DataColumn("zaehler", "Zähler: gezählte Fälle", NUMBER),
    ABZUEGLICH,
    DataColumn("nenner", "Nenner: worauf der Zähler bezogen ist", NUMBER),
    DataColumn(
        "wert", "Wert der Kennzahl in ihrer Einheit; leer, wenn keiner gezeigt wird", NUMBER
    ),
    UNTEN,
    OBEN,
    DataColumn("geglaettet", "geglätteter Wert (empirischer Bayes-Schätzer)", NUMBER),
    DataColumn(
        "klasse",
        "Vergleich des Raums mit der übrigen Kommune",
        werte=CLASS_LABELS,
    ),
    DataColumn(
        "geschaetzt",
        "ob der Wert geschätzt ist, weil frühere Räume auf heutige umgerechnet sind",
        BOOLEAN,
    ),
    DataColumn(
        "status", "ob ein Wert gezeigt wird, und wenn nicht, warum", pflicht=True, werte=STATUS
    ),
    EINHEIT,
)
"""Of one indicator; of all together too."""

ENTWICKLUNG = (
    DataColumn(
        "art",
        "aenderung: Unterschied zweier Jahre; trend: Entwicklung über mindestens fünf Jahre",
        pflicht=True,
        werte={AENDERUNG: "Veränderung", TREND: "Trend"},
    ),
    KENNZAHL,
    SCHLUESSEL,
    NAME,
    DataColumn("von", "Jahr, von dem an verglichen wird", INTEGER, pflicht=True),
    DataColumn("bis", "Jahr, bis zu dem verglichen wird", INTEGER, pflicht=True),
    DataColumn("anzahl_werte", "wie viele Werte der Trend enthält", INTEGER),
    DataColumn("differenz", "Unterschied in der Einheit der Kennzahl", NUMBER),
    UNTEN,
    OBEN,
    DataColumn("richtung", "was sich nachweisen lässt", pflicht=True, werte=RICHTUNG),
    EINHEIT,
)

KENNZAHLENSET = (
    KENNZAHL,
    DataColumn("kapitel", "Kürzel des Kapitels", pflicht=True),
    DataColumn("kapitel_titel", "Titel des Kapitels", pflicht=True),
    DataColumn("titel", "ausführliche Bezeichnung", pflicht=True),
    DataColumn("kurztitel", "kurze Bezeichnung", pflicht=True),
    DataColumn("definition", "was gezählt und worauf es bezogen wird", pflicht=True),
    DataColumn(
        "art",
        "wie der Wert gebildet ist",
        pflicht=True,
        werte={
            "anteil": "Anteil",
            "rate": "Rate",
            "anzahl": "Anzahl",
            "quotient": "Quotient",
            "veraenderung": "Veränderung",
            "saldo": "Saldo",
            "messwert": "Messwert",
        },
    ),
    DataColumn(
        "faktor", "Zähler geteilt durch Nenner mal Faktor ist der Wert", NUMBER, pflicht=True
    ),
    EINHEIT,
    DataColumn("nachkommastellen", "Nachkommastellen im Bericht", INTEGER, pflicht=True),
    DataColumn(
        "richtung",
        "ob ein hoher Wert auf Belastung hinweist",
        pflicht=True,
        werte={key: key for key in ("belastend", "entlastend", "neutral")},
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
    DataColumn("art", "was für ein Raum es ist", pflicht=True, werte=RAUMARTEN),
    DataColumn("besteht_aus", "Schlüssel der Räume einer Gruppe, mit | getrennt"),
    DataColumn("gehoert_zu", "Gruppen, zu denen der Raum gehört, mit | getrennt"),
)

LIEFERUNGEN = (
    DataColumn("lieferung", "was geliefert wurde", pflicht=True),
    DataColumn("stelle", "wer es geliefert hat", pflicht=True),
    DataColumn("stichtag", "worauf sich die Zählung bezieht"),
    DataColumn("mindestfallzahl", "von wie vielen Fällen an gezeigt wird", pflicht=True),
)

VERGLEICHSWERTE = (
    KENNZAHL,
    DataColumn("gebiet", "wofür der Wert gilt", pflicht=True),
    DataColumn("ebene", "was für ein Gebiet es ist"),
    DataColumn("jahr", "Jahr des Werts", INTEGER, pflicht=True),
    DataColumn("wert", "Wert der Kennzahl in ihrer Einheit", NUMBER, pflicht=True),
    EINHEIT,
    DataColumn("quelle", "wo der Wert veröffentlicht ist", pflicht=True),
)
