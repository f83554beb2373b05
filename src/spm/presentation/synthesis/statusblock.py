"""Status and dynamics: the table of both, every area, sentences, limits."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import Block, boxed, from_data, heading, joined, paragraphs, table
from spm.presentation.synthesis.composing import MANY
from spm.presentation.synthesis.compositewords import DRAWS, NAMED, SHARE, missing, titles
from spm.presentation.synthesis.standing import DIGITS, Standing
from spm.presentation.wording.grammar import all_areas, number_kept, plural_dative, so_many
from spm.synthesis.status import DYNAMIK, FEWEST, MITTEL, NEGATIV, POSITIV, STABIL, STATUS
from spm.text.numbers import EN_DASH, format_number, join_words, number_word

TITLE = "Stand und Entwicklung"

MOST = 40
"""Areas with a row of their own; of more those that are not in the middle."""

LIMITS = (
    "Status und Dynamik vergleichen {areas} miteinander: Ein hoher Status heißt wenig Belastung "
    "im Vergleich, eine positive Dynamik eine günstigere Veränderung als anderswo, auch wenn es "
    "überall besser oder überall schlechter geworden ist. Neben einer Grenze entscheidet oft der "
    "Zufall über die Klasse. Die Klassen sagen nicht, woher Unterschiede kommen."
)


def status_block(made: Standing) -> Block:
    """The areas by status and dynamics, after the method of Berlin's monitoring."""
    title = heading(TITLE, 2, ".unnumbered")
    left_out = missing(made.choice, made.place)
    if not made.possible:
        return joined(title, paragraphs(_why_not(made), left_out))
    return joined(
        title,
        paragraphs(_lead(made), _ends(made), _disagreeing(made)),
        _cross(made),
        boxed("dicht", _areas(made)) if made.n > MANY else _areas(made),
        boxed("anmerkung", paragraphs(_made_of(made), left_out, _unmoved(made), _limits(made))),
    )


def _limits(made: Standing) -> str:
    return LIMITS.format(areas=from_data(made.place.plural))


def _why_not(made: Standing) -> str:
    if made.n < FEWEST:
        return (
            "Klassen für Stand und Entwicklung lassen sich erst aus mindestens "
            f"{number_word(FEWEST)} eingeordneten {plural_dative(made.place)} bilden; hier sind es "
            f"{number_word(made.n)}."
        )
    return f"Es gibt keine Kennzahl, die in allen {plural_dative(made.place)} veröffentlicht ist."


def _lead(made: Standing) -> str:
    k = len(made.choice.views)
    what = "einer Kennzahl" if k == 1 else f"{number_word(k)} Kennzahlen"
    among = f"im Vergleich der {all_areas(made.n, made.place)}"
    if not made.course:
        return (
            f"Der Status fasst den Stand von {what} {among} zusammen. Eine Veränderung seit "
            f"{made.earlier} lässt sich daraus nicht in allen "
            f"{plural_dative(made.place)} bilden."
        )
    return (
        f"Der Status fasst den Stand von {what} zusammen, die Dynamik ihre Veränderung von "
        f"{made.earlier} bis {made.year}, jeweils {among}."
    )


def _ends(made: Standing) -> str:
    """Who stands at the end of the scale, and who moved."""
    told = [
        f"{_who(made, [c == STATUS[-1] for c in made.classes])} den Status sehr niedrig"
        if STATUS[-1] in made.classes
        else ""
    ]
    told += [
        f"{_who(made, [c == way for c in made.course])} eine {way}e Dynamik"
        for way in (POSITIV, NEGATIV)
        if way in made.course
    ]
    found = [text for text in told if text]
    return f"{'; '.join(found)}." if found else ""


def _who(made: Standing, chosen: Sequence[bool]) -> str:
    names = [name for (_, name), take in zip(made.choice.areas, chosen, strict=True) if take]
    verb = "hat" if len(names) == 1 else "haben"
    if len(names) <= NAMED:
        return f"{join_words([number_kept(name) for name in names])} {verb}"
    return f"{so_many(len(names), made.place)} {verb}"


def _disagreeing(made: Standing) -> str:
    """Areas whose sum moved, but none of whose indicators did by the test."""
    differs = [a != b for a, b in zip(made.computed, made.course, strict=True)]
    if not any(differs):
        return ""
    names = [name for (_, name), d in zip(made.choice.areas, differs, strict=True) if d]
    who = (
        join_words([number_kept(name) for name in names])
        if len(names) <= NAMED
        else so_many(len(names), made.place, case="dat")
    )
    return (
        f"Bei {who} läge die Summe der Veränderungen außerhalb der Grenzen; weil sich dort keine "
        "einzelne Kennzahl nachweisbar in diese Richtung verändert hat, steht dort „stabil“."
    )


def _cross(made: Standing) -> Block:
    """The four by three table; only the status where no change can be told."""
    columns = DYNAMIK if made.course else (STABIL,)
    course = made.course or [STABIL] * made.n
    rows = []
    for level in STATUS:
        cells = [level]
        for way in columns:
            pairs = zip(made.choice.areas, made.classes, course, strict=True)
            cells.append(
                _cell([x[1] for x, a, b in pairs if (a, b) == (level, way)], made.place.plural)
            )
        rows.append(cells)
    ways = [f"Dynamik {way}" for way in columns] if made.course else [from_data(made.place.plural)]
    when = f", Veränderung seit {made.earlier}" if made.course else ""
    return table(
        "gesamtbild-status",
        ["Status", *ways],
        rows,
        f"{from_data(made.place.plural)} nach Status{' und Dynamik' if made.course else ''}, "
        f"{made.year}{when}",
        widths=[14, *[25] * len(columns)],
        numbers_from=9,
    )


def _cell(names: Sequence[str], plural: str) -> str:
    if not names:
        return EN_DASH
    if len(names) > NAMED:
        return f"{len(names)} {from_data(plural)}"
    return ", ".join(number_kept(name) for name in names)


def _areas(made: Standing) -> Block:
    """Every area with its indices and classes, or those that are not in the middle."""
    course = made.course or [STABIL] * made.n
    shown = list(range(made.n))
    if made.n > MOST:
        shown = [i for i in shown if (made.classes[i], course[i]) != (MITTEL, STABIL)]
    if not shown:
        return Block()
    head = [from_data(made.place.level), "Status-Index", "Status", f"in {SHARE} der {DRAWS}"]
    head += ["Dynamik-Index", "Dynamik"] if made.course else []
    rows = []
    for i in shown:
        first, last = made.spans[i]
        cells = [
            from_data(made.choice.areas[i][1]),
            format_number(float(made.index[i]), DIGITS, signed=True),
            made.classes[i],
            first if first == last else f"{first} bis {last}",
        ]
        if made.dynamics is not None:
            cells += [format_number(float(made.dynamics[i]), DIGITS, signed=True), course[i]]
        rows.append(cells)
    caption = f"Status{' und Dynamik' if made.course else ''} nach {from_data(made.place.level)}"
    if len(shown) < made.n:
        areas = from_data(made.place.plural)
        caption += f" (ohne {areas} mit mittlerem Status und stabiler Dynamik)"
    note = (
        "Lesehilfe: Index: Summe der standardisierten Werte, geteilt durch die Standardabweichung "
        "der Summen; hohe Werte bedeuten mehr Belastung. Status: hoch unter −1, mittel bis 1, "
        "niedrig bis 1,5, sehr niedrig darüber."
    )
    if made.course:
        note += " Dynamik: positiv unter −1, negativ über 1, sonst und ohne Nachweis stabil."
    widths = [22, 11, 13, 17, *([11, 11] if made.course else [])]
    return table("gesamtbild-status-raeume", head, rows, caption, widths=widths, note=note)


def _made_of(made: Standing) -> str:
    text = f"Kennzahlen des Status: {titles(made.choice.views)}."
    if made.course and made.moving.left_out:
        text += f" Kennzahlen der Dynamik: {titles(made.moving.views)}."
    return f"{text} Verfahren nach dem Monitoring Soziale Stadtentwicklung Berlin (2021)."


def _unmoved(made: Standing) -> str:
    """What the dynamics leave out, and how they go together with the test of the report."""
    texts = [missing(made.moving._replace(small=()), made.place)] if made.moving.left_out else []
    if made.course:
        texts.append(
            f"Als verändert gelten {from_data(made.place.plural)} nur, wenn sich dort mindestens "
            "eine dieser Kennzahlen auch gegenüber dem ersten vergleichbaren Jahr nachweisbar in "
            "dieselbe Richtung verändert hat und keine in die andere."
        )
    return " ".join(texts)
