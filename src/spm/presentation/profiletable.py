"""The table of an area's profile, and its Markdown as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import daten, markdown
from spm.presentation.details import ARROWS, DIFFERENCES
from spm.presentation.numbers import NBSP, aufzaehlung, intervall, zahl
from spm.presentation.pages import chapter_title
from spm.presentation.profile import Angabe, Profil
from spm.presentation.strips import Streifen, roh, streifen
from spm.presentation.views import DEUTLICH_UEBER, DEUTLICH_UNTER, GESAMT
from spm.presentation.wording.areas import in_raeumen
from spm.presentation.wording.estimates import ZEICHEN, erklaerung, mit_zeichen
from spm.presentation.wording.grammar import gross, mehrzahl, zeichen, zeichenerklaerung
from spm.presentation.wording.profile import gemeinsam, menschen, punkte

MOST_ROWS = 24
"""Rows of the table that fit on a page beside everything else, if the texts are short."""

NAMED = 4
"""Indicators named in one point of the text."""

ALIGN = [":---", "---:", "---:", "---:", ":---", "---:", ":---"]


def profil_markdown(profil: Profil, rows: int = MOST_ROWS, named: int = NAMED) -> str:
    """The profile below its title, in Markdown for both formats.

    Parameters
    ----------
    rows, named : see `Profil.auswahl` and `punkte`; fewer where a page has no room.
    """
    chosen = profil.auswahl(rows)
    points = [f"- {markdown(text)}" for text in punkte(profil, named)]
    parts = [f"# {markdown(daten(profil.name))} {{.unnumbered}}", "## Auf einen Blick {.unnumbered}"]
    parts += [markdown(menschen(profil)), "\n".join(points)]
    if chosen:
        parts += ["## Kennzahlen im Vergleich {.unnumbered}", _table(profil, chosen)]
        parts.append(f"::: {{.anmerkung}}\n{_note(profil, chosen)}\n:::")
    return "\n\n".join(part for part in parts if part) + "\n"


def _table(profil: Profil, chosen: Sequence[Angabe]) -> str:
    since = _since(chosen)
    head = [
        "Kennzahl",
        "Wert",
        f"Intervall{NBSP}(95{NBSP}%)",
        daten(profil.ort.name),
        "Unterschied zur übrigen Kommune",
        f"Veränderung seit{NBSP}{since}" if since else "Veränderung",
        f"Lage unter den {mehrzahl(profil.ort, 'dat')}",
    ]
    lines, chapter = [[markdown(cell) for cell in head], ALIGN], None
    for angabe in chosen:
        if angabe.sicht.kennzahl.kapitel != chapter:
            chapter = angabe.sicht.kennzahl.kapitel
            lines.append([f"**{markdown(daten(chapter_title(chapter)))}**", *[""] * 6])
        lines.append([*map(markdown, _cells(angabe, since)), roh(streifen(angabe.sicht, angabe.zeile))])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cells(angabe: Angabe, since: int) -> list[str]:
    sicht, row, k = angabe.sicht, angabe.zeile, angabe.sicht.kennzahl
    years = f", {sicht.kurze_jahre(sicht.jahr)}" if sicht.fenster > 1 else ""
    name = f"{daten(sicht.achse)}{years}{gemeinsam(angabe)}"
    total = sicht.zahl(sicht.gesamt.wert) if sicht.gesamt.ok else zeichen(sicht.gesamt.status)
    if not row.ok:
        return [name, zeichen(row.status), "", total, "", ""]
    limits = ""
    if row.hat_intervall:
        signed = sicht.ist_veraenderung
        limits = intervall(
            row.ki_unten, row.ki_oben, "", k.nachkommastellen, vorzeichen=signed
        )
    value = mit_zeichen(row, sicht.zahl(row.wert))
    return [name, value, limits, total, DIFFERENCES.get(row.klasse or "", ""), _change(angabe, since)]


def _since(chosen: Sequence[Angabe]) -> int:
    """The year since which most changes are told; 0 if none is."""
    years = sorted(a.aenderung.von for a in chosen if a.aenderung)
    return max(years, key=years.count) if years else 0


def _change(angabe: Angabe, since: int) -> str:
    change, sicht = angabe.aenderung, angabe.sicht
    if change is None:
        return ""
    number = zahl(change.differenz, sicht.kennzahl.nachkommastellen, vorzeichen=True)
    if angabe.zeile.geschaetzt or sicht.zeile(angabe.zeile.raum, change.von).geschaetzt:
        number = f"{ZEICHEN}{NBSP}{number}"
    arrow = f"{ARROWS[change.richtung]}{NBSP}" if angabe.bewegt else ""
    other = f" ({change.von})" if change.von != since else ""
    return f"{arrow}{number}{other}"


def _note(profil: Profil, chosen: Sequence[Angabe]) -> str:
    """What the strips, arrows and signs mean."""
    rows, total = [a.zeile for a in chosen], [a.sicht.gesamt for a in chosen]
    strips = [streifen(a.sicht, a.zeile) for a in chosen]
    legend = []
    if any(s.punkt is not None for s in strips):
        dot = Streifen(intervall=(0.2, 0.8), punkt=0.5, belegt=True)
        legend.append(f"{roh(dot)} {markdown(daten(profil.name))} mit Intervall (gefüllter Punkt: "
                      "Unterschied nachweisbar)")
    if any(s.kommune is not None for s in strips):
        legend.append(f"{roh(Streifen(kommune=0.5))} {markdown(daten(profil.ort.name))}")
    if any(s.spanne for s in strips):
        legend.append(f"{roh(Streifen(spanne=(0.1, 0.9)))} Spanne der Werte aller "
                      f"{markdown(mehrzahl(profil.ort, 'gen'))}, soweit veröffentlicht")
    signs = [zeichenerklaerung(sorted({row.status for row in (*rows, *total) if not row.ok}))]
    signs.append(erklaerung(rows))
    if any(a.deutlich for a in chosen):
        signs.append("zwei Pfeile: deutlicher Unterschied")
    if any(a.bewegt for a in chosen):
        signs.append("Pfeil vor einer Veränderung: nachweisbar")
    elif any(a.aenderung for a in chosen):
        signs.append("keine der Veränderungen ist nachweisbar")
    signs = [text for text in signs if text]
    texts = [f"{', '.join(legend)}." if legend else "", f"Zeichen: {markdown('; '.join(signs))}." if signs else ""]
    return " ".join(filter(None, texts))
