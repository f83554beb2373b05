"""The page about disclosure control: what is protected, how, against whom, and the proof."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spm.presentation.blocks import Block, heading, joined, listing, paragraphs, table
from spm.presentation.pages import rules
from spm.presentation.views import IndicatorView
from spm.presentation.wording.block import TOGETHER
from spm.presentation.wording.grammar import sign_of
from spm.published import GESPERRT
from spm.release.certificate import CERTIFICATE
from spm.release.readerknowledge import CASES, EVERYBODY, NOT_STOPPED, READERS, RULES, applying
from spm.text.numbers import NBSP, format_number, number_word

if TYPE_CHECKING:
    from spm.config.delivery import Lieferung
    from spm.config.params import Params
    from spm.release.certificate import Certificate


def page(
    params: Params,
    used: Sequence[Lieferung],
    certificate: Certificate,
    pooled: Sequence[IndicatorView],
) -> Block:
    """Everything on the page.

    Parameters
    ----------
    used : deliveries that some number of the report is made from.
    pooled : views of the indicators that count several years or areas together.
    """
    return joined(
        paragraphs(
            "Hinter den Zahlen dieses Berichts stehen Kinder, Jugendliche und ihre Familien. Sehr "
            "kleine Zahlen können verraten, wer gemeint ist und in welcher Lage. Sie werden "
            "deshalb nicht gezeigt, und es ist geprüft, dass sie sich auch nicht ausrechnen lassen."
        ),
        heading("Was geschützt wird", 2, ".unnumbered"),
        _protected(used),
        heading("Wie geschützt wird", 2, ".unnumbered"),
        _means(params, pooled),
        heading("Gegen wen geprüft wird", 2, ".unnumbered"),
        _readers(certificate, _cases(params, used, certificate)),
        heading("Wogegen nicht geschützt ist", 2, ".unnumbered"),
        listing(
            "Gerechnet wird mit dem, was veröffentlicht und was vereinbart ist. Nicht geschützt "
            "ist der Bericht gegen:",
            NOT_STOPPED,
        ),
        heading("Ergebnis der Prüfung", 2, ".unnumbered"),
        _result(certificate),
        heading("Bescheinigung", 2, ".unnumbered"),
        _proof(certificate),
    )


def _protected(deliveries: Sequence[Lieferung]) -> Block:
    limits = " ".join(filter(None, (rules.small_numbers(deliveries), rules.zeros(deliveries))))
    return joined(
        paragraphs(
            limits,
            "Das gilt für die Fälle einer Kennzahl und für die Gruppe, auf die sie bezogen sind. "
            "Bei Anteilen gilt es auch für die übrigen: Haben von 50 Kindern 48 eine Impfung, "
            "sind die beiden anderen ebenso leicht zu erkennen.",
        )
        if limits
        else Block(),
        listing(f"{'Außerdem' if limits else 'Es'} ist vereinbart:", rules.further(deliveries)),
    )


def _means(params: Params, pooled: Sequence[IndicatorView]) -> Block:
    steps = [
        "**Kleine Zahlen** werden gesperrt (primäre Sperrung). Mit ihnen verschwinden alle Werte, "
        "die aus ihnen berechnet sind.",
        "**Weitere Zahlen** werden gesperrt, damit sich die kleinen nicht zurückrechnen lassen "
        "(sekundäre Sperrung). Fehlte in einer Tabelle nur eine Zahl, ergäbe sie sich aus der "
        "Summe und den übrigen. Ausgewählt werden die weiteren Zahlen für alle Kapitel, Jahre und "
        "Tabellen gemeinsam und so, dass dem Bericht möglichst wenig verloren geht.",
    ]
    sign = sign_of(GESPERRT)
    known = _known(params) if params.geheimhaltung.reports else ""
    return joined(
        listing("Geschützt wird in zwei Schritten:", steps),
        paragraphs(
            f"Beide Arten tragen dasselbe Zeichen {sign}. Verschiedene Zeichen würden verraten, "
            f"welche Zahlen klein sind. Ein {sign} heißt deshalb nicht, dass es nur wenige Fälle "
            "gibt.",
            known,
        ),
        paragraphs(_pooled(pooled)),
    )


def _known(params: Params) -> str:
    """How other reports are taken account of."""
    earlier, others = params.geheimhaltung.earlier, params.geheimhaltung.andere_berichte
    which = []
    if earlier:
        which.append("der vorige Bericht" if len(earlier) == 1 else "die früheren Berichte")
    if others:
        which.append(
            "ein Bericht anderer Stellen" if len(others) == 1 else "Berichte anderer Stellen"
        )
    many = len(earlier) + len(others) > 1
    text = " und ".join(which)
    hidden = (
        "; was im letzten Bericht gesperrt ist, wird vorrangig wieder gesperrt" if earlier else ""
    )
    return (
        f"{text[0].upper()}{text[1:]} {'sind' if many else 'ist'} berücksichtigt: Was dort steht, "
        "gilt als bekannt, auch wenn es andere Jahre, Räume oder Altersgruppen zusammenfasst"
        f"{hidden}. Was dort schon verraten ist, lässt sich nicht mehr schützen."
    )


def _pooled(views: Sequence[IndicatorView]) -> str:
    """That years and areas are counted together; which, the definitions say."""
    if not views:
        return ""
    which = "einer Kennzahl" if len(views) == 1 else f"{number_word(len(views))} Kennzahlen"
    return (
        f"Damit weniger gesperrt werden muss, sind bei {which} mehrere Jahre oder Räume "
        f"zusammengefasst. Sie tragen das Zeichen {TOGETHER}; welche Jahre und Räume es sind, "
        "steht bei den Definitionen der Kennzahlen."
    )


def _cases(params: Params, used: Sequence[Lieferung], certificate: Certificate) -> set[str]:
    """What there is in this report of which only some readers of some reports know."""
    withheld = certificate.zahlen.vom_absender_gesperrt > 0
    found = {
        "absender": withheld or any(entry.mindestfallzahl_absender for entry in used),
        "berichte": params.geheimhaltung.reports,
        "einrichtungen": params.einrichtungen is not None,
        "raeume": params.geheimhaltung.reports and params.raeume.fruehere,
    }
    agreed = {case for case in CASES if any(getattr(entry, case, None) for entry in used)}
    return agreed | {case for case, there in found.items() if there}


def _readers(certificate: Certificate, cases: set[str]) -> Block:
    return joined(
        paragraphs(
            "Nach der Sperrung greift ein zweites, davon unabhängiges Programm die Daten an. Es "
            "geht davon aus, dass Leser alles zusammentragen, was sie wissen können."
        ),
        listing("Alle kennen und nutzen:", applying(EVERYBODY, cases)),
        listing("Wer die Regeln kennt, weiß außerdem:", applying(RULES, cases)),
        listing(
            "Damit versuchen fünf Leser, die geschützten Zahlen zurückzurechnen. Bestanden ist die "
            "Prüfung nur, wenn keiner von ihnen weiter kommt als hier gesagt:",
            [f"{reader.text} {reader.passed}" for reader in READERS],
        ),
        paragraphs(
            _widened(certificate.pruefung.schutzfaktor),
            "Enger eingrenzen lässt sich eine kleine Zahl nur, wo schon die ganze Gruppe kleiner "
            "ist, wo Anzahlen gerundet sind oder wo andere Berichte oder die liefernde Stelle mehr "
            "verraten haben.",
        ),
    )


def _widened(factor: float) -> str:
    if factor == 1:
        return ""
    places = next((n for n in (0, 1) if round(factor, n) == factor), 2)
    return (
        "Möglich bleiben muss mehr als das, nämlich alles bis unter "
        f"das {format_number(factor, places)}-Fache der Mindestfallzahl."
    )


def _result(certificate: Certificate) -> Block:
    numbers = certificate.zahlen
    rows = [
        ("Werte, die der Bericht zeigen könnte", numbers.insgesamt, True),
        ("davon gezeigt", numbers.veroeffentlicht, True),
        ("davon gesperrt", numbers.gesperrt, True),
        ("Außerdem schon vom Absender gesperrte Werte", numbers.vom_absender_gesperrt, False),
    ]
    return joined(
        paragraphs(
            "Die Prüfung ist **bestanden**: Kein Leser kommt einer geschützten Zahl zu nahe."
            if numbers.gesperrt
            else "Die Prüfung ist **bestanden**: Es war kein Wert zu sperren."
        ),
        table(
            "geheimhaltung",
            ["Angabe", "Anzahl", "Anteil"],
            [
                [label, format_number(n), _share(n, numbers.insgesamt) if part else ""]
                for label, n, part in rows
            ],
            "Ergebnis der Geheimhaltung",
            widths=[54, 12, 12],
        ),
        paragraphs(
            "Ein Wert ist hier eine Kennzahl für ein Jahr und ein Gebiet oder eine Einrichtung; "
            "zu ihm gehören auch die Anzahlen, aus denen er berechnet ist. Mehr steht hier mit "
            "Absicht nicht: Wie viele der gesperrten Zahlen klein sind oder wie eng sie sich "
            "eingrenzen lassen, hängt von ihnen selbst ab und könnte sie verraten."
        ),
    )


def _share(n: int, of: int) -> str:
    return f"{format_number(100 * n / of, 1)}{NBSP}%" if of else ""


def _proof(certificate: Certificate) -> Block:
    data = certificate.datensatz
    return paragraphs(
        f"Das Ergebnis steht in der Datei `{CERTIFICATE}`, die zu diesem Bericht gehört. Sie gilt "
        f"für genau einen Datensatz, die Datei `{data.datei}`. Alle Karten, Abbildungen, Tabellen "
        "und Sätze sind aus diesem Datensatz gemacht; aus einem anderen oder nachträglich "
        "geänderten entsteht kein Bericht. Seine Prüfsumme steht am Ende des Berichts im "
        "Impressum.",
    )
