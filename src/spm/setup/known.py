"""What is known of a municipality while its tables are looked at."""

from __future__ import annotations

from dataclasses import dataclass

from spm.setup.areas import Areas


@dataclass(frozen=True)
class Known:
    """What is known of the municipality.

    Attributes
    ----------
    areas : of its geometry.
    place : its name.
    years : that other tables have, to decide how school years count.
    """

    areas: Areas
    place: str
    years: frozenset[int] = frozenset()
