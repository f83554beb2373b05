"""What the deliveries give: facts, indicators, findings; and what of them may be published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from spm.config.params import Params
from spm.config.projectpaths import MARKER
from spm.errors import SpmError
from spm.faults import told
from spm.release.owneronly import owner_only
from spm.release.replacing import only_one, replace_parquet

if TYPE_CHECKING:
    import geopandas
    import pandas as pd

    from spm.config.catalogue import Kennzahl
    from spm.deliveries.findings import Finding
    from spm.deliveries.pipeline import Recall
    from spm.disclosure import Inputs
    from spm.progress import Steps


@dataclass
class Checked:
    """What reading the deliveries gave."""

    params: Params
    catalogue: Mapping[str, Kennzahl]
    areas: geopandas.GeoDataFrame
    facts: pd.DataFrame
    indicators: pd.DataFrame | None  # None if an error makes them meaningless
    findings: list[Finding]
    inputs: Inputs | None  # for disclosure control; None as above
    notes: Sequence[str] = ()  # on other reports, for the analyst
    asked: Sequence[str] = ()  # offices whose copy, once written, marks an error of theirs


def examine(params: Params) -> Mapping[str, Kennzahl]:
    """Find what is wrong in files that only the pages need, before anything is computed.

    Returns
    -------
    Mapping
        The catalogue.

    Raises
    ------
    SpmError
        Catalogue, list of chapters, logo, own texts, glossary, targets or offers are wrong.
    """
    from spm.areas.apart import check_apart
    from spm.areas.today import load_areas, named_areas
    from spm.book.project import chapter_files
    from spm.config.allocation import check_allocation
    from spm.config.catalogue import load_with_sums
    from spm.config.logo import logo_file
    from spm.config.relations import check_relations
    from spm.owntexts.glossary import load_glossary
    from spm.owntexts.texts import load_texts
    from spm.rawfiles.offers import load_offers
    from spm.rawfiles.targettable import load_targets

    check_apart(params)
    catalogue, sums = load_with_sums(params)
    check_relations(params, catalogue, sums)
    chapter_files(params.source / MARKER, params)
    logo_file(params)  # `stage` asks again for the file that it copies
    load_texts(params, catalogue)
    load_glossary(params)
    check_allocation(params.synthese.verteilung, catalogue, str(params.path))
    if params.ziele or params.angebote:  # else nobody needs the areas here
        places = named_areas(load_areas(params))
        load_targets(params, catalogue, places)
        load_offers(params, places)
    if params.angebote:
        params.angebote.check(catalogue, str(params.path))
    return catalogue


def check(
    params: Params,
    steps: Steps,
    recall: Recall = lambda key: None,
) -> tuple[Checked, list[Path]]:
    """Read and check all deliveries, write the check report.

    Parameters
    ----------
    recall : gives what is kept of a delivery, see `spm.deliveries.pipeline.Recall`.

    Returns
    -------
    checked, paths
        What was read, and the check report as HTML and Excel.

    Raises
    ------
    SpmError
        Params file, logo, catalogue or geometry are wrong; findings in deliveries do not raise.
    """
    from spm.areas.combinations import check_combinations
    from spm.areas.divisions import by_division, load_divisions, onto_today
    from spm.areas.pooling import resolve_pools
    from spm.areas.today import load_areas
    from spm.build.catalogued import notes_on_catalogue
    from spm.build.doubtful import empty_year, notes_on_params
    from spm.build.told import unprintable, verdict
    from spm.config.delivery import deviating_totals
    from spm.deliveries import read_deliveries, write_check_report
    from spm.disclosure import check_rules
    from spm.disclosure.inputs.earlier import notes
    from spm.disclosure.inputs.gathering import gather
    from spm.statistics import compute_indicators
    from spm.statistics.answerable import check_selections, known_breaks
    from spm.verdict import across_deliveries, errors_among

    catalogue = examine(params)
    areas = load_areas(params)
    earlier = load_divisions(params, areas)
    pools = resolve_pools(params, areas, catalogue)
    check_combinations(params, catalogue, pools)
    steps.begin("Lieferungen prüfen und Kennzahlen berechnen")
    breaks = known_breaks(catalogue)
    facts, findings = read_deliveries(params, areas, None, earlier, recall, breaks)
    facilities = params.einrichtungen is not None
    named = facts["einrichtung"].dropna().unique() if facilities else ()
    shapes = unprintable(params, areas, catalogue, named)
    findings = [*areas_notes(areas, params), *findings, *shapes]
    findings = [*notes_on_params(params, catalogue), *findings]
    indicators = inputs = None
    lines: list[str] = []
    params.processed.mkdir(parents=True, exist_ok=True)
    try:
        findings += public_notes(params, catalogue, areas)  # refused here, not in a chapter
        if not errors_among(findings):
            check_rules(facts, params.lieferungen, str(params.path))
            years, delivered = params.zeitreihe.years, facts
            apart = deviating_totals(params.lieferungen.values())
            facts = onto_today(delivered, earlier)
            check_selections(facts, catalogue, areas["raum"], params)
            indicators = compute_indicators(
                facts,
                catalogue,
                areas["raum"],
                years,
                pools,
                facilities=facilities,
                apart=apart,
            )
            inputs = gather(
                params, indicators, (facts, delivered), catalogue, areas, pools, earlier
            )
            lines = list(notes(params, inputs.reports or (), indicators))
            for note in lines:
                steps.note(note)
            findings += empty_year(indicators, params)
            findings += notes_on_catalogue(facts, catalogue, inputs.sums, areas["raum"], params)
            # Year by year and area by area: a sum over several hides what is wrong in one of them.
            for own, keys, span in by_division(delivered, areas["raum"], years, earlier):
                single = compute_indicators(own, catalogue, keys, span, apart=apart)
                findings = [*findings, *across_deliveries(single, own, catalogue, params)]
    except SpmError as error:  # the report tells what was found until then
        paths = write_check_report(findings, params, params.processed)
        raise SpmError(
            error.was,
            wo=error.wo,
            tun=f"{error.tun}\n  {verdict(findings)}\n  Prüfprotokoll: {paths[0]}",
        ) from error
    paths = write_check_report(findings, params, params.processed)
    return Checked(
        params=params,
        catalogue=catalogue,
        areas=areas,
        facts=facts,
        indicators=indicators,
        findings=findings,
        inputs=None if errors_among(findings) else inputs,
        notes=lines,
    ), list(paths)


def areas_notes(areas: geopandas.GeoDataFrame, params: Params) -> list[Finding]:
    """What is strange about the areas themselves, see `spm.areas.fitting`."""
    from spm.areas.fitting import notes_on
    from spm.deliveries.findings import HINWEIS, Source

    source = Source("Räume", params.raeume.datei)
    notes = notes_on(areas, params.kommune.ags, params.kommune.name)
    return [source.finding(note.was, note.tun, schwere=HINWEIS) for note in notes]


def public_notes(
    params: Params, catalogue: Mapping[str, Kennzahl], areas: geopandas.GeoDataFrame
) -> list[Finding]:
    """What is strange about public tables though every value could be read: the workbook itself,
    and texts that the report's font cannot print."""
    from spm.areas.today import named_areas, own_names
    from spm.build.told import without_shape
    from spm.deliveries.findings import HINWEIS, Source
    from spm.rawfiles.comparison import load_comparison
    from spm.rawfiles.grid import in_words
    from spm.rawfiles.offers import load_offers
    from spm.rawfiles.owntables import read_own_table
    from spm.rawfiles.targettable import load_targets

    values = load_comparison(params, catalogue, own_names(areas)).values()
    targets = load_targets(params, catalogue, named_areas(areas))
    offers = load_offers(params, named_areas(areas))
    texts = {
        "Vergleichswerte": [
            t for own in values for v in own for t in (v.gebiet, v.quelle, v.gruppe)
        ],
        "Zieltabelle": [t for goal in targets.goals for t in goal]
        + [t for m in targets.measures for t in (m.massnahme, m.wirkungsannahme, m.stelle)],
        "Angebotsliste": [t for offer in offers for t in offer if isinstance(t, str)],
    }
    notes = without_shape(texts)
    tables = {"Vergleich": params.vergleich, "Ziele": params.ziele, "Angebote": params.angebote}
    for title, section in tables.items():
        if section is None:
            continue
        grid = read_own_table(params, section.datei, "Die Datei", title)
        source = Source(title, section.datei, grid.sheet)
        notes += [
            source.finding(
                in_words(told, len(told.rows)),
                told.tun,
                zeilen=told.rows,
                spalte=told.column,
                schwere=HINWEIS,
            )
            for told in grid.remarks
        ]
    return notes


@told()
def forecast(checked: Checked, steps: Steps) -> list[str]:
    """What disclosure control will cost, as lines to print; nothing if a delivery has an error."""
    from spm.verdict import errors_among

    if checked.inputs is None or errors_among(checked.findings):
        return []  # what would be published cannot be said of numbers that contradict each other
    from spm.disclosure.forecast import forecast as losses
    from spm.disclosure.forecast import in_words

    steps.begin("Verluste durch Geheimhaltung vorausberechnen")
    areas = checked.areas
    beside = {
        area.raum: tuple(areas.raum[areas.geometry.touches(area.geometry)])
        for area in areas.itertuples()
    }
    with only_one(checked.params), owner_only(checked.params):
        return in_words(losses(checked.inputs, beside, checked.params.processed))


def publish(checked: Checked, workers: int = 1) -> None:
    """Decide what may be shown, prove it, and write the published data with their certificate.

    Parameters
    ----------
    workers : see `spm.disclosure.protection.protect`.

    Raises
    ------
    SpmError
        A reader would still succeed; nothing may be shown then.
    """
    from spm.disclosure import certificate, protect, write_audit_list
    from spm.release.certificate import CERTIFICATE, DATASET, DEVELOPMENT, write_certificate
    from spm.release.publishedrows import check_development, check_published
    from spm.release.rules import published_rules
    from spm.statistics.development import development

    params, folder = checked.params, checked.params.processed
    began = perf_counter()
    # Whatever goes wrong from here on, nothing is shown with the proof of an older dataset.
    (folder / CERTIFICATE).unlink(missing_ok=True)
    inputs = checked.inputs
    assert inputs is not None  # else `spm check` has found errors, and nobody gets here
    done = protect(inputs, folder, workers)
    replace_parquet(checked.facts, folder / "facts.parquet")
    replace_parquet(checked.indicators, folder / "indicators.parquet")
    check_published(done.published, folder / DATASET)
    replace_parquet(done.published, folder / DATASET)
    pools, year = inputs.pools, params.bericht.berichtsjahr
    changes = development(done.published, checked.catalogue, pools, year)
    check_development(changes, folder / DEVELOPMENT)
    replace_parquet(changes, folder / DEVELOPMENT)
    seconds = {"Geheimhaltung insgesamt": perf_counter() - began}
    rules = published_rules(params, checked.catalogue, inputs.sums)
    write_certificate(folder, certificate(done, inputs, rules, folder))
    # Last: somebody may look at it in Excel, and the proof does not depend on it.
    write_audit_list(done, seconds, folder)
