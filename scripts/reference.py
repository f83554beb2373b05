"""Write the pages under docs/reference/ that follow from the code and the catalogues.

Usage: python scripts/reference.py

``params.md`` from the JSON Schema of the params file, ``indicators.md`` and ``measures.md`` from
the catalogues, ``errors.md`` from the places where the code raises them. ``tests/test_docs.py``
compares the pages with what this writes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import errorcalls
import yaml

from spm.areas.whereabouts import LAENDER

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs/reference"
CATALOGUES = ("kennzahlen", "kennzahlen-wohnen", "kennzahlen-mobilitaet", "kennzahlen-angebote")
MADE = "Written by `python scripts/reference.py`; do not edit by hand."
GROUPS = ("alter", "geschlecht", "staatsangehoerigkeit", "auspraegung")


def pages() -> dict[str, str]:
    """Every page by the name of its file."""
    schema = json.loads((ROOT / "params/params.schema.json").read_text(encoding="utf-8"))
    catalogues = {
        f"params/{name}.yml": yaml.safe_load(
            (ROOT / f"params/{name}.yml").read_text(encoding="utf-8")
        )
        for name in CATALOGUES
    }
    return {
        "params.md": params(schema),
        "indicators.md": indicators(catalogues),
        "measures.md": measures(catalogues),
        "errors.md": errors(),
    }


def page(title: str, *parts: str) -> str:
    return "\n\n".join([f"# {title}", MADE, *parts]) + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(" ".join(c.replace("|", "\\|").split()) for c in cells) + " |"

    head = list(head)
    return "\n".join([line(head), "|" + "---|" * len(head), *map(line, rows)])


# ------------------------------------------------------------------------------ the params file


def params(schema: dict[str, Any]) -> str:
    parts = [
        "`params/pilotkommune.yml` shows every key in use. Values are read as text and typed then; "
        "relative paths begin at the project's folder.",
        "## The file",
        keys(schema, schema["else"]["required"]),
    ]
    alone = schema["else"]["properties"]["kommune"]["required"]  # not in a file for several
    for name, section in schema["$defs"].items():
        said = " ".join(section.get("description", "").split("\n\n")[0].split())
        parts += [f"## {name}", *([said] if said else [])]
        parts.append(keys(section, alone if name == "Kommune" else ()))
    return page("Keys of the params file", *parts)


def keys(section: dict[str, Any], more: Iterable[str] = ()) -> str:
    needed = [*section.get("required", []), *more]
    rows = []
    for key, field in section["properties"].items():
        default = "needed" if key in needed else given(field.get("default"))
        rows.append([f"`{key}`", kind(field), default, field.get("description", "")])
    return table(["key", "value", "default", "meaning"], rows)


def given(value: Any) -> str:
    """A default; sections name their own, nothing is nothing."""
    if value in (None, "", [], {}) or isinstance(value, dict):
        return ""
    return f"`{json.dumps(value, ensure_ascii=False)}`"


def kind(field: dict[str, Any]) -> str:
    """What may stand there, in words."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in field:
        options = (kind(option) for option in field["anyOf"])
        return " or ".join(dict.fromkeys(option for option in options if option))
    if "enum" in field or "const" in field:
        return ", ".join(f"`{value}`" for value in field.get("enum", [field.get("const")]))
    what = field.get("type")
    if what == "array":
        return f"list of {kind(field['items'])}" if "items" in field else "list"
    if what == "object":
        inner = field.get("additionalProperties")
        return f"name → {kind(inner)}" if isinstance(inner, dict) and inner else "section"
    if isinstance(what, list):
        return "text" if "string" in what else " or ".join(what)
    return {"string": "text", "null": "", None: "any"}.get(what, str(what))


# ------------------------------------------------------------------------------ the catalogues


def indicators(catalogues: dict[str, Any]) -> str:
    parts = ["How to add one: [a new indicator](../how-to/new-indicator.md)."]
    for name, catalogue in catalogues.items():
        parts.append(f"## {name}")
        chapters: dict[str, list[list[str]]] = {}
        for key, entry in catalogue["kennzahlen"].items():
            chapters.setdefault(entry["kapitel"], []).append(indicator(key, entry))
        for chapter, rows in chapters.items():
            head = ["indicator", "what it says", "computed", "source"]
            parts += [f"### {chapter}", table(head, rows)]
    return page("Indicators", *parts)


def indicator(key: str, entry: dict[str, Any]) -> list[str]:
    computed = selection(entry["zaehler"])
    if "abzueglich" in entry:
        computed = f"({computed} − {selection(entry['abzueglich'])})"
    if "nenner" in entry:
        computed += f" / {selection(entry['nenner'])}"
    if entry.get("faktor", 1) != 1:
        computed += f" × {entry['faktor']}"
    traits = [entry["art"], entry.get("einheit", ""), entry.get("richtung", "neutral")]
    source = ", ".join(filter(None, [entry.get("quelle"), entry.get("rechtsgrundlage")]))
    said = f"**{entry['titel']}.** {entry['definition']}"
    for land, own in entry.get("laender", {}).items():
        where = f"In {LAENDER[land][0]}: "
        source += f". {where}{own['rechtsgrundlage']}" if "rechtsgrundlage" in own else ""
        said += f" {where}{own['zusatz']}" if "zusatz" in own else ""
    return [f"`{key}`", said, f"{computed} ({', '.join(filter(None, traits))})", source]


def listed(value: Any) -> list[str]:
    return [str(v) for v in (value if isinstance(value, list) else [value])]


def selection(chosen: dict[str, Any]) -> str:
    """Which facts are counted: measures, and the groups they are cut down to."""
    groups = [", ".join(listed(chosen[group])) for group in GROUPS if group in chosen]
    if "jahr" in chosen:
        groups.append(f"jahr: {chosen['jahr']}")
    return " + ".join(f"`{m}`" for m in listed(chosen["merkmal"])) + (
        f" [{'; '.join(groups)}]" if groups else ""
    )


def measures(catalogues: dict[str, Any]) -> str:
    """What deliveries must count, for which indicators and in which groups."""
    groups: dict[str, dict[str, set[str]]] = {}
    users: dict[str, dict[str, None]] = {}
    for catalogue in catalogues.values():
        for user, chosen in selections(catalogue):
            for measure in listed(chosen["merkmal"]):
                users.setdefault(measure, {})[f"`{user}`"] = None
                split = groups.setdefault(measure, {})
                for group in GROUPS:
                    if group in chosen:
                        split.setdefault(group, set()).update(listed(chosen[group]))
    rows = []
    for measure in sorted(users):
        split = (f"{g}: {', '.join(sorted(v))}" for g, v in groups[measure].items())
        rows.append([f"`{measure}`", "; ".join(split), ", ".join(users[measure])])
    return page(
        "Measures",
        "A delivery says under `merkmal` what its numbers count. A measure is known by being used: "
        "these are the ones of the shipped catalogues, with the groups that indicators, or sums "
        "that readers know (`zusammenhaenge`), ask for.",
        table(["measure", "groups asked for", "used by"], rows),
    )


def selections(catalogue: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for user, entry in catalogue["kennzahlen"].items():
        for part in ("zaehler", "abzueglich", "nenner"):
            if part in entry:
                yield user, entry[part]
    for user, known in catalogue.get("zusammenhaenge", {}).items():
        for chosen in [known["summe"], *known["teile"], *known.get("abzueglich", [])]:
            yield user, chosen


# -------------------------------------------------------------------------------------- errors


def errors() -> str:
    parts = [
        "Every error says what is wrong, where, and what to do. Words in ⟨ ⟩ stand for what the "
        "error names; an error of a params file or a catalogue lists all that is wrong with it, "
        "line by line. What is wrong with a delivery stands in the Prüfprotokoll.",
    ]
    for module, found in errorcalls.by_module(ROOT / "src/spm").items():
        parts += [f"## {module}", table(["what is wrong", "what to do"], found)]
    return page("Errors", *parts)


def main() -> None:
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
