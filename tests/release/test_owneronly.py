"""Confidential data are their owner's; what is published has the rights of any other file."""

import os
import stat

import pytest

from spm.config.params import load_params
from spm.release.owneronly import for_readers, owner_only
from tests.build.small import make

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")


def _mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_written_and_what_was(tmp_path):
    params = load_params(make(tmp_path / "projekt") / "params/kleinau.yml")
    (params.processed / "stufen").mkdir(parents=True)
    (params.processed / "stufen/alt.parquet").touch(0o644)
    params.processed.chmod(0o755)
    report = tmp_path / "report"
    before = os.umask(0o022)
    try:
        with owner_only(params):
            (params.processed / "neu.parquet").touch()
            (params.processed / "kapitel").mkdir()
            (report / "html").mkdir(parents=True)
            (report / "html/index.html").touch()
            for_readers(report)
        (tmp_path / "danach").touch()
    finally:
        os.umask(before)
    inside = [params.processed, *params.processed.rglob("*")]
    assert len(inside) == 5 and not any(_mode(path) & 0o077 for path in inside)
    assert _mode(report / "html/index.html") == _mode(tmp_path / "danach") == 0o644
    assert _mode(report) == _mode(report / "html") == 0o755
