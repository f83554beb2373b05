"""One area in sentences: strengths before burdens, and no difference without a test."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import from_data
from spm.presentation.profile import ANDERS, BEDARF, GLEICH, STAERKE, AreaProfile, Entry, in_turns
from spm.presentation.wording.areas import in_areas
from spm.presentation.wording.estimates import with_sign
from spm.presentation.wording.grammar import capitalised, no_difference, noun_phrase, number_kept
from spm.presentation.wording.pooling import in_period
from spm.published import ABSENDER_GESPERRT, GESPERRT, GESTIEGEN
from spm.text.numbers import format_number, join_words, number_word


def people(profil: AreaProfile) -> str:
    """Who lives there, from the indicators that begin a profile; empty if there is none."""
    clauses = []
    for angabe in profil.angaben:
        sicht, row, k = angabe.sicht, angabe.zeile, angabe.sicht.kennzahl
        if not k.profilanfang or not row.ok or angabe.mit:
            continue
        subject = noun_phrase(k.satz)
        if k.art == "anzahl":
            clauses.append((f"betrug {subject}", with_sign(row, sicht.zahl(row.gezeigt))))
        else:
            clauses.append((f"lag {subject} bei", f"{_value(angabe)}{_counts(angabe)}"))
    if not clauses:
        return ""
    first = profil.angaben[0].sicht
    where, when = in_areas([profil.zeile], first), in_period(first)
    (verb, value), *others = clauses
    text = f"{capitalised(where)} {verb.replace(' ', f' {when} ', 1)} {value}"
    return "; ".join([text, *(f"dort {verb} {value}" for verb, value in others)]) + "."


def _counts(angabe: Entry) -> str:
    sicht, row = angabe.sicht, angabe.zeile
    parts = []
    if sicht.kennzahl.art == "anteil" and row.zaehler is not None and row.nenner is not None:
        parts.append(f"{format_number(row.zaehler)} von {format_number(row.nenner)}")
    if sicht.zeigt_kommune_als_vergleich:
        parts.append(f"{from_data(sicht.ort.name)}: {sicht.kurz(sicht.gesamt.gezeigt)}")
    return f" ({'; '.join(parts)})" if parts else ""


def points(profil: AreaProfile, named: int) -> list[str]:
    """What distinguishes the area, in up to six points, strengths first.

    Parameters
    ----------
    named : so many indicators are named in each point at most; the others are counted.
    """
    found = {art: [a for a in profil.angaben if a.art == art] for art in _ORDER}
    rest = "in der übrigen Kommune"
    return [
        text
        for text in (
            _point("Stärken", f"günstiger als {rest}", found[STAERKE], named),
            _same(found[GLEICH], named),
            _point("Bedarf", f"ungünstiger als {rest}", found[BEDARF], named),
            _different(found[ANDERS], named),
            _changes([a for a in profil.angaben if a.bewegt], named),
            _hidden(profil),
        )
        if text
    ]


_ORDER = (STAERKE, GLEICH, BEDARF, ANDERS)


def _point(title: str, how: str, angaben: Sequence[Entry], named: int) -> str:
    if not angaben:
        return ""
    items = _items(angaben, named)
    return f"**{title}:** Nachweisbar {how} ist der Wert bei {_bei(angaben, named)}: {items}."


def _different(angaben: Sequence[Entry], named: int) -> str:
    """Indicators that describe without judging."""
    parts = []
    for up, word in ((True, "höher"), (False, "niedriger")):
        some = [a for a in angaben if a.hoeher == up]
        if some:
            parts.append(f"{word} bei {_bei(some, named)}: {_items(some, named)}")
    if not parts:
        return ""
    return (
        "**Weitere Unterschiede, ohne Wertung:** Verglichen mit der übrigen Kommune ist der Wert "
        f"nachweisbar {'; '.join(parts)}."
    )


def _same(angaben: Sequence[Entry], named: int) -> str:
    judged = [a for a in angaben if a.bewertet]
    if not judged:
        return ""
    among = join_words([_name(a) for a in examples(judged, named)])
    text = f"**Wie in der übrigen Kommune:** {no_difference(after=f'bei {_bei(judged)}')} "
    return f"{text}mit Wertung, darunter {among}." if len(judged) > named else f"{text}({among})."


def _changes(angaben: Sequence[Entry], named: int) -> str:
    parts = []
    for up, word in ((True, "gestiegen"), (False, "gesunken")):
        some = [a for a in angaben if a.aenderung and (a.aenderung.richtung == GESTIEGEN) == up]
        if some:
            items = "; ".join(_course(a) for a in examples(some, named))
            parts.append(f"{word} bei {_bei(some, named)}: {items}")
    return f"**Veränderungen:** Nachweisbar {'; '.join(parts)}." if parts else ""


def _course(angabe: Entry) -> str:
    """``"Nichtdeutsche (2018: 10,2 %, 2023: 12,9 %)"``."""
    sicht, change = angabe.sicht, angabe.aenderung
    assert change is not None  # else nothing is told of it
    then = sicht.zeile(angabe.zeile.raum, change.von)
    shown = [
        f"{sicht.kurze_jahre(year)}: {with_sign(row, sicht.text(row.gezeigt))}"
        for year, row in ((change.von, then), (change.bis, angabe.zeile))
        if row.ok
    ]
    return f"{_name(angabe)} ({', '.join(shown)})"


def _hidden(profil: AreaProfile) -> str:
    hidden = [a for a in profil.angaben if a.zeile.status in (GESPERRT, ABSENDER_GESPERRT)]
    if not hidden:
        return ""
    if not any(a.zeile.ok for a in profil.angaben):
        return "**Nicht gezeigt:** Alle Werte sind aus Gründen der Geheimhaltung nicht gezeigt."
    verb = "wird der Wert" if len(hidden) == 1 else "werden die Werte"
    return (
        f"**Nicht gezeigt:** Bei {_bei(hidden)} {verb} aus Gründen der Geheimhaltung nicht gezeigt."
    )


def _bei(angaben: Sequence[Entry], named: int | None = None) -> str:
    """How many, after "bei": ``"einer Kennzahl"``, ``"sieben Kennzahlen, darunter"``."""
    n = len(angaben)
    among = ", darunter" if named is not None and n > named else ""
    return so_many_indicators(n) + among


def so_many_indicators(n: int) -> str:
    """After "bei": ``"einer Kennzahl"``, ``"sieben Kennzahlen"``."""
    return "einer Kennzahl" if n == 1 else f"{number_word(n)} Kennzahlen"


def examples(angaben: Sequence[Entry], named: int) -> list[Entry]:
    """Those to name: chapters in turns, of each the clear differences first."""
    return in_turns(sorted(angaben, key=lambda a: not a.deutlich))[:named]


def _items(angaben: Sequence[Entry], named: int) -> str:
    return "; ".join(f"{_name(a)} ({_compared(a)})" for a in examples(angaben, named))


def _name(angabe: Entry) -> str:
    k = angabe.sicht.kennzahl
    return capitalised(from_data(k.kurztitel)) + together_with(angabe, " ")


def together_with(angabe: Entry, before: str = ", ") -> str:
    """``", gemeinsam mit Sozialraum 5"``; empty for an area that is shown by itself."""
    if not angabe.mit:
        return ""
    return f"{before}gemeinsam mit {join_words([number_kept(name) for name in angabe.mit])}"


def _value(angabe: Entry) -> str:
    return with_sign(angabe.zeile, angabe.sicht.text(angabe.zeile.gezeigt))


def _compared(angabe: Entry) -> str:
    sicht = angabe.sicht
    if not sicht.zeigt_kommune_als_vergleich:
        return _value(angabe)
    return f"{_value(angabe)}, {from_data(sicht.ort.name)} {sicht.kurz(sicht.gesamt.gezeigt)}"
