"""Characters that nobody sees: found, named, and refused where people type."""

import pytest

from spm.rawfiles.cells import BadValue, clean, refuse_foreign_digits
from spm.text.visible import hidden, is_visible, name_problem, shortened


@pytest.mark.parametrize("character", [*"\u202e\u2066\u200f\u200b\u2060\x01\x9b\u2028\U000e0041"])
def test_hidden_characters_are_named_and_dropped_from_cells(character):
    assert hidden(f"Nord{character}stadt") == f"U+{ord(character):04X}"
    assert f"U+{ord(character):04X}" in name_problem(f"Nord{character}stadt")
    assert clean(f" Nord{character} \N{SOFT HYPHEN}stadt") == "Nord stadt"
    assert character not in shortened(f"Nord{character}")


@pytest.mark.parametrize("text", ["", "  ", "\u00a0", "\u0301\u0301", "\u3164", "\u2800", "\u00ad"])
def test_a_name_of_nothing_is_none(text):
    assert not is_visible(text)
    assert name_problem(text)


def test_usual_names_are_names():
    for name in ("Bad Nauheim-Süd", "1", "Łódź", "Ober\u00adfeld", "Größe (neu) & mehr", "北"):
        assert name_problem(name) == ""
    assert "10000 Zeichen" in name_problem("a" * 10_000)


@pytest.mark.parametrize(("text", "meant"), [("٢٥", "25"), ("２５", "25"), ("1२", "12")])
def test_digits_of_other_scripts_are_refused_with_what_they_mean(text, meant):
    with pytest.raises(BadValue, match=meant):
        refuse_foreign_digits(text)
    refuse_foreign_digits("25 ü")
