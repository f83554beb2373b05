"""The stages in order: deliveries, facts, indicators, disclosure, chapters, book, manifest."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from spm.errors import SpmError
from spm.params import Params, load_params
from spm.progress import Steps
from spm.projectpaths import MARKER

if TYPE_CHECKING:
    import geopandas
    import pandas as pd

    from spm.catalogue import Kennzahl
    from spm.deliveries.findings import Finding
    from spm.disclosure import Inputs
    from spm.pooling import Pool

FORMATS = ("html", "pdf")
PUBLISHED = "published.parquet"


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


def check(params_file: str | Path, steps: Steps) -> tuple[Checked, list[Path]]:
    """Read and check all deliveries, write the check report.

    Returns
    -------
    checked, paths
        What was read, and the check report as HTML and Excel.

    Raises
    ------
    SpmError
        Params file, catalogue or geometry are wrong; findings in deliveries do not raise.
    """
    from spm.areas import load_areas, own_names
    from spm.catalogue import load_catalogue
    from spm.comparisonfile import load_comparison
    from spm.deliveries import read_deliveries, write_check_report
    from spm.disclosure import check_rules
    from spm.pooling import resolve_pools
    from spm.statistics import compute_indicators
    from spm.statistics.answerable import check_selections
    from spm.verdict import across_deliveries

    params = load_params(params_file)
    catalogue = load_catalogue(params)
    areas = load_areas(params)
    pools = resolve_pools(params, areas, catalogue)
    load_comparison(params, catalogue, own_names(areas))  # refused here, not in a chapter
    steps.begin("Lieferungen lesen und prüfen", len(params.lieferungen))
    facts, findings = read_deliveries(params, areas, progress=steps.advance)
    facilities = params.einrichtungen is not None
    indicators = inputs = None
    if not any(f.schwere == "Fehler" for f in findings):
        check_rules(facts, params.lieferungen, str(params.pfad))
        check_selections(facts, catalogue, areas["raum"], params)
        years = params.zeitreihe.jahre
        indicators = compute_indicators(
            facts, catalogue, areas["raum"], years, pools, facilities=facilities
        )
        inputs = _inputs_of_protection(params, indicators, facts, catalogue, areas, pools)
        # Year by year and area by area: a sum over several hides what is wrong in one of them.
        single = compute_indicators(facts, catalogue, areas["raum"], years)
        findings = [*findings, *across_deliveries(single, facts, catalogue, params)]
    params.verarbeitet.mkdir(parents=True, exist_ok=True)
    paths = write_check_report(findings, params, params.verarbeitet)
    return Checked(params, catalogue, areas, facts, indicators, findings, inputs), list(paths)


def _inputs_of_protection(
    params: Params,
    indicators: pd.DataFrame,
    facts: pd.DataFrame,
    catalogue: Mapping[str, Kennzahl],
    areas: pd.DataFrame,
    pools: Mapping[str, Pool],
) -> Inputs:
    from spm.catalogue import load_sums
    from spm.disclosure import Inputs, Rules
    from spm.earlier import read_earlier

    return Inputs(
        indicators,
        facts,
        catalogue,
        load_sums(params),
        Rules(facts, params.lieferungen, params.einrichtungen),
        list(areas["raum"]),
        params.zeitreihe.jahre,
        pools,
        params.bericht.berichtsjahr,
        params.geheimhaltung.schutzfaktor,
        read_earlier(params, indicators.columns),
    )


def missing(checked: Checked) -> list[str]:
    """Measures that nobody delivers and the indicators that need them, as lines to print."""
    from spm.errors import naechster
    from spm.statistics.answerable import undelivered

    known = sorted(set(checked.facts["merkmal"]))
    return [
        f"Nicht geliefert: Merkmal «{measure}» für {', '.join(keys)}.{naechster(measure, known)}"
        for measure, keys in undelivered(checked.facts, checked.catalogue).items()
    ]


def forecast(checked: Checked, steps: Steps) -> list[str]:
    """What disclosure control will cost, as lines to print; nothing if a delivery has an error."""
    if checked.inputs is None:
        return []
    from spm.disclosure.forecast import forecast as losses
    from spm.disclosure.forecast import in_words

    steps.begin("Verluste durch Geheimhaltung vorausberechnen")
    areas = checked.areas
    beside = {
        area.raum: tuple(areas.raum[areas.geometry.touches(area.geometry)])
        for area in areas.itertuples()
    }
    return in_words(losses(checked.inputs, beside, checked.params.verarbeitet))


def prepare(params_file: str | Path, steps: Steps) -> Params:
    """From the deliveries to ``published.parquet``, the only data that chapters see.

    Raises
    ------
    SpmError
        Also if a delivery has an error: naming the first ones and the check report.
    """
    from spm.certificate import CERTIFICATE, DEVELOPMENT, write_certificate
    from spm.disclosure import certificate, protect, write_audit_list
    from spm.statistics.development import development
    from spm.verdict import refused

    checked, paths = check(params_file, steps)
    params, folder = checked.params, checked.params.verarbeitet
    errors = [f for f in checked.findings if f.schwere == "Fehler"]
    if errors:
        raise refused(errors, paths[0])
    if checked.findings:
        steps.note(f"{len(checked.findings)} Hinweise zu den Lieferungen: {paths[0]}")
    steps.begin("Geheimhaltung anwenden und prüfen")
    began = perf_counter()
    # Whatever goes wrong from here on, nothing is shown with the proof of an older dataset.
    (folder / CERTIFICATE).unlink(missing_ok=True)
    done = protect(checked.inputs, folder)
    _replace_parquet(checked.facts, folder / "facts.parquet")
    _replace_parquet(checked.indicators, folder / "indicators.parquet")
    _replace_parquet(done.published, folder / PUBLISHED)
    pools, year = checked.inputs.pools, params.bericht.berichtsjahr
    _replace_parquet(
        development(done.published, checked.catalogue, pools, year), folder / DEVELOPMENT
    )
    seconds = {"Geheimhaltung insgesamt": perf_counter() - began}
    write_audit_list(done, seconds, folder)
    write_certificate(folder, certificate(done, checked.inputs, folder))
    return params


def build(
    params_file: str | Path,
    steps: Steps,
    formats: tuple[str, ...] = FORMATS,
    renderer: str = "auto",
) -> Path:
    """Make the report and put it in the place of the old one.

    Returns
    -------
    Path
        ``report/<slug>/``.

    Raises
    ------
    SpmError
        Anything a user can mend. The last finished report is unchanged then.
    """
    from spm import kernels

    kernels.prepare()
    with _only_one(load_params(params_file)):
        return _build(params_file, steps, formats, renderer)


def _build(params_file: str | Path, steps: Steps, formats: tuple[str, ...], renderer: str) -> Path:
    params = prepare(params_file, steps)

    from spm.book import chapter_files, render, stage
    from spm.certificate import CERTIFICATE, require_certificate
    from spm.chapters import run_chapters
    from spm.provenance import inputs_of, write_manifest

    quarto_yml = params.wurzel / MARKER
    notebooks = [params.wurzel / "notebooks" / name for name in chapter_files(quarto_yml, params)]
    work = _beside(params, "neu")
    shutil.rmtree(work, ignore_errors=True)  # left by a run that was cut off
    _recover(params)
    try:
        run, new = work / "run", work / "new"
        run.mkdir(parents=True)
        new.mkdir()
        require_certificate(params.verarbeitet)
        steps.begin("Kapitel ausführen", len(notebooks))
        relative = params.pfad.relative_to(params.wurzel)
        executed = run_chapters(notebooks, relative, run, done=steps.advance)
        steps.begin("Buch zusammenstellen")
        stage(executed, params, quarto_yml, new / "book")
        steps.begin(f"Bericht setzen ({', '.join(f.upper() for f in formats)})")
        used = render(new / "book", new, formats, renderer, params.slug)
        steps.begin("Nachweis schreiben und Bericht ersetzen")
        for name in (CERTIFICATE, PUBLISHED):
            shutil.copyfile(params.verarbeitet / name, new / name)
        write_manifest(new, params, inputs_of(params, [quarto_yml, *notebooks]), used)
        _swap(new, params)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return params.berichtsordner


@contextmanager
def _only_one(params: Params) -> Iterator[None]:
    """Two runs for one municipality would write over one another."""
    from filelock import FileLock, Timeout

    params.berichtsordner.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(_beside(params, "lock"), timeout=0):
            yield
    except Timeout:
        raise SpmError(
            f"Für «{params.slug}» läuft schon ein Bau.",
            wo=str(params.berichtsordner),
            tun="Bitte warten, bis er fertig ist.",
        ) from None


def _replace_parquet(frame: pd.DataFrame, path: Path) -> None:
    """Write beside the file and rename: a half-written file never has the final name."""
    half = path.with_suffix(".part")
    frame.to_parquet(half, index=False)
    os.replace(half, path)


def _beside(params: Params, kind: str) -> Path:
    """A hidden place on the same disk as the report, so that renaming is one step."""
    return params.berichtsordner.with_name(f".{params.slug}.{kind}")


def _recover(params: Params) -> None:
    """Undo a swap that was cut off between its two renames."""
    old = _beside(params, "alt")
    if old.exists() and not params.berichtsordner.exists():
        old.rename(params.berichtsordner)
    shutil.rmtree(old, ignore_errors=True)


def _swap(new: Path, params: Params) -> None:
    target, old = params.berichtsordner, _beside(params, "alt")
    try:
        if target.exists():
            target.rename(old)
        new.rename(target)
    except OSError as e:
        _recover(params)
        raise SpmError(
            f"Der alte Bericht lässt sich nicht ersetzen ({e.strerror}).",
            wo=str(target),
            tun="Ist eine Datei daraus noch geöffnet, zum Beispiel das PDF? Bitte schließen und "
            "den Bau wiederholen.",
        ) from None
    shutil.rmtree(old, ignore_errors=True)
