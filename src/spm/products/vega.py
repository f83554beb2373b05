"""Vega, the library that draws the atlas in the browser, as one file of the report.

vl-convert carries Vega and everything it needs; nothing is loaded from another host, neither now
nor by the reader. Vega-Lite and Vega-Embed are left out: they would only translate on every page
view what `assets/atlas-diagramme.js` says once, and are a third of the size.

Bundling takes seconds of one core, so it is kept (`spm.book.cache`), and the first time it runs
beside the rest: this file is also a script, and imports nothing of the report.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

LICENCE = Path(__file__).parent / "assets" / "vega-lizenz.txt"

SNIPPET = "import * as all from '/npm/vega@{version}/+esm'; window.vega = all;"
"""The name is that of the module inside vl-convert, which knows no other; what its documentation
offers without an import (`vegaEmbed.vega`) is the same with Vega-Lite and Vega-Embed."""


@contextmanager
def written_meanwhile(path: Path) -> Iterator[None]:
    """Write the library to a file while the body runs; it is there when the body has ended."""
    from spm.book.cache import kept, look

    carried = f"vl-convert {version('vl-convert-python')}"
    key = "\n".join([carried, SNIPPET, LICENCE.read_text(encoding="utf-8")])
    found = look(key)
    if found is not None:
        path.write_bytes(found)
        yield
        return
    command = [sys.executable, "-P", __file__, str(path)]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        try:
            yield
        except BaseException:
            process.kill()
            raise
        _, trouble = process.communicate()
    if process.returncode:
        from spm.faults import helper_failed

        message = trouble.decode(errors="replace")
        raise helper_failed("die Bibliothek des Atlas (Vega) zusammenstellen", message)
    kept(key, path.read_bytes)


def library() -> str:
    """A script that defines ``window.vega``, with the licences it is passed on under."""
    import vl_convert  # 90 MB that only the atlas needs

    vega = vl_convert.get_vega_version()
    script = vl_convert.javascript_bundle(SNIPPET.format(version=vega))
    licence = LICENCE.read_text(encoding="utf-8").strip()
    return f"/*! Vega {vega}\n\n{licence}\n*/\n{script}\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(library(), encoding="utf-8", newline="\n")
