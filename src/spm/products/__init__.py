"""What comes with the report: atlas, area profiles, Kurzfassung, open data."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from spm.products import atlas, opendata, profiles, summary
from spm.products.context import Context

if TYPE_CHECKING:
    from spm.book import Rendered
    from spm.report import Report

WRITERS = (profiles.write, summary.write, opendata.write, atlas.write)
"""In this order; each writes into the finished report and nothing else. The atlas comes last: it
links to what is there."""


def write_products(
    report: Report, rendered: Rendered, folder: Path, formats: Collection[str]
) -> None:
    """Write everything that comes with the report, whoever rendered the book.

    Parameters
    ----------
    report : the published data; nothing else is published here.
    folder : the new report, with ``book/``, ``html/`` and the PDF in it.
    formats : those that were asked for. What web pages link to comes with "html".
    """
    context = Context(report, rendered.project, rendered.chapters, folder, frozenset(formats))
    for write in WRITERS:
        write(context)
