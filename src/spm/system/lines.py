"""Line ends: programs of others write those of their system, SPM publishes the same everywhere."""

from __future__ import annotations

from pathlib import Path

_BY_OTHERS = (".html", ".json", ".xml")
"""What a renderer writes besides pictures and what it copies."""


def from_program(output: bytes) -> str:
    """What a program has printed, in UTF-8: under Windows pandoc ends lines as Windows does."""
    return output.decode().replace("\r\n", "\n")


def make_alike(folder: Path) -> None:
    """The pages in a folder with the line ends of this program."""
    for path in folder.rglob("*"):
        if path.suffix in _BY_OTHERS and path.is_file():
            content = path.read_bytes()
            if b"\r\n" in content:
                path.write_bytes(content.replace(b"\r\n", b"\n"))
