"""Files that appear all at once, or not at all."""

import pytest

from spm.release.replacing import replace_text, replacing


def test_a_text_is_written_with_the_line_ends_of_the_program(tmp_path):
    path = tmp_path / "a.json"
    replace_text(path, "eins\nzwei\n")
    assert path.read_bytes() == b"eins\nzwei\n"
    assert list(tmp_path.iterdir()) == [path]


def test_what_fails_halfway_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    path = tmp_path / "a.json"
    path.write_text("alt")
    with pytest.raises(RuntimeError, match="halb"), replacing(path) as half:
        half.write_text("ne")
        raise RuntimeError("halb")
    assert path.read_text() == "alt"
    assert list(tmp_path.iterdir()) == [path]
