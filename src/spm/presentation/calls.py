"""The calls of notebooks, in German: what ``bericht?`` and ``kapitel?`` list."""

CHAPTER = {
    "kapitel.befunde()": "was sich zeigt: bis zu drei Befunde",
    "kapitel.waermetabelle()": "Räume und Kennzahlen in einer farbigen Tabelle",
    'kapitel.kennzahlen("a", "b")': "je Kennzahl ein Block: Befund, Sätze, Abbildung",
    "kapitel.text()": "was die Kommune selbst dazu schreibt (Ordner texte)",
    'kapitel.abschnitt("Überschrift", "a")': "Überschrift; sie entfällt, wenn nichts geliefert ist",
    "kapitel.tabelle()": "alle Kennzahlen des Kapitels im Berichtsjahr",
    "kapitel.prueffragen()": "Fragen für die Planung, die aus den Befunden folgen",
    'kapitel.karte("a")': "Karte; nordpfeil=True zeichnet einen Nordpfeil",
    'kapitel.balken("a")': "Balken je Raum mit Intervallen",
    'kapitel.zeitreihe("a")': "Zeitreihe der Kommune und ihrer Räume",
    'kapitel.trichter("a")': "Trichterdiagramm: wie weit Werte durch Zufall streuen",
    'kapitel.abbildung("art", "a")': "eine Abbildung jeder Art: karte, balken, zeitreihe, trichter",
    'kapitel.aussagen("a")': "Sätze zum Berichtsjahr",
    'kapitel.entwicklung("a")': "Sätze zur Entwicklung",
    'kapitel.werte("a")': "alles Veröffentlichte einer Kennzahl im Berichtsjahr",
    "kapitel.ueberblick()": "die wichtigsten Werte in Sätzen",
    "kapitel.weitere()": "bis zu drei andere Kennzahlen, wenn die genannten fehlen",
    "kapitel.angebote()": "Angebote und Bedarf entlang der Präventionskette",
    "kapitel.einrichtungen()": "Tabellen je Kita und Grundschule, nur für interne Fassungen",
}
"""Every call of a chapter. «a» ist die Kennung einer Kennzahl."""

REPORT = {
    'bericht.kapitel("sgb2")': "ein Kapitel; bericht.kapitel(…)? nennt seine Aufrufe",
    "bericht.kurzfassung()": "das Wichtigste aller Kapitel",
    "bericht.gesamtbild()": "was die Zahlen zusammen bedeuten",
    'bericht.view("sgb2_quote_u18")': "eine Kennzahl mit allen veröffentlichten Werten",
    "bericht.published": "alle veröffentlichten Werte als Tabelle (pandas)",
    "bericht.catalogue": "alle Kennzahlen mit ihren Definitionen",
    "bericht.areas": "die Räume mit ihrer Geometrie",
}
"""The calls that begin an own chapter; those of the pages around the chapters are in their
notebooks."""
