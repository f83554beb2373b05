"""Web pages of one folder for the browsers of this machine, which are told to load them again."""

from __future__ import annotations

import asyncio
import json
import threading
from pathlib import Path
from typing import Any, Self

from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RedirectHandler, RequestHandler, StaticFileHandler
from tornado.websocket import WebSocketHandler

from spm.errors import SpmError

HERE = "127.0.0.1"
NEWS, SCRIPT = "/-vorschau/nachricht", "/-vorschau/vorschau.js"
CODE = Path(__file__).with_name("vorschau.js")
NAMES = (HERE, "localhost")
"""What a browser may call this machine: a page of another server that found its way here by a name
of its own gets nothing."""


class Server:
    """Serves a folder in a thread of its own, in a ``with`` statement.

    Parameters
    ----------
    folder : the web pages; it may appear, and be replaced, meanwhile.
    port : 0: any free one.

    Raises
    ------
    SpmError
        The port is taken.
    """

    def __init__(self, folder: Path, port: int = 0) -> None:
        try:
            self._sockets = bind_sockets(port, HERE)
        except (OSError, OverflowError):
            raise SpmError(
                f"Die Vorschau kann nicht unter {HERE}:{port} erscheinen: Dort antwortet schon ein "
                "anderes Programm, oder der Platz ist nicht erlaubt.",
                wo="--port",
                tun="Bitte --port weglassen (SPM nimmt dann einen freien) oder eine andere Zahl "
                "von 1024 bis 65535 angeben.",
            ) from None
        self.port: int = self._sockets[0].getsockname()[1]
        self.address = f"http://{HERE}:{self.port}/index.html"
        self._open: set[_News] = set()
        self._state: dict[str, Any] = {"arbeitet": True}
        self._application = Application(
            [
                (NEWS, _News, {"server": self}),
                (SCRIPT, _Script),
                ("/", RedirectHandler, {"url": "/index.html", "permanent": False}),
                ("/(.*)", _Pages, {"path": str(folder)}),
            ]
        )
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="vorschau", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *error: object) -> None:
        self._loop.add_callback(self._loop.stop)
        self._thread.join()

    def tell(self, *, working: bool = False, error: str = "", reload: bool = False) -> None:
        """Let all open pages say that a build runs or what went wrong, or load themselves again."""
        state: dict[str, Any] = {"arbeitet": working, "fehler": error, "neu": reload}
        # Who opens a page later gets what holds, without being asked to load it again.
        self._state = state | {"neu": False}
        self._loop.add_callback(
            lambda: [page.write_message(json.dumps(state)) for page in self._open]
        )

    def _serve(self) -> None:
        asyncio.set_event_loop(asyncio.new_event_loop())
        self._loop = IOLoop.current()
        server = HTTPServer(self._application)
        server.add_sockets(self._sockets)
        self._ready.set()
        self._loop.start()
        server.stop()
        self._loop.close()


class _Handler(RequestHandler):
    def prepare(self) -> None:
        if self.request.host_name not in NAMES:
            raise HTTPError(403)

    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")


class _News(_Handler, WebSocketHandler):
    """Tells an open page what happens; of pages of other origins tornado refuses it."""

    def initialize(self, server: Server) -> None:
        self._server = server

    def open(self, *arguments: str, **named: str) -> None:
        self._server._open.add(self)
        self.write_message(json.dumps(self._server._state))

    def on_close(self) -> None:
        self._server._open.discard(self)

    def on_message(self, message: str | bytes) -> None:
        """Pages only listen."""


class _Script(_Handler):
    def get(self) -> None:
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.finish(CODE.read_bytes())


class _Pages(_Handler, StaticFileHandler):
    """Files as they are; in pages the script is added on the way, on the disk never."""

    def compute_etag(self) -> None:
        """Nothing is kept by the browser."""

    async def get(self, path: str, include_body: bool = True) -> None:
        root = Path(self.root).resolve()
        page = (root / path).resolve()
        if page.suffix != ".html" or not page.is_relative_to(root):
            await super().get(path, include_body)
            return
        try:
            text = page.read_text(encoding="utf-8")
        except OSError:
            text = _WAIT if path == "index.html" else ""
        if not text:
            raise HTTPError(404)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        head, end, rest = text.rpartition("</body>")
        self.finish(f'{head}<script src="{SCRIPT}"></script>{end}{rest}')


_WAIT = """<!DOCTYPE html>
<html lang="de"><head><meta charset="utf-8"><title>Vorschau</title></head>
<body><p>Der Bericht entsteht. Diese Seite lädt sich neu, sobald er fertig ist.</p></body></html>
"""
