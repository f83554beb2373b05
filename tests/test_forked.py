"""A fork of a process that has imported everything says what one says that a user has started."""

import os
import sys

import pytest

from tests.build.small import make
from tests.conftest import run_spm

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="nothing is forked elsewhere"),
]

CALLS = [
    ["check", "params/kleinau.yml", "--force"],
    ["check", "params/kleinaus.yml"],
    ["chek"],
    ["build"],
]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return make(tmp_path_factory.mktemp("fork") / "projekt")


@pytest.mark.parametrize("words", CALLS, ids=" ".join)
def test_both_say_the_same(project, words):
    forked, started = (run_spm(*words, cwd=project, start=start) for start in (False, True))
    said = [(done.returncode, done.stdout, done.stderr) for done in (forked, started)]
    assert said[0] == said[1]
    assert said[0][1] or said[0][2]


def test_no_call_knows_of_another(project, tmp_path):
    before = dict(os.environ)
    for folder in (project, tmp_path, project):
        done = run_spm("check", "params/kleinau.yml", cwd=folder, TMPDIR=str(tmp_path))
        assert (done.returncode == 0) == (folder == project), done.stderr
        assert list(tmp_path.iterdir()) == [], "nor leaves anything"
    assert os.environ == before
