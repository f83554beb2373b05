"""Texts of single cells -> canonical values. Each distinct text is read once."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from spm.deliveries.findings import HINWEIS, Finding, Source, capped
from spm.rawfiles.cells import BadValue, clean, meant, refuse_foreign_digits
from spm.text.ages import EXAMPLES, OLDEST, parse_age

_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass
class Converted:
    """A column read value by value.

    Attributes
    ----------
    values : one result per distinct text; None where the text cannot be read.
    codes : for every row the position of its text in ``values``.
    bad : text -> what is wrong with it.
    """

    values: list
    codes: np.ndarray
    texts: Sequence[str]
    bad: dict[str, BadValue] = field(default_factory=dict)

    @property
    def ok(self) -> np.ndarray:
        """Whether each row's text could be read."""
        return np.array([text not in self.bad for text in self.texts], dtype=bool)[self.codes]

    def column(self, dtype: str, part: int | None = None) -> pd.api.extensions.ExtensionArray:
        """The results as one array; ``part`` picks one element of tuple results."""
        chosen = [v if part is None or v is None else v[part] for v in self.values]
        return pd.array(chosen, dtype=dtype).take(self.codes)

    def findings(self, source: Source, spalte: str, rows: np.ndarray) -> list[Finding]:
        """One finding per unreadable text, naming its rows."""
        if not self.bad:
            return []
        wrong = ~self.ok
        by_code = pd.Series(rows[wrong]).groupby(self.codes[wrong], sort=False)
        found = []
        for code, numbers in by_code:
            text = self.texts[code]
            bad = self.bad[text]
            found.append(source.finding(bad.was, bad.tun, zeilen=numbers, spalte=spalte, wert=text))
        return capped(found)


def convert(texts: np.ndarray, parse: Callable[[str], object]) -> Converted:
    """Apply ``parse`` to every distinct text; it raises :class:`BadValue` for a wrong one."""
    codes, distinct = pd.factorize(texts)
    values, bad = [], {}
    for text in distinct:
        try:
            values.append(parse(text))
        except BadValue as error:
            values.append(None)
            bad[text] = error
    return Converted(values, codes, list(distinct), bad)


def age(text: str) -> tuple[int | None, int | None]:
    """Read an age group, see :func:`spm.text.ages.parse_age`."""
    refuse_foreign_digits(text)
    try:
        return parse_age(text)
    except ValueError as error:
        tun = f"Erkannt werden z. B. {EXAMPLES}. Sonst unter werte.alter zuordnen."
        raise BadValue(str(error), tun) from None


def not_split(column: str) -> object:
    """The canonical value of "not split by this group"."""
    return (None, None) if column == "alter" else None


def bands(first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Age groups of two columns as one text each, which `age` reads: both ends belong to it.

    Without a last age, or with one that nobody reaches (999), a group is open.
    """
    return np.array([_band(a, b) for a, b in zip(first, last, strict=True)], dtype=object)


def _band(first: str, last: str) -> str:
    is_open = last == "" or (last.isascii() and last.isdecimal() and int(last) > OLDEST)
    if first.isdecimal():
        return f"{first}+" if is_open else f"{first} bis {last}"
    return first if last == "" else f"{first} bis {last}".strip()


def years_of_life(source: Source, header: str, texts: np.ndarray) -> list[Finding]:
    """Note numbers under «Lebensjahr»: the third year of life is the one at the age of 2."""
    numbers = sorted({int(text) for text in set(texts) if text.isdecimal()})
    if "lebensjahr" not in header.lower() or not numbers or numbers[0] == 0:
        return []
    return [
        source.finding(
            f"Die Spalte nennt Lebensjahre; «{numbers[0]}» ist als Alter {numbers[0]} gelesen. "
            f"Das {numbers[0]}. Lebensjahr ist das Alter {numbers[0] - 1}.",
            "Sind Lebensjahre gemeint, die Werte unter werte.alter zuordnen.",
            spalte=header,
            schwere=HINWEIS,
        )
    ]


def group(column: str) -> Callable[[str], str | None]:
    """Make the reader of a group column or of ``merkmal``; an empty cell is no value."""

    def read(text: str) -> str:
        if text == "":
            raise BadValue(
                f"Die Zelle ist leer, {column} fehlt.",
                "Den Wert nachtragen. Falls leere Zellen eine Bedeutung haben, sie unter "
                f'werte.{column} mit dem Schlüssel "" festlegen.',
            )
        if _DATE.fullmatch(text):
            raise BadValue(
                f"Statt {column} enthält die Zelle ein Datum: Excel macht aus «3-5» eines.",
                f"Den Wert als Text liefern lassen, oder unter werte.{column} zuordnen.",
            )
        return text

    return read


def mapped(
    column: str, targets: Mapping[str, str], parse: Callable[[str], object], empty: object
) -> Callable[[str], object]:
    """Put a value map in front of a reader; a text that the map does not list is an error.

    ``empty`` is the result for the target "", which means "not split by this group".
    """
    known = {clean(raw): target for raw, target in targets.items()}

    def read(text: str) -> object:
        if text not in known:
            raise BadValue(
                f"Der Wert steht nicht unter werte.{column}." + meant(text, known),
                f"Den Wert berichtigen oder unter werte.{column} ergänzen.",
            )
        return parse(known[text]) if known[text] != "" else empty

    return read
