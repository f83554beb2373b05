"""Notes on what deliveries and catalogue have to do with each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from spm.config.canonical import MEASURE_NAME
from spm.config.chaptertitles import NOTEBOOKS
from spm.deliveries.findings import HINWEIS, Finding, Source
from spm.disclosure.undeclared import Sum, undeclared_sums
from spm.errors import nearest
from spm.facts import senders
from spm.statistics.needs import lacking_groups, one_sided_totals, unused, without_first_year

if TYPE_CHECKING:
    import pandas as pd

    from spm.config.catalogue import Kennzahl
    from spm.config.params import Params
    from spm.config.selections import Auswahl, Zusammenhang
    from spm.config.tables import Tabelle

SHOWN = 5
"""Indicators that a note names."""


def notes_on_catalogue(
    facts: pd.DataFrame,
    catalogue: Mapping[str, Kennzahl],
    sums: Mapping[str, Zusammenhang],
    areas: Iterable[str],
    params: Params,
) -> list[Finding]:
    """Measures that no indicator uses, totals that only one side of a ratio has, and sums that
    disclosure control is not told of.

    Parameters
    ----------
    facts : as delivered, or by today's areas.
    sums : those that are declared.
    """
    by_measure = senders(facts)

    def source(measure: str) -> Source:
        keys = by_measure.get(measure, [])
        tables = [table for key in keys for table in params.lieferungen[key].tabellen]
        own = [table for table in tables if measure in named_measures(table)] or tables
        return Source(", ".join(keys), ", ".join(dict.fromkeys(t.source_name for t in own)))

    notes = []
    for one in one_sided_totals(facts, catalogue, areas):
        notes.append(
            source(one.with_total.split(", ")[0]).finding(
                f"Für {_listed(one.indicators)} ist nur «{one.with_total}» als Gesamtzahl "
                f"geliefert: {one.total} im Jahr {one.year}, in den Räumen {one.areas}. "
                f"«{one.as_sum}» ist die Summe der Räume: {one.sum_of_other}.",
                "Auch dort die Gesamtzeile (gesamtzeilen) oder die Personen ohne Raum "
                "(nicht_zuordenbar) zuordnen; sonst passen Zähler und Nenner nicht zusammen.",
                spalte=one.with_total,
                schwere=HINWEIS,
            )
        )
    notes += _before_the_series(facts, catalogue, params)
    for found in undeclared_sums(facts, catalogue, sums, list(areas)):
        first, told = found.left[0].merkmal[0], sum_in_words(found, params.catalogue_files[0])
        notes.append(source(first).finding(*told, spalte=first, schwere=HINWEIS))
    used = _used(params, catalogue)
    asked = {m for entry in catalogue.values() for s in entry.selections for m in s.merkmal}
    missing = sorted(asked - set(by_measure))
    for key, measures in unused(facts, used).items():
        tables = params.lieferungen[key].tabellen
        files = ", ".join(dict.fromkeys(table.source_name for table in tables))
        hints = [h for m in measures if (h := nearest(m, missing)).startswith(" Gemeint")]
        notes.append(
            Source(key, files).finding(
                f"Geliefert, aber von keiner Kennzahl benutzt: {', '.join(measures)}."
                + "".join(hints),
                "Die Namen der Merkmale prüfen, eine Kennzahl dafür anlegen oder die Spalten "
                "weglassen.",
                spalte=", ".join(measures),
                schwere=HINWEIS,
            )
        )
    return notes


def sum_in_words(found: Sum, catalogue: str) -> tuple[str, str]:
    """What was found, and what to write into the catalogue."""

    def side(selections: Iterable[Auswahl]) -> str:
        return " + ".join(f"«{', '.join(s.merkmal)}»{_of(s)}" for s in selections)

    def entry(wanted: Auswahl) -> str:
        pairs = {k: v for k, v in wanted.model_dump(exclude_none=True).items() if k != "jahr"}
        return yaml.safe_dump(
            {k: v[0] if isinstance(v, list) and len(v) == 1 else v for k, v in pairs.items()},
            allow_unicode=True,
            sort_keys=False,
            default_flow_style=True,
            width=1000,
        ).strip()

    # «summe» is what the sum is of; of two sums the second one's parts go over to the other side
    (whole, *minus), parts = found.left, found.right
    written = f"summe: {entry(whole)}, teile: [{', '.join(entry(s) for s in parts)}]"
    if minus:
        written += f", abzueglich: [{', '.join(entry(s) for s in minus)}]"
    return (
        f"In allen {found.rows} Angaben (Räume und Jahre) gilt: {side(found.left)} = "
        f"{side(found.right)}. Das steht nicht unter zusammenhaenge; die Geheimhaltung rechnet "
        "deshalb nicht damit, wer es weiß, sehr wohl.",
        f"Zählen beide dieselben Personen, bitte in {catalogue} unter "
        f"zusammenhaenge eintragen: «name: {{{written}}}» (name frei gewählt). Stimmen sie nur "
        "zufällig überein: nichts.",
    )


def _of(wanted: Auswahl) -> str:
    """Which of a measure are meant, in brackets."""
    groups = [wanted.geschlecht, wanted.staatsangehoerigkeit, wanted.auspraegung]
    named = [" oder ".join(values) for values in groups if values]
    named += [f"Alter {wanted.alter}"] if wanted.alter else []
    return f" ({', '.join(named)})" if named else ""


def _before_the_series(
    facts: pd.DataFrame, catalogue: Mapping[str, Kennzahl], params: Params
) -> list[Finding]:
    """Indicators that refer to the year before have no value in the first year."""
    shifted, first = without_first_year(facts, catalogue), params.zeitreihe.von
    if not shifted:
        return []
    return [
        Source("Zeitreihe", params.file.name).finding(
            f"{_listed(shifted)} bezieh{'en' if len(shifted) > 1 else 't'} sich auf das Vorjahr "
            f"(jahr: vorjahr) und ha{'ben' if len(shifted) > 1 else 't'} deshalb für {first}, das "
            "erste Jahr der Zeitreihe, keinen Wert.",
            f"Nichts; oder die Zeitreihe {first - 1} beginnen und die Bezugsgröße auch für dieses "
            "Jahr liefern lassen.",
            spalte=", ".join(shifted),
            schwere=HINWEIS,
        )
    ]


def lacking(facts: pd.DataFrame, catalogue: Mapping[str, Kennzahl]) -> list[str]:
    """What indicators need and delivered groups do not make up, as lines to print."""
    return [
        f"Nicht zusammensetzbar: {_listed(lack.indicators)} "
        f"brauch{'en' if len(lack.indicators) > 1 else 't'} «{lack.measure}» mit "
        f"{lack.wanted}{_years(lack.years)}; geliefert ist {lack.there}."
        for lack in lacking_groups(facts, catalogue)
    ]


def elsewhere(
    facts: pd.DataFrame, catalogue: Mapping[str, Kennzahl], params: Params
) -> dict[str, str]:
    """Delivered measures that only a catalogue counts which this report does not name.

    Returns
    -------
    dict
        Measure -> the name of that file in ``params/``.
    """
    own = {params.project_file(name) for name in params.catalogue_files}
    known = {m for entry in catalogue.values() for s in entry.selections for m in s.merkmal}
    for path in own:
        known |= _words(path)
    for delivery in params.lieferungen.values():
        known |= set(delivery.beitragende) | set(delivery.beitragende.values())
    others = sorted({*(params.source / "params").glob("kennzahlen*.yml")} - own)
    delivered = set(facts["merkmal"]) - known
    found = {measure: path.name for path in others for measure in delivered & _words(path)}
    return {measure: found[measure] for measure in sorted(found)}


def not_shown(facts: pd.DataFrame, catalogue: Mapping[str, Kennzahl], params: Params) -> list[str]:
    """The same as lines to print, with what has to be written into the params file."""
    files: dict[str, list[str]] = {}
    for measure, name in elsewhere(facts, catalogue, params).items():
        files.setdefault(name, []).append(measure)
    lines = []
    for name, measures in files.items():
        chapter = name.removeprefix("kennzahlen-").removesuffix(".yml")
        if any((params.source / NOTEBOOKS).glob(f"*-{chapter}.ipynb")):
            line = f"zusatzkapitel: [{', '.join([*params.zusatzkapitel, chapter])}]"
        else:
            line = f"kennzahlen: [{', '.join([*params.kennzahlen, f'params/{name}'])}]"
        lines.append(
            f"Geliefert, aber nicht im Bericht: {', '.join(measures)}. Gezeigt wird es mit der "
            f"Zeile «{line}» in der Params-Datei."
        )
    return lines


def named_measures(table: Tabelle) -> set[str]:
    """The measures that the mapping of a table names."""
    cells = [table.konstanten, *table.entpivotieren.values()]
    found = {cell["merkmal"] for cell in cells if "merkmal" in cell}
    found |= set(table.werte.get("merkmal", {}).values())
    return found | (set(table.zaehlen.measures) if table.zaehlen else set())


def _years(years: Iterable[int]) -> str:
    listed = ", ".join(map(str, years))
    return f" ({listed})" if listed else ""


def _used(params: Params, catalogue: Mapping[str, Kennzahl]) -> set[str]:
    """Measures of the catalogue, of known sums and units, and of catalogues not in this report."""
    found = {m for entry in catalogue.values() for s in entry.selections for m in s.merkmal}
    for delivery in params.lieferungen.values():
        found |= set(delivery.beitragende) | set(delivery.beitragende.values())
        # Counting every row of a list checks it, and delivers nothing
        lists = [table.zaehlen.merkmale for table in delivery.tabellen if table.zaehlen]
        found |= {
            name for counted in lists for name, conditions in counted.items() if not conditions
        }
    folder = params.source / "params"
    files = {params.project_file(name) for name in params.catalogue_files}
    # Their words will do: to read all catalogues again takes longer than all other checks
    for path in sorted({*files, *folder.glob("kennzahlen*.yml")}):
        found |= _words(path)
    return found


def _words(path: Path) -> set[str]:
    return set(re.findall(MEASURE_NAME, path.read_text(encoding="utf-8", errors="replace")))


def _listed(indicators: Iterable[str]) -> str:
    names = [f"«{name}»" for name in indicators]
    return ", ".join(names[:SHOWN]) + (
        f" und {len(names) - SHOWN} weitere" if len(names) > SHOWN else ""
    )
