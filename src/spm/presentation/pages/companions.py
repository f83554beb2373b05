"""Names of the files that come with the web pages, so that chapters can link to them."""

from __future__ import annotations

import re
from pathlib import Path

from spm.system.names import is_reserved

PHONE = "-schmal"
"""End of the name of a figure that is drawn for phones; html.lua knows it."""

ATLAS = "atlas.html"
DATA_PAGE = "daten.html"
SUMMARY = "kurzfassung.pdf"

TABLES: tuple[str, ...] = (
    "kennzahlen",
    "kennzahlenset",
    "raeume",
    "lieferungen",
    "vergleichswerte",
)
TABLES += ("veraenderungen",)
"""Tables of the open data besides those of single indicators."""


def profile_page(raum: str) -> str:
    """Web page of an area's profile."""
    return f"profile/{_stem(raum)}.html"


def profile_pdf(raum: str) -> str:
    """The same as a PDF of one page."""
    return f"profile/{_stem(raum)}.pdf"


def data_file(kennzahl: str) -> str:
    """Everything published about one indicator, as CSV."""
    return f"daten/{_own(kennzahl)}.csv"


def excel_data_file(kennzahl: str) -> str:
    """The same for a German Excel."""
    return excel_file(data_file(kennzahl))


def table_file(anchor: str) -> str:
    """A numbered table of the report as printed; ``anchor`` is its id, "tbl-…"."""
    return f"daten/tabellen/{_safe(anchor)}.csv"


def excel_file(csv: str) -> str:
    """The file for a German Excel, beside the one for programs."""
    return f"{csv.removesuffix('.csv')}-excel.csv"


def picture(path: str, suffix: str) -> str:
    """A figure's picture in another format, beside it."""
    return f"{path.rpartition('.')[0]}.{suffix}"


def phone_picture(path: Path) -> Path:
    """The same figure drawn for phones, beside it; no page offers it for download."""
    return path.with_name(f"{path.stem}{PHONE}{path.suffix}")


def downloads(kennzahl: str, path: str) -> list[tuple[str, str]]:
    """Links below a figure: what is behind it, and its picture. Text and file of each."""
    return [
        ("Werte (CSV)", data_file(kennzahl)),
        ("Werte für Excel (CSV)", excel_data_file(kennzahl)),
        ("Bild (SVG)", path),
        ("Bild (PNG)", picture(path, "png")),
    ]


def _own(kennzahl: str) -> str:
    """An indicator may be called like one of the tables, or like a device of Windows; none has a
    hyphen in its name."""
    return f"kennzahl-{kennzahl}" if kennzahl in TABLES or is_reserved(kennzahl) else kennzahl


def _stem(raum: str) -> str:
    """A file name on every system: two keys never become the same one."""
    return f"raum-{_safe(raum)}"


def _safe(key: str) -> str:
    return re.sub(r"[^a-z0-9-]", lambda found: f"_{ord(found[0]):x}_", key)
