"""What comes with the report: atlas, area profiles, Kurzfassung, open data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spm.products.context import Context

OUTLINE, TABLES, SUMMARY, FIGURES = "Gliederung", "Tabellen", "Kurzfassung", "Abbildungen"
"""Parts of a book that products are made from."""


@dataclass(frozen=True)
class Product:
    """Something that is written into the finished report, and nothing else.

    Parameters
    ----------
    name : as `spm build --explain` prints it.
    module, function : write it, given a `Context`; loaded when needed.
    parts : of the book, that it depends on.
    data : whether it depends on the published data besides.
    """

    name: str
    module: str
    parts: tuple[str, ...]
    data: bool = True
    function: str = "write"

    @property
    def write(self) -> Callable[[Context], None]:
        """The function that writes it."""
        write: Callable[[Context], None] = getattr(import_module(self.module), self.function)
        return write


PICTURES = Product("PNG", "spm.products.opendata", (FIGURES,), False, "write_pictures")

PRODUCTS = (
    Product("Profile", "spm.products.profiles", (OUTLINE,)),
    Product("Kurzfassung", "spm.products.summary", (SUMMARY,), data=False),
    Product("Offene Daten", "spm.products.opendata", (OUTLINE, TABLES)),
    PICTURES,
    Product("Atlas", "spm.products.atlas", (OUTLINE,)),
)
"""In this order. The atlas comes last: it links to what is there."""
