"""Every figure as PNG beside its SVG, for slides and text processors."""

from __future__ import annotations

from pathlib import Path

from spm.book.outputs import FIGURES
from spm.book.refusals import set_apart
from spm.book.typesetting import compile_pngs
from spm.presentation.pages.companions import PHONE, picture
from spm.system.names import in_order


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
    contents = set_apart(compile_pngs, list(targets))
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
