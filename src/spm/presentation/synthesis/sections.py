"""Sections of the chapter Gesamtbild."""

from __future__ import annotations

from spm.presentation.blocks import Block, heading, joined


def section(title: str, *blocks: Block) -> Block:
    """Blocks under a heading; nothing if all of them are empty."""
    if not any(blocks):
        return Block()
    return joined(heading(title, classes=".unnumbered"), *blocks)
