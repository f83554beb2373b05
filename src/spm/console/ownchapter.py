"""``spm kapitel``: a chapter of one's own, ready to be filled."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from spm.errors import SpmError

if TYPE_CHECKING:
    from spm.config.params import Params

KEY = r"[a-z][a-z0-9_-]*"

CATALOGUE = """\
# Kennzahlen des Zusatzkapitels «{title}»
#
# SPM liest diese Datei nur, wenn die Params-Datei das Kapitel nennt (zusatzkapitel: [{key}]).
# Die Schlüssel eines Eintrags erklärt params/kennzahlen.yml. Dieser hier ist ein Muster: bitte was
# hinter den Doppelpunkten steht ersetzen und die Kennung umbenennen (dann auch im Notebook).

kapitel:
  {key}: {{titel: {quoted}}}

kennzahlen:

  {name}_anteil:
    kapitel: {key}
    titel: "Kinder und Jugendliche unter 18 Jahren mit …"     # Überschrift
    kurztitel: "Anteil mit …"                                 # Spaltenkopf, höchstens 40 Zeichen
    satz: "der Anteil der unter 18-Jährigen mit …"            # «… liegt in Sozialraum 1 bei 12 %»
    definition: "Personen unter 18 Jahren mit … je 100 Personen unter 18 Jahren der Bevölkerung."
    art: anteil
    zaehler: {{merkmal: {name}, alter: 0-17}}   # merkmal: Name in der Zuordnung der Lieferung
    nenner: {{merkmal: bevoelkerung, alter: 0-17}}
    faktor: 100
    einheit: "%"
    nachkommastellen: 1
    richtung: neutral                          # belastend, entlastend oder neutral
    quelle: "…"
    rechtsgrundlage: "…"
    lebensphase: alle Lebensphasen
    bereich: Angebote
"""

CELLS = (
    (
        "daten",
        "from spm import Report\n\nbericht = Report(params)\nkapitel = {call}",
    ),
    ("befunde", "kapitel.befunde()"),
    ("waermetabelle", "kapitel.waermetabelle()"),
    ("text", "kapitel.text()"),
    ("kennzahlen", 'kapitel.kennzahlen(\n    "{name}_anteil",\n)'),
    ("tabelle-abschnitt", 'kapitel.abschnitt("Alle Kennzahlen des Kapitels")'),
    ("tabelle", "kapitel.tabelle()"),
    ("prueffragen", "kapitel.prueffragen()"),
)
"""Name and source of the cells that every chapter has."""

WORDS = "Worum es in diesem Kapitel geht und was die Zahlen sagen können: bitte ersetzen."


def begin_chapter(
    key: Annotated[
        str, typer.Argument(metavar="NAME", help="Kürzel des Kapitels, zum Beispiel kultur.")
    ],
    title: Annotated[str, typer.Argument(metavar="TITEL", help="Wie das Kapitel heißt.")],
    params: Annotated[
        Path | None,
        typer.Option("--params", help="Die Params-Datei; nötig, wenn es im Projekt mehrere gibt."),
    ] = None,
) -> None:
    """Ein eigenes Kapitel anlegen: Notebook, Kennzahlendatei und die Zeile in der Params-Datei.

    Es überschreibt nichts; Kommentare der Params-Datei bleiben, wie sie sind.
    """
    from spm.console.paths import typed

    for path, what in new_chapter(key, title, params or _only_params_file(Path.cwd())):
        print(f"{what}: {typed(path)}")
    print(
        f"Als Nächstes: die Kennzahlen in params/kennzahlen-{key}.yml anpassen, ihre Lieferung in "
        "der Params-Datei eintragen, dann «spm prepare» und das Notebook in Jupyter öffnen."
    )


def _only_params_file(here: Path) -> Path:
    from spm.console.greeting import params_files, project_of

    root = project_of(here)
    found = [path for path, _ in params_files(root)] if root else []
    if len(found) == 1:
        return found[0]
    names = ", ".join(f"params/{path.name}" for path in found)
    raise SpmError(
        f"Es gibt mehrere Params-Dateien: {names}." if found else "Es gibt keine Params-Datei.",
        wo=str(root or here),
        tun="Bitte mit --params sagen, welche Kommune das Kapitel bekommt.",
    )


def new_chapter(key: str, title: str, params_file: Path) -> list[tuple[Path, str]]:
    """Write notebook and catalogue of a chapter and name it in a params file.

    Parameters
    ----------
    key, title : of the chapter.

    Returns
    -------
    list
        Every file, and what was done to it.

    Raises
    ------
    SpmError
        A key that cannot be one, or of a chapter that is there; an empty title; a params file that
        cannot be changed by itself. Nothing is left behind then.
    """
    from spm.config.catalogue import load_catalogue
    from spm.config.params import load_params
    from spm.release.replacing import replacing

    params, title = load_params(params_file), " ".join(title.split())
    catalogue = params.root / f"params/kennzahlen-{key}.yml"
    _check(key, title, params, catalogue)
    named = params.file
    before = named.read_bytes()
    after = with_chapter(before.decode("utf-8"), key, named).encode()
    number = max((int(p.name[:2]) for p in _numbered(params.root)), default=0) + 1
    notebook = params.root / f"notebooks/{number:02}-{key}.ipynb"
    made: list[Path] = []
    try:
        for path, text in (
            (notebook, _notebook(key, title, params)),
            (catalogue, _catalogue(key, title)),
        ):
            with path.open("x", encoding="utf-8", newline="\n") as file:  # never over another one
                made.append(path)
                file.write(text)
        with replacing(named) as half:
            half.write_bytes(after)
        load_catalogue(load_params(params.path))
    except BaseException:
        for path in made:
            with suppress(OSError):
                path.unlink()
        named.write_bytes(before)
        raise
    return [(notebook, "Notebook"), (catalogue, "Kennzahlen"), (named, "Ergänzt")]


def _numbered(root: Path) -> list[Path]:
    return list((root / "notebooks").glob("[0-9][0-9]-*.ipynb"))


def _check(key: str, title: str, params: Params, catalogue: Path) -> None:
    from spm.config.catalogue import load_catalogue
    from spm.config.chaptertitles import key_of

    tun = f"Bitte ein anderes Kürzel nennen: spm kapitel NAME «{title}»."
    if not re.fullmatch(KEY, key):
        was = f"«{key}» ist kein Kürzel eines Kapitels: Kleinbuchstaben, Ziffern, «_» und «-»."
        raise SpmError(was, wo="NAME", tun=tun)
    if not title:
        raise SpmError("Der Titel ist leer.", wo="TITEL", tun="Bitte einen Titel nennen.")
    there = [p for p in (params.root / "notebooks").glob("*.ipynb") if key_of(p) == key]
    there += [catalogue] if catalogue.exists() else []
    used = key in params.zusatzkapitel or any(
        entry.kapitel == key for entry in load_catalogue(params).values()
    )
    if there or used:
        where = str(there[0]) if there else f"{params.path}, Kapitel {key}"
        raise SpmError(f"Ein Kapitel «{key}» gibt es schon.", wo=where, tun=tun)


def _notebook(key: str, title: str, params: Params) -> str:
    """A notebook with the cells of every chapter."""
    from spm.text.escape import escape_markdown

    name = key.replace("-", "_")
    given = f'params = "{params.address}"'
    cells = [
        _cell("titel", f"# {escape_markdown(title)} {{#sec-{key}}}", code=False),
        _cell("parameter", given, ["parameters", "remove-cell"]),
    ]
    for cell, source in CELLS:
        text = source.replace("{call}", f'bericht.kapitel("{key}")').replace("{name}", name)
        cells.append(_cell(cell, text, ["remove-cell"] if cell == "daten" else []))
        if cell == "daten":
            cells.append(_cell("einfuehrung", WORDS, code=False))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _cell(name: str, source: str, tags: Sequence[str] = (), code: bool = True) -> dict[str, Any]:
    about: dict[str, Any] = {"tags": list(tags)} if tags else {}
    cell = {"id": name, "metadata": about, "source": source.splitlines(keepends=True)}
    if not code:
        return cell | {"cell_type": "markdown"}
    return cell | {"cell_type": "code", "execution_count": None, "outputs": []}


def _catalogue(key: str, title: str) -> str:
    quoted = json.dumps(title, ensure_ascii=False)  # a YAML string in double quotes, too
    return CATALOGUE.format(key=key, name=key.replace("-", "_"), title=title, quoted=quoted)


def with_chapter(text: str, key: str, path: Path) -> str:
    """The text of a params file with one chapter more; all else, comments too, stays as it is.

    Raises
    ------
    SpmError
        The list is written in a way that only its author should change.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    for pattern, put in (
        (r"(?m)^(zusatzkapitel:[ \t]*\[)([^\]\n]*?)([ \t]*\])", rf"\1\2, {key}\3"),
        (r"(?m)^(zusatzkapitel:(?:[^\n\[]*\n)(?:[ \t]*#[^\n]*\n)*(?:([ \t]*- )[^\n]*\n)+)",
         rf"\1\g<2>{key}{end}"),
        (r"(?m)^(zusatzkapitel:)(?:[ \t]*(?:~|null))?(?=[ \t]*(?:#[^\n]*)?\r?$)", rf"\1 [{key}]"),
    ):  # fmt: skip
        changed, times = re.subn(pattern, put, text, count=1)
        if times:
            changed = changed.replace("[, ", "[", 1) if f"[, {key}" in changed else changed
            break
    else:
        gap = "" if text.endswith("\n") else end
        changed = f"{text}{gap}{end}zusatzkapitel: [{key}]{end}"
    if not _only_added(text, changed, key):
        raise SpmError(
            "Die Liste zusatzkapitel lässt sich nicht von selbst ergänzen.",
            wo=f"{path}, zusatzkapitel",
            tun=f"Bitte «{key}» dort eintragen, dann den Aufruf wiederholen.",
        )
    return changed


def _only_added(before: str, after: str, key: str) -> bool:
    """Whether a params file says the same, but for one chapter more."""
    import yaml

    try:
        old, new = (yaml.load(text, yaml.BaseLoader) for text in (before, after))
    except yaml.YAMLError:
        return False
    listed = old.pop("zusatzkapitel", None)
    listed = listed if isinstance(listed, list) else []  # "" or "null": nothing was there
    return bool(new.pop("zusatzkapitel", None) == [*listed, key] and new == old)
