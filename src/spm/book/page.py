"""A web page beside the chapters: the atlas, the profile of an area, …"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """One page in the frame of the report (header, navigation, footer).

    Parameters
    ----------
    datei : its place in the folder of web pages, "atlas.html" or "profile/nord.html".
    titel : plain text.
    inhalt : HTML of the main part, beginning with its ``<h1>``.
    breit : use the whole width; for pages that are no running text.
    stile, skripte : files to load, from the folder of web pages.
    """

    datei: str
    titel: str
    inhalt: str
    breit: bool = False
    stile: tuple[str, ...] = ()
    skripte: tuple[str, ...] = ()

    @property
    def wurzel(self) -> str:
        """The way back to the folder of web pages: "" or "../"."""
        return "../" * self.datei.count("/")
