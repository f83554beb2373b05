"""Which file of the same kind is probably meant where one is missing."""

from __future__ import annotations

from pathlib import Path

from spm.errors import nearest

NO_PARAMS = ("kennzahlen", "glossar")
"""Other files of the folder begin like this."""


def alike(path: Path, label: str) -> str:
    """The name nearest to that of a missing YAML file, else those that are there, as a sentence.

    Parameters
    ----------
    label : "Params-Datei" or another; a params file is no catalogue, and the other way round.
    """
    if not path.parent.is_dir():
        return ""
    names = {p.stem: p.name for p in path.parent.glob("*.yml")}
    if label == "Params-Datei":
        names = {k: name for k, name in names.items() if not k.startswith(NO_PARAMS)}
    told = nearest(path.stem, names)
    for stem in sorted(names, key=len, reverse=True) if told.startswith(" Gemeint") else ():
        told = told.replace(f"«{stem}»", f"«{names[stem]}»")
    return told
