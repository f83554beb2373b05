"""A notebook that an editor of Windows has saved."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from spm.chapters import watch
from spm.chapters.run import run_chapters


@pytest.mark.slow
def test_a_notebook_with_the_mark_of_utf8_runs_and_stays_as_it_is(tmp_path):
    given = new_code_cell('params = "x"', id="a", metadata={"tags": ["parameters"]})
    text = nbformat.writes(new_notebook(cells=[given, new_code_cell("print('Grüße')", id="b")]))
    path = tmp_path / "01-a.ipynb"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    before = path.read_bytes()
    (tmp_path / "lauf").mkdir()
    (done,) = run_chapters([path], tmp_path / "x.yml", tmp_path / "lauf")
    assert nbformat.read(done, as_version=4).cells[-1].outputs[0].text.strip() == "Grüße"
    assert path.read_bytes() == before
    assert watch._imports(path) == set()
