"""Read YAML with every scalar as text, and remember the line of every key.

YAML would turn ``ags: 05513000`` into an octal number and ``nein`` into a truth value; the schema
types the text instead. A key without a value counts as not given.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from spm.config.besides import alike
from spm.config.unspaced import line_before, unspaced
from spm.errors import SpmError, error_list, nearest, not_utf8
from spm.foreign import door, yamlnodes
from spm.system import files
from spm.text.visible import hidden, is_visible

Pfad = tuple[str | int, ...]

PROBLEMS = {
    "cannot start any token": "hier steht ein Zeichen, das nur in Anführungszeichen stehen darf, "
    "oder ein Tabulator",
    "found a tab character": "hier steht ein Tabulator, wo Leerzeichen stehen müssen",
    "mapping values are not allowed": "hier steht ein Doppelpunkt zu viel",
    "did not find expected key": "die Einrückung stimmt nicht, oder ein Anführungszeichen wird "
    "nicht geschlossen",
    "could not find expected ':'": "ein Doppelpunkt fehlt",
    "unexpected end of stream": "ein Anführungszeichen wird nicht geschlossen",
    "unknown escape character": "ein «\\» in Anführungszeichen (in Pfaden bitte «/» schreiben)",
    "control characters": "die Datei enthält ein Steuerzeichen",
    "special characters": "die Datei enthält ein Steuerzeichen",
    "undefined alias": "der Verweis («*») hat kein Ziel («&»)",
}
"""Part of the parser's message -> what it means to a person."""

MERGE = "tag:yaml.org,2002:merge"
"""What the parser calls the key «<<»."""


LONGEST_QUOTE = 200
"""Characters of a value in a message."""


class WrongKey(ValueError):
    """What a validator of a whole section finds wrong with one key in it."""

    def __init__(self, message: str, *at: str | int) -> None:
        self.at = at
        super().__init__(message)


def load(path: Path, label: str) -> tuple[dict[str, Any], dict[Pfad, int]]:
    """Read one YAML mapping.

    Parameters
    ----------
    path : the file.
    label : what the file is, in German, for error messages ("Params-Datei").

    Returns
    -------
    data, lines
        Nested dicts, lists and strings; and the 1-based line of every key path.

    Raises
    ------
    SpmError
        File missing, not UTF-8, not valid YAML, a key given twice, or not a mapping.
    """
    try:
        text = door.text(path)
    except FileNotFoundError:
        raise SpmError(
            f"Die {label} gibt es nicht.{alike(path, label)}",
            wo=str(path),
            tun="Bitte Namen und Ordner prüfen.",
        ) from None
    except UnicodeDecodeError as e:
        raise not_utf8(f"Die {label}", path, e) from None
    except PermissionError as e:
        if path.is_file():
            raise files.unreadable(path) from e
        raise
    except OSError as e:
        raise SpmError(
            f"Die {label} ist "
            + ("ein Ordner." if path.is_dir() else f"nicht lesbar ({e.strerror})."),
            wo=str(path),
            tun="Bitte die Datei selbst nennen und ihre Rechte prüfen.",
        ) from None
    lines: dict[Pfad, int] = {}
    try:
        node = yamlnodes.composed(text, label)
    except SpmError as e:
        raise SpmError(e.was, wo=f"{path}, {e.wo}", tun=e.tun) from None
    except RecursionError:
        raise _circle(path, label) from None
    except yaml.YAMLError as e:
        raise _invalid(e, text, path, label) from None
    if not isinstance(node, yaml.MappingNode):
        raise SpmError(
            f"Die {label} enthält keine Schlüssel.",
            wo=str(path),
            tun="Bitte eine vorhandene Datei im Ordner params/ als Vorlage nehmen.",
        )
    try:
        return _plain(node, (), lines, path, label), lines
    except RecursionError:
        raise _circle(path, label) from None


def _circle(path: Path, label: str) -> SpmError:
    return SpmError(
        f"Ein Verweis («*») in der {label} steht in dem Abschnitt, den er einsetzt.",
        wo=str(path),
        tun="Bitte den Abschnitt ausschreiben.",
    )


def _invalid(error: yaml.YAMLError, text: str, path: Path, label: str) -> SpmError:
    mark, problem = getattr(error, "problem_mark", None), _problem(error)
    if "could not find expected" in str(error):  # the parser tells where the next key begins
        mark = getattr(error, "context_mark", None) or mark
    place = f", Zeile {mark.line + 1}, Spalte {mark.column + 1}" if mark else ""
    if mark and (told := line_before(text, mark.line + 1)):
        problem, place = told[0], f", Zeile {told[1]}"
    return SpmError(
        f"Die {label} ist kein gültiges YAML: {problem}.",
        wo=f"{path}{place}",
        tun="Häufig: falsche Einrückung, Tabulator statt Leerzeichen oder ein Doppelpunkt in "
        "einem Text ohne Anführungszeichen.",
    )


def _problem(error: yaml.YAMLError) -> str:
    told = str(getattr(error, "problem", None) or error)
    return next((meaning for part, meaning in PROBLEMS.items() if part in told), told)


def _plain(node: yaml.Node, at: Pfad, lines: dict[Pfad, int], path: Path, label: str) -> Any:
    lines.setdefault(at, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(n, (*at, i), lines, path, label) for i, n in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        result, own = _merged(node, at, lines, path, label), set[str]()
        for key_node, value_node in node.value:
            if key_node.tag == MERGE:
                continue
            if not isinstance(key_node, yaml.ScalarNode):
                raise SpmError(
                    f"In der {label} steht eine Liste, wo ein Schlüssel erwartet wird.",
                    wo=f"{path}, Zeile {key_node.start_mark.line + 1}",
                    tun="Bitte die Klammern in Anführungszeichen setzen oder entfernen.",
                )
            _check_seen(key_node, path, label)
            key, row = str(key_node.value), key_node.start_mark.line + 1
            if len(key) > yamlnodes.LONGEST_KEY:
                raise SpmError(
                    f"In der {label} steht ein Schlüssel von {len(key)} Zeichen.",
                    wo=f"{path}, Zeile {row}",
                    tun="Bitte kürzen.",
                )
            if key in own:
                raise SpmError(
                    f"Der Schlüssel «{key}» steht zweimal in der {label}.",
                    wo=f"{path}, Zeile {row}",
                    tun="Bitte einen der beiden Einträge entfernen.",
                )
            own.add(key)
            result.pop(key, None)  # one without a value takes away what was merged
            lines[(*at, key)] = row
            if not _empty(value_node) or unspaced(key):
                result[key] = _plain(value_node, (*at, key), lines, path, label)
        return result
    _check_seen(node, path, label)
    return node.value


def _check_seen(node: yaml.Node, path: Path, label: str) -> None:
    """Refuse characters that nobody sees, whatever key they are in: see `spm.text.visible`."""
    text = str(node.value)
    if code := hidden(text):
        what = "Steuerzeichen" if int(code[2:], 16) < 0xA0 else "Zeichen, das niemand sieht"
        was = f"In der {label} steht ein {what} ({code})."
    elif text.strip() and not is_visible(text):
        was = f"In der {label} steht ein Text aus Zeichen, die niemand sieht."
    else:
        return
    raise SpmError(
        was,
        wo=f"{path}, Zeile {node.start_mark.line + 1}",
        tun="Bitte neu eingeben. In Pfaden mit Anführungszeichen «/» statt «\\» schreiben.",
    )


def _merged(
    node: yaml.MappingNode, at: Pfad, lines: dict[Pfad, int], path: Path, label: str
) -> dict[str, Any]:
    """What "<<: *name" puts into a section; its own keys go before, and so do earlier names."""
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if key_node.tag != MERGE:
            continue
        listed = isinstance(value_node, yaml.SequenceNode)
        for part in value_node.value if listed else [value_node]:
            if not isinstance(part, yaml.MappingNode):
                raise SpmError(
                    f"In der {label} setzt «<<» etwas anderes ein als einen Abschnitt.",
                    wo=f"{path}, Zeile {key_node.start_mark.line + 1}",
                    tun="Bitte hinter «<<:» einen Verweis («*name») auf einen Abschnitt nennen.",
                )
            result = _plain(part, at, lines, path, label) | result
    return result


def _empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style in (None, "") and node.value == ""


def explain(
    error: ValidationError,
    path: Path,
    lines: dict[Pfad, int],
    label: str,
    known: dict[str, list],
    example: str,
) -> SpmError:
    """Turn pydantic's findings into one German ``SpmError`` that names every key and line.

    Parameters
    ----------
    known : for each model title the keys it knows, to name the nearest one.
    example : where every key is explained.
    """
    sentences = []
    for finding in error.errors():
        cause = finding.get("ctx", {}).get("error")
        at = (*finding["loc"], *(cause.at if isinstance(cause, WrongKey) else ()))
        row = next((lines[at[:n]] for n in range(len(at), -1, -1) if at[:n] in lines), 1)
        place = ".".join(str(part) for part in at) or "(oberste Ebene)"
        sentences.append(f"Zeile {row}, {place}: {_sentence(finding, known)}")
    return SpmError(
        error_list(f"Die {label} hat", sentences),
        wo=str(path),
        tun=f"Bitte die genannten Schlüssel berichtigen; {example} erklärt jeden Schlüssel.",
    )


def _sentence(finding: Mapping[str, Any], known: dict[str, list]) -> str:
    kind, value, ctx = finding["type"], _short(finding.get("input")), finding.get("ctx", {})
    last = str(finding["loc"][-1]) if finding["loc"] else ""
    if kind == "extra_forbidden":
        if told := unspaced(last):
            return f"{told[0].upper()}{told[1:]}."
        return f"Diesen Schlüssel gibt es nicht.{nearest(last, _siblings(finding, known))}"
    if kind == "missing":
        return "Dieser Schlüssel fehlt."
    if kind in ("int_parsing", "int_parsing_size", "int_type", "int_from_float"):
        return f"«{value}» ist keine ganze Zahl."
    if kind.startswith("float"):
        return f"«{value}» ist keine Zahl (mit Punkt statt Komma)."
    if kind.startswith("date"):
        return f"«{value}» ist kein Datum der Form JJJJ-MM-TT."
    if kind in ("literal_error", "enum"):
        allowed = str(ctx.get("expected", "")).replace("'", "").replace(" or ", " oder ")
        return f"«{value}» ist nicht erlaubt; erlaubt sind: {allowed}."
    if kind in ("greater_than_equal", "greater_than"):
        return f"{value} ist zu klein; mindestens {ctx.get('ge', ctx.get('gt'))}."
    if kind in ("less_than_equal", "less_than"):
        return f"{value} ist zu groß; höchstens {ctx.get('le', ctx.get('lt'))}."
    if kind == "value_error":
        return str(ctx.get("error", finding["msg"]))
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        also = f"; {told}" if (told := unspaced(value)) else ""
        return f"Hier werden eingerückte Schlüssel erwartet, kein einzelner Wert{also}."
    if kind == "too_short":
        return "Hier fehlt mindestens ein Eintrag."
    if kind == "string_too_long":
        return f"«{value}» ist zu lang; erlaubt sind {ctx['max_length']} Zeichen."
    if kind == "list_type":
        return "Hier wird eine Liste erwartet (jede Zeile beginnt mit «- »)."
    if kind in ("string_type", "string_too_short"):
        return "Hier wird ein Text erwartet."
    return f"«{value}» ist kein gültiger Wert ({finding['msg']})."


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"


def _siblings(finding: Mapping[str, Any], known: dict[str, list]) -> list[str]:
    """The keys allowed where the unknown one stands: looked up by the nearest known parent."""
    for part in reversed(finding["loc"][:-1]):
        if part in known:
            return known[part]
    return known.get("", [])
