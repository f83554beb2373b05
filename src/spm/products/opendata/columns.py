"""The columns of published values, and what their words mean."""

from __future__ import annotations

from spm.presentation.wording.grammar import CLASS_LABELS, status_text
from spm.products.opendata.table import BOOLEAN, INTEGER, NUMBER, Spalte
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

KENNZAHL = Spalte("kennzahl", "Kennung der Kennzahl", pflicht=True)
SCHLUESSEL = Spalte(
    "raum",
    "Schlüssel des Raums; gesamt: die ganze Kommune; nz: keinem Raum zuzuordnen; bei "
    "zusammengefassten Räumen der Name der Gruppe",
    pflicht=True,
)
NAME = Spalte("raum_name", "Name des Raums", pflicht=True)
EINHEIT = Spalte("einheit", "Einheit des Werts; leer bei Zahlen ohne Einheit")
UNTEN = Spalte("ki_unten", "untere Grenze des 95-%-Konfidenzintervalls", NUMBER)
OBEN = Spalte("ki_oben", "obere Grenze des 95-%-Konfidenzintervalls", NUMBER)
ABZUEGLICH = Spalte("abzueglich", "was vom Zähler abgezogen wird (Fortzüge)", NUMBER)

WERTE = (
    KENNZAHL,
    Spalte("jahr", "Jahr; bei zusammengefassten Jahren das letzte", INTEGER, pflicht=True),
    Spalte("zeitraum", "das Jahr oder die Jahre, die im Wert zusammengefasst sind", pflicht=True),
    SCHLUESSEL,
    NAME,
    Spalte("zaehler", "Zähler: gezählte Fälle", NUMBER),
    ABZUEGLICH,
    Spalte("nenner", "Nenner: worauf der Zähler bezogen ist", NUMBER),
    Spalte("wert", "Wert der Kennzahl in ihrer Einheit; leer, wenn keiner gezeigt wird", NUMBER),
    UNTEN,
    OBEN,
    Spalte("geglaettet", "geglätteter Wert (empirischer Bayes-Schätzer)", NUMBER),
    Spalte(
        "klasse",
        "Vergleich des Raums mit der übrigen Kommune",
        werte=CLASS_LABELS,
    ),
    Spalte(
        "geschaetzt",
        "ob der Wert geschätzt ist, weil frühere Räume auf heutige umgerechnet sind",
        BOOLEAN,
    ),
    Spalte("status", "ob ein Wert gezeigt wird, und wenn nicht, warum", pflicht=True, werte=STATUS),
    EINHEIT,
)
"""Of one indicator; of all together too."""

ENTWICKLUNG = (
    Spalte(
        "art",
        "aenderung: Unterschied zweier Jahre; trend: Entwicklung über mindestens fünf Jahre",
        pflicht=True,
        werte={AENDERUNG: "Veränderung", TREND: "Trend"},
    ),
    KENNZAHL,
    SCHLUESSEL,
    NAME,
    Spalte("von", "Jahr, von dem an verglichen wird", INTEGER, pflicht=True),
    Spalte("bis", "Jahr, bis zu dem verglichen wird", INTEGER, pflicht=True),
    Spalte("anzahl_werte", "wie viele Werte der Trend enthält", INTEGER),
    Spalte("differenz", "Unterschied in der Einheit der Kennzahl", NUMBER),
    UNTEN,
    OBEN,
    Spalte("richtung", "was sich nachweisen lässt", pflicht=True, werte=RICHTUNG),
    EINHEIT,
)

KENNZAHLENSET = (
    KENNZAHL,
    Spalte("kapitel", "Kürzel des Kapitels", pflicht=True),
    Spalte("kapitel_titel", "Titel des Kapitels", pflicht=True),
    Spalte("titel", "ausführliche Bezeichnung", pflicht=True),
    Spalte("kurztitel", "kurze Bezeichnung", pflicht=True),
    Spalte("definition", "was gezählt und worauf es bezogen wird", pflicht=True),
    Spalte(
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
    Spalte("faktor", "Zähler geteilt durch Nenner mal Faktor ist der Wert", NUMBER, pflicht=True),
    EINHEIT,
    Spalte("nachkommastellen", "Nachkommastellen im Bericht", INTEGER, pflicht=True),
    Spalte(
        "richtung",
        "ob ein hoher Wert auf Belastung hinweist",
        pflicht=True,
        werte={key: key for key in ("belastend", "entlastend", "neutral")},
    ),
    Spalte("quelle", "wer die Zahlen hat"),
    Spalte("rechtsgrundlage", "worauf die Leistung oder die Erhebung beruht"),
    Spalte("lebensphasen", "Lebensphasen, mit | getrennt"),
    Spalte("bereich", "Lebensbereich"),
    Spalte("brueche", "Jahre, vor denen Werte nicht vergleichbar sind, und warum, mit | getrennt"),
    Spalte("jahre_zusammen", "so viele Jahre sind in jedem Wert zusammengefasst", INTEGER),
    Spalte("raeume_zusammen", "Gruppen von Räumen, die zusammengefasst sind, mit | getrennt"),
    Spalte("datei", "Datei mit den Werten; leer, wenn keine vorliegen"),
)

RAEUME = (
    SCHLUESSEL,
    NAME,
    Spalte("art", "was für ein Raum es ist", pflicht=True, werte=RAUMARTEN),
    Spalte("besteht_aus", "Schlüssel der Räume einer Gruppe, mit | getrennt"),
    Spalte("gehoert_zu", "Gruppen, zu denen der Raum gehört, mit | getrennt"),
)

LIEFERUNGEN = (
    Spalte("lieferung", "was geliefert wurde", pflicht=True),
    Spalte("stelle", "wer es geliefert hat", pflicht=True),
    Spalte("stichtag", "worauf sich die Zählung bezieht"),
    Spalte("mindestfallzahl", "von wie vielen Fällen an gezeigt wird", pflicht=True),
)

VERGLEICHSWERTE = (
    KENNZAHL,
    Spalte("gebiet", "wofür der Wert gilt", pflicht=True),
    Spalte("ebene", "was für ein Gebiet es ist"),
    Spalte("jahr", "Jahr des Werts", INTEGER, pflicht=True),
    Spalte("wert", "Wert der Kennzahl in ihrer Einheit", NUMBER, pflicht=True),
    EINHEIT,
    Spalte("quelle", "wo der Wert veröffentlicht ist", pflicht=True),
)
