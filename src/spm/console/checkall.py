"""``spm check`` of a params file that stands for several municipalities: one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from spm.console.checked import first, show
from spm.errors import SpmError


def municipalities(params: Path) -> Sequence[Path]:
    """The addresses of all municipalities; none if a municipality or an ordinary file is named."""
    from spm.config.kommunen import addresses
    from spm.config.projectpaths import find_file

    file = find_file(params)
    return [path for path in addresses(file) if path != file]


def check_all(params: Path, each: Sequence[Path], *, force: bool = False) -> bool:
    """Check every municipality and print what was found, with a recap; whether all went well.

    What concerns all of them is told once. How much disclosure control takes away is told by the
    check of a single municipality.
    """
    from spm import build as stages
    from spm.batch.together import notes
    from spm.build.told import verdict
    from spm.progress import steps
    from spm.verdict import errors_among

    recap, wrong = [], []
    for path in each:
        print(f"--- {path.name} ---\n")
        try:
            with steps() as shown:
                checked, paths = stages.check(path, shown, force=force)
        except SpmError as error:  # the others are checked all the same
            print(f"Fehler: {error}\n")
            recap.append(f"{path.name}: {error.was.splitlines()[0]}")
            wrong.append(path.name)
            continue
        show(first(checked, paths))
        recap.append(f"{path.name}: {verdict(checked.findings)}")
        if errors_among(checked.findings):
            wrong.append(path.name)
    typed = params.as_posix()
    step = (
        f"die Fehler bei {', '.join(wrong)} beheben, dann «spm check {typed}/{wrong[0]}»"
        if wrong
        else f"«spm batch {typed}»"
    )
    show([["--- alle ---"], notes(each[0].parent), recap, [f"Als Nächstes: {step}."]])
    return not wrong
