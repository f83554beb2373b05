"""A web page beside the chapters: the atlas, the profile of an area, …"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """One page in the frame of the report (header, navigation, footer).

    Parameters
    ----------
    file : its place in the folder of web pages, "atlas.html" or "profile/nord.html".
    title : plain text.
    content : HTML of the main part, beginning with its ``<h1>``.
    wide : use the whole width; for pages that are no running text.
    styles, scripts : files to load, from the folder of web pages.
    """

    file: str
    title: str
    content: str
    wide: bool = False
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """The way back to the folder of web pages: "" or "../"."""
        return "../" * self.file.count("/")
