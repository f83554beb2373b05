"""The pages around the chapters: introduction, methods, sources, imprint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from spm.presentation.blocks import Block, boxed, from_data, joined, paragraphs, table, terms
from spm.presentation.pages import rules
from spm.presentation.places import Place
from spm.presentation.views import IndicatorView
from spm.presentation.wording import pooling
from spm.presentation.wording.grammar import all_signs, capitalised, in_municipality, so_many
from spm.release.certificate import CERTIFICATE
from spm.text.numbers import date_in_words, format_years, join_words, number_word

if TYPE_CHECKING:
    from spm.config.delivery import Lieferung
    from spm.config.params import Params


def chapter_title(views: Sequence[IndicatorView]) -> str:
    """Title of the chapter that these views stand in, marked as data."""
    return from_data(views[0].indicator.chapter.titel)


def introduction(
    params: Params, chapters: Mapping[str, Sequence[IndicatorView]], place: Place
) -> Block:
    """What the report covers.

    Parameters
    ----------
    chapters : the views of every chapter, in order.
    """
    report, series = params.bericht, params.zeitreihe
    some = next((s for views in chapters.values() for s in views), None)
    areas = f", gegliedert nach {so_many(len(some.area_names), place, case='dat')}" if some else ""
    several = series.von < series.bis
    years = f", die Zeitreihen die Jahre {series.von} bis {series.bis}" if several else ""
    covered = [k for k, views in chapters.items() if any(s.delivered for s in views)]
    absent = [k for k in chapters if k not in covered]
    unfit = [k for k in absent if any(s.named for s in chapters[k])]
    absent = [k for k in absent if k not in unfit]
    texts = [
        "Dieser Bericht beschreibt soziale Lebenslagen von Kindern und Jugendlichen "
        f"{in_municipality(place)}{areas}. Karten, Punktdiagramme und Tabellen zeigen das "
        f"Berichtsjahr {report.berichtsjahr}{years}."
    ]
    if params.raeume.fruehere and series.von <= params.raeume.fruehere[-1].bis:
        texts.append(
            f"Bis {params.raeume.fruehere[-1].bis} waren die {from_data(place.plural)} anders "
            "abgegrenzt; Zahlen aus diesen Jahren sind auf die heutigen Grenzen umgerechnet. Wo "
            "dafür Zahlen aufzuteilen waren, sind sie geschätzt und als Schätzung gekennzeichnet."
        )
    if covered:
        texts.append(
            f"Daten liegen vor zu: {join_words([chapter_title(chapters[k]) for k in covered])}."
        )
    if unfit:
        texts.append(
            "Ohne passende Angaben blieben: "
            f"{join_words([chapter_title(chapters[k]) for k in unfit])}."
        )
    if absent:
        texts.append(
            f"Ohne Lieferung blieben: {join_words([chapter_title(chapters[k]) for k in absent])}."
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


NO_INDICATOR = "ohne veröffentlichte Kennzahl"


def deliveries(used: Sequence[Lieferung], shown: Sequence[Lieferung] | None = None) -> Block:
    """Who delivered what, and from which number of cases on it is shown.

    Parameters
    ----------
    shown : deliveries of which an indicator is published; by default all.
    """
    seen = used if shown is None else shown
    rows = [
        [
            from_data(entry.titel) + ("" if entry in seen else f" ({NO_INDICATOR})"),
            from_data(entry.stelle),
            from_data(entry.stichtag or ""),
            rules.limits_of(entry),
        ]
        for entry in used
    ]
    listed = table(
        "lieferungen",
        ["Lieferung", "Stelle", "Stichtag", "Mindestfallzahl"],
        rows,
        "Lieferungen, ihre Stichtage und Mindestfallzahlen",
        widths=[26, 24, 16, 14],
        numbers_from=3,
    )
    return boxed("dicht", listed)


def comparisons(chapters: Mapping[str, Sequence[IndicatorView]]) -> Block:
    """Where the values of other places are from; nothing if the report shows none."""
    used: dict[tuple[str, str], list[str]] = {}
    for views in chapters.values():
        for view in views:
            for value in (*view.elsewhere, *view.alike):
                entry = f"{capitalised(view.indicator.kurztitel)} ({value.jahr})"
                used.setdefault((value.quelle, value.gebiet), []).append(entry)
    if not used:
        return Block()
    listed = table(
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
    return boxed("dicht", listed)


def availability(chapters: Mapping[str, Sequence[IndicatorView]]) -> Block:
    """Which years of which indicator hold published values; only of indicators with data."""
    rows = [
        [
            capitalised(from_data(view.indicator.kurztitel)),
            from_data(view.indicator.quelle),
            _years(view) or "keine veröffentlichten Werte",
        ]
        for views in chapters.values()
        for view in views
        if view.appears
    ]
    known = table(
        "verfuegbarkeit",
        ["Kennzahl", "Quelle", "Jahre mit Werten"],
        rows,
        "Verfügbare Jahre der Kennzahlen",
        widths=[26, 30, 24],
        numbers_from=3,
    )
    return joined(boxed("dicht", known) if rows else Block(), paragraphs(others(chapters)))


def _years(view: IndicatorView) -> str:
    """Years behind the published values; of pooled ones all that went in."""
    ends = view.years_with()
    years = sorted({year - back for year in ends for back in range(view.window)})
    pooled = f" (je {pooling.years_each(view)})"
    return format_years(years) + (pooled if years and view.window > 1 else "")


def others(chapters: Mapping[str, Sequence[IndicatorView]]) -> str:
    """How many indicators of the catalogue have no data."""
    n = sum(not view.appears for views in chapters.values() for view in views)
    if not n:
        return ""
    which = "einer weiteren Kennzahl" if n == 1 else f"{number_word(n)} weiteren Kennzahlen"
    return f"Zu {which} des Kennzahlensets liegen keine Daten vor."


def glossary(terms_: Mapping[str, str]) -> Block:
    """Terms and their explanations, in the order given."""
    if not terms_:
        return paragraphs("Zu diesem Bericht liegt kein Glossar vor.")
    found = terms([(from_data(term), from_data(text)) for term, text in terms_.items()])
    return boxed("spalten", found)


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
