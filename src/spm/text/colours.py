"""Contrast of colours as the Web Content Accessibility Guidelines measure it."""

from __future__ import annotations

import re

INK, PAPER = "#1f2933", "#ffffff"
TEXT = 4.5
"""Least contrast of text with its ground (WCAG 2.1, criterion 1.4.3, level AA)."""

_STEPS = 100


def is_hex(colour: str) -> bool:
    """Whether a text is a colour like ``#14405c``."""
    return re.fullmatch(r"#[0-9a-fA-F]{6}", colour) is not None


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.1, definition "contrast ratio")."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white) (WCAG 2.1, definition "relative luminance")."""
    shares = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return sum(f * c for f, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def mixed(colour: str, other: str, share: float) -> str:
    """A colour with a share (0 to 1) of another one in it."""
    parts = ((int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def readable(colour: str, ground: str, ratio: float = TEXT) -> str:
    """The colour itself, or as little lighter or darker as it takes to be read on a ground."""
    towards = "#000000" if luminance(ground) > 0.18 else "#ffffff"
    for step in range(_STEPS + 1):
        tried = mixed(colour, towards, step / _STEPS)
        if contrast(tried, ground) >= ratio:
            return tried
    return towards
