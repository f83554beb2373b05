"""Every figure as PNG beside its SVG, for slides and text processors."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from spm.book.fonts import FOLDER
from spm.book.outputs import FIGURES
from spm.book.refusals import set_apart
from spm.errors import SpmError
from spm.presentation.pages.companions import PHONE, picture
from spm.system.names import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

PPI = 144
COLOURS = 64
"""Of a picture's palette: enough for few flat colours and the edges of letters between them."""

WHITE = (255, 255, 255)


def write(html: Path) -> list[Path]:
    """Write ``figures/<name>.png`` for the SVGs of the web pages (`drawings`); a picture of the
    author's own with that name stays.

    Raises
    ------
    SpmError
        Typst cannot read one of the pictures.
    """
    targets = {path: html / picture(f"{FIGURES}/{path.name}", "png") for path in drawings(html)}
    targets = {path: target for path, target in targets.items() if not target.exists()}
    if not targets:
        return []
    contents = set_apart(_drawn, list(targets))
    for target, content in zip(targets.values(), contents, strict=True):
        target.write_bytes(content)
    return list(targets.values())


def drawings(html: Path) -> list[Path]:
    """The SVGs that become PNGs: not those for phones, which nobody puts on a slide."""
    return [
        p
        for p in sorted((html / FIGURES).glob("*.svg"), key=in_order)
        if not p.stem.endswith(PHONE)
    ]


def _drawn(drawn: Sequence[Path]) -> list[bytes]:
    # Both let go of the interpreter while they work: Typst draws pages side by side by itself.
    with ThreadPoolExecutor() as pool:
        return list(pool.map(_reduced, _pages(drawn)))


def _pages(drawn: Sequence[Path]) -> list[bytes]:
    """Every picture on a page of its own size, on white."""
    import typst

    pictures = [f"#image({json.dumps(path.name, ensure_ascii=False)})" for path in drawn]
    source = "#set page(width: auto, height: auto, margin: 0pt, fill: white)\n"
    with tempfile.TemporaryDirectory(prefix="spm-png-") as folder:
        root = Path(folder)
        for path in drawn:
            shutil.copyfile(path, root / path.name)
        main = root / "bilder.typ"
        main.write_text(source + "\n#pagebreak()\n".join(pictures), encoding="utf-8", newline="\n")
        try:
            pages = typst.compile(
                main,
                root=root,
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
