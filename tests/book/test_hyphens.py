"""A hyphen that a box ends with stays in it: "95-%-Intervall" in a head on the right."""

import re
import xml.etree.ElementTree as ET

import pytest
import typst

from spm.book.project import ASSETS

WORD = "95-%-Intervall"


def rule(sheet: str) -> str:
    """What a sheet does with the word."""
    text = (ASSETS / sheet).read_text(encoding="utf-8")
    return re.findall(r'^\s*show "95-%-".*$', text, flags=re.MULTILINE)[0].strip()


def distance(told: str, side: str) -> float:
    """How far the second part of the word starts behind the first one, in points."""
    source = f"#set page(width: 9cm, height: 3cm)\n#{told}\n#align({side})[{WORD}]"
    drawn = ET.fromstring(typst.compile(source.encode(), format="svg"))
    starts = []

    def walk(element: ET.Element, left: float) -> None:
        moved = element.get("transform", "")
        if found := re.match(r"translate\(([-\d.]+)|matrix\(1 0 0 -?1 ([-\d.]+)", moved):
            left += float(found[1] or found[2])
        if moved.startswith("matrix"):  # a run of glyphs
            starts.append(left)
        for part in element:
            walk(part, left)

    walk(drawn, 0.0)
    assert len(starts) == 2, starts
    return starts[1] - starts[0]


@pytest.mark.parametrize("sheet", ["book.typ", "blatt.typ"])
def test_the_hyphen_has_its_room_on_both_sides(sheet):
    assert distance(rule(sheet), "right") == pytest.approx(distance(rule(sheet), "left"), abs=0.01)


def test_a_plain_box_lets_it_hang_over_the_next_word():
    """What this is about: else the rule above is no longer needed."""
    plain = 'show "95-%-": box'
    assert distance(plain, "right") < distance(plain, "left") - 1
