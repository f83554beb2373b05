"""Help in German, and at once: nothing that draws boxes is loaded."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import partial
from textwrap import wrap
from typing import Any

WIDTH = 88
INDENT = "  "


def speak_german(group: Any) -> None:
    """Let a group of commands, and each of them, write its help as `lines` has it."""
    for command in (group, *getattr(group, "commands", {}).values()):
        command.format_help = partial(_write, command)


def _write(command: Any, context: Any, formatter: Any) -> None:
    formatter.write("\n".join(lines(command, context)) + "\n")


def lines(command: Any, context: Any) -> Iterator[str]:
    """Usage, what it does, its commands or arguments, its options."""
    commands = getattr(command, "commands", {})
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option" and not p.hidden]
    words = [_argument(p) for p in arguments] or (["BEFEHL"] if commands else [])
    yield f"Aufruf: {' '.join([context.command_path, *words])} [Optionen]"
    text = inspect.cleandoc(command.help or "").split("\f")[0]
    for paragraph in text.split("\n\n"):
        yield ""
        yield from wrap(" ".join(paragraph.split()), WIDTH, break_long_words=False)
    shown = {name: one for name, one in commands.items() if not one.hidden}
    if shown:
        rows = [(name, inspect.cleandoc(one.help or "").split("\n\n")[0])
                for name, one in shown.items()]  # fmt: skip
        yield from _section("Befehle", rows)
    yield from _section("Angaben", [(_bare(p), p.help or "") for p in arguments])
    told = [(_option(p), _told(p)) for p in options if p.name != "help"]
    yield from _section("Optionen", [*told, ("--help", "Diese Hilfe zeigen.")])


def _section(title: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    if not rows:
        return
    yield from ("", f"{title}:")
    wide = max(len(name) for name, _ in rows) + 2
    for name, text in rows:
        first, *more = wrap(" ".join(text.split()), WIDTH - wide - 2) or [""]
        yield f"{INDENT}{name:<{wide}}{first}".rstrip()
        yield from (f"{INDENT}{'':<{wide}}{line}" for line in more)


def _bare(param: Any) -> str:
    return str(param.metavar or param.name.upper())


def _argument(param: Any) -> str:
    return _bare(param) if param.required else f"[{_bare(param)}]"


def _option(param: Any) -> str:
    name = max(param.opts, key=len)
    return name if param.is_flag else f"{name} {param.metavar or 'WERT'}"


def _told(param: Any) -> str:
    text, usual = param.help or "", param.default
    if param.is_flag or usual is None or callable(usual):
        return text
    return f"{text} Ohne Angabe: {usual}."
