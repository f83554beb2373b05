"""Make the reference outputs anew: ``make reference``. Read the diff before committing it.

The chapters run on the demo data; what they put out is kept beside their cells, in this folder,
for nbval to compare with. The notebooks under ``notebooks/`` themselves stay without outputs.
"""

import sys
import tempfile
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from spm.chapters import kernels  # noqa: E402
from spm.build import prepare  # noqa: E402
from spm.chapters.run import run_chapters  # noqa: E402
from spm.progress import steps  # noqa: E402
from tests.conftest import make_project  # noqa: E402


def main() -> None:
    kernels.prepare()
    with tempfile.TemporaryDirectory() as folder, steps() as shown:
        project = make_project(Path(folder))
        params = prepare(project / "params/pilotkommune.yml", shown)
        chapters = sorted((project / "notebooks").glob("0[1-7]-*.ipynb"))
        run = project / "run"
        run.mkdir()
        for executed in run_chapters(chapters, params.path.relative_to(project), run):
            reference = without_traces(nbformat.read(executed, as_version=4))
            nbformat.write(reference, ROOT / "tests/reference" / executed.name)


def without_traces(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Keep sources and outputs; drop papermill's cell and what differs from run to run."""
    cells = [c for c in notebook.cells if "injected-parameters" not in c.metadata.get("tags", [])]
    for number, cell in enumerate(cells, start=1):
        tags = cell.metadata.get("tags", [])
        cell.metadata = nbformat.NotebookNode(tags=tags) if tags else nbformat.NotebookNode()
        if cell.cell_type == "code":
            cell.execution_count = number  # nbval takes a cell without one for not executed
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = number
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


if __name__ == "__main__":
    main()
