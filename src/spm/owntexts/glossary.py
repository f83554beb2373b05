"""The glossary: terms of the report and their explanations, ours and the municipality's own."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from spm.config import yamltext
from spm.errors import SpmError, error_list, nearest
from spm.owntexts.texts import GLOSSARY, text_files

if TYPE_CHECKING:
    from spm.config.params import Params

LABEL = "Glossardatei"


def shared_files(params: Params) -> list[Path]:
    """The glossary that all municipalities of a project share; a project may do without."""
    path = params.project_file(f"params/{GLOSSARY}")
    return [path] if path.is_file() else []


def load_glossary(params: Params) -> dict[str, str]:
    """Explanation by term, in alphabetical order.

    A file ``glossar.yml`` among the municipality's own texts adds and replaces terms; an empty
    explanation in it removes one.

    Raises
    ------
    SpmError
        A file is not YAML or says something else than terms with their explanations, with its line;
        or an own file removes a term that there is not.
    """
    terms: dict[str, str] = {}
    for path in shared_files(params):
        terms = _read(path)
    for path in text_files(params):
        if path.name == GLOSSARY:
            own = _read(path, known=terms)
            terms = {term: text for term, text in (terms | own).items() if text}
    return dict(sorted(terms.items(), key=lambda entry: _letters(entry[0])))


def _read(path: Path, known: dict[str, str] | None = None) -> dict[str, str]:
    data, lines = yamltext.load(path, LABEL)
    wrong = []
    for term in [str(at[0]) for at in lines if len(at) == 1]:
        text = data.get(term)
        if isinstance(text, dict | list):
            problem = "Hier wird ein Text erwartet, keine eingerückten Einträge."
        elif text is None or (not text.strip() and known is None):
            problem = "Hier fehlt die Erklärung."
        elif not text.strip() and known is not None and term not in known:
            problem = f"Ein solcher Begriff ist nicht zu streichen.{nearest(term, known)}"
        else:
            continue
        wrong.append(f"Zeile {lines[term,]}, {term}: {problem}")
    if wrong:
        raise SpmError(
            error_list(f"Die {LABEL} hat", wrong),
            wo=str(path),
            tun='Bitte berichtigen. Aufbau: Begriff: "Erklärung".'
            + (' Ein leerer Text ("") lässt einen Begriff weg.' if known is not None else ""),
        )
    return {term: " ".join(text.split()) for term, text in data.items()}


def _letters(term: str) -> tuple[str, str]:
    """German alphabetical order, the same on every machine: ä as a, ß as ss (DIN 5007-1)."""
    plain = unicodedata.normalize("NFKD", term.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)), term
