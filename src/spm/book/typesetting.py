"""All that Typst sets and draws, in a module that imports little: a process of its own has it."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Literal

import typst

from spm.book.fonts import FOLDER
from spm.book.refusals import refusal
from spm.errors import SpmError

MAIN = "bericht.typ"
STANDARDS: tuple[Literal["ua-1", "a-2a"], ...] = ("ua-1", "a-2a")
"""PDF/UA-1: tagged for screen readers; PDF/A-2a: readable in any archive. Typst refuses what does
not hold to both, a picture without alternative text for instance."""

PPI = 144
COLOURS = 64
"""Of a picture's palette: enough for few flat colours and the edges of letters between them."""

WHITE = (255, 255, 255)


def compile_pdf(source: str, files: Mapping[str, Path], day: date) -> bytes:
    """Compile a Typst source to a tagged PDF.

    Parameters
    ----------
    files : what the source imports and shows, by the name that it uses.
    day : date of creation noted in the PDF.

    Raises
    ------
    SpmError
        Typst refuses the text; the place is named, with the chapter if the source has marks.
    """
    with _compiler(source, files) as compiler:
        return _exported(compiler, day)


def compile_sheet(
    source: str, files: Mapping[str, Path], day: date, most: int
) -> tuple[bytes | None, int]:
    """The same of a source that counts its pages, and their number; no PDF if they are too many.

    The source holds ``#metadata(…) <seiten>`` with the number. To count takes a fifth of the time
    that writing takes.

    Parameters
    ----------
    most : number of pages.
    """
    with _compiler(source, files) as compiler:
        pages = int(json.loads(compiler.query("<seiten>", field="value"))[0])
        return (_exported(compiler, day) if pages <= most else None), pages


@contextmanager
def _compiler(source: str, files: Mapping[str, Path]) -> Iterator[typst.Compiler]:
    """Typst in a folder with the source and its files; what it refuses is an `SpmError`."""
    with _laid_out("spm-pdf-", MAIN, source, files) as main:
        try:
            yield typst.Compiler(
                main, root=main.parent, font_paths=[FOLDER], ignore_system_fonts=True
            )
        except typst.TypstError as e:
            raise refusal(e.message, e.diagnostic, source, MAIN, files) from None


@contextmanager
def _laid_out(prefix: str, main: str, source: str, files: Mapping[str, Path]) -> Iterator[Path]:
    """The source under a name, in a temporary folder with the files that it shows."""
    with tempfile.TemporaryDirectory(prefix=prefix) as folder:
        root = Path(folder)
        for name, path in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, root / name)
        (root / main).write_text(source, encoding="utf-8", newline="\n")
        yield root / main


def _exported(compiler: typst.Compiler, day: date) -> bytes:
    moment = datetime.combine(day, time(), UTC)
    pdf = compiler.compile(pdf_standards=list(STANDARDS), timestamp=moment)
    assert isinstance(pdf, bytes)  # not one picture per page
    return pdf


def compile_pngs(drawn: Sequence[Path]) -> list[bytes]:
    """Pictures as PNGs of few colours, on white.

    Raises
    ------
    SpmError
        Typst cannot read one of the pictures.
    """
    # Both let go of the interpreter while they work: Typst draws pages side by side by itself.
    with ThreadPoolExecutor() as pool:
        return list(pool.map(_reduced, _pages(drawn)))


def _pages(drawn: Sequence[Path]) -> list[bytes]:
    """Every picture on a page of its own size, on white."""
    pictures = [f"#image({json.dumps(path.name, ensure_ascii=False)})" for path in drawn]
    head = "#set page(width: auto, height: auto, margin: 0pt, fill: white)\n"
    source = head + "\n#pagebreak()\n".join(pictures)
    with _laid_out("spm-png-", "bilder.typ", source, {path.name: path for path in drawn}) as main:
        try:
            pages = typst.compile(
                main,
                root=main.parent,
                font_paths=[FOLDER],
                ignore_system_fonts=True,
                format="png",
                ppi=PPI,
            )
        except typst.TypstError as e:
            raise SpmError(
                f"Die Abbildungen lassen sich nicht als PNG zeichnen: {e.message}",
                wo="\n".join([e.diagnostic.strip(), *e.hints]),
                tun="Bitte die genannte SVG-Datei prüfen.",
            ) from None
    return [pages] if isinstance(pages, bytes) else pages  # one page is not a list


def _reduced(png: bytes) -> bytes:
    """With a palette, a third of the size; the ground stays purely white."""
    from PIL import Image

    image = Image.open(io.BytesIO(png)).convert("RGB")
    octree, sharp = Image.Quantize.FASTOCTREE, Image.Dither.NONE
    small = image.quantize(COLOURS, method=octree, dither=sharp)
    palette = small.getpalette()
    assert palette is not None  # `quantize` makes one
    ground = [i for i in range(len(palette) // 3) if min(palette[3 * i : 3 * i + 3]) >= 252]
    for i in ground:
        palette[3 * i : 3 * i + 3] = WHITE
    small.putpalette(palette)
    out = io.BytesIO()
    small.save(out, "PNG", dpi=(PPI, PPI))
    return out.getvalue()
