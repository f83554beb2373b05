"""Texts of cells with counts -> numbers: what cannot be one is said in the words of its sender."""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

import numpy as np

from spm.config.signs import DASHES
from spm.config.tables import Tabelle
from spm.deliveries.findings import HINWEIS, Finding, Source
from spm.facts import GEZAEHLT
from spm.published import GESPERRT, NICHT_GELIEFERT
from spm.rawfiles.cells import BadValue, clean, refuse_foreign_digits
from spm.rawfiles.grid import Grid
from spm.rawfiles.workbooks.state import NOT_COMPUTED

_MINUS = ("-", "−", "–", "‐", "‑")
_WHOLE = Decimal(1)
_SIGNS = (
    "Was Zeichen in der Tabelle heißen, sagt ihre Zuordnung: mit zeichen: din55301 gelten die der "
    "amtlichen Statistik; sonst null_zeichen (genau null), gesperrt, fehlend (nicht geliefert) und "
    "marken (an einer Zahl)."
)

_SUPPRESSED = re.compile(r"\*{1,3}|[•●]|(?:<|≤|unter|kleiner als|bis zu) ?\d{1,2}")
"""What offices write in the place of a number that they keep secret."""


class CountReader:
    """Reads the counts of one column.

    Parameters
    ----------
    table : its signs, its decimal sign and its factors.
    header : of the column.
    grid : tells texts from numbers that a program wrote as such.

    Attributes
    ----------
    marked : texts whose number had a mark, with the number.
    rounded : texts whose number had to be rounded behind the factor.
    dashes : dashes that the mapping calls "not delivered".
    """

    def __init__(self, table: Tabelle, header: str, grid: Grid) -> None:
        self._typed = partial(grid.typed, header)
        thousands, self._decimal = re.escape(table.thousands), table.dezimal
        grouped = rf"|\d{{1,3}}(?:{thousands}\d{{3}}){{1,4}}" if thousands else ""
        self._number = re.compile(
            rf"([-−–‐‑+]?)\s?(\d+{grouped})(?:{re.escape(table.dezimal)}(\d+))?"
        )
        self._zeros = {clean(text) for text in table.zeros}
        self._suppressed = {clean(text) for text in table.suppressed}
        self._missing = {clean(text) for text in table.undelivered}
        self._mapped = {clean(a): b for a, b in table.werte.get("anzahl", {}).items()}
        self._marks = [clean(mark) for mark in table.marks]
        self._factor = table.factor(header)
        # Behind a factor decimals are expected, but only who says which sign they follow means it
        self._decimals_meant = self._factor is not None and "dezimal" in table.model_fields_set
        self.marked: dict[str, str] = {}
        self.rounded: dict[str, int] = {}
        self.dashes: set[str] = set()

    def __call__(self, text: str) -> tuple[float | None, str]:
        """Read one text.

        Returns
        -------
        number, status
            The number may still be negative or decimal; that is checked later together with
            everything else. Only what the mapping calls a zero becomes 0.
        """
        text = self._mapped.get(text, text)
        refuse_foreign_digits(text)
        if text in self._zeros:
            return 0.0, GEZAEHLT
        if text in self._suppressed:
            return None, GESPERRT
        if text in self._missing:
            if text in DASHES:
                self.dashes.add(text)
            return None, NICHT_GELIEFERT
        _refuse_shown(text)
        bare = self._unmarked(text)
        percent = self._factor is not None and bare.endswith("%")
        number = self._value(bare.removesuffix("%").rstrip() if percent else bare)
        if number is None:
            raise _no_number(text)
        if bare != text:
            self.marked[text] = bare
        if self._factor is not None:
            exact = number * Decimal(str(self._factor))
            number = exact.quantize(_WHOLE, rounding=ROUND_HALF_UP)
            if abs(number - exact) > Decimal("0.000001"):
                self.rounded[text] = int(number)
        return float(number), GEZAEHLT

    def _unmarked(self, text: str) -> str:
        """A number without the marks around it; any other text as it is."""
        bare = text
        for _ in range(4):  # "(40) r": a number rarely has two, never more than three
            if self._value(bare) is not None:
                return bare
            for mark in self._marks:
                if mark in ("()", "[]", "{}", "<>", "**"):
                    if bare.startswith(mark[0]) and bare.endswith(mark[1]):
                        bare = bare[1:-1].strip()
                        break
                elif bare.endswith(mark):
                    bare = bare.removesuffix(mark).rstrip()
                    break
                elif bare.startswith(mark):
                    bare = bare.removeprefix(mark).lstrip()
                    break
        return bare if bare.endswith("%") else text

    def _value(self, text: str) -> Decimal | None:
        match = self._number.fullmatch(text)
        if not match:
            # "12.0" has one meaning, even where the comma is the decimal sign and dots group digits
            match = re.fullmatch(r"([-−–‐‑+]?)\s?(\d+)\.(0{1,2})", text)
        if not match:
            return None
        sign, whole, fraction = match.groups()
        digits = re.sub(r"\D", "", whole)
        if fraction and len(fraction) == 3 and re.fullmatch(r"[1-9]\d{0,2}", whole):
            self._refuse_ambiguous(text, digits, fraction)
        number = Decimal(f"{digits}.{fraction or 0}")
        return -number if sign in _MINUS else number

    def _refuse_ambiguous(self, text: str, digits: str, fraction: str) -> None:
        if self._decimals_meant or self._typed(text):
            return
        small = f"{digits},{fraction}".rstrip("0").rstrip(",")
        other = "." if self._decimal == "," else ","
        raise BadValue(
            f"Die Zahl ist mehrdeutig: {digits}{fraction}, wenn «{self._decimal}» Tausender "
            f"trennt, oder {small}, wenn es das Dezimalzeichen ist.",
            f'In der Params-Datei dezimal: "{other}" und tausender: "{self._decimal}" setzen, wenn '
            "es Tausender trennt; sonst ganze Zahlen liefern lassen"
            + (f', oder dezimal: "{self._decimal}" ausdrücklich setzen.' if self._factor else "."),
        )

    def notes(
        self, source: Source, header: str, texts: np.ndarray, rows: np.ndarray
    ) -> list[Finding]:
        """What to tell of the column though every number could be read."""
        found = []

        def note(words: set[str], was: str, tun: str) -> None:
            places = rows[np.isin(texts, list(words))]
            if words and len(places):
                found.append(
                    source.finding(was, tun, zeilen=places, spalte=header, schwere=HINWEIS)
                )

        if self.marked:
            text, bare = next(iter(self.marked.items()))
            note(
                set(self.marked),
                f"Zahlen mit Marken sind ohne sie gelesen: «{text}» als «{bare}».",
                "Prüfen, was die Marken bedeuten; im Bericht stehen sie nicht.",
            )
        if self.rounded:
            text, number = next(iter(self.rounded.items()))
            note(
                set(self.rounded),
                f"Mit dem Faktor {self._factor:g} sind Zahlen auf ganze gerundet: «{text}» als "
                f"{number}.",
                "Nichts, wenn das so genau genug ist.",
            )
        note(
            self.dashes,
            f"Ein Strich («{min(self.dashes, default='')}») gilt hier als nicht geliefert; in "
            "amtlichen Tabellen heißt er «genau null».",
            "Beim Absender nachfragen. Heißt er null: in der Zuordnung zeichen: din55301 setzen "
            "und ihn aus fehlend streichen.",
        )
        return found


def dubious_thousands(
    table: Tabelle, texts: np.ndarray, rows: np.ndarray, source: Source, header: str
) -> list[Finding]:
    """Report a column whose dots may be decimal signs: every number ends in three zeros behind one.

    A program that prints 12 as "12.000" prints all numbers so; a column of thousands alone is rare,
    and who has one can say so with ``tausender``.
    """
    if table.tausender is not None or table.faktor:
        return []
    sign = re.escape(table.thousands)
    numbers = [text for text in set(texts) if re.fullmatch(r"[\d.,]*\d[\d.,]*", text)]
    pattern = rf"\d{{1,3}}{sign}000"
    if len(numbers) < 2 or not all(re.fullmatch(pattern, text) for text in numbers):
        return []
    text = min(numbers)
    whole = text.split(table.thousands)[0]
    return [
        source.finding(
            f"Alle Zahlen der Spalte enden auf «{table.thousands}000» und sind mehrdeutig: "
            f"«{text}» ist {whole}000 oder {whole}.",
            f'In der Params-Datei tausender: "{table.thousands}" setzen, wenn es Tausender trennt, '
            f'oder dezimal: "{table.thousands}", wenn es das Dezimalzeichen ist.',
            zeilen=rows[np.isin(texts, numbers)],
            spalte=header,
            wert=text,
        )
    ]


def _refuse_shown(text: str) -> None:
    """Refuse what a workbook shows in the place of a number."""
    if text == NOT_COMPUTED:
        raise BadValue(
            "Die Formel hat kein gespeichertes Ergebnis: ein Programm hat sie geschrieben und "
            "nicht berechnet.",
            "Die Datei in Excel oder LibreOffice öffnen, die Zahlen ansehen und neu speichern.",
        )
    if text.startswith("#") or text.startswith("Err:"):
        raise BadValue(
            "Die Zelle zeigt einen Fehler der Tabellenkalkulation.",
            "Die Formel beim Absender berichtigen lassen. Heißt der Fehler «nicht geliefert», ihn "
            "unter fehlend aufnehmen.",
        )
    if "(verbundene Zelle " in text:
        raise BadValue(
            "Eine Zahl steht in einer verbundenen Zelle und gilt für mehrere Zeilen oder Spalten "
            "zusammen.",
            "Die Zahlen einzeln liefern lassen. Sind sie geheim, die Zelle trennen und ein Zeichen "
            "für «gesperrt» eintragen.",
        )
    if text.endswith("(verdeckte Zahl)"):
        raise BadValue(
            "Das Zahlenformat verdeckt die Zahl in der Zelle: wer die Datei öffnet, sieht sie "
            "nicht.",
            "Beim Absender fragen, ob die Zahl gemeint oder gesperrt ist. Gesperrte Zahlen dürfen "
            "nicht in der Datei stehen.",
        )


def _no_number(text: str) -> BadValue:
    if text == "":
        return BadValue(
            "In einer Zahlenspalte steht nichts.",
            'Eine Zahl eintragen. Heißt eine leere Zelle «nicht geliefert», "" unter fehlend '
            "aufnehmen.",
        )
    if text in DASHES:
        return BadValue(
            "In einer Zahlenspalte steht ein Strich. In amtlichen Tabellen heißt er «genau null».",
            "Beim Absender nachfragen. Heißt er null: in der Zuordnung zeichen: din55301 (oder "
            "null_zeichen) setzen.",
        )
    if re.fullmatch(r"[-+]?[\d.,]+ ?%", text):
        return BadValue(
            "In einer Zahlenspalte steht ein Prozentwert.",
            "Die Anzahl selbst liefern lassen. Ist die Grundzahl bekannt: faktor auf ein "
            "Hundertstel von ihr setzen.",
        )
    if _SUPPRESSED.fullmatch(text):
        return BadValue(
            f"In einer Zahlenspalte steht «{text}»; meist heißt das: vom Amt gesperrt.",
            f'Dann in die Zuordnung der Tabelle schreiben: gesperrt: ["{text}"]. Sonst beim '
            "Absender fragen, was es heißt.",
        )
    return BadValue("In einer Zahlenspalte steht Text.", f"Eine Zahl eintragen. {_SIGNS}")
