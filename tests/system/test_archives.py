"""Workbooks name no system that they were made on."""

import io
import zipfile

import pytest

from spm.system.archives import same_everywhere


def archive(system, monkeypatch):
    monkeypatch.setattr(zipfile.sys, "platform", system)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name in ("a.xml", "xl/b.xml"):
            made.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), name * 9)
    return content.getvalue()


def test_the_same_bytes_on_windows(monkeypatch):
    windows, linux = archive("win32", monkeypatch), archive("linux", monkeypatch)
    assert windows != linux
    assert same_everywhere(windows) == same_everywhere(linux) == linux
    with zipfile.ZipFile(io.BytesIO(same_everywhere(windows))) as read:
        assert read.testzip() is None and read.read("xl/b.xml") == b"xl/b.xml" * 9


@pytest.mark.parametrize("content", [b"", b"no archive"])
def test_what_is_none_stays(content):
    assert same_everywhere(content) == content
