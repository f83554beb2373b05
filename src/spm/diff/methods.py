"""What of the methods differs: program, rules, definitions; and which deliveries came anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from spm.diff.finished import Finished

PROGRAMM, REGEL, KENNZAHLENSET, BERICHT = "Programm", "Regel", "Kennzahlenset", "Bericht"
RULES = ("zusammenfassen", "geheimhaltung", "einrichtungen", "raeume", "zeitreihe", "lieferungen")
"""Sections of the params file that numbers depend on."""

REPORTED = ("titel", "berichtsjahr", "herausgeber", "lizenz")
DEFINED = {
    "titel": "Titel",
    "definition": "Definition",
    "art": "Art",
    "faktor": "Faktor",
    "einheit": "Einheit",
    "nachkommastellen": "Nachkommastellen",
    "richtung": "Richtung",
    "quelle": "Quelle",
    "rechtsgrundlage": "Rechtsgrundlage",
    "brueche": "Brüche",
}
NEU, GEAENDERT, ENTFALLEN, UNKLAR = "neu", "geändert", "entfallen", "nicht vergleichbar"


class Method(NamedTuple):
    """One difference: in which part, of what, what it was and what it is."""

    part: str
    subject: str
    old: str
    new: str


class Input(NamedTuple):
    """A delivery or a file that the report is made from and that is new, changed or gone, or (a
    delivery) cannot be compared.

    ``delivery`` is the title of the delivery, "" for a file.
    """

    file: str
    art: str
    delivery: str


def changed_methods(old: Finished, new: Finished) -> list[Method]:
    """Differences of program, rules and definitions, in this order."""
    return [*_program(old, new), *_params(old, new), *_catalogue(old, new)]


def _program(old: Finished, new: Finished) -> Iterator[Method]:
    for key, label in (("version", "SPM-Version"), ("commit", "SPM-Stand (Commit)")):
        a, b = (_text(_section(report.manifest, "spm").get(key)) for report in (old, new))
        if a != b:
            yield Method(PROGRAMM, label, a, b)
    a, b = (_text(report.manifest.get("renderer")) for report in (old, new))
    if a != b:
        yield Method(PROGRAMM, "Satzprogramm", a, b)
    before, after = (_section(report.manifest, "abhaengigkeiten") for report in (old, new))
    n = sum(before.get(name) != after.get(name) for name in {*before, *after})
    if n:
        total = len({*before, *after})
        which = "Programmbibliothek" if total == 1 else "Programmbibliotheken"
        yield Method(PROGRAMM, which, "", f"{n} von {total} in anderer Version")


def _params(old: Finished, new: Finished) -> Iterator[Method]:
    for name in REPORTED:
        a, b = (_text(_section(report.rules, "bericht").get(name)) for report in (old, new))
        if a != b:
            yield Method(BERICHT, f"bericht.{name}", a, b)
    rules = [_rules(report.rules) for report in (old, new)]
    for key in dict.fromkeys([*rules[1], *rules[0]]):
        a, b = rules[0].get(key, ""), rules[1].get(key, "")
        if a != b:
            yield Method(REGEL, key, a, b)


def _rules(params: Mapping[str, Any]) -> dict[str, str]:
    """Every rule by its place in the params file, "lieferungen.jobcenter.mindestfallzahl"."""
    found: dict[str, str] = {}
    for section in RULES:
        found |= _flat(section, params.get(section))
    return found


def _flat(key: str, value: Any) -> dict[str, str]:
    if isinstance(value, Mapping):
        return {k: v for name in value for k, v in _flat(f"{key}.{name}", value[name]).items()}
    return {key: _text(value)} if value not in (None, "", []) else {}


def _catalogue(old: Finished, new: Finished) -> Iterator[Method]:
    before, after = old.indicators, new.indicators
    if not before or not after:
        names = {n for r in (old, new) for n in r.manifest["eingaben"] if "kennzahlen" in n}
        catalogues = sorted(n for n in names if n.endswith((".yml", ".yaml")))
        for name in catalogues:
            if old.manifest["eingaben"].get(name) != new.manifest["eingaben"].get(name):
                yield Method(KENNZAHLENSET, name, "", "Datei geändert")
        return
    for key in dict.fromkeys([*after, *before]):
        a, b = before.get(key), after.get(key)
        if a is None or b is None:
            title = (a or b or {}).get("titel") or key
            now = ENTFALLEN if b is None else NEU
            yield Method(KENNZAHLENSET, title, "" if a is None else "vorhanden", now)
            continue
        for field, label in DEFINED.items():
            if field in a and field in b and a[field] != b[field]:
                yield Method(KENNZAHLENSET, f"{b.get('titel') or key}: {label}", a[field], b[field])


def changed_inputs(old: Finished, new: Finished) -> list[Input]:
    """Deliveries and files whose content differs, deliveries first."""
    before, after = old.manifest["eingaben"], new.manifest["eingaben"]
    return [
        *_changed_deliveries(old, new),
        *(Input(name, art, "") for name, art in _changed(before, after)),
    ]


def _changed_deliveries(old: Finished, new: Finished) -> Iterator[Input]:
    """By their keyed digests; under two keys, nobody can say."""
    before, after = (_section(report.manifest, "vertraulich") for report in (old, new))
    titles = _titles(old) | _titles(new)
    if before.get("schluessel") != after.get("schluessel") or not after:
        for name, title in titles.items():
            yield Input(f"lieferungen.{name}", UNKLAR, title)
        return
    for name, art in _changed(*(_section(part, "lieferungen") for part in (before, after))):
        yield Input(f"lieferungen.{name}", art, titles.get(name, ""))


def _changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield name, NEU if name not in before else ENTFALLEN if name not in after else GEAENDERT


def _titles(report: Finished) -> dict[str, str]:
    """Title by delivery."""
    deliveries = _section(report.rules, "lieferungen")
    return {key: str(_section(deliveries, key).get("titel") or key) for key in deliveries}


def _section(content: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = content.get(key)
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, Mapping):
        return ", ".join(f"{k}: {_text(v)}" for k, v in value.items() if v is not None)
    if isinstance(value, list):
        return "; ".join(_text(entry) for entry in value)
    return str(value)
