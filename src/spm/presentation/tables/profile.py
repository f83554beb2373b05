"""The table of an area's profile, and its Markdown as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import from_data, markdown
from spm.presentation.differences import printed_difference
from spm.presentation.figures.strips import Strip, as_markdown, strip_of
from spm.presentation.profile import AreaProfile, Entry
from spm.presentation.tables.details import DIFFERENCES
from spm.presentation.tables.offerlist import profile_section
from spm.presentation.wording import accuracy
from spm.presentation.wording.estimates import SIGN, explanation, with_sign
from spm.presentation.wording.grammar import NO_DIFFERENCE, explain_signs, plural, sign_of
from spm.presentation.wording.levels import ARROWS
from spm.presentation.wording.profile import SHOWN, people, points, together_with
from spm.published import ABSENDER_GESPERRT, GESPERRT
from spm.text.numbers import NBSP, format_interval, format_number

MOST_ROWS = 24
"""Rows of the table that fit on a page beside everything else, if the texts are short."""

NAMED = 4
"""Indicators named in one point of the text."""

ALIGN = [":---", "---:", "---:", "---:", ":---", "---:", ":---"]


HEAD_END = "```{=typst}\n]\n```"
"""Typst ends here what `head` begins: title and first sentence stand beside the map."""


def head(typst: str) -> str:
    """The profile in Typst, its title and first sentence as the argument of ``kopf``."""
    return f"#kopf[\n{typst}"


def profile_markdown(
    profile: AreaProfile, rows: int = MOST_ROWS, named: int = NAMED, shown: int = SHOWN
) -> str:
    """The profile below its title, in Markdown for both formats.

    Parameters
    ----------
    rows, named : see `AreaProfile.chosen` and `points`; fewer where a page has no room.
    shown : of the table's rows, those that every page has; of others the text names only needs
        and changes of judged indicators.
    """
    chosen = profile.chosen(rows)
    parts = [f"# {markdown(from_data(profile.name))} {{.unnumbered}}", markdown(people(profile))]
    listed = [f"- {markdown(text)}" for text in points(profile, named, shown)]
    if listed:
        parts += [HEAD_END, "## Auf einen Blick {.unnumbered}", "\n".join(listed)]
    else:
        parts.append(HEAD_END)
    if chosen:
        parts += ["## Kennzahlen im Vergleich {.unnumbered}", _table(profile, chosen)]
        parts += [
            _note(*texts) for texts in (legend(profile, chosen), reading(chosen)) if any(texts)
        ]
    parts.append(profile_section(profile))
    return "\n\n".join(part for part in parts if part) + "\n"


def _note(*texts: str) -> str:
    return f"::: {{.anmerkung}}\n{' '.join(filter(None, texts))}\n:::"


def _table(profile: AreaProfile, chosen: Sequence[Entry]) -> str:
    since = _since(chosen)
    head = [
        "Kennzahl",
        "Wert",
        f"Intervall{NBSP}(95{NBSP}%)",
        "Kommune gesamt",
        "Unterschied zur übrigen Kommune",
        f"Veränderung seit{NBSP}{since}" if since else "Veränderung",
        f"Lage unter den {plural(profile.place, 'dat')}",
    ]
    lines, chapter = [[markdown(cell) for cell in head], ALIGN], None
    for entry in chosen:
        k = entry.view.indicator
        if k.kapitel != chapter:
            chapter = k.kapitel
            lines.append([f"**{markdown(from_data(k.chapter.titel))}**", *[""] * 6])
        lines.append(
            [*map(markdown, _cells(entry, since)), as_markdown(strip_of(entry.view, entry.row))]
        )
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cells(entry: Entry, since: int) -> list[str]:
    view, row, k = entry.view, entry.row, entry.view.indicator
    years = f", {view.short_years(view.year)}" if view.window > 1 else ""
    name = f"{from_data(view.axis)}{years}{together_with(entry)}"
    total = view.number(view.total.shown) if view.total.ok else sign_of(view.total.status)
    if not row.ok:
        return [name, sign_of(row.status), "", total, "", ""]
    limits = ""
    if row.has_interval:
        signed = view.signed
        limits = format_interval(*row.limits, "", k.nachkommastellen, signed=signed)
    value = with_sign(row, view.number(row.shown))
    return [
        name,
        value,
        limits,
        total,
        DIFFERENCES.get(row.klasse or "", ""),
        _change(entry, since),
    ]


def _since(chosen: Sequence[Entry]) -> int:
    """The year since which most changes are told; 0 if none is."""
    years = sorted(a.change.von for a in chosen if a.change)
    return max(years, key=years.count) if years else 0


def _change(entry: Entry, since: int) -> str:
    change, view = entry.change, entry.view
    if change is None:
        return ""
    by = printed_difference(view, entry.row.raum, change)
    number = format_number(by, view.indicator.nachkommastellen, signed=True)
    if entry.row.geschaetzt or view.row(entry.row.raum, change.von).geschaetzt:
        number = f"{SIGN}{NBSP}{number}"
    arrow = f"{ARROWS[change.richtung]}{NBSP}" if entry.moved else ""
    other = f" ({change.von})" if change.von != since else ""
    return f"{arrow}{number}{other}"


LEGEND = 34
"""Width of a strip in the legend."""


def legend(profile: AreaProfile, chosen: Sequence[Entry]) -> tuple[str, str]:
    """What the strips and the signs mean."""
    rows, totals = [a.row for a in chosen], [a.view.total for a in chosen]
    strips = [strip_of(a.view, a.row) for a in chosen]
    own, whole = markdown(from_data(profile.name)), markdown(from_data(profile.place.name))
    drawn = []
    if any(s.point is not None for s in strips):
        dot = Strip(interval=(0.0, 1.0), point=0.5, differs=True)
        drawn.append(f"{as_markdown(dot, LEGEND)} {own} mit Intervall")
        alone = any(a.row.ok and a.row.klasse is None for a in chosen)
        other = " oder nicht verglichen" if alone else ""
        drawn.append(f"{as_markdown(Strip(point=0.5), 14)} {NO_DIFFERENCE}{other}")
    if any(s.municipality is not None for s in strips):
        drawn.append(f"{as_markdown(Strip(municipality=0.5), 14)} {whole}")
    if any(s.span for s in strips):
        areas = markdown(plural(profile.place, "gen"))
        drawn.append(f"{as_markdown(Strip(span=(0.0, 1.0)), LEGEND)} Spanne aller {areas}")
    hidden = sorted({row.status for row in (*rows, *totals) if not row.ok})
    signs = [explain_signs(hidden), explanation(rows)]
    if any(a.clear for a in chosen):
        signs.append("zwei Pfeile bedeuten einen deutlichen Unterschied")
    if any(a.moved for a in chosen):
        signs.append("ein Pfeil vor einer Veränderung heißt: sie ist nachweisbar")
    elif any(a.change for a in chosen):
        signs.append("keine der Veränderungen ist nachweisbar")
    told = "; ".join(filter(None, signs))
    return (
        f"{'; '.join(drawn)}." if drawn else "",
        f"Lesehilfe: {markdown(told)}." if told else "",
    )


def reading(chosen: Sequence[Entry]) -> tuple[str, ...]:
    """How to read intervals, differences and gaps, and where the numbers are from."""
    texts = []
    if any(a.row.has_interval for a in chosen):
        texts.append("Je breiter das Intervall, desto unsicherer ist der Wert.")
    if any(a.row.klasse for a in chosen):
        texts.append(
            "Als Unterschied oder Veränderung gilt nur, was über zufällige Schwankungen "
            "hinausgeht; „nicht nachweisbar“ heißt nicht „gleich“."
        )
    if any(a.row.status in (GESPERRT, ABSENDER_GESPERRT) for a in chosen):
        texts.append("Nicht gezeigt heißt nicht, dass es nur wenige Fälle gibt.")
    if inexact := accuracy.accuracy_explained(a.view for a in chosen):
        texts.append(inexact)
    parts = (part for a in chosen for part in a.view.indicator.quelle.split("; "))
    sources = list(dict.fromkeys(part.strip() for part in parts if part.strip()))
    if sources:
        texts.append(f"Quellen: {markdown(from_data('; '.join(sources)))}.")
    return tuple(texts)
