"""The server of the preview: pages of one folder, for this machine alone."""

import asyncio
import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from tornado.websocket import websocket_connect

from spm.errors import SpmError
from spm.preview.server import NEWS, SCRIPT, Server

PAGE = "<!DOCTYPE html><html><body><h1>Bericht</h1></body></html>"


def fetch(address: str, **headers: str) -> tuple[str, str]:
    """Text and content type."""
    asked = urllib.request.Request(address, headers=headers)
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return answer.read().decode(), answer.headers["Content-Type"]


def refused(address: str, **headers: str) -> int:
    with pytest.raises(urllib.error.HTTPError) as found:
        fetch(address, **headers)
    return found.value.code


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "report" / "html"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "assets" / "book.css").write_text("body {}", encoding="utf-8")
    (folder.parent / "geheim.html").write_text("vertraulich", encoding="utf-8")
    return folder


def test_pages_get_the_script_on_the_way_and_stay_as_they_are_on_the_disk(pages: Path) -> None:
    with Server(pages) as server:
        text, kind = fetch(server.address)
        style, _ = fetch(server.address.replace("index.html", "assets/book.css"))
    assert text == PAGE.replace("</body>", f'<script src="{SCRIPT}"></script></body>')
    assert kind == "text/html; charset=utf-8"
    assert style == "body {}"
    assert (pages / "index.html").read_text(encoding="utf-8") == PAGE


def test_nothing_outside_the_folder_is_served(pages: Path) -> None:
    with Server(pages) as server:
        start = server.address.removesuffix("index.html")
        assert refused(start + "%2e%2e/geheim.html") in (403, 404)
        assert refused(start + "..%2fgeheim.html") in (403, 404)
        assert refused(start + "fehlt.html") == 404


def test_another_name_of_this_machine_gets_nothing(pages: Path) -> None:
    """A page of a stranger may let its own name lead here; its scripts must not read the report."""
    with Server(pages) as server:
        assert refused(server.address, Host="fremd.example") == 403
        assert refused(server.address.replace("/index.html", SCRIPT), Host="fremd.example") == 403
        assert fetch(server.address, Host=f"localhost:{server.port}")


def listen(server: Server, then: Any, origin: str | None = None) -> list[dict[str, Any]]:
    """What a page hears first, and after ``then``."""

    async def ask() -> list[dict[str, Any]]:
        from tornado.httpclient import HTTPRequest

        headers = {"Origin": origin} if origin else {}
        address = server.address.replace("http:", "ws:").replace("/index.html", NEWS)
        line = await websocket_connect(HTTPRequest(address, headers=headers))
        heard = [json.loads(await line.read_message())]
        then()
        heard.append(json.loads(await line.read_message()))
        line.close()
        return heard

    return asyncio.run(asyncio.wait_for(ask(), 10))


def test_open_pages_hear_of_errors_and_are_told_to_load_again(pages: Path) -> None:
    with Server(pages) as server:
        first, error = listen(server, lambda: server.tell(error="Zeile 3 ist falsch."))
        assert first == {"arbeitet": True}
        assert error == {"arbeitet": False, "fehler": "Zeile 3 ist falsch.", "neu": False}
        later, again = listen(server, lambda: server.tell(reload=True))
        assert later["fehler"] == "Zeile 3 ist falsch."
        assert again == {"arbeitet": False, "fehler": "", "neu": True}
        assert not listen(server, lambda: server.tell())[0][
            "neu"
        ]  # who comes later has the new ones


def test_pages_of_another_origin_hear_nothing(pages: Path) -> None:
    with Server(pages) as server, pytest.raises(Exception, match="403"):
        listen(server, lambda: None, origin="http://fremd.example")


def test_before_the_first_report_the_page_waits_for_it(tmp_path: Path) -> None:
    with Server(tmp_path / "html") as server:
        text, _ = fetch(server.address)
    assert "lädt sich neu" in text
    assert SCRIPT in text


def test_a_port_that_is_taken_is_said(pages: Path) -> None:
    with Server(pages) as server, pytest.raises(SpmError, match="antwortet schon") as found:
        Server(pages, server.port)
    assert found.value.wo == "--port"
