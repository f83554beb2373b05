"""What a chapter reads: noted down while it runs, so that it runs again only if that changes.

What `spm.report` is asked for is noted there. Every file that a cell opens besides is seen by an
audit hook of Python (PEP 578). What no hook sees, a library that opens files by itself, another
program or another host, is not guessed: a notebook that could do that runs every time.
"""

from __future__ import annotations

import ast
import json
import os
import re
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from spm import asked
from spm.foreign import door

_OURS = re.compile(r"(^|[/\\])pandoc(\.exe)?$")
"""The program that own texts are checked with. A cell that starts one imports a library for it."""

FILE = ".gelesen.json"
"""In the folder that the chapter runs in."""

HARMLESS = {"spm", "math", "re", "statistics", "collections", "itertools", "textwrap", "IPython"}
SEEN = {"numpy", "pandas", "matplotlib", "seaborn"}
"""Libraries that open files with Python, where the hook sees it."""

_OUTSIDE = (
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "socket.connect",
)


def needs(notebook: Path, folder: Path) -> dict[str, Any]:
    """What a chapter that has run was made from besides its notebook.

    Returns
    -------
    dict
        ``gefragt``: indicators and what else of `spm.asked`; ``dateien``: paths of other files;
        ``offen``: why it cannot be known, empty if it can.
    """
    libraries = _imports(notebook)
    if libraries is None:
        return {
            "gefragt": [asked.EVERYTHING],
            "dateien": [],
            "offen": "Befehle, die kein Python sind",
        }
    foreign = sorted(libraries - HARMLESS - SEEN)
    try:
        seen = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # no fork here, or the kernel was ended before it could write
        seen = None
    if foreign:
        why = f"Bibliothek {foreign[0]}"
    elif seen is None:
        why = f"Bibliothek {min(libraries & SEEN)}" if libraries & SEEN else ""
    else:
        why = seen["offen"]
    everything = seen is None or bool(libraries - HARMLESS)
    return {
        "gefragt": [asked.EVERYTHING] if everything else seen["gefragt"],
        "dateien": [] if seen is None else seen["dateien"],
        "offen": why,
    }


def _imports(notebook: Path) -> set[str] | None:
    """Top names of all modules that the cells import; None if a cell is no plain Python."""
    found = set()
    for cell in json.loads(door.text(notebook))["cells"]:
        if cell["cell_type"] != "code":
            continue
        source = cell["source"]
        try:
            tree = ast.parse("".join(source))
        except (SyntaxError, ValueError):
            return None
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                # Below its front door the package has more to ask than is noted down.
                found |= {a.name if a.name == "spm" else a.name.split(".")[0] for a in node.names}
                found |= {"spm.*" for a in node.names if a.name.startswith("spm.")}
            elif isinstance(node, ast.ImportFrom):
                name = node.module or ""
                found.add("spm.*" if name.startswith("spm.") else name.split(".")[0])
            elif isinstance(node, ast.Name) and node.id in (
                "__import__", "exec", "eval", "compile", "get_ipython", "globals", "vars",
            ):  # fmt: skip
                found.add(node.id)
            elif isinstance(node, ast.Attribute) and node.attr.startswith("_"):
                found.add(node.attr)
    return found


def begin(folder: str | None) -> None:
    """Watch this process, a kernel that is about to start."""
    ignored = [*map(_real, _program_folders()), *([_real(folder)] if folder else [])]

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if (
            event == "open"
            and not asked.is_known()
            and isinstance(arguments[0], str | bytes | os.PathLike)
        ):
            mode = arguments[1] if len(arguments) > 1 else "r"
            path = _real(os.fsdecode(arguments[0]))
            if (mode is None or "r" in str(mode)) and not path.startswith(tuple(ignored)):
                _files.add(path)
        elif event in _OUTSIDE and not _is_ours(arguments):
            _outside.add(event)

    sys.addaudithook(hook)


def _is_ours(arguments: tuple[Any, ...]) -> bool:
    """Whether a program is one that reading own texts and tables takes; it gets their content."""
    command = str(arguments[1]) if len(arguments) > 1 else ""
    return bool(_OURS.search(str(arguments[0]))) or "spm.foreign.helper" in command


_files: set[str] = set()
_outside: set[str] = set()


def end(folder: str | None) -> None:
    """Write down what this process has read."""
    if folder is None:
        return
    content: Mapping[str, Any] = {
        "gefragt": asked.asked(),
        "dateien": sorted(_files),
        "offen": f"anderes Programm oder anderer Rechner ({min(_outside)})" if _outside else "",
    }
    Path(folder, FILE).write_text(json.dumps(content), encoding="utf-8", newline="\n")


def _program_folders() -> list[str]:
    """Where Python, its libraries, the system and Jupyter keep what is theirs."""
    home = Path.home()
    package = str(Path(__file__).parents[1])
    system = ["/proc", "/sys", "/dev", "/etc", "/usr", "/lib", "/bin", "/opt"]
    own = [home / name for name in (".ipython", ".jupyter", ".cache", ".config", ".local")]
    sockets = str(Path(tempfile.gettempdir()) / "spm-")
    return [sys.prefix, sys.base_prefix, package, *system, *map(str, own), sockets]


def _real(path: str) -> str:
    return os.path.realpath(path)
