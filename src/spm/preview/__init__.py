"""The finished web pages in a browser, made anew whenever something they are made of is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from spm import build as stages
from spm.config.params import load_params
from spm.errors import SpmError
from spm.faults import told
from spm.preview.server import Server
from spm.preview.watching import changes

if TYPE_CHECKING:
    from threading import Event

    from spm.progress import Steps

PAGES = "html"
"""Folder of the web pages in a report."""


@told()
def run(
    params_file: str | Path,
    shown: Callable[[], Steps],
    say: Callable[[str], None],
    *,
    formats: Sequence[str] = ("html",),
    renderer: str = "auto",
    port: int = 0,
    stop: Event | None = None,
) -> None:
    """Build, serve, and build again with every change; ends with ``stop`` or an interrupt.

    An error in what was saved is told, on the console and above the page, and the last good pages
    stay. Only web pages are served, to this machine alone.

    Parameters
    ----------
    shown : where the steps of the next build are shown.
    say : tells a line.
    formats, renderer : see `spm.build.build`; "html" is among the formats.
    port : on which the pages are; 0: any free one.
    stop : ends it when set.

    Raises
    ------
    SpmError
        The params file cannot be read, or the port is taken.
    """
    params = load_params(params_file)
    with Server(params.report_folder / PAGES, port) as server:
        say(f"Vorschau: {server.address} (beenden mit Strg+C)")
        saved = changes(params_file, stop)  # from now on: the first build may take minutes
        _build(params_file, shown(), say, formats, renderer, server)
        for names in saved:
            say(f"Gespeichert: {', '.join(names)}")
            _build(params_file, shown(), say, formats, renderer, server)


def _build(
    params_file: str | Path,
    shown: Steps,
    say: Callable[[str], None],
    formats: Sequence[str],
    renderer: str,
    server: Server,
) -> None:
    same: list[bool] = []
    server.tell(working=True)
    well = False
    try:
        stages.build(
            params_file,
            shown,
            formats,
            renderer,
            unchanged=lambda: same.append(True),
            lasting=True,
        )
        well = True
    except SpmError as e:
        say(f"Fehler: {e}")
        server.tell(error=str(e))
        return
    finally:
        shown.end(well)
    server.tell(reload=not same)
    say("Nichts hat sich geändert." if same else "Fertig, die Seiten sind neu geladen.")
