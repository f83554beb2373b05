"""A drawing as matplotlib writes it, without what only a reader of the file would miss."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"-?\d+\.\d{3,}")
_TAG = re.compile(r"<[a-z][^>]*>")
_CIRCLE = re.compile(r'<path id="(\w+)" d="M0 ([\d.]+)C[^"]*[zZ]"')
_FAMILY = "font-family: 'Lato', 'DejaVu Sans'"
_PATH = re.compile(r' d="(M[-MLzZ\d. ]{80,})"')
_GROUP = re.compile(r'<g id="(?:figure|axes|patch|line2d|text)_\d+">')
_ALONE = re.compile(r"<g>\n(<(?:path|text)[^>]*>(?:[^<\n]*</text>)?)\n</g>")
_MARKERS = re.compile(r'<g>\n(<use [^>]*?( style="[^"]*")/>\n)(<use [^>]*?\2/>\n)+</g>')
_NAME = re.compile(r'<(?:path|circle) id="(m[0-9a-f]{10})"')
_NAMED = re.compile(r'(id="|href="#)(m[0-9a-f]{10})(?=")')
_LONG = re.compile(r'(?<=<path) d="[^"]{300,}"')
_DOTS = re.compile(
    r'(<pattern id="\w+"[^>]*?) width="72" height="72">\s*<rect x="0" y="0" width="73" height="73" '
    r'(fill="[^"]*")/>\s*<path d="[^"]{20000,}" style="(fill: #\w+);[^"]*"/>'
)
"""Areas filled with dots: matplotlib writes every dot of a tile as wide as an inch."""


def compacted(svg: str) -> str:
    """The same picture in half as many bytes; a twentieth where areas are filled with dots."""
    svg = re.sub(r' d="[^"]*"', lambda path: re.sub(r"\s*\n|(?<=[A-Z]) ", "", path[0]), svg)
    svg = _DOTS.sub(
        r'\1 width="5" height="5"><rect width="5" height="5" \2/>'
        r'<circle cx="2.5" cy="2.5" r="0.7" style="\3"/>',
        svg,
    )
    svg = _TAG.sub(lambda tag: _NUMBER.sub(_rounded, tag[0]), svg)  # never in a text: "1.000"
    svg = _CIRCLE.sub(r'<circle id="\1" r="\2"', svg)
    svg = svg.replace(_FAMILY, "font-family: Lato")  # letters that it lacks are outlines
    svg = _PATH.sub(lambda path: f' d="{relative(path[1])}"', svg)
    svg = _GROUP.sub("<g>", svg)
    svg = re.sub(r"\n *(?=<)", "\n", svg)
    svg = _shared(_ALONE.sub(r"\1", svg))
    svg = _MARKERS.sub(_styled_once, svg)
    names = dict.fromkeys(_NAME.findall(svg))
    short = {name: f"m{i}" for i, name in enumerate(names)}
    return _NAMED.sub(lambda found: f"{found[1]}{short[found[2]]}", svg)


def _styled_once(group: re.Match[str]) -> str:
    """The markers of a line, with the style of all of them at the group."""
    style_of_all = group[2]
    return f"<g{style_of_all}>\n{group[0][4:].replace(style_of_all, '')}"


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


def _shared(svg: str) -> str:
    """Long outlines that are drawn twice, as borders in two colours are, are written once."""
    found = [path[0] for path in _LONG.finditer(svg)]
    for i, outline in enumerate(dict.fromkeys(p for p in found if found.count(p) > 1)):
        first = f'<defs><path id="umriss{i}"{outline}/></defs>\n'
        svg = svg.replace(f"<path{outline}", f'{first}<use xlink:href="#umriss{i}"', 1)
        svg = svg.replace(f"<path{outline}", f'<use xlink:href="#umriss{i}"')
    return svg


def relative(path: str) -> str:
    """A path of straight lines, each point from the one before; none of them moves."""
    out: list[str] = []
    at = start = (0, 0)
    drawing = False  # further points need no letter of their own
    for command, x, y in _STEP.findall(path):
        if command in "zZ":
            out.append("z")
            at, drawing = start, False
            continue
        to = (_hundredths(x), _hundredths(y))
        if command == "M":
            out.append(f"M{_joined(to)}")
            start, drawing = to, False
        else:
            step = _joined((to[0] - at[0], to[1] - at[1]))
            out.append(("" if step.startswith("-") else " ") + step if drawing else f"l{step}")
            drawing = True
        at = to
    return "".join(out)


def _hundredths(number: str) -> int:
    return round(float(number) * 100)


def _joined(point: tuple[int, int]) -> str:
    x, y = map(_short, point)
    return f"{x}{y}" if y.startswith("-") else f"{x} {y}"


def _short(hundredths: int) -> str:
    text = f"{abs(hundredths) / 100:.2f}".rstrip("0").rstrip(".")
    sign = "-" if hundredths < 0 else ""
    return sign + (text[1:] if text.startswith("0.") else text)


_STEP = re.compile(r"([MLzZ])(?:(-?[\d.]+) (-?[\d.]+))?")
