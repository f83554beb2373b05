"""The chapter Gesamtbild as its notebook uses it: what the numbers mean together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from spm.owntexts.texts import GESAMTBILD
from spm.presentation.blocks import Block, figure, from_data, listing, paragraphs
from spm.presentation.figures import shares, style
from spm.presentation.pages.companions import phone_picture
from spm.presentation.profile import AreaProfile, core_indicators
from spm.presentation.synthesis import concentrating, improving, matrix, sharing, typology
from spm.presentation.synthesis.allocation import allocation
from spm.presentation.synthesis.combined import combined
from spm.presentation.synthesis.comparable import placed
from spm.presentation.synthesis.composing import domain_block, index_block
from spm.presentation.synthesis.composite import Composite, composite_of
from spm.presentation.synthesis.concentrating import Concentration
from spm.presentation.synthesis.domains import Picture
from spm.presentation.synthesis.grading import graded
from spm.presentation.synthesis.relating import related
from spm.presentation.synthesis.sections import section
from spm.presentation.synthesis.spreading import spread
from spm.presentation.synthesis.standing import standing_of
from spm.presentation.synthesis.statusblock import status_block
from spm.presentation.synthesis.together import Together
from spm.presentation.views import IndicatorView
from spm.presentation.wording import own
from spm.presentation.wording.grammar import so_many

if TYPE_CHECKING:
    import shapely

    from spm.config.synthesis import Synthese
    from spm.owntexts.texts import OwnTexts
    from spm.presentation.places import Place
    from spm.presentation.synthesis.offers import OffersChapter


def too_little(place: Place) -> str:
    """That there is no chapter, and why: areas may differ in indicators that are not judged."""
    return (
        "Für ein Gesamtbild reichen die veröffentlichten Werte nicht aus: Dafür müssen sich "
        f"mindestens {so_many(2, place)} in mindestens zwei Bereichen mit der übrigen Kommune "
        "vergleichen lassen. Es zählen nur Kennzahlen, deren hohe Werte dieser Bericht günstig "
        "oder ungünstig nennt."
    )


class Gesamtbild:
    """What all numbers of the report mean together.

    Every method gives a block; one without anything to say is empty, its heading included. All of
    it follows from published rows.

    Parameters
    ----------
    profile : every area, in area order.
    views : all indicators, in catalogue order.
    settings : section ``synthese`` of the params file.
    texts : what the municipality writes itself.
    outlines : gives the outline of every area in metres, in area order.
    folder : where figures go, relative to the notebook's working folder.
    offers : the public list of offers.
    """

    def __init__(
        self,
        profile: Sequence[AreaProfile],
        views: Sequence[IndicatorView],
        place: Place,
        settings: Synthese,
        texts: OwnTexts | None = None,
        outlines: Callable[[], Sequence[shapely.Geometry]] | None = None,
        folder: Path = Path("figures"),
        offers: OffersChapter | None = None,
    ) -> None:
        self._profile, self._place, self._settings = list(profile), place, settings
        self._every = list(views)
        self._views = [view for view in views if view.appears]
        keys = core_indicators(self._views)
        self._lead = [view for view in self._views if view.indicator.id in keys]
        self._texts, self._outlines, self._folder = texts, outlines, folder
        self._offers = offers

    @cached_property
    def _picture(self) -> Picture:
        return Picture(self._views)

    @cached_property
    def _concentrated(self) -> list[Concentration]:
        return concentrating.concentrated(self._views) if self._picture.enough else []

    @property
    def _year(self) -> int:
        return self._views[0].year if self._views else 0

    def auf_einen_blick(self) -> Block:
        """The most important of the chapter, or one sentence that there is too little for it."""
        if not self._picture.enough:
            return paragraphs(too_little(self._place))
        told = [
            typology.headline(self._picture, self._place),
            self._most_concentrated(),
            improving.sentence(self._concentrated, self._views),
        ]
        return listing("**Auf einen Blick:**", [text for text in told if text])

    def _most_concentrated(self) -> str:
        found = [made for made in self._concentrated if made.above]
        return sharing.sentence(found[0]) if found else ""

    def waermetabelle(self) -> Block:
        """Areas by domains, coloured by which way the indicators of a domain differ."""
        if not self._picture.enough:
            return Block()
        areas = from_data(self._place.plural)
        caption = f"Bereiche, in denen sich {areas} unterscheiden, {self._year}"
        return section("Bereiche im Überblick", matrix.by_domain(self._picture, caption))

    def mehrfachbelastung(self) -> Block:
        """In which areas several domains come together, and what chance would give."""
        if not self._picture.enough:
            return Block()
        return section(
            "Wo mehrere Bereiche zusammentreffen", self.typen(), typology.paragraph(self._picture)
        )

    def typen(self) -> Block:
        """The areas by the number of their domains, in words."""
        return typology.kinds(self._picture) if self._picture.enough else Block()

    def konzentration(self) -> Block:
        """Which share of those counted lives where, beside the share of all children."""
        found = [made for made in self._concentrated if made.above]
        if not found:
            return Block()
        first = found[0]
        text = " ".join(filter(None, (sharing.reading(first), sharing.half(first))))
        return section(
            "Wo viele der betroffenen Kinder leben",
            paragraphs(text),
            self._bars(first),
            sharing.overview(found, self._year),
        )

    def _bars(self, found: Concentration) -> Block:
        view, key = found.view, "gesamtbild-konzentration"
        path = self._folder / f"{key}.svg"
        bars = [shares.Bar(*part) for part in found.parts[: shares.MOST_ROWS]]
        some = len(bars) < len(found.parts)
        which = f" ({len(bars)} {from_data(self._place.plural)} mit den höchsten Werten)"
        labels = (
            f"Anteil an {sharing.people(view).replace('aller ', 'allen ', 1)}",
            f"Anteil an {sharing.counted(view, 'den')} ({view.indicator.kurztitel})",
        )
        shares.draw_shares(view, bars, labels).save(path)
        shares.draw_shares(view, bars, labels, width=style.PHONE).save(phone_picture(path))
        caption = (
            f"{from_data(view.indicator.kurztitel)}: Anteil an allen und an "
            f"{sharing.counted(view, 'den')} nach {from_data(self._place.level)}, {view.period}"
            f"{which * some}"
        )
        return figure(key, path.as_posix(), shares.alt_text(view, bars), caption)

    def werte(self) -> Block:
        """The values behind the domains."""
        if not self._picture.enough:
            return Block()
        caption = f"Kennzahlen mit nachweisbaren Unterschieden nach Bereichen, {self._year}"
        return section("Die Werte hinter den Bereichen", matrix.behind(self._picture, caption))

    def text(self) -> Block:
        """What the municipality itself writes on it, as what is to be discussed."""
        return own.chapter_text(self._texts, GESAMTBILD)

    def grenzen(self) -> Block:
        """What the chapter cannot say, under its heading."""
        if not self._picture.enough:
            return Block()
        limits, counting = typology.limits(self._place), typology.counting(self._picture)
        return section(typology.TITLE_OF_LIMITS, paragraphs(*limits, counting))

    @cached_property
    def _composite(self) -> Composite | None:
        index = self._settings.index
        return None if index is None else composite_of(self._every, self._place, index)

    def domaenen(self) -> Block:
        """Domains of indicators, with the span in which every area may stand."""
        if not self._composite:
            return Block()
        fields = self._picture.domains if self._picture.enough else {}
        sizes = {name: len(views) for name, views in fields.items()}
        return domain_block(self._composite, self._folder, sizes)

    def index(self) -> Block:
        """The index of the domains, and how sure its order is."""
        return index_block(self._composite, self._folder) if self._composite else Block()

    def status(self) -> Block:
        """Areas by status and dynamics, after the method of Berlin's monitoring."""
        settings = self._settings.status
        if settings is None:
            return Block()
        return status_block(standing_of(self._every, self._place, settings))

    def verteilung(self) -> Block:
        """A sum or posts shared out by weighted numbers of children, beside the plain key."""
        return allocation(
            self._settings.verteilung, {view.indicator.id: view for view in self._views}
        )

    def reichweite(self) -> Block:
        """Places beside need, which part of the target group is reached, networks."""
        return self._offers.alles() if self._offers else Block()

    @cached_property
    def _together(self) -> Together:
        return Together(self._views, self._settings)

    def zusammenhaenge(self) -> Block:
        """Pairs of indicators over the areas, as the params file names them."""
        return related(self._together, self._folder)

    def gefaelle(self) -> Block:
        """Indicators along the areas in the order of their poverty."""
        return graded(self._together, self._folder)

    def segregation(self) -> Block:
        """How unevenly groups are spread over the areas."""
        return spread(self._views, self._settings)

    def kombinationen(self) -> Block:
        """The same share in two groups of children, where single rows were delivered."""
        return combined(self._views, self._settings)

    def vergleichbare(self) -> Block:
        """Where the municipality stands among places that are like it."""
        return placed(self._views)
