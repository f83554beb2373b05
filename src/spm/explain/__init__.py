"""Explain any number of the report: what it is made of, why it is shown or not, where it stands.

It is for those who have the municipality's confidential folder: what it tells is confidential, of
published numbers as well. Nothing is computed anew that a stage has stored; what a number is made
of is asked of the code that made it, and has to give the stored number again.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from spm.config.catalogue import dated
from spm.config.selections import counted_years
from spm.disclosure.inputs.counted import read_terms
from spm.errors import SpmError
from spm.explain.decision import decision
from spm.explain.numbers import formula, sums, value_of
from spm.explain.origins import Origins
from spm.explain.printed import Wanted, printed
from spm.explain.question import Question, question
from spm.explain.records import Druck, Erklaerung, Stand
from spm.explain.significance import tests
from spm.explain.stored import Stored, stored
from spm.faults import told
from spm.published import GESAMT, NICHT_ZUORDENBAR, OK
from spm.release.certificate import DATASET
from spm.release.digest import sha256
from spm.report import Report

__all__ = ["Erklaerung", "explain", "inside", "open_project"]


@told()
def open_project(params_file: str | Path) -> Stored:
    """The stored stages of a project; see `spm.explain.stored.stored`."""
    return stored(params_file)


@told()
def explain(project: Stored, what: str, year: str = "", area: str = "") -> Erklaerung:
    """Explain one number.

    Parameters
    ----------
    project : from `open_project`.
    what : key of an indicator, or a permanent address: ``atlas.html#kennzahl=…``, ``#fig-…``.
    year, area : default: the reporting year, the whole municipality; or as the address says.

    Raises
    ------
    SpmError
        Unknown indicator, year or area; or the number cannot be explained: its facts do not give
        what is stored.
    """
    report = project.report
    asked = question((what, year, area), report)
    entry = dated(report.catalogue[asked.kennzahl], report.params.zeitreihe.von)
    view, pool = report.view(asked.kennzahl), report.pools[asked.kennzahl]
    row, true = value_of(report.published, asked), value_of(project.indicators, asked)
    shown = row["status"] == OK  # then the numbers are as they are printed, perhaps rounded
    number = row["wert"] if shown else true["wert"]
    span = range(asked.jahr - pool.years + 1, asked.jahr + 1)
    _, rounded = read_terms(row["zaehlt"])
    selections = {
        role: (wanted, counted_years(wanted, span, report.params.zeitreihe.von))
        for role in ("zaehler", "abzueglich", "nenner")
        if (wanted := getattr(entry, role)) is not None
    }
    places = (asked.gruppe,) if asked.gruppe else pool.parts(asked.raum)
    numbers = sums(project, Origins(project), selections, places, (true, row), rounded)
    told_in, notes = _told(project, asked, row)
    if asked.instead:
        notes.insert(
            0, f"«{report.areas.set_index('raum')['name'][asked.instead]}» hat für diese Kennzahl "
            f"keinen eigenen Wert; er ist in «{asked.raum}» zusammengefasst."
        )  # fmt: skip
    notes += [f"Nicht zu vergleichen, ob sich das geändert hat: {name}" for name in project.open]
    measures = {m for s in entry.selections for m in s.merkmal}
    agreed = [d for d in report.params.lieferungen.values() if d.measures & measures]
    limits = (row["ki_unten"], row["ki_oben"])
    return Erklaerung(
        vertraulich=True,
        stand=Stand(
            report.certificate.datensatz.sha256,
            report.params.bericht.titel,
            report.params.bericht.datum.isoformat(),
        ),
        kennzahl=asked.kennzahl,
        titel=entry.titel,
        definition=entry.definition,
        jahr=asked.jahr,
        jahre=tuple(span),
        raum=asked.raum,
        name=_name(report, asked),
        einrichtung=asked.gruppe or "",
        raeume=tuple(places),
        status=row["status"],
        gedruckt=view.text(row["wert"]) if shown else "",
        wert=number,
        intervall=limits if shown and limits[0] is not None else None,
        formel=formula(entry, numbers, view.text(number) if number is not None else "", shown),
        zahlen=tuple(numbers),
        geheimhaltung=decision(asked, row["status"], project.folder, agreed),
        tests=tuple(tests(asked, project)),
        stellen=tuple(told_in),
        hinweise=tuple(notes),
    )


def inside(project: Stored, file: Path) -> Path:
    """The file that an explanation may be written to: below the confidential folder only.

    Raises
    ------
    SpmError
        It lies elsewhere, or is there already.
    """
    target = (file if file.is_absolute() else Path.cwd() / file).resolve()
    if target.exists():
        raise SpmError(
            "Diese Datei gibt es schon; eine Erklärung überschreibt nichts.",
            wo=str(file),
            tun="Bitte einen anderen Namen nennen oder die Datei löschen.",
        )
    if target.is_relative_to(project.folder.resolve()):
        return target
    raise SpmError(
        "Eine Erklärung ist vertraulich und darf nur im vertraulichen Ordner gespeichert werden.",
        wo=str(file),
        tun=f"Bitte eine Datei unter {project.folder} nennen, oder --datei weglassen.",
    )


def _name(report: Report, asked: Question) -> str:
    if asked.gruppe:
        return asked.gruppe
    if asked.raum == GESAMT:
        return f"{report.params.kommune.name} insgesamt"
    if asked.raum == NICHT_ZUORDENBAR:
        return "nicht zuordenbar"
    names = dict(zip(report.areas["raum"], report.areas["name"], strict=True))
    return str(names.get(asked.raum, asked.raum))


def _told(
    project: Stored, asked: Question, row: dict[str, object]
) -> tuple[list[Druck], list[str]]:
    """Where the number is printed; and why that cannot be said."""
    report = project.report
    folder = report.params.report_folder
    made_from = folder / DATASET
    if not made_from.is_file() or sha256(made_from) != report.certificate.datensatz.sha256:
        return [], [
            "Wo die Zahl gedruckt ist, lässt sich nicht sagen: Der Bericht unter "
            f"report/{report.params.slug} fehlt oder ist aus anderen Daten gemacht. «spm build "
            f"{report.params.address}» macht ihn neu."
        ]
    view, number = report.view(asked.kennzahl), row["wert"]
    texts: tuple[str, ...] = ()
    if row["status"] == OK and isinstance(number, float):
        texts = (view.text(number), view.number(number))
    name = _name(report, asked)
    names = (report.params.kommune.name, "Insgesamt") if asked.raum == GESAMT else (name,)
    short = view.indicator.kurztitel
    found = printed(
        folder,
        Wanted(
            key=asked.kennzahl,
            heads=(short, f"{short[:1].upper()}{short[1:]}", view.indicator.titel),
            names=(asked.gruppe.partition(": ")[2],) if asked.gruppe else names,
            texts=texts,
            year=asked.jahr,
            told=tuple(dict.fromkeys((str(asked.jahr), view.short_years(asked.jahr)))),
            current=asked.jahr == report.params.bericht.berichtsjahr,
        ),
    )
    return [*found, *_beside(folder, asked)], []


def _beside(folder: Path, asked: Question) -> list[Druck]:
    """Where the number stands besides the chapters: atlas and open data."""
    found = []
    if (folder / "html" / "atlas.html").is_file() and asked.gruppe is None:
        where = urlencode({"kennzahl": asked.kennzahl, "jahr": asked.jahr})
        area = "" if asked.raum == GESAMT else f"&{urlencode({'raum': asked.raum})}"
        found.append(Druck("atlas", "Atlas", f"atlas.html#{where}{area}", "Karte und Liste"))
    name = f"daten/{asked.kennzahl}.csv"
    if (folder / "html" / name).is_file():
        found.append(Druck("daten", "Offene Daten", name, "alle veröffentlichten Werte"))
    return found
