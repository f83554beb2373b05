"""What is wrong with a call, in German: the library says it in English."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from spm.errors import SpmError, nearest

CODE = 2
"""Exit code of a call that could not be understood, as is usual."""


def in_german(error: Exception) -> SpmError | None:
    """An error of the command line as one of ours; None if it is another."""
    from typer.exceptions import TyperException

    if not isinstance(error, TyperException):
        return None
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "spm"
    was = _told(error, context)
    return SpmError(was, wo=command, tun=f"«{command} --help» zeigt, was dieser Aufruf erwartet.")


def _told(error: Any, context: Any) -> str:
    kind, message = type(error).__name__, str(error.message or "")
    if kind == "MissingParameter" and error.param is not None:
        return f"Es fehlt: {_name(error.param)}.{_help(error.param)}"
    if kind == "NoSuchOption":
        near = nearest(error.option_name, _options(context))
        return f"Die Option «{error.option_name}» gibt es nicht.{near}"
    if kind == "BadOptionUsage" and "requires" in message:
        return f"Die Option «{error.option_name}» braucht einen Wert."
    if kind == "BadOptionUsage":
        return f"Die Option «{error.option_name}» nimmt keinen Wert."
    if kind == "BadParameter" and error.param is not None:
        return f"{_name(error.param)}: {_value(message)}"
    if match := re.match(r"No such command '(.*?)'", message):
        known = [name for name, one in context.command.commands.items() if not one.hidden]
        return f"Den Befehl «{match[1]}» gibt es nicht.{nearest(match[1], known)}"
    if match := re.search(r"unexpected extra argument(?:s|\(s\))? \((.*)\)$", message):
        return f"Zu viele Angaben: «{match[1]}». Namen mit Leerzeichen brauchen Anführungszeichen."
    if message.startswith("Missing command"):
        return "Es fehlt ein Befehl."
    return f"Der Aufruf ist nicht zu verstehen ({message})."


def _value(message: str) -> str:
    """Why a value does not do."""
    if match := re.match(r"(\S+) is not in the range x>=(\S+)\.", message):
        return f"«{match[1]}» ist zu klein; mindestens {match[2].rstrip('.')}."
    number = re.search(r"greater than or equal to (\S+)", message)
    if number:
        return f"Der Wert ist zu klein; mindestens {number[1]}."
    if "integer" in message or "is not a valid int" in message:
        return "Der Wert ist keine ganze Zahl."
    return f"Der Wert ist nicht möglich ({message})."


def _name(param: Any) -> str:
    """An argument as the help calls it, an option as it is typed."""
    if param.param_type_name == "argument":
        return str(param.metavar or param.name.upper())
    return str(max(param.opts, key=len))


def _help(param: Any) -> str:
    return f" {param.help}" if getattr(param, "help", None) else ""


def _options(context: Any) -> Iterable[str]:
    if context is None:
        return ()
    return [name for param in context.command.params for name in param.opts if name[0] == "-"]
