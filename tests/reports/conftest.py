"""Reports that several files of this folder look at."""

from pathlib import Path

import pytest

from tests.conftest import build_once
from tests.reports.own_example import make_own


@pytest.fixture(scope="session")
def own(common) -> Path:
    """A project with what an analyst adds and names that look like markup, and its report."""
    return build_once(common, "own", make_own)
