"""Running notebooks: parameters, isolation, and failures that name chapter, cell and cause."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from spm.chapters import kernels
from spm.chapters.run import run_chapters
from spm.errors import SpmError

pytestmark = pytest.mark.slow

PARAMETERS = 'params = "params/pilotkommune.yml"'


@pytest.fixture(scope="module", autouse=True)
def warm():
    kernels.prepare()


@pytest.fixture
def chapter(tmp_path):
    def chapter(name, *sources, parameters=PARAMETERS, tags=("parameters",)):
        cells = [new_markdown_cell("# Titel {#sec-x}", id="titel")]
        if parameters is not None:
            tagged = new_code_cell(parameters, id="parameters", metadata={"tags": list(tags)})
            cells.append(tagged)
        cells += [new_code_cell(s, id=f"zelle-{i}") for i, s in enumerate(sources)]
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(new_notebook(cells=cells), path)
        return path

    return chapter


@pytest.fixture
def run(tmp_path):
    folder = tmp_path / "run"
    folder.mkdir()

    def run(*notebooks):
        done = []
        executed = run_chapters(notebooks, tmp_path / "x.yml", folder, done.append)
        assert sorted(done) == sorted(n.stem for n in notebooks)
        return [nbformat.read(e, as_version=4) for e in executed]

    run.folder = folder
    return run


def printed(notebook):
    return "".join(o.text for c in notebook.cells if c.cell_type == "code" for o in c.outputs)


@pytest.mark.slow
def test_the_params_path_reaches_the_notebook_and_the_source_stays(chapter, run, tmp_path):
    source = chapter("01-a", "print(params)")
    before = source.read_bytes()
    (executed,) = run(source)
    assert printed(executed).strip() == str(tmp_path / "x.yml")
    assert source.read_bytes() == before


def test_kernels_work_in_the_run_folder_and_share_nothing(chapter, run):
    leave = "import builtins, pathlib; builtins.rest = 1; pathlib.Path('a.txt').touch()"
    look = "import builtins; print(hasattr(builtins, 'rest'))"
    # The last chapter begins; of five more one at least comes when it has ended.
    looking = [chapter(f"0{number}-a", look) for number in range(5)]
    *others, _ = run(*looking, chapter("05-f", leave))
    assert (run.folder / "a.txt").exists()
    assert {printed(other).strip() for other in others} == {"False"}


def test_no_kernel_listens_on_a_network_port(chapter, run):
    ask = "from ipykernel.kernelapp import IPKernelApp as A; print(A.instance().transport)"
    (executed,) = run(chapter("01-a", ask))
    expected = "ipc" if kernels.CAN_FORK else "tcp"
    assert printed(executed).strip() == expected


def test_plots_of_an_analyst_are_shown(chapter, run):
    (executed,) = run(
        chapter("01-a", "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.show()")
    )
    outputs = [o for c in executed.cells if c.cell_type == "code" for o in c.outputs]
    assert any("image/png" in o.get("data", {}) for o in outputs)


@pytest.mark.slow
def test_a_failing_chapter_names_cell_and_cause_and_the_others_still_run(chapter, run):
    notebooks = [
        chapter("01-a", "x = 1", "1 / 0"),
        chapter("02-b", "print('läuft')"),
        chapter("03-c", "from spm.errors import SpmError\nraise SpmError('Was', tun='Tun')"),
    ]
    with pytest.raises(SpmError) as caught:
        run(*notebooks)
    message = str(caught.value)
    assert "2 Kapitel sind fehlgeschlagen" in message
    assert 0 < message.index("01-a.ipynb") < message.index("03-c.ipynb")
    assert "«1 / 0»" in message
    assert "ZeroDivisionError: division by zero" in message
    assert "Was tun: Tun" in message and "SpmError:" not in message
    assert "läuft" in (run.folder / "02-b.ipynb").read_text(encoding="utf-8")


def test_a_dying_kernel_is_a_failure(chapter, run):
    with pytest.raises(SpmError, match="abgestürzt"):
        run(chapter("01-a", "import os; os._exit(1)"))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"parameters": None}, "Tag «parameters»"),
        ({"tags": ()}, "Tag «parameters»"),
        ({"parameters": "parms = 1"}, "kennt den Parameter «params» nicht"),
    ],
)
def test_notebooks_without_the_parameter(chapter, run, change, expected):
    with pytest.raises(SpmError, match=expected) as caught:
        run(chapter("01-a", "print(params)", **change))
    assert "01-a.ipynb" in str(caught.value)


def test_missing_and_damaged_notebooks(chapter, run, tmp_path):
    with pytest.raises(SpmError, match="Kapitel fehlt"):
        run(tmp_path / "09-nie.ipynb")
    damaged = tmp_path / "08-kaputt.ipynb"
    damaged.write_text("{")
    with pytest.raises(SpmError, match="kein lesbares Notebook"):
        run(damaged)
