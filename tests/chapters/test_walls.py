"""A chapter reads published data; what is confidential beside them is refused with a reason."""

import json
import sqlite3
import sys

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from spm.chapters import kernels, walls
from spm.chapters.run import run_chapters

WAYS = {
    "open": "open(secret)",
    "relative": "open('../../indicators.parquet', 'rb')",
    "pathlib": "pathlib.Path(secret).read_bytes()",
    "os.open": "os.open(secret, os.O_RDONLY)",
    "listdir": "os.listdir(folder)",
    "glob": "list(pathlib.Path(folder).glob('*'))",
    "chdir": "os.chdir(folder)",
    "rename": "os.rename(secret, 'mein.parquet')",
    "link": "os.symlink(secret, 'mein.parquet')",
    "hard link": "os.link(secret, 'mein.parquet')",
    "copy": "shutil.copy(secret, 'mein.parquet')",
    "pandas": "pd.read_parquet(secret)",
    "pandas, engine": "pd.read_parquet(path=pathlib.Path(secret), engine='pyarrow')",
    "pandas, filters": "pd.read_parquet(folder, filters=[('raum', '==', '1')])",
    "bound before": "read_parquet(secret)",
    "arrow": "pq.read_table(secret)",
    "arrow file": "pq.ParquetFile(secret).read()",
    "arrow dataset": "pyarrow.dataset.dataset([secret])",
    "arrow memory": "pyarrow.memory_map(secret)",
    "geopandas": "geopandas.read_file(secret)",
    "pyogrio": "pyogrio.read_dataframe(secret)",
    "sqlite": "sqlite3.connect(folder + '/x.db')",
    "duckdb": "duckdb.sql(f\"from '{secret}'\").fetchall()",
    "duckdb database": "duckdb.connect(secret)",
    "calamine": "python_calamine.load_workbook(folder + '/geheimhaltung-vertraulich.xlsx')",
    "subprocess": "subprocess.run(['cat', secret])",
    "shell": "subprocess.run('cat ' + secret, shell=True)",
    "os.system": "os.system('cat ' + secret)",
    "another municipality": "open(folder + '/../nachbarstadt/published.parquet')",
}
ALLOWED = {
    "published": "pd.read_parquet(folder + '/published.parquet')",
    "published, relative": "open('../../published.parquet', 'rb').close()",
    "published, arrow": "pq.read_table('../../published.parquet')",
    "own file": "pathlib.Path('eigene.csv').write_text('a;b'); pd.read_csv('eigene.csv', sep=';')",
    "own folder": "os.listdir('.')",
    "frame": "pd.DataFrame({'a': [1]}).to_parquet('a.parquet'); pd.read_parquet('a.parquet')",
    "project": "open(root + '/params.yml').close()",
}
IMPORTS = """
import os, pathlib, shutil, sqlite3, subprocess
import duckdb, geopandas, pandas as pd, pyarrow, pyarrow.dataset, pyarrow.parquet as pq
import pyogrio, python_calamine
from pandas import read_parquet
"""
TRY = """
import json
root, folder, told = {root!r}, {folder!r}, {{}}
secret = folder + "/indicators.parquet"
for name, way in {ways!r}.items():
    try:
        exec(way)
        told[name] = "ok"
    except BaseException as error:
        told[name] = str(error)
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What came of each way, in one kernel."""
    root = tmp_path_factory.mktemp("projekt")
    processed = root / "data/processed/stadt"
    (processed / "kapitel").mkdir(parents=True)
    (root / "data/processed/nachbarstadt").mkdir()
    frame = pd.DataFrame({"raum": ["1"], "zaehler": [2]})
    for name in ("indicators.parquet", "published.parquet"):
        frame.to_parquet(processed / name)
        frame.to_parquet(root / "data/processed/nachbarstadt" / name)
    sqlite3.connect(processed / "x.db").close()
    (processed / "geheimhaltung-vertraulich.xlsx").touch()
    (root / "params.yml").touch()
    source = TRY.format(root=str(root), folder=str(processed), ways=WAYS | ALLOWED)
    cells = [new_code_cell('params = "x.yml"', metadata={"tags": ["parameters"]})]
    cells += [new_code_cell(IMPORTS), new_code_cell(source)]
    nbformat.write(new_notebook(cells=cells), root / "01-a.ipynb")
    kernels.prepare()
    (executed,) = run_chapters(
        [root / "01-a.ipynb"], root / "x.yml", processed / "kapitel", apart=True
    )
    *_, last = nbformat.read(executed, as_version=4).cells
    return json.loads("".join(output.text for output in last.outputs if output.name == "stdout"))


@pytest.mark.slow
def test_what_is_confidential_is_refused_whatever_reads_it(told):
    wrong = {
        name: told.get(name)
        for name in WAYS
        if "Ein Kapitel liest nur veröffentlichte Daten" not in told.get(name, "")
    }
    assert not wrong


@pytest.mark.slow
def test_what_is_published_or_the_chapters_own_is_read(told):
    assert {name: told.get(name) for name in ALLOWED} == dict.fromkeys(ALLOWED, "ok")


def test_a_kernel_that_is_not_forked_raises_them_too(monkeypatch):
    """Its first line, as `ChapterKernelManager` gives it."""
    seen = []
    monkeypatch.setattr(walls, "begin", seen.append)
    eval(kernels.RAISE_WALLS)  # in a kernel: IPython
    assert seen == [None]


def test_no_walls_outside_of_confidential_data(tmp_path):
    before = len(sys.meta_path)
    walls.begin(str(tmp_path))
    assert len(sys.meta_path) == before
