"""Write a new params file from a folder of raw files, or add what is new to one that exists."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from spm.config import yamltext
from spm.config.params import LABEL
from spm.errors import SpmError
from spm.foreign import door
from spm.setup.adding import inserted, named, write
from spm.setup.asked import official_key, params_path
from spm.setup.assembling import Proposed, proposed
from spm.setup.catalogues import by_chapter, chapter_titles, indicators
from spm.setup.head import head, lacking
from spm.setup.leftover import left_over
from spm.setup.lookup import project
from spm.setup.proposal import ASK, Proposal
from spm.setup.takenover import Template, template, with_template
from spm.setup.telling import told, unread
from spm.setup.writing import deliveries

PARAMS = "params"


@dataclass(frozen=True)
class Written:
    """What became of a folder.

    Attributes
    ----------
    path : the params file.
    added : whether it existed before.
    lines : what to tell, in German.
    """

    path: Path
    added: bool
    lines: list[str]


def set_up(name: str, folder: Path, *, ags: str | None = None, like: Path | None = None) -> Written:
    """Write ``params/<name>.yml``, or add tables that it does not name yet.

    Parameters
    ----------
    name : of the municipality; the file is called by it in small letters.
    folder : of the raw files; nothing is written there.
    ags : its official key.
    like : a params file whose mappings are taken over.

    Raises
    ------
    SpmError
        No project here, a name that no file can have, a folder that does not exist or has nothing
        that can be read, an official key that is none, a params file that is no valid YAML.
    """
    root = project(Path.cwd())
    path = params_path(name, root / PARAMS)
    ags = official_key(ags)
    shown = name if name != name.lower() else name.replace("-", " ").title()
    taken = template(like) if like else None
    if path.exists():
        return _add(path, folder, shown, taken)
    found = _found(proposed(folder, shown), folder, taken)
    text = "\n".join(_new(found, root, folder, shown, ags, taken)) + "\n"
    write(path, text, new=True)
    return Written(path, False, told(found, path.relative_to(root).as_posix(), text, None))


def _found(found: Proposed, folder: Path, taken: Template | None) -> Proposed:
    if not found.tables and not found.areas.file:
        others = "; ".join(f"{n}: {why}" for n, why in list(found.unread.items())[:5])
        raise SpmError(
            "In dem Ordner liegt keine Tabelle, die SPM lesen kann."
            + (f" Gefunden: {others}" if others else ""),
            wo=str(folder),
            tun="Die Lieferungen (CSV, Excel, JSON, Parquet) und die Geometrie der Räume "
            "hineinlegen.",
        )
    return with_template(found, taken) if taken else found


def _new(
    found: Proposed, root: Path, folder: Path, name: str, ags: str | None, taken: Template | None
) -> list[str]:
    tables = found.tables
    lines = [*head(found, name, _relative(folder, root), ags), ""]
    lines += taken.sections if taken else []
    lines += found.public.sections()
    delivered = {m for one in tables if one.placed for m in one.measures}
    lines += _extra_chapters(root, delivered)
    entries = deliveries(tables)
    lines += ["lieferungen:" if entries else f"lieferungen: {{}}  # {ASK}: nichts zugeordnet"]
    lines += entries
    lines += ["", *_rest(found, tables)]
    catalogue = root / PARAMS
    needed = by_chapter(indicators(catalogue, extra=False))
    return [*lines, *lacking(delivered, needed, chapter_titles(catalogue))]


def _extra_chapters(root: Path, delivered: set[str]) -> list[str]:
    """Additional catalogues that count what is delivered."""
    common = {m for i in indicators(root / PARAMS, extra=False) for m, _ in i.counts}
    files = {
        one.file
        for one in indicators(root / PARAMS)
        if any(m in delivered - common for m, _ in one.counts)
    }
    own = sorted(re.sub(r"kennzahlen-|\.yml", "", file) for file in files)
    chapters = [key for key in own if any((root / "notebooks").glob(f"*-{key}.ipynb"))]
    sets = [f"params/kennzahlen-{key}.yml" for key in own if key not in chapters]
    lines = []
    if sets:
        lines.append(f"# kennzahlen: [params/kennzahlen.yml, {', '.join(sets)}]  # Zahlen sind da")
    if chapters:
        lines.append(f"# zusatzkapitel: [{', '.join(chapters)}]  # Zahlen dafür sind da")
    return [*lines, ""] if lines else []


def _rest(found: Proposed, tables: list[Proposal]) -> list[str]:
    lines = left_over(tables)
    if lines:
        lines = [
            "  # Nicht zugeordnet. Zum Verwenden: «#» löschen, merkmal nennen, unter die",
            *["  # tabellen einer Lieferung rücken. Ohne Bedarf: so lassen.", *lines, ""],
        ]
    if found.unread:
        lines.append("# Nicht gelesen:")
        lines += [f"#   {name}: {why}" for name, why in found.unread.items()] + [""]
    return lines


def _relative(folder: Path, root: Path) -> str:
    try:
        return Path(os.path.relpath(folder.resolve(), root.resolve())).as_posix()
    except ValueError:  # another drive of Windows
        return folder.resolve().as_posix()


def _add(path: Path, folder: Path, name: str, taken: Template | None) -> Written:
    """Append deliveries of files that the params file does not name; nothing of it is changed."""
    text = door.text(path)
    data, _ = yamltext.load(path, LABEL)
    own = data.get("lieferungen")
    entries = own if isinstance(own, dict) else {}
    before = named(text, data)
    found = proposed(folder, name, before)
    public = found.public.comments(text)
    if not found.tables and not public:
        others = unread(found, before)
        known = "Alle Tabellen" if others else "Alle Dateien"
        line = f"{path.name}: {known} des Ordners stehen schon darin; nichts wurde geändert."
        return Written(path, True, [line, *others])
    found = with_template(found, taken) if taken else found
    lines = deliveries(found.tables, [*entries, "-"])
    lines += left_over([one for one in found.tables if not one.placed]) + public
    kept = text if text.endswith("\n") else text + "\n"
    if not entries and lines and re.search(r"^lieferungen: *\{\}", kept, re.M):
        kept = re.sub(r"^lieferungen: *\{\}", "lieferungen:", kept, count=1, flags=re.M)
    text = inserted(kept, lines)
    write(path, text, new=False)
    shown = path.relative_to(project(Path.cwd())).as_posix()
    return Written(path, True, told(found, shown, text, before))
