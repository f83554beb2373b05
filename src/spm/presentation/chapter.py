"""One chapter as its notebook uses it: figures, tables and sentences about its indicators."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spm.presentation.blocks import (
    Block,
    boxed,
    from_data,
    heading,
    joined,
    listing,
    paragraphs,
    referring,
    with_values,
)
from spm.presentation.blocks import figure as figure_block
from spm.presentation.calls import CHAPTER
from spm.presentation.display import documented
from spm.presentation.figures import style
from spm.presentation.figures.kinds import kind_of
from spm.presentation.indicatorblock import KIND, caption_of, has_block, indicator_block
from spm.presentation.pages import companions
from spm.presentation.ranking import by_relevance
from spm.presentation.tables import crosstable, datatables
from spm.presentation.tables.details import details
from spm.presentation.tables.heat import heat_table
from spm.presentation.tables.offers import matrix
from spm.presentation.tables.questions import question_table
from spm.presentation.wording import (
    accuracy,
    changes,
    comparison,
    estimates,
    findings,
    gaps,
    overview,
    own,
    pooling,
    sentences,
)
from spm.presentation.wording.choice import placed
from spm.text.escape import escape_markdown

if TYPE_CHECKING:
    import shapely

    from spm.owntexts.texts import OwnTexts
    from spm.presentation.figures.figure import Figure
    from spm.presentation.views import AreaRow, IndicatorView

FURTHER = 3
"""Indicators that `Kapitel.weitere` shows at most."""

FIGURES = Path("figures")
"""Where a notebook's figures go, relative to its working folder."""


@documented("Ein Kapitel. Aufrufe («a» ist die Kennung einer Kennzahl):", CHAPTER)
class Kapitel:
    """One chapter.

    Every method gives a block. A figure that cannot be drawn is replaced by one sentence; in a
    chapter without any delivery only `ueberblick` says something, all other blocks are empty.

    Parameters
    ----------
    key : chapter.
    views : its indicators, in catalogue order.
    view : view of any indicator of the catalogue by id.
    shapes : outlines of the areas of an indicator, in the order of its view.
    facilities : published rows by facility ("Kita: Name") of an indicator in the reporting year.
    others : the indicators of all other chapters.
    texts : what the municipality writes itself.
    """

    def __init__(
        self,
        key: str,
        views: Sequence[IndicatorView],
        view: Callable[[str], IndicatorView],
        shapes: Callable[[IndicatorView], Sequence[shapely.Geometry]],
        facilities: Callable[[IndicatorView], Mapping[str, AreaRow]],
        others: Callable[[], Sequence[IndicatorView]] = tuple,
        texts: OwnTexts | None = None,
    ) -> None:
        self.key, self.views, self.view = key, list(views), view
        self._shapes, self._facilities, self._others = shapes, facilities, others
        self._texts = texts
        self._turns: dict[str, int] = {}  # indicator -> its place among those with sentences
        self._shown: dict[str, dict[str, str]] = {}  # indicator -> kind of figure -> its key
        # indicator -> kind of block whose sentence stands for all, or that left it out
        self._said: dict[str, str] = {}

    @property
    def delivered(self) -> bool:
        """Whether anything was delivered for this chapter."""
        return any(s.delivered for s in self.views)

    def ueberblick(self) -> Block:
        """The most important values, in sentences."""
        return joined(
            listing(*overview.first_values(self.views)),
            paragraphs(*overview.opening_paragraphs(self.views)),
        )

    def befunde(self) -> Block:
        """Up to three findings: where the lead indicator stands, which areas differ, what moved."""
        return joined(
            listing("Was sich zeigt:", findings.findings(self.views)),
            paragraphs(findings.absent(self.views)),
        )

    def waermetabelle(self, *keys: str) -> Block:
        """Areas and indicators in one table whose colours and signs say what stands out.

        Without keys those of all indicators of the chapter that are compared.
        """
        views = [self.view(key) for key in keys] or self.views
        shown = [v for v in views if has_block(v) and len(v.areas) > 1 and not v.whole_only]
        if not shown:
            return Block()
        name = f"{crosstable.slug(self.key)}-vergleich-raeume"
        level = from_data(shown[0].place.level)
        return heat_table(name, shown, f"Auf einen Blick: Kennzahlen nach {level}")

    def kennzahlen(self, *keys: str) -> Block:
        """A block for each of the indicators, in the order in which they matter: the finding as
        heading, what is counted, at most two sentences, a figure.

        Those without any published value are left out; `befunde` and `tabelle` say so. Where none
        of them has one, the most relevant others are shown (`FURTHER`): a municipality may
        deliver other indicators than those that its notebook names.
        """
        views = [view for key in keys if has_block(view := self.view(key))]
        if not views:
            views = by_relevance(view for view in self.views if has_block(view))[:FURTHER]
        return joined(*(self._block(view) for view in by_relevance(views)))

    def _block(self, view: IndicatorView) -> Block:
        figure = kind_of(KIND)
        has = figure.has_value(view)
        drawn = self._figure(view, figure, {}, caption_of(view)) if has else Block()
        return indicator_block(view, self._texts, drawn)

    def prueffragen(self) -> Block:
        """Questions for planning that follow from the findings, with room for who answers them;
        the municipality's own ones in their place, and those of the last report with their state.
        """
        own_ones = self._texts.questions.get(self.key) if self._texts else None
        return question_table(self.views, own_ones, self.key)

    def text(self) -> Block:
        """What the municipality itself writes about this chapter; empty if it wrote nothing."""
        return own.chapter_text(self._texts, self.key)

    def abschnitt(self, ueberschrift: str, *keys: str) -> Block:
        """A heading of second order for the indicators that its section shows.

        If none of them was delivered, the heading and their figures vanish: `ueberblick` has said
        already what is missing. A heading without indicators stands in every chapter that has any
        delivery.
        """
        views = [self.view(key) for key in keys]
        if self.delivered and (not views or any(view.delivered for view in views)):
            return heading(ueberschrift)
        for key in keys:
            self._said.setdefault(key, "abschnitt")
        return Block()

    def abbildung(self, art: str, key: str, **entries: Any) -> Block:
        """A figure of any kind: "karte", "balken", "zeitreihe", "trichter"."""
        return self._figure(self.view(key), kind_of(art), entries)

    def karte(self, key: str, *, nordpfeil: bool = False) -> Block:
        """Map of the areas in the reporting year, with a north arrow if wanted."""
        return self.abbildung("karte", key, nordpfeil=nordpfeil)

    def balken(self, key: str) -> Block:
        """Bar chart of the areas in the reporting year, with 95 % intervals."""
        return self.abbildung("balken", key)

    def zeitreihe(self, key: str) -> Block:
        """Time series of the municipality and its areas; nothing where the series is one year."""
        return self.abbildung("zeitreihe", key)

    def trichter(self, key: str) -> Block:
        """Funnel plot of a share or a rate: the areas by the size of the group they refer to, and
        how far values of that size scatter by chance."""
        return self.abbildung("trichter", key)

    def aussagen(self, key: str) -> Block:
        """What the indicator shows in the reporting year; refers to its figures shown so far."""
        return self._sentences(key, _NOW, ("karte", "balken"))

    def entwicklung(self, key: str) -> Block:
        """How the indicator changed over the series; refers to its time series if shown so far."""
        return self._sentences(key, _SINCE, ("zeitreihe",))

    def _sentences(
        self, key: str, patterns: Mapping[str, Callable[[IndicatorView], str]], kinds: Sequence[str]
    ) -> Block:
        view = self.view(key)
        if not self.delivered or not view.delivered:
            return Block()
        view = placed(view, self._turns.setdefault(key, len(self._turns)))
        said = (own.own_or_ours(self._texts, kind, view, f) for kind, f in patterns.items())
        text = " ".join(filter(None, said))
        # Only to figures that exist: the book fails on a reference that leads nowhere.
        shown = self._shown.get(key, {})
        return paragraphs(referring(text, [shown[kind] for kind in kinds if kind in shown]))

    def weitere(self) -> Block:
        """Sections of other indicators, if none of those shown so far has a figure.

        A municipality may deliver other indicators of a chapter than those that its notebook names;
        up to ``WEITERE`` of them are shown then, in catalogue order. As soon as one named indicator
        has a figure, this adds nothing: the others are in `tabelle`, and whoever wants figures of
        them adds cells with `abschnitt`, `karte` and so on to the notebook.
        """
        if self._shown:
            return Block()
        entries = [s.indicator for s in self.views if s.published]
        others = [k for k in entries if k.id not in self._said]
        return joined(*(self._section(k.titel, k.id) for k in others[:FURTHER]))

    def _section(self, title: str, key: str) -> Block:
        parts = (self.karte, self.balken, self.aussagen, self.zeitreihe, self.entwicklung)
        return joined(heading(escape_markdown(title)), *(part(key) for part in parts))

    def werte(self, key: str) -> Block:
        """Everything published about one indicator in the reporting year, as a table."""
        return details(self.view(key)) if self.delivered else Block()

    def tabelle(self) -> Block:
        """All indicators of the chapter in the reporting year; below them those of other places."""
        views = [s for s in self.views if s.delivered]
        tables = crosstable.overview(views, self.key), crosstable.comparisons(views, self.key)
        return boxed("dicht", joined(*tables))

    def angebote(self) -> Block:
        """Preventive offers by area and phase of life, against need along the chain of prevention.

        Of this chapter's indicators those that count offers for one phase; need is what indicators
        of all other chapters say about areas that differ from the others.
        """
        return matrix(self.views, self._others(), self.key) if self.delivered else Block()

    def einrichtungen(self) -> Block:
        """Tables by Kita and Grundschule; empty unless the params file asks for them."""
        views = [s for s in self.views if s.indicator.je_einrichtung]
        cells = {s.indicator.id: self._facilities(s) for s in views}
        return crosstable.facilities(views, cells, self.key)

    def _figure(
        self, view: IndicatorView, figure: Figure, options: Mapping[str, Any], caption: str = ""
    ) -> Block:
        key, kind = view.indicator.id, figure.kind
        if not figure.is_wanted(view) or not self.delivered:
            return Block()
        if not figure.has_value(view):
            first = self._said.setdefault(key, kind)
            return paragraphs(gaps.no_value(view)) if first == kind else Block()
        if sentence := figure.instead(view):
            return paragraphs(sentence)
        path = FIGURES / f"{key}-{kind}.svg"
        figure.draw(view, self._shapes, **options).save(path)
        small = figure.draw(view, self._shapes, **options, width=style.PHONE)
        small.save(companions.phone_picture(path))
        name = f"{key.replace('_', '-')}-{kind}"
        self._shown.setdefault(key, {})[kind] = name
        caption = caption or figure.caption(view)
        if datatables.has_table(view):
            caption = with_values(caption, datatables.name_of(key))
        picture = path.as_posix()
        links = companions.downloads(key, picture)
        return figure_block(name, picture, figure.alt_text(view), caption, links)


_NOW = {
    "lage": sentences.situation,
    "zusammenfassung": pooling.pooling_note,
    "rundung": accuracy.accuracy_note,
    "andere": comparison.for_comparison,  # not last: a source and references would stand together
    "schaetzung": estimates.estimates_note,
    "spanne": sentences.lowest_and_highest,
    "vergleich": sentences.differences,
    "luecken": gaps.missing_values,
}
_SINCE = {
    "entwicklung": changes.development,
    "raeume": changes.areas_changed,
    "trend": changes.trend,
    "brueche": changes.breaks,
    "schaetzung": changes.estimated_values,
}
"""Kinds of sentences, in the order in which they stand; see `spm.owntexts.texts.SENTENCE_KINDS`."""
