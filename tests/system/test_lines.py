"""Line ends of programs that know only those of their system."""

import sys

from spm.book import pandoc
from spm.system.lines import from_program, make_alike


def test_what_a_program_of_windows_prints(tmp_path, monkeypatch):
    assert from_program("Größe\r\n\r\nx\n".encode()) == "Größe\n\nx\n"
    monkeypatch.setattr(pandoc, "_executable", lambda: sys.executable)
    code = "import sys; sys.stdout.buffer.write(b'<p>\\r\\na</p>\\r\\n')"
    assert pandoc.run(["-c", code], "", tmp_path) == "<p>\na</p>\n"


def test_pages_that_a_renderer_of_windows_wrote(tmp_path):
    (tmp_path / "daten").mkdir()
    for name in ("index.html", "daten/search.json", "bild.png"):
        (tmp_path / name).write_bytes(b"a\r\nb\n")
    make_alike(tmp_path)
    assert (tmp_path / "index.html").read_bytes() == b"a\nb\n"
    assert (tmp_path / "daten/search.json").read_bytes() == b"a\nb\n"
    assert (tmp_path / "bild.png").read_bytes() == b"a\r\nb\n"
