"""Reports of real places: their data stay outside, the project they are built in is temporary."""

import html
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from tests.conftest import ROOT, run_spm


@dataclass
class Built:
    """A finished run of ``spm build``."""

    project: Path
    name: str

    @property
    def report(self) -> Path:
        return self.project / "report" / self.name

    @property
    def figures(self) -> Path:
        return self.report / "book" / "figures"

    def table(self, name: str) -> pd.DataFrame:
        """``published`` or ``indicators`` (before disclosure control) by indicator, year, area."""
        path = self.project / "data" / "processed" / self.name / f"{name}.parquet"
        return pd.read_parquet(path).set_index(["kennzahl", "jahr", "raum"]).sort_index()

    def page(self, name: str) -> str:
        """The text of one HTML page, without tags, blanks as single spaces."""
        source = (self.report / "html" / f"{name}.html").read_text(encoding="utf-8")
        return plain(html.unescape(re.sub(r"<[^>]*>", " ", source)))

    def alt_texts(self, page: str) -> list[str]:
        source = (self.report / "html" / f"{page}.html").read_text(encoding="utf-8")
        return [plain(html.unescape(alt)) for alt in re.findall(r'<img [^>]*alt="([^"]*)"', source)]


def real_data(shared: Path, name: str) -> Path:
    """The raw files of a real place; the test is skipped where they are absent."""
    folder = shared / "data" / name
    if not folder.is_dir():
        pytest.skip(f"the folder shared/data/{name} beside the checkout is absent")
    return folder


def plain(text: str) -> str:
    """Undo what typesetting adds: soft hyphens and blanks of several kinds."""
    return " ".join(text.replace("\N{SOFT HYPHEN}", "").split())


def german(number: int) -> str:
    """Whole number with dots between thousands."""
    return f"{number:,}".replace(",", ".")


def make_real_project(folder: Path, name: str, raw: Path) -> Path:
    """A project in which ``tests/real/<name>.yml`` reads its deliveries from ``raw``."""
    ignored = shutil.ignore_patterns("figures", ".ipynb_checkpoints")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=ignored)
    shutil.copytree(ROOT / "tests" / "real", folder / "tests" / "real")
    (folder / "params").mkdir()
    shutil.copy(ROOT / "params" / "kennzahlen.yml", folder / "params")
    shutil.copy(ROOT / "_quarto.yml", folder)
    params = folder / "tests" / "real" / f"{name}.yml"
    text, here = params.read_text(encoding="utf-8"), "datenordner: ../shared/data/"
    start = text.index(here)
    end = text.index("\n", start)
    params.write_text(
        f'{text[:start]}datenordner: "{raw.as_posix()}"{text[end:]}', encoding="utf-8"
    )
    return folder


def add_section(project: Path, notebook: str, title: str, key: str) -> None:
    """What an analyst does in Jupyter: a section with figures of one more indicator."""
    path = project / "notebooks" / f"{notebook}.ipynb"
    book = nbformat.read(path, as_version=4)
    calls = [f'abschnitt("{title}", "{key}")']
    calls += [f'{kind}("{key}")' for kind in ("karte", "balken", "aussagen")]
    last = 'kapitel.abschnitt("Alle Kennzahlen'
    place = next(i for i, c in enumerate(book.cells) if c.source.startswith(last))
    book.cells[place:place] = [nbformat.v4.new_code_cell(f"kapitel.{call}") for call in calls]
    nbformat.write(book, path)


def build_real(project: Path, name: str, formats: str = "html") -> Built:
    """Make the report with the renderer that is always there."""
    params = f"tests/real/{name}.yml"
    done = run_spm("build", params, "--renderer", "embedded", "--to", formats, cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr
    return Built(project, name)
