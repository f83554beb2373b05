"""The check report (Prüfprotokoll) that goes back to the departments: HTML and Excel."""

import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from spm.deliveries.findings import FEHLER, HINWEIS, Finding
from spm.release.replacing import replace_text, replacing
from spm.text.sheets import DEAD

if TYPE_CHECKING:
    from spm.config.params import Params

COLUMNS = {
    "schwere": ("Art", 9),
    "lieferung": ("Lieferung", 18),
    "stelle": ("Stelle", 22),
    "datei": ("Datei", 26),
    "blatt": ("Blatt", 14),
    "zeile": ("Zeile", 8),
    "spalte": ("Spalte", 24),
    "wert": ("Wert", 18),
    "was": ("Was ist falsch?", 60),
    "tun": ("Was ist zu tun?", 60),
}
"""Heading and width (characters) of every column of the Excel file."""

_PLURAL = {FEHLER: "Fehler", HINWEIS: "Hinweise"}

LONGEST_CELL = 500
"""Longer raw texts are cut in the report."""


def write_check_report(
    findings: Sequence[Finding], params: "Params", folder: str | Path
) -> tuple[Path, Path]:
    """Write the check report.

    Parameters
    ----------
    findings : as :func:`spm.deliveries.read_deliveries` returns them.
    params : kommune, bericht.datum, slug and lieferungen are used.
    folder : existing or new; older reports in it are replaced.

    Returns
    -------
    html_path, xlsx_path
        ``pruefprotokoll-<slug>.html``, one file without external requests, and
        ``pruefprotokoll-<slug>.xlsx``. The same findings give the same bytes.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    html, xlsx = (folder / f"pruefprotokoll-{params.slug}.{kind}" for kind in ("html", "xlsx"))
    rows = [_row(finding, params) for finding in findings]
    replace_text(html, _html(rows, params))
    with replacing(xlsx) as half:
        half.write_bytes(_excel(rows, params))
    return html, xlsx


def _row(finding: Finding, params: "Params") -> dict[str, str | int | None]:
    """The cells of one finding; what XML and HTML cannot hold is replaced."""
    delivery = params.lieferungen.get(finding.lieferung)
    row = {name: getattr(finding, name) for name in COLUMNS if name != "stelle"}
    row["stelle"] = delivery.stelle if delivery else ""
    return {name: _printable(cell) if isinstance(cell, str) else cell for name, cell in row.items()}


def _printable(text: str) -> str:
    shown = "".join(c if c.isprintable() else "\ufffd" for c in text)
    return shown if len(shown) <= LONGEST_CELL else shown[:LONGEST_CELL] + " …"


def _html(rows: list[dict], params: "Params") -> str:
    from jinja2 import Environment, StrictUndefined

    template = Path(__file__).with_name("checkreport.html.j2").read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    # Findings about several deliveries at once name them all and come last
    keys = dict.fromkeys([*params.lieferungen, *(row["lieferung"] for row in rows)])
    sections = [
        (key, params.lieferungen.get(key), [row for row in rows if row["lieferung"] == key])
        for key in keys
    ]
    return environment.from_string(template).render(
        kommune=params.kommune.name,
        datum=f"{params.bericht.datum:%d.%m.%Y}",
        sections=[(f"lieferung-{i}", *section) for i, section in enumerate(sections, start=1)],
        fehler=_number(rows, FEHLER),
        hinweise=_number(rows, HINWEIS),
        fehler_in=lambda own: _number(own, FEHLER),
        hinweise_in=lambda own: _number(own, HINWEIS),
    )


def _number(rows: list[dict], schwere: str) -> str:
    """How many, as the object of a sentence: "keinen Fehler", "einen Hinweis", "3 Hinweise"."""
    number = sum(row["schwere"] == schwere for row in rows)
    if number > 1:
        return f"{number} {_PLURAL[schwere]}"
    return f"{'einen' if number else 'keinen'} {schwere}"


def _excel(rows: list[dict], params: "Params") -> bytes:
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, DEAD) as workbook:
        midnight = dt.datetime.combine(params.bericht.datum, dt.time())
        workbook.set_properties(
            {"title": f"Prüfprotokoll {params.kommune.name}", "created": midnight}
        )
        text = workbook.add_format({"text_wrap": True, "valign": "top"})
        head = workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E6E6E6", "bottom": 1}
        )
        sheet = workbook.add_worksheet("Prüfprotokoll")
        for i, (name, (heading, width)) in enumerate(COLUMNS.items()):
            sheet.set_column(i, i, width, text)
            sheet.write_string(0, i, heading, head)
            for k, row in enumerate(rows, start=1):
                if isinstance(row[name], int):
                    sheet.write_number(k, i, row[name], text)
                elif row[name]:  # as text: a raw value may begin with "="
                    sheet.write_string(k, i, row[name], text)
        sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return content.getvalue()
