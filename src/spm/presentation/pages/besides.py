"""What comes with the web pages: links there, a paragraph in the PDF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spm.presentation.blocks import Block, from_data, joined, listing, markdown, paragraphs
from spm.presentation.pages.citation import citation
from spm.presentation.pages.companions import ATLAS, DATA_PAGE, SUMMARY, profile_page, profile_pdf
from spm.presentation.places import Place
from spm.presentation.wording.grammar import plural, plural_dative

if TYPE_CHECKING:
    from spm.config.reporting import Bericht

HTML, PDF = "html", "typst"


def overview(areas: Sequence[tuple[str, str]], place: Place, section: Bericht) -> Block:
    """Atlas, Kurzfassung, open data and the profile of every area, with links on web pages.

    In Jupyter, beside whose notebooks none of these files lies, it is a sentence. The PDF says what
    there is and where (``adresse``), and how to cite it.

    Parameters
    ----------
    areas : (key, name) of every area, in order.
    """
    links = joined(
        listing(
            "Zu diesem Bericht gehören:",
            [
                f"**[Atlas]({ATLAS}):** jede Kennzahl und jedes Jahr zum Auswählen, als Karte, "
                "Balken, Zeitreihe und Tabelle",
                f"**[Kurzfassung]({SUMMARY}):** das Wichtigste aus allen Kapiteln, als PDF",
                f"**[Offene Daten]({DATA_PAGE}):** alle veröffentlichten Werte als Tabellen zum "
                "Weiterverwenden",
            ],
        ),
        listing(
            f"Profile der {plural(place)} mit ihren Kennzahlen:",
            [
                f"[{from_data(name)}]({profile_page(raum)}), auch [als PDF]({profile_pdf(raum)})"
                for raum, name in areas
            ],
        ),
    )
    printed = joined(
        listing(
            "Zur Webfassung dieses Berichts gehören:",
            [
                "**Atlas:** jede Kennzahl und jedes Jahr zum Auswählen, als Karte, Balken, "
                "Zeitreihe und Tabelle; ein Link bewahrt die Auswahl",
                f"**Profile der {plural(place)}:** je eine Seite mit ihren Kennzahlen, im Netz und "
                "als PDF, etwa für eine Stadtteilkonferenz",
                "**Kurzfassung:** das Wichtigste aus allen Kapiteln auf zwei Seiten, als PDF",
                "**Offene Daten:** alle veröffentlichten Werte und alle Tabellen dieses Berichts "
                "als CSV und Excel, die Grenzen als GeoJSON, die Abbildungen als SVG und PNG",
            ],
        ),
        paragraphs(
            f"Die Webfassung liegt unter {from_data(section.adresse)}." if section.adresse else ""
        ),
        paragraphs(f"Zitiervorschlag: {from_data(citation(section, place) + '.')}"),
    )
    words = paragraphs(
        "Zur Webfassung dieses Berichts gehören ein Atlas, in dem sich jede Kennzahl und jedes "
        "Jahr als Karte, Balken und Zeitreihe ansehen lässt, Profile von allen "
        f"{plural_dative(place)}, eine Kurzfassung und alle veröffentlichten Werte als offene "
        "Daten."
    )
    source = f"{_only(HTML, links.markdown)}\n\n{_only(PDF, printed.markdown)}"
    return Block(source, words.html, words.text)


def ways_in(areas: Sequence[tuple[str, str]], place: Place) -> Block:
    """Where to go from the start page; on web pages only.

    Parameters
    ----------
    areas : (key, name) of every area, in order.
    """
    places = [
        (SUMMARY, "Kurzfassung (PDF)", "das Wichtigste auf zwei Seiten"),
        (ATLAS, "Atlas", "jede Kennzahl und jedes Jahr als Karte, Balken und Zeitreihe"),
        (DATA_PAGE, "Offene Daten", "alle veröffentlichten Werte als Tabellen"),
    ]
    if areas:
        pages = f"je eine Seite für alle {plural(place)}"
        places.insert(2, (profile_page(areas[0][0]), "Profile", pages))
    links = "\n".join(f"- [{title}]({file}) {markdown(what)}" for file, title, what in places)
    return Block(_only(HTML, f"::: {{.einstieg}}\n{links}\n:::", colons=4))


def _only(format_: str, source: str, colons: int = 3) -> str:
    """Markdown for one format."""
    fence = ":" * colons
    return f'{fence} {{.content-visible when-format="{format_}"}}\n{source}\n{fence}'
