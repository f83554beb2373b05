"""Keyed digests: nothing to try for whoever lacks the key."""

import hashlib
import hmac
import stat
import sys

import pytest

from spm.errors import SpmError
from spm.release.keyed import KEY, Keyed


def test_it_is_the_standard_one_under_a_key_that_stays(tmp_path):
    first = Keyed(tmp_path / "neu")
    path = tmp_path / "neu" / KEY
    key = bytes.fromhex(path.read_text(encoding="ascii"))
    assert len(key) == 32
    assert first.of(b"1;2023;4") == hmac.new(key, b"1;2023;4", hashlib.sha256).hexdigest()
    again = Keyed(tmp_path / "neu")
    assert again.of(b"x") == first.of(b"x") and again.name == first.name
    assert first.of(b"x") != first.of(b"y")


def test_two_municipalities_have_two_keys(tmp_path):
    one, two = Keyed(tmp_path / "a"), Keyed(tmp_path / "b")
    assert one.of(b"x") != two.of(b"x") and one.name != two.name


@pytest.mark.skipif(sys.platform == "win32", reason="rights are not those of POSIX")
def test_only_its_owner_may_read_the_key(tmp_path):
    Keyed(tmp_path)
    assert stat.S_IMODE((tmp_path / KEY).stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["", "ff" * 31, "schlüssel", "zz" * 32])
def test_a_damaged_key_is_refused_and_not_replaced(tmp_path, content):
    (tmp_path / KEY).write_text(content, encoding="utf-8")
    with pytest.raises(SpmError, match="beschädigt") as caught:
        Keyed(tmp_path)
    assert caught.value.wo == str(tmp_path / KEY)
    assert (tmp_path / KEY).read_text(encoding="utf-8") == content
