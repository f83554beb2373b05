"""Vega, the library that draws the atlas in the browser, as one file of the report.

vl-convert carries Vega and everything it needs; nothing is loaded from another host, neither now
nor by the reader. Vega-Lite and Vega-Embed are left out: they would only translate on every page
view what `assets/atlas-diagramme.js` says once, and are a third of the size.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

LICENCE = Path(__file__).parent / "assets" / "vega-lizenz.txt"

SNIPPET = "import * as all from '/npm/vega@{version}/+esm'; window.vega = all;"
"""The name is that of the module inside vl-convert, which knows no other; what its documentation
offers without an import (`vegaEmbed.vega`) is the same with Vega-Lite and Vega-Embed."""


@cache
def library() -> str:
    """A script that defines ``window.vega``, with the licences it is passed on under."""
    import vl_convert  # 90 MB that only the atlas needs

    version = vl_convert.get_vega_version()
    script = vl_convert.javascript_bundle(SNIPPET.format(version=version))
    licence = LICENCE.read_text(encoding="utf-8").strip()
    return f"/*! Vega {version}\n\n{licence}\n*/\n{script}\n"
