"""The municipality's two colours as the style sheet of every web page."""

from __future__ import annotations

from spm.text.colours import PAPER, readable

DARK = "#12191e"
"""Ground of pages in dark mode."""

FIRM = 10.0
"""Contrast of headings and links in dark mode: not duller than the text below them."""


def palette(farbe: str, akzentfarbe: str) -> str:
    """CSS variables for light and dark pages.

    ``--haus`` is the ground of the header, with white text on it; ``--haus-schrift`` and
    ``--akzent-schrift`` are readable on the page.
    """
    return f""":root {{
  --haus: {farbe};
  --haus-schrift: {farbe};
  --akzent-schrift: {akzentfarbe};
}}
@media (prefers-color-scheme: dark) {{
  :root {{
    --haus: {_dim(farbe)};
    --haus-schrift: {readable(farbe, DARK, FIRM)};
    --akzent-schrift: {readable(akzentfarbe, DARK, FIRM)};
  }}
}}
@media print {{
  :root {{
    --haus: {farbe};
    --haus-schrift: {farbe};
    --akzent-schrift: {akzentfarbe};
  }}
}}
"""


def _dim(farbe: str) -> str:
    """Dark enough not to glare; white text on it stays readable."""
    return readable(farbe, PAPER, 12.0)
