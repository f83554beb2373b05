"""The finished pages of the demo, and what a browser test asks of them."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pikepdf

WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""Those of them that look at colours: of a page whose other scheme was looked at."""


def structure(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """Every structure element below one of a PDF, in reading order."""
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from structure(child)


def axe_source() -> str:
    """axe-core as its package on the index ships it; run without the package's own wrapper."""
    found = find_spec("axe_playwright_python")
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(page, axe: str, rules: dict[str, object] = WCAG) -> list[str]:
    """Every violation of WCAG 2.1 A and AA on an open page, with its first places."""
    page.evaluate(axe)
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes:"
        " ['violations']}).then(done => done.violations.map(v => [v.id, v.help,"
        " ...v.nodes.slice(0, 3).map(n => n.target + ' ' + n.html.slice(0, 160))].join(' | ')))",
        rules,
    )
    return found


class _Targets(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif tag == "a" and (value or "").startswith("https://"):
                pass  # whoever follows it leaves the report; nothing is loaded from there
            elif name in ("href", "src"):
                self.links.append(value or "")
            elif name == "srcset":
                self.links += [part.split()[0] for part in (value or "").split(",")]


def read_targets(pages: list[Path]) -> dict[Path, tuple[list[str], list[str]]]:
    """Ids, and addresses of links, pictures, scripts and styles, of every page."""
    found = {}
    for path in pages:
        parser = _Targets()
        parser.feed(path.read_text(encoding="utf-8"))
        found[path.resolve()] = (parser.ids, parser.links)
    return found


def dead_links(pages: list[Path]) -> list[str]:
    """Addresses on pages that lead nowhere in their folder, or out of it."""
    targets, dead = read_targets(pages), []
    for path, (ids, links) in targets.items():
        for link in links:
            address = urlsplit(link)
            if address.scheme in ("mailto", "tel") or link == "data:,":
                continue
            there = (path.parent / unquote(address.path)).resolve() if address.path else path
            if address.scheme or address.netloc or address.path.startswith("/"):
                dead.append(f"{path.name}: {link} (other host or absolute)")
            elif not there.is_file():
                dead.append(f"{path.name}: {link}")
            elif address.fragment:
                named = targets[there][0] if there in targets else []
                if unquote(address.fragment) not in named:
                    dead.append(f"{path.name}: {link} (no such anchor)")
        double = {i for i in ids if ids.count(i) > 1}
        dead += [f"{path.name}: id {i} twice" for i in sorted(double)]
    return sorted(set(dead))
