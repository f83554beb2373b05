"""The report that was just finished becomes an earlier one: its readers know what it showed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import yaml

from spm.disclosure.inputs.earlier import last_year
from spm.nextyear.edits import CHECK, Document, child, in_brackets, items
from spm.release.certificate import DATASET
from spm.release.digest import sha256

if TYPE_CHECKING:
    from spm.config.params import Params

FOLDER = "fruehere-berichte"
"""In the data folder: the published data of earlier reports, which the new one must not undo."""


def name_previous(document: Document, params: Params) -> str:
    """Name the finished report as an earlier one, with a copy of its published data.

    What its rows count (groups, years, areas, divisions) stands in the rows themselves.

    Returns
    -------
    str
        What was done, as a line for the console.
    """
    found = params.report_folder / DATASET
    # Paths of this machine do not belong into the new file.
    folder = params.report_folder.relative_to(params.root).as_posix()
    if not found.is_file():
        return _without(document, params, f"In {folder} liegt kein fertiger Bericht")
    last = last_year(found)
    if last != params.bericht.berichtsjahr:
        told = f"Der Bericht in {folder} reicht bis {last}"
        return _without(document, params, told)
    name = f"{FOLDER}/{params.slug}-{last}.parquet"
    place = f"{params.datenordner}/{name}"
    target = params.root / place
    named = [params.raw_file(file) for file in params.geheimhaltung.reports]
    if sha256(found) in {sha256(file) for file in named if file.is_file()}:
        return "Der letzte Bericht ist schon als früherer genannt."
    if target.exists() and sha256(target) != sha256(found):
        return _without(document, params, f"Unter {place} liegt schon ein anderer Bericht")
    if not target.exists():
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(found, target)
        except OSError as error:
            return _without(document, params, f"Kopieren nach {place} misslang ({error.strerror})")
    _name(document, params, name)
    return f"Der Bericht {last} ist als früherer genannt (geheimhaltung.fruehere_berichte: {name})."


def _without(document: Document, params: Params, why: str) -> str:
    section = child(document.root, "geheimhaltung") or child(document.root, "lieferungen")
    note = (
        f"{why}: seine published.parquet in den Datenordner legen und unter "
        "geheimhaltung.fruehere_berichte nennen"
    )
    document.check(_key(document, section), note)
    return f"{CHECK}: {note}."


def _key(document: Document, section: yaml.Node | None) -> yaml.Node | None:
    for key, value in getattr(document.root, "value", ()):
        if value is section:
            return key if isinstance(key, yaml.Node) else None
    return None


def _name(document: Document, params: Params, name: str) -> None:
    """Add the report as the last of all earlier ones."""
    section = child(document.root, "geheimhaltung")
    listed = child(section, "fruehere_berichte")
    last = child(section, "frueherer_bericht")
    names = [node.value for node in items(listed)]
    if isinstance(last, yaml.ScalarNode):  # it counts as the last one: its place is taken
        document.replace(last, name)
        added = last.value if last.value not in names else ""
    else:
        added = name
    if listed is not None and items(listed):
        if added:
            end = items(listed)[-1]
            if in_brackets(listed):
                document.insert(end.end_mark.index, f', "{added}"')
            else:
                indent = " " * (end.start_mark.column - 2)
                document.after(end.end_mark.line, f'{indent}- "{added}"\n')
        return
    if not added:
        return
    line = f'  fruehere_berichte: ["{added}"]\n'
    entries = getattr(section, "value", ())
    if section is not None and entries and isinstance(section, yaml.MappingNode):
        if in_brackets(section):
            document.insert(section.end_mark.index - 1, f', fruehere_berichte: ["{added}"]')
            return
        first = entries[0][0].start_mark
        document.insert(document.line_start(first.line), " " * first.column + line.lstrip())
        return
    if section is not None:  # the key stands there without a value
        key = _key(document, section)
        assert key is not None
        document.after(key.start_mark.line, line)
        return
    before = _key(document, child(document.root, "lieferungen"))
    assert before is not None  # there is no params file without deliveries
    document.insert(document.line_start(before.start_mark.line), f"geheimhaltung:\n{line}\n")
