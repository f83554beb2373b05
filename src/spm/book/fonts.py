"""The report's font: Lato in four cuts, from its PyPI package."""

import shutil
from pathlib import Path

import fontpkg_lato

CUTS = ("Lato-Regular.ttf", "Lato-Bold.ttf", "Lato-Italic.ttf", "Lato-BoldItalic.ttf")
FOLDER = Path(fontpkg_lato.ROOT) / "files"


def copy_fonts(target: Path) -> None:
    """Copy the four cuts and the font's licence into a new folder."""
    target.mkdir(parents=True)
    for cut in CUTS:
        shutil.copyfile(FOLDER / cut, target / cut)
    shutil.copyfile(Path(fontpkg_lato.ROOT) / "LICENSE", target / "LICENSE.txt")
