"""Notebooks that are damaged: the build refuses them and keeps the old report, or sets a new one in
which nothing is alive."""

from __future__ import annotations

import json
import random
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.build.small import SLUG, make, report
from tests.conftest import RENDERER, run_spm

REFUSED, MADE = "abgelehnt", "gesetzt"
TRACEBACK, HANG, CHANGED, ALIVE, STUCK = (
    "Absturz",
    "hängt",
    "Bericht verändert",
    "etwas lebt",
    "nächster Bau misslingt",
)
GOOD, BAD = (REFUSED, MADE), (TRACEBACK, HANG, CHANGED, ALIVE, STUCK)

CANARY = "kanarienvogel"
_ALIVE = re.compile(
    rf"<script[^>]*>[^<]*{CANARY}|<[^>]+\son\w+\s*=[^>]*{CANARY}|javascript:[^\"']*{CANARY}",
    re.IGNORECASE,
)
_LINK = f"java\x01script:{CANARY}()"
_BOOK = "03-sgb2.ipynb"


@dataclass(frozen=True)
class Damage:
    """One kind of damage: ``do`` changes the notebook in its bytes."""

    name: str
    do: Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True)
class Result:
    """What became of one damaged notebook; ``text`` is what was printed."""

    damage: Damage
    verdict: str
    text: str


def campaign(number: int, seed: int = 0, kinds: Sequence[Damage] | None = None) -> Iterator[Result]:
    """Damage a notebook of a small municipality again and again, every kind in turn, and build."""
    with tempfile.TemporaryDirectory() as folder:
        project = make(Path(folder) / "projekt")
        notebook = project / "notebooks" / _BOOK
        sound = notebook.read_bytes()
        assert _build(project)[0] == 0
        before = report(project)
        chosen = KINDS if kinds is None else kinds
        for turn in range(number):
            damage = chosen[turn % len(chosen)]
            notebook.write_bytes(damage.do(sound, random.Random(f"{seed} {turn}")))
            code, text = _build(project)
            verdict = _verdict(code, text, before, report(project))
            notebook.write_bytes(sound)
            code, _ = _build(project)
            if verdict in GOOD and (code != 0 or report(project) != before):
                verdict = STUCK
            yield Result(damage, verdict, text)


def _verdict(code: int | None, text: str, before: dict[str, bytes], after: dict[str, bytes]) -> str:
    if code is None:
        return HANG
    if code not in (0, 1) or "Traceback" in text or (code == 1 and "Was tun: " not in text):
        return TRACEBACK
    if code == 1:
        return REFUSED if after == before else CHANGED
    pages = [page.decode("utf-8") for name, page in after.items() if name.endswith(".html")]
    return ALIVE if any(_ALIVE.search(page) for page in pages) else MADE


def _build(project: Path) -> tuple[int | None, str]:
    try:
        done = run_spm(
            *("build", f"params/{SLUG}.yml", *RENDERER, "--to", "html"),
            cwd=project,
        )
    except subprocess.TimeoutExpired:
        return None, ""
    return done.returncode, done.stdout + done.stderr


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(9, len(content) - 9)]


def _inserted(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(3, len(content))
    what = chance.choice([b"\0", b"\xff\xfe", b"\x81", b"\x1a"])
    return content[:place] + what + content[place:]


def _structure(change: Callable[[dict[str, Any]], object]) -> Callable[..., bytes]:
    def do(content: bytes, chance: random.Random) -> bytes:
        book = json.loads(content)
        change(book)
        return json.dumps(book, ensure_ascii=False).encode("utf-8", "surrogateescape")

    return do


def _cell(kind: str, *sources: str) -> Callable[..., bytes]:
    """One more cell at the end."""

    def do(content: bytes, chance: random.Random) -> bytes:
        book = json.loads(content)
        cell = {"cell_type": kind, "id": "neu", "metadata": {}, "source": chance.choice(sources)}
        if kind == "code":
            cell |= {"outputs": [], "execution_count": None}
        book["cells"].append(cell)
        return json.dumps(book, ensure_ascii=False).encode("utf-8", "surrogateescape")

    return do


def _untagged(book: dict[str, Any]) -> None:
    for cell in book["cells"]:
        cell["metadata"] = {}


def _without_title(book: dict[str, Any]) -> None:
    book["cells"][0]["source"] = "Ein Satz."


def _odd_cell(book: dict[str, Any]) -> None:
    book["cells"].append({"cell_type": "neu", "source": 7})


_SHOW = "from IPython.display import HTML, Markdown, display\n"

KINDS = (
    Damage("abgeschnitten", _cut),
    Damage("fremde Bytes", _inserted),
    Damage("leer", lambda content, chance: chance.choice([b"", b"{}", b"[]", b"null", b"\0" * 99])),
    Damage("verschachtelt", lambda content, chance: b"[" * 90_000 + content),
    Damage("Markierung der Parameter fehlt", _structure(_untagged)),
    Damage("Titel fehlt", _structure(_without_title)),
    Damage("keine Zellen", _structure(lambda book: book.update(cells=[]))),
    Damage("seltsame Zelle", _structure(_odd_cell)),
    Damage("altes Format", _structure(lambda book: book.update(nbformat=3, worksheets=[]))),
    Damage("künftiges Format", _structure(lambda book: book.update(nbformat=99))),
    Damage(
        "fremder Kernel",
        _structure(
            lambda book: book["metadata"].update(kernelspec={"name": "ir", "language": "R"})
        ),
    ),
    Damage(
        "Schreibfehler", _cell("code", "kapitel.tabele()", "def f(", "1/0", "bericht.view('x')")
    ),
    Damage(
        "Ende des Kernels", _cell("code", "import os; os._exit(3)", "exit()", "raise SystemExit")
    ),
    Damage(
        "vertraulich",
        _cell(
            "code",
            "open('../../../data/processed/kleinau/facts.parquet','rb').read()",
            "import glob\n[open(p, 'rb').read() for p in glob.glob('../../../**/facts.parquet', "
            "recursive=True)]",
        ),
    ),
    Damage(
        "HTML",
        _cell(
            "code",
            f"{_SHOW}HTML('<script>{CANARY}()</script>')",
            f"{_SHOW}Markdown('<img src=x onerror={CANARY}()>')",
            f"{_SHOW}Markdown('[x]({_LINK})')".replace("\x01", "\\x01"),
        ),
    ),
    Damage(
        "Text mit HTML",
        _cell(
            "markdown",
            f"<script>{CANARY}()</script>",
            f"<img src=x onerror={CANARY}()>",
            f"[x]({_LINK})",
            f"[x](javascript:{CANARY}())",
            f"![x](x.png){{onclick={CANARY}()}}",
        ),
    ),
    Damage(
        "Text",
        _cell(
            "markdown",
            "{{< include /etc/passwd >}}",
            "::: {.x",
            "@fig-gibtesnicht",
            "[weiter](gibtesnicht.ipynb)",
            "![](../../../params/kleinau.yml)",
            "\u202eabc",
            "> " * 5000 + "x",
            "[" * 5000,
            "`{python} 1+1`",
            "# Noch ein Titel",
        ),
    ),
    Damage("Rohzelle", _cell("raw", "<b>x</b>", "\\input{/etc/passwd}", '#read("/etc/passwd")')),
    Damage(
        "Bild ohne Worte", _cell("code", "import matplotlib.pyplot as p\np.plot([1, 2]); p.show()")
    ),
    Damage(
        "viel Ausgabe", _cell("code", "print('x' * 3_000_000)", "'\\u200b' * 9", "print('\\x07')")
    ),
)
