"""The door: links, devices and names that lead elsewhere; no reader goes around it."""

import ast
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from spm.config.projectpaths import inside
from spm.errors import SpmError
from spm.foreign import door
from spm.owntexts.texts import text_files

SOURCE = Path(__file__).parents[2] / "src" / "spm"
unix = pytest.mark.skipif(sys.platform == "win32", reason="links and queues of Unix")


@pytest.fixture
def base(tmp_path):
    (tmp_path / "secret.csv").write_text("secret", encoding="utf-8")
    folder = tmp_path / "raw"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.csv").write_text("a", encoding="utf-8")
    return folder


def refused(base, name):
    with pytest.raises(SpmError) as caught:
        inside(base, name, "Datenordner", base / "x.yml")
    assert caught.value.wo and caught.value.tun
    return caught.value.was


@unix
@pytest.mark.parametrize(
    ("target", "was"),
    [
        ("x.csv", "im Kreis"),
        ("deep/../x.csv", "im Kreis"),
        ("../secret.csv", "hinaus"),
        ("/dev/zero", "hinaus"),
        ("/proc/self/fd/0", "hinaus"),
        ("../not-there.csv", "hinaus"),
    ],
)
def test_a_link_is_followed_only_inside(base, target, was):
    (base / "x.csv").symlink_to(target)
    assert was in refused(base, "x.csv")


@unix
def test_links_inside_are_followed_also_to_folders(base):
    (base / "b.csv").symlink_to("a.csv")
    (base / "way").symlink_to("deep")
    (base / "deep" / "c.csv").write_text("c", encoding="utf-8")
    for name, content in (("b.csv", b"a"), ("way/c.csv", b"c"), ("deep/../a.csv", b"a")):
        assert door.content(inside(base, name, "Datenordner", base)) == content
    (base / "out").symlink_to("..")
    assert "hinaus" in refused(base, "out/secret.csv")


@unix
def test_a_second_name_of_a_file_is_refused_only_if_it_lies_outside(base):
    os.link(base / "a.csv", base / "deep" / "same.csv")
    assert inside(base, "a.csv", "Datenordner", base) == base / "a.csv"
    os.link(base.parent / "secret.csv", base / "b.csv")
    assert "hard link" in refused(base, "b.csv")


@unix
def test_queues_and_devices_are_no_files(base):
    os.mkfifo(base / "q.csv")
    assert "keine gewöhnliche Datei" in refused(base, "q.csv")
    for path in (base / "q.csv", Path("/dev/zero")):  # by name, whoever comes by it
        with pytest.raises(SpmError, match="keine gewöhnliche Datei"):
            door.content(path)


@pytest.mark.parametrize(
    "name",
    ["http://rechner/a.csv", "//rechner/ordner/a.csv", "\\\\rechner\\a.csv", "nul", "deep/CON.csv",
     "vsicurl:a", "a\0b"],
)  # fmt: skip
def test_addresses_and_devices_are_no_names(base, name):
    assert refused(base, name)


def test_a_file_that_is_too_large_is_not_read(base):
    with pytest.raises(SpmError, match="größer als"):
        door.content(base / "a.csv", most=0)


@unix
def test_a_folder_of_texts_is_refused_for_one_that_lies_elsewhere(base):
    params = SimpleNamespace(
        texte="deep", root=base, source=base, project_file=lambda name: base / name
    )
    (base / "deep" / "sgb2.md").symlink_to("../a.csv")
    assert [path.name for path in text_files(params)] == ["sgb2.md"]
    (base / "deep" / "sgb8.md").symlink_to("../../secret.csv")
    with pytest.raises(SpmError, match=r"sgb8\.md"):
        text_files(params)


# ------------------------------------------------------------------------------- nobody goes around

READS = {"open", "read_text", "read_bytes", "read_csv", "read_file", "from_path", "fromfile"}
"""Names of calls that open a file by its name."""

OURS = ("config/held.py",)
"""Reads what the run itself wrote."""

ROOMS = ("areas", "config", "owntexts", "rawfiles")
"""Where files of people are read, and nothing else."""


def test_no_reader_goes_around_the_door():
    found = []
    for room in ROOMS:
        for path in sorted((SOURCE / room).rglob("*.py")):
            if path.relative_to(SOURCE).as_posix() in OURS:
                continue
            found += [f"{path.relative_to(SOURCE)}:{line}" for line in opened_in(path)]
    assert found == []


def opened_in(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            whose = ast.unparse(node.func).split(".")[0]
            if name in READS and whose not in ("door", "Image", "_geopandas()", "archive"):
                yield node.lineno
