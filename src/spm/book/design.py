"""The municipality's two colours as the style sheet of every web page."""

from __future__ import annotations

from spm.text.colours import PAPER, readable

DARK = "#12191e"
"""Ground of pages in dark mode."""

FIRM = 10.0
"""Contrast of headings and links in dark mode: not duller than the text below them."""


def palette(colour: str, accent: str) -> str:
    """CSS variables for light and dark pages.

    ``--haus`` is the ground of the header, with white text on it; ``--haus-schrift`` and
    ``--akzent-schrift`` are readable on the page.
    """
    return f""":root {{
  --haus: {colour};
  --haus-schrift: {colour};
  --akzent-schrift: {accent};
}}
@media (prefers-color-scheme: dark) {{
  :root {{
    --haus: {_dim(colour)};
    --haus-schrift: {readable(colour, DARK, FIRM)};
    --akzent-schrift: {readable(accent, DARK, FIRM)};
  }}
}}
@media print {{
  :root {{
    --haus: {colour};
    --haus-schrift: {colour};
    --akzent-schrift: {accent};
  }}
}}
"""


def _dim(colour: str) -> str:
    """Dark enough not to glare; white text on it stays readable."""
    return readable(colour, PAPER, 12.0)
