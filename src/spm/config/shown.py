"""Small sections of a params file: pooled indicators, pages of facilities, comparison."""

from __future__ import annotations

from pydantic import Field

from spm.config.sections import FileName, Stripped
from spm.published import EBENEN


class Zusammenfassung(Stripped):
    """How one indicator is pooled, so that less of it has to be suppressed."""

    jahre: int = Field(
        1, ge=1, le=10, description="So viele Jahre zusammen, das letzte gibt den Namen."
    )
    raeume: list[str] = Field(
        [], description="Namen aus raeume.gruppen, die an die Stelle ihrer Räume treten."
    )


class Einrichtungen(Stripped):
    """The page by Kita and Grundschule, for internal use; without this section there is none."""

    mindestfallzahl: int = Field(
        ge=2, description="Kleinere Anzahlen einer Einrichtung werden nicht gezeigt."
    )
    mindestnenner: int = Field(
        0, ge=0, description="Kein Wert, wenn in der Einrichtung weniger Kinder sind."
    )


class Vergleich(Stripped):
    """Published values of other places that the report is compared with."""

    datei: FileName = Field(
        description="Vergleichswerte, im Datenordner (CSV oder Excel) mit den Spalten kennzahl, "
        f"gebiet, jahr, wert, quelle und, wenn gewünscht, "
        f"ebene ({', '.join(EBENEN)}) und gruppe, etwa «ähnliche Kommunen»."
    )
