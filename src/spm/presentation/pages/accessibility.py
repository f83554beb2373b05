"""What the imprint says about accessibility: standards, how they were checked, limits, contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm.presentation.blocks import Block, from_data, joined, paragraphs, terms
from spm.text.numbers import NBSP

if TYPE_CHECKING:
    from spm.config.params import Params

_STANDARDS = (
    "Dieser Bericht soll für alle zugänglich sein. Die Webseiten sind nach der "
    "Barrierefreie-Informationstechnik-Verordnung (BITV 2.0) gestaltet, also nach der europäischen "
    f"Norm EN{NBSP}301{NBSP}549 und den Web Content Accessibility Guidelines (WCAG) 2.1, Stufe AA; "
    "das PDF nach PDF/UA-1 (ISO 14289-1)."
)

_ENTRIES = (
    (
        "Umsetzung",
        "Alle Teile der Webseiten sind mit der Tastatur zu erreichen. Überschriften, Tabellen, "
        "Verweise und Bereiche der Seite sind für Screenreader ausgezeichnet. Jede Abbildung ist "
        "in Worten beschrieben, und kein Unterschied wird allein durch Farbe gezeigt. Die Seiten "
        "passen sich schmalen Bildschirmen, starker Vergrößerung und der hellen oder dunklen "
        "Darstellung des Geräts an.",
    ),
    (
        "Prüfung",
        "Die Vorlage der Webseiten wird mit dem Werkzeug axe-core automatisch geprüft, auf "
        "Verstöße gegen WCAG 2.1, Stufen A und AA, in heller und dunkler Darstellung; "
        "ebenso die Bedienung mit der Tastatur, die Darstellung bei 320 Pixeln Breite und bei "
        f"200{NBSP}% Vergrößerung. Das PDF entsteht nur, wenn seine Auszeichnung die Prüfung "
        "des Satzprogramms nach PDF/UA-1 besteht. Automatische Prüfungen finden nur einen "
        "Teil der möglichen Barrieren; eine Prüfung durch Menschen mit Behinderungen ersetzen sie "
        "nicht.",
    ),
    (
        "Bekannte Grenzen",
        "Karten und Diagramme sind Bilder: Ihre Beschreibung nennt das Wesentliche, die einzelnen "
        "Werte stehen in Tabellen. Breite Tabellen lassen sich auf schmalen Bildschirmen in "
        "ihrem eigenen Rahmen seitwärts verschieben. In dunkler Darstellung behalten Abbildungen "
        "einen hellen Grund. Suche und Atlas brauchen JavaScript; die Kapitel sind auch ohne sie "
        "vollständig. In Leichter Sprache gibt es eine Seite mit dem Wichtigsten, nicht den ganzen "
        "Bericht; in Gebärdensprache liegt er nicht vor.",
    ),
)


def statement(params: Params) -> Block:
    """Standards, checks, known limits, and whom to tell about a barrier."""
    report = params.bericht
    whom = from_data(report.kontakt or report.herausgeber)
    contact = f"Wer auf eine Barriere stößt, wende sich bitte an: {whom}."
    return joined(paragraphs(_STANDARDS), terms([*_ENTRIES, ("Barrieren melden", contact)]))
