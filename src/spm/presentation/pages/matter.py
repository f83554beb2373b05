"""The pages around the chapters: introduction, methods, sources, imprint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from spm.presentation.blocks import Block, from_data, heading, joined, paragraphs, table, terms
from spm.presentation.pages import rules
from spm.presentation.places import Place
from spm.presentation.views import IndicatorView
from spm.presentation.wording import accuracy, pooling
from spm.presentation.wording.grammar import all_signs, capitalised, in_municipality, so_many
from spm.release.certificate import CERTIFICATE
from spm.text.numbers import date_in_words, format_years, join_words, number_word

if TYPE_CHECKING:
    from spm.config.delivery import Lieferung
    from spm.config.params import Params


def chapter_title(views: Sequence[IndicatorView]) -> str:
    """Title of the chapter that these views stand in, marked as data."""
    return from_data(views[0].kennzahl.chapter.titel)


def introduction(
    params: Params, sichten: Mapping[str, Sequence[IndicatorView]], ort: Place
) -> Block:
    """What the report covers.

    Parameters
    ----------
    sichten : the views of every chapter, in order.
    """
    report, series = params.bericht, params.zeitreihe
    some = next((s for views in sichten.values() for s in views), None)
    areas = f", gegliedert nach {so_many(len(some.raeume), ort, case='dat')}" if some else ""
    several = series.von < series.bis
    years = f", die Zeitreihen die Jahre {series.von} bis {series.bis}" if several else ""
    covered = [k for k, views in sichten.items() if any(s.geliefert for s in views)]
    absent = [k for k in sichten if k not in covered]
    texts = [
        "Dieser Bericht beschreibt soziale Lebenslagen von Kindern und Jugendlichen "
        f"{in_municipality(ort)}{areas}. Karten, Balkendiagramme und Tabellen zeigen das "
        f"Berichtsjahr {report.berichtsjahr}{years}."
    ]
    if params.raeume.fruehere and series.von <= params.raeume.fruehere[-1].bis:
        texts.append(
            f"Bis {params.raeume.fruehere[-1].bis} waren die {from_data(ort.mehrzahl)} anders "
            "abgegrenzt; Zahlen aus diesen Jahren sind auf die heutigen Grenzen umgerechnet. Wo "
            "dafür Zahlen aufzuteilen waren, sind sie geschätzt und als Schätzung gekennzeichnet."
        )
    if covered:
        texts.append(
            f"Daten liegen vor zu: {join_words([chapter_title(sichten[k]) for k in covered])}."
        )
    if absent:
        texts.append(
            f"Ohne Lieferung blieben: {join_words([chapter_title(sichten[k]) for k in absent])}."
        )
    return paragraphs(" ".join(texts))


def signs() -> Block:
    """What stands in place of a number."""
    return table(
        "zeichen",
        ["Zeichen", "Bedeutung"],
        all_signs(),
        "Zeichen an Stelle einer Zahl",
        widths=[10, 50],
        numbers_from=2,
    )


def deliveries(used: Sequence[Lieferung]) -> Block:
    """Who delivered what, and from which number of cases on it is shown."""
    rows = [
        [
            from_data(entry.titel),
            from_data(entry.stelle),
            from_data(entry.stichtag or ""),
            rules.limits_of(entry),
        ]
        for entry in used
    ]
    return table(
        "lieferungen",
        ["Lieferung", "Stelle", "Stichtag", "Mindestfallzahl"],
        rows,
        "Lieferungen, ihre Stichtage und Mindestfallzahlen",
        widths=[26, 24, 16, 14],
        numbers_from=3,
    )


def comparisons(sichten: Mapping[str, Sequence[IndicatorView]]) -> Block:
    """Where the values of other places are from; nothing if the report shows none."""
    used: dict[tuple[str, str], list[str]] = {}
    for views in sichten.values():
        for sicht in views:
            for value in sicht.vergleichswerte:
                entry = f"{capitalised(sicht.kennzahl.kurztitel)} ({value.jahr})"
                used.setdefault((value.quelle, value.gebiet), []).append(entry)
    if not used:
        return Block()
    return table(
        "vergleichsquellen",
        ["Quelle", "Gebiet", "Kennzahlen (Jahr)"],
        [
            [from_data(q), from_data(g), from_data(", ".join(found))]
            for (q, g), found in used.items()
        ],
        "Quellen der Vergleichswerte anderer Gebiete",
        widths=[28, 20, 32],
        numbers_from=3,
    )


def availability(sichten: Mapping[str, Sequence[IndicatorView]]) -> Block:
    """Which years of which indicator hold published values; only of indicators with data."""
    rows = [
        [
            capitalised(from_data(sicht.kennzahl.kurztitel)),
            from_data(sicht.kennzahl.quelle),
            _years(sicht) or "keine veröffentlichten Werte",
        ]
        for views in sichten.values()
        for sicht in views
        if sicht.belegt
    ]
    known = table(
        "verfuegbarkeit",
        ["Kennzahl", "Quelle", "Jahre mit Werten"],
        rows,
        "Verfügbare Jahre der Kennzahlen",
        widths=[26, 30, 24],
        numbers_from=3,
    )
    return joined(known if rows else Block(), paragraphs(_others(sichten)))


def _years(sicht: IndicatorView) -> str:
    """Years behind the published values; of pooled ones all that went in."""
    ends = sicht.years_with()
    years = sorted({year - back for year in ends for back in range(sicht.fenster)})
    pooled = f" (je {pooling.years_each(sicht)})"
    return format_years(years) + (pooled if years and sicht.fenster > 1 else "")


WERTUNG = {"belastend": "ungünstig", "entlastend": "günstig"}
"""What a high value is called where the report judges; a neutral indicator is never judged."""


def definitions(sichten: Mapping[str, Sequence[IndicatorView]]) -> Block:
    """Every indicator with data: definition, source and legal basis, by chapter."""
    blocks = []
    for views in sichten.values():
        entries = [(from_data(s.kennzahl.titel), _definition(s)) for s in views if s.belegt]
        if entries:
            blocks += [heading(chapter_title(views), 3, ".unnumbered"), terms(entries)]
    return joined(*blocks, paragraphs(_others(sichten)))


def _others(sichten: Mapping[str, Sequence[IndicatorView]]) -> str:
    """How many indicators of the catalogue have no data."""
    n = sum(not sicht.belegt for views in sichten.values() for sicht in views)
    if not n:
        return ""
    which = "einer weiteren Kennzahl" if n == 1 else f"{number_word(n)} weiteren Kennzahlen"
    return f"Zu {which} des Kennzahlensets liegen keine Daten vor."


def _definition(sicht: IndicatorView) -> str:
    k = sicht.kennzahl
    parts = [
        from_data(k.definition),
        *filter(None, [pooling.definition(sicht), accuracy.accuracy_note(sicht)]),
    ]
    if k.richtung in WERTUNG:
        parts.append(f"Ein hoher Wert gilt als {WERTUNG[k.richtung]}.")
    if k.quelle:
        parts.append(f"Quelle: {from_data(k.quelle)}.")
    if k.rechtsgrundlage:
        parts.append(f"Rechtsgrundlage: {from_data(k.rechtsgrundlage)}.")
    return " ".join(parts)


def glossary(terms_: Mapping[str, str]) -> Block:
    """Terms and their explanations, in the order given."""
    if not terms_:
        return paragraphs("Zu diesem Bericht liegt kein Glossar vor.")
    return terms([(from_data(term), from_data(text)) for term, text in terms_.items()])


def thresholds(used: Sequence[Lieferung]) -> str:
    """From how many cases on values are shown, and what else the senders agreed on."""
    sentences = [rules.small_numbers(used), rules.zeros(used)]
    return " ".join(filter(None, [*sentences, *rules.further(used)]))


def imprint(params: Params) -> Block:
    """Publisher, contact, date and licence, and where the protection is proved."""
    report = params.bericht
    rows = [
        ("Herausgeber", report.herausgeber),
        ("Kontakt", report.kontakt),
        ("Stand", date_in_words(report.datum)),
        ("Lizenz", report.lizenz),
        ("Hinweis", report.hinweis),
    ]
    proof = (
        "Dass sich gesperrte Zahlen nicht zurückrechnen lassen, ist geprüft und in der Datei "
        f'`{CERTIFICATE}` bescheinigt (siehe Kapitel "[Geheimhaltung](geheimhaltung.ipynb)").'
    )
    return terms(
        [*((label, from_data(text)) for label, text in rows if text), ("Geheimhaltung", proof)]
    )
