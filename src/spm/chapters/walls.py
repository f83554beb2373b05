"""What a chapter must not read: refused in its kernel, with a sentence that says why.

A chapter presents published data. One that opens ``indicators.parquet`` or a delivery by mistake
would print numbers that disclosure control holds back, and nobody would see it. So the kernel
refuses to open, list, rename, link or hand on what lies in ``data/processed/`` but for published
data and the chapter's own folder; and deliveries, once the chapter has made its `Report`.

That stops mistakes. It does not stop intent: whoever writes a notebook runs programs of his own on
this machine and can go around every hook. The wall says what is meant, and an analyst cannot
overlook it.

Python tells a hook of every file that it opens (PEP 578). Libraries that open files by themselves
(Arrow, GDAL, DuckDB, calamine) do not; the functions by which notebooks call them are wrapped.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from spm import asked
from spm.errors import SpmError
from spm.release.certificate import CERTIFICATE, DATASET, DEVELOPMENT

OPEN_TO_ALL = (DATASET, DEVELOPMENT, CERTIFICATE)
"""Of the municipality's folder; the report publishes them."""

COPIES = (Path("stand", "projekt"), Path("stand", "daten"))
"""Of the copy of all inputs that a run works on (`spm.config.held`): what is no raw data."""

_FILES = {
    "open": (0,), "os.listdir": (0,), "os.scandir": (0,), "os.walk": (0,), "glob.glob": (0,),
    "os.rename": (0,), "os.link": (0,), "os.symlink": (0,), "shutil.copyfile": (0,),
    "shutil.copytree": (0,), "shutil.move": (0,), "sqlite3.connect": (0,), "os.chdir": (0,),
    "os.truncate": (0,), "os.remove": (0,),
}  # fmt: skip
"""Events of Python -> which of their arguments are paths."""

_PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn")
"""Events with command lines."""

_READERS = {
    "pandas": ("read_parquet", "read_feather", "read_orc", "read_excel", "read_csv"),
    "pyarrow": ("OSFile", "memory_map", "input_stream"),
    "pyarrow.parquet": (
        "read_table", "read_pandas", "read_schema", "read_metadata", "ParquetFile.__init__",
        "ParquetDataset.__init__",
    ),
    "pyarrow.dataset": ("dataset", "parquet_dataset"),
    "pyarrow.feather": ("read_table", "read_feather"),
    "pyarrow.csv": ("read_csv", "open_csv"),
    "pyarrow.json": ("read_json",),
    "geopandas": ("read_file", "read_parquet", "read_feather"),
    "pyogrio": (
        "read_dataframe", "read_arrow", "open_arrow", "read_info", "read_bounds", "list_layers",
    ),
    "duckdb": (
        "connect", "sql", "query", "execute", "read_parquet", "read_csv", "read_json",
        "from_parquet", "from_csv_auto",
    ),
    "python_calamine": ("load_workbook", "CalamineWorkbook.from_path"),
    "polars": ("read_parquet", "scan_parquet", "read_csv", "scan_csv", "read_excel", "read_ipc"),
}  # fmt: skip
"""Modules -> functions that open files where no hook sees it."""


def begin(folder: str | None) -> None:
    """Raise the walls in this process, a kernel that is about to run a chapter.

    Parameters
    ----------
    folder : the one that the chapter runs in, below ``data/processed/<slug>/``; without it, or
        elsewhere, there is nothing to wall off.
    """
    own = Path(os.path.realpath(folder or os.getcwd()))
    confidential = next((p for p in own.parents if _is_processed(p)), None)
    if confidential is None or len(own.relative_to(confidential).parts) < 2:
        return
    slug = own.relative_to(confidential).parts[0]
    home = confidential / slug
    walls = _Walls(confidential, [own, *(home / name for name in (*OPEN_TO_ALL, *COPIES))])
    sys.addaudithook(walls.hook)
    for module, names in _READERS.items():
        if module.partition(".")[0] in sys.modules:
            _wrap(module, names, walls.check)
    _Later.install(walls.check)


def _is_processed(folder: Path) -> bool:
    return folder.name == "processed" and folder.parent.name == "data"


class _Walls:
    def __init__(self, confidential: Path, allowed: Iterable[Path]) -> None:
        self._outer = str(confidential)
        self._allowed = [os.path.realpath(path) for path in allowed]

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        for position in _FILES.get(event, ()):
            self.check(arguments[position])
        if event in _PROGRAMS:
            self.check_words(arguments)

    def check(self, value: object) -> None:
        """Refuse a path, or a text that holds one (a query, an address), behind the walls."""
        if asked.is_known() or not isinstance(value, str | bytes | os.PathLike):
            return  # what the library itself reads is published
        text = os.fsdecode(value)
        if "\0" in text or len(text) > 10_000:
            return
        path = os.path.realpath(text.removeprefix("file://"))
        if self._behind(path) or path in asked.deliveries():
            raise _refused(path)
        if self._outer in text and not self._behind_is_fine(text):
            raise _refused(self._outer)

    def check_words(self, arguments: Iterable[object]) -> None:
        """Refuse a command line that names a file behind the walls."""
        for value in arguments:
            if isinstance(value, list | tuple):
                self.check_words(value)
            elif isinstance(value, str | bytes):
                for word in os.fsdecode(value).split():
                    self.check(word.strip("'\""))

    def _behind(self, path: str) -> bool:
        return _within(path, self._outer) and not any(_within(path, a) for a in self._allowed)

    def _behind_is_fine(self, text: str) -> bool:
        """Whether all that a text names of the folder is the chapter's own, or published."""
        for known in self._allowed:
            text = text.replace(known, "")
        return self._outer not in text


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + os.sep)


def _refused(path: str) -> SpmError:
    return SpmError(
        f"Ein Kapitel liest nur veröffentlichte Daten; «{Path(path).name}» ist vertraulich.",
        tun="Bitte mit bericht und kapitel zeigen, was veröffentlicht ist. Was dort fehlt, ist "
        "gesperrt und darf in keiner Ausgabe stehen.",
    )


def _wrap(module: str, names: Iterable[str], check: Callable[[object], None]) -> None:
    try:
        loaded = importlib.import_module(module)
    except ImportError:  # a part that is not installed
        return
    for name in names:
        *outer, last = name.split(".")
        holder: Any = loaded
        for part in outer:
            holder = getattr(holder, part, None)
        function = getattr(holder, last, None)
        if function is not None and not hasattr(function, "_walled"):
            try:
                setattr(holder, last, _checked(function, check))
            except TypeError:  # a type written in C keeps its methods
                continue


def _checked(function: Callable[..., Any], check: Callable[[object], None]) -> Callable[..., Any]:
    @functools.wraps(function)
    def checked(*arguments: Any, **named: Any) -> Any:
        for value in (*arguments, *named.values()):
            check(value)
            if isinstance(value, list | tuple):
                for part in value:
                    check(part)
        return function(*arguments, **named)

    checked._walled = True  # type: ignore[attr-defined]
    return checked


class _Later:
    """Wraps readers of modules that a chapter imports after the walls were raised."""

    @classmethod
    def install(cls, check: Callable[[object], None]) -> None:
        sys.meta_path.insert(0, cls(check))

    def __init__(self, check: Callable[[object], None]) -> None:
        self._check = check
        self._waiting = {m for m in _READERS if m not in sys.modules}

    def find_spec(self, name: str, path: object = None, target: object = None) -> Any:
        if name not in self._waiting:
            return None
        self._waiting.discard(name)
        spec = importlib.util.find_spec(name)
        if spec is None or spec.loader is None:
            return spec
        load = spec.loader.exec_module

        def exec_module(module: Any) -> None:
            load(module)
            _wrap(name, _READERS[name], self._check)

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec
