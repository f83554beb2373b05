"""How a reader may cite the report or a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm.text.numbers import date_in_words

if TYPE_CHECKING:
    from spm.config.reporting import Bericht
    from spm.presentation.places import Place


def citation(section: Bericht, place: Place, part: str = "", *more: str) -> str:
    """Publisher, title, place and date, without a full stop.

    Parameters
    ----------
    part : of the report, "Daten"; "" for the whole.
    more : what follows the date; empty texts are left out.
    """
    named = f"{section.herausgeber}: {section.titel}, {place.name}"
    whole = f"{named}. {part}" if part else named
    return ", ".join([whole, f"Stand {date_in_words(section.datum)}", *filter(None, more)])
