"""What several test files share: the project's places and real data outside it."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real data and golden values; they never become part of the project."""
    if not SHARED.is_dir():
        pytest.skip("the folder shared/ beside the checkout is absent")
    return SHARED


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT
