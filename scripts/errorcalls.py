"""The errors of the code, read from the places that raise them, without running any of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

FINDINGS = ("finding", "BadValue")
"""What goes into the check report: called with what is wrong and what to do."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def by_module(package: Path) -> dict[str, list[list[str]]]:
    """Rows of what is wrong and what to do, by module, in the order of the code.

    Found are calls of ``SpmError``, findings of the check report, calls of functions that hand
    one of their arguments on as what is wrong, and under ``config/`` the ``ValueError`` that
    pydantic turns into one. An error of which the code holds no word, for it passes another one
    on, has no row.
    """
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(package.rglob("*.py"))}
    handing = {}
    for tree in trees.values():
        handing |= dict(_handing(tree))
    modules = {}
    for path, tree in trees.items():
        name = ".".join(("spm", *path.relative_to(package).with_suffix("").parts))
        config = "config" in path.relative_to(package).parts
        rows = [list(row) for row in dict.fromkeys(_rows(tree, handing, config))]
        if rows:
            modules[name.removesuffix(".__init__")] = rows
    return modules


def _functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def _handing(tree: ast.Module) -> Iterator[tuple[str, tuple[int, str, str]]]:
    """Functions whose SpmError says what an argument says: place and name of it, and what to do."""
    for function in _functions(tree):
        arguments = [a.arg for a in function.args.args]
        for call in _calls(function, "SpmError"):
            was = _was(call)
            if isinstance(was, ast.Name) and was.id in arguments:
                yield function.name, (arguments.index(was.id), was.id, _tun(call, function))


def _rows(tree: ast.Module, handing: dict, config: bool) -> Iterator[tuple[str, str]]:
    owner = {}  # the innermost function of every node: inner ones are walked later
    for function in _functions(tree):
        owner |= dict.fromkeys(ast.walk(function), function)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name, scope = _name(call), owner.get(call)
        if name in FINDINGS or name == "SpmError" or (name == "ValueError" and config):
            was, tun = _was(call), _tun(call, scope)
        elif name in handing:
            place, argument, tun = handing[name]
            named = {k.arg: k.value for k in call.keywords}
            was = named.get(argument, call.args[place] if place < len(call.args) else None)
        else:
            continue
        for text in _texts(was, scope):
            if any(letter.isalpha() for letter in _without_slots(text)):
                yield text, tun


def _name(call: ast.Call) -> str:
    function = call.func
    return getattr(function, "id", getattr(function, "attr", ""))


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    return (n for n in ast.walk(tree) if isinstance(n, ast.Call) and _name(n) == name)


def _was(call: ast.Call) -> ast.expr | None:
    named = next((k.value for k in call.keywords if k.arg == "was"), None)
    return call.args[0] if call.args else named


def _tun(call: ast.Call, scope: ast.AST | None) -> str:
    value = next((k.value for k in call.keywords if k.arg == "tun"), None)
    if value is None and _name(call) in FINDINGS and len(call.args) > 1:
        value = call.args[1]
    return " / ".join(t for t in _texts(value, scope) if _without_slots(t).strip())


def _texts(node: ast.expr | None, scope: ast.AST | None) -> list[str]:
    """What an expression can say: every branch, and every text a local name was given."""
    if node is None:
        return []
    if isinstance(node, ast.IfExp):
        return _texts(node.body, scope) + _texts(node.orelse, scope)
    if isinstance(node, ast.Name) and scope is not None:
        given = [
            n.value
            for n in ast.walk(scope)
            if isinstance(n, ast.Assign)
            and any(isinstance(t, ast.Name) and t.id == node.id for t in n.targets)
        ]
        if given and not any(node.id in {getattr(x, "id", "") for x in ast.walk(g)} for g in given):
            return [text for g in given for text in _texts(g, scope)]
    return [_text(node)]


def _text(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(_text(v) for v in values)
        case ast.FormattedValue(value=value):
            return "" if _meant(value) else f"⟨{_slot(value)}⟩"
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _text(left) + _text(right)
    return "" if _meant(node) else f"⟨{_slot(node)}⟩"


def _meant(node: ast.expr) -> bool:
    """Whether this adds "Gemeint ist vielleicht …" to the sentence before it."""
    return isinstance(node, ast.Call) and _name(node) in ("nearest", "_meant")


def _slot(node: ast.expr) -> str:
    """The last name of an expression, as a word for what stands there."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_")
        case ast.Call(func=ast.Attribute(attr="join"), args=[inner, *_]):
            return _slot(inner)
        case ast.Call(args=[inner, *_]):
            return _slot(inner)
    return "…"


def _without_slots(text: str) -> str:
    kept, depth = [], 0
    for letter in text:
        depth += (letter == "⟨") - (letter == "⟩")
        if not depth and letter != "⟩":
            kept.append(letter)
    return "".join(kept)
