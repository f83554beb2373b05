"""The summary of a batch as one web page in the design of the reports."""

from __future__ import annotations

import base64
import os
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from spm.batch.columns import COLUMNS, ordered
from spm.batch.records import FEHLER, GEBAUT, OFFEN, OHNE_AENDERUNG, Outcome
from spm.book.design import palette
from spm.book.fonts import CUTS, web_font, web_name
from spm.book.html import STYLE
from spm.book.project import ASSETS
from spm.book.templates import template
from spm.config.design import Gestaltung
from spm.text.numbers import format_number

PAGE = "kommunen.html"
TEMPLATE = Path(__file__).with_name("page.html")
DECIMALS = {float: 1, int: 0}


def write_page(records: Sequence[Outcome], root: Path, folder: Path) -> Path:
    """Write ``kommunen.html``: one file that asks no other host and needs no script.

    Parameters
    ----------
    records : of all municipalities.
    root : the project, for links to the reports in it.
    folder : of the page.
    """
    from spm.release.replacing import replace_text

    rows = ordered(list(records))
    counts = Counter(record.status for record in rows)
    text = template(TEMPLATE).render(
        style=Markup(_style()),
        sentences=_sentences(counts, len(rows)),
        columns=COLUMNS,
        rows=[(record, _address(record, root, folder), _cells(record)) for record in rows],
        failed=[record for record in rows if record.status == FEHLER],
    )
    path = folder / PAGE
    replace_text(path, text + "\n")
    return path


def _cells(record: Outcome) -> list[tuple[str, bool]]:
    """Text of each cell but the name, and whether it is a number."""
    cells = []
    for column in COLUMNS[1:]:
        value = column.cell(record)
        if isinstance(value, int | float):
            value = format_number(value, DECIMALS[type(value)])
        cells.append((value or "", column.numeric))
    return cells


def _sentences(counts: Counter[str], total: int) -> list[str]:
    def so_many(status: str, one: str, many: str) -> list[str]:
        n = counts[status]
        return [f"{one if n == 1 else f'{format_number(n)} {many}'}."] if n else []

    concerned = "eine Kommune" if total == 1 else f"{format_number(total)} Kommunen"
    return [
        f"Der Lauf betrifft {concerned}.",
        *so_many(GEBAUT, "Ein Bericht wurde gebaut", "Berichte wurden gebaut"),
        *so_many(
            OHNE_AENDERUNG,
            "Ein Bericht ist unverändert, weil sich seine Eingaben nicht geändert haben",
            "Berichte sind unverändert, weil sich ihre Eingaben nicht geändert haben",
        ),
        *so_many(FEHLER, "Eine Kommune ist gescheitert", "Kommunen sind gescheitert"),
        *so_many(
            OFFEN,
            "Eine Kommune ist offen, weil der Lauf vorher endete",
            "Kommunen sind offen, weil der Lauf vorher endete",
        ),
    ]


def _address(record: Outcome, root: Path, folder: Path) -> str | None:
    """Link to the report that lies there, from the page."""
    report = root / "report" / record.slug
    for target in (report / "html" / "index.html", report / f"{record.slug}.pdf"):
        if target.is_file():
            try:
                return quote(Path(os.path.relpath(target, folder)).as_posix())
            except ValueError:  # on another drive
                return None
    return None


def _style() -> str:
    """The style sheet of the reports with the usual colours and the fonts in it."""
    usual = Gestaltung()
    css = (ASSETS / STYLE).read_text(encoding="utf-8")
    for cut in CUTS:
        encoded = base64.b64encode(web_font(cut)).decode() if "Italic" not in cut else None
        if encoded is None:  # nothing is in italics here
            css = re.sub(rf"@font-face[^}}]*{re.escape(web_name(cut))}[^}}]*}}\n?", "", css)
        else:
            css = css.replace(f"fonts/{web_name(cut)}", f"data:font/woff2;base64,{encoded}")
    return palette(usual.farbe, usual.akzentfarbe) + css
