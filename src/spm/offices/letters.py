"""Letters to the offices whose data are still to come, from a text that the analyst can edit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from spm.errors import SpmError, nearest, not_utf8
from spm.foreign import door
from spm.offices.explanation import agreed
from spm.offices.names import offices
from spm.offices.outstanding import PARTLY, THERE, Delivery
from spm.offices.templates import FOLDER as TEMPLATES
from spm.owntexts.texts import LETTER, text_files
from spm.release.replacing import replace_text
from spm.system import files

if TYPE_CHECKING:
    from spm.config.params import Params

FOLDER = "anschreiben"
"""In ``data/processed/<slug>/``."""

PLACEHOLDERS = {
    "stelle": "wer liefert",
    "kommune": "Name der Kommune",
    "jahr": "Jahr, dessen Daten fehlen",
    "titel": "Titel des Berichts",
    "lieferungen": "Liste dessen, was noch fehlt, mit Stichtag",
    "vorlage": "Satz zur beiliegenden Excel-Vorlage; leer, wenn es keine gibt",
    "vereinbarung": "was mit der Stelle zur Geheimhaltung vereinbart ist",
    "kontakt": "bericht.kontakt der Params-Datei",
    "herausgeber": "bericht.herausgeber der Params-Datei",
}
"""What the text may ask for in curly brackets."""


def write_letters(params: Params, year: int, states: Sequence[Delivery]) -> dict[str, Path]:
    """Write one letter for every office of which something is still to come.

    Returns
    -------
    dict
        By office the file; letters of an earlier call are replaced, or removed if all is there.

    Raises
    ------
    SpmError
        The own text asks for something unknown, or is not UTF-8.
    """
    text, where = _text(params)
    _check(text, where)
    lacking = {one.key: one for one in states if one.state != THERE}
    folder = params.processed / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    done = {}
    for office, (name, keys) in offices(params).items():
        path = folder / f"{name}.txt"
        wanted = [lacking[key] for key in keys if key in lacking]
        if not wanted:
            files.remove(path)
            continue
        # With its mark, or old editors of Windows take it for another encoding
        replace_text(path, "\ufeff" + _filled(text, _words(params, year, office, name, wanted)))
        done[office] = path
    return done


def _text(params: Params) -> tuple[str, str]:
    own = [path for path in text_files(params) if path.name == LETTER]
    path = own[0] if own else Path(__file__).with_name(LETTER)
    try:
        return door.text(path), str(path)
    except UnicodeDecodeError as error:
        raise not_utf8("Das Anschreiben", path, error) from None


def _check(text: str, where: str) -> None:
    for name in re.findall(r"\{([^{}\n]*)\}", text):
        if name not in PLACEHOLDERS:
            raise SpmError(
                f"Den Platzhalter «{{{name}}}» gibt es nicht.{nearest(name, PLACEHOLDERS)}",
                wo=where,
                tun="Bitte berichtigen. Platzhalter: "
                + ", ".join(f"{{{known}}} ({what})" for known, what in PLACEHOLDERS.items())
                + ".",
            )


def _filled(text: str, words: Mapping[str, str]) -> str:
    """The text with its placeholders filled; one that stands alone in its paragraph and has nothing
    to say takes the paragraph away."""
    paragraphs = []
    for paragraph in re.split(r"\n{2,}", text.strip()):
        filled = re.sub(r"\{(\w+)\}", lambda found: words[found[1]], paragraph)
        if filled.strip():
            paragraphs.append(filled)
    return "\n\n".join(paragraphs) + "\n"


def _words(
    params: Params, year: int, office: str, name: str, wanted: Sequence[Delivery]
) -> dict[str, str]:
    template = params.processed / TEMPLATES / f"{name}-{year}.xlsx"
    sentence = (
        f"Am einfachsten ist es, die beiliegende Excel-Vorlage ({template.name}) auszufüllen: "
        "Räume, Jahr und Gruppen stehen schon darin. Eine Auswertung wie im letzten Jahr ist uns "
        "ebenso recht."
        if template.exists()
        else ""
    )
    return {
        "stelle": office,
        "kommune": params.kommune.name,
        "jahr": str(year),
        "titel": params.bericht.titel,
        "lieferungen": "\n".join(_item(params, year, one) for one in wanted),
        "vorlage": sentence,
        "vereinbarung": _agreement(params, wanted),
        "kontakt": params.bericht.kontakt or params.bericht.herausgeber,
        "herausgeber": params.bericht.herausgeber,
    }


def _item(params: Params, year: int, one: Delivery) -> str:
    own = params.lieferungen[one.key]
    day = f"{own.stichtag}{'' if own.stichtag.endswith('.') else ' '}{year}" if own.stichtag else ""
    told = f" ({_kind(day)}{day})" if day else ""
    text = f"- {own.titel}{told}"
    if one.tables:
        text += f"; zuletzt als {_files(one.tables)}"
    return text + (" (der Rest liegt vor)" if one.state == PARTLY else "")


def _files(tables: Sequence[tuple[str, str]]) -> str:
    sheets: dict[str, list[str]] = {}
    for file, sheet in tables:
        sheets.setdefault(file, []).extend([f"«{sheet}»"] if sheet else [])
    return ", ".join(
        f"{file} (Bl{'ätter' if len(own) > 1 else 'att'} {', '.join(own)})" if own else file
        for file, own in sheets.items()
    )


def _kind(day: str) -> str:
    return "Stichtag " if day[:1].isdigit() else ""


def _agreement(params: Params, wanted: Sequence[Delivery]) -> str:
    """What is agreed, once for all deliveries of which it is the same."""
    told: dict[str, list[str]] = {}
    for one in wanted:
        own = params.lieferungen[one.key]
        told.setdefault(agreed(own), []).append(own.titel)
    lines = ["Wie mit Ihnen vereinbart:"]
    for text, titles in told.items():
        lead = f"{', '.join(titles)}: " if len(told) > 1 else ""
        lines.append(f"- {lead}{text}")
    return "\n".join(lines)
