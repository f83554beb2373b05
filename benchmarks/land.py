"""A Land to try ``spm batch`` on: 396 invented municipalities, and what a sample of them costs.

    python benchmarks/land.py [--sample 24] [--folder DIR]

Every municipality is nothing but a params file, three deliveries as CSV and a geometry; catalogue
and chapters are shared and small (5 indicators, 3 chapters), so that what is measured is what every
report costs. The same Land in every run. A sample, evenly spaced by population, is built cold with
one worker and with two, then once more with nothing changed. Seconds of the clock grow with
whatever else the machine does; those of the processor hardly do.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import geopandas
import nbformat
import numpy as np
import psutil
from build import look  # beside this file
from shapely import box

ROOT = Path(__file__).resolve().parents[1]
MUNICIPALITIES, ALL_GEMEINDEN = 396, 10_800
LOG_MEAN, LOG_SD, SMALLEST, LARGEST = 10.12, 0.93, 4_400, 1_000_000
"""Inhabitants are log-normal: mean and standard deviation of the logarithms, smallest and largest
of the 396 Gemeinden of Nordrhein-Westfalen in the Zensus 2022 (Statistische Ämter des Bundes und
der Länder, dl-de/by-2-0; median 20,900)."""
PER_AREA, AREAS = 4_000, (3, 40)
"""Inhabitants of an area on average; fewest and most areas of a municipality."""
YEARS = (3, 4, 5, 6)
LAST_YEAR = 2023
AGES = {"0-2": 0.027, "3-5": 0.028, "6-9": 0.037, "10-13": 0.036, "14-17": 0.037, "18-64": 0.615}
AGES["65+"] = 1 - sum(AGES.values())
"""Shares of the age groups, roughly those of Germany in 2023."""
SGB2, HZE = 0.13, 0.012
"""Shares of the under 18 in SGB II and with Hilfen zur Erziehung, varied by area."""
ABOUT = [
    f"{name}.ipynb"
    for name in ("methoden", "geheimhaltung", "datenquellen", "tabellenanhang", "glossar")
]
"""Chapters that every report has, as they are in the project."""
SAMPLE_SECONDS = 0.1
"""Kernels of chapters live for a second; nobody is told what they took once they have ended."""
ASSUMPTIONS = """\
Assumptions: workers stay warm, and more of them slow each other down no more than two do here;
sizes and numbers of areas as in this Land (most of the 10,800 are much smaller: an upper limit);
this small catalogue (the full one with 65 indicators costs several times as much); the machine as
busy with other things as during this run."""

PARAMS = """
kommune:
  name: {name}
  ags: "{ags}"
  raumebene: Ortsteil
  raumebene_mehrzahl: Ortsteile
bericht: {{datum: 2024-09-30, berichtsjahr: {last}, herausgeber: Benchmark}}
zeitreihe: {{von: {first}, bis: {last}}}
datenordner: data/raw/{slug}
raeume: {{datei: ortsteile.geojson, schluessel: nr, name: name}}
kennzahlen: [params/kennzahlen-land.yml]
lieferungen:
  einwohner:
    titel: Einwohnerbestand
    stelle: Einwohnermeldeamt
    mindestfallzahl: 3
    tabellen:
      - datei: einwohner.csv
        spalten: {{raum: nr, jahr: jahr, alter: alter, geschlecht: geschlecht, anzahl: anzahl}}
        konstanten: {{merkmal: bevoelkerung}}
  sgb2:
    titel: Personen nach SGB II
    stelle: Jobcenter
    mindestfallzahl: 3
    tabellen:
      - datei: sgb2.csv
        spalten: {{raum: nr, jahr: jahr, anzahl: anzahl}}
        konstanten: {{merkmal: sgb2_personen, alter: 0-17}}
  hze:
    titel: Hilfen zur Erziehung
    stelle: Jugendamt
    mindestfallzahl: 3
    tabellen:
      - datei: hze.csv
        spalten: {{raum: nr, jahr: jahr, anzahl: anzahl}}
        konstanten: {{merkmal: hze_personen, alter: 0-17}}
"""
INDICATORS = {
    "anteil_u18": ("bevoelkerung", "bevoelkerung, alter: 0-17", "bevoelkerung"),
    "anteil_u3": ("bevoelkerung", "bevoelkerung, alter: 0-2", "bevoelkerung"),
    "anteil_65": ("bevoelkerung", "bevoelkerung, alter: 65+", "bevoelkerung"),
    "sgb2_quote": ("sgb2", "sgb2_personen, alter: 0-17", "bevoelkerung, alter: 0-17"),
    "hze_quote": ("hze", "hze_personen, alter: 0-17", "bevoelkerung, alter: 0-17"),
}
"""Chapter, numerator and denominator of each indicator."""


@dataclass(frozen=True)
class Place:
    """One municipality: name of its params file, inhabitants, number of areas and years."""

    slug: str
    people: int
    areas: int
    years: int


def places() -> list[Place]:
    """The municipalities of the Land, from small to large."""
    rng = np.random.default_rng(396)
    people = np.exp(rng.normal(LOG_MEAN, LOG_SD, MUNICIPALITIES)).clip(SMALLEST, LARGEST).round()
    areas = (people / PER_AREA * rng.lognormal(0, 0.25, MUNICIPALITIES)).round().clip(*AREAS)
    years = rng.choice(YEARS, MUNICIPALITIES)
    order = np.argsort(people)
    return [
        Place(f"gemeinde{n:03}", int(people[i]), int(areas[i]), int(years[i]))
        for n, i in enumerate(order, start=1)
    ]


def make(root: Path, land: list[Place]) -> None:
    """Write the whole Land into a new folder."""
    for name in ("params", "notebooks"):
        (root / name).mkdir(parents=True)
    chapters = dict.fromkeys(chapter for chapter, *_ in INDICATORS.values())
    own = [f"{n:02}-{chapter}.ipynb" for n, chapter in enumerate(chapters, start=1)]
    names = ["index.ipynb", *own, *ABOUT]
    shutil.copy(ROOT / "params/glossar.yml", root / "params")
    for name in ("index.ipynb", *ABOUT):
        shutil.copy(ROOT / "notebooks" / name, root / "notebooks")
    book = (ROOT / "_quarto.yml").read_text(encoding="utf-8")
    before, _, rest = book.partition("  chapters:\n")
    after = [line for line in rest.splitlines(True) if not line.startswith("    - ")]
    listed = "".join(f"    - {name}\n" for name in names)
    (root / "_quarto.yml").write_text(f"{before}  chapters:\n{listed}{''.join(after)}", "utf-8")
    (root / "params/kennzahlen-land.yml").write_text(_catalogue(), encoding="utf-8")
    for name, chapter in zip(own, chapters, strict=True):
        calls = ["ueberblick()"]
        for key in (k for k, entry in INDICATORS.items() if entry[0] == chapter):
            calls += [f'{kind}("{key}")' for kind in ("karte", "balken", "aussagen", "zeitreihe")]
        _notebook(root / "notebooks" / name, f"# {chapter.capitalize()} {{#sec-{chapter}}}", calls)
    for number, place in enumerate(land):
        first = LAST_YEAR + 1 - place.years
        text = PARAMS.format(
            name=place.slug.capitalize(),
            slug=place.slug,
            ags=f"059{number // 50 + 1:02}{number % 50 + 1:03}",  # of Kreise that there are none of
            first=first,
            last=LAST_YEAR,
        )
        (root / f"params/{place.slug}.yml").write_text(text, encoding="utf-8")
        _deliver(root / "data/raw" / place.slug, place, range(first, LAST_YEAR + 1), number)


def _catalogue() -> str:
    lines = ["kennzahlen:"]
    for key, (chapter, numerator, denominator) in INDICATORS.items():
        lines.append(
            f'  {key}: {{kapitel: {chapter}, titel: "Titel {key}", kurztitel: {key}, '
            f'satz: "der Anteil {key}", definition: "Je 100.", art: anteil, '
            f"zaehler: {{merkmal: {numerator}}}, nenner: {{merkmal: {denominator}}}, "
            'faktor: 100, einheit: "%"}'
        )
    return "\n".join(lines) + "\n"


def _notebook(path: Path, title: str, calls: list[str]) -> None:
    parameters = nbformat.v4.new_code_cell('params = "params/x.yml"')
    parameters.metadata["tags"] = ["parameters", "remove-cell"]
    chapter = path.stem.partition("-")[2]
    start = f'from spm import Report\n\nkapitel = Report(params).kapitel("{chapter}")'
    cells = [nbformat.v4.new_markdown_cell(title), parameters, nbformat.v4.new_code_cell(start)]
    cells[2].metadata["tags"] = ["remove-cell"]
    cells += [nbformat.v4.new_code_cell(f"kapitel.{call}") for call in calls]
    for number, cell in enumerate(cells):
        cell["id"] = f"zelle-{number}"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)


def _deliver(folder: Path, place: Place, years: range, seed: int) -> None:
    """Geometry (a grid of squares) and deliveries of one municipality."""
    rng = np.random.default_rng([396, seed])
    folder.mkdir(parents=True)
    keys = [f"{n:02}" for n in range(1, place.areas + 1)]
    wide = int(np.ceil(np.sqrt(place.areas)))
    corners = [
        (400_000 + 2000 * (n % wide), 5_700_000 + 2000 * (n // wide)) for n in range(len(keys))
    ]
    shapes = [box(x, y, x + 2000, y + 2000) for x, y in corners]
    frame = {"nr": keys, "name": [f"Ortsteil {key}" for key in keys], "geometry": shapes}
    geopandas.GeoDataFrame(frame, crs="EPSG:25832").to_file(folder / "ortsteile.geojson")
    sizes = place.people * rng.dirichlet(np.full(len(keys), 6.0))
    burden = rng.lognormal(0, 0.4, len(keys))
    people, sgb2, hze = ["nr;jahr;alter;geschlecht;anzahl"], ["nr;jahr;anzahl"], ["nr;jahr;anzahl"]
    for key, size, more in zip(keys, sizes, burden, strict=True):
        for year in years:
            counts = {
                (age, sex): int(rng.poisson(size * share / 2))
                for age, share in AGES.items()
                for sex in "mw"
            }
            people += [f"{key};{year};{age};{sex};{n}" for (age, sex), n in counts.items()]
            young = sum(n for (age, _), n in counts.items() if age not in ("18-64", "65+"))
            for rows, share in ((sgb2, SGB2), (hze, HZE)):
                rows.append(f"{key};{year};{rng.binomial(young, min(0.6, share * more))}")
    for name, rows in (("einwohner", people), ("sgb2", sgb2), ("hze", hze)):
        (folder / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Run:
    """What a batch took: seconds of the clock and the processor, peak bytes of one worker and all
    its children, and seconds by municipality."""

    wall: float
    cpu: float
    memory: int
    seconds: dict[str, float]


def batch(root: Path, slugs: list[str], workers: int) -> Run:
    """Run ``spm batch`` on these municipalities and watch it."""
    files = [f"params/{slug}.yml" for slug in slugs]
    command = [sys.executable, "-c", "from spm.cli import main; main()", "batch", *files]
    command += ["--workers", str(workers), "--renderer", "embedded"]
    began, busy, peak = time.perf_counter(), {}, 0
    with tempfile.TemporaryFile() as told:
        process = psutil.Popen(command, cwd=root, stdout=told, stderr=told)
        while process.poll() is None:
            peak = max([peak, *_memory_of_workers(process, busy)])
            time.sleep(SAMPLE_SECONDS)
        if process.returncode:
            told.seek(0)
            sys.exit(told.read().decode(errors="replace"))
    wall, cpu = time.perf_counter() - began, sum(busy.values())
    state = json.loads((root / "report/kommunen.json").read_text(encoding="utf-8"))
    return Run(wall, cpu, peak, {entry["slug"]: entry["sekunden"] for entry in state})


def _memory_of_workers(batch: psutil.Process, busy: dict[int, float]) -> Iterator[int]:
    """Bytes of each worker with its kernels; pages that several share are counted once.

    ``busy`` takes up the processor seconds of each process, as they were last seen.
    """
    with contextlib.suppress(psutil.Error):  # it may end while we look
        times = batch.cpu_times()
        busy[batch.pid] = times.user + times.system
        for child in batch.children():
            with contextlib.suppress(psutil.Error):
                is_worker = "spawn_main" in " ".join(child.cmdline())
                memory = look(child, busy)
                if is_worker:
                    yield memory


def fit(land: dict[str, Place], seconds: dict[str, float]) -> np.ndarray:
    """Seconds = a + b · areas · years, by least squares; the first municipality also paid for the
    imports of its worker and is left out."""
    slugs = list(seconds)[1:]
    cells = [land[slug].areas * land[slug].years for slug in slugs]
    matrix = np.column_stack([np.ones(len(cells)), cells])
    return np.linalg.lstsq(matrix, np.array([seconds[s] for s in slugs]), rcond=None)[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, default=24)
    parser.add_argument("--folder", type=Path, help="where the Land is made; kept")
    options = parser.parse_args()
    land = places()
    with tempfile.TemporaryDirectory() as temporary:
        root = (options.folder or Path(temporary)) / "land"
        make(root, land)
        _report(root, {place.slug: place for place in land}, options.sample)


def _report(root: Path, land: dict[str, Place], sample: int) -> None:
    slugs = [list(land)[i] for i in np.linspace(0, len(land) - 1, sample).round().astype(int)]
    areas = [land[slug].areas for slug in slugs]
    print(f"{len(land)} municipalities made, {sample} of them built: {min(areas)} to {max(areas)}")
    print(f"areas, {min(YEARS)} to {max(YEARS)} years; processor seconds in brackets", flush=True)
    runs = {}
    for workers in (1, 2):
        for name in ("data/processed", "report"):
            shutil.rmtree(root / name, ignore_errors=True)
        run = runs[workers] = batch(root, slugs, workers)
        middle, most = np.median(list(run.seconds.values())), max(run.seconds.values())
        print(f"workers: {workers}")
        print(f"  together              {run.wall:8.1f} s ({run.cpu:.1f} s)")
        print(f"  per municipality      {run.wall / sample:8.1f} s ({run.cpu / sample:.1f} s)")
        print(f"  in its worker         {middle:8.1f} s median, {most:.1f} s at most")
        print(f"  worker with kernels   {run.memory / 2**20:8.0f} MiB at most", flush=True)
    again = batch(root, slugs, 2)
    print("nothing changed, workers: 2")
    print(f"  per municipality      {again.wall / sample:8.2f} s ({again.cpu / sample:.2f} s)")
    base, growth = fit(land, runs[1].seconds)
    gain = runs[1].wall / runs[2].wall
    print(f"seconds = {base:.1f} + {growth:.4f} x areas x years")
    print(f"two workers are {gain:.2f} times as fast as one")
    everyone = [base + growth * place.areas * place.years for place in land.values()]
    print(f"all {len(land)} with 2 workers: {sum(everyone) / gain / 3600:.2f} h")
    for cores in (2, 16, 64):
        hours = float(np.mean(everyone)) * ALL_GEMEINDEN / (gain * cores / 2) / 3600
        print(f"{ALL_GEMEINDEN:,} Gemeinden with {cores} workers: {hours:.1f} h")
    print(ASSUMPTIONS)


if __name__ == "__main__":
    main()
