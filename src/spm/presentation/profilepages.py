"""The profiles of all areas as a part of the report's PDF, a page each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from spm.presentation.blocks import Block, from_data, listing, markdown, plain
from spm.presentation.figures import style
from spm.presentation.figures.locator import LocatorMaps
from spm.presentation.pages.companions import profile_page
from spm.presentation.tables.profile import HEAD_END, MOST_ROWS, profile_markdown
from spm.text.escape import escape_attribute

if TYPE_CHECKING:
    import shapely

    from spm.presentation.profile import AreaProfile

MOST_AREAS = 20
"""Of more areas the profiles are beside the web pages only, else they would be most of the PDF."""

ELSEWHERE = (
    "Zu jedem Gebiet gibt es ein Profil auf einer Seite. Die Profile stehen auf den Webseiten "
    "dieses Berichts, auch als einzelne PDF-Dateien."
)

_WEB = re.compile(r"`[^`\n]*`\{=html\}")
"""Drawings that only web pages show."""

_ONE_FORM = re.compile(
    r'^::::: \{\.content-visible when-format="(html|typst)"\}\n(.*?)\n:::::$',
    re.DOTALL | re.MULTILINE,
)
"""What only one form shows; the pages here are within such a block, and it holds no other."""


def profile_part(
    profiles: Sequence[AreaProfile],
    shapes: Sequence[shapely.Geometry],
    folder: Path,
) -> Block:
    """Every profile on a page of its own in the PDF; on web pages links to them.

    Parameters
    ----------
    profiles, shapes : of every area, in area order.
    folder : of the notebook's figures; the maps are written there.
    """
    links = [f"[{markdown(from_data(p.name))}]({profile_page(p.raum)})" for p in profiles]
    listed = listing("Zu jedem Gebiet gibt es eine Seite, auch als einzelnes PDF:", links)
    parts = [_only("html", "\n".join(f"- {link}" for link in links))]
    if len(profiles) <= MOST_AREAS:
        maps = LocatorMaps(shapes, style.INK)
        for place, profile in enumerate(profiles):
            picture = folder / f"lage-{Path(profile_page(profile.raum)).stem}.svg"
            maps.draw(place).save(picture)
            alt = plain(maps.alttext(place, profile.name))
            parts.append(_page(profile, picture, alt, first=place == 0))
    else:
        parts.append(_only("typst", ELSEWHERE))
    return Block("\n\n".join(parts), listed.html, listed.text)


def _only(form: str, text: str) -> str:
    return f'::::: {{.content-visible when-format="{form}"}}\n{text}\n:::::'


def _page(profile: AreaProfile, picture: Path, alt: str, *, first: bool) -> str:
    """A profile below a heading of second order; Typst takes as many rows as have room."""
    source = _ONE_FORM.sub(_printed, _WEB.sub("", profile_markdown(profile)))
    source = re.sub(r"^(#+ )", r"#\1", source, flags=re.MULTILINE)
    ranks = "".join(f"{rank}, " for rank in profile.ranks(MOST_ROWS))
    opening = (
        f"#profilseite({'erste: true, ' * first}zeilen => [\n"
        f"#let tabelle = profiltabelle.with(raenge: ({ranks}), zeilen: zeilen)\n\n"
        "#profilkopf([\n"  # no number in one sentence with an area
    )
    image = f'![]({picture.as_posix()}){{fig-alt="{escape_attribute(alt)}"}}'
    head, _, rest = source.partition(HEAD_END)
    parts = [_raw(opening), head, _raw("], [\n"), image, _raw("])\n"), rest, _raw("])")]
    return _only("typst", "\n\n".join(part.strip("\n") for part in parts))


def _printed(found: re.Match[str]) -> str:
    return found[2] if found[1] == "typst" else ""


def _raw(typst: str) -> str:
    return f"```{{=typst}}\n{typst}\n```"
