"""What is wrong with a delivery, cell by cell, in the words its sender reads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

FEHLER, HINWEIS = "Fehler", "Hinweis"

ROWS_NAMED = 10
"""How many further rows a finding names before it only counts them."""

FINDINGS_PER_KIND = 100
"""How many findings of one kind a table yields before the rest is only counted."""


def shortened(text: str, longest: int = 60) -> str:
    """Cut a raw text for a message of one line."""
    return text if len(text) <= longest else text[:longest] + " …"


@dataclass(frozen=True)
class Finding:
    """One thing to mend or to know.

    Attributes
    ----------
    schwere : "Fehler" (the delivery cannot be used like this) or "Hinweis".
    lieferung : key of the delivery in the params file.
    datei, blatt : file relative to the data folder, and sheet ("" if it has none).
    zeile : row number as Excel or a text editor shows it, from 1; None for the whole table.
        Rows of Parquet files and query results count from 1 without a header.
    spalte : header of the raw column, or the key of the params file.
    wert : the offending text as delivered.
    was, tun : German sentences: what is wrong, what to do.
    zeilen : all rows that it is about, the first one included; of a delivery's own cells only.
    """

    schwere: str
    lieferung: str
    datei: str
    blatt: str
    zeile: int | None
    spalte: str
    wert: str
    was: str
    tun: str
    zeilen: tuple[int, ...] = field(default=(), compare=False, repr=False)

    @property
    def wo(self) -> str:
        """The place in one line."""
        parts = [self.datei] if self.datei else []
        parts += [f"Blatt «{self.blatt}»"] if self.blatt else []
        parts += [f"Zeile {self.zeile}"] if self.zeile is not None else []
        parts += [f"Spalte «{self.spalte}»"] if self.spalte else []
        parts += [f"Wert «{shortened(self.wert)}»"] if self.wert else []
        return ", ".join(parts)

    def __str__(self) -> str:
        lines = [f"{self.schwere}: {self.was}", f"  Wo: {self.wo}"]
        return "\n".join(lines + ([f"  Was tun: {self.tun}"] if self.tun else []))


@dataclass(frozen=True)
class Source:
    """The table that findings are about."""

    lieferung: str
    datei: str
    blatt: str = ""

    def finding(
        self,
        was: str,
        tun: str = "",
        *,
        zeilen: Iterable[int] = (),
        spalte: str = "",
        wert: str = "",
        schwere: str = FEHLER,
    ) -> Finding:
        """Make one finding; of several rows the first is its place, the others are named."""
        rows = sorted({int(z) for z in zeilen})
        if len(rows) > 1:
            was = f"{was} {_further_rows(rows[1:])}"
        zeile = rows[0] if rows else None
        return Finding(
            schwere=schwere,
            lieferung=self.lieferung,
            datei=self.datei,
            blatt=self.blatt,
            zeile=zeile,
            spalte=spalte,
            wert=wert,
            was=was,
            tun=tun,
            zeilen=tuple(rows),
        )


def _further_rows(rows: Sequence[int]) -> str:
    named = ", ".join(str(z) for z in rows[:ROWS_NAMED])
    rest = len(rows) - ROWS_NAMED
    more = f" und {rest} weiteren" if rest > 0 else ""
    return f"(Ebenso in {'Zeile' if len(rows) == 1 else 'den Zeilen'} {named}{more}.)"


def capped(findings: Sequence[Finding]) -> list[Finding]:
    """Keep the first findings of one kind and count the rest, so that a report stays readable.

    Parameters
    ----------
    findings : findings of one kind about one table, in the order they are to be read.
    """
    kept = list(findings[:FINDINGS_PER_KIND])
    rest = findings[FINDINGS_PER_KIND:]
    if rest:
        was = f"Ab hier sind {len(rest)} weitere Meldungen wie diese nicht einzeln aufgeführt: "
        kept.append(replace(rest[0], wert="", was=was + rest[0].was))
    return kept
