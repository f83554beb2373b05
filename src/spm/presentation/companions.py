"""Names of the files that come with the web pages, so that chapters can link to them."""

from __future__ import annotations

import re

ATLAS = "atlas.html"
DATA_PAGE = "daten.html"
SUMMARY = "kurzfassung.pdf"


def profile_page(raum: str) -> str:
    """Web page of an area's profile."""
    return f"profile/{_stem(raum)}.html"


def profile_pdf(raum: str) -> str:
    """The same as a PDF of one page."""
    return f"profile/{_stem(raum)}.pdf"


def data_file(kennzahl: str) -> str:
    """Everything published about one indicator, as CSV."""
    return f"daten/{kennzahl}.csv"


def excel_data_file(kennzahl: str) -> str:
    """The same for a German Excel."""
    return f"daten/{kennzahl}-excel.csv"


def picture(path: str, suffix: str) -> str:
    """A figure's picture in another format, beside it."""
    return f"{path.rpartition('.')[0]}.{suffix}"


def downloads(kennzahl: str, path: str) -> list[tuple[str, str]]:
    """Links below a figure: what is behind it, and its picture. Text and file of each."""
    return [
        ("Werte (CSV)", data_file(kennzahl)),
        ("Werte für Excel (CSV)", excel_data_file(kennzahl)),
        ("Bild (SVG)", path),
        ("Bild (PNG)", picture(path, "png")),
    ]


def _stem(raum: str) -> str:
    """A file name on every system: two keys never become the same one."""
    return "raum-" + re.sub(r"[^a-z0-9-]", lambda found: f"_{ord(found[0]):x}_", raum)
