"""``spm`` alone: which commands matter, and how the project stands. Nothing heavy is read."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

MARKER = "_quarto.yml"
"""Tells a project from other folders; as in `spm.config.projectpaths`, which loads too much."""

MOST = 12
"""Params files that are told one by one."""

COMMANDS = (
    ("spm neu NAME ORDNER", "aus einem Ordner von Rohdaten eine Params-Datei vorschlagen"),
    ("spm check params/x.yml", "Lieferungen prüfen; was zu tun ist, steht in der letzten Zeile"),
    ("spm build params/x.yml", "den Bericht bauen, soweit sich etwas geändert hat"),
    ("spm erklaere params/x.yml …", "zeigen, woraus eine Zahl des Berichts entstanden ist"),
)

_FOUND = re.compile(r"Das Protokoll nennt (\w+) Fehler und (\w+) Hinweise?\.")
_SEVERAL = re.compile(r"^kommunen:[^\n]*\n((?:[ \t]+[^\n]*\n?|#[^\n]*\n?|\n)*)", re.M)
_NAME = re.compile(r"^kommune:.*?\bname:\s*[\"']?([^\"'#\n,}]+)", re.M | re.S)


def greeting(here: Path) -> Iterator[str]:
    """Lines to print.

    Parameters
    ----------
    here : the current folder.
    """
    yield "SPM: von den Dateien der Ämter zum veröffentlichten Sozialbericht."
    yield ""
    wide = max(len(command) for command, _ in COMMANDS) + 2
    yield from (f"  {command:<{wide}}{what}" for command, what in COMMANDS)
    yield ""
    yield "Alle Befehle: spm --help"
    yield ""
    root = project_of(here)
    if root is None:
        yield (
            "In diesem Ordner liegt kein SPM-Projekt: bitte in den Ordner des Projekts wechseln "
            "(den, in dem README.md und params/ liegen)."
        )
        return
    files = list(params_files(root))
    if not files:
        yield (
            f"Das Projekt {root.name} hat noch keine Params-Datei; «spm neu NAME ORDNER» schlägt "
            "aus einem Ordner von Rohdaten eine vor."
        )
        return
    yield f"Projekt {root.name}:"
    for path, name in files[:MOST]:
        told = (name, _state(root, path)) if name else _states(root, path)
        yield f"  params/{path.name} ({told[0]}): {told[1]}"
    if len(files) > MOST:
        yield f"  … und {len(files) - MOST} weitere Params-Dateien"


def project_of(here: Path) -> Path | None:
    """The project that a folder belongs to."""
    return next((f for f in (here, *here.parents) if (f / MARKER).is_file()), None)


def params_files(root: Path) -> Iterator[tuple[Path, str]]:
    """Params files, and whom they are about; other files of the folder have no ``kommune``."""
    for path in sorted((root / "params").glob("*.yml")):
        try:
            text = path.read_text(encoding="utf-8-sig", errors="replace")
        except OSError:
            continue
        if _keys(text):  # it stands for several, whose names are told by nobody here
            yield path, ""
        elif match := _NAME.search(text):
            yield path, match[1].strip()


def _keys(text: str) -> list[str]:
    """The municipalities of a params file that stands for several; none of an ordinary one."""
    section = _SEVERAL.search(text)
    if section is None:
        return []
    entries = re.findall(r"^([ \t]+)([a-z0-9][a-z0-9_-]*):", section[1], re.M)
    return [key for indent, key in entries if indent == entries[0][0]]


def _states(root: Path, path: Path) -> tuple[str, str]:
    """How many municipalities it has, and how many of them have a report."""
    keys = _keys(path.read_text(encoding="utf-8-sig", errors="replace"))
    built = [key for key in keys if (root / "report" / key / "manifest.json").is_file()]
    return f"{len(keys)} Kommunen", (
        f"{_many(len(built), 'Bericht', 'Berichte')}; spm check params/{path.name} prüft alle, "
        f"spm build params/{path.name}/{keys[0]} baut einen, spm batch params/{path.name} alle"
    )


def _state(root: Path, path: Path) -> str:
    """Report, whether the params file is newer than it, and what is open of the last check."""
    slug = path.stem
    report = root / "report" / slug
    told = [_report(root, path, report)]
    page = root / "data" / "processed" / slug / f"pruefprotokoll-{slug}.html"
    try:
        match = _FOUND.search(page.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        match = None
    if match is None:
        told.append("noch nicht geprüft")
    elif (errors := _number(match[1])) or _number(match[2]):
        told.append(f"offen: {_many(errors, 'Fehler', 'Fehler')}, "
                    f"{_many(_number(match[2]), 'Hinweis', 'Hinweise')}")  # fmt: skip
    else:
        told.append("nichts offen")
    return "; ".join(told)


def _report(root: Path, path: Path, report: Path) -> str:
    manifest = report / "manifest.json"
    if not manifest.is_file():
        return "noch kein Bericht"
    page = report / "html" / "index.html"
    where = page if page.is_file() else report
    full = root / "data" / "processed" / path.stem / "manifest-vertraulich.json"
    changed = ""
    with suppress(OSError, ValueError, AttributeError):  # it is damaged, or of an earlier version
        made_from = json.loads(full.read_text(encoding="utf-8")).get("eingaben", {})
        known = made_from.get(path.relative_to(root).as_posix())
        if known not in (None, hashlib.sha256(path.read_bytes()).hexdigest()):
            changed = ", seitdem wurde die Params-Datei geändert"
    return f"Bericht {where.relative_to(root).as_posix()}{changed}"


def _number(word: str) -> int:
    return {"keinen": 0, "einen": 1}.get(word) or (int(word) if word.isdigit() else 0)


def _many(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
