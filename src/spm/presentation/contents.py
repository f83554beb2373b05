"""A report as Jupyter shows it: its chapters with their indicators, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from spm.presentation.blocks import Block, from_data, joined, paragraphs, table
from spm.presentation.display import bundle, inside_a_build

if TYPE_CHECKING:
    from spm.config.params import Params
    from spm.presentation.places import Place
    from spm.presentation.views import IndicatorView


class Contents:
    """A report that shows itself as a table of its chapters.

    Only to those who work with it: a chapter of the report that ends with ``bericht`` would
    otherwise show the names of keys to readers.
    """

    params: Params
    place: Place

    def _by_chapter(self) -> Mapping[str, Sequence[IndicatorView]]:
        raise NotImplementedError

    def contents(self) -> Block:
        """The chapters with the calls that show them, their indicators, and what is missing."""
        section, series, chapters = self.params.bericht, self.params.zeitreihe, self._by_chapter()
        with_values = sum(view.appears for views in chapters.values() for view in views)
        told = paragraphs(
            f"{from_data(section.titel)}, {from_data(self.place.name)}: Zeitreihe {series.von} bis "
            f"{series.bis}, Berichtsjahr {section.berichtsjahr}. {with_values} Kennzahlen haben "
            "Werte. Welche Aufrufe es gibt, zeigt bericht? in einer Zelle."
        )
        rows = [
            [
                from_data(views[0].indicator.chapter.titel),
                from_data(f'bericht.kapitel("{key}")'),
                _keys(view for view in views if view.appears),
                _keys(view for view in views if not view.delivered),
            ]
            for key, views in chapters.items()
        ]
        head, widths = ("Kapitel", "Aufruf", "Kennzahlen", "nicht geliefert"), (20, 24, 50, 30)
        chapter = table("kapitel", head, rows, "Kapitel", widths=widths, numbers_from=len(head))
        return joined(told, chapter)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        if inside_a_build():
            return {"text/plain": repr(self)}
        shown = self.contents()
        return bundle(shown.markdown, shown.html, shown.text)


def _keys(views: Iterable[IndicatorView]) -> str:
    return from_data(", ".join(view.indicator.id for view in views) or "–")
