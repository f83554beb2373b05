"""The revision note: what a reader of the older report should know, in German prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from spm.diff import developments, numbers, sentences
from spm.diff.difference import Difference, amount
from spm.presentation.wording.grammar import CLASS_LABELS, capitalised
from spm.products.opendata.columns import RICHTUNG
from spm.published import GESAMT
from spm.text.numbers import date_in_words, format_years, join_words, number_word

NAMED = 12
"""So many entries of a list are named; the table beside the note holds all of them."""


def note(diff: Difference, table: str) -> str:
    """The note as Markdown.

    Parameters
    ----------
    table : name of the file with every single difference.
    """
    parts = [
        f"# Änderungen gegenüber dem Bericht vom {date_in_words(diff.old.day)}",
        _opening(diff, table),
        _section("Das Wichtigste", _summary(diff)),
        _section("Korrekturen bereits veröffentlichter Jahre", _corrections(diff)),
        _section("Nicht mehr oder neu gezeigte Werte", _visibility(diff)),
        _section("Neue Werte", _new(diff)),
        _section("Einordnung, Veränderungen und Trends", _statements(diff)),
        _section("Räume", [f"{_text(r.detail)} ({r.art})." for r in diff.areas]),
        _section("Methoden und Definitionen", _methods(diff)),
        _section("Texte", _texts(diff)),
        _section("Lieferungen und andere Eingaben", _inputs(diff)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _opening(diff: Difference, table: str) -> str:
    new = diff.new
    text = (
        f"Verglichen ist der Bericht „{_text(new.manifest['bericht'])}“ "
        f"({_text(new.manifest['kommune'])}) mit Stand {date_in_words(new.day)} und Berichtsjahr "
        f"{new.reporting_year} mit dem vom {date_in_words(diff.old.day)} und Berichtsjahr "
        f"{diff.old.reporting_year}. Alle Unterschiede im Einzelnen stehen in der Tabelle "
        f"`{table}`."
    )
    if diff.of_kind(*numbers.VERBORGEN):
        text += (
            " Werte, die der frühere Bericht gezeigt hat und der neue nicht mehr zeigt, sind hier "
            "nicht wiederholt."
        )
    return text


def _section(title: str, items: Sequence[str]) -> str:
    if not items:
        return ""
    # No name at the beginning of an item begins a list or a heading of its own.
    plain = (re.sub(r"^(?=[-+#=])|^(\d+)(?=[.)])", r"\1\\", item) for item in items)
    return f"## {title}\n\n" + "\n".join(f"- {item}" for item in plain)


def _summary(diff: Difference) -> list[str]:
    count = Counter(number.art for number in diff.numbers)
    corrected, hidden = count[numbers.KORRIGIERT], count[numbers.JETZT_GESPERRT]
    lines = []
    if corrected:
        verb = "ist" if corrected == 1 else "sind"
        of_all = [n for n in diff.of_kind(numbers.KORRIGIERT) if n.raum == GESAMT]
        total = (
            f", darunter {amount(len(of_all), 'Wert', 'Werte')} für die ganze Kommune"
            if of_all and len(of_all) < corrected
            else ""
        )
        which = "bereits veröffentlichter Wert" if corrected == 1 else "bereits veröffentlichte"
        noun = which if corrected == 1 else f"{which} Werte"
        lines.append(f"{capitalised(amount(corrected, noun, noun))} {verb} korrigiert{total}.")
    else:
        lines.append("Kein bereits veröffentlichter Wert ist korrigiert.")
    if hidden:
        verb = "war" if hidden == 1 else "waren"
        end = "ist jetzt gesperrt" if hidden == 1 else "sind jetzt gesperrt"
        lines.append(
            f"{capitalised(amount(hidden, 'Wert', 'Werte'))} {verb} veröffentlicht und {end}."
        )
    other = sum(number.other_class for number in diff.numbers)
    if other:
        verb = "ist" if other == 1 else "sind"
        lines.append(
            f"{capitalised(amount(other, 'Wert', 'Werte'))} {verb} im Vergleich mit der übrigen "
            "Kommune anders eingeordnet."
        )
    fresh = count[numbers.NEUES_JAHR]
    if fresh:
        years = format_years(sorted({n.jahr for n in diff.of_kind(numbers.NEUES_JAHR)}))
        verb = "ist" if fresh == 1 else "sind"
        lines.append(f"{capitalised(amount(fresh, 'Wert', 'Werte'))} für {years} {verb} neu.")
    if not (diff.numbers or diff.sentences or diff.methods or diff.areas or diff.inputs):
        lines = ["Die beiden Berichte unterscheiden sich nicht."]
    return lines


def _corrections(diff: Difference) -> list[str]:
    """The municipality's own values first, then areas by indicator."""
    found = sorted(diff.of_kind(numbers.KORRIGIERT), key=lambda n: n.raum != GESAMT)
    lines = []
    for number in found[:NAMED]:
        old, new = diff.values(number)
        lines.append(
            f"{_text(diff.title(number.kennzahl))}, {_text(diff.area(number.raum))}, "
            f"{number.jahr}: {_value(old)} → {_value(new)}"
        )
    return [*lines, *_further(found[NAMED:], diff)]


def _further(rest: Sequence[numbers.Number], diff: Difference) -> list[str]:
    """What is not named, in one line by indicator."""
    if not rest:
        return []
    by = Counter(number.kennzahl for number in rest)
    names = [f"{_text(diff.title(key))} ({number_word(n)})" for key, n in by.items()]
    further = ("weitere Kennzahl", "weitere Kennzahlen")
    more = f" und {amount(len(names) - NAMED, *further, feminine=True)}"
    listed = join_words(names) if len(names) <= NAMED else ", ".join(names[:NAMED]) + more
    verb = (
        "Ein weiterer Wert"
        if len(rest) == 1
        else f"{capitalised(number_word(len(rest)))} weitere Werte"
    )
    return [f"{verb}: {listed}"]


def _visibility(diff: Difference) -> list[str]:
    lines = []
    for art in (
        numbers.JETZT_GESPERRT,
        numbers.NICHT_MEHR_BERECHENBAR,
        numbers.FEHLT_JETZT,
        numbers.FREIGEGEBEN,
        numbers.UMGESTELLT,
        numbers.ANDERE_GRENZEN,
        numbers.OHNE_KENNZAHL,
        numbers.OHNE_RAUM,
        numbers.VOR_DER_REIHE,
    ):
        found = diff.of_kind(art)
        if found:
            lines.append(f"{capitalised(art)}: {_places(found, diff)}.")
    return lines


def _places(found: Sequence[numbers.Number], diff: Difference) -> str:
    """``"drei Werte (Jugendquotient, Sozialraum 3, 2021; …)"``."""
    text = amount(len(found), "Wert", "Werte")
    if len(found) <= NAMED:
        named = (
            f"{_text(diff.title(n.kennzahl))}, {_text(diff.area(n.raum))}, {n.jahr}" for n in found
        )
        return f"{text} ({'; '.join(named)})"
    by = Counter(number.kennzahl for number in found)
    return (
        f"{text} ({'; '.join(f'{_text(diff.title(k))}: {number_word(n)}' for k, n in by.items())})"
    )


def _new(diff: Difference) -> list[str]:
    lines = []
    for art in (
        numbers.NEUES_JAHR,
        numbers.NACHGELIEFERT,
        numbers.NEUE_KENNZAHL,
        numbers.NEUER_RAUM,
        numbers.NEU_GESPERRT,
    ):
        found = diff.of_kind(art)
        if not found:
            continue
        years = format_years(sorted({number.jahr for number in found}))
        keys = list(dict.fromkeys(number.kennzahl for number in found))
        what = amount(len(keys), "Kennzahl", "Kennzahlen", feminine=True)
        named = f": {', '.join(_text(diff.title(k)) for k in keys)}" if len(keys) <= NAMED else ""
        count = amount(len(found), "Wert", "Werte")
        lines.append(f"{capitalised(art)}: {count} ({years}; {what}{named}).")
    return lines


def _statements(diff: Difference) -> list[str]:
    lines = []
    for number in [n for n in diff.numbers if n.other_class][:NAMED]:
        assert number.old and number.new  # `other_class`
        old, new = (_class(row.klasse) for row in (number.old, number.new))
        lines.append(
            f"{_text(diff.title(number.kennzahl))}, {_text(diff.area(number.raum))}, "
            f"{number.jahr}: {old} → {new}"
        )
    n = sum(number.other_class for number in diff.numbers) - NAMED
    if n > 0:
        lines.append(
            f"{capitalised(amount(n, 'weiterer Wert', 'weitere Werte'))} anders eingeordnet"
        )
    told = [v for v in diff.developments if v.old and v.new]
    for v in told[:NAMED]:
        lines.append(
            f"{_text(diff.title(v.kennzahl))}, {_text(diff.area(v.raum))}, {v.period}: "
            f"{RICHTUNG.get(v.old, v.old)} → {RICHTUNG.get(v.new, v.new)}"
        )
    rest = len(told) - NAMED
    if rest > 0:
        lines.append(
            capitalised(amount(rest, "weitere Aussage", "weitere Aussagen", feminine=True))
        )
    gone = sum(v.art == developments.ENTFALLEN for v in diff.developments)
    if gone:
        which = amount(
            gone, "Veränderung oder ein Trend", "Veränderungen und Trends", feminine=True
        )
        lines.append(f"Nicht mehr angegeben: {which}.")
    return lines


def _class(klasse: str | None) -> str:
    return CLASS_LABELS.get(klasse or "", "ohne Vergleich")


def _methods(diff: Difference) -> list[str]:
    lines = []
    for m in diff.methods[: 2 * NAMED]:
        before = f"{_text(m.old)} → " if m.old and m.new else ""
        after = _text(m.new) if m.new else f"{_text(m.old)} (entfallen)"
        lines.append(f"{m.part}, {_text(m.subject)}: {before}{after}")
    rest = len(diff.methods) - 2 * NAMED
    if rest > 0:
        lines.append(
            capitalised(amount(rest, "weitere Änderung", "weitere Änderungen", feminine=True))
        )
    return lines


def _texts(diff: Difference) -> list[str]:
    count = Counter(s.art for s in diff.sentences)
    labels = {
        sentences.NUR_ZAHLEN: "nur in Zahlen anders",
        sentences.WORTLAUT: "anders formuliert",
        sentences.NEU: "neu",
        sentences.ENTFALLEN: "entfallen",
    }
    lines = []
    for art, label in labels.items():
        if n := count[art]:
            verb = "ist" if n == 1 else "sind"
            lines.append(f"{capitalised(amount(n, 'Satz', 'Sätze'))} {verb} {label}.")
    reworded = [s for s in diff.sentences if s.art == sentences.WORTLAUT]
    for s in reworded[:NAMED]:
        lines.append(f"Kapitel `{s.chapter}`: „{_text(s.old)}“ → „{_text(s.new)}“")
    return lines


def _inputs(diff: Difference) -> list[str]:
    lines = []
    for art in dict.fromkeys(e.art for e in diff.inputs):
        files = [e for e in diff.inputs if e.art == art]
        named = [f"Lieferung {_text(e.delivery)}" if e.delivery else f"`{e.file}`" for e in files]
        rest = (
            f" und {number_word(len(named) - 2 * NAMED)} weitere" if len(named) > 2 * NAMED else ""
        )
        count = amount(len(files), "Eingabe", "Eingaben", feminine=True)
        lines.append(f"{capitalised(art)}: {count}: {', '.join(named[: 2 * NAMED])}{rest}.")
    return lines


def _value(text: str) -> str:
    return text or "ohne Wert"


def _text(text: object) -> str:
    """A text from data. Only markup is escaped: many will read the note as plain text."""
    plain = " ".join(str(text).split())
    return re.sub(r"([\\`*\[\]<>|~$&]|(?<!\w)_|_(?!\w))", r"\\\1", plain)
