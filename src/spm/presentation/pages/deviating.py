"""Deliveries that were taken on another day than the definition of an indicator says."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from spm.presentation.blocks import from_data
from spm.presentation.exactness import senders
from spm.text.numbers import join_words
from spm.text.times import MONAT, MONTHS, TAG, Time, parse_day_of_year, same_part

if TYPE_CHECKING:
    from spm.config.catalogue import Kennzahl
    from spm.config.delivery import Lieferung

_DAY = re.compile(rf"\b\d\d?\. (?:{'|'.join(MONTHS)})\b")


def other_day(entry: Kennzahl, deliveries: Collection[Lieferung]) -> str:
    """What was delivered for another day than those of the definition; "" if it names none.

    ``"In diesem Bericht zum 15. Mai: „Einwohnerbestand“ (Statistikamt)."``
    """
    meant = [day for text in _DAY.findall(entry.definition) if (day := parse_day_of_year(text))]
    if not meant or not deliveries:
        return ""
    found: dict[str, list[str]] = {}
    measures = {m for selection in entry.selections for m in selection.merkmal}
    for delivery in senders(sorted(measures), deliveries):
        day = parse_day_of_year(delivery.stichtag or "")
        if day and day.art in (TAG, MONAT) and not any(same_part(day, known) for known in meant):
            name = f"„{from_data(delivery.titel)}“ ({from_data(delivery.stelle)})"
            told = found.setdefault(_words(day), [])
            told += [name] if name not in told else []
    parts = [f"{when}: {join_words(names)}" for when, names in found.items()]
    return f"In diesem Bericht {'; '.join(parts)}." if parts else ""


def _words(day: Time) -> str:
    month = MONTHS[day.part - 1]
    return f"zum {day.day}. {month}" if day.art == TAG else f"im {month}"
