"""How every workbook that SPM writes is opened: what is text stays text."""

from __future__ import annotations

DEAD = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""Options of ``xlsxwriter.Workbook``. Names and keys come from deliveries: one that begins with
"=" is no formula, and an address is no link, whichever method writes it."""
