"""The columns with counts: what each of them counts, of whom, and in which year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spm.rawfiles.grid import SEPARATOR
from spm.setup.agebands import half_open
from spm.setup.column import Column
from spm.setup.headers import NUMBER
from spm.setup.measures import Context, Guess, foreign_topic, group_of, guess
from spm.setup.synonyms import Measure, synonyms
from spm.setup.words import Said, age_text, is_plain
from spm.text.times import SCHULJAHR, Time, parse_time


@dataclass
class Count:
    """A column with counts.

    Attributes
    ----------
    column : the raw column.
    cell : canonical column -> value that all of its cells have.
    measure : what it counts; None if a column of the table says so.
    time : the year or reference date of its heading.
    sure, why, detail : the evidence; of its year alone.
    problem : why it is not placed; "" if it is.
    unneeded : whether that is as it should be.
    """

    column: Column
    cell: dict[str, str] = field(default_factory=dict)
    measure: Measure | None = None
    time: Time | None = None
    sure: bool = True
    why: str = ""
    detail: str = ""
    problem: str = ""
    unneeded: bool = False


def counts(
    columns: Sequence[Column], around: Context, taken: set[str], measured: bool
) -> list[Count]:
    """Say of every column of numbers what it counts.

    Parameters
    ----------
    taken : canonical columns that other columns of the table give.
    measured : whether one of them gives the measure.
    """
    about = guess(Said(), around)
    found = [_count(column, around, about, taken, measured) for column in columns]
    _of_whom(found, around, taken)
    _half_open(found)
    _twice(found)
    _totals(found)
    return found


def _count(
    column: Column, around: Context, about: Guess | None, taken: set[str], measured: bool
) -> Count:
    count = Count(column, time=column.said.time)
    if column.said.times > 1:
        return _left(count, "nennt mehrere Jahre")
    if measured:
        return _groups(count, around, taken, None)
    group = group_of(_without_time(column), about.measure) if about else None
    if about and group and "auspraegung" not in taken:
        count.measure, count.sure = about.measure, about.sure
        count.why = about.why
        count.cell["auspraegung"] = group
        return _groups(count, around, taken, about.measure)
    found = guess(column.said, around)
    if found is None:
        topic = foreign_topic(column.said)
        count.unneeded = bool(topic)
        return _left(
            count,
            "kein Kennzahlenset zählt das" if topic else "nicht erkannt, was sie zählt",
        )
    count.measure, count.sure, count.why = found.measure, found.sure, found.why
    return _groups(count, around, taken, found.measure)


def _of_whom(found: Sequence[Count], around: Context, taken: set[str]) -> None:
    """ "dar. weiblich", "unter 3": of the one measure of persons that the other columns count."""
    known = {c.measure.name: c.measure for c in found if c.measure and not c.problem}
    if len(known) != 1 or not next(iter(known.values())).of_persons:
        return
    (measure,) = known.values()
    fillers = synonyms().fillers
    for count in found:
        told = count.column.said
        named = told.ages or told.sexes or told.nationalities
        if count.problem and named and all(word in fillers for word in told.words):
            count.problem, count.unneeded = "", False
            count.measure, count.sure = measure, False
            count.why = "wie die Spalten daneben"
            _groups(count, around, taken, measure)


def _half_open(found: Sequence[Count]) -> None:
    """0-3 beside 3-6 means 0 to under 3."""
    told = {a for c in found if not c.problem for a in c.column.said.ages}
    meant = half_open(told)
    for count in found:
        for age in count.column.said.ages[:1]:
            if age in meant and count.cell.get("alter") == age_text(age):
                count.cell["alter"] = age_text(meant[age])
                count.sure = False
                count.why += f", {age_text(age)} heißt bis unter {age[1]}"


def _without_time(column: Column) -> str:
    parts = column.header.split(SEPARATOR)
    return " ".join(part for part in parts if parse_time(part.strip()) is None)


def _groups(count: Count, around: Context, taken: set[str], measure: Measure | None) -> Count:
    """Age, sex and nationality, of the heading or else of the title."""
    told = count.column.said
    layers = [told, around.title, around.sheet, around.file]
    if len(told.ages) > 1:
        return _left(count, "nennt mehrere Altersgruppen")
    persons = measure is None or measure.of_persons
    if not persons and (told.ages or told.sexes or told.nationalities):
        return _left(count, "nennt Alter, Geschlecht oder Staatsangehörigkeit")
    if persons and not {"alter", "alter_von"} & taken:
        ages = next((one.ages for one in layers if one.ages), [])
        if len(ages) == 1:
            first, last = ages[0]
            if measure is not None and first < measure.from_age and last is not None:
                ages = [(measure.from_age, last)]
                count.sure = False
                count.why += f", niemand unter {measure.from_age} wird gezählt"
            count.cell["alter"] = age_text(ages[0])
            if not told.ages:
                count.why += f", Alter {age_text(ages[0])} aus dem Titel oder Namen"
                count.sure = count.sure and ages == around.title.ages
        elif measure is not None and measure.all_ages and (word := _of_some_age(told, around)):
            if not word.startswith("minderjaehrig"):
                return _left(count, f"«{word}» ohne Altersangabe")
            count.cell["alter"], count.sure = "0-17", False
        elif measure is not None and measure.age:
            count.cell["alter"] = measure.age
            count.sure, count.why = False, f"{count.why}, Alter {measure.age} nach dem Gesetz"
    for key, attribute in (("geschlecht", "sexes"), ("staatsangehoerigkeit", "nationalities")):
        values = list(dict.fromkeys(getattr(told, attribute)))
        if len(values) == 1 and key not in taken:
            count.cell[key] = values[0]
        elif len(values) == 1:
            return _left(count, f"{key} steht in einer Spalte und in der Überschrift")
        elif not values and key not in taken and persons:
            of_title = {v for one in layers[1:] for v in getattr(one, attribute)}
            if len(of_title) == 1:
                count.cell[key], count.sure = of_title.pop(), False
                count.why += f", {key} aus dem Titel oder Namen"
    return count


OF_SOME_AGE = ("kind", "jugendlich", "minderjaehrig", "erwachsen", "child", "youth", "senior")


def _of_some_age(told: Said, around: Context) -> str:
    """A word for people of some ages alone, in the heading or, if that has none, around it."""
    known = synonyms()
    own = [word for word in told.words if word not in known.fillers]
    for words in [own] if own else [w for w, _ in around.layers]:
        for word in words:
            if word.startswith(OF_SOME_AGE):
                return word
    return ""


def _left(count: Count, why: str) -> Count:
    count.problem, count.measure, count.cell = why, None, {}
    return count


def _same(count: Count) -> tuple[object, ...]:
    name = count.measure.name if count.measure else ""
    return name, count.time, tuple(sorted(count.cell.items()))


def _twice(found: Sequence[Count]) -> None:
    """Two columns that seem to count the same: nobody knows which is meant."""
    seen: dict[tuple[object, ...], list[Count]] = {}
    for count in found:
        if not count.problem:
            seen.setdefault(_same(count), []).append(count)
    for alike in seen.values():
        if len(alike) > 1:
            names = ", ".join(f"«{one.column.header}»" for one in alike[:3])
            for one in alike:
                _left(one, f"mehrere Spalten scheinen dasselbe zu zählen: {names}")


def _totals(found: Sequence[Count]) -> None:
    """A total beside the groups that make it up is not needed; one that is no sum stays open."""
    for count in found:
        if count.problem or count.measure is None or "auspraegung" in count.cell:
            continue
        parts = [
            other
            for other in found
            if other.measure is count.measure
            and other.time == count.time
            and "auspraegung" in other.cell
        ]
        if not parts:
            continue
        sums = [sum(values) for values in zip(*(_numbers(p.column) for p in parts), strict=True)]
        if sums == _numbers(count.column):
            _left(count, "Summe der Spalten daneben")
            count.unneeded = True
        else:
            _left(count, "neben Gruppen desselben Merkmals, aber nicht ihre Summe")


def _numbers(column: Column) -> list[float]:
    return [number(text) or 0.0 for text in column.texts]


def number(text: str) -> float | None:
    """A text as a number, by the signs that it most probably has; None if it is none."""
    if not NUMBER.fullmatch(text):
        return None
    plain = text.replace(" ", "").replace("'", "").replace("−", "-").replace("–", "-")
    last = max(plain.rfind(","), plain.rfind("."))
    if last < 0:
        return float(plain)
    whole, rest = plain[:last].replace(",", "").replace(".", ""), plain[last + 1 :]
    both = "," in plain and "." in plain
    thousands = len(rest) == 3 and not both and whole.lstrip("+-") not in ("0", "")
    return float(whole + rest) if thousands else float(f"{whole or 0}.{rest}")


def years_of(times: Sequence[Time], known: set[int]) -> tuple[str, set[int]]:
    """How school years count: in the year in which they begin or end, whichever fits the others.

    Returns
    -------
    tuple
        "beginn" or "ende" ("" if none is a school year), and the years.
    """
    if not any(time.art == SCHULJAHR for time in times):
        return "", {time.jahr for time in times}
    begins = {time.jahr for time in times}
    ends = {time.jahr + 1 for time in times}
    return ("ende", ends) if len(ends & known) > len(begins & known) else ("beginn", begins)


def certain(time: Time) -> bool:
    """Whether nobody has to decide which year is meant."""
    return is_plain(time)
