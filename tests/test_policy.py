"""Rules that hold for every file of the project, walked over all of them."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch

import nbformat
import pytest

from spm import facts, published
from spm.config.catalogue import _Katalog
from spm.config.filesections import known_model_keys
from spm.config.params import Params
from tests.conftest import ROOT

LISTED = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT,
    capture_output=True,
    encoding="utf-8",
)
FILES = [p for p in (ROOT / line for line in LISTED.stdout.splitlines()) if p.is_file()]
MODULES = sorted((ROOT / "src").rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
STRICT = ("spm.disclosure", "spm.release", "spm.statistics", "spm.published")


def test_no_folder_of_tests_is_passed_over(pytestconfig):
    """Names that tools leave out unless they are told otherwise: build, dist, venv …"""
    left_out = pytestconfig.getini("norecursedirs")
    folders = {path.parent.name for path in (ROOT / "tests").rglob("test_*.py")}
    assert {name for name in folders if any(fnmatch(name, one) for one in left_out)} == set()


def test_every_error_says_what_to_do_next():
    without = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "SpmError"
        and "tun" not in {keyword.arg for keyword in node.keywords}
    ]
    assert without == []


@pytest.mark.skipif(not FILES, reason="not a git checkout")
def test_only_synthetic_data_is_committed():
    for path in FILES:
        name = path.relative_to(ROOT).as_posix()
        if name.startswith("data/") and not name.endswith(".gitkeep"):
            assert name.startswith("data/raw/pilotkommune/"), name
        assert not name.startswith("report/") or name.endswith(".gitkeep"), name


@pytest.mark.skipif(not FILES, reason="not a git checkout")
def test_no_committed_file_names_a_machine_path_or_an_index():
    indexes = "|".join(["pypi", "anaconda", "pythonhosted"])  # not named here either
    forbidden = re.compile(rf"(?<![\w.])/(?:work|root|home/\w+)/|(?:{indexes})\.org")
    for path in FILES:
        if path.suffix in {".py", ".md", ".yml", ".toml", ".lock", ".ipynb", ".lua", ".typ", ""}:
            found = forbidden.search(path.read_text(encoding="utf-8", errors="replace"))
            assert not found, (path, found)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT / "src").as_posix())
def test_modules_stay_small(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= 300, "would two modules be clearer?"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("presentation/blocks.py", "from spm import facts, statistics, disclosure"),
        ("book/page.py", "import spm.cli"),
        ("products/context.py", "from spm import build"),
        ("diff/numbers.py", "from spm.statistics import selection"),
        ("disclosure/audit/search.py", "from spm.disclosure.suppress.system import System"),
        ("disclosure/suppress/witness.py", "from spm.disclosure.audit import readers"),
        ("config/params.py", "from spm.deliveries import mapping"),
        ("new.py", "pass  # a room without a floor"),
    ],
)
def test_the_floors_hold(tmp_path, module, line):
    """`make lint` checks the contracts of pyproject.toml; here they refuse what they are for, late
    imports like early ones."""
    shutil.copytree(ROOT / "src" / "spm", tmp_path / "spm")
    with (tmp_path / "spm" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n\ndef late():\n    {line}\n")
    assert "BROKEN" in lint(tmp_path) or "not listed as layers" in lint(tmp_path)


@pytest.mark.slow
def test_the_floors_are_as_declared():
    assert "0 broken" in lint(ROOT / "src")


def lint(folder):
    code = (
        "import sys; from importlinter.cli import lint_imports; "
        "sys.exit(lint_imports(sys.argv[1], no_cache=True))"
    )
    command = [sys.executable, "-c", code, str(ROOT / "pyproject.toml")]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8")
    return done.stdout + done.stderr


def test_no_module_is_exempt_from_types():
    """`make lint` runs mypy, before the tests of `make test`; here is what it may not be told."""
    mypy = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert mypy["strict"] and mypy["packages"] == ["spm"] and "exclude" not in mypy
    assert not [o["module"] for o in mypy["overrides"] if o.get("ignore_errors")]
    eased = {m for o in mypy["overrides"] if "ignore_missing_imports" not in o for m in o["module"]}
    assert not [m for m in eased if m.startswith(STRICT)]
    assert (ROOT / "src" / "spm" / "py.typed").is_file()


def fields_of(node):
    """Fields of a dataclass or NamedTuple, in order; none of any other class."""
    plain = [ast.unparse(x) for x in (*node.bases, *node.decorator_list)]
    is_record = any(x.startswith(("NamedTuple", "dataclass")) for x in plain)
    return [s.target.id for s in node.body if is_record and isinstance(s, ast.AnnAssign)]


@pytest.mark.slow
def test_records_of_many_fields_are_built_by_keyword():
    """Two numbers of six are easily swapped, and nobody sees it."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
    nodes = {path: list(ast.walk(tree)) for path, tree in trees.items()}
    classes = [n for some in nodes.values() for n in some if isinstance(n, ast.ClassDef)]
    large = {n.name for n in classes if len(fields_of(n)) > 5}
    assert len(large) > 20
    for path, some in nodes.items():
        for call in (n for n in some if isinstance(n, ast.Call) and ast.unparse(n.func) in large):
            starred = sum(isinstance(argument, ast.Starred) for argument in call.args)
            assert len(call.args) + 2 * starred <= 5, (path, call.lineno)


def test_nothing_is_ignored_without_saying_what():
    blanket = re.compile(r"#\s*type:\s*ignore(?!\[[a-z-]+)|#\s*mypy:\s*ignore-errors")
    for path in MODULES:
        assert not blanket.search(path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebooks_hold_no_logic(path):
    """Every cell after the set-up is one call, so that there is nothing to go wrong in it."""
    cells = nbformat.read(path, as_version=4).cells
    assert cells[0].cell_type == "markdown" and cells[0].source.startswith("# ")
    assert "{#sec-" in cells[0].source.splitlines()[0]
    tags = [set(c.metadata.get("tags", [])) for c in cells]
    assert {"parameters", "remove-cell"} <= tags[1]
    for cell, cell_tags in zip(cells, tags, strict=True):
        if cell.cell_type == "code" and "remove-cell" not in cell_tags:
            body = ast.parse(cell.source).body
            assert len(body) == 1 and isinstance(body[0], ast.Expr), cell.source
            assert isinstance(body[0].value, ast.Call), cell.source


@pytest.mark.slow
def test_published_data_are_read_in_two_places():
    """Both pass the gate: tests of release, diff and safe builds take the certificate away."""
    inside = {"disclosure", "deliveries", "rawfiles"}
    readers = {
        path.relative_to(ROOT / "src/spm").as_posix()
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "read_parquet"
    }
    assert {name for name in readers if name.split("/")[0] not in inside} == {
        "report/opened.py",
        "diff/finished.py",
        "build/confidential.py",  # which looks for what must not be shown, and shows nothing
        "explain/significance.py",  # for those with access to the confidential folder
        "explain/stored.py",
    }


COLUMNS = {*published.COLUMNS, *published.DEVELOPMENT_COLUMNS, *facts.FACT_COLUMNS}
COLUMNS |= {*published.ComparisonValue._fields}
"""Columns of data are called the same wherever a row of them is passed around."""

CALLS = {"Report", "Opened", "Kapitel", "Summary", "Gesamtbild", "TargetChapter", "OffersChapter"}
"""What notebooks call, and the names of its arguments."""

CERTIFICATE = {"Certificate", "Datensatz", "Regeln", "Zahlen", "Pruefung", "Verfahren"}
EXPLANATION = {"Erklaerung", "Stand", "Zahl", "Fakt", "Umrechnung", "Stelle", "Geheimhaltung"}
EXPLANATION |= {"Test", "Druck"}
OF_FILES = {*CERTIFICATE, *EXPLANATION, "KeyFigures", "Outcome", "Finding", "Source"}
OF_FILES |= {"Target", "Measure", "Offer"}
"""Records outside ``config/`` whose fields are keys or columns of a file: the certificate, what a
batch keeps, the check report, public tables."""

OF_ERRORS = {"was", "wo", "tun"}
"""The three parts of every error; see `spm.errors`."""

PASSED_ON = {"nordpfeil", "zeile", "zeilen", "spalte", "schwere"}
"""Arguments that are named as the notebook call or the record of a file that they are for."""


def words(text):
    return set(text.split())


GERMAN = words("""
    abbildung abfrage abschnitt absender abweichung achse adresse aenderung aenderungen andere
    angabe angaben anzahl artikel auspraegung aussage auswahl balken bedarf befund befunde
    belegt bereich bericht berichte beschreibung bestanden bewegt bewertet blatt breit breite
    brueche datei dateien daten datum deutlich differenz ebene einheit einleitung einrichtung
    einrichtungen einteilung entwicklung ergebnis ergebnisse erlaubt farbe fehler fenster
    frueher fruehere gebiet geglaettet geheimhaltung geliefert genauigkeit gerundet gesamt
    geschaetzt gescheitert geschlecht gesperrt gezeigt grenze grenzen grund gruppe gruppen
    herausgeber hinweis hoeher inhalt insgesamt intervall jahr jahre kapitel karte kennung
    kennzahl kennzahlen kern klasse kommune kontakt kreis kurz kurze kurzfassung leser lieferung
    lieferungen linie liste lizenz maengel mehrere mehrzahl merkmal merkmale mindestfallzahl mit
    nach namen nenner neu niedriger nordpfeil nummer oben ohne ort pfad pflicht primaer profil
    punkt quelle raenge raeume raum raumebene reihe richtung ringe roh rundung saetze satz
    schluessel schwere seite seiten sekundaer sekunden sicht sichten skripte sonst spalte
    spalten spanne stelle stellen stichtag stile streifen summe tabelle tabellen teil teile
    teilweise texte titel tun ueber ueberschrift uebersicht unten unter untertitel veraendert
    veraenderung verarbeitet verfahren vergleich vergleichswert verlust veroeffentlicht verweise
    verzeichnis von vorschau vorschlag vorzeichen weitere wert werte wo wurzel zaehler zahl
    zahlen zeichen zeile zeilen zeitraum zeitreihe zelle zitat zusammenfassung
""")
"""Words of the analysts, by which members were called."""

KEYS = {key for m in (Params, _Katalog) for keys in known_model_keys(m).values() for key in keys}
ENGLISH = words("ags alter art crs definition format index logo name segregation status text url")
ENGLISH |= {"variable"}
GERMAN |= {word for key in KEYS for word in key.split("_") if len(word) > 2} - ENGLISH
"""And those of which keys of params files and catalogues are made, also the keys to come."""


def names_in(tree):
    """Name, node and class of everything that a module names: classes, members, fields, functions,
    arguments and variables; not its constants, which are called as the words that they hold."""
    stack = [(tree, "")]
    while stack:
        node, owner = stack.pop()
        inside = node.name if isinstance(node, ast.ClassDef) else owner
        stack += [(child, inside) for child in ast.iter_child_nodes(node)]
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node, owner
        elif isinstance(node, ast.arg):
            yield node.arg, node, owner
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node, owner
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr, node, owner


def german_names(path, text):
    found = []
    for name, node, owner in names_in(ast.parse(text)):
        words = {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+", name)}
        if name.isupper() or name in COLUMNS | OF_ERRORS or not words & GERMAN:
            continue
        is_class, is_field = isinstance(node, ast.ClassDef), isinstance(node, ast.Name)
        if path.startswith("config/") and (is_class or is_field):
            continue  # sections of params files and catalogues, and their keys
        if owner in CALLS and not name.startswith("_") and not is_field:
            continue
        if (owner in OF_FILES and is_field) or (is_class and name in CALLS | OF_FILES):
            continue
        if isinstance(node, ast.arg) and name in PASSED_ON:
            continue
        found.append(f"{path}:{node.lineno} {name}")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT / "src").as_posix())
def test_names_in_code_are_english(path):
    """Params keys, columns, notebook calls and what people read are German, nothing else."""
    name = path.relative_to(ROOT / "src/spm").as_posix()
    assert not german_names(name, path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("def kurze_jahre(jahr): pass", ["kurze_jahre"]),
        ("def draw(sicht, shapes): pass", ["sicht"]),
        ("class View:\n    gesamt: int\n    wert: float", ["gesamt"]),
        ("class View:\n    def achse(self): pass", ["achse"]),
        ("class View:\n    def __init__(self): self._texte = 1", ["_texte"]),
        ("class Vorschau: pass", ["Vorschau"]),
        (
            "class Kapitel:\n    def karte(self, *, nordpfeil): pass\n    def _zeile(self): pass",
            ["_zeile"],
        ),
        ("class Finding:\n    spalte: str\n    def blatt(self): pass", ["blatt"]),
        ("def pool(zusammenfassen): pass", ["zusammenfassen"]),
        ("GESPERRT = 'gesperrt'\nview = wert = 1", []),
    ],
)
def test_a_german_name_is_noticed(line, told):
    assert [found.split()[1] for found in german_names("x.py", line)] == told


def test_no_workbook_is_written_that_runs_names_as_formulas():
    for path in MODULES:
        for call in re.findall(r"xlsxwriter\.Workbook\(.*\)", path.read_text(encoding="utf-8")):
            assert call.endswith(", DEAD)"), (path.name, call)
