"""A report that is built again redoes what has changed, and is what a cold build would make."""

import json
import shutil

import pytest

from spm.stages import FILE, Reason
from tests.build.small import KEPT, SLUG, built, change, cold, make, report
from tests.conftest import RENDERER, run_spm

pytestmark = pytest.mark.slow

DATA = [
    "Angaben",
    "Lieferung einwohner",
    "Lieferung sgb2",
    "Fakten und Kennzahlen",
    "Geheimhaltung",
]
CHAPTERS = ["Kapitel index", "Kapitel 01-bevoelkerung", "Kapitel 03-sgb2"]
BOOK = ["Buch", "Ausgabe HTML", "Ausgabe PDF"]
PRODUCTS = ["Profile", "Kurzfassung", "Offene Daten", "PNG", "Atlas"]
ALL = [*DATA, *CHAPTERS, *BOOK, *PRODUCTS, "Suchverzeichnis", "Nachweis"]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Built once, then changed by one test after the other."""
    project = make(tmp_path_factory.mktemp("klein") / "projekt")
    told = built(project)
    assert list(told) == ALL and set(told.values()) == {Reason.NEVER.value}
    return project


def rerun(project, *more):
    """The stages that ran."""
    return [name for name, why in built(project, *more).items() if why != Reason.UNCHANGED.value]


def stamps(project):
    return {p: p.stat().st_mtime_ns for p in (project / "report").rglob("*") if p.is_file()}


@pytest.mark.slow
def test_nothing_has_changed(project):
    before = stamps(project)
    result = run_spm("build", f"params/{SLUG}.yml", *RENDERER, cwd=project, start=True)
    assert result.returncode == 0 and not result.stderr
    assert (
        result.stdout
        == f"Nichts hat sich geändert, der Bericht bleibt, wie er ist: report/{SLUG}\n"
    )
    assert {p: n for p, n in stamps(project).items() if p.suffix != ".lock"} == {
        p: n for p, n in before.items() if p.suffix != ".lock"
    }


def test_one_sentence_and_one_cell(project, tmp_path):
    """A sentence: its chapter, the book and the search, no product but what lists the chapters."""
    change(project / "notebooks/03-sgb2.ipynb", "Ein Satz.", "Ein anderer Satz.")
    assert rerun(project) == ["Kapitel 03-sgb2", *BOOK, "Suchverzeichnis", "Nachweis"]
    # One of the chapters shows nothing of this delivery.
    change(project / "roh/sgb2.csv", "01;2023;43", "01;2023;44")
    ran = rerun(project)
    assert ran[:4] == ["Lieferung sgb2", *DATA[3:], "Kapitel 03-sgb2"]
    assert not {"Kapitel index", "Kapitel 01-bevoelkerung", "Kurzfassung"} & set(ran)
    assert {"Offene Daten", "Atlas", "Profile", "Nachweis"} < set(ran)
    assert report(project) == report(cold(project, tmp_path / "kalt"))


def test_a_text_and_the_title(project):
    change(project / "params/texte/kleinau/sgb2.md", "Ein Text.", "Ein anderer Text.")
    ran = rerun(project)
    assert ran[0] == "Angaben" and not set(DATA[1:]) & set(ran) and set(CHAPTERS) < set(ran)
    change(project / f"params/{SLUG}.yml", "  datum:", "  titel: Ein anderer Titel\n  datum:")
    ran = rerun(project)
    assert not set(DATA[1:]) & set(ran) and {*CHAPTERS, *BOOK, *PRODUCTS} < set(ran)


def test_the_catalogue_and_force(project):
    """What everything made anew gives is what all changes so far, one by one, gave."""
    change(project / "params/kennzahlen.yml", "definition: ", "definition: Anders. ")
    ran = set(rerun(project))
    assert {"Angaben", *DATA[3:], *CHAPTERS, "Profile", "Offene Daten", "Atlas", "Nachweis"} <= ran
    assert not {"Lieferung einwohner", "Lieferung sgb2"} & ran
    whole = report(project)
    assert rerun(project, "--force") == ALL
    assert report(project) == whole


# --------------------------------------------------------------------- whatever happens to it


def edit(folder):
    change(folder / "html/03-sgb2.html", "</body>", "<p>Von Hand.</p></body>")


def remove(folder):
    (folder / f"{SLUG}.pdf").unlink()


def add(folder):
    (folder / "html/notiz.txt").write_text("Von Hand.", encoding="utf-8")


def other_data(folder):
    path = folder / "published.parquet"
    path.write_bytes(path.read_bytes()[:-10])


def other_manifest(folder):
    change(folder / "manifest.json", '"renderer": "', '"renderer": "anders ')


def other_proof(folder):
    (folder.parents[1] / KEPT / "manifest-vertraulich.json").write_text("{}", encoding="utf-8")


def gone(folder):
    shutil.rmtree(folder)


def cut_off(folder):
    """Ended between the two renames that replace a report."""
    folder.rename(folder.with_name(f".{SLUG}.alt"))


@pytest.mark.parametrize(
    ("damage", "stages"),
    [
        (edit, ["Ausgabe HTML"]),
        (remove, ["Ausgabe PDF", "Nachweis"]),
        (add, ["Nachweis"]),
        (other_data, ["Nachweis"]),
        (other_manifest, ["Nachweis"]),
        (other_proof, ["Nachweis"]),
        (cut_off, []),
    ],
)
def test_a_report_that_was_touched_is_mended(project, damage, stages):
    whole = report(project)
    damage(project / "report" / SLUG)
    assert rerun(project) == stages
    assert report(project) == whole
    assert rerun(project) == []


def test_an_executed_chapter_that_was_touched_runs_again(project):
    whole = report(project)
    change(project / KEPT / "kapitel/03-sgb2/03-sgb2.ipynb", "Satz.", "Lüge.")
    assert rerun(project) == ["Kapitel 03-sgb2"], "and says what it said"
    assert report(project) == whole


def test_a_chapter_that_fails_leaves_report_and_records(project):
    whole = report(project)
    path = project / "notebooks/01-bevoelkerung.ipynb"
    text = path.read_text(encoding="utf-8")
    change(path, "bericht.view('einwohner').total.wert", "1 / 0")
    result = run_spm("build", f"params/{SLUG}.yml", *RENDERER, cwd=project)
    assert result.returncode == 1 and "ZeroDivisionError" in result.stderr
    assert report(project) == whole
    path.write_text(text, encoding="utf-8")
    assert rerun(project) == ["Kapitel 01-bevoelkerung"]
    assert report(project) == whole


def test_nothing_confidential_is_kept_elsewhere(project):
    """Executed chapters and records lie in the confidential folder, and in no report."""
    names = {p.name for p in project.rglob("*") if p.name in (FILE, "tabellen.json")}
    assert names == {FILE, "tabellen.json"}
    for path in project.rglob("*"):
        if path.name in (FILE, "tabellen.json") or "kapitel" in path.parts:
            assert path.is_relative_to(project / KEPT)
    manifest = json.loads((project / "report" / SLUG / "manifest.json").read_text(encoding="utf-8"))
    assert "stufen" not in json.dumps(manifest)
    assert not [p for p in (project / "report").iterdir() if p.name.startswith(f".{SLUG}.neu")]
